//! Which form the stored rows have, and who may write them meanwhile.
//!
//! A server that writes rows holds the form for its transaction; a rebuild takes it alone. So a
//! rebuild folds a history that stands still, and an older server that waited for it finds a newer
//! form and writes nothing.

use crate::sql::{Dialect, Link};
use crate::{StoreError, Tx, args};

/// Raise it with every change of what a row holds: its columns, how they are folded, the built-in
/// calendar that due days are counted by.
pub(crate) const VERSION: u32 = 3;

const SELECT: &str = "SELECT version FROM projection_version";
const SAVE: &str = "UPDATE projection_version SET version = $1";
/// Many at once.
const HOLD: &str = "SELECT pg_advisory_xact_lock_shared(4834794)";
/// Waits for those who hold it, and they for it.
const TAKE: &str = "SELECT pg_advisory_xact_lock(4834794)";

/// The form of the stored rows; [`StoreError::NewerProjections`] when this program is too old.
pub(crate) async fn stored(link: &mut Link) -> Result<u32, StoreError> {
    let row = link.fetch_optional(SELECT, args![]).await?;
    let row = row.ok_or_else(|| StoreError::corrupt("the projections' version"))?;
    let found = u32::try_from(row.integer(0)?).unwrap_or(u32::MAX);
    if found > VERSION {
        return Err(StoreError::NewerProjections {
            found,
            known: VERSION,
        });
    }
    Ok(found)
}

impl Tx {
    /// Before the transaction's first row: it has this program's form until the commit. Call it
    /// before anything is locked that a rebuild writes.
    pub(crate) async fn hold_projections(&mut self) -> Result<(), StoreError> {
        if self.projections_held {
            return Ok(());
        }
        if self.link.dialect() == Dialect::Postgres {
            self.run(HOLD, args![]).await?;
        }
        let found = stored(&mut self.link).await;
        if self.note(found)? < VERSION {
            return Err(StoreError::corrupt("projections that went back"));
        }
        self.projections_held = true;
        Ok(())
    }

    /// Keeps every writer of rows away until the commit.
    pub(super) async fn take_projections(&mut self) -> Result<(), StoreError> {
        if self.link.dialect() == Dialect::Postgres {
            self.run(TAKE, args![]).await?;
        }
        Ok(())
    }

    pub(super) async fn save_projection_version(&mut self) -> Result<(), StoreError> {
        self.run(SAVE, args![VERSION]).await.map(drop)
    }
}
