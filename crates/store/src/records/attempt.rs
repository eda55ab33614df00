//! Guessing at codes: a limit for each code, a budget for the county (people 22).
//!
//! A try is counted *before* it is evaluated and given back when it was right, so a hundred tries
//! at once are not evaluated more often than the limit allows. A wrong check digit is refused by
//! the caller before it comes here, and so does not count.

use std::time::Duration;

use futures_util::FutureExt as _;
use uuid::Uuid;

use super::write;
use crate::sql::{PerDialect, for_update};
use crate::{County, Lane, Store, StoreError, Timestamp, Tx, Value, args};

const OPEN: &str = "INSERT INTO attempt (county, subject, failures, last_at)
  VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
const LOCK: PerDialect =
    for_update!("SELECT failures FROM attempt WHERE county = $1 AND subject = $2");
const SAVE: &str = "UPDATE attempt SET failures = $3, last_at = $4
  WHERE county = $1 AND subject = $2";
/// One statement decides and counts: nothing comes between.
const SPEND: &str = "INSERT INTO attempt_budget (county, day, failures) VALUES ($1, $2, 1)
  ON CONFLICT (county, day) DO UPDATE SET failures = attempt_budget.failures + 1
  WHERE attempt_budget.failures < $3";
const GIVE_BACK: &str = "UPDATE attempt_budget SET failures = failures - 1
  WHERE county = $1 AND day = $2 AND failures > 0";
const SWEEP: &str = "DELETE FROM attempt WHERE last_at <= $1";

#[derive(Debug, Clone, Copy)]
pub struct AttemptLimits {
    /// Wrong tries for one code within `window`; five in people 22.
    pub failures: usize,
    /// A sliding window; 15 minutes in people 22.
    pub window: Duration,
    /// Wrong tries in the whole county on one day in China; `None` counts them nowhere else.
    pub county_per_day: Option<u32>,
}

/// Whether a try may be evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Evaluate it; if it is right, call [`Store::forgive_attempt`] with the same `now`.
    Allowed,
    /// Too many for this code: the short code works again at this time, other ways at once.
    CodeClosed { until: Timestamp },
    /// The county's budget is spent until midnight.
    CountyClosed,
}

impl Store {
    /// `subject` names what is guessed at (a code, an account); only a keyed digest is kept, and
    /// an unknown code counts like a known one.
    pub async fn begin_attempt(
        &self,
        county: County,
        subject: &str,
        limits: AttemptLimits,
        now: Timestamp,
    ) -> Result<Attempt, StoreError> {
        let digest = self.keyring.digest("attempt", subject.as_bytes());
        self.execute(lane(digest), move |tx| {
            begin(tx, county, digest, limits, now).boxed()
        })
        .await
    }

    /// The try begun at `now` was right: it does not count.
    pub async fn forgive_attempt(
        &self,
        county: County,
        subject: &str,
        limits: AttemptLimits,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let digest = self.keyring.digest("attempt", subject.as_bytes());
        self.execute(lane(digest), move |tx| {
            forgive(tx, county, digest, limits, now).boxed()
        })
        .await
    }

    /// Removes counters that no window reaches any more.
    pub async fn sweep_attempts(&self, before: Timestamp) -> Result<u64, StoreError> {
        write::one(self, SWEEP, args![before]).await
    }
}

async fn begin(
    tx: &mut Tx,
    county: County,
    subject: [u8; 32],
    limits: AttemptLimits,
    now: Timestamp,
) -> Result<Attempt, StoreError> {
    let mut times = lock(tx, county, subject, now).await?;
    times.retain(|time| time.plus(limits.window) > now);
    if times.len() >= limits.failures {
        let oldest = times[times.len() - limits.failures.max(1)];
        return Ok(Attempt::CodeClosed {
            until: oldest.plus(limits.window),
        });
    }
    if let Some(budget) = limits.county_per_day
        && tx
            .run(SPEND, args![county, now.china_day(), budget])
            .await?
            == 0
    {
        return Ok(Attempt::CountyClosed);
    }
    times.push(now);
    save(tx, county, subject, &times, now).await?;
    Ok(Attempt::Allowed)
}

async fn forgive(
    tx: &mut Tx,
    county: County,
    subject: [u8; 32],
    limits: AttemptLimits,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut times = lock(tx, county, subject, now).await?;
    let Some(place) = times.iter().rposition(|time| *time == now) else {
        return Ok(());
    };
    times.remove(place);
    save(tx, county, subject, &times, now).await?;
    if limits.county_per_day.is_some() {
        tx.run(GIVE_BACK, args![county, now.china_day()]).await?;
    }
    Ok(())
}

/// The times of the counted failures, with the row locked.
async fn lock(
    tx: &mut Tx,
    county: County,
    subject: [u8; 32],
    now: Timestamp,
) -> Result<Vec<Timestamp>, StoreError> {
    tx.run(OPEN, args![county, subject, Vec::<u8>::new(), now])
        .await?;
    let row = tx.fetch_locked(LOCK, args![county, subject]).await?;
    let row = row.ok_or_else(|| StoreError::corrupt("an attempt counter that vanished"))?;
    let times = row.bytes(0)?.chunks_exact(8).map(|bytes| {
        let micros = bytes.try_into().map(i64::from_be_bytes);
        micros
            .map(Timestamp::from_micros)
            .map_err(|_| StoreError::corrupt("an attempt's time"))
    });
    times.collect()
}

async fn save(
    tx: &mut Tx,
    county: County,
    subject: [u8; 32],
    times: &[Timestamp],
    now: Timestamp,
) -> Result<(), StoreError> {
    let bytes: Vec<u8> = times
        .iter()
        .flat_map(|time| time.micros().to_be_bytes())
        .collect();
    tx.run(SAVE, args![county, subject, Value::from(bytes), now])
        .await
        .map(drop)
}

fn lane(subject: [u8; 32]) -> Lane {
    let mut id = [0; 16];
    id.copy_from_slice(&subject[..16]);
    Lane(Uuid::from_bytes(id))
}
