//! What screens read is what the events say, and can be made of them anew (`people.md` 18).

use domain::access::{AccessGrant, IssuedHow};
use domain::calendar::LegalCalendar;
use domain::case::CaseEvent;
use domain::clock::RuleSet;
use domain::code::SecondFactor;
use domain::event::Decided;
use domain::filing::{MatterKind, Subject};
use domain::given::{Given, SeededDice};
use domain::ids::{MatterId, RegistrationId, VisitId};
use domain::matter::{MatterEvent, MatterPage};
use domain::person::PartySize;
use domain::readers::ReaderKey;
use domain::registration::RegistrationEvent;
use domain::text::{Line, Paragraph};
use futures_util::FutureExt as _;
use store::testing::{TestStore, master_key};
use store::verify::Finding;
use store::{Aggregate, Lane, Row, Store, StoreError, kind};
use sync::view::WorkFilter;

use crate::office::{classify, commit, file, officer};
use crate::support::{NOW, county, id};
use crate::visits::{PLACES, change, filing, now, publish, register};

on_both! {
    rebuilt_rows_are_those_written_live;
    a_spoiled_row_is_found_and_a_rebuild_mends_it;
    an_older_form_is_planned_and_rebuilt_at_the_start;
    a_newer_form_is_refused_in_a_sentence;
    screens_read_on_and_commands_wait_while_rows_are_rebuilt;
    a_history_nobody_can_read_is_named;
}

const VISIT: VisitId = VisitId(uuid::Uuid::from_u128(7));
const MATTER: MatterId = MatterId(uuid::Uuid::from_u128(8));

/// Every table of folded rows, in the order of its key.
const TABLES: &[&str] = &[
    "SELECT * FROM visit_row ORDER BY county, visit_id",
    "SELECT * FROM ledger_state ORDER BY county, visit_id",
    "SELECT * FROM registration_row ORDER BY county, registration_id",
    "SELECT * FROM registration_closed ORDER BY county, registration_id, reader",
    "SELECT * FROM case_row ORDER BY county, case_id",
    "SELECT * FROM case_reader ORDER BY county, case_id, reader",
    "SELECT * FROM matter_row ORDER BY county, matter_id",
    "SELECT * FROM lookup ORDER BY county, aggregate_id, kind, digest",
];

async fn all_rows(store: &Store) -> Vec<Vec<String>> {
    let mut reader = store.read().await.unwrap();
    let mut tables = Vec::new();
    for sql in TABLES {
        let rows: Vec<Row> = reader.fetch(*sql, args![]).await.unwrap();
        assert!(!rows.is_empty(), "{sql}");
        tables.push(rows.iter().map(|row| format!("{row:?}")).collect());
    }
    tables
}

async fn run(store: &Store, sql: &'static str) {
    let done: Result<u64, StoreError> = store
        .execute(Lane(id(0)), move |tx| {
            async move { tx.run(sql, args![]).await }.boxed()
        })
        .await;
    assert!(done.unwrap() > 0, "{sql}");
}

fn grant(dice: u64) -> Box<AccessGrant> {
    let mut dice = SeededDice::new(dice);
    let mut given = Given {
        now: now(),
        captured_at: now(),
        calendar: LegalCalendar::builtin(),
        rules: &RuleSet::default(),
        dice: &mut dice,
    };
    let factor = SecondFactor::parse("8000").unwrap();
    let issued = IssuedHow::Desk;
    Box::new(AccessGrant::issue(
        MatterKind::Request,
        &factor,
        issued,
        &mut given,
    ))
}

