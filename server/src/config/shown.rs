//! `huiyin config`: every value with where it came from. Secrets are masked.

use std::fmt;

use figment::value::Value;

use super::{Loaded, layers};

impl fmt::Display for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for key in layers::keys() {
            let Ok(value) = self.figment.find_value(key) else {
                writeln!(f, "{key:<16} (not set)")?;
                continue;
            };
            let from = self.figment.get_metadata(value.tag());
            let from = from.map_or_else(String::new, |from| from.name.to_string());
            writeln!(f, "{key:<16} {:<40} {from}", text(key, &value))?;
        }
        Ok(())
    }
}

fn text(key: &str, value: &Value) -> String {
    match value {
        Value::String(_, text) if key == "database_url" => masked(text),
        Value::String(..) if key == "s3_secret" => "…".to_owned(),
        Value::String(_, text) => text.clone(),
        Value::Bool(_, flag) => flag.to_string(),
        Value::Num(_, number) => number.to_u128().map_or_else(String::new, |n| n.to_string()),
        Value::Array(_, values) => {
            let texts: Vec<String> = values.iter().map(|value| text(key, value)).collect();
            texts.join(", ")
        }
        Value::Char(_, c) => c.to_string(),
        Value::Empty(..) | Value::Dict(..) => String::new(),
    }
}

/// Everything between the scheme and the host, and everything after the path, may be a secret.
fn masked(url: &str) -> String {
    let (address, query) = match url.split_once('?') {
        Some((address, _)) => (address, "?…"),
        None => (url, ""),
    };
    let Some((scheme, rest)) = address.split_once("://") else {
        return "…".to_owned();
    };
    match rest.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://…@{host}{query}"),
        None => format!("{scheme}://{rest}{query}"),
    }
}

/// A mistake in the settings, in one sentence: which, where, what. A database address is never
/// repeated.
pub(super) fn problem(error: &figment::Error) -> anyhow::Error {
    let sentences: Vec<String> = error
        .clone()
        .into_iter()
        .map(|error| {
            let key = error.path.join(".");
            let from = error.metadata.as_ref();
            let from = from.map_or_else(String::new, |from| format!(" (from {})", from.name));
            if key.is_empty() {
                format!("{}{from}", error.kind)
            } else {
                format!("{key}{from}: {}", error.kind)
            }
        })
        .collect();
    anyhow::anyhow!(sentences.join("; "))
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_database_address_keeps_its_password_to_itself() {
        assert_eq!(
            masked("postgres://huiyin:geheim@db.example/huiyin?sslpassword=geheim"),
            "postgres://…@db.example/huiyin?…"
        );
        assert_eq!(masked("postgres://db/huiyin"), "postgres://db/huiyin");
        assert_eq!(masked("geheim"), "…");
    }
}
