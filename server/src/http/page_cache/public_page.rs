//! Which pages are the same for everybody, and what tells one of them from another.

use app::TextSize;
use axum::http::Uri;

/// Whether a page tells how many places are free, or what a visit came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    Told,
    None,
}

/// The screens that ask nothing about who looks at them. A screen that is not here is personal:
/// rendered for one person, stored nowhere.
const SCREENS: [(&str, Counts); 10] = [
    ("", Counts::Told),
    ("/notices", Counts::Told),
    ("/notices/{visit}", Counts::Told),
    ("/register", Counts::Told),
    ("/matters", Counts::None),
    ("/matters/{matter}", Counts::None),
    ("/villages", Counts::None),
    ("/villages/{village}", Counts::Told),
    ("/help", Counts::None),
    ("/settings", Counts::None),
];

/// The key of a kept page. The language is in the path, and the build is the process's own: a
/// cache never outlives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub address: String,
    pub text_size: TextSize,
}

/// A public page that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicPage {
    pub key: Key,
    pub counts: Counts,
}

impl PublicPage {
    /// `route` is the matched pattern. What stands after the `?` is a choice the screen knows, or
    /// the page is not kept: strangers must not fill the cache with addresses they make up.
    pub fn of(route: &str, uri: &Uri, text_size: TextSize) -> Option<Self> {
        let screen = route.strip_prefix("/{county}")?;
        let screen = screen
            .strip_prefix("/en")
            .filter(|rest| rest.is_empty() || rest.starts_with('/'))
            .unwrap_or(screen);
        let (_, counts) = SCREENS.iter().find(|(known, _)| *known == screen)?;
        let address = match uri.query() {
            None => uri.path().to_owned(),
            Some(query) if is_choice(query) => format!("{}?{query}", uri.path()),
            Some(_) => return None,
        };
        let key = Key { address, text_size };
        Some(Self {
            key,
            counts: *counts,
        })
    }
}

/// One township, or the visit to register for.
fn is_choice(query: &str) -> bool {
    match query.split_once('=') {
        Some(("township", code)) => code.len() <= 12 && code.bytes().all(|b| b.is_ascii_digit()),
        Some(("visit", id)) => uuid::Uuid::parse_str(id).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(route: &str, address: &str) -> Option<Counts> {
        let uri: Uri = address.parse().unwrap();
        PublicPage::of(route, &uri, TextSize::Standard).map(|page| page.counts)
    }

    #[test]
    fn screens_for_everybody_are_kept_in_both_languages() {
        assert_eq!(check("/{county}", "/330726"), Some(Counts::Told));
        assert_eq!(check("/{county}/en", "/330726/en"), Some(Counts::Told));
        assert_eq!(
            check("/{county}/en/help", "/330726/en/help"),
            Some(Counts::None)
        );
    }

    #[test]
    fn personal_screens_are_not() {
        for route in ["/{county}/mine", "/{county}/follow", "/{county}/en/office"] {
            assert_eq!(check(route, "/330726/x"), None, "{route}");
        }
    }

    #[test]
    fn only_choices_the_screens_know_are_kept_apart() {
        let notices = |query: &str| check("/{county}/notices", &format!("/330726/notices{query}"));
        assert!(notices("?township=330726103").is_some());
        for made_up in ["?x=1", "?township=a", "?township=1&x=2", "?visit=1", "?"] {
            assert_eq!(notices(made_up), None, "{made_up}");
        }
    }
}
