//! Somebody who was let in, over HTTP and without scripts: reads and adds, and nothing else.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "each test file uses a part of the county")]
mod office_county;
mod served;

use chrono::TimeDelta;
use domain::{
    actor::{Actor, Holder, HolderRole, Opened},
    calendar::china_date,
    citizen::CitizenCommand,
    code::{AccessCode, SecondFactor},
    ids::{CaseId, CommandId, GrantId},
    receipt::Receipt,
    text::PersonName,
};
use office_county::{County, all_cookies, cookie, leads_to, text_of};
use reqwest::StatusCode;
use serde_json::{Value, json};
use server::{
    clock,
    execute::{AnyCommand, Asked, execute},
};
use sync::{Answer, view};
use uuid::Uuid;

/// The delegate's four digits, and the petitioner's.
const THEIRS: &str = "2468";
const OWN: &str = "8000";

fn filing(kind: &str) -> Value {
    json!({
        "party": {
            "petitioner": { "name": "示例某", "id_number": null, "village": null, "birth_year": null, "address": null },
            "representatives": [], "size": 1, "filer": "petitioner",
        },
        "kind": kind, "subject": "roads", "place": null,
        "statement": [{ "text": "村口的路要修" }],
        "contact": { "way": "call", "phone": "13800138000", "hours": null },
        "restricted_from": [], "danger": "none", "second_factor": OWN,
    })
}

/// A matter of one's own: the cookie that opens it, and which it is.
async fn filed(county: &County, kind: &str) -> (String, CaseId) {
    let command = json!({ "command": "file", "filing": filing(kind) });
    let answer = county.command("", "citizen", &command).await;
    let secret = answer["receipt"]["private_secret"].as_str().unwrap();
    let opened = county.post("/follow", "", &[("code", secret)]).await;
    let case = answer["receipt"]["case"].as_str().unwrap().parse().unwrap();
    (cookie(&opened), case)
}

async fn mine(county: &County, cookie: &str) -> view::Mine {
    let answer = county.get("/api/v1/330726/mine", cookie).await;
    answer.json().await.unwrap()
}

fn days_ahead(days: i64) -> String {
    (china_date(clock::now()) + TimeDelta::days(days)).to_string()
}

/// Lets in somebody, and gives back their code.
async fn let_in(county: &County, own: &str) -> String {
    let until = days_ahead(30);
    let fields = [
        ("who", "relative"),
        ("name", "示例小妹"),
        ("until", &*until),
        ("pin", THEIRS),
    ];
    let done = county.post("/mine/access/grant", own, &fields).await;
    assert_eq!(leads_to(&done), "/330726/mine?done=grant#access");
    let access = mine(county, own).await.access.unwrap();
    written(access.people.last().unwrap().code.as_ref().unwrap())
}

fn written(code: &AccessCode) -> String {
    match code {
        AccessCode::Short(code) => code.as_str().to_owned(),
        AccessCode::Sealed(code) => code.as_str().to_owned(),
    }
}

