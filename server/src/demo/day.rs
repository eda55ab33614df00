//! A past day of reception with the figures of the first one in 2003: 14 rooms, 15 departments,
//! 429 registered, 436 batches, 667 person-visits, 91 issues settled on the spot.

use anyhow::{Context, Result, bail};
use chrono::Duration;
use domain::{
    actor::Actor,
    case::IssueOutcome,
    citizen::CitizenCommand,
    desk::{DecidedIssue, DeskCommand, HandOver, SessionRecord, TableAnswer},
    filing::{Filing, Subject},
    form::RegisterForm,
    ids::{CaseId, RegistrationId, VisitId},
    office::{OfficeCommand, VisitCommand},
    person::PartySize,
    receipt::Receipt,
    registration::NoSession,
};
use futures_util::{StreamExt, TryStreamExt, stream};

use super::{Demo, actors, at, name, notices, paragraph, plain};
use crate::execute::AnyCommand;

/// The four digits everybody in the demonstration chose.
pub const PIN: &str = "2003";

const REGISTERED: usize = 429;
const NO_SHOWS: usize = 12;
/// 436 = 429 − 12 + 19.
const WALK_INS: usize = 19;
const SETTLED: usize = 91;
/// 667 people in 436 batches: 40 of three, 151 of two, the rest alone.
const OF_THREE: usize = 40;
const OF_TWO: usize = 151;
/// Acts under way at once: they share commits.
const TOGETHER: usize = 64;

const STORIES: [(Subject, &str); 6] = [
    (
        Subject::Roads,
        "村口到县道的路坑洼多年，下雨天学生走不了，请修一修。",
    ),
    (Subject::Land, "自家承包地被占用后补偿没有到位，请查一查。"),
    (Subject::Housing, "老房子想翻建，宅基地证一直没有办下来。"),
    (Subject::Water, "村里自来水夏天常停，请解决用水。"),
    (Subject::Work, "在工地干了半年，还有三个月工资没有拿到。"),
    (
        Subject::Neighbours,
        "邻居砌墙挡了走了几十年的路，调解过没有结果。",
    ),
];

/// What the day left: cases by the order in which their parties were received.
pub struct Held {
    pub cases: Vec<(CaseId, RegistrationId)>,
    pub codes: Vec<String>,
}

pub async fn hold(demo: &Demo<'_>) -> Result<Held> {
    let date = demo.day(-40);
    let venue = ("原中学（演示）", "浦阳街道和平北路", "330726002");
    let notice = notices::notice("县领导下访接访公告", date, date - Duration::days(3), venue)?;
    let visit = notices::publish(demo, notice, date - Duration::days(6)).await?;
    let (registered, codes) = register(demo, visit).await?;
    let came: Vec<(RegistrationId, usize)> = registered[..REGISTERED - NO_SHOWS]
        .iter()
        .copied()
        .zip(0..)
        .collect();
    let cases = receive(demo, came).await?;
    let walked_in = walk_in(demo, visit).await?;
    let more = record_all(demo, walked_in).await?;
    end_silent(demo, &registered[REGISTERED - NO_SHOWS..]).await?;
    let conclude = AnyCommand::Office(OfficeCommand::Visit(VisitCommand::Conclude { visit }));
    demo.act(&actors::author()?, at(date, 18, 0), conclude)
        .await?;
    Ok(Held {
        cases: cases.into_iter().chain(more).collect(),
        codes,
    })
}

/// One after another, so that serials come out the same each time.
async fn register(demo: &Demo<'_>, visit: VisitId) -> Result<(Vec<RegistrationId>, Vec<String>)> {
    let (mut ids, mut codes) = (Vec::new(), Vec::new());
    for number in 0..REGISTERED {
        let filing = Box::new(filing(number, size_of(number))?);
        let when = at(demo.day(-43), 9, 0) + Duration::minutes(number as i64 * 3);
        let command = AnyCommand::Citizen(CitizenCommand::Register { visit, filing });
        let receipt = demo.act(&Actor::Anyone, when, command).await?;
        let Receipt::Registered {
            registration, code, ..
        } = receipt
        else {
            bail!("not registered")
        };
        ids.push(registration);
        codes.push(match code {
            domain::code::AccessCode::Short(code) => code.to_string(),
            domain::code::AccessCode::Sealed(code) => code.to_string(),
        });
    }
    Ok((ids, codes))
}

