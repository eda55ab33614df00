//! The choice of a township above a list. A plain form: the address says what was chosen.

use domain::division::DivisionCode;
use leptos::prelude::*;
use sync::view::Division;

use crate::{
    components::*,
    i18n::{citizen::NoticesTexts, use_language},
};

/// Reads the township in the address.
pub(super) fn chosen(value: Option<String>) -> Option<DivisionCode> {
    value.and_then(|code| DivisionCode::parse(&code).ok())
}

/// `page` is the list's address, such as `/notices`.
pub(super) fn township_choice(
    page: &str,
    townships: Vec<Division>,
    chosen: Option<String>,
) -> AnyView {
    let language = use_language();
    let texts = NoticesTexts::of(language);
    let choices = townships
        .into_iter()
        .map(|township| Choice::new(township.code.as_str(), township.name))
        .collect();
    view! {
        <form class="row" action=language.address(&use_site().county, page)>
            <Select
                name="township"
                label=texts.by_township
                choices
                chosen=chosen.unwrap_or_default()
                empty=texts.whole_county
            />
            <Button kind=ButtonKind::Secondary>{texts.choose}</Button>
        </form>
    }
    .into_any()
}
