//! `huiyin serve`: from the arguments to a listening server.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result, bail};
use tokio::net::TcpListener;

use crate::{
    clock,
    data::{Data, Place},
    demo,
    http::{self, AppState, listen},
    packaged::{Packaged, Shelf},
};

#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:3000", env = "HUIYIN_ADDR")]
    pub addr: SocketAddr,
    /// The folder that holds the database, attachments and packaged files.
    #[arg(long, default_value = "huiyin-data", env = "HUIYIN_DATA")]
    pub data: PathBuf,
    /// A PostgreSQL database instead of the file in the data folder.
    #[arg(long, env = "HUIYIN_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Fill an empty folder with an invented county, marked 演示 on every page.
    #[arg(long)]
    pub demo: bool,
}

pub async fn run(args: ServeArgs) -> Result<()> {
    let packaged = Packaged::embedded();
    if packaged.is_empty() {
        tracing::error!(
            "this binary was built without the packaged site: pages have no style and no scripts; \
             build it with `cargo xtask build`"
        );
    }
    if args.demo && !args.addr.ip().is_loopback() {
        bail!(
            "a demonstration is for this machine only: use a loopback address such as 127.0.0.1:3000"
        );
    }
    let data = open(&args).await?;
    let shelf = Shelf::open(&args.data.join("assets"), &packaged)
        .with_context(|| format!("keeping the packaged files in {}", args.data.display()))?;
    let state = AppState::new(data.clone(), packaged, shelf);
    let listener = TcpListener::bind(args.addr)
        .await
        .with_context(|| format!("listening on {}", args.addr))?;
    println!("http://{}/{}", listener.local_addr()?, data.county);
    listen::serve(listener, http::router(state), shutdown_signal()).await;
    data.store.close().await;
    Ok(())
}

async fn open(args: &ServeArgs) -> Result<Data> {
    let place = Place {
        folder: args.data.clone(),
        database_url: args.database_url.clone(),
    };
    match place.open().await? {
        Some(data) if args.demo && !data.site.demo => {
            bail!(
                "{} holds a real county: it cannot become a demonstration",
                args.data.display()
            )
        }
        Some(data) => Ok(data),
        None if args.demo => {
            let store = place.open_store().await?;
            let filled = demo::fill(&store, clock::now()).await?;
            println!("{filled}");
            Data::of(store, demo::county()).await
        }
        None => bail!(
            "{} is empty: start with --demo to look around",
            args.data.display()
        ),
    }
}

/// Ctrl-C, or the signal a service manager sends.
async fn shutdown_signal() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => _ = signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