async fn receive(
    demo: &Demo<'_>,
    came: Vec<(RegistrationId, usize)>,
) -> Result<Vec<(CaseId, RegistrationId)>> {
    let arrive = |(registration, number): (RegistrationId, usize)| async move {
        let people = PartySize::new(size_of(number))?;
        let command = AnyCommand::Desk(DeskCommand::Arrive {
            registration,
            people,
        });
        demo.act(&actors::desk()?, at(demo.day(-40), 8, 0), command)
            .await?;
        anyhow::Ok((registration, number))
    };
    let arrived: Vec<_> = stream::iter(came)
        .map(arrive)
        .buffered(TOGETHER)
        .try_collect()
        .await?;
    record_all(demo, arrived).await
}

async fn walk_in(demo: &Demo<'_>, visit: VisitId) -> Result<Vec<(RegistrationId, usize)>> {
    let mut came = Vec::new();
    for number in REGISTERED - NO_SHOWS..REGISTERED - NO_SHOWS + WALK_INS {
        let filing = Box::new(filing(number, size_of(number))?);
        let command = AnyCommand::Desk(DeskCommand::WalkIn { visit, filing });
        let receipt = demo
            .act(&actors::desk()?, at(demo.day(-40), 10, 0), command)
            .await?;
        let Receipt::Registered { registration, .. } = receipt else {
            bail!("no walk-in")
        };
        came.push((registration, number));
    }
    Ok(came)
}

async fn record_all(
    demo: &Demo<'_>,
    came: Vec<(RegistrationId, usize)>,
) -> Result<Vec<(CaseId, RegistrationId)>> {
    let record = |(registration, number): (RegistrationId, usize)| async move {
        let command = AnyCommand::Desk(DeskCommand::RecordSession(Box::new(session(
            demo,
            registration,
            number,
        )?)));
        let receipt = demo
            .act(&actors::room()?, at(demo.day(-40), 14, 0), command)
            .await?;
        let Receipt::Filed { case, .. } = receipt else {
            bail!("no case")
        };
        anyhow::Ok((case, registration))
    };
    stream::iter(came)
        .map(record)
        .buffered(TOGETHER)
        .try_collect()
        .await
}

fn session(demo: &Demo<'_>, registration: RegistrationId, number: usize) -> Result<SessionRecord> {
    let (_, story) = STORIES[number % STORIES.len()];
    let outcome = if number < SETTLED {
        IssueOutcome::ResolvedOnSpot {
            decision: paragraph("当天商定，由到场单位当场办结。")?,
        }
    } else {
        IssueOutcome::WillStudy {
            promise: paragraph("由主管单位查清后书面答复。")?,
            by: demo.day(20),
        }
    };
    Ok(SessionRecord {
        registration,
        leader: name("示例二")?,
        issues: vec![DecidedIssue {
            statement: vec![domain::filing::Statement::Text(paragraph(story)?)],
            outcome,
        }],
        record: TableAnswer::Right,
        plain: plain("您反映的事当天已经办结，记录一式两份，您留一份。")?,
        hand_over: HandOver::Signed,
    })
}

/// Nobody's matter ends in silence: who did not come is followed as an ordinary matter.
async fn end_silent(demo: &Demo<'_>, absent: &[RegistrationId]) -> Result<()> {
    for registration in absent {
        let why = NoSession::NoShow;
        let command = AnyCommand::Desk(DeskCommand::EndWithoutSession {
            registration: *registration,
            why,
        });
        demo.act(&actors::desk()?, at(demo.day(-40), 17, 10), command)
            .await?;
    }
    Ok(())
}

fn size_of(number: usize) -> u16 {
    match number {
        0..OF_THREE => 3,
        _ if number < OF_THREE + OF_TWO => 2,
        _ => 1,
    }
}

pub(super) fn filing(number: usize, people: u16) -> Result<Filing> {
    const FAMILY: [&str; 8] = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王"];
    const GIVEN: [&str; 8] = [
        "示甲", "示乙", "示丙", "示丁", "示戊", "示己", "示庚", "示辛",
    ];
    let (subject, story) = STORIES[number % STORIES.len()];
    let form = RegisterForm {
        for_whom: "self".to_owned(),
        name: format!("{}{}", FAMILY[number % 8], GIVEN[number / 8 % 8]),
        people: people.to_string(),
        kind: "request".to_owned(),
        subject: domain::form::value_of(&domain::form::SUBJECTS, &subject).to_owned(),
        statement: story.to_owned(),
        reach: "call".to_owned(),
        phone: format!("139{:08}", number * 7919 % 100_000_000),
        pin: PIN.to_owned(),
        ..RegisterForm::default()
    };
    form.parse()
        .map_err(|errors| anyhow::anyhow!("{errors:?}"))
        .context("a party of the demonstration")
}
