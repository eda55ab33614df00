use leptos::prelude::*;
use sync::outbox::Standing;

use super::{Site, TextSize, update_bar::UpdateBar};
use crate::{
    i18n::{
        common::{FrameTexts, media_waiting, need_you, waiting as waiting_word},
        use_language, use_path,
    },
    repository::{Line, use_line, use_outbox},
};

/// County name, 长辈版, language, and the honest line: what this page knows about the connection
/// and the age of what it shows.
#[component]
pub(super) fn PageHeader(site: Site, as_of: String) -> impl IntoView {
    let language = use_language();
    let texts = FrameTexts::of(language);
    let path = use_path();
    let other = language.other();
    let county = site.county.clone();
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
                {(!as_of.is_empty()).then(|| view! { <span>{as_of}</span> })}
                <Connection county=county/>
            </div>
        </header>
        <UpdateBar/>
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

/// Whether there is a signal, and what waits on this device. Seen always; spoken when it changes: the
/// region is there before its text.
#[component]
fn Connection(county: String) -> impl IntoView {
    let language = use_language();
    let texts = FrameTexts::of(language);
    let line = use_line();
    let word = |line| match line {
        Line::Unknown => "",
        Line::Up => texts.online,
        Line::Down => texts.offline,
    };
    let said = ArcRwSignal::new("");
    let (now, say) = (line.clone(), said.clone());
    Effect::new(move |before: Option<Line>| {
        let now = now.get();
        if before.is_some_and(|before| before != Line::Unknown && before != now) {
            say.set(word(now));
        }
        now
    });
    let outbox = use_outbox();
    let spaces_of = outbox.clone();
    let address = language.address(&county, "/outbox");
    let waiting = move || {
        let shown = outbox.get();
        let needs = shown.items.iter();
        let needs = needs.filter(|it| matches!(it.item.standing, Standing::NeedsYou { .. }));
        let needs = needs.count();
        let word = match (shown.waiting(), needs, shown.media_waiting()) {
            (0, 0, 0) => return None,
            (0, 0, media) => media_waiting(language, media),
            (0, needs, _) => need_you(language, needs),
            (waiting, _, _) => waiting_word(language, waiting),
        };
        Some(view! { <a href=address.clone()>{word}</a> })
    };
    let spaces = language.address(&county, "/spaces");
    let space = move || {
        let shown = spaces_of.read();
        let word = match shown.open_space() {
            Some(_) => texts.own_space,
            None if shown.spaces.is_empty() => return None,
            None => texts.locked_spaces,
        };
        Some(view! { <a href=spaces.clone()>{word}</a> })
    };
    view! {
        <span aria-hidden="true">{move || word(line.get())}</span>
        <span role="status" class="unseen">{move || said.get()}</span>
        {waiting}
        {space}
    }
    .into_any()
}
