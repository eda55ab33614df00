//! Commands that come closed: the same door, the same id, and an answer that says nothing.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

mod served;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{ids::CommandId, provisional::ProvisionalNumber};
use serde_json::{Value, json};
use served::Served;
use server::clock;
use store::{ClosedLetter, testing::close_letter};
use sync::{
    letter::{Inside, Letter, LetterKey, Opens},
    view,
};
use uuid::Uuid;

struct County {
    served: Served,
    visit: String,
}

impl County {
    async fn open() -> Self {
        let served = Served::demonstration().await;
        let notices: view::Notices = ask(&served, "notices").await;
        let visit = notices.upcoming[0].visit.to_string();
        Self { served, visit }
    }

    fn registration(&self, id: Uuid, visit: &str) -> Value {
        envelope(
            id,
            &json!({ "command": "register", "visit": visit, "filing": {
            "party": {
                "petitioner": { "name": "陈水根", "id_number": null, "village": null, "birth_year": null, "address": null },
                "representatives": [], "size": 2, "filer": "petitioner",
            },
            "kind": "request", "subject": "roads", "place": null,
            "statement": [{ "text": "村口的路要修" }],
            "contact": { "way": "call", "phone": "13800138000", "hours": null },
            "restricted_from": [], "danger": "none", "second_factor": "8000",
        } }),
        )
    }

    async fn letter(&self, id: Uuid, envelope: &Value, opens: Option<Opens>) -> Letter {
        let key: LetterKey = ask(&self.served, "letter-key").await;
        let inside = Inside {
            envelope: envelope.clone(),
            opens,
        };
        close_letter(&key, "330726", CommandId(id), &inside)
    }

    async fn post(&self, what: &impl serde::Serialize) -> Value {
        let address = format!("{}/api/v1/330726/commands", self.served.address);
        let request = self.served.client.post(address).json(&[what]);
        let answers: Value = request.send().await.unwrap().json().await.unwrap();
        answers[0].clone()
    }

    async fn fate(&self, id: Uuid) -> view::Fate {
        let number = ProvisionalNumber::of(CommandId(id)).to_string();
        let found: view::ByNumber = ask(&self.served, &format!("numbers/{number}")).await;
        assert_eq!(found.number, number);
        found.fate
    }
}

async fn ask<V: serde::de::DeserializeOwned>(served: &Served, path: &str) -> V {
    let address = format!("{}/api/v1/330726/{path}", served.address);
    let answer = served.client.get(address).send().await.unwrap();
    answer.json().await.unwrap()
}

