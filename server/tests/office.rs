//! The office's door, over HTTP: two factors, limits, sessions that end, and accounts opened by
//! their holders.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

mod served;

use domain::{
    actor::{Level, Role},
    form::NamedAccount,
    ids::UnitId,
    text::{Line, PersonName},
};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use served::Served;
use server::{accounts, clock, data::Data};
use uuid::Uuid;

const PASSWORD: &str = "huiyin-demo";

struct Office {
    address: String,
    data: Data,
    _folder: tempfile::TempDir,
    client: Client,
}

impl Office {
    async fn open() -> Self {
        let Served {
            address,
            data,
            folder,
            client,
            ..
        } = Served::demonstration().await;
        Self {
            address,
            data,
            _folder: folder,
            client,
        }
    }

    async fn code(&self, name: &str) -> String {
        accounts::current_code(&self.data.store, self.data.county, name, clock::now())
            .await
            .unwrap()
    }

    async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}/330726{path}", self.address));
        let request = request.header("cookie", cookie).form(fields);
        request.send().await.unwrap()
    }

    async fn get(&self, path: &str, cookie: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.address));
        request.header("cookie", cookie).send().await.unwrap()
    }

    async fn enter(&self, name: &str, password: &str, code: &str) -> Response {
        let fields = [("name", name), ("password", password), ("code", code)];
        self.post("/office/sign-in", "", &fields).await
    }

    async fn signed_in(&self, name: &str) -> String {
        let code = self.code(name).await;
        cookie(&self.enter(name, PASSWORD, &code).await)
    }

    async fn command(&self, cookie: &str, area: &str, command: &Value) -> Value {
        let envelope = json!([{
            "id": Uuid::now_v7(), "county": "330726", "area": area, "device": null, "build": "test",
            "captured_at": clock::now(), "expected_version": null, "command": command,
        }]);
        let request = self
            .client
            .post(format!("{}/api/v1/330726/commands", self.address));
        let request = request.header("cookie", cookie).json(&envelope);
        let answers: Value = request.send().await.unwrap().json().await.unwrap();
        answers[0].clone()
    }
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

