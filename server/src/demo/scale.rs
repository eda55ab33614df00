//! A county of any size, for load work: as many matters as one likes, and fifty visits.

use std::time::Instant;

use anyhow::{Result, bail};
use chrono::{DateTime, Duration, Utc};
use domain::{actor::Actor, citizen::CitizenCommand};
use futures_util::{StreamExt, TryStreamExt, stream};
use store::Store;
use sync::Answer;
use uuid::Uuid;

use super::{Demo, county, day, notices};
use crate::execute::{AnyCommand, Asked, execute};

/// Matters on their way at once: they share commits.
const TOGETHER: usize = 512;
/// The matters came in over two years, evenly.
const SPAN_DAYS: i64 = 730;
/// The demonstration has two visits: with these a list is fifty long.
const PAST: i64 = 24;
const TO_COME: i64 = 24;
/// Days from one visit to the next.
const APART: i64 = 7;
/// How often the person at the terminal hears of it.
const TELL_EVERY: u32 = 10_000;

/// Adds visits and matters to a filled demonstration and tells the rate.
pub(super) async fn grow(demo: &Demo<'_>, cases: u32, now: DateTime<Utc>) -> Result<()> {
    for number in 0..PAST {
        announce(demo, -50 - number * APART).await?;
    }
    for number in 0..TO_COME {
        announce(demo, 16 + number * APART).await?;
    }
    let started = Instant::now();
    let file = |number: u32| file(demo.store, number, received_at(now, number, cases));
    let mut filed = stream::iter(0..cases).map(file).buffer_unordered(TOGETHER);
    let mut done = 0;
    while filed.try_next().await?.is_some() {
        done += 1;
        if done % TELL_EVERY == 0 {
            eprintln!("{done} …");
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    let figures = demo.store.commit_figures();
    println!(
        "{cases} cases in {seconds:.1} s: {:.0} a second, {:.0} commands a commit",
        f64::from(cases) / seconds,
        figures.jobs as f64 / figures.commits as f64,
    );
    Ok(())
}

async fn announce(demo: &Demo<'_>, on: i64) -> Result<()> {
    let venue = ("县文化馆", "浦阳街道人民东路", "330726002");
    let published = (on - 6).min(-3);
    let (date, opens) = (demo.day(on), demo.day(published + 1));
    let notice = notices::notice("县领导下访接访公告", date, opens, venue)?;
    notices::publish(demo, notice, demo.day(published)).await?;
    Ok(())
}

/// The oldest first.
fn received_at(now: DateTime<Utc>, number: u32, of: u32) -> DateTime<Utc> {
    let span = Duration::days(SPAN_DAYS).num_seconds();
    now - Duration::seconds(span - span * i64::from(number) / i64::from(of.max(1)))
}

/// Numbers and codes are rolled by the system's dice: among a million of them some are taken
/// already and rolled again, which seeded dice would not do.
async fn file(store: &Store, number: u32, at: DateTime<Utc>) -> Result<()> {
    let filing = Box::new(day::filing(number as usize, 1)?);
    let asked = Asked::at(
        Actor::Anyone,
        domain::ids::CommandId(Uuid::now_v7()),
        AnyCommand::Citizen(CitizenCommand::File { filing }),
        at,
    );
    match execute(store, county(), &asked).await {
        Answer::Received { .. } => Ok(()),
        other => bail!("matter {number} came to {other:?}"),
    }
}
