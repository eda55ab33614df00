//! What officials do with a case, over HTTP and without scripts: everything typed comes back with
//! the reason when an act is refused.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "each test file uses a part of the county")]
mod office_county;

use office_county::{County, leads_to, text_of};
use reqwest::StatusCode;

const EXTERNAL: &[(&str, &str)] = &[("system", "国家信访系统"), ("entered_on", "2026-01-05")];

#[tokio::test(flavor = "multi_thread")]
async fn officials_keep_what_they_typed_and_do_each_act_once() {
    let county = &County::open().await;
    what_was_typed_comes_back_with_what_is_wrong_and_goes_when_it_is_done(county).await;
    a_form_of_an_old_page_changes_nothing_and_is_kept(county).await;
    a_double_tap_is_one_act_and_the_same_id_with_other_content_none(county).await;
    what_was_typed_as_the_session_ended_is_there_after_signing_in_again(county).await;
}

async fn what_was_typed_comes_back_with_what_is_wrong_and_goes_when_it_is_done(county: &County) {
    let officer = county.signed_in("演示甲").await;
    let case = county.first_case(&officer).await;
    let act = format!("/office/cases/{case}/record_external");

    // A field is wrong: everything typed is there, and the summary leads to the field.
    let wrong = county
        .post(&act, &officer, &[EXTERNAL, &[("number", "1\0")]].concat())
        .await;
    let back = leads_to(&wrong).to_owned();
    assert!(
        back.contains("kept=1") && back.contains("act=record_external"),
        "{back}"
    );
    let kept = format!("{officer}; {}", office_county::cookie(&wrong));
    let page = text_of(county.get(&back, &kept).await).await;
    assert!(page.contains("有些字符无法保存"), "the problem in words");
    assert!(page.contains("href=\"#number\""), "a link to the field");
    assert!(page.contains("value=\"2026-01-05\""), "what was typed");

    // A rule refuses it: the refusal is a sentence, and the day is kept.
    let future = [
        ("system", "国家信访系统"),
        ("number", "X-1"),
        ("entered_on", "2199-01-01"),
    ];
    let refused = county.post(&act, &officer, &future).await;
    let kept = format!("{officer}; {}", office_county::cookie(&refused));
    let page = text_of(county.get(leads_to(&refused), &kept).await).await;
    assert!(page.contains("日期不能晚于今天"), "the refusal in words");
    assert!(page.contains("value=\"X-1\"") && page.contains("value=\"2199-01-01\""));

    // Nobody else gets it, whatever cookie they send.
    let other = county.signed_in("演示己").await;
    let stolen = format!("{other}; {}", office_county::cookie(&refused));
    let theirs = county.get("/api/v1/330726/office/kept", &stolen).await;
    assert_eq!(text_of(theirs).await, "null");

    // Done: the number is there, and nothing is kept.
    let done = county
        .post(&act, &kept, &[EXTERNAL, &[("number", "X-1")]].concat())
        .await;
    assert!(leads_to(&done).ends_with("done=record_external"));
    let after = county.get("/api/v1/330726/office/kept", &kept).await;
    assert_eq!(text_of(after).await, "null");
    assert_eq!(county.numbers(&officer, &case).await, ["X-1"]);
}

async fn a_form_of_an_old_page_changes_nothing_and_is_kept(county: &County) {
    let officer = county.signed_in("演示甲").await;
    let case = county.first_case(&officer).await;
    let act = format!("/office/cases/{case}/record_external");
    let version = county.case(&officer, &case).await.version.to_string();
    let fields = [EXTERNAL, &[("number", "N-1"), ("version", &*version)]].concat();
    let first = county.post(&act, &officer, &fields).await;
    assert!(leads_to(&first).contains("done="));

    let late = [EXTERNAL, &[("number", "N-2"), ("version", &*version)]].concat();
    let late = county.post(&act, &officer, &late).await;
    let kept = format!("{officer}; {}", office_county::cookie(&late));
    let page = text_of(county.get(leads_to(&late), &kept).await).await;
    assert!(page.contains("别人刚刚改过这件事"), "the conflict in words");
    assert!(page.contains("value=\"N-2\""));
    assert_eq!(county.numbers(&officer, &case).await, ["X-1", "N-1"]);
}

async fn a_double_tap_is_one_act_and_the_same_id_with_other_content_none(county: &County) {
    let officer = county.signed_in("演示甲").await;
    let case = county.first_case(&officer).await;
    let act = format!("/office/cases/{case}/record_external");
    let id = uuid::Uuid::now_v7().to_string();
    let fields = [EXTERNAL, &[("number", "D-1"), ("id", &*id)]].concat();
    for _ in 0..2 {
        let answer = county.post(&act, &officer, &fields).await;
        assert!(leads_to(&answer).contains("done="));
    }
    let other = [EXTERNAL, &[("number", "D-2"), ("id", &*id)]].concat();
    let other = county.post(&act, &officer, &other).await;
    let kept = format!("{officer}; {}", office_county::cookie(&other));
    let page = text_of(county.get(leads_to(&other), &kept).await).await;
    assert!(page.contains("已经发送过"), "in words");
    assert_eq!(county.numbers(&officer, &case).await, ["X-1", "N-1", "D-1"]);
}

async fn what_was_typed_as_the_session_ended_is_there_after_signing_in_again(county: &County) {
    let officer = county.signed_in("演示甲").await;
    let case = county.first_case(&officer).await;
    county.post("/office/sign-out", &officer, &[]).await;
    let act = format!("/office/cases/{case}/record_external");
    let fields = [EXTERNAL, &[("number", "S-1")]].concat();
    let door = county.post(&act, &officer, &fields).await;
    assert!(leads_to(&door).starts_with("/330726/office/sign-in?back="));
    let kept = office_county::cookie(&door);

    let again = county.signed_in("演示甲").await;
    let back = format!("/330726/office/cases/{case}?act=record_external&kept=1");
    let page = county.get(&back, &format!("{again}; {kept}")).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(text_of(page).await.contains("value=\"S-1\""));
    let nobody = county.post(&act, "", &fields).await;
    assert!(
        nobody.headers().get("set-cookie").is_none(),
        "nothing is kept for nobody"
    );
    assert_eq!(county.numbers(&again, &case).await.len(), 3);
}
