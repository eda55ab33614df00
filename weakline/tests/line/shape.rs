//! Rate and delay.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{
    origin::Origin,
    weakline::{Weakline, line},
};

/// What so many bytes take at a rate.
fn takes(bytes: &Value, kbit: u64) -> Duration {
    Duration::from_micros(bytes.as_u64().unwrap() * 8_000 / kbit)
}

const ROUND_TRIP: Duration = Duration::from_millis(200);

#[tokio::test]
async fn a_first_answer_takes_two_round_trips_and_its_bytes() {
    let (_origin, weakline) = line().await;
    weakline.profile(400, 100, 200).await;
    let began = Instant::now();
    let mut browser = weakline.browser().await;
    browser.get("/many/10000").await.unwrap();
    let took = began.elapsed();
    let seen = weakline.seen().await;
    let (up, down) = (
        takes(&seen["bytes_up"], 100),
        takes(&seen["bytes_down"], 400),
    );
    assert!(down > ROUND_TRIP);
    assert!(took >= 2 * ROUND_TRIP + up + down, "{took:?}");
}

#[tokio::test]
async fn a_kept_connection_takes_one_round_trip() {
    let (_origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    browser.get("/hello").await.unwrap();
    weakline.profile(10_000, 10_000, 200).await;
    let began = Instant::now();
    browser.get("/hello").await.unwrap();
    assert!(began.elapsed() >= ROUND_TRIP);
}

#[tokio::test]
async fn even_an_end_takes_its_way() {
    let (_origin, weakline) = line().await;
    weakline.profile(10_000, 10_000, 200).await;
    weakline
        .fault(json!({"fault": "cut", "side": "answer", "after": 0}))
        .await;
    let began = Instant::now();
    assert!(weakline.ask("GET", "/hello").await.is_err());
    assert!(began.elapsed() >= 2 * ROUND_TRIP);
}

#[tokio::test]
async fn an_upload_takes_its_bytes() {
    let (origin, weakline) = line().await;
    weakline.profile(10_000, 200, 0).await;
    let began = Instant::now();
    let body = vec![7; 10_000];
    let mut browser = weakline.browser().await;
    browser.ask("POST", "/commands", &body).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(10_000 * 8 / 200));
    assert_eq!(origin.met.commands.lock().unwrap()[0], body);
}

#[tokio::test]
async fn all_connections_share_one_link() {
    let (_origin, weakline) = line().await;
    weakline.profile(400, 400, 0).await;
    let began = Instant::now();
    let (mut one, mut two) = (weakline.browser().await, weakline.browser().await);
    let (first, second) = tokio::join!(one.get("/many/8000"), two.get("/many/8000"));
    let took = began.elapsed();
    assert_eq!(
        (first.unwrap().body.len(), second.unwrap().body.len()),
        (8_000, 8_000)
    );
    assert!(took >= Duration::from_millis(16_000 * 8 / 400), "{took:?}");
}

#[tokio::test]
async fn a_small_answer_need_not_wait_for_a_large_one() {
    let (_origin, weakline) = line().await;
    weakline.profile(400, 400, 0).await;
    let (mut large, mut small) = (weakline.browser().await, weakline.browser().await);
    tokio::select! {
        answer = large.get("/many/50000") => panic!("the large one was first: {answer:?}"),
        answer = small.get("/hello") => assert_eq!(answer.unwrap().text(), "hello"),
    }
}

#[tokio::test]
async fn the_first_profile_is_the_one_it_was_started_with() {
    let origin = Origin::start().await;
    let weakline = Weakline::start(origin.address, "3g").await;
    let began = Instant::now();
    weakline.browser().await.get("/many/20000").await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(2 * 300 + 20_000 * 8 / 700));
}
