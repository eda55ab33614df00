//! What officials see of cases, and what they must not.

use chrono::{DateTime, Datelike as _, Duration, Utc};
use domain::actor::{Actor, Official, Role, SealedReader};
use domain::calendar::LegalCalendar;
use domain::case::{Case, CaseEvent, Category, ExternalRef, StatutoryPath};
use domain::citizen::{self, CitizenCommand};
use domain::clock::RuleSet;
use domain::event::Decided;
use domain::filing::{Danger, Filing, MatterKind, Subject};
use domain::given::{Given, SeededDice};
use domain::ids::{CaseId, CommandId, OfficialId, SignInId, UnitId};
use domain::provisional::ProvisionalNumber;
use domain::readers::ReaderKey;
use domain::text::{Line, PersonName};
use domain::world::World;
use futures_util::FutureExt as _;
use store::records::CalendarVersion;
use store::testing::TestStore;
use store::{Lane, Store, StoreError};
use sync::view::{RegisterGapFilter, WorkFilter, Worklist};

use crate::support::{county, id};
use crate::visits::{filing, now, provenance};

on_both! {
    the_list_has_danger_first_and_filters_and_pages;
    a_case_is_looked_up_by_number_name_and_telephone;
    an_accusation_and_a_closed_case_leave_no_trace;
    a_unit_sees_a_case_only_once_it_is_sent_there;
    a_case_leaves_the_gap_once_its_number_is_recorded;
    an_imported_calendar_moves_due_dates_without_a_restart;
}

const UNIT: u64 = 700;

pub fn official(n: u64, roles: &[Role]) -> Official {
    Official {
        id: OfficialId(id(n)),
        name: PersonName::parse("演示某").unwrap(),
        unit: UnitId(id(UNIT)),
        roles: roles.to_vec(),
        sealed_reader: SealedReader::No,
        sign_in: SignInId(id(n)),
    }
}

pub fn officer() -> Official {
    official(1, &[Role::PetitionOfficer])
}

async fn list(it: &TestStore, official: &Official, filter: &WorkFilter) -> Worklist {
    let mut reader = it.store.read().await.unwrap();
    reader
        .worklist(county(), official, filter, now())
        .await
        .unwrap()
}