fn is_wrong(answer: &Response) -> bool {
    leads_to(answer).contains("problem=wrong")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_official_comes_in_with_both_factors_and_goes_out() {
    let office = Office::open().await;
    let code = office.code("演示丙").await;
    let answer = office.enter("演示丙", PASSWORD, &code).await;
    assert_eq!(leads_to(&answer), "/330726/office");
    let line = answer.headers()["set-cookie"].to_str().unwrap();
    for part in [
        "__Host-office=",
        "HttpOnly",
        "Secure",
        "SameSite=Lax",
        "Path=/",
    ] {
        assert!(line.contains(part), "{part} in {line}");
    }
    let session = cookie(&answer);
    let me: Value = office
        .get("/api/v1/330726/office/me", &session)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(me["name"], "演示丙");
    assert_eq!(me["unit"], "浦江县信访局");
    let page = office.get("/330726/office", &session).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.unwrap().contains("演示丙"));

    let out = office.post("/office/sign-out", &session, &[]).await;
    assert_eq!(leads_to(&out), "/330726/office/sign-in?out=1");
    let after = office.get("/api/v1/330726/office/me", &session).await;
    assert_eq!(after.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_factor_is_not_enough_and_a_code_works_once() {
    let office = Office::open().await;
    let code = office.code("演示甲").await;
    assert!(is_wrong(
        &office.enter("演示甲", "huiyin-dem0", &code).await
    ));
    assert!(is_wrong(&office.enter("演示甲", PASSWORD, "").await));
    assert!(is_wrong(&office.enter("无此人", PASSWORD, &code).await));
    let code = office.code("演示乙").await;
    assert!(!is_wrong(&office.enter("演示乙", PASSWORD, &code).await));
    assert!(is_wrong(&office.enter("演示乙", PASSWORD, &code).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sixth_try_for_a_name_waits_and_known_names_are_not_told_from_unknown() {
    let office = Office::open().await;
    for name in ["演示戊", "无此人"] {
        for _ in 0..5 {
            assert!(is_wrong(&office.enter(name, "x", "000000").await));
        }
        let sixth = office.enter(name, "x", "000000").await;
        assert!(leads_to(&sixth).contains("problem=slow"));
    }
    // Others are not kept out.
    let code = office.code("演示己").await;
    let other = office.enter("演示己", PASSWORD, &code).await;
    assert_eq!(leads_to(&other), "/330726/office");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_this_site_is_gone_back_to() {
    let office = Office::open().await;
    for (name, back, to) in [
        ("演示甲", "/330726/office/to-tell", "/330726/office/to-tell"),
        ("演示乙", "//elsewhere.example/", "/330726/office"),
        ("演示丙", "https://elsewhere.example/", "/330726/office"),
    ] {
        let code = office.code(name).await;
        let fields = [
            ("name", name),
            ("password", PASSWORD),
            ("code", &*code),
            ("back", back),
        ];
        let answer = office.post("/office/sign-in", "", &fields).await;
        assert_eq!(leads_to(&answer), to);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_account_is_opened_once_by_its_link() {
    let office = Office::open().await;
    let (store, county) = (&office.data.store, office.data.county);
    let new = NamedAccount {
        name: PersonName::parse("演示壬").unwrap(),
        title: Line::parse("承办人").unwrap(),
        portfolio: None,
        level: Level::County,
        unit: UnitId(Uuid::now_v7()),
        roles: vec![Role::UnitHandler],
    };
    let invite = || accounts::invite(store, county, &new, clock::now());
    let (_, link) = invite().await.unwrap().unwrap();
    assert!(invite().await.unwrap().is_none(), "the name is taken");
    let at = format!("/office/enrol/{}", link.expose());
    let page = office.get(&format!("/330726{at}"), "").await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.unwrap().contains("演示壬"));

    let code = office.code("演示壬").await;
    // Not before the account is opened.
    assert!(is_wrong(&office.enter("演示壬", "", &code).await));
    let short = [("password", "short"), ("code", &*code)];
    assert!(leads_to(&office.post(&at, "", &short).await).ends_with("problem=short"));
    let wrong = [("password", "十个字以上的一句话就行"), ("code", "1")];
    assert!(leads_to(&office.post(&at, "", &wrong).await).ends_with("problem=code"));
    let right = [("password", "十个字以上的一句话就行"), ("code", &*code)];
    assert!(leads_to(&office.post(&at, "", &right).await).ends_with("enrolled=1"));
    assert!(leads_to(&office.post(&at, "", &right).await).ends_with("problem=link"));
    assert_eq!(
        office.get(&format!("/330726{at}"), "").await.status(),
        StatusCode::NOT_FOUND
    );

    let code = office.code("演示壬").await;
    let session = cookie(
        &office
            .enter("演示壬", "十个字以上的一句话就行", &code)
            .await,
    );
    let me = || office.get("/api/v1/330726/office/me", &session);
    assert_eq!(me().await.status(), StatusCode::OK);
    let account = accounts::by_name(store, county, "演示壬").await.unwrap();
    let ended = accounts::disable(store, account, clock::now()).await;
    assert_eq!(ended.unwrap(), accounts::Changed::Done);
    assert_eq!(me().await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_acts_only_signed_in_and_within_its_roles() {
    let office = Office::open().await;
    let intake = json!({
        "command": "intake",
        "filing": {
            "party": {
                "petitioner": { "name": "来访人", "id_number": null, "village": null, "birth_year": null, "address": null },
                "representatives": [], "size": 1, "filer": "petitioner",
            },
            "kind": "request", "subject": "roads", "place": null,
            "statement": [{ "text": "村口的路要修" }],
            "contact": { "way": "call", "phone": "13800138000", "hours": null },
            "restricted_from": [], "danger": "none", "second_factor": "8000",
        },
        "channel": "counter", "received_on": domain::calendar::china_date(clock::now()),
        "received_reason": null,
    });
    let nobody = office.command("", "desk", &intake).await;
    assert_eq!(nobody["reason"]["kind"], "sign_in_needed");
    let handler = office.signed_in("演示戊").await;
    let refused = office.command(&handler, "desk", &intake).await;
    assert_eq!(refused["answer"], "rejected", "{refused}");
    let clerk = office.signed_in("演示丙").await;
    let received = office.command(&clerk, "desk", &intake).await;
    assert_eq!(received["answer"], "received", "{received}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worklist_is_for_those_whose_work_is_cases() {
    let office = Office::open().await;
    let officer = office.signed_in("演示甲").await;
    let at = |path: &str| format!("/api/v1/330726/office/{path}");
    let list = office.get(&at("worklist"), &officer).await;
    let list: sync::view::Worklist = list.json().await.unwrap();
    assert!(list.total > list.page_size, "{} cases", list.total);
    assert_eq!(list.rows.len(), list.page_size as usize);
    let next = office.get(&at("worklist?page=2"), &officer).await;
    let next: sync::view::Worklist = next.json().await.unwrap();
    assert_ne!(next.rows[0].case, list.rows[0].case);

    let case = office
        .get(&at(&format!("cases/{}", list.rows[0].case)), &officer)
        .await;
    let case: sync::view::Workspace = case.json().await.unwrap();
    assert_eq!(case.case.number, list.rows[0].number);
    assert!(case.case.grant.is_none(), "no official reads a code");

    // The handler sees what was sent to the unit, the clerk no list at all.
    let handler = office.signed_in("演示戊").await;
    let sent = office.get(&at("worklist"), &handler).await;
    let sent: sync::view::Worklist = sent.json().await.unwrap();
    assert_eq!(sent.total, 1);
    let clerk = office.signed_in("演示丙").await;
    let none = office.get(&at("worklist"), &clerk).await;
    assert_eq!(none.status(), StatusCode::FORBIDDEN);
    let gone = office
        .get(&at(&format!("cases/{}", list.rows[0].case)), &clerk)
        .await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}
