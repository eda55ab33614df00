//! A photo is shown to those who may read its matter right now, and to nobody else.

use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    office_county::{County, cookie, leads_to},
    phone::{Phone, look, looked_at, photo},
};

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_read_the_matter_sees_its_photos() {
    let county = &County::open().await;
    let phone = Phone::at(&county.address, &county.client).await;
    let stranger = Phone::at(&county.address, &county.client).await;
    let id = phone.photos[0];
    phone.send(id, &photo(64, 48)).await;
    looked_at(&county.attachments).await;
    let sees = async |cookie: &str| {
        let answer = phone.look(id, cookie).await;
        let (status, body) = (answer.status(), answer.bytes().await.unwrap());
        assert!(status == StatusCode::OK || !body.starts_with(&[0xFF, 0xD8]));
        (status, body)
    };
    let (status, nothing) = sees("").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let own = phone.opened().await;
    assert_eq!(sees(&own).await.0, StatusCode::OK);
    // Unknown, still on its way, and another's answer alike.
    let theirs = stranger.opened().await;
    assert_eq!(
        sees(&theirs).await,
        (StatusCode::NOT_FOUND, nothing.clone())
    );
    for unknown in [Uuid::now_v7(), phone.photos[1]] {
        let answer = phone.look(unknown, &own).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        assert_eq!(answer.bytes().await.unwrap(), nothing);
    }
    // Under a matter of one's own the id of another's opens nothing.
    let (client, address) = (&county.client, &county.address);
    let answer = look(client, address, &stranger.case, id, &theirs).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);

    // Closed until it is read: to those who read first, and to no other official.
    let may: Vec<String> = officials_who(county, &phone.case).await;
    assert!(!may.is_empty());
    for name in OFFICIALS {
        let cookie = county.signed_in(name).await;
        let expected = match may.iter().any(|known| known == name) {
            true => StatusCode::OK,
            false => StatusCode::NOT_FOUND,
        };
        assert_eq!(sees(&cookie).await.0, expected, "{name}");
    }
    assert!(may.len() < OFFICIALS.len());
    // The view says which there are.
    let officer = county.signed_in(&may[0]).await;
    let workspace = county.case(&officer, &phone.case).await;
    let states: Vec<String> = workspace
        .attachments
        .iter()
        .map(|known| serde_json::to_value(known.state).unwrap()["state"].to_string())
        .collect();
    assert_eq!(states, ["\"received\"", "\"expected\"", "\"expected\""]);
    let mine = county
        .get(&format!("/api/v1/330726/mine/cases/{}", phone.case), &own)
        .await;
    let mine: serde_json::Value = mine.json().await.unwrap();
    assert_eq!(mine["attachments"].as_array().unwrap().len(), 3);
    a_filing_that_names_another_s_photo_shows_none(county, &phone).await;
    a_reading_that_ended_shows_nothing(&phone, &own).await;
}

const OFFICIALS: &[&str] = &[
    "演示甲",
    "演示乙",
    "演示丙",
    "演示丁",
    "演示戊",
    "演示己",
    "演示庚",
];

/// Those among them to whom the case page opens.
async fn officials_who(county: &County, case: &str) -> Vec<String> {
    let mut may = Vec::new();
    for name in OFFICIALS {
        let cookie = county.signed_in(name).await;
        let at = format!("/api/v1/330726/office/cases/{case}");
        if county.get(&at, &cookie).await.status() == StatusCode::OK {
            may.push((*name).to_owned());
        }
    }
    may
}

