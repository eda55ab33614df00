//! Uploads and what becomes of them.

use std::time::Duration;

use domain::attachment::{AttachmentKind, AttachmentState, Unfit};
use domain::ids::{AttachmentId, CaseId, RegistrationId};
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use store::records::{
    Added, Attachment, Begun, CHECK_ATTACHMENT, Form, KeptObject, OPEN_ATTACHMENT, Owner, Piece,
};
use store::testing::TestStore;
use store::{Lane, Store, StoreError, Timestamp};

use crate::support::{NOW, by, county, event, id};

on_both! {
    an_upload_grows_piece_by_piece;
    of_two_at_once_one_goes_on;
    the_same_id_is_the_same_upload;
    what_was_refused_makes_room_for_another;
    what_is_kept_is_not_dropped;
    the_county_takes_so_much_a_day;
    what_arrives_counts_whatever_becomes_of_it;
    the_second_half_of_a_day_is_for_those_who_bring_little;
    a_piece_opens_at_its_own_place_only;
    an_erased_owner_takes_its_attachments_along;
    a_token_opens_one_owner_and_no_other;
    nobody_elses_upload_takes_the_place;
    what_was_abandoned_is_found;
    a_letter_is_staged_beside_what_comes_readable;
}

const DAY: u64 = 1 << 30;
const MINUTE: Duration = Duration::from_secs(60);

fn owner(n: u64) -> Owner {
    Owner::Case(CaseId(id(n)))
}

fn photo(n: u64) -> Attachment {
    Attachment::new(county(), owner(1), AttachmentId(id(n)))
}

/// A case with a key of its own.
async fn named(store: &Store, n: u64) {
    let done: Result<u64, StoreError> = store
        .execute(Lane(id(n)), move |tx| {
            async move {
                let aggregate = owner(n).aggregate(county());
                tx.append(&aggregate, 0, &[event("x")], &by("anyone")).await
            }
            .boxed()
        })
        .await;
    done.unwrap();
}

async fn begun(store: &Store, of: Attachment, length: u64) -> Begun {
    let begun = store.begin_upload(of, AttachmentKind::Image, length, DAY, NOW);
    begun.await.unwrap()
}

async fn added(store: &Store, of: Attachment, start: u64, length: u64) -> Added {
    let object = format!("piece-{start}");
    let piece = Piece {
        start,
        length,
        object,
    };
    store.add_piece(of, piece, DAY, NOW).await.unwrap()
}

async fn state(store: &Store, of: Attachment) -> Option<AttachmentState> {
    let upload = store.upload(of).await.unwrap();
    upload.map(|upload| upload.state)
}

async fn jobs(store: &Store) -> Vec<Vec<u8>> {
    let jobs = store.lease_jobs(NOW, MINUTE, 10).await.unwrap();
    let mut payloads = Vec::new();
    for job in jobs {
        assert_eq!(job.kind, CHECK_ATTACHMENT);
        payloads.push(job.payload.unwrap());
    }
    payloads
}

fn kept(of: Attachment) -> KeptObject {
    let object = "kept".to_owned();
    KeptObject {
        of,
        object,
        digest: [7; 32],
    }
}

/// All here, and to be looked at.
async fn whole(store: &Store, of: Attachment) {
    begun(store, of, 3).await;
    added(store, of, 0, 3).await;
}

async fn an_upload_grows_piece_by_piece(it: TestStore) {
    named(&it.store, 1).await;
    let of = photo(2);
    assert_eq!(begun(&it.store, of, 10).await, Begun::Fresh);
    let Added::Here(upload) = added(&it.store, of, 0, 4).await else {
        panic!("the first piece");
    };
    assert_eq!(upload.state, AttachmentState::Arriving { bytes: 4, of: 10 });
    assert_eq!(added(&it.store, of, 3, 2).await, Added::Moved, "too early");
    assert_eq!(added(&it.store, of, 5, 2).await, Added::Moved, "a hole");
    assert_eq!(added(&it.store, of, 4, 7).await, Added::Moved, "too much");
    assert!(jobs(&it.store).await.is_empty());
    added(&it.store, of, 4, 6).await;
    assert_eq!(state(&it.store, of).await, Some(AttachmentState::Checking));
    let starts = it.store.pieces(of).await.unwrap();
    let starts: Vec<u64> = starts.iter().map(|piece| piece.start).collect();
    assert_eq!(starts, [0, 4]);
    assert_eq!(jobs(&it.store).await, [of.id.0.as_bytes().to_vec()]);
    assert_eq!(
        added(&it.store, of, 10, 1).await,
        Added::Moved,
        "it is over"
    );
}

