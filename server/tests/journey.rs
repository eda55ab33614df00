//! A citizen's way through the demonstration county, over HTTP and without scripts: from the notice
//! to the slip, and back with the code.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

mod served;

use chrono::{DateTime, Utc};
use domain::division::DivisionCode;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use served::Served;
use server::clock;
use sync::{
    Query, query,
    view::{self, DivisionLevel},
};
use uuid::Uuid;

struct County {
    address: String,
    folder: tempfile::TempDir,
    client: Client,
}

impl County {
    async fn open() -> Self {
        let Served {
            address,
            folder,
            client,
            ..
        } = Served::demonstration().await;
        Self {
            address,
            folder,
            client,
        }
    }

    async fn ask<V: serde::de::DeserializeOwned>(&self, path: &str, cookie: &str) -> V {
        let request = self
            .client
            .get(format!("{}/api/v1/330726/{path}", self.address));
        request
            .header("cookie", cookie)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// As a device does it that has the lists.
    async fn taken_out<Q: Query>(&self, query: &Q) -> Option<Q::View> {
        let part = query.part()?;
        let mut wholes = Vec::new();
        for path in part.of {
            let whole: Value = self.ask(path, "").await;
            wholes.push(whole.to_string());
        }
        (part.take)(&wholes)
    }

    async fn get(&self, path: &str, cookie: &str) -> Response {
        let request = self.client.get(format!("{}/330726{path}", self.address));
        request.header("cookie", cookie).send().await.unwrap()
    }

    async fn page(&self, path: &str, cookie: &str) -> String {
        self.get(path, cookie).await.text().await.unwrap()
    }

    async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}/330726{path}", self.address));
        request
            .header("cookie", cookie)
            .form(fields)
            .send()
            .await
            .unwrap()
    }

    async fn command(&self, id: Uuid, visit: &str, filing: &Value) -> Value {
        let now: DateTime<Utc> = clock::now();
        let envelope = json!([{
            "id": id, "county": "330726", "area": "citizen", "device": null, "build": "test",
            "captured_at": now, "expected_version": null,
            "command": { "command": "register", "visit": visit, "filing": filing },
        }]);
        let request = self
            .client
            .post(format!("{}/api/v1/330726/commands", self.address))
            .json(&envelope);
        let answers: Value = request.send().await.unwrap().json().await.unwrap();
        answers[0].clone()
    }
}

fn filing(name: &str) -> Value {
    json!({
        "party": {
            "petitioner": { "name": name, "id_number": null, "village": null, "birth_year": null, "address": null },
            "representatives": [], "size": 2, "filer": "petitioner",
        },
        "kind": "request", "subject": "roads", "place": null,
        "statement": [{ "text": "村口的路要修" }],
        "contact": { "way": "call", "phone": "13800138000", "hours": null },
        "restricted_from": [], "danger": "none", "second_factor": "8000",
    })
}

/// The first cookie an answer sets, as the browser sends it back.
fn cookie(answer: &Response) -> String {
    let line = answer.headers()["set-cookie"].to_str().unwrap();
    line.split(';').next().unwrap().to_owned()
}

