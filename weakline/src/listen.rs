//! Listening, and going on with it.

use std::time::Duration;

use anyhow::{Context, Result};
use tokio::{
    net::{TcpListener, TcpStream},
    time::sleep,
};

use crate::loopback::Loopback;

/// Out of file handles: waiting lets others end instead of spinning.
const PAUSE: Duration = Duration::from_millis(100);

pub async fn bind(Loopback(address): Loopback) -> Result<TcpListener> {
    let listener = TcpListener::bind(address).await;
    listener.with_context(|| format!("listening on {address}"))
}

/// The next connection, however long it takes.
pub async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(_) => sleep(PAUSE).await,
        }
    }
}