async fn of_two_at_once_one_goes_on(it: TestStore) {
    named(&it.store, 1).await;
    let other = it.second_server().await;
    begun(&it.store, photo(2), 10).await;
    let both = join_all([
        added(&it.store, photo(2), 0, 4),
        added(&other, photo(2), 0, 6),
    ]);
    let here = both
        .await
        .into_iter()
        .filter(|added| *added != Added::Moved);
    assert_eq!(here.count(), 1);
    assert_eq!(it.store.pieces(photo(2)).await.unwrap().len(), 1);
}

async fn the_same_id_is_the_same_upload(it: TestStore) {
    named(&it.store, 1).await;
    let other = it.second_server().await;
    let both = join_all([begun(&it.store, photo(2), 10), begun(&other, photo(2), 10)]).await;
    let fresh = both.iter().filter(|begun| **begun == Begun::Fresh);
    assert_eq!(fresh.count(), 1);
    added(&it.store, photo(2), 0, 4).await;
    let Begun::Known(known) = begun(&it.store, photo(2), 99).await else {
        panic!("it began before");
    };
    assert_eq!((known.length, known.arrived), (10, 4));
}

async fn what_was_refused_makes_room_for_another(it: TestStore) {
    named(&it.store, 1).await;
    let of = photo(2);
    whole(&it.store, of).await;
    let refused = it.store.refuse_attachment(of, Unfit::Heic, NOW).await;
    assert!(refused.unwrap());
    let reason = Unfit::Heic;
    assert_eq!(
        state(&it.store, of).await,
        Some(AttachmentState::Refused { reason })
    );
    assert!(it.store.pieces(of).await.unwrap().is_empty());
    assert_eq!(begun(&it.store, of, 8).await, Begun::Fresh);
    assert_eq!(
        state(&it.store, of).await,
        Some(AttachmentState::Arriving { bytes: 0, of: 8 })
    );
}

async fn what_is_kept_is_not_dropped(it: TestStore) {
    named(&it.store, 1).await;
    let of = photo(2);
    whole(&it.store, of).await;
    assert!(!it.store.drop_upload(of).await.unwrap(), "it is looked at");
    assert!(it.store.keep_attachment(kept(of), 2, NOW).await.unwrap());
    assert!(
        !it.store.keep_attachment(kept(of), 2, NOW).await.unwrap(),
        "once"
    );
    let refused = it.store.refuse_attachment(of, Unfit::Damaged, NOW).await;
    assert!(!refused.unwrap());
    assert!(!it.store.drop_upload(of).await.unwrap());
    assert!(!it.store.lose_upload(of).await.unwrap());
    assert_eq!(
        state(&it.store, of).await,
        Some(AttachmentState::Received { bytes: 2 })
    );
    let mut reader = it.store.read().await.unwrap();
    assert_eq!(reader.kept_object(of).await.unwrap(), Some(kept(of)));
    drop(reader);
    assert_eq!(
        it.store.kept_attachments(county()).await.unwrap(),
        [kept(of)]
    );
    begun(&it.store, photo(3), 8).await;
    assert!(it.store.drop_upload(photo(3)).await.unwrap());
    assert_eq!(state(&it.store, photo(3)).await, None);
}

async fn the_county_takes_so_much_a_day(it: TestStore) {
    named(&it.store, 1).await;
    let begin = async |n: u64, length: u64, now: Timestamp| {
        let begun = it
            .store
            .begin_upload(photo(n), AttachmentKind::Image, length, 100, now);
        begun.await.unwrap()
    };
    assert_eq!(begin(2, 60, NOW).await, Begun::Fresh);
    assert_eq!(begin(5, 100, NOW).await, Begun::Fresh, "words fill nothing");
    added(&it.store, photo(2), 0, 60).await;
    assert_eq!(begin(3, 41, NOW).await, Begun::DayFull);
    assert_eq!(begin(3, 40, NOW).await, Begun::Fresh);
    assert!(
        matches!(begin(2, 60, NOW).await, Begun::Known(_)),
        "it goes on"
    );
    let tomorrow = NOW.plus(MINUTE * 60 * 24);
    assert_eq!(begin(4, 100, tomorrow).await, Begun::Fresh);
}

