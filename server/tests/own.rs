//! What changed of everything that was sent from a device, in one question.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "each test file uses a part of the county")]
mod office_county;
mod served;

use std::time::{Duration, Instant};

use domain::{
    access::IssuedHow,
    code::{QueryCode, SecondFactor},
    given::SeededDice,
    office::{CaseAct, CaseCommand, OfficeCommand},
};
use office_county::{County, cookie, leads_to};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use sync::{
    ReadProblem,
    resume::HEADER,
    view::{AskOwn, OwnChanges},
};

const PIN: &str = "8000";
/// What a wrong try takes at least.
const WRONG: Duration = Duration::from_millis(100);

struct Filed {
    case: String,
    code: String,
}

impl Filed {
    fn key(&self) -> Value {
        key(&self.code, PIN)
    }
}

fn key(code: &str, pin: &str) -> Value {
    json!({ "code": code, "pin": pin })
}

impl County {
    async fn filed(&self) -> Filed {
        let command = json!({ "command": "file", "filing": {
            "party": {
                "petitioner": { "name": "示例某", "id_number": null, "village": null, "birth_year": null, "address": null },
                "representatives": [], "size": 1, "filer": "petitioner",
            },
            "kind": "request", "subject": "roads", "place": null,
            "statement": [{ "text": "村口的路要修" }],
            "contact": { "way": "call", "phone": "13800138000", "hours": null },
            "restricted_from": [], "danger": "none", "second_factor": PIN,
        } });
        let answer = self.command("", "citizen", &command).await;
        let text = |name: &str| answer["receipt"][name].as_str().unwrap().to_owned();
        Filed {
            case: text("case"),
            code: answer["receipt"]["code"]["short"]
                .as_str()
                .unwrap()
                .to_owned(),
        }
    }

    async fn own(&self, body: &Value) -> Response {
        let at = format!("{}/api/v1/330726/own", self.address);
        self.client.post(at).json(body).send().await.unwrap()
    }

    async fn told(&self, keys: &[Value], since: Option<&str>) -> OwnChanges {
        let answer = self.own(&json!({ "since": since, "keys": keys })).await;
        assert_eq!(answer.status(), StatusCode::OK);
        // Nobody has opened anything.
        assert!(answer.headers().get("set-cookie").is_none());
        answer.json().await.unwrap()
    }

    async fn hears_nothing(&self, keys: &[Value], since: &str) {
        let answer = self.own(&json!({ "since": since, "keys": keys })).await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        assert!(answer.bytes().await.unwrap().is_empty());
    }

    /// Where typing a code leads.
    async fn typed(&self, code: &str, pin: &str) -> Response {
        self.post("/follow", "", &[("code", code), ("pin", pin)])
            .await
    }

    /// Its code opens nothing any more.
    async fn replaced(&self, filed: &Filed) {
        let officer = self.signed_in("演示甲").await;
        let command = OfficeCommand::Case(CaseCommand {
            case: filed.case.parse().unwrap(),
            act: CaseAct::ReplaceAccess {
                how: IssuedHow::Desk,
                second_factor: SecondFactor::parse("2468").unwrap(),
            },
        });
        let command = serde_json::to_value(command).unwrap();
        let answer = self.command(&officer, "office", &command).await;
        assert_eq!(answer["answer"], "received", "{answer}");
    }

    async fn noted(&self, filed: &Filed) {
        let reading = cookie(&self.typed(&filed.code, PIN).await);
        let note = json!({ "command": "add_note", "case": filed.case, "text": "路更坏了" });
        let answer = self.command(&reading, "citizen", &note).await;
        assert_eq!(answer["answer"], "received", "{answer}");
    }
}