/// Something of everything: a full visit, changed; restrictions, arrivals, replaced codes, an
/// accusation, a classified case, an erased one, a public matter. Returns the histories with rows.
async fn story(it: &TestStore) -> u64 {
    publish(&it.store, VISIT).await;
    let registered = u64::from(PLACES) + 3;
    for n in 1..=registered {
        let mut filing = filing("某村民");
        if n == 2 {
            filing.restricted_from = vec![ReaderKey::Official(officer().id)];
        }
        if n == 3 {
            filing.kind = MatterKind::Accusation;
        }
        register(&it.store, VISIT, n, filing).await;
    }
    change(&it.store, VISIT).await;
    let mut decided = Decided::default();
    decided.registration(
        RegistrationId(id(1)),
        RegistrationEvent::Arrived {
            people: PartySize::new(4).unwrap(),
            by: officer().id,
            at: now(),
        },
    );
    let replaced = RegistrationEvent::AccessReplaced { grant: grant(41) };
    decided.registration(RegistrationId(id(4)), replaced);
    decided.matter(MATTER, proposed());
    let approved = MatterEvent::Approved {
        by: officer().id,
        at: now(),
    };
    decided.matter(MATTER, approved);
    commit(&it.store, 500, decided).await;
    let case = file(it, 101, filing("某甲")).await;
    classify(it, case).await;
    let mut decided = Decided::default();
    decided.case(
        case,
        CaseEvent::AccessReplaced {
            grant: grant(42),
            by: officer().id,
        },
    );
    commit(&it.store, 500, decided).await;
    let mut accusation = filing("某乙");
    accusation.kind = MatterKind::Accusation;
    file(it, 102, accusation).await;
    let erased = file(it, 103, filing("某丙")).await;
    let gone: Result<bool, StoreError> = it
        .store
        .execute(Lane(erased.0), move |tx| {
            async move {
                let aggregate = Aggregate::new(county(), kind::CASE, erased.0);
                tx.erase(&aggregate, NOW).await
            }
            .boxed()
        })
        .await;
    assert!(gone.unwrap());
    // The visit and its places, three cases, the matter.
    registered + 6
}

fn proposed() -> MatterEvent {
    MatterEvent::Proposed {
        page: Box::new(MatterPage {
            title: Line::parse("修路").unwrap(),
            aliases: Vec::new(),
            subject: Subject::Roads,
            places: Vec::new(),
            population: None,
            summary: Paragraph::parse("修一条路").unwrap(),
        }),
        by: officer().id,
        case: None,
    }
}

async fn findings(store: &Store) -> Vec<Finding> {
    store.verify(county(), None).await.unwrap().findings
}

async fn rebuilt_rows_are_those_written_live(it: TestStore) {
    let histories = story(&it).await;
    let live = all_rows(&it.store).await;
    let report = it.store.verify(county(), None).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.findings);
    let stored: usize = live.iter().map(Vec::len).sum();
    assert_eq!(report.rows, stored as u64, "every row is compared");
    assert_eq!(it.store.rebuild_projections().await.unwrap(), histories);
    assert_eq!(all_rows(&it.store).await, live);
}

async fn a_spoiled_row_is_found_and_a_rebuild_mends_it(it: TestStore) {
    story(&it).await;
    let right = all_rows(&it.store).await;
    for (table, sql) in [
        ("visit_row", "UPDATE visit_row SET day = day + 1"),
        (
            "ledger_state",
            "UPDATE ledger_state SET next_serial = next_serial - 1",
        ),
        (
            "registration_row",
            "DELETE FROM registration_row WHERE serial = 5",
        ),
        ("registration_closed", "DELETE FROM registration_closed"),
        (
            "case_row",
            "UPDATE case_row SET due = NULL WHERE due IS NOT NULL",
        ),
        ("case_reader", "UPDATE case_reader SET admits = 1 - admits"),
        ("matter_row", "UPDATE matter_row SET published = 0"),
        (
            "lookup",
            "DELETE FROM lookup WHERE kind = 'query_code' AND aggregate_kind = 'case'",
        ),
        (
            // A row of a case there is not.
            "case_reader",
            "INSERT INTO case_reader (county, case_id, reader, admits)
             SELECT county, visit_id, visit_id, 1 FROM visit_row",
        ),
    ] {
        run(&it.store, sql).await;
        let found = findings(&it.store).await;
        assert!(!found.is_empty(), "{sql}");
        for finding in &found {
            let in_table = matches!(finding, Finding::RowsDiffer { table: it, .. } if it == table);
            assert!(in_table, "{sql}: {finding:?}");
        }
        it.store.rebuild_projections().await.unwrap();
        assert_eq!(findings(&it.store).await, [], "{sql}");
        assert_eq!(all_rows(&it.store).await, right, "{sql}");
    }
}

async fn an_older_form_is_planned_and_rebuilt_at_the_start(it: TestStore) {
    let histories = story(&it).await;
    let right = all_rows(&it.store).await;
    run(&it.store, "UPDATE case_row SET subject = 'land'").await;
    run(&it.store, "UPDATE projection_version SET version = 0").await;
    it.store.close().await;
    let rebuild = Store::plan(&it.location).await.unwrap().rebuild.unwrap();
    assert_eq!((rebuild.from, rebuild.aggregates), (0, histories));
    // Two at once: the second waits, and finds nothing to do.
    let (first, second) = tokio::join!(it.second_server(), it.second_server());
    for store in [first, second] {
        assert_eq!(all_rows(&store).await, right);
        store.close().await;
    }
    assert_eq!(Store::plan(&it.location).await.unwrap(), Default::default());
}

