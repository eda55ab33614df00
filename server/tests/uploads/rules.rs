//! What tus 1.0 asks of a server, and what this one asks of a client.

use domain::attachment::{AttachmentKind, AttachmentState};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::phone::{COUNTY, Phone, command, filing, number, photo, served};

async fn problem(answer: reqwest::Response) -> (StatusCode, Value) {
    assert_eq!(answer.headers()["tus-resumable"], "1.0.0");
    let status = answer.status();
    (status, answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_brings_what_opens_the_way() {
    let served = served().await;
    let (address, client) = (&served.address, &served.client);
    let file = |photos: &[Uuid]| json!({ "command": "file", "filing": filing(photos, &[]) });
    let without = command(address, client, Uuid::now_v7(), &file(&[])).await;
    assert!(without["receipt"].get("upload").is_none(), "{without}");
    let (id, with) = (Uuid::now_v7(), file(&[Uuid::now_v7()]));
    let first = command(address, client, id, &with).await;
    let again = command(address, client, id, &with).await;
    assert!(first["receipt"]["upload"].as_str().unwrap().len() > 43);
    assert_eq!(first, again, "a repeat gets the same");
    let other = command(address, client, Uuid::now_v7(), &with).await;
    assert_ne!(other["receipt"]["upload"], first["receipt"]["upload"]);
    let ten: Vec<Uuid> = (0..10).map(|_| Uuid::now_v7()).collect();
    let refused = command(address, client, Uuid::now_v7(), &file(&ten)).await;
    assert_eq!(
        refused["reason"]["refusal"],
        json!({ "why": "malformed", "field": "attachments" })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_says_what_it_speaks() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let path = format!("{}/api/v1/{COUNTY}/uploads", phone.address);
    let asked = phone.client.request(Method::OPTIONS, path).send();
    let answer = asked.await.unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    for (name, value) in [
        ("tus-resumable", "1.0.0"),
        ("tus-version", "1.0.0"),
        (
            "tus-extension",
            "creation,creation-with-upload,termination,expiration",
        ),
        ("tus-max-size", "10485760"),
    ] {
        assert_eq!(answer.headers()[name], value, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_comes_in_chunks_and_the_list_tells_how_far() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (id, bytes) = (phone.photos[0], photo(400, 300));
    let kinds: Vec<AttachmentKind> = phone.list().await.iter().map(|known| known.kind).collect();
    let (image, audio) = (AttachmentKind::Image, AttachmentKind::Audio);
    assert_eq!(kinds, [image, image, audio]);
    assert_eq!(phone.state(id).await, AttachmentState::Expected);
    assert_eq!(phone.head(id).await.status(), StatusCode::NOT_FOUND);

    let announced = phone.announced(id, bytes.len()).await;
    assert_eq!(announced.status(), StatusCode::CREATED);
    assert_eq!(announced.headers()["location"], *Phone::path(id));
    assert!(announced.headers().contains_key("upload-expires"));
    let answer = phone.patch(id, 0, &bytes[..1000]).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert_eq!(number(&answer, "upload-offset"), 1000);
    let of = bytes.len() as u64;
    assert_eq!(
        phone.state(id).await,
        AttachmentState::Arriving { bytes: 1000, of }
    );
    let head = phone.head(id).await;
    assert_eq!(head.headers()["cache-control"], "no-store");
    assert_eq!(number(&head, "upload-length"), bytes.len());
    assert_eq!(number(&head, "upload-offset"), 1000);
    let last = phone.patch(id, 1000, &bytes[1000..]).await;
    assert_eq!(last.status(), StatusCode::NO_CONTENT);
    assert!(!last.headers().contains_key("upload-expires"));
    assert_eq!(phone.state(id).await, AttachmentState::Checking);
    assert_eq!(phone.offset(id).await, bytes.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_bytes_may_come_with_the_announcement() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (id, bytes) = (phone.photos[0], photo(64, 48));
    let request = phone
        .announce(id, bytes.len())
        .header("content-type", "application/offset+octet-stream")
        .body(bytes.clone());
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    assert_eq!(number(&answer, "upload-offset"), bytes.len());
    assert_eq!(phone.state(id).await, AttachmentState::Checking);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_photo_announced_again_is_one_upload() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let id = phone.photos[0];
    phone.announced(id, 5000).await;
    phone.patch(id, 0, &[7; 100]).await;
    let again = phone.announced(id, 5000).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert_eq!(again.headers()["location"], *Phone::path(id));
    assert_eq!(number(&again, "upload-offset"), 100);
    let other = problem(phone.announced(id, 4000).await).await;
    let expected = json!({ "problem": "other_length", "length": 5000 });
    assert_eq!(other, (StatusCode::CONFLICT, expected));
    assert_eq!(phone.offset(id).await, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_said_and_changes_nothing() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let id = phone.photos[0];
    let refused =
        async |request: reqwest::RequestBuilder| problem(request.send().await.unwrap()).await;

    let (status, why) = refused(phone.announce(Uuid::now_v7(), 10)).await;
    assert_eq!(
        (status, &why["problem"]),
        (StatusCode::NOT_FOUND, &json!("not_found"))
    );
    let (status, why) = refused(phone.announce(id, 10 * 1024 * 1024 + 1)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(why["most"], 10 * 1024 * 1024);
    let (status, _) = refused(phone.announce(phone.voice, 3 * 1024 * 1024 + 1)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    let (status, _) = refused(phone.announce(id, 0)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let nameless = phone.ask(Method::POST, &format!("/api/v1/{COUNTY}/uploads"));
    let (status, why) = refused(nameless.header("upload-length", 10)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(why["header"], "upload-metadata");

    phone.announced(id, 10).await;
    phone.patch(id, 0, &[1; 4]).await;
    let (status, why) = refused(phone.chunk(id, 3, &[2; 4])).await;
    assert_eq!(
        (status, &why["problem"]),
        (StatusCode::CONFLICT, &json!("offset"))
    );
    let (status, why) = refused(phone.chunk(id, 4, &[2; 7])).await;
    assert_eq!(
        (status, &why["problem"]),
        (StatusCode::PAYLOAD_TOO_LARGE, &json!("too_much"))
    );
    let typed = phone.ask(Method::PATCH, &Phone::path(id));
    let typed = typed.header("upload-offset", 4).body(vec![2; 6]);
    let (status, _) = refused(typed.header("content-type", "image/jpeg")).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let (status, _) = refused(phone.chunk(phone.photos[1], 0, &[2; 6])).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(phone.offset(id).await, 4);

    let path = format!("{}{}", phone.address, Phone::path(id));
    let bare = phone.client.patch(&path).bearer_auth(&phone.token);
    let answer = bare.header("upload-offset", 4).send().await.unwrap();
    assert_eq!(answer.headers()["tus-version"], "1.0.0");
    assert_eq!(answer.status(), StatusCode::PRECONDITION_FAILED);
    let elsewhere = path.replace(COUNTY, "330727");
    let elsewhere = phone.client.head(elsewhere).bearer_auth(&phone.token);
    let answer = elsewhere
        .header("tus-resumable", "1.0.0")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_opens_nothing() {
    let served = served().await;
    let (phone, other) = (Phone::of(&served).await, Phone::of(&served).await);
    let id = phone.photos[0];
    phone.announced(id, 10).await;
    let mut forged = Phone::of(&served).await;
    // The ids of one and the digest of another.
    let mixed = format!("{}{}", &phone.token[..23], &other.token[23..]);
    assert_ne!(mixed, phone.token);
    let longer = format!("{}A", phone.token);
    for token in ["", "x", &phone.token[1..], &longer, &mixed] {
        forged.token = token.to_owned();
        for answer in [
            forged.announced(id, 10).await,
            forged.patch(id, 0, &[1; 10]).await,
            forged.head(id).await,
        ] {
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{token}");
        }
    }
    // Somebody else's, who knows the id: as if there were no such thing.
    for answer in [
        other.announced(id, 10).await,
        other.patch(id, 0, &[1; 10]).await,
        other.head(id).await,
    ] {
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(phone.offset(id).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_can_be_taken_back_until_it_is_whole() {
    let served = served().await;
    let phone = Phone::of(&served).await;
    let (id, whole) = (phone.photos[0], phone.photos[1]);
    phone.announced(id, 10).await;
    phone.patch(id, 0, &[1; 4]).await;
    let taken_back = phone.ask(Method::DELETE, &Phone::path(id));
    let taken_back = taken_back.send().await.unwrap();
    assert_eq!(taken_back.status(), StatusCode::NO_CONTENT);
    assert_eq!(phone.head(id).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(phone.state(id).await, AttachmentState::Expected);
    phone.send(whole, &photo(64, 48)).await;
    let over = phone.ask(Method::POST, &Phone::path(whole));
    let over = over.header("x-http-method-override", "DELETE");
    let (status, why) = problem(over.send().await.unwrap()).await;
    assert_eq!(
        (status, &why["problem"]),
        (StatusCode::CONFLICT, &json!("whole"))
    );
    assert_eq!(phone.state(whole).await, AttachmentState::Checking);
}
