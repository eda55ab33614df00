//! What officials do with a case, over HTTP and without scripts: everything typed comes back with
//! the reason when an act is refused.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "each test file uses a part of the county")]
mod office_county;
mod served;

use domain::{
    code::{AccessCode, QueryCode},
    given::SeededDice,
};
use office_county::{County, leads_to, text_of};
use reqwest::StatusCode;
use sync::view::NewSlip;

const EXTERNAL: &[(&str, &str)] = &[("system", "国家信访系统"), ("entered_on", "2026-01-05")];

#[tokio::test(flavor = "multi_thread")]
async fn officials_keep_what_they_typed_and_do_each_act_once() {
    let county = &County::open().await;
    what_was_typed_comes_back_with_what_is_wrong_and_goes_when_it_is_done(county).await;
    a_form_of_an_old_page_changes_nothing_and_is_kept(county).await;
    a_double_tap_is_one_act_and_the_same_id_with_other_content_none(county).await;
    what_was_typed_as_the_session_ended_is_there_after_signing_in_again(county).await;
    a_matter_taken_in_at_the_counter_has_its_slip_shown_once(county).await;
    a_case_goes_from_its_category_to_a_served_answer(county).await;
    a_case_named_an_accusation_is_not_found_by_its_short_code_any_more(county).await;
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

const INTAKE: &[(&str, &str)] = &[
    ("channel", "counter"),
    ("people", "1"),
    ("kind", "request"),
    ("subject", "roads"),
    ("statement", "村口的路灯坏了三个月"),
    ("reach", "call"),
    ("phone", "１３８００１３８０００"),
];

/// A matter taken in by the clerk: its case and its code.
async fn taken_in(county: &County, clerk: &str, name: &str) -> (String, String) {
    let today = domain::calendar::china_date(server::clock::now()).to_string();
    let fields = [INTAKE, &[("name", name), ("received_on", &*today)]].concat();
    let answer = county.post("/office/intake", clerk, &fields).await;
    assert_eq!(leads_to(&answer), "/330726/office/slip");
    let slip = format!("{clerk}; {}", office_county::cookie(&answer));
    let slip: NewSlip = county
        .get("/api/v1/330726/office/slip", &slip)
        .await
        .json()
        .await
        .unwrap();
    let AccessCode::Short(code) = slip.code else {
        panic!("a request has a short code")
    };
    (slip.case.to_string(), code.to_string())
}

async fn a_matter_taken_in_at_the_counter_has_its_slip_shown_once(county: &County) {
    let clerk = county.signed_in("演示丙").await;
    // Without a name nothing is taken in, and the rest is still there; two weeks back needs a reason.
    let early = domain::calendar::china_date(server::clock::now()) - chrono::Days::new(14);
    let early = early.to_string();
    let fields = [INTAKE, &[("received_on", &*early)]].concat();
    let wrong = county.post("/office/intake", &clerk, &fields).await;
    let kept = format!("{clerk}; {}", office_county::cookie(&wrong));
    let page = text_of(county.get(leads_to(&wrong), &kept).await).await;
    assert!(page.contains("href=\"#name\"") && page.contains("村口的路灯坏了三个月"));
    let fields = [&fields[..], &[("name", "来访人")]].concat();
    let wrong = county.post("/office/intake", &kept, &fields).await;
    let kept = format!("{clerk}; {}", office_county::cookie(&wrong));
    let page = text_of(county.get(leads_to(&wrong), &kept).await).await;
    assert!(page.contains("请写明依据"), "why the day is refused");

    let fields = [&fields[..], &[("received_reason", "邮戳")]].concat();
    let answer = county.post("/office/intake", &kept, &fields).await;
    assert_eq!(leads_to(&answer), "/330726/office/slip");
    let slip_cookie = office_county::all_cookies(&answer);
    let slip = format!("{clerk}; {slip_cookie}");
    let page = text_of(county.get("/330726/office/slip", &slip).await).await;
    assert!(page.contains("code-display") && page.contains("来**"));
    let other = county.signed_in("演示甲").await;
    let stolen = format!("{other}; {slip_cookie}");
    let theirs = county.get("/api/v1/330726/office/slip", &stolen).await;
    assert_eq!(text_of(theirs).await, "null");
    county.post("/office/slip", &slip, &[]).await;
    let gone = county.get("/api/v1/330726/office/slip", &slip).await;
    assert_eq!(text_of(gone).await, "null");
}

const OPINION: &[(&str, &str)] = &[
    ("plain", "路灯十一月底前由交通局修好。"),
    ("disposition", "support"),
    ("facts", "现场看过，三盏不亮。"),
    ("basis", "《农村公路养护管理办法》"),
    ("evidence", "现场照片"),
    ("remedies", "30 天内可以向上一级申请复查。"),
];

async fn a_case_goes_from_its_category_to_a_served_answer(county: &County) {
    let clerk = county.signed_in("演示丙").await;
    let (case, code) = taken_in(county, &clerk, "路灯人").await;
    let officer = county.signed_in("演示甲").await;
    let handler = county.signed_in("演示戊").await;
    let head = county.signed_in("演示己").await;
    let units = county.case(&officer, &case).await.units;
    let transport = units.iter().find(|unit| unit.name.ends_with("交通运输局"));
    let transport = transport.unwrap().id.to_string();
    let at = |act: &str| format!("/office/cases/{case}/{act}");
    let done = async |who: &str, act: &str, fields: &[(&str, &str)]| {
        let answer = county.post(&at(act), who, fields).await;
        let to = leads_to(&answer);
        assert!(to.ends_with(&format!("done={act}")), "{act} led to {to}");
    };
    let refused = async |who: &str, act: &str, fields: &[(&str, &str)]| {
        let answer = county.post(&at(act), who, fields).await;
        let kept = format!("{who}; {}", office_county::cookie(&answer));
        text_of(county.get(leads_to(&answer), &kept).await).await
    };

    let page = text_of(
        county
            .get(&format!("/330726/office/cases/{case}"), &officer)
            .await,
    )
    .await;
    assert!(
        page.contains("/classify\"") && !page.contains("/transfer\""),
        "what comes first"
    );
    assert!(page.contains("还没有确定类别"), "and why the rest does not");
    done(&officer, "classify", &[("category", "petition")]).await;
    let send = [("unit", &*transport), ("plain", "已转给县交通运输局。")];
    done(&officer, "transfer", &send).await;
    done(&handler, "accept", &[("plain", "县交通运输局已受理。")]).await;

    let no_plain = refused(&handler, "draft_reply", &OPINION[1..]).await;
    assert!(no_plain.contains("href=\"#plain\"") && no_plain.contains("三盏不亮"));
    let long = "路".repeat(2001);
    let long = [&OPINION[..2], &[("facts", &*long)], &OPINION[3..]].concat();
    let long = refused(&handler, "draft_reply", &long).await;
    assert!(long.contains("写了 2001 字") && long.contains(&"路".repeat(2001)));
    done(&head, "draft_reply", OPINION).await;
    let view = county.case(&head, &case).await;
    let draft = view.case.replies.last().unwrap().id.to_string();
    let own = refused(&head, "sign_reply", &[("reply", &draft)]).await;
    assert!(own.contains("起草人不能签发自己起草的答复"));
    let redraft = [OPINION, &[("reply", &*draft)]].concat();
    done(&handler, "draft_reply", &redraft).await;
    let version = county.case(&head, &case).await.version.to_string();
    let sign = [("reply", &*draft), ("version", &*version)];
    done(&head, "sign_reply", &sign).await;
    done(&handler, "issue_reply", &[("reply", &draft)]).await;
    let today = view.today.to_string();
    let post = [("reply", &*draft), ("way", "post"), ("on", &*today)];
    let no_slip = refused(&handler, "record_service", &post).await;
    assert!(
        no_slip.contains("href=\"#slip\""),
        "by post there is a return slip"
    );
    let by_hand = [("reply", &*draft), ("way", "by_hand"), ("on", &*today)];
    done(&handler, "record_service", &by_hand).await;

    let opened = county
        .post("/follow", "", &[("code", &code), ("pin", "8000")])
        .await;
    let reading = office_county::cookie(&opened);
    let seen = county
        .get(&format!("/330726/mine/cases/{case}"), &reading)
        .await;
    assert!(text_of(seen).await.contains("路灯十一月底前由交通局修好"));

    // A lost code is replaced: the old one opens nothing any more.
    let new = [("how", "desk"), ("pin", "2468")];
    let replaced = county.post(&at("replace_access"), &officer, &new).await;
    assert_eq!(leads_to(&replaced), "/330726/office/slip");
    let old = county
        .post("/follow", "", &[("code", &code), ("pin", "8000")])
        .await;
    assert!(leads_to(&old).contains("problem="), "{}", leads_to(&old));
}

async fn a_case_named_an_accusation_is_not_found_by_its_short_code_any_more(county: &County) {
    let clerk = county.signed_in("演示丙").await;
    let (case, code) = taken_in(county, &clerk, "举报人").await;
    let officer = county.signed_in("演示甲").await;
    let act = format!("/office/cases/{case}/classify");
    let sealed = county
        .post(&act, &officer, &[("category", "accusation")])
        .await;
    assert_eq!(leads_to(&sealed), "/330726/office");
    let known = county
        .post("/follow", "", &[("code", &code), ("pin", "8000")])
        .await;
    let nobodys = QueryCode::fresh(&mut SeededDice::new(7)).to_string();
    let unknown = county
        .post("/follow", "", &[("code", &nobodys), ("pin", "8000")])
        .await;
    assert!(
        leads_to(&known).contains("problem="),
        "{}",
        leads_to(&known)
    );
    assert_eq!(leads_to(&unknown), leads_to(&known), "as if there was none");
    let gone = county
        .get(&format!("/330726/office/cases/{case}"), &officer)
        .await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}