/// Announced in time or not.
async fn what_arrives_counts_whatever_becomes_of_it(it: TestStore) {
    named(&it.store, 1).await;
    let add = async |n: u64, start: u64, length: u64, now: Timestamp| {
        let object = format!("piece-{n}-{start}");
        let piece = Piece {
            start,
            length,
            object,
        };
        let added = it.store.add_piece(photo(n), piece, 100, now).await;
        matches!(added.unwrap(), Added::Here(_))
    };
    for n in [2, 3] {
        begun(&it.store, photo(n), 80).await;
    }
    assert!(add(2, 0, 60, NOW).await);
    assert!(!add(3, 0, 41, NOW).await);
    assert!(add(3, 0, 10, NOW).await, "what fits goes on");
    assert!(it.store.drop_upload(photo(2)).await.unwrap());
    begun(&it.store, photo(2), 80).await;
    assert!(!add(2, 0, 31, NOW).await);
    assert!(add(2, 0, 30, NOW).await);
    assert!(!add(2, 30, 1, NOW).await);
    let tomorrow = NOW.plus(MINUTE * 60 * 24);
    assert!(add(2, 30, 50, tomorrow).await);
    assert_eq!(it.store.sweep_upload_days(tomorrow).await.unwrap(), 2);
    assert!(!add(3, 10, 51, tomorrow).await, "today stays counted");
}

async fn the_second_half_of_a_day_is_for_those_who_bring_little(it: TestStore) {
    const MB: u64 = 1 << 20;
    let of = |n: u64, photo: u64| Attachment::new(county(), owner(n), AttachmentId(id(photo)));
    let mut fresh = 10;
    // Sends one after the other, and gives up what it sent.
    let mut bring = async |n: u64, bytes: u64| {
        fresh += 1;
        let of = of(n, fresh);
        begun(&it.store, of, 10 * MB).await;
        let piece = Piece {
            start: 0,
            length: bytes,
            object: format!("piece-{fresh}"),
        };
        let added = it.store.add_piece(of, piece, 20 * MB, NOW).await.unwrap();
        it.store.drop_upload(of).await.unwrap();
        matches!(added, Added::Here(_))
    };
    for n in [1, 2, 3] {
        named(&it.store, n).await;
    }
    assert!(bring(1, 6 * MB).await);
    assert!(bring(1, 3 * MB).await);
    assert!(!bring(1, 2 * MB).await, "it has brought much");
    assert!(!bring(2, 5 * MB).await);
    assert!(bring(2, 3 * MB).await);
    assert!(bring(3, 4 * MB).await);
    assert!(!bring(3, 1).await);
    assert!(bring(2, MB).await);
    let begin = async |n: u64, length: u64| {
        let kind = AttachmentKind::Image;
        let begun = it.store.begin_upload(of(n, 99), kind, length, 20 * MB, NOW);
        begun.await.unwrap()
    };
    assert_eq!(begin(3, 1).await, Begun::DayFull);
}

async fn a_piece_opens_at_its_own_place_only(it: TestStore) {
    named(&it.store, 1).await;
    named(&it.store, 9).await;
    let (store, of) = (&it.store, photo(2));
    let sealed = store.seal_piece(of, 4, b"light").await.unwrap();
    assert_eq!(store.open_piece(of, 4, &sealed).await.unwrap(), b"light");
    assert!(store.open_piece(of, 5, &sealed).await.is_err());
    assert!(store.open_piece(photo(3), 4, &sealed).await.is_err());
    let elsewhere = Attachment::new(county(), owner(9), of.id);
    assert!(store.open_piece(elsewhere, 4, &sealed).await.is_err());
    assert!(store.open_kept(of, &sealed).await.is_err());
}

async fn an_erased_owner_takes_its_attachments_along(it: TestStore) {
    named(&it.store, 1).await;
    let (store, of) = (&it.store, photo(2));
    let sealed = store.seal_kept(of, b"light").await.unwrap();
    whole(store, of).await;
    assert_eq!(store.attachments_of_erased(county(), 9).await.unwrap(), []);
    let erased: Result<bool, StoreError> = store
        .execute(Lane(id(1)), |tx| {
            async move { tx.erase(&owner(1).aggregate(county()), NOW).await }.boxed()
        })
        .await;
    assert!(erased.unwrap());
    let refused = store.open_kept(of, &sealed).await.unwrap_err();
    assert!(matches!(refused, StoreError::Erased { .. }), "{refused}");
    assert!(store.seal_piece(of, 0, b"more").await.is_err());
    assert_eq!(
        store.attachments_of_erased(county(), 9).await.unwrap(),
        [of]
    );
    store.remove_attachment(of).await.unwrap();
    assert_eq!(state(store, of).await, None);
    assert_eq!(store.attachments_of_erased(county(), 9).await.unwrap(), []);
}