/// A code that belongs to nothing.
fn unknown() -> String {
    let code = QueryCode::fresh(&mut SeededDice::new(77));
    code.as_str().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_of_three_is_told_in_one_question_and_nothing_costs_no_words() {
    let county = &County::open().await;
    let all = [
        county.filed().await,
        county.filed().await,
        county.filed().await,
    ];
    let keys: Vec<Value> = all.iter().map(Filed::key).collect();
    let whole = county.told(&keys, None).await;
    let ids: Vec<String> = whole.own.iter().map(|own| own.id.to_string()).collect();
    assert_eq!(ids, all.each_ref().map(|filed| filed.case.clone()));
    assert!(whole.closed.is_empty() && whole.later.is_empty());
    for own in &whole.own {
        let filed = own.mine.filed.as_ref().unwrap();
        assert!(filed.private.is_some(), "the code is drawn as on the page");
        assert_eq!(own.cases.len(), 1);
    }
    county.hears_nothing(&keys, &whole.cursor).await;

    // What others file is nothing new.
    county.filed().await;
    county.hears_nothing(&keys, &whole.cursor).await;
    county.noted(&all[1]).await;
    let changed = county.told(&keys, Some(&whole.cursor)).await;
    let [own] = &changed.own[..] else {
        panic!("{changed:?}")
    };
    assert_eq!(own.id.to_string(), all[1].case);
    assert_eq!(own.cases[0].timeline.len(), 2);
    county.hears_nothing(&keys, &changed.cursor).await;
    let strange = "00000000000000000000000000000000.1.0000000000000000";
    assert_eq!(county.told(&keys, Some(strange)).await.own.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_no_faster_way_to_guess_than_typing() {
    let county = &County::open().await;
    let (filed, other) = (county.filed().await, county.filed().await);
    // A right key is no try, however often it is asked with.
    for _ in 0..8 {
        let told = county.told(&[filed.key()], None).await;
        assert_eq!((told.own.len(), told.later.len()), (1, 0));
    }
    let keys = [
        other.key(),
        key(&filed.code, "1234"),
        key(&unknown(), PIN),
        // No try: whoever types it is told so at once.
        key("1234567890", "12"),
    ];
    let begun = Instant::now();
    let told = county.told(&keys, None).await;
    assert!(begun.elapsed() >= WRONG * 2, "{:?}", begun.elapsed());
    assert_eq!(told.closed, [1, 2, 3]);
    assert_eq!(told.own.len(), 1);

    // One of five wrong ones is behind it; here are the other four, and one too many.
    let wrong = vec![key(&filed.code, "4321"); 5];
    let told = county.told(&wrong, None).await;
    assert_eq!((told.closed, told.later), (vec![0, 1, 2, 3], vec![4]));
    let told = county.told(&[filed.key(), other.key()], None).await;
    assert_eq!((told.closed, told.later), (vec![], vec![0]));
    assert_eq!(told.own.len(), 1);
    // They count where the code is typed, and those count here.
    let typed = county.typed(&filed.code, PIN).await;
    assert_eq!(leads_to(&typed), "/330726/follow?problem=slow");
    for _ in 0..5 {
        county.typed(&other.code, "1234").await;
    }
    let told = county.told(&[other.key()], None).await;
    assert_eq!((told.own.len(), told.later), (0, vec![0]));
}

/// A phone that opens a matter to act on it must not take "later" for "wrong", nor another matter for its own.
#[tokio::test(flavor = "multi_thread")]
async fn a_script_is_told_by_the_status_what_became_of_a_code() {
    let county = &County::open().await;
    let filed = county.filed().await;
    let told = async |code: &str, pin: &str| {
        let at = format!("{}/330726/follow", county.address);
        let form = county.client.post(at).header("accept", "application/json");
        form.form(&[("code", code), ("pin", pin)])
            .send()
            .await
            .unwrap()
    };
    let opened = told(&filed.code, PIN).await;
    assert_eq!(opened.status(), StatusCode::NO_CONTENT);
    let mine = county.get("/api/v1/330726/mine", &cookie(&opened)).await;
    assert_eq!(mine.status(), StatusCode::OK);
    assert_eq!(
        told("1234567890", PIN).await.status(),
        StatusCode::FORBIDDEN
    );
    for _ in 0..5 {
        let wrong = told(&filed.code, "4321").await;
        assert_eq!(wrong.status(), StatusCode::FORBIDDEN);
        assert!(wrong.headers().get("set-cookie").is_none());
    }
    let slow = told(&filed.code, PIN).await;
    assert_eq!(slow.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_about_another_matter_than_the_open_one_waits_for_its_code() {
    let county = &County::open().await;
    let (filed, other) = (county.filed().await, county.filed().await);
    let note = json!({
        "id": uuid::Uuid::now_v7(), "county": "330726", "area": "citizen", "device": null, "build": "test",
        "captured_at": server::clock::now(), "expected_version": null,
        "command": { "command": "add_note", "case": filed.case, "text": "还有一句话" },
    });
    let mut answers = Vec::new();
    for opened in [&other, &filed] {
        let opened = county.typed(&opened.code, PIN).await;
        answers.push(county.envelope(&cookie(&opened), &note).await);
    }
    assert_eq!(
        answers[0]["reason"]["kind"], "sign_in_needed",
        "{}",
        answers[0]
    );
    assert_eq!(
        answers[1]["answer"], "received",
        "the same, once its own code is open"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_code_opens_nothing_and_the_others_go_on() {
    let county = &County::open().await;
    let (kept, lost) = (county.filed().await, county.filed().await);
    let keys = [kept.key(), lost.key()];
    let cursor = county.told(&keys, None).await.cursor;
    county.replaced(&lost).await;

    let told = county.told(&keys, Some(&cursor)).await;
    assert_eq!(told.closed, [1]);
    let ids: Vec<String> = told.own.iter().map(|own| own.id.to_string()).collect();
    assert_eq!(
        ids,
        std::slice::from_ref(&kept.case),
        "with other keys all is told anew"
    );
    county.hears_nothing(&[kept.key()], &told.cursor).await;
    // Unknown and replaced are told alike.
    let unknown = county.told(&[key(&unknown(), PIN)], None).await;
    let replaced = county.told(&[lost.key()], None).await;
    let alike = |told: OwnChanges| (told.own.len(), told.closed, told.later);
    assert_eq!(alike(unknown), alike(replaced));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_goes_on_for_the_same_codes_only() {
    let county = &County::open().await;
    let mut all = Vec::new();
    for _ in 0..20 {
        all.push(county.filed().await);
    }
    let keys: Vec<Value> = all.iter().map(Filed::key).collect();
    let asked = async |keys: &[Value], place: &str| {
        let at = format!("{}/api/v1/330726/own", county.address);
        let asked = county.client.post(at).header(HEADER, place);
        let body = json!({ "since": null, "keys": keys });
        let answer = asked.json(&body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let place = answer.headers().get(HEADER).cloned();
        (place, answer.text().await.unwrap())
    };
    let (name, whole) = asked(&keys, "").await;
    let place = format!("{};100", name.unwrap().to_str().unwrap());
    let (goes_on, rest) = asked(&keys, &place).await;
    assert_eq!(goes_on.unwrap(), place.as_str());
    assert_eq!(rest, whole[100..]);

    let (other, _) = asked(&keys[1..], &place).await;
    assert_ne!(other.unwrap(), place.as_str());
    // Nobody has the code of the last any more.
    county.replaced(&all[19]).await;
    let (other, told) = asked(&keys, &place).await;
    assert_ne!(other.unwrap(), place.as_str());
    let told: OwnChanges = serde_json::from_str(&told).unwrap();
    assert_eq!((told.own.len(), told.closed), (19, vec![19]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_such_question_is_refused() {
    let county = &County::open().await;
    let filed = county.filed().await;
    let with = |count: usize| json!({ "keys": vec![key("1", "2"); count] });
    assert_eq!(
        county.own(&with(AskOwn::MOST_KEYS)).await.status(),
        StatusCode::OK
    );
    let long = json!({ "keys": [key(&"1".repeat(20_000), "2")] });
    for (body, status) in [
        (with(AskOwn::MOST_KEYS + 1), StatusCode::PAYLOAD_TOO_LARGE),
        (long, StatusCode::PAYLOAD_TOO_LARGE),
        (json!({ "since": "x" }), StatusCode::BAD_REQUEST),
        (json!([filed.key()]), StatusCode::BAD_REQUEST),
        (
            json!({ "keys": [filed.key()], "case": filed.case }),
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let answer = county.own(&body).await;
        assert_eq!(answer.status(), status);
        let why: Value = answer.json().await.unwrap();
        assert_eq!(why["answer"], "rejected", "{why}");
        assert!(!why.to_string().contains(&filed.code));
    }
    let at = |county: &str| format!("/api/v1/{county}/own");
    let body = json!({ "keys": [filed.key()] });
    let elsewhere = format!("{}{}", county.address, at("330727"));
    let elsewhere = county.client.post(elsewhere).json(&body).send();
    let elsewhere = elsewhere.await.unwrap();
    assert_eq!(elsewhere.status(), StatusCode::NOT_FOUND);
    let why: ReadProblem = elsewhere.json().await.unwrap();
    assert_eq!(why, ReadProblem::NotFound);
    let other_site = format!("{}{}", county.address, at("330726"));
    let other_site = county.client.post(other_site).json(&body);
    let other_site = other_site.header("sec-fetch-site", "cross-site");
    let refused = other_site.send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
}
