//! A photo is shown to those who may read its matter right now, and to nobody else.

use reqwest::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::{
    office_county::County,
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
    let cookie = crate::office_county::cookie(&opened);
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
