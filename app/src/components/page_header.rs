use leptos::{
    ev::{offline, online},
    prelude::*,
};

use super::{Site, TextSize};
use crate::i18n::{common::FrameTexts, use_language, use_path};

/// County name, 长辈版, language, and the honest line: what this page knows about the connection
/// and the age of what it shows.
#[component]
pub(super) fn PageHeader(site: Site, as_of: String) -> impl IntoView {
    let language = use_language();
    let texts = FrameTexts::of(language);
    let path = use_path();
    let other = language.other();
    view! {
        <a class="skip unseen" href="#main">{texts.skip}</a>
        <header class="header">
            {site.demo.then(|| view! { <p class="demo">{texts.demo}</p> })}
            <a class="county" href=language.address(&site.county, "")>{site.county_name}" "{texts.product}</a>
            <TextSizeSwitch county=site.county size=site.text_size back=path.clone()/>
            // The document's own language changes, so this is a new document.
            <a href=other.readdress(&path) rel="external" hreflang=other.tag() lang=other.tag()>
                {other.own_name()}
            </a>
            <div class="status">
                <span>{as_of}</span>
                <Connection/>
            </div>
        </header>
    }
    .into_any()
}

/// One tap to 长辈版 and back. A form, because it changes something: `POST /{county}/settings` with
/// `text_size` and the address to go `back` to.
#[component]
fn TextSizeSwitch(county: String, size: TextSize, back: String) -> impl IntoView {
    let texts = FrameTexts::of(use_language());
    let (word, wanted) = match size {
        TextSize::Standard => (texts.elder_on, TextSize::Large),
        TextSize::Large | TextSize::Largest => (texts.elder_off, TextSize::Standard),
    };
    view! {
        <form method="post" action=format!("/{county}/settings")>
            <input type="hidden" name="back" value=back/>
            <button name="text_size" value=wanted.name()>{word}</button>
        </form>
    }
    .into_any()
}

/// Silent until the connection changes: the region is there before its text, and says changes only.
#[component]
fn Connection() -> impl IntoView {
    let texts = FrameTexts::of(use_language());
    let word = RwSignal::new("");
    Effect::new(move || {
        let lost = window_event_listener(offline, move |_| word.set(texts.offline));
        let found = window_event_listener(online, move |_| word.set(texts.online));
        on_cleanup(move || {
            lost.remove();
            found.remove();
        });
    });
    view! { <span role="status">{move || word.get()}</span> }.into_any()
}
