//! What a server does by itself: takes up new calendars, opens kept places, signs checkpoints, sweeps what expired.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use chrono::{DateTime, Utc};
use store::{StoreError, Timestamp};
use tokio::time::{MissedTickBehavior, interval};

use crate::{
    attachments::{self, Attachments},
    clock,
    data::Data,
    http::metrics::Metrics,
    reserve,
};

/// How soon a calendar that was imported beside the server counts.
const ROUND: Duration = Duration::from_secs(5);
/// A history cut since the last checkpoint is not noticed: an hour at most.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(3600);
/// What was captured under a sign-in may arrive after its end.
const SIGN_INS_KEPT: Duration = Duration::from_secs(7 * 24 * 3600);
/// Longer than any window that counts failures.
const ATTEMPTS_KEPT: Duration = Duration::from_secs(24 * 3600);

/// Runs until it is aborted. Every server does; what two do at once does no harm.
pub async fn run(data: Data, attachments: Attachments, metrics: Arc<Metrics>) {
    let mut rounds = interval(ROUND);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        metrics.upkeep.fetch_add(1, Ordering::Relaxed);
        if let Err(error) = round(&data, &attachments, clock::now()).await {
            metrics.upkeep_failed.fetch_add(1, Ordering::Relaxed);
            tracing::warn!(%error, "upkeep failed; it is tried again");
        }
    }
}

async fn round(
    data: &Data,
    attachments: &Attachments,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let store = &data.store;
    if store.refresh_calendars().await? {
        let version = store.calendar(data.county).version().to_string();
        tracing::info!(version, "a new calendar counts from now on");
        store.recount_dues(data.county).await?;
    }
    reserve::open_due(data, now).await?;
    let now = Timestamp::from(now);
    let last = store.last_checkpoint(data.county).await?;
    if last.is_some_and(|last| last.at.plus(CHECKPOINT_EVERY) > now) {
        return Ok(());
    }
    store.take_checkpoint(data.county, now).await?;
    store.sweep_drafts(now).await?;
    store.sweep_letter_refusals(now).await?;
    store.sweep_reading_sessions(now).await?;
    store.sweep_sessions(now.minus(SIGN_INS_KEPT)).await?;
    store.sweep_attempts(now.minus(ATTEMPTS_KEPT)).await?;
    store.sweep_upload_days(now).await?;
    attachments::sweep(attachments, data.county, now).await?;
    Ok(())
}
