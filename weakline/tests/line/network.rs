//! No network, one that swallows all, and one that comes and goes.

use std::{
    io::ErrorKind,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::time::{sleep, timeout};

use crate::{
    browser::{PATIENCE, request},
    weakline::line,
};

const A_WHILE: Duration = Duration::from_millis(150);

#[tokio::test]
async fn down_resets_connections_old_and_new() {
    let (origin, weakline) = line().await;
    let mut old = weakline.browser().await;
    old.get("/hello").await.unwrap();
    weakline.fault(json!({"fault": "down"})).await;
    let (bytes, end) = old.rest().await;
    assert!(bytes.is_empty());
    assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);

    let asked = weakline.ask("POST", "/commands").await;
    assert!(asked.is_err(), "{asked:?}");
    assert_eq!(origin.commands(), 0);
    assert_eq!(weakline.seen().await["refused"], 1);
}

#[tokio::test]
async fn a_short_outage_resets_as_well() {
    let (_origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    browser.get("/hello").await.unwrap();
    weakline.fault(json!({"fault": "down"})).await;
    weakline.fault(json!({"fault": "up"})).await;
    let (_, end) = browser.rest().await;
    assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(
        weakline.browser().await.get("/hello").await.unwrap().text(),
        "hello"
    );
}

#[tokio::test]
async fn a_black_hole_lets_nothing_pass_and_goes_on_afterwards() {
    let (origin, weakline) = line().await;
    let mut old = weakline.browser().await;
    old.get("/hello").await.unwrap();
    let before = weakline.seen().await;
    weakline.fault(json!({"fault": "blackhole"})).await;
    let mut new = weakline.browser().await;
    let ask = request("POST", "/commands", b"{}");
    for browser in [&mut old, &mut new] {
        browser.send(&ask).await.unwrap();
        assert!(browser.meanwhile(A_WHILE).await.is_empty());
    }
    let after = weakline.seen().await;
    assert_eq!(origin.commands(), 0);
    assert_eq!(after["bytes_up"], before["bytes_up"]);
    assert_eq!(after["requests"], before["requests"]);

    weakline.fault(json!({"fault": "up"})).await;
    for browser in [&mut old, &mut new] {
        assert_eq!(browser.answer("POST").await.unwrap().status, 200);
    }
    assert_eq!(origin.commands(), 2);
}

#[tokio::test]
async fn a_black_hole_opens_in_the_middle_of_an_answer() {
    let (_origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    weakline.profile(100, 100, 0).await;
    let ask = request("GET", "/many/20000", b"");
    browser.send(&ask).await.unwrap();
    while browser.line().await.unwrap() != "\r\n" {}
    weakline.fault(json!({"fault": "blackhole"})).await;
    // What had arrived before may still be read here.
    browser.meanwhile(Duration::from_millis(20)).await;
    assert!(browser.meanwhile(A_WHILE).await.is_empty());
}

#[tokio::test]
async fn a_flapping_line_works_now_and_then_and_after_the_reset_always() {
    let (_origin, weakline) = line().await;
    let flap = json!({"fault": "flap", "up_ms": 40, "down_ms": 40});
    weakline.fault(flap).await;
    // A line that does not flap runs into the test's patience.
    for up in [true, false, true, false] {
        let turns = async { while weakline.ask("GET", "/hello").await.is_ok() != up {} };
        timeout(PATIENCE, turns).await.unwrap();
    }
    weakline.reset().await;
    sleep(A_WHILE).await;
    assert!(weakline.ask("GET", "/hello").await.is_ok());
    assert_eq!(weakline.seen().await["refused"], 0);
}

#[tokio::test]
async fn a_line_that_flaps_into_a_black_hole_keeps_its_connections() {
    let (_origin, weakline) = line().await;
    let flap = json!({"fault": "flap", "up_ms": 20, "down_ms": 20, "as": "blackhole"});
    weakline.fault(flap).await;
    let mut browser = weakline.browser().await;
    let began = Instant::now();
    while began.elapsed() < A_WHILE {
        browser.get("/hello").await.unwrap();
    }
    assert_eq!(weakline.seen().await["connections"], 1);
}
