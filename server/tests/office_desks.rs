//! Telling people, public matters and accounts, over HTTP and without scripts.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "other tests use the rest")]
mod office_county;
mod served;

use office_county::{County, cookie, leads_to, text_of};
use reqwest::StatusCode;
use server::{clock, jobs};
use sync::view::{
    Account, AccountStanding, Accounts, MatterEditor, OfficeMatters, ToTell, ToTellRow,
};

impl County {
    async fn json<T: serde::de::DeserializeOwned>(&self, path: &str, cookie: &str) -> T {
        let at = format!("/api/v1/330726/office/{path}");
        self.get(&at, cookie).await.json().await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_told_by_those_who_may_know_and_the_result_is_entered_once() {
    let county = County::open().await;
    let officer = county.signed_in("演示甲").await;
    let before: ToTell = county.json("to-tell", &officer).await;
    assert!(!before.rows.is_empty(), "the demonstration asked people");
    let case = county.first_case(&officer).await;
    let ask = [("text", "现在方便说吗？"), ("by_date", "2199-01-01")];
    let act = format!("/office/cases/{case}/ask_citizen");
    let asked = county.post(&act, &officer, &ask).await;
    assert!(leads_to(&asked).contains("done="), "{}", leads_to(&asked));
    let store = &county.data.store;
    assert_eq!(
        jobs::perform_due(store, None, clock::now()).await.unwrap(),
        1
    );
    assert_eq!(
        jobs::perform_due(store, None, clock::now()).await.unwrap(),
        0
    );

    let after: ToTell = county.json("to-tell", &officer).await;
    assert_eq!(after.total, before.total + 1);
    let is_new = |row: &&ToTellRow| row.case.is_some_and(|id| id.to_string() == case);
    let row = after.rows.iter().find(is_new).unwrap();
    let page = text_of(county.get("/330726/office/to-tell", &officer).await).await;
    assert!(page.contains("现在方便说吗？"), "the words to say");
    let phone = row.telling.contact.phone.as_ref().unwrap().as_str();
    assert!(page.contains(&format!("href=\"tel:{phone}\"")), "one tap");

    let entry = format!("/office/to-tell/{}", row.id);
    let reached = [("result", "reached"), ("try", "1")];
    let stranger = county.signed_in("演示戊").await;
    let theirs = county.post(&entry, &stranger, &reached).await;
    assert!(leads_to(&theirs).ends_with("problem=gone"));
    let entered = county.post(&entry, &officer, &reached).await;
    assert!(leads_to(&entered).ends_with("done=1"));
    let twice = county.post(&entry, &officer, &reached).await;
    assert!(leads_to(&twice).ends_with("problem=gone"));
    let told: ToTell = county.json("to-tell?state=told", &officer).await;
    assert!(told.rows.iter().any(|told| told.id == row.id));

    // No list of people for who keeps accounts.
    let administrator = county.signed_in("演示庚").await;
    let none = county.get("/api/v1/330726/office/to-tell", &administrator);
    assert_eq!(none.await.status(), StatusCode::FORBIDDEN);
}

const PAGE: &[(&str, &str)] = &[
    ("title", "村口的桥"),
    ("aliases", ""),
    ("subject", "roads"),
    ("places", "330726107"),
    ("places", "330726204"),
    ("population", "３０００"),
    ("summary", "桥窄，两车不能并行。"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_public_matter_is_written_approved_by_another_and_followed() {
    let county = County::open().await;
    let author = county.signed_in("演示甲").await;
    let unchecked = county.post("/office/matters/new", &author, PAGE).await;
    let kept = format!("{author}; {}", cookie(&unchecked));
    let page = text_of(county.get(leads_to(&unchecked), &kept).await).await;
    assert!(page.contains("href=\"#checked\"") && page.contains("桥窄，两车不能并行。"));
    let checked = [PAGE, &[("checked", "on")]].concat();
    let proposed = county.post("/office/matters/new", &author, &checked).await;
    let at = leads_to(&proposed).split('?').next().unwrap();
    let id = at.rsplit('/').next().unwrap().to_owned();
    let act = |name: &str| format!("/office/matters/{id}/{name}");

    // Not public, and not the author's to approve.
    let public = format!("/330726/matters/{id}");
    let hidden = county.get(&public, "").await;
    assert_eq!(hidden.status(), StatusCode::NOT_FOUND);
    let own = county.post(&act("approve"), &author, &[]).await;
    assert!(leads_to(&own).contains("kept=1"));
    let approver = county.signed_in("演示乙").await;
    let list: OfficeMatters = county.json("matters", &approver).await;
    assert_eq!(
        list.rows[0].row.matter.to_string(),
        id,
        "it waits at the top"
    );
    let approved = county.post(&act("approve"), &approver, &[]).await;
    assert!(leads_to(&approved).ends_with("done=approve"));

    let view: MatterEditor = county.json(&format!("matters/{id}"), &author).await;
    let unit = view.units[0].id.to_string();
    let promise = [
        ("promise", "加宽成两车道"),
        ("unit", &*unit),
        ("planned", "2199-12-31"),
        ("measure", "桥面宽"),
        ("before", "4 米"),
        ("after", "8 米"),
    ];
    let done = county.post(&act("commit"), &author, &promise).await;
    assert!(leads_to(&done).ends_with("done=commit"));
    let view: MatterEditor = county.json(&format!("matters/{id}"), &author).await;
    let commitment = view.shown.commitments[0].id.to_string();
    let step = [
        ("commitment", &*commitment),
        ("step", "桥墩"),
        ("planned", "2199-06-30"),
    ];
    county.post(&act("add_milestone"), &author, &step).await;
    let view: MatterEditor = county.json(&format!("matters/{id}"), &author).await;
    let milestone = view.shown.commitments[0].milestones[0].id.to_string();
    let earlier = [
        ("milestone", &*milestone),
        ("until", "2199-01-01"),
        ("reason", "提前不是推迟"),
    ];
    let delay = act("delay_milestone");
    let refused = county.post(&delay, &author, &earlier).await;
    let kept = format!("{author}; {}", cookie(&refused));
    let page = text_of(county.get(leads_to(&refused), &kept).await).await;
    assert!(page.contains("提前不是推迟") && page.contains("桥墩"));
    let later = [
        ("milestone", &*milestone),
        ("until", "2199-08-01"),
        ("reason", "汛期"),
    ];
    county.post(&delay, &author, &later).await;
    let page = text_of(county.get(&public, "").await).await;
    for shown in ["加宽成两车道", "8 米", "桥墩", "汛期"] {
        assert!(page.contains(shown), "{shown}");
    }
    // Who keeps accounts writes no pages.
    let administrator = county.signed_in("演示庚").await;
    let none = county.get("/api/v1/330726/office/matters", &administrator);
    assert_eq!(none.await.status(), StatusCode::FORBIDDEN);
}

fn account<'a>(accounts: &'a Accounts, name: &str) -> &'a Account {
    accounts.rows.iter().find(|row| row.name == name).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_keeps_accounts_and_sees_no_case() {
    let county = County::open().await;
    let administrator = county.signed_in("演示庚").await;
    let list = county.get("/api/v1/330726/office/worklist", &administrator);
    assert_eq!(list.await.status(), StatusCode::FORBIDDEN);
    let known: Accounts = county.json("accounts", &administrator).await;
    let unit = known.units[0].id.to_string();
    let new = [
        ("name", "演示癸"),
        ("title", "承办人"),
        ("unit", &*unit),
        ("level", "county"),
        ("role", "unit_handler"),
    ];
    // Nobody else makes accounts.
    let clerk = county.signed_in("演示丙").await;
    let refused = county.post("/office/accounts/add", &clerk, &new).await;
    assert!(leads_to(&refused).contains("kept=1"));

    let added = county
        .post("/office/accounts/add", &administrator, &new)
        .await;
    let shown = leads_to(&added).to_owned();
    let issued = format!("{administrator}; {}", cookie(&added));
    let page = text_of(county.get(&shown, &issued).await).await;
    let (_, link) = page.split_once("/330726/office/enrol/").unwrap();
    let link: String = link.chars().take(43).collect();
    let enrol = county
        .get(&format!("/330726/office/enrol/{link}"), "")
        .await;
    assert!(text_of(enrol).await.contains("演示癸"));
    // To another administrator's browser, or without the cookie, it is not shown.
    let page = text_of(county.get(&shown, &administrator).await).await;
    assert!(!page.contains(&link));
    let away = county
        .post("/office/accounts/handed-over", &issued, &[])
        .await;
    assert!(leads_to(&away).ends_with("done=handed-over"));
    let page = text_of(county.get(&shown, &issued).await).await;
    assert!(!page.contains(&link), "handed over");
    let twice = county
        .post("/office/accounts/add", &administrator, &new)
        .await;
    assert!(leads_to(&twice).contains("kept=1"), "the name is taken");

    // Ended at once, and the last administrator remains.
    let known: Accounts = county.json("accounts", &administrator).await;
    let clerk_id = account(&known, "演示丙").id;
    let me = format!("/office/accounts/{}", known.me);
    let end = format!("/office/accounts/{clerk_id}/disable");
    let ended = county.post(&end, &administrator, &[]).await;
    assert!(leads_to(&ended).ends_with("done=disable"));
    let gone = county.get("/api/v1/330726/office/me", &clerk).await;
    assert_eq!(gone.status(), StatusCode::UNAUTHORIZED);
    for act in ["disable", "link"] {
        let kept = county
            .post(&format!("{me}/{act}"), &administrator, &[])
            .await;
        assert!(leads_to(&kept).contains("kept=1"), "{act}");
    }
    let back = format!("/office/accounts/{clerk_id}/enable");
    county.post(&back, &administrator, &[]).await;
    let known: Accounts = county.json("accounts", &administrator).await;
    let clerk = account(&known, "演示丙");
    assert_eq!(clerk.standing, AccountStanding::Active);

    let office = [("unit_name", "演示办公室"), ("kind", "department")];
    let made = county
        .post("/office/accounts/unit", &administrator, &office)
        .await;
    assert!(leads_to(&made).ends_with("done=unit"));
    let known: Accounts = county.json("accounts", &administrator).await;
    assert!(known.units.iter().any(|unit| unit.name == "演示办公室"));
}
