//! The real server over HTTP, on a port of its own.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use app::Site;
use reqwest::{Client, Response, StatusCode, redirect::Policy};
use server::{
    AppState,
    attachments::{Attachments, Limits, Objects},
    data::{Data, Place},
    http::{listen, router},
    packaged::{File, Packaged, Shelf},
};
use store::County;
use tokio::net::TcpListener;

static PKG: &[File] = &[File {
    name: "huiyin.css",
    plain: Some(b"body { color: black }"),
    brotli: Some(b"as brotli"),
    gzip: None,
}];
static ROOT: &[File] = &[File {
    name: "favicon.svg",
    plain: Some(b"<svg/>"),
    brotli: None,
    gzip: None,
}];

struct TestServer {
    address: String,
    client: Client,
}

impl TestServer {
    async fn start(data: &Path) -> Self {
        let packaged = Packaged {
            build: "b1",
            pkg: PKG,
            root: ROOT,
        };
        let shelf = Shelf::open(&data.join("assets"), &packaged).unwrap();
        let place = Place {
            folder: data.to_owned(),
            database_url: None,
        };
        let store = place.open_store().await.unwrap();
        let county = County::parse("330726").unwrap();
        Data::name_county(&store, county, &Site::default())
            .await
            .unwrap();
        let objects = Objects::in_folder(&data.join("attachments")).unwrap();
        let attachments = Attachments::new(store.clone(), objects, Limits::default());
        let data = Data::of(store, county).await.unwrap();
        let state = AppState::new(data, attachments, packaged, shelf);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(listen::serve(
            listener,
            router(state),
            std::future::pending(),
        ));
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { address, client }
    }

    async fn get(&self, path: &str) -> Response {
        self.client
            .get(format!("{}{path}", self.address))
            .send()
            .await
            .unwrap()
    }
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).unwrap().to_str().unwrap()
}

#[tokio::test]
async fn the_root_leads_to_the_county() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::start(data.path()).await;
    let answer = server.get("/").await;
    assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(header(&answer, "location"), "/330726");
}

#[tokio::test]
async fn a_page_allows_its_own_scripts_and_holds_no_nonce() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::start(data.path()).await;
    let answer = server.get("/330726").await;
    assert_eq!(answer.status(), StatusCode::OK);
    let policy = header(&answer, "content-security-policy").to_owned();
    let page = answer.text().await.unwrap();
    assert_eq!(
        policy.matches("'sha256-").count(),
        page.matches("<script>").count(),
    );
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    assert!(!page.contains("nonce"));
    assert!(page.contains("/pkg/b1/huiyin.css"));
}

#[tokio::test]
async fn the_app_shell_has_an_empty_body() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::start(data.path()).await;
    let page = server.get("/app-shell").await.text().await.unwrap();
    assert!(page.contains("data-app-shell"));
    assert!(page.contains("<body></body>"));
}

#[tokio::test]
async fn a_wrong_address_is_a_page_without_scripts() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::start(data.path()).await;
    for path in [
        "/no-county",
        "/no-county/office/sign-in",
        "/330726/no-such-page",
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("<h1") && !page.contains("boot.js"), "{path}");
    }
}

#[tokio::test]
async fn a_slash_too_many_leads_on_but_never_to_another_host() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::start(data.path()).await;
    let answer = server.get("/330726/?a=b").await;
    assert_eq!(answer.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(header(&answer, "location"), "/330726?a=b");
    let answer = server.get("//elsewhere.example/").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn packaged_files_are_for_ever_and_compressed_for_who_asks() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::start(data.path()).await;
    let plain = server.get("/pkg/b1/huiyin.css").await;
    assert!(header(&plain, "cache-control").contains("immutable"));
    assert_eq!(header(&plain, "content-type"), "text/css; charset=utf-8");
    assert_eq!(Some(plain.bytes().await.unwrap().as_ref()), PKG[0].plain);
    let packed = server
        .client
        .get(format!("{}/pkg/b1/huiyin.css", server.address))
        .header("accept-encoding", "gzip, br")
        .send()
        .await
        .unwrap();
    assert_eq!(header(&packed, "content-encoding"), "br");
    assert_eq!(packed.bytes().await.unwrap().as_ref(), b"as brotli");
    assert_eq!(
        server.get("/pkg/b1/none.css").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_open_page_still_finds_the_build_before() {
    let data = tempfile::tempdir().unwrap();
    let before = Packaged {
        build: "b0",
        pkg: PKG,
        root: &[],
    };
    Shelf::open(&data.path().join("assets"), &before).unwrap();
    let server = TestServer::start(data.path()).await;
    let answer = server.get("/pkg/b0/huiyin.css").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(Some(answer.bytes().await.unwrap().as_ref()), PKG[0].plain);
    assert_eq!(
        server.get("/pkg/a9/huiyin.css").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_icon_is_not_taken_for_a_county() {
    let data = tempfile::tempdir().unwrap();
    let server = TestServer::start(data.path()).await;
    let answer = server.get("/favicon.svg").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(header(&answer, "content-type"), "image/svg+xml");
    assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
}
