//! Officials' tablets, over HTTP: registered with their holder, and refused once they are lost.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

#[allow(dead_code, reason = "each test file uses a part of the county")]
mod office_county;
mod served;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ids::DeviceId,
    office::{CaseAct, CaseCommand, OfficeCommand},
    text::Line,
};
use office_county::{County, leads_to, text_of};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use server::{accounts, clock, http::tablets};
use store::records::{SessionLimits, Token};
use sync::{
    ReadProblem,
    view::{Accounts, Tablet, TabletPass, TabletRows, TabletStanding, Workspace},
};
use uuid::Uuid;

const OFFICER: &str = "演示甲";
const OTHER: &str = "演示己";
const ADMINISTRATOR: &str = "演示庚";

impl County {
    async fn register(&self, cookie: &str, id: Uuid, name: &str) -> Response {
        self.register_as(cookie, &json!({ "id": id, "name": name }))
            .await
    }

    async fn register_as(&self, cookie: &str, body: &Value) -> Response {
        let at = format!("{}/api/v1/330726/office/tablets", self.address);
        let request = self.client.post(at).header("cookie", cookie).json(body);
        request.send().await.unwrap()
    }

    /// What a tablet is told; nobody is signed in.
    async fn standing(&self, id: Uuid) -> Option<bool> {
        let at = format!("/api/v1/330726/tablets/{id}");
        let answer = self.get(&at, "").await;
        match answer.status() {
            StatusCode::OK => Some(answer.json::<TabletStanding>().await.unwrap().lost),
            StatusCode::NOT_FOUND => None,
            other => panic!("{other}"),
        }
    }

    async fn known(&self, id: Uuid) -> Tablet {
        let administrator = self.signed_in(ADMINISTRATOR).await;
        let page = self.get("/api/v1/330726/office/accounts", &administrator);
        let page: Accounts = page.await.json().await.unwrap();
        let mut tablets = page.tablets.into_iter();
        tablets.find(|tablet| tablet.id.0 == id).unwrap()
    }

    async fn lose(&self, cookie: &str, id: Uuid) -> Response {
        self.post(&format!("/office/accounts/tablets/{id}/lost"), cookie, &[])
            .await
    }

    /// A case's number in another register, from a device.
    async fn number_from(
        &self,
        device: Option<Uuid>,
        cookie: &str,
        (id, case): (Uuid, &str),
    ) -> Value {
        let under = (None, clock::now());
        self.number_under(under, device, cookie, (id, case)).await
    }

    /// The same, captured under a sign-in.
    async fn number_under(
        &self,
        (sign_in, captured_at): (Option<Uuid>, DateTime<Utc>),
        device: Option<Uuid>,
        cookie: &str,
        (id, case): (Uuid, &str),
    ) -> Value {
        let command = OfficeCommand::Case(CaseCommand {
            case: case.parse().unwrap(),
            act: CaseAct::RecordExternal {
                system: Line::parse("国家信访系统").unwrap(),
                number: Line::parse("T-1").unwrap(),
                entered_on: "2026-01-05".parse().unwrap(),
            },
        });
        let envelope = json!({
            "id": id, "county": "330726", "area": "office", "device": device, "build": "test",
            "sign_in": sign_in, "captured_at": captured_at, "expected_version": null, "command": command,
        });
        self.envelope(cookie, &envelope).await
    }

