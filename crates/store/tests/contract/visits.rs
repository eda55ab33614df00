//! A published visit with twenty places, and parties that register for it.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use domain::actor::Actor;
use domain::booking::BookingEvent;
use domain::calendar::LegalCalendar;
use domain::citizen::{self, CitizenCommand};
use domain::clock::RuleSet;
use domain::code::SecondFactor;
use domain::event::Decided;
use domain::filing::{Danger, Filing, MatterKind, Statement, Subject};
use domain::given::{Given, SeededDice};
use domain::ids::{CommandId, OfficialId, VisitId};
use domain::person::{Contact, Filer, Party, PartySize, Person, ReachWay, Representatives};
use domain::phone::PhoneNumber;
use domain::receipt::Receipt;
use domain::text::{Line, Paragraph, PersonName};
use domain::visit::{
    Hours, Leader, ReceptionRoom, RegistrationWindow, Venue, VisitEvent, VisitMode, VisitNotice,
};
use domain::world::World;
use futures_util::FutureExt as _;
use store::{Lane, Provenance, Store, StoreError, Tx};

use crate::support::{NOW, by, county, id};

pub const PLACES: u32 = 20;

pub fn now() -> DateTime<Utc> {
    NOW.into()
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn time(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

fn day() -> NaiveDate {
    (now() + Duration::days(7)).date_naive()
}

/// One room, half an hour each from eight to six.
pub fn notice() -> VisitNotice {
    VisitNotice {
        title: line("县领导下访"),
        mode: VisitMode::FixedPlace,
        date: day(),
        hours: Hours {
            from: time(8),
            to: time(18),
        },
        venue: Venue {
            name: line("文化中心"),
            address: line("中心街1号"),
            division: None,
            point: None,
        },
        leaders: vec![Leader {
            name: PersonName::parse("某某").unwrap(),
            title: line("县长"),
            portfolio: line("全面工作"),
        }],
        departments: Vec::new(),
        rooms: vec![ReceptionRoom {
            number: 1,
            label: line("综合"),
            subjects: Vec::new(),
        }],
        scope: Paragraph::parse("都可以谈").unwrap(),
        exclusions: Vec::new(),
        registration: RegistrationWindow {
            opens: now() - Duration::days(1),
            closes: now() + Duration::days(5),
        },
        bring: Vec::new(),
        phone: PhoneNumber::parse("0579-84100000").unwrap(),
        slot_minutes: 30,
        reserve_percent: 0,
        officers: vec![officer()],
    }
}

fn officer() -> OfficialId {
    OfficialId(id(900))
}

pub fn provenance() -> Provenance {
    let actor = serde_json::to_vec(&Actor::Anyone).unwrap();
    Provenance { actor, ..by("") }
}

/// Draft, publication and places, as the office's decision makes them.
pub async fn publish(store: &Store, visit: VisitId) {
    let mut decided = Decided::default();
    let notice = notice();
    notice.check().unwrap();
    let plan = notice.place_plan();
    let drafted = VisitEvent::Drafted {
        notice: Box::new(notice),
        by: officer(),
        change: None,
    };
    let published = VisitEvent::Published {
        by: OfficialId(id(901)),
        version: 1,
        at: now(),
    };
    decided.visit(visit, drafted);
    decided.visit(visit, published);
    decided.booking(visit, BookingEvent::Planned { plan });
    let events = decided.events;
    let done: Result<(), StoreError> = store
        .execute(Lane(visit.0), move |tx| {
            let events = events.clone();
            async move {
                let loaded = tx.load_world(county(), Default::default()).await?;
                tx.commit_decided(county(), loaded, &events, &provenance())
                    .await
            }
            .boxed()
        })
        .await;
    done.unwrap();
}

/// The next version of a published notice.
pub async fn change(store: &Store, visit: VisitId) {
    let drafted = VisitEvent::Drafted {
        notice: Box::new(notice()),
        by: officer(),
        change: Some(line("改到下午")),
    };
    let published = VisitEvent::Published {
        by: OfficialId(id(901)),
        version: 2,
        at: now(),
    };
    let mut decided = Decided::default();
    decided.visit(visit, drafted);
    decided.visit(visit, published);
    crate::office::commit(store, 902, decided).await;
}

pub fn filing(name: &str) -> Filing {
    Filing {
        party: Party {
            petitioner: Person {
                name: PersonName::parse(name).unwrap(),
                id_number: None,
                village: None,
                birth_year: None,
                address: Some(line(name)),
            },
            representatives: Representatives::default(),
            size: PartySize::new(1).unwrap(),
            filer: Filer::Petitioner,
        },
        kind: MatterKind::Request,
        subject: Subject::Roads,
        place: None,
        statement: vec![Statement::Text(Paragraph::parse(name).unwrap())],
        contact: Contact {
            way: ReachWay::Call,
            phone: Some(PhoneNumber::parse("13800138000").unwrap()),
            hours: None,
        },
        restricted_from: Vec::new(),
        danger: Danger::None,
        needs: Vec::new(),
        second_factor: SecondFactor::parse("8000").unwrap(),
    }
}

/// Registers the `n`th party with the dice of its own number.
pub async fn register(store: &Store, visit: VisitId, n: u64, filing: Filing) -> Receipt {
    let done: Result<Receipt, StoreError> = store
        .execute(Lane(visit.0), move |tx| {
            let filing = filing.clone();
            async move { register_in(tx, visit, n, filing).await }.boxed()
        })
        .await;
    done.unwrap()
}

async fn register_in(
    tx: &mut Tx,
    visit: VisitId,
    n: u64,
    filing: Filing,
) -> Result<Receipt, StoreError> {
    let command = CitizenCommand::Register {
        visit,
        filing: Box::new(filing),
    };
    let loaded = tx.load_world(county(), command.needs()).await?;
    let (decided, receipt) = decide(n, &command, &loaded.world);
    tx.commit_decided(county(), loaded, &decided.events, &provenance())
        .await?;
    Ok(receipt)
}

/// Dice do not cross an await: a decision is made in one go.
fn decide(n: u64, command: &CitizenCommand, world: &World) -> (Decided, Receipt) {
    let mut dice = SeededDice::new(n);
    let mut given = Given {
        now: now(),
        captured_at: now(),
        calendar: LegalCalendar::builtin(),
        rules: &RuleSet::default(),
        dice: &mut dice,
    };
    citizen::decide(&Actor::Anyone, CommandId(id(n)), command, world, &mut given).unwrap()
}
