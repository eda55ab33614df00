//! The peer of P12: axum, serving bytes it holds in memory, and nothing else.

use std::path::Path;

use anyhow::Result;
use axum::{Router, body::Bytes, http::header, routing::get, serve::ListenerExt};
use tokio::net::TcpListener;

pub async fn serve(file: &Path) -> Result<()> {
    let bytes = Bytes::from(std::fs::read(file)?);
    let answer = move || {
        let bytes = bytes.clone();
        async move {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CONTENT_ENCODING, "br"),
            ];
            (headers, bytes)
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}/", listener.local_addr()?);
    let listener = listener.tap_io(|stream| _ = stream.set_nodelay(true));
    axum::serve(listener, Router::new().route("/", get(answer))).await?;
    Ok(())
}