async fn opened(county: &County, code: &str, pin: &str) -> Result<String, String> {
    let answer = county
        .post("/follow", "", &[("code", code), ("pin", pin)])
        .await;
    match leads_to(&answer) {
        "/330726/mine" => Ok(cookie(&answer)),
        elsewhere => Err(elsewhere.to_owned()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_more_person_is_let_in_reads_and_adds_and_is_shown_out() {
    let county = &County::open().await;
    a_delegate_reads_and_adds_and_nothing_else(county).await;
    a_code_that_was_ended_answers_as_an_unknown_one_does(county).await;
    a_code_whose_day_has_passed_answers_as_an_unknown_one_does(county).await;
    what_was_typed_wrongly_comes_back(county).await;
    of_a_sealed_matter_the_long_code_is_the_only_way(county).await;
    a_registration_s_delegate_sees_no_code_of_anybody(county).await;
}

async fn a_delegate_reads_and_adds_and_nothing_else(county: &County) {
    let (own, case) = filed(county, "request").await;
    let code = let_in(county, &own).await;
    let page = text_of(county.get("/330726/mine?done=grant", &own).await).await;
    let grouped = format!("<span>{}</span>", &code[..3]);
    assert!(
        page.contains("示例小妹") && page.contains(&grouped),
        "the new code as a receipt"
    );

    let wrong = opened(county, &code, OWN).await;
    assert_eq!(
        wrong,
        Err("/330726/follow?problem=wrong".to_owned()),
        "their digits, not the petitioner's"
    );
    let theirs = opened(county, &code, THEIRS).await.unwrap();
    let shown = mine(county, &theirs).await;
    assert!(shown.filed.is_none() && shown.access.is_none());
    let secrets = mine(county, &own).await.filed.unwrap();
    for address in ["/330726/mine", &format!("/330726/mine/cases/{case}")] {
        let page = text_of(county.get(address, &theirs).await).await;
        assert!(
            page.contains("示例某") || page.contains("道路"),
            "{address} can be read"
        );
        for secret in [
            written(&secrets.code),
            secrets.private_secret.as_str().to_owned(),
        ] {
            assert!(
                !page.contains(&secret),
                "{address} shows the petitioner's code"
            );
        }
        assert!(
            !page.contains("确认撤回"),
            "what they cannot do is not offered"
        );
    }

    let acts = format!("/mine/cases/{case}");
    let note = county
        .post(
            &format!("{acts}/note"),
            &theirs,
            &[("note", "我是女儿，补充一句")],
        )
        .await;
    assert!(leads_to(&note).ends_with("done=note"));
    for (path, fields) in [
        (format!("{acts}/withdraw"), vec![]),
        (
            format!("{acts}/acknowledge"),
            vec![("reply", Uuid::nil().to_string())],
        ),
        (
            format!("{acts}/settle"),
            vec![
                ("issue", Uuid::nil().to_string()),
                ("settled", "yes".to_owned()),
            ],
        ),
    ] {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, &**value))
            .collect();
        let refused = county.post(&path, &theirs, &fields).await;
        assert!(leads_to(&refused).contains("problem="), "{path}");
        let both = format!("{theirs}; {}", cookie(&refused));
        let page = text_of(county.get(leads_to(&refused), &both).await).await;
        assert!(page.contains("要由当事人本人来做"), "{path} in words");
    }
    let until = days_ahead(10);
    let fields = [
        ("who", "relative"),
        ("name", "示例表弟"),
        ("until", &*until),
        ("pin", "1111"),
    ];
    let refused = county.post("/mine/access/grant", &theirs, &fields).await;
    assert!(leads_to(&refused).contains("problem=grant"));
    let access = mine(county, &own).await.access.unwrap();
    assert_eq!(access.people.len(), 1);
    let page = text_of(
        county
            .get(&format!("/330726/mine/cases/{case}"), &own)
            .await,
    )
    .await;
    assert!(
        page.contains("您让一个人也能查看") && page.contains("我是女儿"),
        "the timeline tells"
    );

    // Through the API it is no different.
    let command = json!({ "command": "withdraw_case", "case": case });
    let answer = county.command(&theirs, "citizen", &command).await;
    assert_eq!(answer["reason"]["refusal"]["why"], "not_allowed");
}

async fn a_code_that_was_ended_answers_as_an_unknown_one_does(county: &County) {
    let (own, _) = filed(county, "request").await;
    let code = let_in(county, &own).await;
    let theirs = opened(county, &code, THEIRS).await.unwrap();
    let grant = mine(county, &own).await.access.unwrap().people[0]
        .grant
        .to_string();
    let done = county
        .post("/mine/access/revoke", &own, &[("grant", &grant)])
        .await;
    assert_eq!(leads_to(&done), "/330726/mine?done=revoke#access");
    // What they had open is closed at once, and the code opens nothing.
    let closed = county.get("/api/v1/330726/mine", &theirs).await;
    assert_eq!(closed.status(), StatusCode::UNAUTHORIZED);
    let unknown = Err("/330726/follow?problem=wrong".to_owned());
    assert_eq!(opened(county, &code, THEIRS).await, unknown);
    let again = county
        .post("/mine/access/revoke", &own, &[("grant", &grant)])
        .await;
    assert!(leads_to(&again).contains("problem=revoke"));
}

async fn a_code_whose_day_has_passed_answers_as_an_unknown_one_does(county: &County) {
    let (_, case) = filed(county, "request").await;
    // Given twenty days ago, for ten days.
    let then = clock::now() - TimeDelta::days(20);
    let opens = Opened::Case(case);
    let asked = Asked::at(
        Actor::Holder(Holder {
            grant: GrantId(Uuid::nil()),
            role: HolderRole::Petitioner,
            opens,
        }),
        CommandId(Uuid::now_v7()),
        AnyCommand::Citizen(CitizenCommand::GrantAccess {
            opens,
            holder: HolderRole::Agent,
            name: PersonName::parse("示例代办员").unwrap(),
            until: china_date(then) + TimeDelta::days(10),
            second_factor: SecondFactor::parse(THEIRS).unwrap(),
        }),
        then,
    );
    let answer = execute(&county.data.store, county.data.county, &asked).await;
    let Answer::Received {
        receipt: Receipt::Granted { code, .. },
    } = answer
    else {
        panic!("{answer:?}")
    };
    let unknown = Err("/330726/follow?problem=wrong".to_owned());
    assert_eq!(opened(county, &written(&code), THEIRS).await, unknown);
}

async fn what_was_typed_wrongly_comes_back(county: &County) {
    let (own, _) = filed(county, "request").await;
    let until = days_ahead(500);
    let fields = [
        ("who", "agent"),
        ("name", "示例代办员"),
        ("until", &*until),
        ("pin", "12"),
    ];
    let wrong = county.post("/mine/access/grant", &own, &fields).await;
    assert_eq!(leads_to(&wrong), "/330726/mine?problem=grant#access");
    let both = format!("{own}; {}", all_cookies(&wrong));
    let page = text_of(county.get("/330726/mine?problem=grant", &both).await).await;
    assert!(
        page.contains("value=\"示例代办员\"") && page.contains(&until),
        "nothing is lost"
    );
    assert!(page.contains("请填 4 位数字") && page.contains("<details open"));
    assert!(!page.contains("value=\"12\""), "the digits are not kept");

    let fields = [
        ("who", "agent"),
        ("name", "示例代办员"),
        ("until", &*until),
        ("pin", "1234"),
    ];
    let refused = county.post("/mine/access/grant", &own, &fields).await;
    let both = format!("{own}; {}", all_cookies(&refused));
    let page = text_of(county.get("/330726/mine?problem=grant", &both).await).await;
    assert!(
        page.contains("请选今天到一年内的一天"),
        "the refusal in words"
    );
}

async fn of_a_sealed_matter_the_long_code_is_the_only_way(county: &County) {
    let (own, _) = filed(county, "accusation").await;
    let code = let_in(county, &own).await;
    assert_eq!(code.len(), 26);
    let theirs = opened(county, &code, "").await.unwrap();
    assert_eq!(mine(county, &theirs).await.cases.len(), 1);
}

async fn a_registration_s_delegate_sees_no_code_of_anybody(county: &County) {
    let notices = county.get("/api/v1/330726/notices", "").await;
    let notices: view::Notices = notices.json().await.unwrap();
    let visit = notices.upcoming[0].visit;
    let command = json!({ "command": "register", "visit": visit, "filing": filing("request") });
    let answer = county.command("", "citizen", &command).await;
    let secret = answer["receipt"]["private_secret"].as_str().unwrap();
    let registration = answer["receipt"]["registration"].as_str().unwrap();
    let own = cookie(&county.post("/follow", "", &[("code", secret)]).await);
    let code = let_in(county, &own).await;
    let theirs = opened(county, &code, THEIRS).await.unwrap();
    let slip = mine(county, &theirs).await.slip.unwrap();
    assert!(slip.code.is_none() && slip.private_secret.is_none() && slip.private.is_none());
    let cancel = county
        .post("/mine/cancel", &theirs, &[("registration", registration)])
        .await;
    assert!(leads_to(&cancel).contains("problem=cancel"));
    let own = mine(county, &own).await;
    assert_eq!(own.access.unwrap().history.len(), 1);
    assert!(own.slip.unwrap().can_cancel, "nothing was cancelled");
}
