//! Sending for somebody else: letters of another phone, which only the server opens, go from this one.

use leptos::prelude::*;

use crate::{
    components::*,
    i18n::{citizen::CarryTexts, use_language},
};

#[component]
pub fn Carry() -> impl IntoView {
    let texts = CarryTexts::of(use_language());
    view! {
        <Page title=texts.title place=Place::Mine>
            <Heading>{texts.title}</Heading>
            <noscript><p>{texts.without_scripts}</p></noscript>
            {carried()}
            <p>{texts.what}</p>
            <p class="mute">{texts.sealed}</p>
        </Page>
    }
    .into_any()
}

/// Nothing on the server's page: a fragment is never sent, and the server knows of no device.
#[cfg(not(feature = "hydrate"))]
fn carried() -> AnyView {
    super::here::later(|| ().into_any())
}

#[cfg(feature = "hydrate")]
use browser::carried;

#[cfg(feature = "hydrate")]
mod browser {
    use device::{Carried, CarriedFate};
    use domain::{ids::CommandId, provisional::ProvisionalNumber};
    use leptos::{ev::Event, task::spawn_local};
    use sync::carry::{CarryProblem, MOST_FILE_BYTES};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{File, HtmlInputElement};

    use super::*;
    use crate::{
        i18n::citizen::{carried_wait, media_carried, numbered, still_missing},
        repository::{
            carry::{self, Begun, NotTaken, Taken},
            use_outbox,
        },
        routes::citizen::{here::later, outbox},
    };

    /// What this page knows.
    #[derive(Clone, Copy)]
    struct Carrying {
        texts: &'static CarryTexts,
        carried: RwSignal<Vec<Carried>>,
        begun: RwSignal<Vec<Begun>>,
        /// What was just done.
        said: RwSignal<&'static str>,
        /// Why it was not.
        wrong: RwSignal<Option<&'static str>>,
    }

    pub fn carried() -> AnyView {
        let carrying = Carrying {
            texts: CarryTexts::of(use_language()),
            carried: RwSignal::new(Vec::new()),
            begun: RwSignal::new(Vec::new()),
            said: RwSignal::new(""),
            wrong: RwSignal::new(None),
        };
        let shown = use_outbox();
        Effect::new(move || {
            shown.track();
            spawn_local(async move { carrying.look().await });
        });
        Effect::new(move || carrying.take_address());
        // The next code may be opened in this same page.
        let again = window_event_listener_untyped("hashchange", move |_| carrying.take_address());
        on_cleanup(move || again.remove());
        later(move || {
            view! {
                <div role="alert">
                    {move || {
                        let wrong = carrying.wrong.get();
                        wrong.map(|wrong| view! { <Inset title=wrong kind=InsetKind::Warning>""</Inset> })
                    }}
                </div>
                <p role="status">{move || carrying.said.get()}</p>
                {move || begun(carrying)}
                {move || list(carrying)}
                {chooser(carrying)}
            }
            .into_any()
        })
    }

    impl Carrying {
        async fn look(self) {
            let begun = carry::begun().await;
            let carried = carry::carried().await;
            if self.begun.try_get_untracked().is_some_and(|it| it != begun) {
                let _ = self.begun.try_set(begun);
            }
            let before = self.carried.try_get_untracked();
            if before.is_some_and(|it| it != carried) {
                if !carried.iter().any(Carried::is_here) {
                    // It has gone: that it will go is said no more.
                    let _ = self.said.try_set("");
                }
                let _ = self.carried.try_set(carried);
            }
        }

        /// What another phone's code brought, once.
        fn take_address(self) {
            let location = window().location();
            let fragment = location.hash().unwrap_or_default();
            let Some(text) = fragment.strip_prefix('#').filter(|text| !text.is_empty()) else {
                return;
            };
            let text = text.to_owned();
            spawn_local(async move {
                let taken = carry::take_part(&text).await;
                // Where nothing could be kept the address still has it.
                let lost = matches!(taken, Err(NotTaken::NoRoom | NotTaken::NoStorage));
                let is_same = location.hash().is_ok_and(|now| now == fragment);
                if !lost
                    && is_same
                    && let (Ok(path), Ok(history)) = (location.pathname(), window().history())
                {
                    let state = history.state().unwrap_or(JsValue::NULL);
                    let _ = history.replace_state_with_url(&state, "", Some(&path));
                }
                self.tell(taken).await;
            });
        }

        async fn take_file(self, file: File) {
            self.said.set(self.texts.looking);
            self.wrong.set(None);
            let taken = match file.size() > MOST_FILE_BYTES as f64 {
                true => Err(NotTaken::Problem(CarryProblem::TooLarge)),
                false => match JsFuture::from(file.text()).await.map(|it| it.as_string()) {
                    Ok(Some(text)) => carry::take_file(&text).await,
                    _ => Err(NotTaken::Problem(CarryProblem::NotOne)),
                },
            };
            self.tell(taken).await;
        }

        async fn tell(self, taken: Result<Taken, NotTaken>) {
            let texts = self.texts;
            let (said, wrong) = match taken {
                Ok(Taken::Letters { left_out: 1.., .. }) => ("", Some(texts.media_no_room)),
                Ok(Taken::Letters { fresh: 0, .. }) => (texts.known, None),
                Ok(Taken::Letters { .. }) => (texts.taken, None),
                Ok(Taken::Part) => (texts.part, None),
                Err(not_taken) => ("", Some(self.why(not_taken))),
            };
            self.look().await;
            let _ = self.said.try_set(said);
            let _ = self.wrong.try_set(wrong);
        }

