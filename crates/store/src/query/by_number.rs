use domain::provisional::ProvisionalNumber;

use crate::{County, Reader, StoreError, args};

/// The id of a registration or matter is that of the command it came with.
const RECEIVED: &str = "SELECT registration_id FROM registration_row
  WHERE county = $1 AND registration_id BETWEEN $2 AND $3
  UNION ALL SELECT case_id FROM case_row
  WHERE county = $1 AND case_id BETWEEN $2 AND $3 LIMIT 1";

impl Reader {
    /// Whether a request with this number was received.
    ///
    /// # Errors
    /// The database failed.
    pub async fn is_received(
        &mut self,
        county: County,
        number: ProvisionalNumber,
    ) -> Result<bool, StoreError> {
        let (first, last) = number.ids();
        let row = self
            .fetch_optional(RECEIVED, args![county, first, last])
            .await?;
        Ok(row.is_some())
    }
}
