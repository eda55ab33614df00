//! A command that was captured under a sign-in and arrives after its end (`people.md` 3): carried
//! out in its name, or handed back to a person; never dropped.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "each test file uses a part of the county")]
mod office_county;
mod served;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::Actor,
    case::CaseEvent,
    ids::SignInId,
    office::{CaseAct, CaseCommand, OfficeCommand},
    text::Line,
};
use office_county::{County, leads_to, text_of};
use serde_json::{Value, json};
use server::{accounts, clock};
use store::{Aggregate, kind, records::Token};
use uuid::Uuid;

const OFFICER: &str = "演示甲";
const OTHER: &str = "演示己";

/// A sign-in of so many minutes ago, not seen since.
async fn signed_in(county: &County, name: &str, minutes_ago: i64) -> Token {
    let (store, of) = (&county.data.store, county.data.county);
    let account = store.account_by_name(of, name).await.unwrap().unwrap();
    let at = before(minutes_ago).into();
    let token = store.create_session(account.id, accounts::SESSION, at);
    token.await.unwrap()
}

fn before(minutes: i64) -> DateTime<Utc> {
    clock::now() - TimeDelta::minutes(minutes)
}

fn cookie(token: &Token) -> String {
    format!("__Host-office={}", token.expose())
}

/// A case's number in another register, captured some minutes ago.
struct Queued {
    id: Uuid,
    case: String,
    number: &'static str,
    sign_in: Option<Uuid>,
    minutes_ago: i64,
}

impl Queued {
    fn of(case: &str, number: &'static str, sign_in: &Token, minutes_ago: i64) -> Self {
        Self {
            id: Uuid::now_v7(),
            case: case.to_owned(),
            number,
            sign_in: Some(sign_in.sign_in_id()),
            minutes_ago,
        }
    }

    async fn sent(&self, county: &County, by: &str) -> Value {
        let command = OfficeCommand::Case(CaseCommand {
            case: self.case.parse().unwrap(),
            act: CaseAct::RecordExternal {
                system: Line::parse("国家信访系统").unwrap(),
                number: Line::parse(self.number).unwrap(),
                entered_on: "2026-01-05".parse().unwrap(),
            },
        });
        let envelope = json!({
            "id": self.id, "county": "330726", "area": "office", "device": null,
            "sign_in": self.sign_in, "build": "test", "captured_at": before(self.minutes_ago),
            "expected_version": null, "command": command,
        });
        county.envelope(by, &envelope).await
    }
}

/// Under which sign-in a number was recorded.
async fn sign_in_of(county: &County, case: &str, number: &str) -> SignInId {
    let aggregate = Aggregate::new(county.data.county, kind::CASE, case.parse().unwrap());
    let mut reader = county.data.store.read().await.unwrap();
    let events = reader.events(&aggregate, 0).await.unwrap();
    let recorded = events.into_iter().find(|event| {
        let payload: CaseEvent = serde_json::from_slice(event.payload.as_ref().unwrap()).unwrap();
        matches!(payload, CaseEvent::ExternalRefRecorded { reference } if reference.number.as_str() == number)
    });
    match serde_json::from_slice(&recorded.unwrap().actor.unwrap()).unwrap() {
        Actor::Official(official) => official.sign_in,
        other => panic!("{other:?}"),
    }
}