/// Who files a matter that names the id of somebody else's photo sees it as still to come.
async fn a_filing_that_names_another_s_photo_shows_none(county: &County, phone: &Phone) {
    let id = phone.photos[0];
    let filing = crate::phone::filing(&[id], &[]);
    let file = json!({ "command": "file", "filing": filing });
    let answer = county.command("", "citizen", &file).await;
    let secret = answer["receipt"]["private_secret"].as_str().unwrap();
    let opened = county.post("/follow", "", &[("code", secret)]).await;
    let cookie = cookie(&opened);
    let case = answer["receipt"]["case"].as_str().unwrap();
    let answer = look(&county.client, &county.address, case, id, &cookie).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

async fn a_reading_that_ended_shows_nothing(phone: &Phone, own: &str) {
    let at = format!("{}/330726/follow/leave", phone.address);
    let ended = phone.client.post(at).header("cookie", own).send().await;
    assert!(ended.unwrap().status().is_redirection());
    let answer = phone.look(phone.photos[0], own).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

/// A registration's are shown with its names: not with a masked list, nor a sealed matter's to those who
/// read the others.
#[tokio::test(flavor = "multi_thread")]
async fn only_who_sees_the_names_of_a_registration_sees_its_photos() {
    let county = &County::open().await;
    let notices = json_of(county, "/api/v1/330726/notices", "").await;
    let visit = notices["upcoming"][0]["visit"].as_str().unwrap();
    let mut seen_by = Vec::new();
    for kind in ["request", "accusation"] {
        let (address, client) = (&county.address, &county.client);
        let phone = Phone::registered(address, client, visit, kind).await;
        let id = phone.photos[0];
        phone.send(id, &photo(64, 48)).await;
        looked_at(&county.attachments).await;
        assert_eq!(phone.look(id, "").await.status(), StatusCode::NOT_FOUND);
        let own = phone.opened().await;
        assert_eq!(phone.look(id, &own).await.status(), StatusCode::OK);
        seen_by.push(officials_who_see(county, visit, &phone).await);
        delegates_see_them_while_they_are_let_in(county, &phone, &own).await;
        a_reading_that_ended_shows_nothing(&phone, &own).await;
    }
    let [ordinary, sealed] = seen_by.try_into().unwrap();
    assert!(!ordinary.is_empty() && ordinary.len() < OFFICIALS.len());
    assert!(ordinary.iter().any(|name| !sealed.contains(name)));
}

async fn json_of(county: &County, path: &str, cookie: &str) -> Value {
    county.get(path, cookie).await.json().await.unwrap()
}

/// Those to whom the registration's own page says what was filed, once each of them has opened its names.
async fn officials_who_see(county: &County, visit: &str, phone: &Phone) -> Vec<&'static str> {
    let mut seen_by = Vec::new();
    for name in OFFICIALS {
        let cookie = county.signed_in(name).await;
        let sees = async || phone.look(phone.photos[0], &cookie).await.status() == StatusCode::OK;
        assert!(!sees().await, "{name}: its names are masked");
        let names = format!("/office/registrations/{}/names", phone.case);
        county.post(&names, &cookie, &[]).await;
        let page = format!("/api/v1/330726/office/registrations/{}", phone.case);
        let page = json_of(county, &page, &cookie).await;
        let seen = sees().await;
        assert_eq!(seen, page["filing"].is_object(), "{name}: {page}");
        let list = format!("/api/v1/330726/office/visits/{visit}/registrations");
        let list = county.get(&list, &cookie).await;
        if list.status() == StatusCode::OK {
            let list: Value = list.json().await.unwrap();
            assert!(!seen || list["named"] == true, "{name}: {list}");
        }
        seen_by.extend(seen.then_some(*name));
    }
    seen_by
}

async fn delegates_see_them_while_they_are_let_in(county: &County, phone: &Phone, own: &str) {
    let until = domain::calendar::china_date(server::clock::now()) + chrono::TimeDelta::days(30);
    let until = until.to_string();
    let fields = [
        ("who", "relative"),
        ("name", "示例小妹"),
        ("until", &*until),
        ("pin", "2468"),
    ];
    let done = county.post("/mine/access/grant", own, &fields).await;
    assert!(leads_to(&done).contains("done=grant"));
    let mine = json_of(county, "/api/v1/330726/mine", own).await;
    let person = &mine["access"]["people"][0];
    let code = person["code"].as_object().unwrap().values().next().unwrap();
    let fields = [("code", code.as_str().unwrap()), ("pin", "2468")];
    let theirs = cookie(&county.post("/follow", "", &fields).await);
    let id = phone.photos[0];
    assert_eq!(phone.look(id, &theirs).await.status(), StatusCode::OK);
    let grant = person["grant"].as_str().unwrap();
    let fields = [("grant", grant)];
    let ended = county.post("/mine/access/revoke", own, &fields).await;
    assert!(leads_to(&ended).contains("done=revoke"));
    let answer = phone.look(id, &theirs).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}
