//! Text size and language: kept on this device, changed without scripts.

use leptos::prelude::*;

use crate::{
    Language, TextSize,
    components::*,
    i18n::{
        citizen::{SettingsTexts, SpacesTexts},
        use_language,
    },
    repository::{Promise, Storage, use_outbox, use_promise},
};

#[component]
pub fn Settings() -> impl IntoView {
    let language = use_language();
    let texts = SettingsTexts::of(language);
    let site = use_site();
    let here = language.address(&site.county, "/settings");
    let sizes = vec![
        Choice::new(TextSize::Standard.name(), texts.standard),
        Choice::new(TextSize::Large.name(), texts.elder).hint(texts.elder_hint),
        Choice::new(TextSize::Largest.name(), texts.larger),
    ];
    view! {
        <Page title=texts.title>
            <Heading>{texts.title}</Heading>
            <form method="post" action=format!("/{}/settings", site.county)>
                <input type="hidden" name="back" value=here/>
                <RadioGroup
                    name="text_size"
                    label=texts.text_size
                    choices=sizes
                    chosen=site.text_size.name()
                />
                <Button>{texts.save}</Button>
            </form>
            <p class="mute">{texts.cookie} {texts.dark}</p>
            <h2>{texts.language}</h2>
            <p class="row">{languages(&site.county)}</p>
            <h2>{texts.storage}</h2>
            {storage(&site.county)}
        </Page>
    }
    .into_any()
}

/// Whether what is kept here stays, and the way to it.
fn storage(county: &str) -> AnyView {
    let language = use_language();
    let texts = SettingsTexts::of(language);
    let (promise, outbox) = (use_promise(), use_outbox());
    let word = move || match (outbox.read().storage, promise.get()) {
        (Storage::Missing, _) => texts.storage_missing,
        (_, Promise::Kept) => texts.storage_kept,
        (_, Promise::NotGiven) => texts.storage_not_given,
        (_, Promise::Unknown) => "",
    };
    view! {
        <p>{word}</p>
        <p><a href=language.address(county, "/outbox")>{texts.on_this_phone}</a></p>
        <p><a href=language.address(county, "/spaces")>{SpacesTexts::of(language).title}</a></p>
    }
    .into_any()
}

fn languages(county: &str) -> AnyView {
    [Language::Chinese, Language::English]
        .map(|language| {
            view! {
                <a
                    href=language.address(county, "/settings")
                    rel="external"
                    lang=language.tag()
                    hreflang=language.tag()
                >
                    {language.own_name()}
                </a>
            }
        })
        .into_iter()
        .collect_view()
        .into_any()
}
