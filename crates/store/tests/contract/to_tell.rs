//! Who is told what: made once, seen by those who may know, tried three times.

use std::time::Duration;

use domain::case::CaseEvent;
use domain::event::Decided;
use domain::filing::MatterKind;
use domain::ids::{CaseId, NoteId, OfficialId, RegistrationId, VisitId};
use domain::person::ReachWay;
use domain::registration::RegistrationEvent;
use domain::text::{Line, Paragraph};
use domain::tidings::{
    TellState::{self, *},
    Tidings,
    TryResult::{self, *},
};
use futures_util::future::join_all;
use store::records::Try;
use store::testing::TestStore;
use store::{Store, TO_TELL};
use sync::view::{TellFilter, ToTell};

use crate::office::{classify, commit, file, happen, official};
use crate::support::{NOW, county, id};
use crate::visits::{change, filing, now, publish, register};

on_both! {
    a_changed_notice_is_told_once_to_everybody_expected;
    who_asked_not_to_be_contacted_is_not_called;
    what_is_to_be_told_of_an_accusation_leaves_no_trace;
    what_was_erased_is_told_to_nobody;
    three_tries_are_enough_and_the_same_try_counts_once;
}

const VISIT: VisitId = VisitId(uuid::Uuid::from_u128(50));

/// Makes the rows of every job that is due, as a server does, and says how many jobs there were.
pub async fn perform(store: &Store) -> usize {
    let later = NOW.plus(Duration::from_secs(1));
    let jobs = store.lease_jobs(later, Duration::from_secs(60), 100).await;
    let jobs: Vec<_> = jobs.unwrap();
    let told = jobs.iter().filter(|job| job.kind == TO_TELL);
    let told: Vec<_> = told.collect();
    for job in &told {
        store.make_tellings(job).await.unwrap();
        assert!(store.complete_job(&job.lease).await.unwrap());
    }
    told.len()
}

fn officer() -> domain::actor::Official {
    official(900, &[domain::actor::Role::PetitionOfficer])
}

async fn list(it: &TestStore, who: &domain::actor::Official, state: &str) -> ToTell {
    let filter = TellFilter {
        state: state.to_owned(),
        ..TellFilter::default()
    };
    let mut reader = it.store.read().await.unwrap();
    reader.to_tell(county(), who, &filter, now()).await.unwrap()
}

fn asks(n: u64) -> CaseEvent {
    CaseEvent::CitizenAsked {
        question: NoteId(id(n)),
        text: Paragraph::parse("哪一段路？").unwrap(),
        by_date: now().date_naive(),
        by: OfficialId(id(1)),
        at: now(),
    }
}

async fn a_changed_notice_is_told_once_to_everybody_expected(it: TestStore) {
    publish(&it.store, VISIT).await;
    for n in 1..=3 {
        register(&it.store, VISIT, n, filing("某村民")).await;
    }
    let mut cancelled = Decided::default();
    let event = RegistrationEvent::Cancelled { at: now() };
    cancelled.registration(RegistrationId(id(3)), event);
    commit(&it.store, 3, cancelled).await;
    change(&it.store, VISIT).await;

    // Two servers take the job at once after the first died with it half done.
    let other = it.second_server().await;
    let jobs = it.store.lease_jobs(NOW, Duration::ZERO, 9).await.unwrap();
    assert_eq!(jobs.len(), 1, "registering and cancelling tell nobody");
    it.store.make_tellings(&jobs[0]).await.unwrap();
    let again = other.lease_jobs(NOW, Duration::from_secs(60), 9);
    let again = again.await.unwrap();
    let both = join_all([&it.store, &other].map(|store| store.make_tellings(&again[0])));
    both.await.into_iter().for_each(Result::unwrap);
    assert!(other.complete_job(&again[0].lease).await.unwrap());
    other.close().await;

    // Who registers afterwards knows the new version.
    register(&it.store, VISIT, 4, filing("某后来人")).await;
    assert_eq!(perform(&it.store).await, 0);
    let told = list(&it, &officer(), "").await;
    assert_eq!((told.rows.len(), told.total), (2, 2));
    let what = Line::parse("改到下午").unwrap();
    for row in &told.rows {
        let tidings = &row.telling.tidings;
        assert!(matches!(tidings, Tidings::NoticeChanged { what: told, .. } if *told == what));
        assert_eq!(row.visit, Some(VISIT));
    }
    let mut reader = it.store.read().await.unwrap();
    let untold = reader.untold_of(county(), &officer(), VISIT).await;
    assert_eq!(untold.unwrap(), 2);
    let stranger = official(77, &[domain::actor::Role::UnitHandler]);
    let untold = reader.untold_of(county(), &stranger, VISIT).await;
    assert_eq!(untold.unwrap(), 0);
}

