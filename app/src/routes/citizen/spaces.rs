//! A phone that several people use: what is whose, and locking it.

use leptos::prelude::*;

use super::loaded::asked_for;
use crate::{
    components::*,
    i18n::{citizen::SpacesTexts, use_language},
};

#[component]
pub fn Spaces() -> impl IntoView {
    let texts = SpacesTexts::of(use_language());
    let errors = RwSignal::new(Vec::new());
    let locked = asked_for("locked")()
        .map(|_| view! { <Inset title=texts.is_locked><p>{texts.was_locked}</p></Inset> });
    view! {
        <Page title=texts.title place=Place::Mine>
            <ErrorSummary errors/>
            <Heading>{texts.title}</Heading>
            {locked}
            <p>{texts.what}</p>
            <noscript><p>{texts.without_scripts}</p></noscript>
            {spaces(errors)}
            <p class="mute">{texts.limits}</p>
        </Page>
    }
    .into_any()
}

/// Nothing on the server's page: it knows of no device.
#[cfg(not(feature = "hydrate"))]
fn spaces(_errors: RwSignal<Vec<FieldError>>) -> AnyView {
    super::here::later(|| ().into_any())
}

#[cfg(feature = "hydrate")]
use browser::spaces;

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::{ev::SubmitEvent, task::spawn_local};

    use super::*;
    use crate::{
        i18n::citizen::{OutboxTexts, letters_wait, locked_wait, space_of, wait_for},
        repository::{KnownSpace, Opening, Shown, Storage, driver, use_outbox},
        routes::{
            citizen::{
                hand_over::use_carried,
                here::{Going, later},
                outbox::closed_media,
                send::{error_of, form_of},
            },
            pin::{asks, once, read},
        },
    };

    const NAME: std::ops::RangeInclusive<usize> = 1..=12;

    pub fn spaces(errors: RwSignal<Vec<FieldError>>) -> AnyView {
        let shown = use_outbox();
        // What was typed stays in its form while the outbox changes.
        let spaces = ArcMemo::new({
            let shown = shown.clone();
            move |_| {
                let shown = shown.get();
                (shown.storage, shown.spaces, shown.open)
            }
        });
        let leaving = RwSignal::new(false);
        later(move || {
            // Nothing more is to be typed into a page that goes.
            if leaving.get() {
                let locking = SpacesTexts::of(use_language()).locking;
                return view! { <p role="status">{locking}</p> }.into_any();
            }
            let (storage, spaces, open) = spaces.get();
            if storage == Storage::Missing {
                let texts = OutboxTexts::of(use_language());
                return view! { <Inset title=texts.no_storage kind=InsetKind::Warning>""</Inset> }
                    .into_any();
            }
            let none = spaces.is_empty();
            let cards = spaces.into_iter().enumerate();
            let cards = cards.map(|(place, space)| {
                let is_open = open.as_ref() == Some(&space.id);
                card(place + 1, space, is_open.then_some(leaving), errors)
            });
            view! {
                {cards.collect_view()}
                {waiting(shown.clone())}
                {open.is_none().then(|| make(none, errors))}
            }
            .into_any()
        })
    }

    /// What waits in spaces that are locked.
    fn waiting(shown: ArcRwSignal<Shown>) -> AnyView {
        let language = use_language();
        let carried = use_carried(shown.clone());
        let (letters, of_others) = (shown.clone(), carried.clone());
        let letters = move || {
            let count = letters
                .read()
                .letters
                .saturating_sub(of_others.get().letters);
            (count > 0).then(|| view! { <p>{letters_wait(language, count)}</p> })
        };
        let media = shown.clone();
        let locked = move || {
            let count = shown.read().locked;
            (count > 0).then(|| view! { <p>{locked_wait(language, count)}</p> })
        };
        let media = move || closed_media(&media.read(), carried.get().media);
        view! { {letters} {locked} {media} }.into_any()
    }

    fn card(
        place: usize,
        space: KnownSpace,
        leaving: Option<RwSignal<bool>>,
        errors: RwSignal<Vec<FieldError>>,
    ) -> AnyView {
        let language = use_language();
        let texts = SpacesTexts::of(language);
        let (inside, state, word) = match leaving {
            Some(leaving) => (locks(leaving), State::Done, texts.is_open),
            None => (
                opens(place, &space, errors),
                State::Waiting,
                texts.is_locked,
            ),
        };
        view! {
            <section class="card">
                <div class="stack-close">
                    <h2>{space_of(language, &space.name)}</h2>
                    <p><StatusMark state word/></p>
                    {inside}
                </div>
            </section>
        }
        .into_any()
    }

    fn locks(leaving: RwSignal<bool>) -> AnyView {
        let language = use_language();
        let texts = SpacesTexts::of(language);
        let county = use_site().county;
        let to = language.address(&county, "/spaces");
        let mine = language.address(&county, "/follow");
        let outbox = language.address(&county, "/outbox");
        let lock = move |_| {
            let to = to.clone();
            leaving.set(true);
            spawn_local(async move {
                if let Some(driver) = driver() {
                    driver.lock_space(&to).await;
                }
            });
        };
        view! {
            <p class="row">
                <button class="button" on:click=lock>{texts.lock}</button>
                <LinkButton href=outbox kind=ButtonKind::Secondary>{OutboxTexts::of(language).title}</LinkButton>
                <LinkButton href=mine kind=ButtonKind::Secondary>{OutboxTexts::of(language).own}</LinkButton>
            </p>
            <p class="mute">{texts.lock_what}</p>
        }
        .into_any()
    }

    fn opens(place: usize, space: &KnownSpace, errors: RwSignal<Vec<FieldError>>) -> AnyView {
        let language = use_language();
        let texts = SpacesTexts::of(language);
        let busy = RwSignal::new(false);
        let id = space.id.clone();
        let form = asks(place, errors, move |pin| {
            let id = id.clone();
            async move {
                let driver = driver()?;
                match driver.open_space_with(&id, &pin).await {
                    Ok(Opening::Opened) => None,
                    Ok(Opening::WrongPin) => Some(texts.wrong.to_owned()),
                    Ok(Opening::Wait { seconds }) => Some(wait_for(language, seconds)),
                    // An official's has a page of its own.
                    Ok(Opening::PassOver) | Err(_) => Some(texts.failed.to_owned()),
                }
            }
        });
        let gone = space.id.clone();
        let throw_away = move |_| {
            let gone = gone.clone();
            once(busy, async move {
                if let Some(driver) = driver() {
                    let _ = driver.throw_space_away(&gone).await;
                }
            });
        };
        view! {
            {form}
            <Details summary=texts.forgotten>
                <p>{texts.forgotten_what}</p>
                <p>{texts.letters_go}</p>
                <p><button class="button danger" on:click=throw_away>{texts.throw_away}</button></p>
            </Details>
        }
        .into_any()
    }

    fn make(first: bool, errors: RwSignal<Vec<FieldError>>) -> AnyView {
        let texts = SpacesTexts::of(use_language());
        let busy = RwSignal::new(false);
        let going = Going::here();
        let make = move |event: SubmitEvent| {
            event.prevent_default();
            let Some(form) = form_of(&event) else { return };
            let (name, pin) = match read(&form, NAME, texts.name_wrong, texts) {
                Ok(read) => read,
                Err(wrong) => return errors.set(wrong),
            };
            let going = going.clone();
            once(busy, async move {
                let Some(driver) = driver() else { return };
                match driver.make_space(&name, &pin).await {
                    Ok(()) => {
                        errors.set(Vec::new());
                        going.to("/spaces");
                    }
                    Err(trouble) => {
                        let wrong = match trouble.is_full() {
                            true => texts.full,
                            false => texts.failed,
                        };
                        errors.set(vec![FieldError::new("name", wrong)]);
                    }
                }
            });
        };
        view! {
            <Details summary=texts.make open=first>
                <p>{texts.make_what}</p>
                <form on:submit=make novalidate class="stack" autocomplete="off">
                    <TextField name="name" label=texts.name hint=texts.name_hint error=error_of(errors, "name")/>
                    <TextField name="new_pin" label=texts.pin hint=texts.pin_hint kind=InputKind::Pin
                        error=error_of(errors, "new_pin")/>
                    <TextField name="again" label=texts.again kind=InputKind::Pin error=error_of(errors, "again")/>
                    <p><button class="button" disabled=move || busy.get()>{texts.make}</button></p>
                    <p role="status">{move || busy.get().then_some(texts.making)}</p>
                </form>
            </Details>
        }
        .into_any()
    }
}