fn envelope(id: Uuid, command: &Value) -> Value {
    let now: DateTime<Utc> = clock::now();
    json!({
        "id": id, "county": "330726", "area": "citizen", "device": null, "build": "test",
        "captured_at": now, "expected_version": null, "command": command,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_and_its_readable_copy_are_one_registration() {
    let county = County::open().await;
    let id = Uuid::now_v7();
    let readable = county.registration(id, &county.visit);
    assert_eq!(county.fate(id).await, view::Fate::NotHere);
    let letter = county.letter(id, &readable, None).await;
    // Nothing of the receipt: whoever holds the phone may not be its person.
    assert_eq!(county.post(&letter).await, json!({ "answer": "delivered" }));
    assert_eq!(county.fate(id).await, view::Fate::Received);
    // A letter closed anew is the same command.
    let again = county.letter(id, &readable, None).await;
    assert_ne!(again.closed, letter.closed);
    assert_eq!(county.post(&again).await, json!({ "answer": "delivered" }));

    let receipt = county.post(&readable).await;
    assert_eq!(receipt["answer"], "received");
    assert_eq!(receipt["receipt"]["receipt"], "registered");
    assert_eq!(county.post(&readable).await, receipt);

    let mut other = readable.clone();
    other["command"]["filing"]["statement"][0]["text"] = "别的事".into();
    let letter = county.letter(id, &other, None).await;
    assert_eq!(county.post(&letter).await, json!({ "answer": "delivered" }));
    assert_eq!(county.fate(id).await, view::Fate::Received);
    assert_eq!(county.post(&readable).await, receipt);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_waits_for_whoever_has_the_number() {
    let county = County::open().await;
    let id = Uuid::now_v7();
    // Nothing like it is announced.
    let readable = county.registration(id, &Uuid::now_v7().to_string());
    let letter = county.letter(id, &readable, None).await;
    assert_eq!(county.post(&letter).await, json!({ "answer": "delivered" }));
    let view::Fate::SentBack {
        reason: Some(reason),
    } = county.fate(id).await
    else {
        panic!("not sent back");
    };
    // The same reason as its person gets who opens it.
    let answer = county.post(&readable).await;
    assert_eq!(answer["reason"], serde_json::to_value(reason).unwrap());
}

/// Of two moments, and so with two provisional numbers.
fn two_ids() -> (Uuid, Uuid) {
    let first = Uuid::now_v7();
    std::thread::sleep(Duration::from_millis(2));
    (first, Uuid::now_v7())
}

/// What is sent in the place of one that was sent back.
fn replacing(new: &Value, earlier: &[&Value]) -> Value {
    let earlier = earlier
        .iter()
        .map(|it| json!({ "id": it["id"], "command": it["command"] }));
    let mut new = new.clone();
    new["replaces"] = earlier.collect();
    new
}

/// A helper still has the letter of what was sent back, and comes into the valley after it was put right.
#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_comes_after_what_replaced_it_makes_no_second() {
    let county = County::open().await;
    let (id, new) = two_ids();
    // Filed now, and sent back then: what hindered it may be gone meanwhile.
    let before = county.registration(id, &county.visit);
    let put_right = county.registration(new, &county.visit);
    let put_right = replacing(&put_right, &[&before, &before, &put_right]);
    let receipt = county.post(&put_right).await;
    assert_eq!(receipt["answer"], "received");
    assert_eq!(county.post(&put_right).await, receipt);
    let letter = county.letter(id, &before, None).await;
    assert_eq!(county.post(&letter).await, json!({ "answer": "delivered" }));
    let replaced = json!({ "kind": "replaced", "by": new });
    let view::Fate::SentBack { reason } = county.fate(id).await else {
        panic!("a second one")
    };
    assert_eq!(serde_json::to_value(reason).unwrap(), replaced);
    assert_eq!(county.post(&before).await["reason"], replaced);
    assert_eq!(county.fate(new).await, view::Fate::Received);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_after_all_is_not_registered_as_well_when_it_was_put_right() {
    let county = County::open().await;
    let (id, new) = two_ids();
    let before = county.registration(id, &county.visit);
    let letter = county.letter(id, &before, None).await;
    assert_eq!(county.post(&letter).await, json!({ "answer": "delivered" }));
    let put_right = county.registration(new, &county.visit);
    let refused = county.post(&replacing(&put_right, &[&before])).await;
    let earlier = json!({ "kind": "earlier_received", "earlier": id });
    assert_eq!(refused["reason"], earlier);
    assert_eq!(county.fate(new).await, view::Fate::NotHere);
    assert_eq!(county.post(&before).await["answer"], "received");
    // A command that is refused replaces nothing.
    let other = county.registration(Uuid::now_v7(), &county.visit);
    let nowhere = county.registration(new, &Uuid::now_v7().to_string());
    let refused = county.post(&replacing(&nowhere, &[&other])).await;
    assert_eq!(refused["answer"], "rejected");
    assert_eq!(county.post(&other).await["answer"], "received");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_know_what_it_says_replaces_nothing_that_was_received() {
    let county = County::open().await;
    let id = Uuid::now_v7();
    let received = county.registration(id, &county.visit);
    let receipt = county.post(&received).await;
    let mut guessed = received.clone();
    guessed["command"]["filing"]["statement"][0]["text"] = "别的事".into();
    let other = county.registration(Uuid::now_v7(), &county.visit);
    let answer = county.post(&replacing(&other, &[&guessed])).await;
    assert_eq!(answer["answer"], "received");
    assert_eq!(county.post(&received).await, receipt);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_on_ones_own_matter_needs_its_code_inside() {
    let county = County::open().await;
    let registered = Uuid::now_v7();
    let receipt = county
        .post(&county.registration(registered, &county.visit))
        .await;
    let code = receipt["receipt"]["code"]["short"]
        .as_str()
        .unwrap()
        .to_owned();
    let cancel = |id| {
        let command = json!({ "command": "cancel_registration", "registration": registered });
        envelope(id, &command)
    };
    let opens = |pin: &str| {
        Some(Opens {
            code: code.clone(),
            pin: pin.to_owned(),
        })
    };
    let mut fates = Vec::new();
    for opens in [None, opens("0000"), opens("8000")] {
        let id = Uuid::now_v7();
        let letter = county.letter(id, &cancel(id), opens).await;
        assert_eq!(county.post(&letter).await, json!({ "answer": "delivered" }));
        fates.push(matches!(county.fate(id).await, view::Fate::SentBack { .. }));
    }
    // Of an act nothing is found by its number when it was carried out; it was not refused.
    assert_eq!(fates, [true, true, false]);
    let again = county.post(&cancel(Uuid::now_v7())).await;
    assert_eq!(again["reason"]["kind"], "sign_in_needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_open_stays_with_its_sender() {
    let county = County::open().await;
    let id = Uuid::now_v7();
    let readable = county.registration(id, &county.visit);
    let letter = county.letter(id, &readable, None).await;
    let moved = Letter {
        letter: CommandId(Uuid::now_v7()),
        ..letter.clone()
    };
    let old = Letter {
        key: letter.key - 2,
        ..letter.clone()
    };
    let strange = Letter {
        closed: "no base64".to_owned(),
        ..letter.clone()
    };
    let inside_another = county.letter(Uuid::now_v7(), &readable, None).await;
    for letter in [&moved, &old, &strange, &inside_another] {
        let answer = county.post(letter).await;
        assert_eq!(answer["answer"], "rejected", "{letter:?}");
        assert_eq!(answer["reason"]["kind"], "unreadable");
    }
    assert_eq!(county.fate(id).await, view::Fate::NotHere);
    let mut elsewhere = serde_json::to_value(&letter).unwrap();
    elsewhere["county"] = "330727".into();
    assert_eq!(county.post(&elsewhere).await["answer"], "rejected");
    assert_eq!(
        county.post(&json!({ "letter": id })).await["reason"]["kind"],
        "unreadable"
    );
    // What officials ask for comes from their own device only.
    let mut office = readable.clone();
    office["area"] = "office".into();
    let letter = county.letter(id, &office, None).await;
    assert_ne!(county.post(&letter).await["answer"], "received");
    assert_ne!(county.fate(id).await, view::Fate::Received);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_last_year_are_opened_and_older_ones_are_not() {
    let (_folder, store) = Served::store().await;
    let county = server::demo::county();
    let written: DateTime<Utc> = "2026-12-31T12:00:00Z".parse().unwrap();
    let id = CommandId(Uuid::now_v7());
    let inside = Inside {
        envelope: json!({}),
        opens: None,
    };
    let letter = close_letter(
        &store.letter_key(written.into()),
        county.as_str(),
        id,
        &inside,
    );
    let open = |days| {
        let now = written + TimeDelta::days(days);
        store.open_letter(county, &letter, now.into())
    };
    assert_eq!(open(0), Ok(inside.clone()));
    assert_eq!(open(365), Ok(inside.clone()));
    assert_eq!(open(366), Err(ClosedLetter::UnknownKey));
    // In China the year has begun.
    let key = store.letter_key((written + TimeDelta::hours(4)).into());
    assert_eq!(key.key, 2027);
    assert_ne!(key.public, store.letter_key(written.into()).public);
}