pub async fn commit(store: &Store, lane: u64, decided: Decided) {
    let done: Result<(), StoreError> = store
        .execute(Lane(id(lane)), move |tx| {
            let events = decided.events.clone();
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

/// Files the `n`th matter as a citizen would.
pub async fn file(it: &TestStore, n: u64, filing: Filing) -> CaseId {
    let world = World {
        county: domain::division::CountyCode::parse(county().as_str()).ok(),
        sealed_readers: vec![OfficialId(id(9))],
        ..World::default()
    };
    let command = CitizenCommand::File {
        filing: Box::new(filing),
    };
    let mut dice = SeededDice::new(n);
    let mut given = Given {
        now: now(),
        captured_at: now(),
        calendar: LegalCalendar::builtin(),
        rules: &RuleSet::default(),
        dice: &mut dice,
    };
    let command_id = CommandId(id(n));
    let (decided, _) =
        citizen::decide(&Actor::Anyone, command_id, &command, &world, &mut given).unwrap();
    commit(&it.store, n, decided).await;
    CaseId(id(n))
}

pub async fn happen(it: &TestStore, case: CaseId, event: CaseEvent) {
    let mut decided = Decided::default();
    decided.case(case, event);
    commit(&it.store, 500, decided).await;
}

async fn read(it: &TestStore, case: CaseId) -> Case {
    let mut reader = it.store.read().await.unwrap();
    reader.case(county(), case).await.unwrap().state.unwrap()
}

/// An intake officer reads it: it is open to the whole office.
pub async fn classify(it: &TestStore, case: CaseId) {
    let mut readers = read(it, case).await.readers;
    readers.open(ReaderKey::PetitionOffice);
    let event = CaseEvent::Classified {
        category: Category::Appeal(StatutoryPath::Petition),
        by: officer().id,
        readers,
        at: now(),
    };
    happen(it, case, event).await;
}

async fn the_list_has_danger_first_and_filters_and_pages(it: TestStore) {
    for n in 1..=60 {
        file(&it, n, filing("某村民")).await;
    }
    let mut urgent = filing("某急事");
    urgent.danger = Danger::Now;
    urgent.subject = Subject::Water;
    let urgent = file(&it, 61, urgent).await;

    let first = list(&it, &officer(), &WorkFilter::default()).await;
    assert_eq!(first.rows[0].case, urgent);
    assert_eq!((first.rows.len(), first.total), (50, 61));
    assert_eq!(first.counts.iter().map(|(_, n)| n).sum::<u32>(), 61);
    let second = WorkFilter {
        page: 2,
        ..WorkFilter::default()
    };
    let second = list(&it, &officer(), &second).await;
    assert_eq!(second.rows.len(), 11);
    assert!(second.rows.iter().all(|row| !first.rows.contains(row)));
    let water = WorkFilter {
        subject: "water".to_owned(),
        ..WorkFilter::default()
    };
    assert_eq!(list(&it, &officer(), &water).await.total, 1);
    let overdue = WorkFilter {
        due: "overdue".to_owned(),
        ..WorkFilter::default()
    };
    assert_eq!(list(&it, &officer(), &overdue).await.total, 0);
    assert_eq!(first.rows[1].name, "某**");
}

async fn a_case_is_looked_up_by_number_name_and_telephone(it: TestStore) {
    let case = file(&it, 1, filing("某村民")).await;
    let provisional = ProvisionalNumber::of(CommandId(case.0)).to_string();
    file(&it, 2, filing("某别人")).await;
    let number = read(&it, case).await.number.to_string();
    for (find, hits) in [
        (number.to_lowercase(), 1),
        ("某村民".to_owned(), 1),
        (" 138 0013 8000 ".to_owned(), 2),
        ("某村".to_owned(), 0),
        // Both were made in the same moment.
        (provisional.to_lowercase().replace('-', " "), 2),
        ("0000-0000-0001".to_owned(), 0),
    ] {
        let filter = WorkFilter {
            find: find.clone(),
            ..WorkFilter::default()
        };
        assert_eq!(list(&it, &officer(), &filter).await.total, hits, "{find}");
    }
}

async fn an_accusation_and_a_closed_case_leave_no_trace(it: TestStore) {
    file(&it, 1, filing("某村民")).await;
    let before = list(&it, &officer(), &WorkFilter::default()).await;
    let mut accusation = filing("某举报人");
    accusation.kind = MatterKind::Accusation;
    let sealed = file(&it, 2, accusation).await;
    let mut closed = filing("某当事人");
    closed.restricted_from = vec![ReaderKey::Official(officer().id)];
    let closed = file(&it, 3, closed).await;
    assert_eq!(list(&it, &officer(), &WorkFilter::default()).await, before);

    let by_name = |name: &str| WorkFilter {
        find: name.to_owned(),
        ..WorkFilter::default()
    };
    for name in ["某举报人", "某当事人"] {
        assert_eq!(list(&it, &officer(), &by_name(name)).await.total, 0);
    }
    let mut reader = it.store.read().await.unwrap();
    for case in [sealed, closed] {
        let seen = reader.office_case(county(), &officer(), case, now()).await;
        assert!(seen.unwrap().is_none());
    }
    // The readers named see it, and nobody's code goes with it.
    let named = official(9, &[Role::PetitionOfficer]);
    let seen = reader
        .office_case(county(), &named, sealed, now())
        .await
        .unwrap();
    assert!(seen.unwrap().case.grant.is_none());
    let other = official(10, &[Role::PetitionOfficer]);
    let seen = reader
        .office_case(county(), &other, closed, now())
        .await
        .unwrap();
    assert!(seen.is_some());
}

async fn a_unit_sees_a_case_only_once_it_is_sent_there(it: TestStore) {
    let case = file(&it, 1, filing("某村民")).await;
    let handler = official(2, &[Role::UnitHandler]);
    classify(&it, case).await;
    let everything = WorkFilter::default();
    assert_eq!(list(&it, &handler, &everything).await.total, 0);
    let mut readers = read(&it, case).await.readers;
    readers.open(ReaderKey::Unit(handler.unit));
    let widened = CaseEvent::ReadersWidened {
        reader: ReaderKey::Unit(handler.unit),
        reason: Line::parse("转送").unwrap(),
        by: officer().id,
        at: now(),
    };
    happen(&it, case, widened).await;
    assert_eq!(list(&it, &handler, &everything).await.total, 1);
}

async fn a_case_leaves_the_gap_once_its_number_is_recorded(it: TestStore) {
    let case = file(&it, 1, filing("某村民")).await;
    file(&it, 2, filing("某别人")).await;
    let gap = async |when: &str, at: DateTime<Utc>| {
        let filter = RegisterGapFilter {
            when: when.to_owned(),
            page: 1,
        };
        let mut reader = it.store.read().await.unwrap();
        let gap = reader
            .not_registered(county(), &officer(), &filter, at)
            .await;
        let gap = gap.unwrap();
        (gap.rows.len(), gap.today, gap.earlier)
    };
    let tomorrow = now() + Duration::days(1);
    assert_eq!(gap("", now()).await, (2, 2, 0));
    assert_eq!(gap("earlier", now()).await, (0, 2, 0));
    assert_eq!(gap("", tomorrow).await, (0, 0, 2));
    assert_eq!(gap("earlier", tomorrow).await, (2, 0, 2));
    let reference = ExternalRef {
        system: Line::parse("国家信访系统").unwrap(),
        number: Line::parse("2026-1").unwrap(),
        entered_on: now().date_naive(),
        by: officer().id,
    };
    happen(&it, case, CaseEvent::ExternalRefRecorded { reference }).await;
    assert_eq!(gap("", now()).await, (1, 1, 0));
}

/// Two weeks of holidays from the day of receipt on: whatever was due within them is due later.
async fn an_imported_calendar_moves_due_dates_without_a_restart(it: TestStore) {
    let case = file(&it, 1, filing("张三")).await;
    classify(&it, case).await;
    let elsewhere = it.second_server().await;
    let before = list(&it, &officer(), &WorkFilter::default()).await.rows[0].due;
    let days = (0..30).map(|n| {
        let day = now().date_naive() + chrono::Duration::days(n);
        format!("{day},holiday,放假\n")
    });
    let csv = "date,kind,occasion\n".to_owned() + &days.collect::<String>();
    let imported = CalendarVersion {
        version: 1,
        csv,
        imported_at: now().into(),
    };
    elsewhere
        .import_calendar(county(), &imported)
        .await
        .unwrap();
    assert!(it.store.refresh_calendars().await.unwrap());
    assert!(!it.store.refresh_calendars().await.unwrap());
    it.store.recount_dues(county()).await.unwrap();
    let rows = list(&it, &officer(), &WorkFilter::default()).await.rows;
    assert!(rows[0].due > before, "{:?} {before:?}", rows[0].due);
    let mut reader = it.store.read().await.unwrap();
    let kept = reader.fetch("SELECT due FROM case_row", args![]);
    let kept = kept.await.unwrap()[0].integer(0).unwrap();
    let shown = rows[0].due.map(|due| i64::from(due.num_days_from_ce()));
    assert_eq!(Some(kept), shown, "lists are sorted by what is shown");
    elsewhere.close().await;
}
