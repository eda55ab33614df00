//! How people reach the site.

use std::fmt;

use axum::http::Uri;
use serde::{Deserialize, Serialize};

/// Scheme and host, as in `https://example.gov.cn`: exactly what a browser sends as its origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicUrl(String);

impl PublicUrl {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong =
            || format!("{text} is no address such as https://example.gov.cn, without a path");
        let uri: Uri = text.trim_end_matches('/').parse().map_err(|_| wrong())?;
        let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.authority()) else {
            return Err(wrong());
        };
        let plain = uri.path() == "/" && uri.query().is_none() && !host.as_str().contains('@');
        let port = match (scheme, host.port_u16()) {
            ("https", None | Some(443)) | ("http", None | Some(80)) => String::new(),
            ("https" | "http", Some(port)) => format!(":{port}"),
            _ => return Err(wrong()),
        };
        if !plain {
            return Err(wrong());
        }
        // Browsers write the host small and leave out the scheme's own port.
        let host = host.host().to_ascii_lowercase();
        Ok(Self(format!("{scheme}://{host}{port}")))
    }
}

impl From<PublicUrl> for String {
    fn from(url: PublicUrl) -> Self {
        url.0
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    #[test]
    fn an_address_is_written_as_browsers_write_origins() {
        let read = |text: &str| PublicUrl::try_from(text.to_owned()).map(String::from);
        assert_eq!(
            read("https://Example.gov.cn:443/").unwrap(),
            "https://example.gov.cn"
        );
        assert_eq!(
            read("http://10.0.0.1:8080").unwrap(),
            "http://10.0.0.1:8080"
        );
        assert_eq!(read("https://[::1]:8443").unwrap(), "https://[::1]:8443");
        for wrong in [
            "example.gov.cn",
            "ftp://a.cn",
            "https://a.cn/path",
            "https://a@b.cn",
            "",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
