//! Answers that are lost, and answers that are not the server's.

use std::{io::ErrorKind, time::Duration};

use serde_json::json;

use crate::weakline::line;

#[tokio::test]
async fn a_dropped_answer_was_given_by_the_server() {
    let (origin, weakline) = line().await;
    let on = json!({"path": "/commands", "method": "POST", "from": 2, "times": 2});
    weakline
        .fault(json!({"fault": "drop_answer", "on": on}))
        .await;
    let mut heard = Vec::new();
    for number in 1..=4 {
        let mut browser = weakline.browser().await;
        let answer = browser.ask("POST", "/commands", b"{}").await;
        // Each one was committed, heard or not.
        assert_eq!(origin.commands(), number);
        heard.push(
            answer
                .map_err(|error| error.kind())
                .map(|answer| answer.status),
        );
    }
    let lost = Err(ErrorKind::ConnectionReset);
    assert_eq!(heard, [Ok(200), lost, lost, Ok(200)]);
    let seen = weakline.seen().await;
    assert_eq!(seen["requests"][1]["fault"], "drop_answer");
    assert_eq!(seen["requests"][1]["status"], 200);
    assert_eq!(seen["requests"][1]["bytes_down"], 0);
}

#[tokio::test]
async fn an_answer_may_be_lost_without_a_sign() {
    let (origin, weakline) = line().await;
    weakline
        .fault(json!({"fault": "drop_answer", "how": "swallow"}))
        .await;
    let mut browser = weakline.browser().await;
    browser.post("/commands", b"{}").await;
    assert!(
        browser
            .meanwhile(Duration::from_millis(300))
            .await
            .is_empty()
    );
    assert_eq!(origin.commands(), 1);
}

#[tokio::test]
async fn a_portal_answers_everything_as_if_all_were_well() {
    let (origin, weakline) = line().await;
    weakline.fault(json!({"fault": "portal"})).await;
    let mut browser = weakline.browser().await;
    for (method, path) in [("GET", "/hello"), ("POST", "/commands")] {
        let answer = browser.ask(method, path, &[7; 1_000_000]).await.unwrap();
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert!(answer.text().starts_with("<!doctype html>"));
    }
    assert_eq!(origin.commands(), 0);
    assert_eq!(weakline.seen().await["requests"][1]["fault"], "portal");
}

#[tokio::test]
async fn a_portal_may_send_people_to_its_page() {
    let (_origin, weakline) = line().await;
    let to = "http://portal.test/welcome";
    weakline
        .fault(json!({"fault": "portal", "to": to, "on": {"path": "/commands"}}))
        .await;
    let mut browser = weakline.browser().await;
    let answer = browser.ask("POST", "/commands", b"{}").await.unwrap();
    assert_eq!((answer.status, answer.header("location")), (302, Some(to)));
    assert_eq!(browser.get("/hello").await.unwrap().text(), "hello");
}

#[tokio::test]
async fn a_status_is_answered_in_the_servers_place() {
    let (origin, weakline) = line().await;
    let on = json!({"path": "/commands", "times": 1});
    weakline
        .fault(json!({"fault": "status", "status": 503, "retry_after": "7", "on": on}))
        .await;
    let mut browser = weakline.browser().await;
    let answer = browser
        .ask("POST", "/commands", &[7; 1_000_000])
        .await
        .unwrap();
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (503, Some("7"))
    );
    assert_eq!(answer.header("content-type"), Some("text/plain"));
    assert_eq!(origin.commands(), 0);
    assert_eq!(
        browser
            .ask("POST", "/commands", b"{}")
            .await
            .unwrap()
            .status,
        200
    );
}

#[tokio::test]
async fn after_a_reset_everything_works_again() {
    let (origin, weakline) = line().await;
    for fault in [
        json!({"fault": "portal"}),
        json!({"fault": "status", "status": 429}),
        json!({"fault": "drop_answer"}),
        json!({"fault": "cut", "side": "request", "after": 0}),
        json!({"fault": "cut", "side": "answer", "after": 0}),
        json!({"fault": "blackhole"}),
        json!({"fault": "flap", "up_ms": 1, "down_ms": 60_000}),
        json!({"fault": "down"}),
    ] {
        weakline.fault(fault.clone()).await;
        weakline.profile(1, 1, 60_000).await;
        weakline.reset().await;
        let answer = weakline
            .browser()
            .await
            .ask("POST", "/commands", b"{}")
            .await;
        assert_eq!(answer.unwrap().status, 200, "{fault}");
        let seen = weakline.seen().await;
        assert_eq!(seen["requests"].as_array().unwrap().len(), 1, "{fault}");
        assert_eq!(seen["requests"][0]["fault"], json!(null), "{fault}");
    }
    assert_eq!(origin.commands(), 8);
}
