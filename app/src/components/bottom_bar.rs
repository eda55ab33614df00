use leptos::prelude::*;

use super::{Symbol, SymbolView};
use crate::i18n::{common::FrameTexts, use_language};

/// The four places of the bottom bar, and everywhere else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    Notices,
    Register,
    Mine,
    Village,
    #[default]
    Elsewhere,
}

/// At the thumb on a phone, under the header on a wide screen. First in reading order in both.
#[component]
pub(super) fn BottomBar(county: String, place: Place) -> impl IntoView {
    let language = use_language();
    let texts = FrameTexts::of(language);
    let places = [
        (Place::Notices, "/notices", texts.notices, Symbol::Board),
        (Place::Register, "/register", texts.register, Symbol::Pen),
        (Place::Mine, "/mine", texts.mine, Symbol::Person),
        (Place::Village, "/villages", texts.village, Symbol::House),
    ];
    view! {
        <nav class="bar" aria-label=texts.places>
            {places
                .into_iter()
                .map(|(this, rest, word, symbol)| {
                    view! {
                        <a
                            href=language.address(&county, rest)
                            aria-current=(this == place).then_some("page")
                        >
                            <SymbolView symbol/>
                            {word}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
    .into_any()
}
