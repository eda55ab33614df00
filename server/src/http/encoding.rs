//! Which compressed form a client takes.

use axum::http::{HeaderMap, header};

use crate::packaged::File;

/// The content codings we keep packaged files in, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    pub const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// The name in headers (RFC 9110, section 8.4.1; RFC 7932).
    pub const fn token(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }

    pub fn of(self, file: &File) -> Option<&'static [u8]> {
        match self {
            Self::Brotli => file.brotli,
            Self::Gzip => file.gzip,
        }
    }
}

/// The codings the client takes, in our order. A coding with `q=0` is refused.
pub fn accepted(headers: &HeaderMap) -> impl Iterator<Item = Coding> + use<> {
    let named: Vec<(String, bool)> = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|item| {
            let (token, weight) = item.split_once(';').unwrap_or((item, ""));
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
            let refused = weight.parse::<f32>().is_ok_and(|q| q <= 0.0);
            (token.trim().to_ascii_lowercase(), !refused)
        })
        .collect();
    Coding::ALL.into_iter().filter(move |coding| {
        named
            .iter()
            .any(|(token, taken)| token == coding.token() && *taken)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn check(header: &'static str, expected: &[Coding]) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(header));
        assert_eq!(accepted(&headers).collect::<Vec<_>>(), expected, "{header}");
    }

    #[test]
    fn brotli_comes_first_whatever_the_order() {
        check("gzip, deflate, br", &[Coding::Brotli, Coding::Gzip]);
        check("gzip", &[Coding::Gzip]);
        check("", &[]);
    }

    #[test]
    fn a_weight_of_nothing_is_a_refusal() {
        check("br;q=0, gzip;q=0.5", &[Coding::Gzip]);
        check("br; q=0.0", &[]);
    }
}
