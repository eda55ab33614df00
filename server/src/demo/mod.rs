//! An invented county at work, for looking around and for tests. Everything in it came about
//! through [`crate::execute`], with its dates counted back from today; the same day gives the same
//! county. Places are real, people are invented.

mod accounts;
mod actors;
mod answered;
pub mod code;
mod day;
mod notices;
mod road;
mod scale;
mod told;

use std::fmt;

use anyhow::{Context, Result, bail};
use app::Site;
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use domain::{
    actor::Actor,
    calendar::china_date,
    given::{Dice, SeededDice},
    ids::CommandId,
    receipt::Receipt,
};
use store::{County, Store, records::Division};
use sync::Answer;

use crate::{
    data::Data,
    execute::{AnyCommand, Asked, execute_with},
};

const COUNTY: &str = "330726";
const DIVISIONS: &str = include_str!("../../demo/pujiang-divisions.csv");

/// The county of the demonstration.
pub fn county() -> County {
    County::parse(COUNTY).expect("six digits")
}

/// What a visitor needs to look around.
pub struct Filled {
    code: String,
    pin: &'static str,
}

impl fmt::Display for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "演示数据已准备好 Demonstration county is ready.")?;
        writeln!(
            f,
            "查询码 Query code {}  四位数字 Four digits {}",
            self.code, self.pin
        )?;
        write!(f, "{}", accounts::Logins)
    }
}

/// Fills an empty database.
pub async fn fill(store: &Store, now: DateTime<Utc>) -> Result<Filled> {
    fill_to(store, now, 0).await
}

/// Fills an empty database, with some cases more for load work.
pub async fn fill_to(store: &Store, now: DateTime<Utc>, cases: u32) -> Result<Filled> {
    let demo = Demo {
        store,
        today: china_date(now),
        ids: std::sync::Mutex::new(SeededDice::new(2003)),
    };
    store.save_divisions(county(), &divisions()?).await?;
    accounts::open(&demo, now).await?;
    let received = day::hold(&demo).await?;
    let code = answered::answer(&demo, &received).await?;
    notices::announce(&demo).await?;
    road::follow(&demo).await?;
    told::tell(&demo, &received, now).await?;
    if cases > 0 {
        scale::grow(&demo, cases, now).await?;
    }
    // Last: a folder whose filling was cut short is not taken for a county.
    Data::name_county(store, county(), &site()).await?;
    Ok(Filled {
        code,
        pin: day::PIN,
    })
}

fn site() -> Site {
    Site {
        county: COUNTY.to_owned(),
        county_name: "浦江县".to_owned(),
        sponsor: "浦江县信访局（演示）".to_owned(),
        telephone: "0579-00000000".to_owned(),
        demo: true,
        ..Site::default()
    }
}

fn divisions() -> Result<Vec<Division>> {
    let rows = DIVISIONS.lines().skip(1).map(|line| {
        let mut parts = line.split(',');
        let mut part = || {
            parts
                .next()
                .context("a division has code, name, level and parent")
        };
        let (code, name, level, parent) = (part()?, part()?, part()?, part()?);
        let parent = (!parent.is_empty()).then(|| parent.to_owned());
        Ok(Division {
            code: code.to_owned(),
            name: name.to_owned(),
            parent,
            level: level.to_owned(),
        })
    });
    let rows: Result<Vec<Division>> = rows.collect();
    Ok(rows?
        .into_iter()
        .filter(|row| row.code.starts_with(COUNTY))
        .collect())
}

/// The demonstration being made.
struct Demo<'s> {
    store: &'s Store,
    today: NaiveDate,
    ids: std::sync::Mutex<SeededDice>,
}

impl Demo<'_> {
    fn id(&self) -> CommandId {
        let mut dice = self
            .ids
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        CommandId((&mut *dice as &mut dyn Dice).uuid())
    }

    fn day(&self, from_today: i64) -> NaiveDate {
        self.today + Duration::days(from_today)
    }

    /// Carries a command out as if it had come at `at`.
    async fn act(&self, actor: &Actor, at: DateTime<Utc>, command: AnyCommand) -> Result<Receipt> {
        self.act_as(self.id(), actor, at, command).await
    }

    async fn act_as(
        &self,
        id: CommandId,
        actor: &Actor,
        at: DateTime<Utc>,
        command: AnyCommand,
    ) -> Result<Receipt> {
        let asked = Asked::at(actor.clone(), id, command, at);
        let seed = id.0.as_u64_pair().0;
        let dice = move || Box::new(SeededDice::new(seed)) as Box<dyn Dice + Send>;
        match execute_with(self.store, county(), &asked, dice).await {
            Answer::Received { receipt } => Ok(receipt),
            other => bail!("the demonstration's {:?} came to {other:?}", asked.command),
        }
    }
}

/// A local time in China.
fn at(date: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    Utc.from_utc_datetime(&date.and_time(time)) - Duration::hours(8)
}

/// A text of the demonstration, known to fit.
fn line(text: &str) -> Result<domain::text::Line> {
    domain::text::Line::parse(text).with_context(|| text.to_owned())
}

fn lines(texts: &[&str]) -> Result<Vec<domain::text::Line>> {
    texts.iter().map(|text| line(text)).collect()
}

fn paragraph(text: &str) -> Result<domain::text::Paragraph> {
    domain::text::Paragraph::parse(text).with_context(|| text.to_owned())
}

fn plain(text: &str) -> Result<domain::text::PlainSentence> {
    domain::text::PlainSentence::parse(text).with_context(|| text.to_owned())
}

fn name(text: &str) -> Result<domain::text::PersonName> {
    domain::text::PersonName::parse(text).with_context(|| text.to_owned())
}
