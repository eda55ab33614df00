//! What the program promises to whoever starts it.

use serde_json::json;
use tokio::time::timeout;

use crate::{
    browser::{PATIENCE, request},
    weakline::{command, line},
};

#[tokio::test]
async fn it_ends_with_its_standard_input() {
    let (_origin, mut weakline) = line().await;
    assert!(weakline.child.try_wait().unwrap().is_none());
    drop(weakline.child.stdin.take());
    let ended = timeout(PATIENCE, weakline.child.wait()).await;
    assert!(ended.unwrap().unwrap().success());
}

#[tokio::test]
async fn other_machines_are_refused() {
    for addresses in [
        ["--to", "192.0.2.1:80", "--listen", "127.0.0.1:0"],
        ["--to", "127.0.0.1:80", "--listen", "0.0.0.0:0"],
        ["--to", "127.0.0.1:80", "--control", "[::]:0"],
    ] {
        let ended = timeout(PATIENCE, command().args(addresses).output()).await;
        let ended = ended.unwrap().unwrap();
        assert!(!ended.status.success(), "{addresses:?}");
        assert!(ended.stdout.is_empty(), "{addresses:?}");
    }
}

#[tokio::test]
async fn a_mistaken_order_is_refused_with_its_reason() {
    let (_origin, weakline) = line().await;
    for (path, body, reason) in [
        ("/profile", json!({"name": "5g"}), "known name"),
        ("/profile", json!({"down": 5}), "known name"),
        ("/profile", json!({"down_kbit": 0}), "known name"),
        (
            "/fault",
            json!({"fault": "portal", "on": {"from": 0}}),
            "nonzero",
        ),
        ("/fault", json!({"fault": "drop"}), "unknown variant"),
        ("/fault", json!({"fault": "down", "ms": 5}), "unknown field"),
        (
            "/fault",
            json!({"fault": "status", "status": 200}),
            "400 to 599",
        ),
        (
            "/fault",
            json!({"fault": "portal", "on": {"url": "/"}}),
            "unknown field",
        ),
    ] {
        let (status, text) = weakline.control("POST", path, &body.to_string()).await;
        assert_eq!(status, 400, "{body}");
        assert!(text.contains(reason), "{body}: {text}");
    }
    assert_eq!(weakline.control("GET", "/fault", "").await.0, 404);
}

#[tokio::test]
async fn all_that_passed_is_counted() {
    let (_origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    let mut bytes = Vec::new();
    for (method, path, body) in [("GET", "/hello", ""), ("POST", "/commands", "{}")] {
        let sent = request(method, path, body.as_bytes()).len();
        let answer = browser.ask(method, path, body.as_bytes()).await.unwrap();
        bytes.push((sent, answer.head.len() + answer.body.len()));
    }
    weakline.browser().await.get("/nowhere").await.unwrap();
    let seen = weakline.seen().await;
    assert_eq!(seen["connections"], 2);
    assert_eq!(
        seen["requests"][0],
        json!({
            "method": "GET", "path": "/hello", "status": 200, "fault": null,
            "bytes_up": bytes[0].0, "bytes_down": bytes[0].1,
        })
    );
    assert_eq!(
        seen["requests"][1],
        json!({
            "method": "POST", "path": "/commands", "status": 200, "fault": null,
            "bytes_up": bytes[1].0, "bytes_down": bytes[1].1,
        })
    );
    assert_eq!(seen["requests"][2]["status"], 404);
    let sum = |name: &str| -> u64 {
        let requests = seen["requests"].as_array().unwrap().iter();
        requests
            .map(|request| request[name].as_u64().unwrap())
            .sum()
    };
    assert_eq!(seen["bytes_up"], sum("bytes_up"));
    assert_eq!(seen["bytes_down"], sum("bytes_down"));
}

#[tokio::test]
async fn what_began_before_the_clearing_counts_for_no_request() {
    let (origin, weakline) = line().await;
    let mut events = weakline.browser().await;
    let ask = request("GET", "/events", b"");
    events.send(&ask).await.unwrap();
    while events.line().await.unwrap() != "data: 0\n" {}
    assert_eq!(weakline.control("DELETE", "/seen", "").await.0, 204);
    let hello = weakline.ask("GET", "/hello").await.unwrap();
    origin.met.go_on.notify_one();
    while events.line().await.unwrap() != "data: 1\n" {}
    let seen = weakline.seen().await;
    assert_eq!(seen["connections"], 1);
    assert_eq!(seen["requests"].as_array().unwrap().len(), 1);
    let down = hello.head.len() + hello.body.len();
    assert_eq!(seen["requests"][0]["bytes_down"], down);
    assert!(seen["bytes_down"].as_u64().unwrap() > down as u64);
}
