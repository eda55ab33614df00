//! The edge as the network meets it: slow clients, too many, TLS, and who may come directly.

use std::{sync::Arc, time::Duration};

use server::http::{Edge, listen::Rules};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring::default_provider,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

use crate::{
    county::Here,
    running::{Running, init, run},
};

const ASK: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";

fn quick() -> Rules {
    Rules {
        header_time: Duration::from_millis(300),
        ..Rules::default()
    }
}

async fn connect(here: &Here) -> TcpStream {
    let address = here.address.trim_start_matches("http://");
    TcpStream::connect(address).await.unwrap()
}

/// Everything until the other side closes; fails when it does not within five seconds.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = timeout(Duration::from_secs(5), stream.read_to_end(&mut bytes));
    // Reset is closed as well.
    _ = read.await.expect("the server closes the connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_nothing_is_dropped() {
    let here = Here::open_by(quick(), Edge::default()).await;
    assert_eq!(rest(&mut connect(&here).await).await, "");
    // The first letters of HTTP/2's greeting keep the server guessing, but not for ever.
    let mut unsure = connect(&here).await;
    unsure.write_all(b"PRI * H").await.unwrap();
    assert_eq!(rest(&mut unsure).await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_drip_are_dropped() {
    let here = Here::open_by(quick(), Edge::default()).await;
    let mut slow = connect(&here).await;
    slow.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n")
        .await
        .unwrap();
    let drip = async {
        // One more header at a time, for ever; writing fails once the server has closed.
        while slow.write_all(b"x: y\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(Duration::from_secs(5), drip)
        .await
        .expect("the server closes the connection");
    assert!(here.get("/healthz").await.status().is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_without_end_are_refused() {
    let here = Here::open().await;
    let mut long = connect(&here).await;
    long.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n")
        .await
        .unwrap();
    let header = format!("x: {}\r\n", "y".repeat(8000));
    for _ in 0..20 {
        if long.write_all(header.as_bytes()).await.is_err() {
            break;
        }
    }
    let answer = rest(&mut long).await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431"),
        "{answer}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_long_is_refused() {
    let here = Here::open().await;
    let text = "x".repeat(300 * 1024);
    let answer = here.post("/110101/follow", &[("code", &text)]).await;
    assert_eq!(answer.status(), 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn further_connections_wait_for_a_place() {
    let rules = Rules {
        connections: 1,
        ..Rules::default()
    };
    let here = Here::open_by(rules, Edge::default()).await;
    let mut first = connect(&here).await;
    first.write_all(ASK).await.unwrap();
    let mut byte = [0];
    first.read_exact(&mut byte).await.unwrap();
    let mut second = connect(&here).await;
    second.write_all(ASK).await.unwrap();
    let early = timeout(Duration::from_millis(200), second.read_exact(&mut byte));
    assert!(early.await.is_err(), "the one place is taken");
    drop(first);
    let late = timeout(Duration::from_secs(5), second.read_exact(&mut byte));
    late.await.expect("the place is free").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_is_built_in() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &[]);
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.path().join("c.pem"), folder.path().join("k.pem"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let server = Running::start(folder.path(), &["--tls-cert=c.pem", "--tls-key=k.pem"]);

    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(&certificate).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let address = server.address.strip_prefix("https://").unwrap();
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let tls = TlsConnector::from(Arc::new(config));
    let mut stream = tls.connect(name, stream).await.unwrap();
    stream.write_all(ASK).await.unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");

    // The key of another certificate is told at the start, not to the first visitor.
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&key, other.signing_key.serialize_pem()).unwrap();
    let flags = [
        "serve",
        "--data=data",
        "--addr=127.0.0.1:0",
        "--tls-cert=c.pem",
        "--tls-key=k.pem",
    ];
    let refused = run(folder.path(), &flags).refusal();
    assert!(refused.contains("do not belong together"), "{refused}");
}
