//! What the frame of every page says about the county it belongs to.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::i18n::use_path;

/// Given as context by whoever renders the app; the same on the server and in the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// The county's part of the address, such as `pujiang`.
    pub county: String,
    /// The county's name as its people write it.
    pub county_name: String,
    /// The office that runs the site.
    pub sponsor: String,
    /// The office's telephone number as it is printed.
    pub telephone: String,
    /// The heading of printed papers, where it is not the office's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub letterhead: String,
    /// The filing numbers every public site shows in its footer.
    pub filings: Vec<Filing>,
    pub text_size: TextSize,
    /// A demonstration wears its name on every page.
    pub demo: bool,
}

/// The site of the page being shown. The county is in the path even where nobody gave the rest.
pub fn use_site() -> Site {
    let mut site = use_context::<Site>()
        .or_else(Site::of_page)
        .unwrap_or_default();
    if site.county.is_empty() {
        site.county = use_path().split('/').nth(1).unwrap_or_default().to_owned();
    }
    site
}

impl Site {
    /// Who a printed paper is from.
    pub fn heading(self) -> String {
        match self.letterhead.is_empty() {
            true => self.sponsor,
            false => self.letterhead,
        }
    }

    /// As the document carries it (`<html data-site>`), for the browser's side.
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The site of the page this runs in.
    #[cfg(feature = "hydrate")]
    pub(crate) fn of_page() -> Option<Self> {
        let html = document().document_element()?;
        serde_json::from_str(&html.get_attribute("data-site")?).ok()
    }

    #[cfg(not(feature = "hydrate"))]
    pub(crate) fn of_page() -> Option<Self> {
        None
    }
}

/// A filing number (ICP, public security) and the register it can be looked up in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    pub number: String,
    pub register: String,
}

/// 长辈版 in its two sizes, kept in a cookie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    #[default]
    Standard,
    Large,
    Largest,
}

impl TextSize {
    /// The form value and cookie value.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Large => "large",
            Self::Largest => "largest",
        }
    }

    /// Reads a form or cookie value.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Standard, Self::Large, Self::Largest]
            .into_iter()
            .find(|size| size.name() == name)
    }

    /// The value of `<html data-elder>`; absent in the standard size.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Standard => None,
            Self::Large => Some("large"),
            Self::Largest => Some("larger"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TextSize;

    #[test]
    fn a_text_size_is_read_back_from_its_name() {
        for size in [TextSize::Standard, TextSize::Large, TextSize::Largest] {
            assert_eq!(TextSize::named(size.name()), Some(size));
        }
        assert_eq!(TextSize::named("huge"), None);
    }
}
