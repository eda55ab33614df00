use leptos::prelude::*;
use leptos_router::{hooks::use_location, location::RequestUrl};

/// The two languages of the product. The path says which: `/{county}/…` or `/{county}/en/…`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Chinese,
    English,
}

impl Language {
    /// Reads the language from a path such as `/pujiang/en/notices`.
    pub fn of_path(path: &str) -> Self {
        match path.split('/').nth(2) {
            Some("en") => Self::English,
            _ => Self::Chinese,
        }
    }

    /// The value of the `lang` attribute.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    pub const fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// The language's name in the language itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Chinese => "中文",
            Self::English => "English",
        }
    }

    /// The address of a page of a county: `rest` is empty or begins with a slash.
    pub fn address(self, county: &str, rest: &str) -> String {
        match self {
            Self::Chinese => format!("/{county}{rest}"),
            Self::English => format!("/{county}/en{rest}"),
        }
    }

    /// The same page in this language.
    pub fn readdress(self, path: &str) -> String {
        let mut parts = path.trim_start_matches('/').splitn(2, '/');
        let county = parts.next().unwrap_or_default();
        let rest = parts.next().unwrap_or_default();
        let rest = match rest.strip_prefix("en") {
            Some(after) if after.is_empty() || after.starts_with('/') => {
                after.trim_start_matches('/')
            }
            _ => rest,
        };
        match rest {
            "" => self.address(county, ""),
            rest => self.address(county, &format!("/{rest}")),
        }
    }
}

/// The language of the page at this address. The layout gives it as context; a lazy screen is made
/// beside its layout, not below it, and reads the path.
pub fn use_language() -> Language {
    use_context::<Language>().unwrap_or_else(|| Language::of_path(&use_path()))
}

/// The path of the page being shown. Asked of the request first, because the server also shows
/// pages that no router stands around (404, 429).
pub fn use_path() -> String {
    match use_context::<RequestUrl>() {
        Some(url) => path_of(url.as_ref()).to_owned(),
        None => use_location().pathname.get_untracked(),
    }
}

/// The server's request may be a whole address or only what follows the host.
fn path_of(url: &str) -> &str {
    let after_host = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |start| &rest[start..]),
        None => url,
    };
    after_host.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{
        Language::{self, Chinese, English},
        path_of,
    };

    #[test]
    fn the_path_says_the_language() {
        assert_eq!(Language::of_path("/pujiang"), Chinese);
        assert_eq!(Language::of_path("/pujiang/notices"), Chinese);
        assert_eq!(Language::of_path("/pujiang/en"), English);
        assert_eq!(Language::of_path("/pujiang/en/notices"), English);
    }

    #[test]
    fn a_page_is_found_again_in_the_other_language() {
        for (zh, en) in [
            ("/pujiang", "/pujiang/en"),
            ("/pujiang/notices", "/pujiang/en/notices"),
            ("/pujiang/notices/7", "/pujiang/en/notices/7"),
            ("/pujiang/entry", "/pujiang/en/entry"),
        ] {
            assert_eq!(English.readdress(zh), en);
            assert_eq!(Chinese.readdress(en), zh);
            assert_eq!(Chinese.readdress(zh), zh);
            assert_eq!(English.readdress(en), en);
        }
    }

    #[test]
    fn the_path_is_found_in_any_form_of_a_request() {
        for url in [
            "/pujiang/en?a=1",
            "http://host/pujiang/en",
            "/pujiang/en#main",
        ] {
            assert_eq!(path_of(url), "/pujiang/en");
        }
        assert_eq!(path_of("http://host"), "");
    }
}
