//! What an answer costs on the wire, head included, and what its head says.

use std::time::Duration;

use serde_json::Value;
use server::http::{Edge, listen::Rules};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{
    county::{Here, publish},
    running::COUNTY,
};

const PATIENCE: Duration = Duration::from_secs(10);

/// What a page of ours asks with in Chromium, over HTTP/1.1.
const AS_CHROMIUM: &str = "connection: keep-alive\r\n\
    accept: */*\r\n\
    sec-fetch-site: same-origin\r\n\
    sec-fetch-mode: cors\r\n\
    sec-fetch-dest: empty\r\n\
    accept-encoding: gzip, deflate, br, zstd\r\n\
    accept-language: zh-CN,zh;q=0.9\r\n\r\n";

async fn ask(here: &Here, path: &str) -> TcpStream {
    let address = here.address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let asked = format!("GET /{path} HTTP/1.1\r\nhost: {address}\r\n{AS_CHROMIUM}");
    stream.write_all(asked.as_bytes()).await.unwrap();
    stream
}

/// What arrives until it is enough, on a connection that stays open.
async fn heard(stream: &mut TcpStream, enough: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    while !enough(&bytes) {
        let read = timeout(PATIENCE, stream.read_buf(&mut bytes)).await;
        assert!(read.expect("nothing more comes").unwrap() > 0, "cut");
    }
    bytes
}

/// The whole answer, byte by byte, and as text.
async fn answer(here: &Here, path: &str) -> (usize, String) {
    let bytes = heard(&mut ask(here, path).await, is_whole).await;
    (bytes.len(), String::from_utf8_lossy(&bytes).into_owned())
}

async fn changes(here: &Here, asked: &str) -> (usize, String) {
    answer(here, &format!("api/v1/{COUNTY}/changes?{asked}")).await
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let (head, body) = answer.split_at(end + 4);
    let head = String::from_utf8_lossy(head);
    match head
        .lines()
        .find_map(|it| it.strip_prefix("content-length: "))
    {
        Some(length) => body.len() >= length.parse().unwrap(),
        None if head.contains("transfer-encoding: chunked") => body.ends_with(b"0\r\n\r\n"),
        None => true,
    }
}

