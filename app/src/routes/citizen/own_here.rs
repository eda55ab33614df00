//! What was registered from this device, as it was seen last: readable without a network.

use leptos::prelude::*;
use sync::ReadProblem;

/// What the page of one's own asked for.
type MineView = Resource<Result<sync::view::Mine, ReadProblem>>;

/// Where the petitioner acts on a registration that this device knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Acts {
    /// Beside what was seen last: there is no other page without a network.
    Here,
    /// On the server's page, which has everything.
    Elsewhere,
}

/// Nothing on the server's page: it knows of no device.
#[cfg(not(feature = "hydrate"))]
pub(super) fn own_here(_acts: Acts) -> AnyView {
    super::here::later(|| ().into_any())
}

/// Keeps what a code opened, where it was sent from this device.
#[cfg(not(feature = "hydrate"))]
pub(super) fn see(_mine: &sync::view::Mine) {}

/// What was told meanwhile is shown.
#[cfg(not(feature = "hydrate"))]
pub(super) fn renew(_mine: MineView) {}

/// The second way to leave, where this device keeps something of it.
#[cfg(not(feature = "hydrate"))]
pub(super) fn leave_nothing(_mine: &sync::view::Mine) -> AnyView {
    super::here::later(|| ().into_any())
}

#[cfg(feature = "hydrate")]
pub(super) use browser::{leave_nothing, own_here, renew, see};

#[cfg(feature = "hydrate")]
mod browser {
    use std::sync::Arc;

