//! Telling people: what is old was told long ago, one could not be reached, and a few wait today.

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, Utc};
use domain::{
    actor::{Actor, Official},
    office::{CaseAct, CaseCommand, OfficeCommand},
    tidings::TryResult,
};
use store::records::Try;
use sync::view::{TellFilter, ToTellRow};

use super::{Demo, actors, at, county, day::Held, paragraph};
use crate::{execute::AnyCommand, jobs};

/// Cases of the day whose petitioners are asked something.
const ASKED: [(usize, &str); 3] = [
    (100, "您说的那段路，从哪个路口到哪个路口？"),
    (101, "补偿协议还在手上吗？有的话请带来或拍照。"),
    (102, "下周二上午现场看，您方便在场吗？"),
];

/// Asks, makes the rows as a server does, and enters what came of those that are old.
pub(super) async fn tell(demo: &Demo<'_>, held: &Held, now: DateTime<Utc>) -> Result<()> {
    let author = actors::author()?;
    for (case, text) in ASKED {
        let (case, _) = held.cases[case];
        let act = CaseAct::AskCitizen {
            text: paragraph(text)?,
            by_date: demo.day(6),
        };
        let command = AnyCommand::Office(OfficeCommand::Case(CaseCommand { case, act }));
        demo.act(&author, at(demo.day(-1), 10, 0), command).await?;
    }
    jobs::perform_due(demo.store, None, now).await?;
    let Actor::Official(author) = author else {
        return Ok(());
    };
    let mut reader = demo.store.read().await?;
    let everybody = TellFilter::default();
    let list = reader.to_tell(county(), &author, &everybody, now).await?;
    drop(reader);
    let old = now - Duration::days(7);
    let mut old = list.rows.iter().filter(|row| row.since < old);
    let lost = old.next().context("nobody was told anything")?;
    for number in 1..=3 {
        enter(demo, &author, lost, number, TryResult::NotReached).await?;
    }
    for row in old {
        enter(demo, &author, row, 1, TryResult::Reached).await?;
    }
    Ok(())
}

async fn enter(
    demo: &Demo<'_>,
    author: &Official,
    row: &ToTellRow,
    number: u32,
    result: TryResult,
) -> Result<()> {
    let tried = Try {
        telling: row.id,
        number,
        result,
        by: author.id,
    };
    let when = row.since + Duration::hours(3 * i64::from(number));
    demo.store.enter_try(county(), tried, when.into()).await?;
    Ok(())
}