    /// A sign-in of so long ago, which may be made to last longer than sign-ins do.
    async fn signed_in_before(&self, minutes: i64, absolute: Duration) -> (String, DateTime<Utc>) {
        let (store, at) = (&self.data.store, clock::now() - TimeDelta::minutes(minutes));
        let account = store.account_by_name(self.data.county, OFFICER).await;
        let limits = SessionLimits {
            absolute,
            ..accounts::SESSION
        };
        let account = account.unwrap().unwrap();
        let token = store.create_session(account.id, limits, at.into());
        let token: Token = token.await.unwrap();
        (format!("__Host-office={}", token.expose()), at)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_is_registered_with_whoever_is_signed_in_and_renewed_by_nobody_else() {
    let county = County::open().await;
    let (id, officer) = (Uuid::new_v4(), county.signed_in(OFFICER).await);
    assert_eq!(county.standing(id).await, None);
    let nobody = county.register("", id, "窗口一").await;
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
    let why: ReadProblem = nobody.json().await.unwrap();
    assert_eq!(why, ReadProblem::NotOpened);

    let pass = county.register(&officer, id, " 窗口一 ").await;
    assert_eq!(pass.status(), StatusCode::OK);
    assert_eq!(county.standing(id).await, Some(false));
    let known = county.known(id).await;
    assert_eq!((&*known.name, &*known.holder_name), ("窗口一", OFFICER));
    assert_eq!(known.lost, None);

    let other = county.signed_in(OTHER).await;
    let theirs = county.register(&other, id, "我的").await;
    assert_eq!(theirs.status(), StatusCode::FORBIDDEN);
    let renewed = county.register(&officer, id, "下乡用").await;
    assert_eq!(renewed.status(), StatusCode::OK);
    let again = county.known(id).await;
    assert_eq!(again.name, "下乡用");
    assert_eq!(again.registered, known.registered);
    assert!(again.last_contact > known.last_contact);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_tablet_is_not_registered() {
    let county = County::open().await;
    let (id, officer) = (Uuid::new_v4(), county.signed_in(OFFICER).await);
    let twenty = "平".repeat(20);
    for name in ["", "  ", "一\u{7}", &format!("{twenty}板")] {
        let refused = county.register(&officer, id, name).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let why: Value = refused.json().await.unwrap();
        assert_eq!(why["mistakes"][0]["field"], "name", "{why}");
    }
    for body in [
        json!({ "name": "平板" }),
        json!({ "id": "1", "name": "平板" }),
    ] {
        let refused = county.register_as(&officer, &body).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    }
    let elsewhere = format!("{}/api/v1/330726/office/tablets", county.address);
    let elsewhere = county.client.post(elsewhere).header("cookie", &officer);
    let elsewhere = elsewhere.header("sec-fetch-site", "cross-site");
    let body = json!({ "id": id, "name": "平板" });
    let refused = elsewhere.json(&body).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert_eq!(county.standing(id).await, None);
    let fits = county.register(&officer, id, &twenty).await;
    assert_eq!(fits.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_ends_with_its_sign_in_and_twelve_hours_after_it_began() {
    let county = County::open().await;
    let hours = |count: u64| Duration::from_secs(count * 3600);
    for (absolute, ends_after) in [(hours(24), 12), (hours(12), 12), (hours(5), 5)] {
        let (officer, began) = county.signed_in_before(50, absolute).await;
        let pass = county.register(&officer, Uuid::new_v4(), "平板").await;
        let pass: TabletPass = pass.json().await.unwrap();
        let off = pass.until - (began + TimeDelta::hours(ends_after));
        assert!(
            off.abs() < TimeDelta::milliseconds(1),
            "{absolute:?}: {off}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_tablet_is_told_so_and_nothing_is_taken_from_it() {
    let county = &County::open().await;
    let (id, officer) = (Uuid::new_v4(), county.signed_in(OFFICER).await);
    let administrator = county.signed_in(ADMINISTRATOR).await;
    county.register(&officer, id, "窗口一").await;
    let case = &*county.first_case(&officer).await;

    // Only an administrator says so.
    let refused = county.lose(&officer, id).await;
    assert!(leads_to(&refused).contains("kept=1"));
    assert_eq!(county.standing(id).await, Some(false));
    let page = "/330726/office/accounts";
    let list = text_of(county.get(page, &administrator).await).await;
    assert!(list.contains(&format!("?tablet={id}")) && list.contains("窗口一"));
    let asked = format!("{page}?tablet={id}");
    let asked = text_of(county.get(&asked, &administrator).await).await;
    assert!(asked.contains("报失不能撤回"));

    let lost = county.lose(&administrator, id).await;
    assert!(leads_to(&lost).ends_with("done=lost"));
    let known = county.known(id).await;
    let since = known.lost.unwrap();
    assert!(!known.was_told());
    county.lose(&administrator, id).await;
    assert_eq!(county.known(id).await.lost, Some(since), "said once");
    let list = text_of(county.get(page, &administrator).await).await;
    assert!(list.contains("已报失") && list.contains("报失后还没有联系"));
    assert!(!list.contains(&format!("?tablet={id}")));

    // Its browser may be signed in; who reports it stays so.
    let out = county.get("/api/v1/330726/office/me", &officer).await;
    assert_eq!(out.status(), StatusCode::UNAUTHORIZED);

    assert_eq!(county.standing(id).await, Some(true));
    assert!(county.known(id).await.was_told());
    let officer = county.signed_in(OFFICER).await;
    let again = county.register(&officer, id, "又一次").await;
    assert_eq!(again.status(), StatusCode::GONE);
    assert_eq!(
        again.json::<Value>().await.unwrap(),
        json!({ "lost": true })
    );

    // Nothing is carried out, and nothing is answered for good.
    let command = Uuid::now_v7();
    let answer = county
        .number_from(Some(id), &officer, (command, case))
        .await;
    assert_eq!(answer["reason"]["kind"], "tablet_lost", "{answer}");
    assert!(county.numbers(&officer, case).await.is_empty());
    let answer = county.number_from(None, &officer, (command, case)).await;
    assert_eq!(answer["answer"], "received", "{answer}");
    assert_eq!(county.numbers(&officer, case).await, ["T-1"]);
}

/// Nobody sees a tablet that has no network: the hour without a page does not end what it is used for.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_captured_on_a_tablet_without_a_network_counts_as_long_as_its_pass() {
    let county = &County::open().await;
    let (id, officer) = (Uuid::new_v4(), county.signed_in(OFFICER).await);
    let case = &*county.first_case(&officer).await;
    county.register(&officer, id, "下乡用").await;
    let absolute = accounts::SESSION.absolute;
    let (past, began) = county.signed_in_before(13 * 60, absolute).await;
    let token = past.strip_prefix("__Host-office=").and_then(Token::parse);
    let sign_in = token.unwrap().sign_in_id();
    let sent = async |device, hours| {
        let under = (Some(sign_in), began + TimeDelta::hours(hours));
        let command = (Uuid::now_v7(), case);
        let answer = county.number_under(under, device, &officer, command).await;
        answer["answer"] == "received"
    };
    assert!(sent(Some(id), 5).await && sent(Some(id), 12).await);
    assert!(!sent(Some(id), 13).await, "the pass was over");
    assert!(!sent(None, 5).await, "no tablet");
    assert!(!sent(Some(Uuid::new_v4()), 5).await, "nobody's tablet");
    let other = Uuid::new_v4();
    let theirs = county.signed_in(OTHER).await;
    county.register(&theirs, other, "别人的").await;
    assert!(!sent(Some(other), 5).await, "another's tablet");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_never_was_registered_sends_as_any_phone() {
    let county = &County::open().await;
    let officer = county.signed_in(OFFICER).await;
    let case = &*county.first_case(&officer).await;
    let device = Uuid::new_v4();
    let sent = county.number_from(Some(device), &officer, (Uuid::now_v7(), case));
    assert_eq!(sent.await["answer"], "received");
    assert_eq!(county.standing(device).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_a_contact() {
    let county = &County::open().await;
    let (id, officer) = (Uuid::new_v4(), county.signed_in(OFFICER).await);
    let store = &county.data.store;
    let holder = store.account_by_name(county.data.county, OFFICER).await;
    let (holder, hour_ago) = (
        holder.unwrap().unwrap().id,
        clock::now() - TimeDelta::hours(1),
    );
    let done = store.register_tablet(id, holder, "平板", hour_ago.into());
    done.await.unwrap();
    let case = &*county.first_case(&officer).await;
    let sent = county.number_from(Some(id), &officer, (Uuid::now_v7(), case));
    assert_eq!(sent.await["answer"], "received");
    let known = county.known(id).await;
    assert!(known.last_contact > hour_ago + TimeDelta::minutes(59));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tablets_of_an_account_end_with_it_and_stay_ended() {
    let county = County::open().await;
    let (id, officer) = (Uuid::new_v4(), county.signed_in(OFFICER).await);
    let administrator = county.signed_in(ADMINISTRATOR).await;
    county.register(&officer, id, "窗口一").await;
    let holder = county.known(id).await.holder;
    for act in ["disable", "enable"] {
        let at = format!("/office/accounts/{holder}/{act}");
        let done = county.post(&at, &administrator, &[]).await;
        assert!(leads_to(&done).ends_with(&format!("done={act}")));
        assert_eq!(county.standing(id).await, Some(true), "after {act}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_reads_only_for_its_holder_and_until_it_is_lost() {
    let county = County::open().await;
    let (data, id) = (&county.data, Uuid::new_v4());
    let officer = county.signed_in(OFFICER).await;
    let official = async |cookie: &str| {
        let token = cookie.strip_prefix("__Host-office=").and_then(Token::parse);
        let official = accounts::official(data, &token.unwrap(), clock::now()).await;
        official.unwrap().unwrap()
    };
    let holder = official(&officer).await;
    let other = official(&county.signed_in(OTHER).await).await;
    let let_in = async |official| tablets::let_in(data, official, DeviceId(id), clock::now()).await;
    assert_eq!(let_in(&holder).await, Err(ReadProblem::NotFound));
    county.register(&officer, id, "窗口一").await;
    assert_eq!(let_in(&holder).await, Ok(()));
    assert_eq!(let_in(&other).await, Err(ReadProblem::NotFound));
    county
        .lose(&county.signed_in(ADMINISTRATOR).await, id)
        .await;
    assert_eq!(let_in(&holder).await, Err(ReadProblem::NotAllowed));
    assert_eq!(let_in(&other).await, Err(ReadProblem::NotFound));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_reads_its_holders_worklist_until_it_is_lost() {
    let county = County::open().await;
    let (id, officer) = (Uuid::new_v4(), county.signed_in(OFFICER).await);
    let rows = format!("/api/v1/330726/office/tablet/rows?tablet={id}");
    let unknown = county.get(&rows, &officer).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    county.register(&officer, id, "3号室平板").await;
    let whole: TabletRows = county.get(&rows, &officer).await.json().await.unwrap();
    assert!(whole.whole && !whole.rows.is_empty());

    let since = format!("{rows}&since={}", whole.next);
    let nothing: TabletRows = county.get(&since, &officer).await.json().await.unwrap();
    assert!(!nothing.whole && nothing.rows.is_empty());
    // Who says what it holds is told nothing when that is so.
    let held = |digest: &str| format!("{since}&held={digest}");
    let quiet = county.get(&held(&nothing.held), &officer).await;
    assert_eq!(quiet.status(), StatusCode::NO_CONTENT);
    let other = county.get(&held("0000000000000000"), &officer).await;
    assert_eq!(other.status(), StatusCode::OK);
    let case = whole.rows[0].row.case;
    let named = case.to_string();
    let answer = county.number_from(Some(id), &officer, (Uuid::now_v7(), &named));
    assert_eq!(answer.await["answer"], "received");
    let changed = county.get(&held(&nothing.held), &officer).await;
    let changed: TabletRows = changed.json().await.unwrap();
    assert_eq!(changed.rows.len(), 1);
    assert_eq!(changed.rows[0].version, whole.rows[0].version + 1);

    let cases = format!("/api/v1/330726/office/tablet/cases?tablet={id}&cases={case}");
    let found: Vec<Workspace> = county.get(&cases, &officer).await.json().await.unwrap();
    assert_eq!(
        (found[0].id, found[0].version),
        (case, changed.rows[0].version)
    );
    let other = county.signed_in(OTHER).await;
    assert_eq!(
        county.get(&cases, &other).await.status(),
        StatusCode::NOT_FOUND
    );

    let administrator = county.signed_in(ADMINISTRATOR).await;
    county.lose(&administrator, id).await;
    let out = county.get(&rows, &officer).await;
    assert_eq!(out.status(), StatusCode::UNAUTHORIZED);
    let officer = county.signed_in(OFFICER).await;
    for path in [&rows, &cases] {
        assert_eq!(
            county.get(path, &officer).await.status(),
            StatusCode::FORBIDDEN
        );
    }
}
