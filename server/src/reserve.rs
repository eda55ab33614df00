//! The evening before a visit the places that were kept are everybody's.

use chrono::{DateTime, Utc};
use domain::{actor::Actor, ids::CommandId, timed::TimedCommand};
use store::StoreError;
use sync::Answer;
use uuid::Uuid;

use crate::{
    data::Data,
    execute::{AnyCommand, Asked, execute},
};

/// Opens what is due. Of two servers that do so at once, the second is refused.
///
/// # Errors
/// The database does not answer; what was not done stays due.
pub async fn open_due(data: &Data, now: DateTime<Utc>) -> Result<(), StoreError> {
    let due = {
        let mut reader = data.store.read().await?;
        reader.reserves_due(data.county, now).await?
    };
    for visit in due {
        let asked = Asked::at(
            Actor::Clock,
            CommandId(Uuid::now_v7()),
            AnyCommand::Timed(TimedCommand::OpenReserve { visit }),
            now,
        );
        match execute(&data.store, data.county, &asked).await {
            Answer::Received { .. } => {
                tracing::info!(visit = %visit.0, "kept places are everybody's now")
            }
            answer => tracing::debug!(visit = %visit.0, ?answer, "kept places stay as they are"),
        }
    }
    Ok(())
}