fn leads_to(answer: &Response) -> &str {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()["location"].to_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_day_has_exactly_the_figures_of_the_first_one() {
    let county = County::open().await;
    let notices: view::Notices = county.ask("notices", "").await;
    let figures = notices.past[0].figures.unwrap();
    assert_eq!(
        (
            figures.rooms,
            figures.departments,
            figures.registered,
            figures.batches,
            figures.person_visits,
            figures.on_spot
        ),
        (14, 15, 429, 436, 667, 91)
    );
    assert_eq!(
        figures.batches,
        figures.registered - figures.no_shows + figures.walk_ins
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_without_scripts_gets_one_serial_however_often_it_is_sent() {
    let county = County::open().await;
    let notices: view::Notices = county.ask("notices", "").await;
    let visit = notices.upcoming[0].visit.to_string();

    let draft = cookie(
        &county
            .post("/register/start", "", &[("visit", &visit)])
            .await,
    );
    let steps: [(&str, &[(&str, &str)]); 6] = [
        ("who", &[("for_whom", "self"), ("name", "示例某")]),
        ("how_many", &[("people", "２")]),
        ("subject", &[("kind", "request"), ("subject", "roads")]),
        ("matter", &[("statement", "村口的路要修 👍")]),
        (
            "reach",
            &[("reach", "call"), ("phone", "１３８ ００１３ ８０００")],
        ),
        ("secrecy", &[]),
    ];
    for (step, fields) in steps {
        let fields: Vec<(&str, &str)> = [("step", step)]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        let answer = county.post("/register/step", &draft, &fields).await;
        assert!(
            !leads_to(&answer).contains("again"),
            "{step}: {}",
            leads_to(&answer)
        );
    }
    let first = county.post("/register/send", &draft, &[]).await;
    assert_eq!(leads_to(&first), "/330726/mine?sent=1");
    let again = county.post("/register/send", &draft, &[]).await;

    let one: view::Mine = county.ask("mine", &cookie(&first)).await;
    let two: view::Mine = county.ask("mine", &cookie(&again)).await;
    let (one, two) = (one.slip.unwrap(), two.slip.unwrap());
    assert_eq!(one.serial, Some(1));
    assert_eq!(
        (one.registration, one.serial, &one.code),
        (two.registration, two.serial, &two.code)
    );

    let code = match one.code {
        Some(domain::code::AccessCode::Short(code)) => code.to_string(),
        other => panic!("an ordinary matter has a short code: {other:?}"),
    };
    let opened = county
        .post("/follow", "", &[("code", &code), ("pin", "8000")])
        .await;
    assert_eq!(leads_to(&opened), "/330726/mine");
    let mine: view::Mine = county.ask("mine", &cookie(&opened)).await;
    assert_eq!(mine.slip.unwrap().registration, one.registration);
    drop(county.folder);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_with_a_mistake_is_shown_again_with_what_was_typed() {
    let county = County::open().await;
    let draft = cookie(&county.post("/register/start", "", &[]).await);
    let answer = county
        .post(
            "/register/step",
            &draft,
            &[
                ("step", "reach"),
                ("reach", "call"),
                ("phone", "1380013800"),
            ],
        )
        .await;
    assert_eq!(leads_to(&answer), "/330726/register/reach?again=1");
    let kept: view::Draft = county.ask("draft?step=reach", &draft).await;
    assert_eq!(kept.form.phone, "1380013800");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_gets_the_stored_answer_and_other_content_is_refused() {
    let county = County::open().await;
    let notices: view::Notices = county.ask("notices", "").await;
    let visit = notices.upcoming[0].visit.to_string();
    let id = Uuid::now_v7();
    let first = county.command(id, &visit, &filing("示例某")).await;
    assert_eq!(first["answer"], "received");
    assert_eq!(county.command(id, &visit, &filing("示例某")).await, first);
    let other = county.command(id, &visit, &filing("示例另")).await;
    assert_eq!(other["reason"]["kind"], "same_id_other_content");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sixth_wrong_code_is_slowed_down_and_a_wrong_check_digit_does_not_count() {
    let county = County::open().await;
    for _ in 0..8 {
        let answer = county
            .post("/follow", "", &[("code", "1234567890"), ("pin", "0000")])
            .await;
        assert_eq!(leads_to(&answer), "/330726/follow?problem=check");
    }
    // A number with the right check digit that nobody was given.
    let unknown = (0..10)
        .map(|last| format!("111222333{last}"))
        .find(|code| domain::code::QueryCode::parse(code).is_ok());
    let unknown = unknown.unwrap();
    for _ in 0..5 {
        let answer = county
            .post("/follow", "", &[("code", &unknown), ("pin", "0000")])
            .await;
        assert_eq!(leads_to(&answer), "/330726/follow?problem=wrong");
    }
    let sixth = county
        .post("/follow", "", &[("code", &unknown), ("pin", "0000")])
        .await;
    assert_eq!(leads_to(&sixth), "/330726/follow?problem=slow");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_cannot_make_a_person_send_anything() {
    let county = County::open().await;
    let request = county
        .client
        .post(format!("{}/330726/register/start", county.address));
    let answer = request
        .header("sec-fetch-site", "cross-site")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_a_matter_without_its_code() {
    let county = County::open().await;
    let answer = county
        .client
        .get(format!("{}/api/v1/330726/mine", county.address))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let answer = county
        .client
        .get(format!("{}/api/v1/330726/office/worklist", county.address))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_filed_without_a_visit_is_followed_by_its_private_code_and_loses_no_word() {
    let county = County::open().await;
    let now: DateTime<Utc> = clock::now();
    let envelope = json!([{
        "id": Uuid::now_v7(), "county": "330726", "area": "citizen", "device": null, "build": "test",
        "captured_at": now, "expected_version": null,
        "command": { "command": "file", "filing": filing("示例某") },
    }]);
    let address = format!("{}/api/v1/330726/commands", county.address);
    let sent = county.client.post(address).json(&envelope).send().await;
    let answers: Value = sent.unwrap().json().await.unwrap();
    let receipt = &answers[0]["receipt"];
    let secret = receipt["private_secret"].as_str().unwrap();
    let opened = county.post("/follow", "", &[("code", secret)]).await;
    assert_eq!(leads_to(&opened), "/330726/mine");
    let reading = cookie(&opened);

    let mine: view::Mine = county.ask("mine", &reading).await;
    let filed = mine.filed.unwrap();
    assert_eq!(filed.private_secret.as_str(), secret);
    assert!(filed.private.is_some() && mine.slip.is_none());
    let page = county.page("/mine", &reading).await;
    assert!(
        !page.contains(&format!("#{secret}")),
        "the QR holds it, no link does"
    );

    let acts = format!("/mine/cases/{}", filed.case);
    let long = "路".repeat(2001);
    let refused = county
        .post(&format!("{acts}/note"), &reading, &[("note", &long)])
        .await;
    assert_eq!(leads_to(&refused), format!("/330726{acts}?problem=note"));
    let both = format!("{reading}; {}", cookie(&refused));
    let page = county.page(&format!("{acts}?problem=note"), &both).await;
    assert!(
        page.contains("写了 2001 字") && page.contains(&long),
        "the count, and nothing lost"
    );
    let nul = county
        .post(&format!("{acts}/note"), &reading, &[("note", "a\0b")])
        .await;
    assert!(leads_to(&nul).ends_with("problem=note"));

    let id = Uuid::now_v7().to_string();
    let note = [("id", id.as_str()), ("note", "补充：👍 مرحبا")];
    for _ in 0..2 {
        let done = county.post(&format!("{acts}/note"), &reading, &note).await;
        assert!(leads_to(&done).ends_with("done=note"));
    }
    let case: view::MyCase = county.ask(acts.trim_start_matches('/'), &reading).await;
    assert_eq!(case.talk.len(), 1, "a double tap is one note");
    assert!(case.clocks[0].counted.days().count() > 15);
    let withdrawn = county
        .post(&format!("{acts}/withdraw"), &reading, &[])
        .await;
    assert!(leads_to(&withdrawn).ends_with("done=withdraw"));
    let again = county
        .post(&format!("{acts}/withdraw"), &reading, &[])
        .await;
    assert!(leads_to(&again).ends_with("problem=withdraw"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_after_a_draft_has_gone_begins_a_new_one() {
    let county = County::open().await;
    let fields = [("step", "matter"), ("statement", "路灯坏了")];
    let begun = county.post("/register/step", "", &fields).await;
    assert_eq!(leads_to(&begun), "/330726/register/who?restarted=1");
    let draft = cookie(&begun);
    let kept: view::Draft = county.ask("draft?step=who", &draft).await;
    assert_eq!(kept.form.statement, "路灯坏了");

    let six = "甲\n乙\n丙\n丁\n戊\n己";
    let fields = [
        ("step", "how_many"),
        ("people", "6"),
        ("representatives", six),
    ];
    let refused = county.post("/register/step", &draft, &fields).await;
    assert_eq!(leads_to(&refused), "/330726/register/how_many?again=1");
    let page = county.page("/register/how_many?again=1", &draft).await;
    assert!(page.contains("代表最多 5 人") && page.contains("戊\n己"));

    let nothing = county.post("/register/send", "", &[]).await;
    assert_eq!(leads_to(&nothing), "/330726/register/check");
    let page = county.page("/register/check", "").await;
    assert!(page.contains("没有未发送的草稿"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_goes_into_calendars_and_onto_posters() {
    let county = County::open().await;
    let notices: view::Notices = county.ask("notices", "").await;
    let visit = notices.upcoming[0].visit;
    let file = county
        .page(&format!("/notices/{visit}/calendar.ics"), "")
        .await;
    assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
    assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");

    let poster: view::Poster = county.ask(&format!("notices/{visit}/poster"), "").await;
    assert!(poster.qr.is_some());
    assert!(
        poster.address.starts_with(&county.address),
        "{}",
        poster.address
    );
    let short = format!("/n/{}", poster.code.as_str());
    let found = county.get(&short, "").await;
    assert_eq!(leads_to(&found), format!("/330726/notices/{visit}"));
    let mistyped = county.get("/n/12", "").await;
    assert_eq!(leads_to(&mistyped), "/330726/notices");

    let request = county
        .client
        .post(format!("{}/330726/en/follow", county.address));
    let refused = request
        .header("sec-fetch-site", "cross-site")
        .header("accept", "text/html")
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let page = refused.text().await.unwrap();
    assert!(
        page.contains("<html lang=\"en\"") && page.contains("tel:"),
        "{page}"
    );
}

/// What a device takes out of the lists it has is what the server would answer.
async fn is_the_same<Q: Query<View: PartialEq + std::fmt::Debug>>(
    county: &County,
    query: Q,
    at_one_moment: fn(&mut Q::View, DateTime<Utc>),
) {
    let mut here = county.taken_out(&query).await.unwrap();
    let mut there: Q::View = county.ask(&query.path(), "").await;
    for view in [&mut here, &mut there] {
        at_one_moment(view, DateTime::UNIX_EPOCH);
    }
    assert_eq!(here, there, "{}", query.path());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_taken_out_of_the_lists_as_the_server_answers_it() {
    let county = County::open().await;
    let divisions: Vec<view::Division> = county.ask("divisions", "").await;
    let matters: view::Matters = county.ask("matters", "").await;
    let concerned = matters.rows.iter().flat_map(|row| &row.places);
    let some = divisions.iter().step_by(60).chain(concerned);
    for place in some {
        let village = query::Village {
            village: place.code.clone(),
        };
        is_the_same(&county, village, |view, at| view.as_of = at).await;
    }
    let townships = divisions
        .iter()
        .filter(|it| it.level == DivisionLevel::Township);
    for place in townships.take(3) {
        let township = Some(place.code.clone());
        let notices = query::Notices {
            township: township.clone(),
        };
        is_the_same(&county, notices, |view, at| view.as_of = at).await;
        let matters = query::Matters { township };
        is_the_same(&county, matters, |view, at| view.as_of = at).await;
    }
    let nowhere = DivisionCode::parse("330726999999").unwrap();
    assert_eq!(
        county.taken_out(&query::Village { village: nowhere }).await,
        None
    );
}
