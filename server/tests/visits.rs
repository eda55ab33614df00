//! A visit from its notice to its cancellation, over HTTP and without scripts: nothing bad passes,
//! nothing typed is lost, and who registered is shown to nobody too early.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "each test file uses a part of the county")]
mod office_county;
mod served;

use chrono::{Days, NaiveDate};
use domain::calendar::china_date;
use office_county::{County, cookie, leads_to, text_of};
use serde_json::{Value, json};
use server::clock;
use sync::view::{OfficeVisits, Registrations};
use uuid::Uuid;

type Fields = Vec<(&'static str, String)>;

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_is_written_approved_registered_for_and_cancelled() {
    let county = &County::open().await;
    let author = &county.signed_in("演示甲").await;
    what_was_typed_comes_back_with_each_mistake(county, author).await;
    let visit = &draft(county, author).await;
    a_notice_too_late_needs_a_reason_that_is_published(county, author, visit).await;
    who_wrote_it_cannot_approve_it(county, author, visit).await;
    another_approves_it_and_the_public_reads_why_it_is_late(county, visit).await;
    who_registered_is_for_the_named_officers(county, author, visit).await;
    nobody_registers_for_a_cancelled_visit(county, visit).await;
}

fn tomorrow() -> NaiveDate {
    china_date(clock::now()) + Days::new(1)
}

fn notice() -> Fields {
    let day = tomorrow();
    let today = china_date(clock::now());
    let officer = demo_official(1);
    let fields = [
        ("title", "县领导下访（测试）".to_owned()),
        ("mode", "fixed_place".to_owned()),
        ("date", day.to_string()),
        ("from", "08:00".to_owned()),
        ("to", "12:00".to_owned()),
        ("venue_name", "文化礼堂".to_owned()),
        ("venue_address", "中心街1号".to_owned()),
        ("leader_name", "示例三".to_owned()),
        ("leader_title", "副县长（演示）".to_owned()),
        ("leader_portfolio", "水利".to_owned()),
        ("leader_name", String::new()),
        ("departments", "水利局\n交通局".to_owned()),
        ("rooms", "水利\n综合".to_owned()),
        ("scope", "本县范围内的事".to_owned()),
        ("exclusions", "已进入诉讼的".to_owned()),
        ("opens", format!("{}T00:00", today - Days::new(1))),
        ("closes", format!("{day}T07:30")),
        ("bring", "身份证".to_owned()),
        ("phone", "0579-84100000".to_owned()),
        ("slot_minutes", "30".to_owned()),
        ("reserve_percent", "10".to_owned()),
        ("officers", officer),
    ];
    fields.into()
}

/// The demonstration numbers its officials.
fn demo_official(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

async fn post(county: &County, path: &str, cookie: &str, fields: &Fields) -> reqwest::Response {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    county.post(path, cookie, &fields).await
}

/// The page a refused form leads back to, with the cookie that was set.
async fn sent_back(county: &County, session: &str, refused: reqwest::Response) -> String {
    let back = leads_to(&refused).to_owned();
    assert!(back.contains("kept=1"), "{back}");
    let kept = format!("{session}; {}", cookie(&refused));
    text_of(county.get(&back, &kept).await).await
}

async fn what_was_typed_comes_back_with_each_mistake(county: &County, author: &str) {
    let mut fields = notice();
    for (name, value) in &mut fields {
        match *name {
            "phone" => *value = "1380013800".to_owned(),
            "to" => *value = "07:00".to_owned(),
            "leader_title" => value.clear(),
            _ => {}
        }
    }
    let page = sent_back(
        county,
        author,
        post(county, "/office/visits/new", author, &fields).await,
    )
    .await;
    for kept in ["1380013800", "文化礼堂", "示例三", "水利\n综合"] {
        assert!(page.contains(kept), "{kept} is kept");
    }
    for field in ["#phone", "#leader_title"] {
        assert!(page.contains(&format!("href=\"{field}\"")), "{field}");
    }
}

async fn draft(county: &County, author: &str) -> String {
    let done = post(county, "/office/visits/new", author, &notice()).await;
    let page = leads_to(&done);
    let visit = page.strip_prefix("/330726/office/visits/").unwrap();
    visit.strip_suffix("?done=1").unwrap().to_owned()
}

async fn a_notice_too_late_needs_a_reason_that_is_published(
    county: &County,
    author: &str,
    visit: &str,
) {
    let submit = format!("/office/visits/{visit}/submit");
    let refused = county.post(&submit, author, &[]).await;
    let page = sent_back(county, author, refused).await;
    assert!(page.contains("距接访不足三天"), "the refusal in words");
    let reason = [("short_lead", "汛情紧急")];
    let done = county.post(&submit, author, &reason).await;
    assert!(leads_to(&done).ends_with("?done=1"));
}

async fn who_wrote_it_cannot_approve_it(county: &County, author: &str, visit: &str) {
    let approve = format!("/office/visits/{visit}/approve");
    let refused = county.post(&approve, author, &[]).await;
    let page = sent_back(county, author, refused).await;
    assert!(page.contains("不能批准自己编写"), "the refusal in words");
    // Before approval the public sees nothing of it.
    let public = county.get(&format!("/330726/notices/{visit}"), "").await;
    assert_eq!(public.status(), 404);
    let desk = county.signed_in("演示丙").await;
    let list = county.get("/api/v1/330726/office/visits", &desk).await;
    let list: OfficeVisits = list.json().await.unwrap();
    assert!(list.rows.iter().all(|row| row.visit.to_string() != *visit));
}

async fn another_approves_it_and_the_public_reads_why_it_is_late(county: &County, visit: &str) {
    let approver = county.signed_in("演示乙").await;
    let page = format!("/330726/office/visits/{visit}");
    let preview = text_of(county.get(&page, &approver).await).await;
    assert!(
        preview.contains("副县长（演示） 示例三"),
        "what the public will see"
    );
    let approve = format!("/office/visits/{visit}/approve");
    let done = county.post(&approve, &approver, &[]).await;
    assert!(leads_to(&done).ends_with("?done=1"));
    let public = county.get(&format!("/330726/notices/{visit}"), "").await;
    let public = text_of(public).await;
    assert!(public.contains("汛情紧急") && public.contains("副县长（演示） 示例三"));
}

/// Registers as a phone does.
async fn register(county: &County, visit: &str) -> Value {
    let filing = json!({
        "party": {
            "petitioner": { "name": "来访人", "id_number": null, "village": null, "birth_year": null, "address": null },
            "representatives": [], "size": 1, "filer": "petitioner",
        },
        "kind": "request", "subject": "water", "place": null,
        "statement": [{ "text": "自来水夏天常停" }],
        "contact": { "way": "call", "phone": "13800138000", "hours": null },
        "restricted_from": [], "danger": "none", "second_factor": "8000",
    });
    county
        .command(
            "",
            "citizen",
            &json!({ "command": "register", "visit": visit, "filing": filing }),
        )
        .await
}

async fn who_registered_is_for_the_named_officers(county: &County, author: &str, visit: &str) {
    let received = register(county, visit).await;
    assert_eq!(received["answer"], "received", "{received}");
    let at = format!("/api/v1/330726/office/visits/{visit}/registrations");
    let desk = county.signed_in("演示丙").await;
    for (session, named) in [(author, true), (&*desk, false)] {
        let list = county.get(&at, session).await;
        let list: Registrations = list.json().await.unwrap();
        assert_eq!((list.named, list.rows.len()), (named, usize::from(named)));
        assert_eq!(list.by_subject.len(), 1);
    }
    let id = received["receipt"]["registration"].as_str().unwrap();
    let page = format!("/330726/office/registrations/{id}");
    assert_eq!(county.get(&page, &desk).await.status(), 404);
    // A contact before the visit is entered by a named officer; the desk cannot even try.
    let contact = [("what", "问材料齐不齐")];
    let act = format!("/office/registrations/{id}/contact");
    assert!(leads_to(&county.post(&act, &desk, &contact).await).contains("kept=1"));
    assert!(leads_to(&county.post(&act, author, &contact).await).ends_with("?done=1"));
    let shown = text_of(county.get(&page, author).await).await;
    assert!(shown.contains("问材料齐不齐"));
    // A form may stand at its page's own address.
    for form in [
        format!("/office/visits/{visit}/edit"),
        format!("/office/visits/{visit}/walk-in"),
        format!("/office/registrations/{id}/record"),
    ] {
        let empty = county.post(&form, author, &[]).await;
        assert!(leads_to(&empty).contains(&form), "{form}");
    }
    // The day has not come: nobody is there yet.
    let early = [("people", "1")];
    let act = format!("/office/registrations/{id}/arrive");
    let refused = county.post(&act, author, &early).await;
    assert!(
        sent_back(county, author, refused)
            .await
            .contains("接访当天")
    );
}

async fn nobody_registers_for_a_cancelled_visit(county: &County, visit: &str) {
    let approver = county.signed_in("演示乙").await;
    let cancel = format!("/office/visits/{visit}/cancel");
    let refused = county.post(&cancel, &approver, &[]).await;
    let page = sent_back(county, &approver, refused).await;
    assert!(page.contains("href=\"#cancel_reason\""));
    let reason = [("cancel_reason", "道路塌方")];
    let done = county.post(&cancel, &approver, &reason).await;
    assert!(leads_to(&done).ends_with("?done=1"));
    let public = county.get(&format!("/330726/notices/{visit}"), "").await;
    assert!(text_of(public).await.contains("道路塌方"));
    let refused = register(county, visit).await;
    assert_eq!(
        refused["reason"]["refusal"]["why"], "visit_cancelled",
        "{refused}"
    );
}
