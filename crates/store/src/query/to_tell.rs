//! *To tell*: who still has to hear of a change, a cancellation or an answer. Only readers of the
//! registration or case find its rows, in lists and counts alike.

use chrono::{DateTime, Utc};
use domain::{
    actor::Official,
    ids::{CaseId, RegistrationId, TellingId, VisitId},
    tidings::{TellState, Telling, TryResult},
};
use sync::view::{TellFilter, ToTell, ToTellRow};

use super::office::{count, with};
use crate::{
    Aggregate, County, Reader, Row, StoreError, Value,
    aggregate_log::{kind, parse},
    projection::wire_name,
    records::tell_state,
    to_tell::content_field,
};

const PAGE_SIZE: u32 = 50;

/// The rows of a county ($1) about what a viewer with six keys ($2 to $7) may read. What was
/// erased is gone.
macro_rules! visible {
    ($select:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM to_tell t JOIN data_key k ON k.county = t.county
              AND k.aggregate_kind = t.aggregate_kind AND k.aggregate_id = t.aggregate_id
              AND k.wrapped IS NOT NULL
              WHERE t.county = $1
              AND EXISTS (SELECT 1 FROM case_reader r WHERE r.county = t.county
                AND r.case_id = t.aggregate_id AND r.admits = 1
                AND r.reader IN ($2, $3, $4, $5, $6, $7)
                UNION ALL SELECT 1 FROM to_tell_reader r WHERE r.county = t.county
                AND r.registration_id = t.aggregate_id AND r.admits = 1
                AND r.reader IN ($2, $3, $4, $5, $6, $7))
              AND NOT EXISTS (SELECT 1 FROM case_reader r WHERE r.county = t.county
                AND r.case_id = t.aggregate_id AND r.admits = 0
                AND r.reader IN ($2, $3, $4, $5, $6, $7)
                UNION ALL SELECT 1 FROM to_tell_reader r WHERE r.county = t.county
                AND r.registration_id = t.aggregate_id AND r.admits = 0
                AND r.reader IN ($2, $3, $4, $5, $6, $7)) ",
            $rest
        )
    };
}

macro_rules! rows {
    ($rest:literal) => {
        visible!(
            "t.telling_id, t.aggregate_kind, t.aggregate_id, t.visit_id, t.content, t.at, t.state,
             t.tries, t.result, k.key_id, k.wrapped",
            $rest
        )
    };
}

const OLDEST_FIRST: &str = rows!(
    "AND t.state = $8 AND ($9 = 0 OR t.visit_id = $10)
     ORDER BY t.at, t.telling_id LIMIT $11 OFFSET $12"
);
const NEWEST_FIRST: &str = rows!(
    "AND t.state = $8 AND ($9 = 0 OR t.visit_id = $10)
     ORDER BY t.at DESC, t.telling_id LIMIT $11 OFFSET $12"
);
const ONE: &str = rows!("AND t.telling_id = $8");
const COUNTS: &str = visible!(
    "t.state, COUNT(*)",
    "AND ($8 = 0 OR t.visit_id = $9) GROUP BY t.state ORDER BY t.state"
);
const UNTOLD: &str = visible!("COUNT(*)", "AND t.visit_id = $8 AND t.state <> 'told'");

impl Reader {
    /// A page of those to be told, as this official may see them.
    pub async fn to_tell(
        &mut self,
        county: County,
        official: &Official,
        filter: &TellFilter,
        now: DateTime<Utc>,
    ) -> Result<ToTell, StoreError> {
        let scope = self.scope(county, official)?;
        let state = tell_state(&filter.state).unwrap_or(TellState::Waiting);
        let visit = filter.visit.map(|visit| visit.0);
        let of_visit: [Value; 2] = [i64::from(visit.is_some()).into(), visit.into()];
        let counts = self.fetch(COUNTS, with(&scope, of_visit.clone())).await?;
        let counts: Vec<(TellState, u32)> = counts
            .iter()
            .map(|row| Ok((tell_state(row.text(0)?)?, count(row, 1)?)))
            .collect::<Result<_, StoreError>>()?;
        let sql = match state {
            TellState::Told => NEWEST_FIRST,
            TellState::Waiting | TellState::NotReached => OLDEST_FIRST,
        };
        let page = i64::from(filter.page.max(1)) - 1;
        let size = i64::from(PAGE_SIZE);
        let mut args = with(&scope, [wire_name(&state)?.into()]);
        args.extend(of_visit);
        args.extend([size.into(), (page * size).into()]);
        let found = self.fetch(sql, args).await?;
        let mut rows = Vec::with_capacity(found.len());
        for row in &found {
            rows.extend(self.telling_of(county, row).await?);
        }
        let total = counts.iter().find(|(known, _)| *known == state);
        Ok(ToTell {
            rows,
            total: total.map_or(0, |(_, count)| *count),
            counts,
            filter: filter.clone(),
            page_size: PAGE_SIZE,
            as_of: now,
        })
    }

    /// One row; none when this official may not know of it.
    pub async fn telling(
        &mut self,
        county: County,
        official: &Official,
        id: TellingId,
    ) -> Result<Option<ToTellRow>, StoreError> {
        let scope = self.scope(county, official)?;
        let row = self
            .fetch_optional(ONE, with(&scope, [id.0.into()]))
            .await?;
        match row {
            Some(row) => self.telling_of(county, &row).await,
            None => Ok(None),
        }
    }

    /// How many of a visit's people have not been told yet, as far as this official may know.
    pub async fn untold_of(
        &mut self,
        county: County,
        official: &Official,
        visit: VisitId,
    ) -> Result<u32, StoreError> {
        let scope = self.scope(county, official)?;
        self.count(UNTOLD, with(&scope, [visit.0.into()])).await
    }

    async fn telling_of(
        &mut self,
        county: County,
        row: &Row,
    ) -> Result<Option<ToTellRow>, StoreError> {
        let id = TellingId(row.id(0)?);
        let aggregate = Aggregate::new(county, row.text(1)?, row.id(2)?);
        self.learn_key(&aggregate, row.bytes(9)?, row.maybe_bytes(10)?)?;
        let content = self
            .open(&aggregate, &content_field(id), row.bytes(4)?)
            .await?;
        let Some(content) = content else {
            return Ok(None);
        };
        let telling: Telling = parse(&content)?;
        let is = |kind| aggregate.kind == kind;
        Ok(Some(ToTellRow {
            id,
            telling,
            state: tell_state(row.text(6)?)?,
            tries: count(row, 7)?,
            last: row.maybe_text(8)?.map(try_result).transpose()?,
            visit: row.maybe_id(3)?.map(VisitId),
            registration: is(kind::REGISTRATION).then_some(RegistrationId(aggregate.id)),
            case: is(kind::CASE).then_some(CaseId(aggregate.id)),
            since: row.timestamp(5)?.into(),
        }))
    }
}

fn try_result(name: &str) -> Result<TryResult, StoreError> {
    serde_json::from_value(name.into()).map_err(|_| StoreError::corrupt("what came of a try"))
}