async fn a_newer_form_is_refused_in_a_sentence(it: TestStore) {
    publish(&it.store, VISIT).await;
    let before = all_but_empty(&it.store).await;
    run(&it.store, "UPDATE projection_version SET version = 99").await;
    let is_refusal = |error: &StoreError| {
        matches!(error, StoreError::NewerProjections { found: 99, .. })
            && error.to_string().contains("please start the newer program")
    };
    // A server that runs on writes no row in its older form, and says that it is not well.
    let late: Result<(), StoreError> = it
        .store
        .execute(Lane(id(1)), |tx| {
            async move { tx.load_world(county(), Default::default()).await.map(drop) }.boxed()
        })
        .await;
    assert!(is_refusal(&late.unwrap_err()));
    assert!(is_refusal(&it.store.check().await.unwrap_err()));
    assert!(is_refusal(
        &it.store.rebuild_projections().await.unwrap_err()
    ));
    assert_eq!(all_but_empty(&it.store).await, before);
    it.store.close().await;
    assert!(is_refusal(&Store::plan(&it.location).await.unwrap_err()));
    let opened = Store::open(&it.location, &master_key()).await.err();
    assert!(is_refusal(&opened.unwrap()));
}

async fn all_but_empty(store: &Store) -> Vec<String> {
    let mut reader = store.read().await.unwrap();
    let rows = reader.fetch(TABLES[0], args![]).await.unwrap();
    rows.iter().map(|row| format!("{row:?}")).collect()
}

async fn screens_read_on_and_commands_wait_while_rows_are_rebuilt(it: TestStore) {
    publish(&it.store, VISIT).await;
    for n in 1..=60 {
        file(&it, n, filing("某村民")).await;
    }
    let elsewhere = it.second_server().await;
    let rebuilding = tokio::spawn(async move {
        let done = elsewhere.rebuild_projections().await;
        elsewhere.close().await;
        done
    });
    let (viewer, everything) = (officer(), WorkFilter::default());
    let mut looks = 0;
    while looks == 0 || !rebuilding.is_finished() {
        let mut reader = it.store.read().await.unwrap();
        let list = reader.worklist(county(), &viewer, &everything, now());
        assert_eq!(list.await.unwrap().total, 60);
        looks += 1;
        if looks == 1 {
            register(&it.store, VISIT, 200, filing("某村民")).await;
        }
    }
    assert!(rebuilding.await.unwrap().unwrap() >= 62);
    assert_eq!(findings(&it.store).await, []);
}

async fn a_history_nobody_can_read_is_named(it: TestStore) {
    story(&it).await;
    run(
        &it.store,
        "DELETE FROM data_key WHERE aggregate_kind = 'matter'",
    )
    .await;
    let unreadable = Finding::Unreadable {
        county: county(),
        kind: kind::MATTER.to_owned(),
        id: MATTER.0,
    };
    assert_eq!(findings(&it.store).await, [unreadable]);
    let before = all_rows(&it.store).await;
    let refused = it.store.rebuild_projections().await.unwrap_err();
    assert!(refused.to_string().contains(&MATTER.0.to_string()));
    assert_eq!(all_rows(&it.store).await, before, "all or nothing");
}

/// When this fails, rows have another form: raise `projection::VERSION`, so that databases in use
/// are rebuilt, and keep the snapshot under its number.
#[tokio::test(flavor = "multi_thread")]
async fn another_form_of_rows_has_another_number() {
    let it = TestStore::sqlite().await;
    story(&it).await;
    let mut reader = it.store.read().await.unwrap();
    let version = reader.fetch("SELECT version FROM projection_version", args![]);
    let version = version.await.unwrap()[0].integer(0).unwrap();
    let mut text = String::new();
    // Look-ups and readers are digests under a key of this database.
    for sql in TABLES.iter().filter(|sql| !has_digests(sql)) {
        text += &format!("{sql}\n");
        for row in reader.fetch(*sql, args![]).await.unwrap() {
            text += &format!("{row:?}\n");
        }
    }
    insta::assert_snapshot!(format!("rows_of_form_{version}"), text);
}

fn has_digests(sql: &str) -> bool {
    ["lookup", "case_reader", "registration_closed"]
        .iter()
        .any(|table| sql.contains(table))
}