fn needs_you(answer: &Value) -> bool {
    answer["answer"] == "rejected" && answer["reason"]["kind"] == "needs_you"
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_captured_under_an_ended_sign_in_is_carried_out_in_its_name_or_handed_back() {
    let county = &County::open().await;
    let past = signed_in(county, OFFICER, 180).await;
    let live = signed_in(county, OFFICER, 0).await;
    let by = &cookie(&live);
    let case = &county.first_case(by).await;

    // Idle by now, and valid when it was captured.
    let queued = Queued::of(case, "A-1", &past, 170);
    let received = queued.sent(county, by).await;
    assert_eq!(received["answer"], "received", "{received}");
    assert_eq!(sign_in_of(county, case, "A-1").await.0, past.sign_in_id());

    // The sign-in that sends it, named or not.
    for (number, sign_in) in [("A-2", Some(live.sign_in_id())), ("A-3", None)] {
        let own = Queued {
            sign_in,
            ..Queued::of(case, number, &live, 170)
        };
        assert_eq!(own.sent(county, by).await["answer"], "received");
        assert_eq!(sign_in_of(county, case, number).await.0, live.sign_in_id());
    }

    // Over by then, not yet begun, another official's, unknown.
    let other = signed_in(county, OTHER, 180).await;
    for (number, sign_in, minutes_ago) in [
        ("B-1", past.sign_in_id(), 60),
        ("B-2", past.sign_in_id(), 200),
        ("B-3", other.sign_in_id(), 170),
        ("B-4", Uuid::now_v7(), 170),
    ] {
        let queued = Queued {
            sign_in: Some(sign_in),
            ..Queued::of(case, number, &past, minutes_ago)
        };
        let answer = queued.sent(county, by).await;
        assert!(needs_you(&answer), "{number}: {answer}");
        // A person looks at it and sends it as their own, under the same id.
        let own = Queued {
            sign_in: None,
            ..queued
        };
        assert_eq!(
            own.sent(county, by).await["answer"],
            "received",
            "{number} is not lost"
        );
    }

    // Signed out in between: what was captured before counts.
    let out = signed_in(county, OFFICER, 40).await;
    county.post("/office/sign-out", &cookie(&out), &[]).await;
    let queued = Queued::of(case, "C-1", &out, 30);
    let nobody = queued.sent(county, &cookie(&out)).await;
    assert_eq!(
        nobody["reason"]["kind"], "sign_in_needed",
        "it stays with the sender"
    );
    assert_eq!(queued.sent(county, by).await["answer"], "received");

    // Revoked afterwards: handed back. What was carried out keeps its answer.
    let revoked = Queued::of(case, "D-1", &past, 170);
    let store = &county.data.store;
    let account = store
        .account_by_name(county.data.county, OFFICER)
        .await
        .unwrap()
        .unwrap();
    store
        .revoke_sessions_of(account.id, clock::now().into())
        .await
        .unwrap();
    let again = cookie(&signed_in(county, OFFICER, 0).await);
    let answer = revoked.sent(county, &again).await;
    assert!(needs_you(&answer), "{answer}");
    let first = Queued {
        id: queued.id,
        ..Queued::of(case, "C-1", &out, 30)
    };
    assert_eq!(
        first.sent(county, &again).await["answer"],
        "received",
        "a repeat"
    );
    let numbers = county.numbers(&again, case).await;
    assert_eq!(
        numbers,
        ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3", "B-4", "C-1"]
    );
}

/// A page that stayed open while another official signed in is not theirs to send.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_official_s_page_is_handed_back_with_everything_typed() {
    let county = &County::open().await;
    let by = cookie(&signed_in(county, OFFICER, 0).await);
    let case = county.first_case(&by).await;
    let page = text_of(
        county
            .get(&format!("/330726/office/cases/{case}"), &by)
            .await,
    )
    .await;
    assert!(
        page.contains("name=\"sign_in\""),
        "forms name the page's sign-in"
    );

    let act = format!("/office/cases/{case}/record_external");
    let earlier = signed_in(county, OFFICER, 300).await;
    let theirs = signed_in(county, OTHER, 0).await;
    for (number, page, done) in [("F-1", &theirs, false), ("F-2", &earlier, true)] {
        let sign_in = page.sign_in_id().to_string();
        let fields = [
            ("system", "国家信访系统"),
            ("entered_on", "2026-01-05"),
            ("number", number),
            ("sign_in", &*sign_in),
        ];
        let answer = county.post(&act, &by, &fields).await;
        assert_eq!(leads_to(&answer).contains("done="), done, "{number}");
        if !done {
            let both = format!("{by}; {}", office_county::cookie(&answer));
            let page = text_of(county.get(leads_to(&answer), &both).await).await;
            assert!(page.contains("另一次登录时填的") && page.contains("value=\"F-1\""));
        }
    }
    assert_eq!(county.numbers(&by, &case).await, ["F-2"]);
}
