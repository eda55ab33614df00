//! Configuration: flags over environment over a TOML file over defaults, each value remembering
//! where it came from. The one reader of all four; the rest of the server is given a [`Config`].

mod layers;
mod networks;
mod public_url;
mod shown;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use figment::Figment;
use serde::{Deserialize, Serialize};

pub use networks::Networks;
pub use public_url::PublicUrl;

use crate::{
    attachments::{Limits, Objects, S3},
    data::Place,
};
use layers::{Defaults, Environment, File, Flagged};

/// The settings file that is read when none is named.
const FILE: &str = "huiyin.toml";

/// Where an installation lives: what every command needs.
#[derive(Clone, Debug, Default, clap::Args, Serialize)]
pub struct PlaceArgs {
    /// The folder that holds the database, the master key and packaged files [default: huiyin-data].
    #[arg(long, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// A PostgreSQL database instead of the file in the data folder.
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
    /// Where photos and recordings are: a folder, or s3://bucket/folder [default: attachments in
    /// the data folder].
    #[arg(long, value_name = "PLACE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachments: Option<String>,
    /// A settings file [default: huiyin.toml in this folder, if there is one].
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
}

/// Everything one can say about a running server.
#[derive(Clone, Debug, Default, clap::Args, Serialize)]
pub struct ServeArgs {
    #[command(flatten)]
    #[serde(flatten)]
    pub place: PlaceArgs,
    /// The address to listen on [default: 127.0.0.1:3000].
    #[arg(long, value_name = "HOST:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addr: Option<SocketAddr>,
    /// Fill an empty folder with an invented county, marked 演示 on every page.
    #[arg(long)]
    #[serde(skip_serializing_if = "is_absent")]
    pub demo: bool,
    /// Let others than this machine see a demonstration. Makes a certificate when none is given.
    #[arg(long)]
    #[serde(skip_serializing_if = "is_absent")]
    pub demo_public: bool,
    /// How people reach the site, such as https://example.gov.cn: for QR codes, calendar files and
    /// the check where a request comes from.
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// A network whose X-Forwarded-For is believed, such as 10.0.0.0/8; repeat for more.
    #[arg(long = "trusted-proxy", value_name = "NET")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trusted_proxy: Vec<String>,
    /// The certificate chain, PEM.
    #[arg(long, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_cert: Option<PathBuf>,
    /// The certificate's private key, PEM.
    #[arg(long, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_key: Option<PathBuf>,
    /// A network that may read /metrics besides this machine; repeat for more.
    #[arg(long = "metrics-from", value_name = "NET")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub metrics_from: Vec<String>,
    /// Connections at once; further ones wait [default: 16384].
    #[arg(long, value_name = "NUMBER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connections: Option<usize>,
    /// Days after which what a phone has begun to send, and not gone on with, is removed
    /// [default: 30].
    #[arg(long, value_name = "DAYS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_days: Option<u32>,
    /// Photos and recordings that are taken in one day, MB; more waits on the phones
    /// [default: 2048].
    #[arg(long = "upload-mb-a-day", value_name = "MB")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upload_mb_a_day: Option<u64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_absent(flag: &bool) -> bool {
    !flag
}

/// All settings, checked one by one; what they mean together is [`crate::serve`]'s business.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub data: PathBuf,
    pub database_url: Option<String>,
    pub addr: SocketAddr,
    pub demo: bool,
    pub demo_public: bool,
    pub public_url: Option<PublicUrl>,
    pub trusted_proxy: Networks,
    pub tls_cert: Option<PathBuf>,
    pub tls_key: Option<PathBuf>,
    pub metrics_from: Networks,
    pub connections: usize,
    pub attachments: Option<String>,
    pub s3_endpoint: Option<String>,
    pub s3_region: String,
    pub s3_key_id: Option<String>,
    pub s3_secret: Option<String>,
    pub upload_days: u32,
    pub upload_mb_a_day: u64,
    /// What is logged, in the words of `tracing_subscriber::EnvFilter`.
    pub log: String,
    pub log_format: LogFormat,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

/// The settings with where each came from.
pub struct Loaded {
    pub config: Config,
    figment: Figment,
}

/// Reads all layers for a command that runs a server.
///
/// # Errors
/// A value that does not fit, with its name and where it came from.
pub fn load(args: &ServeArgs) -> Result<Loaded> {
    let environment = Environment::of_process();
    let named = args.place.config.clone().or_else(|| environment.file());
    let file = match named {
        Some(path) => Some(File::read(&path)?),
        None if PathBuf::from(FILE).exists() => Some(File::read(&PathBuf::from(FILE))?),
        None => None,
    };
    let mut figment = Figment::from(Defaults);
    if let Some(file) = file {
        figment = figment.merge(file);
    }
    let figment = figment.merge(environment).merge(Flagged(args));
    let config = figment
        .extract()
        .map_err(|error| shown::problem(&error))
        .context("reading the settings")?;
    Ok(Loaded { config, figment })
}

/// Reads all layers for a command that only needs the place.
///
/// # Errors
/// As [`load`].
pub fn load_place(args: &PlaceArgs) -> Result<Loaded> {
    load(&ServeArgs {
        place: args.clone(),
        ..ServeArgs::default()
    })
}

impl Config {
    /// Where photos and recordings are.
    ///
    /// # Errors
    /// The folder cannot be made, or what is said of the bucket does not do.
    pub fn objects(&self) -> Result<Objects> {
        let Some(named) = &self.attachments else {
            return Objects::in_folder(&self.data.join("attachments"));
        };
        let Some(bucket) = named.strip_prefix("s3://") else {
            return Objects::in_folder(Path::new(named));
        };
        let s3 = S3 {
            endpoint: self.s3_endpoint.clone(),
            region: self.s3_region.clone(),
            key_id: self.s3_key_id.clone().unwrap_or_default(),
            secret: self.s3_secret.clone().unwrap_or_default(),
        };
        Objects::in_bucket(bucket, &s3)
    }

    pub fn upload_limits(&self) -> Limits {
        Limits {
            day_bytes: self.upload_mb_a_day.saturating_mul(1024 * 1024),
            days_kept: self.upload_days,
        }
    }

    pub fn place(&self) -> Place {
        Place {
            folder: self.data.clone(),
            database_url: self.database_url.clone(),
        }
    }
}
