//! What passes is what was sent.

use std::time::Duration;

use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    time::{sleep, timeout},
};

use crate::{
    browser::{PATIENCE, request},
    origin::pattern,
    weakline::{Weakline, line},
};

#[tokio::test]
async fn a_megabyte_passes_unharmed_both_ways() {
    let (_origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    let megabyte = pattern(1 << 20);
    let got = browser.get("/many/1048576").await.unwrap();
    assert!(got.body == megabyte);
    let echoed = browser.ask("POST", "/echo", &megabyte).await.unwrap();
    assert!(echoed.body == megabyte);
}

#[tokio::test]
async fn a_chunked_request_passes_unharmed() {
    let (_origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    let head = "POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n";
    browser.send(head.as_bytes()).await.unwrap();
    for chunk in [
        "5\r\nhello\r\n",
        "1\r\n,\r\n",
        "6\r\n world\r\n",
        "0\r\n\r\n",
    ] {
        browser.send(chunk.as_bytes()).await.unwrap();
    }
    let answer = browser.answer("POST").await.unwrap();
    assert_eq!(answer.text(), "hello, world");
}

#[tokio::test]
async fn events_are_not_held_back() {
    let (origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    let ask = b"GET /events HTTP/1.1\r\nHost: test\r\n\r\n";
    browser.send(ask).await.unwrap();
    while browser.line().await.unwrap() != "\r\n" {}
    for number in 0..3 {
        // The server sends the next one only when this one has been read here.
        let event = format!("data: {number}\n");
        while browser.line().await.unwrap() != event {}
        origin.met.go_on.notify_one();
    }
}

#[tokio::test]
async fn a_browser_that_leaves_is_noticed_by_the_server() {
    let (origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    let ask = b"GET /events HTTP/1.1\r\nHost: test\r\n\r\n";
    browser.send(ask).await.unwrap();
    while browser.line().await.unwrap() != "data: 0\n" {}
    drop(browser);
    timeout(PATIENCE, origin.met.left.notified()).await.unwrap();
}

#[tokio::test]
async fn answers_without_a_body_leave_the_connection_usable() {
    let (origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    for (method, path, status) in [
        ("HEAD", "/hello", 200),
        ("GET", "/empty", 204),
        ("GET", "/unchanged", 304),
        ("GET", "/hello", 200),
    ] {
        let answer = browser.ask(method, path, b"").await.unwrap();
        assert_eq!(answer.status, status, "{method} {path}");
    }
    let seen = weakline.seen().await;
    assert_eq!(seen["connections"], 1);
    assert_eq!(seen["requests"].as_array().unwrap().len(), 4);
    assert_eq!(*origin.met.connections.lock().unwrap(), 1);
}

#[tokio::test]
async fn heads_pass_as_they_are() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let weakline = Weakline::start(listener.local_addr().unwrap(), "none").await;
    let asked = "GET /?a=%20 HTTP/1.1\r\nHOST: test\r\nX-Odd: 1\r\nx-odd: 2\r\n\r\n";
    let answered = "HTTP/1.1 200 OK\r\nETag: x\r\nx-ODD: 1\r\nContent-Length: 2\r\n\r\nok";
    let mut browser = weakline.browser().await;
    browser.send(asked.as_bytes()).await.unwrap();
    let (mut server, _) = listener.accept().await.unwrap();
    let mut arrived = vec![0; asked.len()];
    timeout(PATIENCE, server.read_exact(&mut arrived))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(String::from_utf8(arrived).unwrap(), asked);
    server.write_all(answered.as_bytes()).await.unwrap();
    let answer = browser.answer("GET").await.unwrap();
    assert_eq!(answer.head.clone() + &answer.text(), answered);
}

#[tokio::test]
async fn a_request_is_known_in_pieces_as_well() {
    let (_origin, weakline) = line().await;
    weakline
        .fault(json!({"fault": "portal", "on": {"path": "/hello"}}))
        .await;
    let mut browser = weakline.browser().await;
    for piece in ["GET /he", "llo HTTP", "/1.1\r\nHost: test\r\n\r\n"] {
        browser.send(piece.as_bytes()).await.unwrap();
        sleep(Duration::from_millis(20)).await;
    }
    assert!(
        browser
            .answer("GET")
            .await
            .unwrap()
            .text()
            .starts_with("<!doctype")
    );
}

#[tokio::test]
async fn an_answer_before_the_end_of_its_request_is_one_request() {
    let (_origin, weakline) = line().await;
    let mut browser = weakline.browser().await;
    let body = "{\"a\": 1, \"b\": 2}\n".repeat(2_000).into_bytes();
    let whole = request("POST", "/impatient", &body);
    browser.send(&whole[..200]).await.unwrap();
    assert_eq!(browser.answer("POST").await.unwrap().status, 413);
    // The server's side may be closed by now.
    _ = browser.send(&whole[200..]).await;
    _ = browser.rest().await;
    let seen = weakline.seen().await;
    assert_eq!(seen["requests"].as_array().unwrap().len(), 1, "{seen}");
}