    use chrono::{DateTime, Utc};
    use leptos::{ev::MouseEvent, task::spawn_local};
    use sync::view;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlFormElement};

    use super::*;
    use crate::{
        components::*,
        i18n::{
            citizen::{AccessTexts, FollowTexts, MediaTexts, OutboxTexts, ReceiptTexts},
            common, moment, use_language,
        },
        repository::{
            is_writing,
            own::{self, Opening, Own},
            renewed, use_outbox,
        },
        routes::citizen::{
            access,
            here::{Going, later},
            mine::{cancel, case_card},
            send::Kept,
            slip,
        },
    };

    /// What the cards of this page share.
    #[derive(Clone)]
    struct Cards {
        known: RwSignal<Vec<Own>>,
        acts: Acts,
        /// Whose form is open: one at a time, for its fields have names of their own.
        letting_in: RwSignal<Option<String>>,
        /// Goes on to where it is said how far an act is.
        kept: Kept,
    }

    pub fn see(mine: &view::Mine) {
        let Ok(mine) = serde_json::to_string(mine) else {
            return;
        };
        Effect::new(move || {
            let mine = mine.clone();
            spawn_local(async move {
                own::see(mine).await;
            });
        });
    }

    /// What was told meanwhile is asked for as the code opens it. Not under the hands of somebody who writes.
    pub fn renew(mine: MineView) {
        on_news(move || {
            if !is_writing() {
                mine.refetch();
            }
        });
    }

    /// What changed of one's own was told to this device.
    fn on_news(then: impl Fn() + Send + Sync + 'static) {
        let renewed = renewed();
        Effect::new(move |before: Option<()>| {
            let mine = renewed.get().iter().any(|path| path == "mine");
            if before.is_some() && mine {
                then();
            }
        });
    }

    /// For a phone that is somebody else's: takes everything of it away, then ends the reading session.
    pub fn leave_nothing(mine: &view::Mine) -> AnyView {
        let texts = OutboxTexts::of(use_language());
        let slip = mine.slip.as_ref().map(|slip| slip.registration.to_string());
        let id = slip.or_else(|| mine.filed.as_ref().map(|filed| filed.case.to_string()));
        let known = RwSignal::new(None);
        Effect::new(move || {
            let id = id.clone();
            spawn_local(async move {
                let all = own::all().await.into_iter();
                let own = all.into_iter().find(|own| Some(&own.id) == id.as_ref());
                let _ = known.try_set(own);
            });
        });
        let leave = move |event: MouseEvent| {
            let button: Option<Element> = event.target().and_then(|it| it.dyn_into().ok());
            let form = button.and_then(|button| button.closest("form").ok()?);
            let form: Option<HtmlFormElement> = form.and_then(|form| form.dyn_into().ok());
            let (Some(own), Some(form)) = (known.get_untracked(), form) else {
                return;
            };
            event.prevent_default();
            spawn_local(async move {
                own::forget(&own).await;
                let _ = form.submit();
            });
        };
        later(move || match known.get() {
            None => ().into_any(),
            Some(own) => view! {
                <p>{texts.not_my_phone}</p>
                {unsent(&own.id)}
                <button class="button secondary" on:click=leave>{texts.leave_nothing}</button>
            }
            .into_any(),
        })
    }

    pub fn own_here(acts: Acts) -> AnyView {
        let going = Going::here();
        let known = RwSignal::new(Vec::new());
        let letting_in = RwSignal::new(None);
        let asked_for = RwSignal::new(window().location().hash().is_ok_and(|it| it == "#access"));
        let look = move || {
            spawn_local(async move {
                let all = own::all().await;
                // Its link says of which matter it was asked, where there is but one.
                if let ([one], true) = (all.as_slice(), asked_for.try_get_untracked() == Some(true))
                {
                    let _ = asked_for.try_set(false);
                    let _ = letting_in.try_set(Some(one.id.clone()));
                }
                let _ = known.try_set(all);
            });
        };
        let cards = Cards {
            known,
            acts,
            letting_in,
            kept: Arc::new(move |_| going.to("/outbox")),
        };
        Effect::new(look);
        on_news(move || {
            if !is_writing() {
                look();
            }
        });
        let texts = OutboxTexts::of(use_language());
        later(move || {
            let all = known.get();
            let some = (!all.is_empty()).then(|| {
                view! {
                    <h2>{texts.own}</h2>
                    <p>{texts.own_what}</p>
                }
            });
            let cards = all.into_iter().map(|own| one(own, &cards)).collect_view();
            view! { {some} {cards} }.into_any()
        })
    }

    fn one(own: Own, cards: &Cards) -> AnyView {
        let known = cards.known;
        let language = use_language();
        let texts = OutboxTexts::of(language);
        let words = ReceiptTexts::of(language);
        let county = use_site().county;
        let seen = own.seen.as_ref();
        let seen: Option<view::Mine> = seen.and_then(|seen| serde_json::from_str(seen).ok());
        let (title, as_of) = match &seen {
            Some(seen) => (title(seen), seen.as_of),
            None => (words.received_title.to_owned(), own.received_at),
        };
        let code = seen.is_none().then(|| {
            view! {
                <p class="mute">{words.code}</p>
                <p><CodeDisplay code=own.code.clone()/></p>
            }
        });
        let open = cards.letting_in.get_untracked().as_ref() == Some(&own.id);
        let acts = seen
            .as_ref()
            .filter(|_| cards.acts == Acts::Here && !own.closed);
        let acts = acts.map(|seen| acts_here(&own.id, seen, cards));
        let inside = seen.map(|seen| {
            let slip = seen.slip.as_ref().map(slip::slip);
            let filed = seen.filed.as_ref().map(slip::filed);
            let cases = seen.cases.into_iter().map(case_card).collect_view();
            view! { {slip} {filed} {cases} {acts} }
        });
        let gone = own.clone();
        let forget = move |_| {
            let gone = gone.clone();
            spawn_local(async move {
                own::forget(&gone).await;
                let _ = known.try_set(own::all().await);
            });
        };
        let why_not = RwSignal::new(own.closed.then_some(texts.refused));
        let id = own.id.clone();
        let latest = move |_| {
            let (own, county) = (own.clone(), county.clone());
            spawn_local(async move {
                let why = match own::open(&own, &county).await {
                    Opening::Opened => {
                        let _ = window()
                            .location()
                            .assign(&language.address(&county, "/mine"));
                        return;
                    }
                    Opening::Refused => texts.refused,
                    Opening::Later => FollowTexts::of(language).later,
                    Opening::Unreachable => texts.no_signal,
                };
                let _ = why_not.try_set(Some(why));
            });
        };
        view! {
            <div class="card">
                <div class="stack-close">
                    <h3>{title}</h3>
                    <p class="mute">{age(as_of)}</p>
                    {code}
                    <p class="row"><button class="button secondary" on:click=latest>{texts.latest}</button></p>
                    <p role="status">{move || why_not.get()}</p>
                    <Details summary=texts.forget>
                        <p>{texts.forget_what}</p>
                        {unsent(&id)}
                        <p><button class="button danger" on:click=forget>{texts.discard_yes}</button></p>
                    </Details>
                    {inside.map(|inside| view! { <Details summary=words.follow open>{inside}</Details> })}
                </div>
            </div>
        }
        .into_any()
    }

    /// What the petitioner can do with it as far as was seen last: the server judges when it gets there.
    fn acts_here(id: &str, seen: &view::Mine, cards: &Cards) -> AnyView {
        let (of, letting_in, kept) = (id.to_owned(), cards.letting_in, cards.kept.clone());
        let slip = seen.slip.as_ref().filter(|slip| slip.can_cancel);
        let cancel = slip.map(|slip| cancel(slip.registration, seen.next_act, Some(kept.clone())));
        let seen = seen
            .access
            .is_some()
            .then(|| StoredValue::new(seen.clone()));
        let access = seen.map(|seen| {
            let texts = AccessTexts::of(use_language());
            let id = of.clone();
            let is_open = Memo::new(move |_| letting_in.read().as_ref() == Some(&id));
            let form = move || {
                let errors = RwSignal::new(Vec::new());
                let form = seen.with_value(|seen| access::access(seen, errors, Some(&kept)));
                view! { <ErrorSummary errors/> {form} }
            };
            view! {
                {move || match is_open.get() {
                    true => form().into_any(),
                    false => {
                        let of = of.clone();
                        let open = move |_| letting_in.set(Some(of.clone()));
                        view! { <p><button class="button secondary" on:click=open>{texts.title}</button></p> }
                            .into_any()
                    }
                }}
            }
        });
        view! { {access} {cancel} }.into_any()
    }

    /// What goes with it and is not sent: deleting takes it too.
    fn unsent(id: &str) -> AnyView {
        let id = id.to_owned();
        let texts = MediaTexts::of(use_language());
        let shown = use_outbox();
        let word = move || {
            let shown = shown.get();
            let mut items = shown.items.iter();
            let item = items.find(|shown| shown.item.id.to_string() == id)?;
            (item.following.here > 0).then_some(view! { <p><b>{texts.stays_here}</b></p> })
        };
        view! { {word} }.into_any()
    }

    fn title(seen: &view::Mine) -> String {
        let words = ReceiptTexts::of(use_language());
        match (&seen.slip, &seen.filed) {
            (Some(slip), _) => slip.visit.title.to_string(),
            (None, Some(filed)) => format!("{} {}", words.case_number, filed.number),
            (None, None) => words.received_title.to_owned(),
        }
    }

    /// With its day: it may be weeks old.
    fn age(as_of: DateTime<Utc>) -> String {
        let language = use_language();
        common::as_of(language, &moment(language, as_of))
    }
}
