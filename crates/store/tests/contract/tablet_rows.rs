//! What an official's tablet holds: the whole, what changed, and no trace of what is closed to them.

use domain::actor::{Official, Role};
use domain::case::CaseEvent;
use domain::filing::MatterKind;
use domain::ids::CaseId;
use domain::readers::ReaderKey;
use domain::text::Line;
use futures_util::FutureExt as _;
use store::testing::TestStore;
use store::{Aggregate, Lane, kind};
use sync::view::{Applied, TabletList, TabletRows, WorkFilter, Worklist};

use crate::office::{classify, file, happen, officer, official};
use crate::support::{NOW, county, id};
use crate::visits::{filing, now};

on_both! {
    a_tablet_is_told_the_whole_and_then_what_changed;
    what_is_closed_to_an_official_is_on_no_tablet_of_theirs;
    a_cursor_of_another_database_is_told_the_whole;
    cases_read_together_are_as_each_by_itself;
}

async fn rows(it: &TestStore, official: &Official, since: &str) -> TabletRows {
    let mut reader = it.store.read().await.unwrap();
    let rows = reader.tablet_rows(county(), official, since, now()).await;
    rows.unwrap()
}

/// The list as the server answers it; they are compared without the time of day.
async fn worklist(it: &TestStore, official: &Official, filter: &WorkFilter) -> Worklist {
    let mut reader = it.store.read().await.unwrap();
    let list = reader.worklist(county(), official, filter, now()).await;
    list.unwrap()
}

fn cases(rows: &TabletRows) -> Vec<CaseId> {
    rows.rows.iter().map(|row| row.row.case).collect()
}

async fn withdraw(it: &TestStore, case: CaseId) {
    happen(it, case, CaseEvent::Withdrawn { at: now() }).await;
}

async fn a_tablet_is_told_the_whole_and_then_what_changed(it: TestStore) {
    let first = file(&it, 1, filing("某村民")).await;
    let second = file(&it, 2, filing("某别人")).await;
    let whole = rows(&it, &officer(), "").await;
    assert!(whole.whole);
    assert_eq!(cases(&whole), [first, second]);
    let mut held = TabletList::of(whole);
    for filter in [
        WorkFilter::default(),
        WorkFilter {
            subject: "water".to_owned(),
            ..WorkFilter::default()
        },
        WorkFilter {
            find: held.rows[1].row.number.to_string(),
            ..WorkFilter::default()
        },
    ] {
        let online = worklist(&it, &officer(), &filter).await;
        assert_eq!(held.worklist(&filter), online);
    }

    let nothing = rows(&it, &officer(), &held.next).await;
    assert!(!nothing.whole && nothing.rows.is_empty() && nothing.gone.is_empty());
    assert_eq!(held.apply(nothing), Applied::Whole);

    let third = file(&it, 3, filing("某第三人")).await;
    classify(&it, first).await;
    withdraw(&it, second).await;
    let changed = rows(&it, &officer(), &held.next).await;
    let mut told = cases(&changed);
    told.sort_unstable();
    assert_eq!(told, [first, third]);
    assert_eq!(changed.gone, [second]);
    assert_eq!(held.apply(changed), Applied::Whole);
    assert_eq!(held.rows.len(), 2);
    let known = held.rows.iter().find(|row| row.row.case == first);
    assert_eq!(known.map(|row| row.version), Some(2));
}

async fn what_is_closed_to_an_official_is_on_no_tablet_of_theirs(it: TestStore) {
    file(&it, 1, filing("某村民")).await;
    let before = rows(&it, &officer(), "").await;
    let mut accusation = filing("某举报人");
    accusation.kind = MatterKind::Accusation;
    file(&it, 2, accusation).await;
    let mut closed = filing("某当事人");
    closed.restricted_from = vec![ReaderKey::Official(officer().id)];
    file(&it, 3, closed).await;
    let after = rows(&it, &officer(), &before.next).await;
    // Not even that something has changed.
    assert!(after.rows.is_empty() && after.gone.is_empty());
    assert_eq!(after.held, before.held);
    // A unit holds what was sent to it, and nothing before.
    let handler = official(2, &[Role::UnitHandler]);
    assert!(rows(&it, &handler, "").await.rows.is_empty());
    let sent = CaseEvent::ReadersWidened {
        reader: ReaderKey::Unit(handler.unit),
        reason: Line::parse("转送").unwrap(),
        by: officer().id,
        at: now(),
    };
    let case = before.rows[0].row.case;
    happen(&it, case, sent).await;
    assert_eq!(cases(&rows(&it, &handler, "").await), [case]);
}

async fn a_cursor_of_another_database_is_told_the_whole(it: TestStore) {
    let case = file(&it, 1, filing("某村民")).await;
    for since in ["x", "00000000000000000000000000000000.1", "…"] {
        let told = rows(&it, &officer(), since).await;
        assert!(told.whole, "{since}");
        assert_eq!(cases(&told), [case]);
    }
}

async fn cases_read_together_are_as_each_by_itself(it: TestStore) {
    let first = file(&it, 1, filing("某村民")).await;
    let erased = file(&it, 2, filing("某别人")).await;
    let third = file(&it, 3, filing("某第三人")).await;
    classify(&it, third).await;
    it.store
        .execute(Lane(erased.0), move |tx| {
            async move {
                let case = Aggregate::new(county(), kind::CASE, erased.0);
                tx.erase(&case, NOW).await
            }
            .boxed()
        })
        .await
        .unwrap();
    let unknown = CaseId(id(99));
    // More than one query takes, and not in the order they were filed.
    let named = [third, unknown, first, erased].repeat(101);
    let mut reader = it.store.read().await.unwrap();
    let together = reader.cases(county(), &named).await.unwrap();
    assert_eq!(together.len(), named.len());
    for (case, read) in named.into_iter().zip(together) {
        let alone = reader.case(county(), case).await.unwrap();
        assert_eq!((read.version, read.state), (alone.version, alone.state));
    }
    assert_eq!(reader.case(county(), third).await.unwrap().version, 2);
}