        fn why(self, not_taken: NotTaken) -> &'static str {
            let texts = self.texts;
            match not_taken {
                NotTaken::Problem(CarryProblem::NotOne) => texts.not_one,
                NotTaken::Problem(CarryProblem::Changed) => texts.changed,
                NotTaken::Problem(CarryProblem::OtherCounty) => texts.other_county,
                NotTaken::Problem(CarryProblem::TooLarge) => texts.too_large,
                NotTaken::NoRoom => texts.no_room,
                NotTaken::NoStorage => texts.no_storage,
            }
        }
    }

    fn begun(carrying: Carrying) -> AnyView {
        let (language, texts) = (use_language(), carrying.texts);
        let begun = carrying.begun.get().into_iter().map(|Begun { number, missing }| {
            let give_up = move |_| {
                let number = number.clone();
                spawn_local(async move {
                    carry::give_up(&number).await;
                    let _ = carrying.said.try_set("");
                    carrying.look().await;
                });
            };
            view! {
                <section class="card stack-close">
                    <h2>{texts.begun}</h2>
                    <p><StatusMark state=State::DueSoon word=still_missing(language, &missing)/></p>
                    <p><button class="button secondary" on:click=give_up>{texts.give_up}</button></p>
                </section>
            }
        });
        begun.collect_view().into_any()
    }

    fn list(carrying: Carrying) -> AnyView {
        let (language, texts) = (use_language(), carrying.texts);
        let carried = carrying.carried.get();
        let waiting = carried
            .iter()
            .filter(|it| it.fate == CarriedFate::Waits)
            .count();
        let media: usize = carried.iter().map(|it| it.media).sum();
        let done = carried.iter().any(|it| !it.is_here());
        let going = carried.iter().any(Carried::is_here).then(|| {
            view! {
                <p>{carried_wait(language, waiting, media)}</p>
                {outbox::truth(media == 0)}
                <p class="row">{outbox::send_now(ButtonKind::Primary)}</p>
            }
        });
        let put_away = move |_| {
            spawn_local(async move {
                carry::forget_carried().await;
                let _ = carrying.said.try_set("");
                carrying.look().await;
            });
        };
        let put_away = done.then(|| {
            view! { <p><button class="button secondary" on:click=put_away>{texts.put_away}</button></p> }
        });
        let cards = carried.iter().rev().map(|carried| card(carrying, carried));
        view! { {going} {cards.collect_view()} {put_away} }.into_any()
    }

    fn card(carrying: Carrying, carried: &Carried) -> AnyView {
        let (language, texts) = (use_language(), carrying.texts);
        let number = ProvisionalNumber::of(carried.id).to_string();
        let (state, word, what) = match carried.fate {
            CarriedFate::Waits => (State::Waiting, texts.waits, ""),
            CarriedFate::Delivered if carried.media > 0 => {
                (State::Waiting, texts.words_delivered, "")
            }
            CarriedFate::Delivered => (State::Answered, texts.delivered, ""),
            CarriedFate::NotTaken => (State::Overdue, texts.not_taken, texts.not_taken_what),
        };
        let media = (carried.media > 0).then(|| {
            view! { <p>{media_carried(language, carried.media)}</p> }
        });
        let look_up = (carried.fate == CarriedFate::Delivered).then(|| {
            let rest = format!("/number?number={number}");
            let address = language.address(&use_site().county, &rest);
            view! { <p><a href=address>{texts.look_up}</a></p> }
        });
        let put_down = carried.is_here().then(|| put_down(carrying, carried.id));
        view! {
            <section class="card stack-close">
                <h2 class="number">{numbered(language, &number)}</h2>
                <p><StatusMark state word/></p>
                {(!what.is_empty()).then(|| view! { <p>{what}</p> })}
                {media}
                {look_up}
                {put_down}
            </section>
        }
        .into_any()
    }

    fn put_down(carrying: Carrying, id: CommandId) -> AnyView {
        let texts = carrying.texts;
        let down = move |_| {
            spawn_local(async move {
                carry::put_carried_down(id).await;
                carrying.look().await;
                let _ = carrying.said.try_set(texts.put_down_done);
            });
        };
        view! {
            <Details summary=texts.put_down>
                <p>{texts.put_down_what}</p>
                <button class="button danger" on:click=down>{texts.put_down_yes}</button>
            </Details>
        }
        .into_any()
    }

    fn chooser(carrying: Carrying) -> AnyView {
        let chosen = move |event: Event| {
            let input: Option<HtmlInputElement> = event.target().and_then(|it| it.dyn_into().ok());
            let Some(input) = input else { return };
            let file = input.files().and_then(|files| files.get(0));
            // The same file may be chosen again.
            input.set_value("");
            if let Some(file) = file {
                spawn_local(async move { carrying.take_file(file).await });
            }
        };
        view! {
            <p>
                <label class="button secondary">
                    {carrying.texts.choose}
                    <input type="file" accept=".json,.txt,application/json,text/plain" class="unseen" on:change=chosen/>
                </label>
            </p>
        }
        .into_any()
    }
}
