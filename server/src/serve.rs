//! `huiyin serve`: from the settings to a listening server.

use std::{net::IpAddr, sync::Arc};

use anyhow::{Context, Result, anyhow, bail};
use tokio::{net::TcpListener, signal::unix, sync::oneshot};
use tokio_rustls::TlsAcceptor;

use crate::{
    attachments::Attachments,
    clock,
    config::{Config, PublicUrl, ServeArgs},
    data::{Data, Use},
    demo,
    http::{
        self, AppState, Edge,
        listen::{self, Rules},
    },
    jobs, logging,
    packaged::{Packaged, Shelf},
    recovery, tls, upkeep,
};

pub async fn run(args: ServeArgs) -> Result<()> {
    let config = crate::config::load(&args)?.config;
    logging::start(&config)?;
    Standing::of(&config, config.demo)?;
    let packaged = Packaged::embedded();
    if packaged.is_empty() {
        tracing::error!(
            "this binary was built without the packaged site: pages have no style and no scripts; \
             build it with `cargo xtask build`"
        );
    }
    if !config.demo && config.database_url.is_none() && config.place().is_new() {
        return Err(empty(&config));
    }
    let _in_use = config.place().lock(Use::Shared)?;
    let opened = open(&config).await?;
    let key = config.place().master_key()?;
    let data = Data {
        public_url: config.public_url.as_ref().map(|url| url.as_str().into()),
        key_name: Some(recovery::key_name(&key).into()),
        ..opened
    };
    // Once more with what the folder holds: a demonstration is one without the flag too.
    let standing = Standing::of(&config, data.site.demo)?;
    let tls = certificate(&config, standing)?;
    let shelf = Shelf::open(&config.data.join("assets"), &packaged)
        .with_context(|| format!("keeping the packaged files in {}", config.data.display()))?;
    let (objects, limits) = (config.objects()?, config.upload_limits());
    let attachments = Attachments::new(data.store.clone(), objects, limits);
    let edge = Edge {
        public_url: config.public_url.clone(),
        trusted: config.trusted_proxy.clone(),
        metrics_from: config.metrics_from.clone(),
        by_proxy_only: standing == Standing::BehindProxy,
    };
    let state = AppState::new(data.clone(), attachments.clone(), packaged, shelf);
    let state = state.at(edge).of(config.connections);
    let rules = Rules {
        connections: config.connections,
        metrics: Arc::clone(&state.metrics),
        tls,
        ..Rules::default()
    };
    recovery::remind(&config.place(), &data).await?;
    let listener = TcpListener::bind(config.addr)
        .await
        .with_context(|| format!("listening on {}", config.addr))?;
    announce(&config, &listener, &rules, &data)?;
    let upkeep = tokio::spawn(upkeep::run(
        data.clone(),
        attachments.clone(),
        Arc::clone(&state.metrics),
    ));
    let (stop, stopped) = oneshot::channel::<()>();
    let jobs = tokio::spawn(jobs::run(attachments, async {
        // Dropped without a word when the server ends: that is the word.
        let _ = stopped.await;
    }));
    let live = Arc::clone(&state.live);
    let signal = shutdown_signal()?;
    let shutdown = async move {
        signal.await;
        live.end();
    };
    listen::serve_by(rules, listener, http::router(state), shutdown).await;
    upkeep.abort();
    drop(stop);
    jobs.await.context("ending the jobs")?;
    data.store.close().await;
    Ok(())
}

/// Who can reach the server, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// This machine only.
    Here,
    /// The network, with TLS of our own.
    Tls,
    /// The network, in plain http to a proxy that has the TLS.
    BehindProxy,
}

impl Standing {
    /// # Errors
    /// A sentence for each way that would send people's matters in the clear or show the invented
    /// as real.
    fn of(config: &Config, demo: bool) -> Result<Self> {
        if config.tls_cert.is_some() != config.tls_key.is_some() {
            bail!("--tls-cert and --tls-key belong together: give both or neither");
        }
        let here = config.addr.ip().to_canonical().is_loopback();
        if demo && !here && !config.demo_public {
            bail!(
                "a demonstration is for this machine: listen on 127.0.0.1, or say --demo-public \
                 to let others see it"
            );
        }
        if config.tls_cert.is_some() || self_signed(config, demo) {
            if !here && !demo {
                public(config)?;
            }
            return Ok(Self::Tls);
        }
        if here {
            return Ok(Self::Here);
        }
        if config.trusted_proxy.is_empty() {
            bail!(
                "{} can be reached from elsewhere, and plain http would show everybody on the way \
                 what people write: give --tls-cert and --tls-key, or put a proxy with TLS before \
                 it and name it with --trusted-proxy, or listen on 127.0.0.1",
                config.addr
            );
        }
        if !demo {
            public(config)?;
        }
        Ok(Self::BehindProxy)
    }
}

fn public(config: &Config) -> Result<()> {
    if config.public_url.is_none() {
        bail!(
            "{} can be reached from elsewhere: say with --public-url how people reach the site, \
             such as https://example.gov.cn",
            config.addr
        );
    }
    Ok(())
}

