//! Giving what waits to another phone, which sends it: as QR codes, or as a file.

use domain::ids::CommandId;
use leptos::prelude::*;

use crate::repository::Shown;

/// The items that were given to another phone: the server may have them from there.
pub(super) fn use_handed_over(shown: ArcRwSignal<Shown>) -> ArcRwSignal<Vec<CommandId>> {
    let handed = ArcRwSignal::new(Vec::new());
    #[cfg(feature = "hydrate")]
    browser::look(shown, handed.clone(), crate::repository::carry::handed_over);
    #[cfg(not(feature = "hydrate"))]
    drop(shown);
    handed
}

/// What of others waits here to be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CarriedHere {
    /// They count among [`Shown::letters`].
    pub letters: usize,
    /// They count among [`Shown::closed_media`].
    pub media: usize,
}

pub(super) fn use_carried(shown: ArcRwSignal<Shown>) -> ArcRwSignal<CarriedHere> {
    let carried = ArcRwSignal::new(CarriedHere::default());
    #[cfg(feature = "hydrate")]
    browser::look(shown, carried.clone(), browser::waiting);
    #[cfg(not(feature = "hydrate"))]
    drop(shown);
    carried
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn hand_over(_shown: ArcRwSignal<Shown>) -> AnyView {
    super::here::later(|| ().into_any())
}

#[cfg(feature = "hydrate")]
pub(super) use browser::{hand_over, save_words};

#[cfg(feature = "hydrate")]
mod browser {
    use device::CarriedFate;
    use domain::provisional::ProvisionalNumber;
    use gloo_timers::future::TimeoutFuture;
    use js_sys::{Array, Function, Object, Promise, Reflect};
    use leptos::task::spawn_local;
    use sync::{carry as letters_of, letter::Letter, outbox::Item};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{File, FilePropertyBag, HtmlElement, Url};

    use super::*;
    use crate::{
        components::*,
        i18n::{
            citizen::{CarryTexts, OutboxTexts, code_of, media_given, numbered},
            moment, use_language,
        },
        qr,
        repository::carry::{self, Given},
        routes::citizen::{
            here::later,
            outbox::{Words, acts},
        },
    };

    /// Some browsers share files of few kinds only.
    const KINDS: [(&str, &str); 2] = [("json", "application/json"), ("txt", "text/plain")];

    /// Reads the device again whenever the outbox changes.
    pub fn look<T, F>(
        shown: ArcRwSignal<Shown>,
        into: ArcRwSignal<T>,
        read: impl Fn() -> F + Copy + 'static,
    ) where
        T: PartialEq + Send + Sync + 'static,
        F: Future<Output = T> + 'static,
    {
        Effect::new(move || {
            shown.track();
            let into = into.clone();
            spawn_local(async move {
                let found = read().await;
                if *into.read_untracked() != found {
                    into.set(found);
                }
            });
        });
    }

    pub async fn waiting() -> CarriedHere {
        let carried = carry::carried().await;
        let waiting = carried.iter().filter(|it| it.fate == CarriedFate::Waits);
        CarriedHere {
            letters: waiting.count(),
            media: carried.iter().map(|it| it.media).sum(),
        }
    }

    const SAVED_AFTER_MS: u32 = 60_000;

    /// What this part of the page knows.
    #[derive(Clone, Copy)]
    struct Giving {
        texts: &'static CarryTexts,
        /// What was made, of the items that wait.
        made: RwSignal<Given>,
        busy: RwSignal<bool>,
        said: RwSignal<Option<&'static str>>,
    }

    pub fn hand_over(shown: ArcRwSignal<Shown>) -> AnyView {
        let giving = Giving {
            texts: CarryTexts::of(use_language()),
            made: RwSignal::new(Given::default()),
            busy: RwSignal::new(false),
            said: RwSignal::new(None),
        };
        let can = RwSignal::new(false);
        let waiting = ArcMemo::new(move |_| {
            let shown = shown.read();
            let items = shown.items.iter().map(|shown| &shown.item);
            // What an official does goes under their own sign-in.
            let items = items.filter(|item| !shown.office && item.standing.is_waiting());
            items.cloned().collect::<Vec<_>>()
        });
        let some = {
            let waiting = waiting.clone();
            ArcMemo::new(move |_| !waiting.read().is_empty())
        };
        let asked = some.clone();
        Effect::new(move || {
            if asked.get() {
                spawn_local(async move {
                    let _ = can.try_set(carry::can_hand_over().await);
                });
            }
        });
        later(move || {
            (some.get() && can.get())
                .then(|| section(giving, waiting.clone()))
                .into_any()
        })
    }

    fn section(giving: Giving, waiting: ArcMemo<Vec<Item>>) -> AnyView {
        let texts = giving.texts;
        let items = waiting.clone();
        let make = move |_| {
            let items = items.get_untracked();
            spawn_local(async move { giving.make(items).await });
        };
        // What was answered meanwhile needs no other phone.
        let given = ArcMemo::new(move |_| {
            let waiting = waiting.read();
            let waits = |id| waiting.iter().any(|item| item.id == id);
            let mut given = giving.made.get();
            given.letters.retain(|letter| waits(letter.letter));
            given.media.retain(|medium| waits(medium.of));
            given
        });
        view! {
            <Details summary=texts.give>
                <p>{texts.give_what}</p>
                <p>{texts.give_photos}</p>
                <p>{texts.give_still}</p>
                <p>
                    <button class="button secondary" disabled=move || giving.busy.get() on:click=make>
                        {texts.make}
                    </button>
                </p>
                <p role="status">
                    {move || match giving.busy.get() {
                        true => Some(texts.making),
                        false => giving.said.get(),
                    }}
                </p>
                {move || shown_given(given.get())}
            </Details>
        }
        .into_any()
    }

    impl Giving {
        async fn make(self, items: Vec<Item>) {
            self.busy.set(true);
            let said = match carry::hand_over(&items).await {
                Ok(given) => {
                    let all = given.letters.len() == items.len();
                    let _ = self.made.try_set(given);
                    (!all).then_some(self.texts.not_all)
                }
                Err(carry::NotTaken::NoRoom) => Some(self.texts.no_room_here),
                Err(_) => Some(self.texts.give_failed),
            };
            let _ = self.said.try_set(said);
            let _ = self.busy.try_set(false);
        }
    }

    /// The file of all of them, and the codes of each.
    fn shown_given(given: Given) -> AnyView {
        let Given {
            letters,
            media,
            left_out,
        } = given;
        let Some(first) = letters.first() else {
            return ().into_any();
        };
        let language = use_language();
        let texts = CarryTexts::of(language);
        let name = format!("huiyin-{}", ProvisionalNumber::of(first.letter));
        let text = letters_of::file(&letters, &media);
        let with = (media.len() + left_out > 0).then(|| {
            let what = media_given(language, media.len(), left_out);
            view! { <p>{what}</p> }
        });
        let share = shareable(&text, &name).map(|with| {
            let share = move |_| share(&with);
            view! { <button class="button" on:click=share>{texts.share}</button> }
        });
        let save = move |_| save(&text, &name, KINDS[0]);
        let alone = letters.len() == 1;
        let codes = letters.iter().map(|letter| codes(letter, alone));
        view! {
            {with}
            <p class="row">
                {share}
                <button class="button secondary" on:click=save>{texts.save}</button>
            </p>
            <p>{texts.scan}</p>
            {codes.collect_view()}
        }
        .into_any()
    }

    fn codes(letter: &Letter, alone: bool) -> AnyView {
        let language = use_language();
        let texts = CarryTexts::of(language);
        let number = ProvisionalNumber::of(letter.letter).to_string();
        let inside = match letters_of::parts(letter) {
            None => view! { <p>{texts.too_long}</p> }.into_any(),
            Some(parts) => {
                let origin = window().location().origin().unwrap_or_default();
                let page = language.address(&use_site().county, "/carry");
                let addresses = parts.iter().map(|part| format!("{origin}{page}#{part}"));
                one_by_one(addresses.collect())
            }
        };
        let number = numbered(language, &number);
        // Several are folded, so that each is found; one alone is as wide as it can be.
        match alone {
            true => view! { <p><b class="number">{number}</b></p> {inside} }.into_any(),
            false => view! { <Details summary=number>{inside}</Details> }.into_any(),
        }
    }

    /// One at a time: a camera that sees two codes reads whichever it likes.
    fn one_by_one(addresses: Vec<String>) -> AnyView {
        let language = use_language();
        let texts = CarryTexts::of(language);
        let all = addresses.len();
        let at = RwSignal::new(0);
        let code = move || {
            let address = addresses.get(at.get())?.clone();
            let (path, size) = qr::drawn_tight(&address)?;
            let label = code_of(language, at.get() + 1, all);
            Some(view! {
                <QrCode path size label=label.clone()>
                    {label} " · " <a href=address>{texts.as_link}</a>
                </QrCode>
            })
        };
        let turn = (all > 1).then(|| {
            let before = move |_| at.update(|at| *at = (*at + all - 1) % all);
            let next = move |_| at.update(|at| *at = (*at + 1) % all);
            view! {
                <p class="row">
                    <button class="button secondary" on:click=before>{texts.before}</button>
                    <button class="button secondary" on:click=next>{texts.next}</button>
                </p>
            }
        });
        view! { <div class="carry-code" aria-live="polite">{code}</div> {turn} }.into_any()
    }

    fn file(text: &str, name: &str, (ending, kind): (&str, &str)) -> Option<File> {
        let options = FilePropertyBag::new();
        options.set_type(kind);
        let texts = Array::of1(&JsValue::from_str(text));
        let name = format!("{name}.{ending}");
        File::new_with_str_sequence_and_options(&texts, &name, &options).ok()
    }

    /// What this browser would share; none where it shares no such files.
    fn shareable(text: &str, name: &str) -> Option<send_wrapper::SendWrapper<Object>> {
        let navigator = window().navigator();
        let can: Function = Reflect::get(&navigator, &"canShare".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let with = KINDS.into_iter().filter_map(|kind| {
            let with = Object::new();
            let files = Array::of1(&file(text, name, kind)?.into());
            Reflect::set(&with, &"files".into(), &files).ok()?;
            Some(with)
        });
        let allowed = |with: &Object| {
            let allowed = can.call1(&navigator, with);
            allowed.is_ok_and(|allowed| allowed.is_truthy())
        };
        let mut with = with.filter(allowed);
        with.next().map(send_wrapper::SendWrapper::new)
    }

    /// Closing the sheet is no mistake, and the other button stays.
    fn share(with: &Object) {
        let navigator = window().navigator();
        let share = Reflect::get(&navigator, &"share".into()).and_then(JsCast::dyn_into);
        let shared = share.and_then(|share: Function| share.call1(&navigator, with));
        if let Ok(Ok(shared)) = shared.map(JsCast::dyn_into::<Promise>) {
            spawn_local(async move {
                let _ = JsFuture::from(shared).await;
            });
        }
    }

    /// What the person wrote, as a file they can read: whatever becomes of the item.
    pub fn save_words(item: &Item, why: String, words: Words) -> AnyView {
        let language = use_language();
        let texts = OutboxTexts::of(language);
        let id = item.id;
        let number = ProvisionalNumber::of(id).to_string();
        let saved = moment(language, item.kept_at);
        let head = format!(
            "{}\n{} {saved}\n{why}",
            numbered(language, &number),
            texts.saved_at
        );
        let name = format!("huiyin-{number}");
        let save = move |_| {
            let (head, name) = (head.clone(), name.clone());
            spawn_local(async move {
                let command = acts::command(id).await.unwrap_or_default();
                let words = words(&command);
                save(&format!("{head}\n\n{words}\n"), &name, KINDS[1]);
            });
        };
        let word = CarryTexts::of(language).save;
        view! { <button class="button secondary" on:click=save>{word}</button> }.into_any()
    }

    fn save(text: &str, name: &str, kind: (&str, &str)) {
        let Some(file) = file(text, name, kind) else {
            return;
        };
        let (Ok(address), Ok(link)) = (
            Url::create_object_url_with_blob(&file),
            document().create_element("a"),
        ) else {
            return;
        };
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", &file.name());
        if let Some(link) = link.dyn_ref::<HtmlElement>() {
            link.click();
        }
        // The browser reads it a moment after the tap.
        spawn_local(async move {
            TimeoutFuture::new(SAVED_AFTER_MS).await;
            let _ = Url::revoke_object_url(&address);
        });
    }
}