async fn a_token_opens_one_owner_and_no_other(it: TestStore) {
    let token = |owner| {
        let store = &it.store;
        async move {
            let reader = store.read().await.unwrap();
            reader.upload_token(county(), owner).0.into_string()
        }
    };
    let of_case = token(owner(1)).await;
    let registration = Owner::Registration(RegistrationId(id(1)));
    let of_registration = token(registration).await;
    let read = |token: &str| it.store.owner_of_token(county(), token);
    assert_eq!(read(&of_case), Some(owner(1)));
    assert_eq!(read(&of_registration), Some(registration));
    let other_server = it.second_server().await;
    assert_eq!(
        other_server.owner_of_token(county(), &of_case),
        Some(owner(1))
    );
    let elsewhere = store::County::parse("330727").unwrap();
    assert_eq!(it.store.owner_of_token(elsewhere, &of_case), None);
    for place in 0..of_case.len() {
        let mut forged = of_case.clone().into_bytes();
        forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(forged).unwrap();
        assert_eq!(read(&forged), None, "character {place}");
    }
    assert_eq!(read(""), None);
}

async fn nobody_elses_upload_takes_the_place(it: TestStore) {
    named(&it.store, 1).await;
    named(&it.store, 9).await;
    let theirs = Attachment::new(county(), owner(9), photo(2).id);
    assert_eq!(begun(&it.store, theirs, 5).await, Begun::Fresh);
    assert_eq!(begun(&it.store, photo(2), 7).await, Begun::Fresh);
    added(&it.store, photo(2), 0, 7).await;
    assert_eq!(
        state(&it.store, theirs).await,
        Some(AttachmentState::Arriving { bytes: 0, of: 5 })
    );
}

async fn what_was_abandoned_is_found(it: TestStore) {
    named(&it.store, 1).await;
    begun(&it.store, photo(2), 5).await;
    whole(&it.store, photo(3)).await;
    whole(&it.store, photo(4)).await;
    it.store
        .keep_attachment(kept(photo(4)), 3, NOW)
        .await
        .unwrap();
    let found = async |before| {
        let found = it.store.abandoned_uploads(county(), before, 10);
        found.await.unwrap()
    };
    assert_eq!(found(NOW.minus(MINUTE)).await, []);
    assert_eq!(
        found(NOW).await,
        [photo(2)],
        "what is whole is not abandoned"
    );
}

async fn a_letter_is_staged_beside_what_comes_readable(it: TestStore) {
    let store = &it.store;
    named(store, 1).await;
    let of = photo(2);
    assert_ne!(of.letter(), of);
    assert_eq!(of.letter().of_letter(), of);
    begun(store, of, 10).await;
    added(store, of, 0, 4).await;
    let letter = store.begin_letter(of, AttachmentKind::Image, 20, DAY, NOW);
    assert_eq!(letter.await.unwrap(), Begun::Fresh);
    let Added::Here(letter) = added(store, of.letter(), 0, 20).await else {
        panic!("the letter");
    };
    assert_eq!(
        (letter.kind, letter.form),
        (AttachmentKind::Image, Form::Letter)
    );
    let [job] = &store.lease_jobs(NOW, MINUTE, 10).await.unwrap()[..] else {
        panic!("one job");
    };
    assert_eq!(job.kind, OPEN_ATTACHMENT);
    let arriving = AttachmentState::Arriving { bytes: 4, of: 10 };
    assert_eq!(state(store, of).await, Some(arriving));

    let opened = async || {
        let opened = store.open_upload(of, AttachmentKind::Image, 12, NOW);
        opened.await.unwrap()
    };
    assert!(opened().await);
    assert_eq!(state(store, of).await, Some(AttachmentState::Checking));
    assert!(store.pieces(of).await.unwrap().is_empty());
    assert_eq!(added(store, of, 4, 6).await, Added::Moved);
    // What is looked at stays what it is, and what is kept too.
    assert!(opened().await);
    assert!(store.keep_attachment(kept(of), 9, NOW).await.unwrap());
    assert!(!opened().await);
    let received = AttachmentState::Received { bytes: 9 };
    assert_eq!(state(store, of).await, Some(received));
    assert!(store.lose_upload(of.letter()).await.unwrap());
    assert_eq!(state(store, of.letter()).await, None);
}