/// A demonstration for others has TLS of some kind, unless a proxy has it.
fn self_signed(config: &Config, demo: bool) -> bool {
    demo && config.demo_public && config.tls_cert.is_none() && config.trusted_proxy.is_empty()
}

fn certificate(config: &Config, standing: Standing) -> Result<Option<TlsAcceptor>> {
    if standing != Standing::Tls {
        return Ok(None);
    }
    let acceptor = match (&config.tls_cert, &config.tls_key) {
        (Some(certificate), Some(key)) => tls::given(certificate, key)?,
        _ => tls::self_signed(&config.data, config.addr.ip(), host(config).as_deref())?,
    };
    Ok(Some(acceptor))
}

fn host(config: &Config) -> Option<String> {
    let uri: axum::http::Uri = config.public_url.as_ref()?.as_str().parse().ok()?;
    uri.host()
        .map(|host| host.trim_matches(['[', ']']).to_owned())
}

async fn open(config: &Config) -> Result<Data> {
    let (place, folder) = (config.place(), config.data.display());
    match place.open().await? {
        Some(data) if config.demo && !data.site.demo => {
            bail!("{folder} holds a real county: it cannot become a demonstration")
        }
        Some(data) => Ok(data),
        None if config.demo => {
            let store = place.open_store().await?;
            let filled = demo::fill(&store, clock::now()).await?;
            println!("{filled}");
            Data::of(store, demo::county()).await
        }
        None => Err(empty(config)),
    }
}

fn empty(config: &Config) -> anyhow::Error {
    anyhow!(
        "{} is empty: set up a county with `huiyin init`, or start with --demo to look around",
        config.data.display()
    )
}

fn announce(config: &Config, listener: &TcpListener, rules: &Rules, data: &Data) -> Result<()> {
    let scheme = if rules.tls.is_some() { "https" } else { "http" };
    let mut address = listener.local_addr()?;
    if address.ip().is_unspecified() {
        // Nobody can open 0.0.0.0.
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => IpAddr::from([127, 0, 0, 1]),
            IpAddr::V6(_) => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        });
    }
    println!("{scheme}://{address}/{}", data.county);
    if let Some(url) = config.public_url.as_ref().map(PublicUrl::as_str) {
        println!("{url}/{}", data.county);
    }
    Ok(())
}

/// Ctrl-C, or the signal a service manager sends. Listened for from now on.
fn shutdown_signal() -> Result<impl Future<Output = ()>> {
    let mut terminate =
        unix::signal(unix::SignalKind::terminate()).context("listening for the signal to stop")?;
    Ok(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping: what was received is being answered");
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(flags: &[&str]) -> Config {
        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            args: ServeArgs,
        }
        let line: Line = clap::Parser::parse_from([&["serve"], flags].concat());
        crate::config::load(&line.args).unwrap().config
    }

    fn standing(flags: &[&str]) -> Result<Standing, String> {
        let config = config(flags);
        Standing::of(&config, config.demo).map_err(|error| error.to_string())
    }

    fn refused(flags: &[&str], about: &str) {
        let why = standing(flags).unwrap_err();
        assert!(why.contains(about), "{why}");
    }

    #[test]
    fn plain_http_is_for_this_machine_or_behind_a_proxy() {
        assert_eq!(standing(&["--addr", "127.0.0.1:1"]), Ok(Standing::Here));
        assert_eq!(standing(&["--addr", "[::1]:1"]), Ok(Standing::Here));
        refused(&["--addr", "0.0.0.0:1"], "--trusted-proxy");
        refused(
            &["--addr", "[::]:1", "--public-url", "https://a.cn"],
            "--tls-cert",
        );
        let proxied = &["--addr", "0.0.0.0:1", "--trusted-proxy", "10.0.0.0/8"];
        refused(proxied, "--public-url");
        let whole = [proxied, &["--public-url", "https://a.cn"][..]].concat();
        assert_eq!(standing(&whole), Ok(Standing::BehindProxy));
    }

    #[test]
    fn tls_needs_both_files_and_the_public_address() {
        refused(&["--tls-cert", "c.pem"], "--tls-key");
        let tls = &[
            "--addr",
            "0.0.0.0:1",
            "--tls-cert",
            "c.pem",
            "--tls-key",
            "k.pem",
        ];
        refused(tls, "--public-url");
        let whole = [tls, &["--public-url", "https://a.cn"][..]].concat();
        assert_eq!(standing(&whole), Ok(Standing::Tls));
    }

    #[test]
    fn a_demonstration_is_shown_to_others_only_on_purpose() {
        refused(&["--demo", "--addr", "0.0.0.0:1"], "--demo-public");
        let shown = ["--demo", "--demo-public", "--addr", "0.0.0.0:1"];
        assert_eq!(standing(&shown), Ok(Standing::Tls));
        // Without the flag, in a folder that holds one.
        let open = config(&["--addr", "0.0.0.0:1", "--trusted-proxy", "10.0.0.0/8"]);
        assert!(Standing::of(&open, true).is_err());
    }
}
