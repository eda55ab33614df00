//! The four layers of settings, lowest first: defaults, file, environment, flags.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use figment::{
    Error, Metadata, Profile, Provider,
    providers::Serialized,
    value::{Dict, Map, Value},
};

use super::{LogFormat, ServeArgs};

const PREFIX: &str = "HUIYIN_";
/// Names the settings file, so it cannot be in it.
const CONFIG: &str = "HUIYIN_CONFIG";

/// Every setting there is. An unknown name in the file is refused; the environment may hold
/// others' variables.
const KEYS: [&str; 20] = [
    "data",
    "database_url",
    "attachments",
    "s3_endpoint",
    "s3_region",
    "s3_key_id",
    "s3_secret",
    "addr",
    "demo",
    "demo_public",
    "public_url",
    "trusted_proxy",
    "tls_cert",
    "tls_key",
    "metrics_from",
    "connections",
    "upload_days",
    "upload_mb_a_day",
    "log",
    "log_format",
];

/// The names of all settings, in the order they are shown.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter()
}

fn layer(dict: Dict) -> Map<Profile, Dict> {
    Map::from([(Profile::Default, dict)])
}

pub(super) struct Defaults;

impl Provider for Defaults {
    fn metadata(&self) -> Metadata {
        Metadata::named("default")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let values = [
            ("data", Value::from("huiyin-data")),
            ("addr", Value::from("127.0.0.1:3000")),
            ("demo", Value::from(false)),
            ("demo_public", Value::from(false)),
            ("trusted_proxy", Value::from(Vec::<Value>::new())),
            ("metrics_from", Value::from(Vec::<Value>::new())),
            ("connections", Value::from(16_384_u32)),
            ("s3_region", Value::from("us-east-1")),
            ("upload_days", Value::from(30_u32)),
            ("upload_mb_a_day", Value::from(2048_u32)),
            ("log", Value::from("info")),
            ("log_format", Value::serialize(LogFormat::Text)?),
        ];
        Ok(layer(
            values
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        ))
    }
}

/// A TOML file.
pub(super) struct File {
    path: PathBuf,
    values: Dict,
}

impl File {
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("reading the settings file {}", path.display()))?;
        let values = toml::from_str(&text)
            .with_context(|| format!("the settings file {} is no TOML", path.display()))?;
        Ok(Self {
            path: path.to_owned(),
            values,
        })
    }
}

impl Provider for File {
    fn metadata(&self) -> Metadata {
        Metadata::named(format!("file {}", self.path.display()))
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(layer(self.values.clone()))
    }
}

/// `HUIYIN_ADDR` and so on.
pub(super) struct Environment {
    values: Dict,
    file: Option<PathBuf>,
}

impl Environment {
    pub fn of_process() -> Self {
        Self::of(std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }))
    }

    fn of(variables: impl Iterator<Item = (String, String)>) -> Self {
        let (mut values, mut file) = (Dict::new(), None);
        for (name, value) in variables {
            if name == CONFIG {
                file = Some(PathBuf::from(value));
                continue;
            }
            let key = name.strip_prefix(PREFIX).map(str::to_ascii_lowercase);
            if let Some(key) = key.filter(|key| KEYS.contains(&key.as_str())) {
                let value = typed(&key, value);
                values.insert(key, value);
            }
        }
        Self { values, file }
    }

    pub fn file(&self) -> Option<PathBuf> {
        self.file.clone()
    }
}

/// The environment has texts only.
fn typed(key: &str, text: String) -> Value {
    match key {
        "demo" | "demo_public" => match text.as_str() {
            "1" | "true" => Value::from(true),
            "" | "0" | "false" => Value::from(false),
            _ => Value::from(text),
        },
        "connections" | "upload_days" | "upload_mb_a_day" => match text.parse::<u64>() {
            Ok(number) => Value::from(number),
            Err(_) => Value::from(text),
        },
        _ => Value::from(text),
    }
}

impl Provider for Environment {
    fn metadata(&self) -> Metadata {
        Metadata::named("environment")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(layer(self.values.clone()))
    }
}

/// What was typed.
pub(super) struct Flagged<'a>(pub &'a ServeArgs);

impl Provider for Flagged<'_> {
    fn metadata(&self) -> Metadata {
        Metadata::named("flag")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Serialized::defaults(self.0).data()
    }
}

#[cfg(test)]
mod tests {
    use figment::Figment;

    use super::*;
    use crate::config::Config;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Environment::of(pairs.iter().map(owned))
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_that_over_the_file() {
        let file = File {
            path: PathBuf::from("huiyin.toml"),
            values: toml::from_str(
                "addr = '10.0.0.1:1'\ndata = '/file'\ntrusted_proxy = ['10.0.0.0/8']",
            )
            .unwrap(),
        };
        let environment = environment(&[
            ("HUIYIN_ADDR", "10.0.0.1:2"),
            ("HUIYIN_DATA", "/environment"),
            ("HUIYIN_DEMO", "1"),
            ("HUIYIN_E2E_DATA", "somebody else's"),
        ]);
        let flags = ServeArgs {
            addr: "10.0.0.1:3".parse().ok(),
            ..ServeArgs::default()
        };
        let figment = Figment::from(Defaults)
            .merge(file)
            .merge(environment)
            .merge(Flagged(&flags));
        let config: Config = figment.extract().unwrap();
        assert_eq!(config.addr.port(), 3);
        assert_eq!(config.data, PathBuf::from("/environment"));
        assert!(config.demo, "a flag that was not given says nothing");
        assert!(config.trusted_proxy.contains("10.1.2.3".parse().unwrap()));
        let from = |key| figment.find_metadata(key).unwrap().name.to_string();
        assert_eq!(from("addr"), "flag");
        assert_eq!(from("data"), "environment");
        assert_eq!(from("trusted_proxy"), "file huiyin.toml");
        assert_eq!(from("connections"), "default");
    }

    #[test]
    fn networks_are_apart_by_commas_in_the_environment() {
        let environment = environment(&[("HUIYIN_TRUSTED_PROXY", "10.0.0.0/8, 192.0.2.7")]);
        let config: Config = Figment::from(Defaults)
            .merge(environment)
            .extract()
            .unwrap();
        assert!(config.trusted_proxy.contains("192.0.2.7".parse().unwrap()));
        assert!(!config.trusted_proxy.contains("192.0.2.8".parse().unwrap()));
    }

    #[test]
    fn an_unknown_name_in_the_file_is_refused() {
        let file = File {
            path: PathBuf::from("huiyin.toml"),
            values: toml::from_str("adr = '127.0.0.1:1'").unwrap(),
        };
        let refused = Figment::from(Defaults).merge(file).extract::<Config>();
        assert!(refused.unwrap_err().to_string().contains("adr"));
    }
}
