//! An official's copy of the worklist on this tablet: made, opened with a PIN, locked, deleted.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::{query, view::Me};

use super::frame::places;
use crate::{
    components::*,
    i18n::{office::TabletTexts, use_language},
    repository::use_office_view,
};

#[component]
pub fn Tablet() -> impl IntoView {
    let texts = TabletTexts::of(use_language());
    let me = use_office_view(|| query::Me {});
    let errors = RwSignal::new(Vec::new());
    let asked = use_query_map().get_untracked();
    let said = [("lost", texts.was_lost), ("locked", texts.was_locked)];
    let said = said.into_iter().find(|(name, _)| asked.get(name).is_some());
    let said = StoredValue::new(said.map(|(_, words)| words));
    view! {
        <Suspense fallback=move || {
            view! {
                <OfficePage title=texts.title places=Vec::new()>
                    <Heading>{texts.title}</Heading>
                    <Skeleton label=texts.title/>
                </OfficePage>
            }
        }>
            {move || Suspend::new(async move {
                let me = me.await.ok();
                let rail = me.as_ref().map_or_else(Vec::new, |me| places("/office/tablet", &me.roles));
                let official = me.as_ref().map(|me| me.name.to_string()).unwrap_or_default();
                view! {
                    <OfficePage title=texts.title places=rail official>
                        <div class="stack">
                            <ErrorSummary errors/>
                            <Heading>{texts.title}</Heading>
                            {said.get_value().map(|words| view! { <Inset title=words>""</Inset> })}
                            <p>{texts.what}</p>
                            <noscript><p>{texts.without_scripts}</p></noscript>
                            {tablet(me, errors)}
                            <p class="mute">{texts.limits}</p>
                        </div>
                    </OfficePage>
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// Nothing on the server's page: it knows of no device.
#[cfg(not(feature = "hydrate"))]
fn tablet(_me: Option<Me>, _errors: RwSignal<Vec<FieldError>>) -> AnyView {
    crate::routes::later::later(|| ().into_any())
}

#[cfg(feature = "hydrate")]
use browser::tablet;

#[cfg(feature = "hydrate")]
mod browser {
    use chrono::{DateTime, Utc};
    use device::{Opening, Space};
    use domain::office::CASE_WORK;
    use leptos::{ev::SubmitEvent, task::spawn_local};
    use sync::ReadProblem;

    use super::*;
    use crate::{
        i18n::{
            citizen::{OutboxTexts, SpacesTexts, wait_for},
            office::{opens_until, tablet_holds},
        },
        repository::{
            Registering, Storage, TabletState, driver, keep_up, tablet_state, use_outbox,
        },
        routes::{
            citizen::send::{error_of, form_of},
            later::later,
            office::frame::address,
            pin::{asks, once, read},
        },
    };

    const NAME: std::ops::RangeInclusive<usize> = 1..=20;

    /// The officials' spaces of this device, and the one that is open.
    #[derive(Clone, Debug, Default, PartialEq)]
    struct Spaces {
        all: Vec<Space>,
        open: Option<String>,
    }

    pub fn tablet(me: Option<Me>, errors: RwSignal<Vec<FieldError>>) -> AnyView {
        keep_up();
        let outbox = use_outbox();
        let spaces = RwSignal::new(None::<Spaces>);
        // What is open changes with the outbox: another tab may lock it.
        Effect::new(move || {
            let _ = outbox.with(|shown| (shown.open.clone(), shown.office, shown.storage));
            spawn_local(async move {
                if let Some(known) = known().await {
                    let _ = spaces.try_set(Some(known));
                }
                if let Some(driver) = driver() {
                    driver.show_tablet().await;
                }
            });
        });
        let storage = use_outbox();
        let spaces = Memo::new(move |_| spaces.get());
        later(move || {
            if storage.with(|shown| shown.storage == Storage::Missing) {
                let texts = OutboxTexts::of(use_language());
                return view! { <Inset title=texts.no_storage kind=InsetKind::Warning>""</Inset> }
                    .into_any();
            }
            let Some(known) = spaces.get() else {
                return ().into_any();
            };
            let mine = |space: &Space| {
                let pass = space.pass.as_ref().map(|pass| pass.official.as_str());
                me.as_ref()
                    .is_some_and(|me| pass == Some(me.id.to_string().as_str()))
            };
            let has_one = known.all.iter().any(mine);
            let open = known.open.clone();
            let cards = known.all.into_iter().enumerate();
            let cards = cards.map(|(place, space)| {
                let is_open = open.as_deref() == Some(space.id.to_string().as_str());
                card(place + 1, space, is_open, me.is_some(), errors)
            });
            let cards = cards.collect_view();
            let make = match &me {
                Some(me) if !me.roles.iter().any(|role| CASE_WORK.contains(role)) => {
                    let texts = TabletTexts::of(use_language());
                    view! { <p>{texts.no_work}</p> }.into_any()
                }
                Some(me) if !has_one => make(me.clone(), errors),
                None if open.is_none() => sign_in_first(),
                _ => ().into_any(),
            };
            view! { {cards} {make} }.into_any()
        })
    }

    async fn known() -> Option<Spaces> {
        let device = driver()?.device().await.ok()?;
        let mut all = device.spaces().await.ok()?;
        all.retain(|space| space.pass.is_some());
        let open = device.open_space().map(|id| id.to_string());
        Some(Spaces { all, open })
    }

    fn sign_in_first() -> AnyView {
        let texts = TabletTexts::of(use_language());
        view! {
            <p>{texts.need_sign_in}</p>
            <p><LinkButton href=sign_in()>{texts.sign_in}</LinkButton></p>
        }
        .into_any()
    }

    fn sign_in() -> String {
        let here = address("/office/tablet");
        format!("{}?back={here}", address("/office/sign-in"))
    }

    fn card(
        place: usize,
        space: Space,
        is_open: bool,
        is_signed_in: bool,
        errors: RwSignal<Vec<FieldError>>,
    ) -> AnyView {
        let language = use_language();
        let texts = TabletTexts::of(language);
        let is_over = space.pass.as_ref().is_none_or(|pass| pass.is_over());
        let until = space.pass.as_ref().and_then(|pass| time(pass.until_ms));
        let until = until
            .filter(|_| !is_over)
            .map(|until| view! { <p class="mute">{opens_until(language, until)}</p> });
        let over = (is_over && !is_open && !is_signed_in).then(|| {
            view! {
                <p>{texts.is_over}</p>
                <p><LinkButton href=sign_in()>{texts.sign_in}</LinkButton></p>
            }
        });
        let (inside, state, word) = match is_open {
            true => (opened(), State::Done, texts.is_open),
            false if is_over && !is_signed_in => (().into_any(), State::Waiting, texts.is_locked),
            false => (
                opens(place, &space, errors),
                State::Waiting,
                texts.is_locked,
            ),
        };
        view! {
            <section class="card">
                <div class="stack-close">
                    <h2>{space.name.clone()}</h2>
                    <p><StatusMark state word/></p>
                    {until}
                    {over}
                    {inside}
                    {removes(&space)}
                </div>
            </section>
        }
        .into_any()
    }

    fn time(ms: u64) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(i64::try_from(ms).ok()?)
    }

    fn opened() -> AnyView {
        let language = use_language();
        let texts = TabletTexts::of(language);
        let state = tablet_state();
        let holds = state.clone();
        let holds = move || {
            let TabletState {
                as_of,
                rows,
                whole,
                urgent,
                ..
            } = holds.get();
            match as_of {
                Some(as_of) => tablet_holds(language, as_of, rows, (whole, urgent)),
                None => texts.not_fetched.to_owned(),
            }
        };
        let said = move || {
            let TabletState { busy, problem, .. } = state.get();
            match problem {
                _ if busy => texts.renewing,
                None => "",
                Some(ReadProblem::NotOpened) => texts.sign_in_first,
                Some(ReadProblem::NotAllowed) => texts.another,
                Some(_) => texts.unreachable,
            }
        };
        let renew = |_| {
            spawn_local(async {
                if let Some(driver) = driver() {
                    driver.renew_tablet().await;
                }
            });
        };
        let leaving = RwSignal::new(false);
        let lock = move |_| {
            leaving.set(true);
            let to = address("/office/tablet");
            spawn_local(async move {
                if let Some(driver) = driver() {
                    driver.lock_space(&to).await;
                }
            });
        };
        view! {
            <p class="number">{holds}</p>
            <p role="status">{said}</p>
            <p class="row">
                <LinkButton href=address("/office")>{texts.worklist}</LinkButton>
                <button class="button secondary" on:click=renew>{texts.renew}</button>
                <button class="button secondary" disabled=leaving on:click=lock>{texts.lock}</button>
            </p>
            <p class="mute">{texts.lock_what}</p>
        }
        .into_any()
    }

    fn opens(place: usize, space: &Space, errors: RwSignal<Vec<FieldError>>) -> AnyView {
        let language = use_language();
        let texts = TabletTexts::of(language);
        let id = space.id.to_string();
        asks(place, errors, move |pin| {
            let id = id.clone();
            async move {
                let driver = driver()?;
                match driver.open_tablet(&id, &pin).await {
                    Registering::Done => None,
                    Registering::Pin(Opening::Wait { seconds }) => {
                        Some(wait_for(language, seconds))
                    }
                    Registering::Pin(_) => Some(SpacesTexts::of(language).wrong.to_owned()),
                    Registering::SignIn => Some(texts.another.to_owned()),
                    other => Some(not_done(texts, other).to_owned()),
                }
            }
        })
    }

    fn removes(space: &Space) -> AnyView {
        let texts = TabletTexts::of(use_language());
        let busy = RwSignal::new(false);
        let gone = space.id.to_string();
        let remove = move |_| {
            let gone = gone.clone();
            once(busy, async move {
                if let Some(driver) = driver() {
                    let _ = driver.throw_space_away(&gone).await;
                }
            });
        };
        view! {
            <Details summary=texts.remove>
                <p>{texts.remove_what}</p>
                <p><button class="button danger" on:click=remove>{texts.remove}</button></p>
            </Details>
        }
        .into_any()
    }

    fn not_done(texts: &TabletTexts, why: Registering) -> &'static str {
        match why {
            Registering::Lost => texts.was_lost,
            Registering::Full => texts.full,
            Registering::SignIn => texts.need_sign_in,
            Registering::Unreachable => texts.offline,
            Registering::Done | Registering::Pin(_) => texts.failed,
        }
    }

    fn make(me: Me, errors: RwSignal<Vec<FieldError>>) -> AnyView {
        let language = use_language();
        let texts = TabletTexts::of(language);
        let pins = SpacesTexts::of(language);
        let busy = RwSignal::new(false);
        let make = move |event: SubmitEvent| {
            event.prevent_default();
            let Some(form) = form_of(&event) else { return };
            let (name, pin) = match read(&form, NAME, texts.name_wrong, pins) {
                Ok(read) => read,
                Err(wrong) => return errors.set(wrong),
            };
            let me = me.clone();
            once(busy, async move {
                let Some(driver) = driver() else { return };
                match driver.make_tablet(&me, &name, &pin).await {
                    Registering::Done => errors.set(Vec::new()),
                    why => errors.set(vec![FieldError::new("name", not_done(texts, why))]),
                }
            });
        };
        view! {
            <h2>{texts.make}</h2>
            <form on:submit=make novalidate class="stack" autocomplete="off">
                <TextField name="name" label=texts.name hint=texts.name_hint error=error_of(errors, "name")/>
                <TextField name="new_pin" label=pins.pin hint=pins.pin_hint kind=InputKind::Pin
                    error=error_of(errors, "new_pin")/>
                <TextField name="again" label=pins.again kind=InputKind::Pin error=error_of(errors, "again")/>
                <p><button class="button" disabled=move || busy.get()>{texts.make}</button></p>
                <p role="status">{move || busy.get().then_some(texts.making)}</p>
            </form>
        }
        .into_any()
    }
}