async fn cursor(here: &Here) -> String {
    let path = format!("/api/v1/{COUNTY}/changes");
    let told: Value = here.get(&path).await.json().await.unwrap();
    told["next"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_new_costs_300_bytes_at_most() {
    let here = Here::open().await;
    publish(&here.data.store).await;
    let since = cursor(&here).await;
    let (bytes, text) = changes(&here, &format!("since={since}&quiet=true")).await;
    assert!(bytes <= 300, "{bytes} bytes\n{text}");
    assert!(text.starts_with("HTTP/1.1 204 "), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_change_costs_700_bytes_at_most() {
    let here = Here::open().await;
    let since = cursor(&here).await;
    let visit = publish(&here.data.store).await.to_string();
    let (bytes, text) = changes(&here, &format!("since={since}&quiet=true")).await;
    assert!(bytes <= 700, "{bytes} bytes\n{text}");
    assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
    assert!(text.contains(&visit), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_asks_for_it_hears_nothing() {
    let here = Here::open().await;
    let since = cursor(&here).await;
    // A phone with the build of before.
    let (_, text) = changes(&here, &format!("since={since}")).await;
    assert!(
        text.contains(&format!("{{\"next\":\"{since}\"}}")),
        "{text}"
    );
    let (_, text) = changes(&here, "since=of-another-database&quiet=true").await;
    assert!(text.contains("\"afresh\":true"), "{text}");
}

/// A cache between the phones and the server keeps one copy for all of them, and asks each time.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_the_answer_is_told_so_until_something_changes() {
    let here = Here::open().await;
    let since = cursor(&here).await;
    publish(&here.data.store).await;
    let path = format!("/api/v1/{COUNTY}/changes?since={since}&quiet=true");
    let first = here.get(&path).await;
    assert_eq!(first.headers()["cache-control"], "public, no-cache");
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    let again = here.get(&path).await;
    assert_eq!(again.headers()["etag"], tag.as_str());
    let had = first.text().await.unwrap();
    assert_eq!(again.text().await.unwrap(), had);
    let known = async || {
        let request = here.client.get(format!("{}{path}", here.address));
        let request = request.header("if-none-match", &tag);
        request.send().await.unwrap()
    };
    let unchanged = known().await;
    assert_eq!(unchanged.status(), 304);
    assert_eq!(unchanged.headers()["etag"], tag.as_str());
    // At once, and not when the second is over for which others take the feed to be where it was.
    for _ in 0..5 {
        let visit = publish(&here.data.store).await.to_string();
        let changed = known().await;
        assert_eq!(changed.status(), 200);
        assert!(changed.text().await.unwrap().contains(&visit));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_published_is_told_at_once() {
    let here = Here::open().await;
    let other = here.store_of_another_process().await;
    for _ in 0..5 {
        let since = cursor(&here).await;
        let visit = publish(&other).await.to_string();
        let (_, text) = changes(&here, &format!("since={since}&quiet=true")).await;
        assert!(text.contains(&visit), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_listens_is_told_at_once() {
    let here = Here::open().await;
    let mut stream = ask(&here, &format!("api/v1/{COUNTY}/live")).await;
    let has =
        |words: &'static str| move |heard: &[u8]| String::from_utf8_lossy(heard).contains(words);
    heard(&mut stream, has("event: open")).await;
    publish(&here.data.store).await;
    heard(&mut stream, has("event: changed\ndata: 1\n\n")).await;
}

/// Whoever listens leaves room for those who ask.
#[tokio::test(flavor = "multi_thread")]
async fn half_of_the_connections_may_listen() {
    let rules = Rules {
        connections: 8,
        ..Rules::default()
    };
    let here = Here::open_by(rules, Edge::default()).await;
    let live = format!("api/v1/{COUNTY}/live");
    let says =
        |words: &'static str| move |heard: &[u8]| String::from_utf8_lossy(heard).contains(words);
    let mut listening = Vec::new();
    for _ in 0..4 {
        let mut stream = ask(&here, &live).await;
        heard(&mut stream, says("retry: 5000\n")).await;
        listening.push(stream);
    }
    let (_, text) = answer(&here, &live).await;
    assert!(text.contains("retry: 60000\n"), "{text}");
    let (_, text) = changes(&here, "since=&quiet=true").await;
    assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
    publish(&here.data.store).await;
    heard(&mut listening[0], says("event: changed\n")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_say_what_protects_them_and_pages_say_more() {
    const ALWAYS: [&str; 4] = [
        "x-content-type-options: nosniff\r\n",
        "content-security-policy: default-src 'none'; ",
        "frame-ancestors 'none'; ",
        "cache-control: ",
    ];
    const OF_PAGES: [&str; 4] = [
        "x-frame-options: DENY\r\n",
        "referrer-policy: same-origin\r\n",
        "cross-origin-opener-policy: same-origin\r\n",
        "permissions-policy: camera=(self), ",
    ];
    let here = Here::open().await;
    let api = [
        format!("api/v1/{COUNTY}/home"),
        format!("api/v1/{COUNTY}/office/me"),
        format!("api/v1/{COUNTY}/uploads"),
    ];
    for path in &api {
        let (_, text) = answer(&here, path).await;
        for header in ALWAYS {
            assert!(text.contains(header), "{path}: {header} is not in\n{text}");
        }
        assert!(text.contains("; sandbox\r\n"), "{text}");
        for header in OF_PAGES {
            assert!(!text.contains(header), "{path}: {header} is in\n{text}");
        }
    }
    let pages = [format!("{COUNTY}/follow"), format!("{COUNTY}/no-such-page")];
    for path in &pages {
        let (_, text) = answer(&here, path).await;
        for header in ALWAYS.iter().chain(&OF_PAGES) {
            assert!(text.contains(header), "{path}: {header} is not in\n{text}");
        }
    }
}