async fn who_asked_not_to_be_contacted_is_not_called(it: TestStore) {
    let mut silent = filing("某村民");
    silent.contact.way = ReachWay::DoNotContact;
    let case = file(&it, 1, silent).await;
    happen(&it, case, asks(1)).await;
    assert_eq!(perform(&it.store).await, 1);
    assert_eq!(list(&it, &officer(), "").await.total, 0);
}

async fn what_is_to_be_told_of_an_accusation_leaves_no_trace(it: TestStore) {
    let case = file(&it, 1, filing("某村民")).await;
    classify(&it, case).await;
    happen(&it, case, asks(1)).await;
    perform(&it.store).await;
    let before = list(&it, &officer(), "").await;
    assert_eq!(before.rows.len(), 1);

    let mut accusation = filing("某举报人");
    accusation.kind = MatterKind::Accusation;
    let sealed = file(&it, 2, accusation).await;
    happen(&it, sealed, asks(2)).await;
    assert_eq!(perform(&it.store).await, 1);
    assert_eq!(list(&it, &officer(), "").await, before);
    let named = list(&it, &official(9, &[]), "").await;
    assert_eq!((named.rows.len(), named.rows[0].case), (1, Some(sealed)));

    // Not by its id either.
    let mut reader = it.store.read().await.unwrap();
    for (who, finds) in [(official(9, &[]), true), (officer(), false)] {
        let found = reader.telling(county(), &who, named.rows[0].id).await;
        assert_eq!(found.unwrap().is_some(), finds);
    }
}

async fn what_was_erased_is_told_to_nobody(it: TestStore) {
    let case: CaseId = file(&it, 1, filing("某村民")).await;
    happen(&it, case, asks(1)).await;
    perform(&it.store).await;
    assert_eq!(list(&it, &officer(), "").await.total, 1);
    let erased: Result<bool, store::StoreError> = it
        .store
        .execute(store::Lane(case.0), move |tx| {
            let aggregate = store::Aggregate::new(county(), store::kind::CASE, case.0);
            Box::pin(async move { tx.erase(&aggregate, NOW).await })
        })
        .await;
    assert!(erased.unwrap());
    assert_eq!(list(&it, &officer(), "").await.total, 0);
}

async fn three_tries_are_enough_and_the_same_try_counts_once(it: TestStore) {
    let case = file(&it, 1, filing("某村民")).await;
    happen(&it, case, asks(1)).await;
    perform(&it.store).await;
    let telling = list(&it, &officer(), "").await.rows[0].id;
    let enter = |number: u32, result: TryResult| {
        let tried = Try {
            telling,
            number,
            result,
            by: officer().id,
        };
        it.store.enter_try(county(), tried, NOW)
    };
    let twice = join_all([enter(1, TryResult::NotReached), enter(1, WrongNumber)]).await;
    let entered = twice.into_iter().filter(|entered| entered == &Ok(true));
    assert_eq!(entered.count(), 1);
    assert!(enter(2, WrongNumber).await.unwrap());
    assert!(enter(3, TryResult::NotReached).await.unwrap());
    assert!(!enter(4, TryResult::NotReached).await.unwrap());

    let given_up = list(&it, &officer(), "not_reached").await;
    assert_eq!(given_up.counts, [(TellState::NotReached, 1)]);
    assert_eq!(given_up.rows[0].tries, 3);
    assert_eq!(given_up.rows[0].last, Some(TryResult::NotReached));
    assert!(enter(4, Reached).await.unwrap(), "the person turned up");
    assert_eq!(list(&it, &officer(), "told").await.counts, [(Told, 1)]);
}
