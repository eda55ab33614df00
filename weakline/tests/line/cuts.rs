//! Connections that are cut at a byte.

use std::{io::ErrorKind, time::Duration};

use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    browser::{Browser, PATIENCE, request},
    weakline::{Weakline, line},
};

const A_WHILE: Duration = Duration::from_millis(150);

fn cut(side: &str, after: usize, how: &str) -> Value {
    json!({
        "fault": "cut", "side": side, "after": after, "how": how,
        "on": {"path": "/commands", "times": 1},
    })
}

#[tokio::test]
async fn an_answer_is_cut_at_every_byte() {
    let (origin, weakline) = line().await;
    let whole = weakline
        .browser()
        .await
        .ask("POST", "/commands", b"{}")
        .await;
    let whole = whole.unwrap();
    let length = whole.head.len() + whole.body.len();
    let mut browser = weakline.browser().await;
    for after in 0..=length {
        browser.get("/hello").await.unwrap();
        weakline.fault(cut("answer", after, "rst")).await;
        browser.post("/commands", b"{}").await;
        let (bytes, end) = browser.rest().await;
        assert_eq!(bytes.len(), after);
        assert_eq!(
            end.unwrap_err().kind(),
            ErrorKind::ConnectionReset,
            "after {after}"
        );
        browser = weakline.browser().await;
    }
    assert_eq!(origin.commands(), length + 2);
    let seen = weakline.seen().await;
    let cuts = seen["requests"].as_array().unwrap().iter();
    assert_eq!(
        cuts.filter(|request| request["fault"] == "cut").count(),
        length + 1
    );
}

#[tokio::test]
async fn an_answer_is_cut_by_a_fin_or_not_finished_at_all() {
    let (_origin, weakline) = line().await;
    weakline.fault(cut("answer", 20, "fin")).await;
    let mut browser = weakline.browser().await;
    browser.post("/commands", b"{}").await;
    let (bytes, end) = browser.rest().await;
    assert_eq!(bytes.len(), 20);
    assert!(end.is_ok(), "{end:?}");

    weakline.fault(cut("answer", 20, "swallow")).await;
    let mut browser = weakline.browser().await;
    // The server closes the connection, and that is swallowed, too.
    let ask = b"POST /commands HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    browser.send(ask).await.unwrap();
    assert_eq!(browser.meanwhile(A_WHILE).await.len(), 20);
}

/// Sends a command of 4,000 bytes that is cut, and gives back the connection.
async fn upload(weakline: &Weakline, after: usize, how: &str) -> Browser {
    weakline.fault(cut("request", after, how)).await;
    let mut browser = weakline.browser().await;
    browser.post("/commands", &[7; 4_000]).await;
    browser
}

#[tokio::test]
async fn a_request_is_cut_at_its_byte() {
    let (origin, weakline) = line().await;
    let head = request("POST", "/commands", &[7; 4_000]).len() - 4_000;
    for after in [0, 1, head - 1, head, head + 1, head + 1_460, head + 3_999] {
        for (how, kind) in [("rst", Some(ErrorKind::ConnectionReset)), ("fin", None)] {
            *origin.met.bytes.lock().unwrap() = 0;
            weakline.control("DELETE", "/seen", "").await;
            let (bytes, end) = upload(&weakline, after, how).await.rest().await;
            assert!(bytes.is_empty(), "after {after}");
            assert_eq!(
                end.err().map(|error| error.kind()),
                kind,
                "{how} after {after}"
            );
            if after > head {
                timeout(PATIENCE, origin.met.broken.notified())
                    .await
                    .unwrap();
            }
            let arrived = *origin.met.bytes.lock().unwrap();
            assert_eq!(
                arrived,
                after.saturating_sub(head) as u64,
                "{how} after {after}"
            );
            assert_eq!(weakline.seen().await["bytes_up"], after);
        }
    }
    assert_eq!(origin.commands(), 0);
}

#[tokio::test]
async fn after_a_fin_the_browser_may_finish_what_it_says() {
    let (_origin, weakline) = line().await;
    weakline.fault(cut("request", 1_000, "fin")).await;
    let mut browser = weakline.browser().await;
    // More than both kernels hold.
    browser.post("/commands", &vec![7; 16 << 20]).await;
    assert!(browser.rest().await.1.is_ok());
}

#[tokio::test]
async fn a_request_that_is_cut_after_its_last_byte_has_been_made() {
    let (origin, weakline) = line().await;
    let length = request("POST", "/commands", &[7; 4_000]).len();
    let (bytes, end) = upload(&weakline, length, "rst").await.rest().await;
    assert!(bytes.is_empty());
    assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(origin.commands(), 1);
}

#[tokio::test]
async fn a_swallowed_request_leaves_the_browser_waiting() {
    let (origin, weakline) = line().await;
    let mut browser = upload(&weakline, 1_000, "swallow").await;
    assert!(browser.meanwhile(A_WHILE).await.is_empty());
    drop(browser);
    timeout(PATIENCE, origin.met.broken.notified())
        .await
        .unwrap();
    assert_eq!(origin.commands(), 0);
    assert_eq!(weakline.seen().await["bytes_up"], 1_000);
}

#[tokio::test]
async fn a_cut_is_over_after_its_times() {
    let (origin, weakline) = line().await;
    let on = json!({"path": "/commands", "from": 2, "times": 2});
    weakline
        .fault(json!({"fault": "cut", "side": "request", "after": 10, "on": on}))
        .await;
    let mut worked = Vec::new();
    for _ in 0..5 {
        let mut browser = weakline.browser().await;
        worked.push(browser.ask("POST", "/commands", b"{}").await.is_ok());
    }
    assert_eq!(worked, [true, false, false, true, true]);
    assert_eq!(origin.commands(), 3);
}

#[tokio::test]
async fn a_cut_after_the_end_cuts_nothing() {
    let (_origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    for side in ["request", "answer"] {
        weakline.fault(cut(side, 1_000, "rst")).await;
        for path in ["/commands", "/echo"] {
            let answer = browser.ask("POST", path, &[7; 900]).await;
            assert_eq!(answer.unwrap().status, 200, "{side} {path}");
        }
    }
}
