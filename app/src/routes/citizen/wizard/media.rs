//! Photos and a recording of what is being filled in: kept on this device as they are taken.

use leptos::prelude::*;
use sync::view;

#[cfg(feature = "hydrate")]
pub(super) use browser::media;

/// Nothing on the server's page: only a device can keep them.
#[cfg(not(feature = "hydrate"))]
pub(super) fn media(_draft: &view::Draft) -> AnyView {
    crate::routes::citizen::here::later(|| ().into_any())
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::Cell;

    use domain::{
        attachment::{AttachmentKind, MOST_IMAGES},
        ids::CommandId,
    };
    use gloo_timers::future::TimeoutFuture;
    use leptos::{ev::Event, html, task::spawn_local};
    use send_wrapper::SendWrapper;
    use sync::upload::Medium;
    use wasm_bindgen::JsCast;
    use web_sys::{EventInit, File, HtmlInputElement};

    use super::*;
    use crate::{
        i18n::{citizen::MediaTexts, use_language},
        repository::{
            Storage, driver,
            media::{self, Making, NoMedium, Recording},
        },
        routes::citizen::here::later,
    };

    thread_local! {
        /// The microphone is asked for, or is on.
        static ASKING: Cell<bool> = const { Cell::new(false) };
    }

    /// What this part of the page knows.
    #[derive(Clone, Copy)]
    struct Taken {
        of: CommandId,
        texts: &'static MediaTexts,
        media: RwSignal<Vec<Shown>>,
        /// How many files are being made small.
        busy: RwSignal<usize>,
        problems: RwSignal<Vec<String>>,
        recording: StoredValue<Option<SendWrapper<Recording>>>,
        records: RwSignal<bool>,
        frame: NodeRef<html::Fieldset>,
    }

    /// One of them, with an address at which the page can show it.
    #[derive(Clone, PartialEq)]
    struct Shown {
        medium: Medium,
        address: Option<String>,
    }

    pub fn media(draft: &view::Draft) -> AnyView {
        let texts = MediaTexts::of(use_language());
        let taken = Taken {
            of: draft.command,
            texts,
            media: RwSignal::new(Vec::new()),
            busy: RwSignal::new(0),
            problems: RwSignal::new(Vec::new()),
            recording: StoredValue::new(None),
            records: RwSignal::new(false),
            frame: NodeRef::new(),
        };
        let changes = media::changes();
        Effect::new(move || {
            changes.track();
            spawn_local(async move { taken.look().await });
        });
        on_cleanup(move || {
            taken.stop();
            for shown in taken.media.get_untracked() {
                shown.address.as_deref().map(media::let_go);
            }
        });
        let keeps = Memo::new(|_| {
            let storage = driver().map(|driver| driver.shown().get().storage);
            matches!(storage, Some(Storage::There | Storage::Unknown))
        });
        later(move || match keeps.get() {
            true => frame(taken),
            false => view! { <p class="mute">{texts.missing}</p> }.into_any(),
        })
    }

    fn frame(taken: Taken) -> AnyView {
        let texts = taken.texts;
        let said = move || match (taken.busy.get(), taken.records.get()) {
            (0, false) => "",
            (0, true) => texts.recording,
            _ => texts.preparing,
        };
        // What is chosen while this is drawn anew would be lost: a person may look for a photo for a while.
        let may_choose = Memo::new(move |_| taken.photos() < MOST_IMAGES);
        let can_record = media::can_record();
        let may_record = Memo::new(move |_| can_record && !taken.has_recording());
        // The form does not go on while something of it is being made. The mark goes with this part of it: the next
        // page of the wizard has the same form.
        let making = media::making();
        let busy = move || (making.get() > 0).then_some("");
        view! {
            <fieldset class="media stack-close" node_ref=taken.frame data-busy=busy>
                <legend>{texts.title}</legend>
                <p class="mute">{texts.hint}</p>
                {move || list(taken)}
                <p role="status">{said}</p>
                {move || problems(taken)}
                <div class="row">
                    {move || may_choose.get().then(|| chooser(taken))}
                    {move || may_record.get().then(|| recorder(taken))}
                </div>
            </fieldset>
        }
        .into_any()
    }

    fn list(taken: Taken) -> AnyView {
        let texts = taken.texts;
        let mut photos = 0;
        let one = |shown: Shown| {
            let id = shown.medium.attachment;
            let kilobytes = format!("{} KB", shown.medium.bytes.div_ceil(1024));
            let is_photo = shown.medium.kind == AttachmentKind::Image;
            let name = match is_photo {
                true => {
                    photos += 1;
                    format!("{} {photos}", texts.photo)
                }
                false => texts.voice.to_owned(),
            };
            let seen = match (is_photo, shown.address) {
                (true, address) => view! { <img src=address alt=name.clone()/> }.into_any(),
                (false, address) => view! { <audio controls src=address></audio> }.into_any(),
            };
            let field = if is_photo { "images" } else { "recording" };
            let remove = move |_| {
                spawn_local(async move {
                    media::remove(id).await;
                    taken.look().await;
                    taken.tell().await;
                });
            };
            let label = format!("{} {name}", texts.remove);
            view! {
                <li class=if is_photo { "photo" } else { "voice" }>
                    {seen}
                    <span>{name} " " <span class="mute number">{kilobytes}</span></span>
                    <button type="button" class="button secondary" aria-label=label on:click=remove>
                        {texts.remove}
                    </button>
                    <input type="hidden" name=field value=id.to_string()/>
                </li>
            }
        };
        let list = taken.media.get().into_iter().map(one).collect_view();
        view! { <ul class="taken">{list}</ul> }.into_any()
    }

    fn problems(taken: Taken) -> AnyView {
        let problems = taken.problems.get().into_iter();
        let problems: Vec<_> = problems.map(|it| view! { <li>{it}</li> }).collect();
        (!problems.is_empty())
            .then(|| view! { <div role="alert"><ul class="error">{problems}</ul></div> })
            .into_any()
    }

    fn chooser(taken: Taken) -> AnyView {
        let chosen = move |event: Event| {
            let input: Option<HtmlInputElement> = event.target().and_then(|it| it.dyn_into().ok());
            let Some(input) = input else { return };
            let files: Vec<File> = input
                .files()
                .map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect())
                .unwrap_or_default();
            // The same photo may be chosen again after it was removed.
            input.set_value("");
            spawn_local(async move { taken.add(files).await });
        };
        view! {
            <label class="button secondary">
                {taken.texts.take}
                <input type="file" accept="image/*" multiple class="unseen" on:change=chosen/>
            </label>
        }
        .into_any()
    }

    fn recorder(taken: Taken) -> AnyView {
        let texts = taken.texts;
        let press = move |_| match taken.records.get_untracked() {
            true => taken.stop(),
            false => spawn_local(async move { taken.record().await }),
        };
        let word = move || match taken.records.get() {
            true => texts.stop,
            false => texts.record,
        };
        view! { <button type="button" class="button secondary" on:click=press>{word}</button> }
            .into_any()
    }

    impl Taken {
        fn photos(&self) -> usize {
            self.media
                .with(|media| photos(media.iter().map(|shown| &shown.medium)))
        }

        fn has_recording(&self) -> bool {
            let is_voice = |shown: &Shown| shown.medium.kind == AttachmentKind::Audio;
            self.media.with(|media| media.iter().any(is_voice))
        }

        /// Shows what is kept. What cannot be read at once stays as it was, and is looked for again.
        async fn look(self) {
            let mut kept = media::known_of(self.of).await;
            for pause_ms in [200, 1000, 5000] {
                if kept.is_none() {
                    TimeoutFuture::new(pause_ms).await;
                    kept = media::known_of(self.of).await;
                }
            }
            let Some(kept) = kept else { return };
            let known = self.media.try_get_untracked().unwrap_or_default();
            let mut seen = Vec::new();
            for medium in kept {
                let before = known.iter().find(|shown| shown.medium == medium);
                let address = match before {
                    Some(shown) => shown.address.clone(),
                    None => media::address(&medium).await,
                };
                seen.push(Shown { medium, address });
            }
            for gone in known.iter().filter(|shown| !seen.contains(shown)) {
                gone.address.as_deref().map(media::let_go);
            }
            let _ = self.media.try_set(seen);
        }

        async fn add(self, files: Vec<File>) {
            self.problems.set(Vec::new());
            let making = Making::begin();
            let _ = self.busy.try_update(|busy| *busy += files.len());
            for file in files {
                let name = file.name();
                let kept = match photos(media::of(self.of).await.iter()) {
                    MOST_IMAGES.. => Err(self.texts.too_many),
                    _ => media::add_photo(self.of, file)
                        .await
                        .map_err(|problem| self.word(problem)),
                };
                if let Err(word) = kept {
                    let told = format!("{name} {word}");
                    let _ = self.problems.try_update(|problems| problems.push(told));
                }
                self.look().await;
                let _ = self.busy.try_update(|busy| *busy = busy.saturating_sub(1));
            }
            drop(making);
            self.tell().await;
            // Whoever went back and came again has another page of it.
            media::has_changed();
        }

        async fn record(self) {
            // A second tap while the microphone is asked for begins no second one.
            if ASKING.replace(true) {
                return;
            }
            self.recorded().await;
            ASKING.set(false);
        }

        async fn recorded(self) {
            self.problems.set(Vec::new());
            let making = Making::begin();
            let begun = match media::record().await {
                Ok(begun) => begun,
                Err(problem) => {
                    let _ = self.problems.try_set(vec![self.word(problem).to_owned()]);
                    return;
                }
            };
            let ended = begun.ended();
            if let Some(Some(begun)) = self.recording.try_set_value(Some(SendWrapper::new(begun))) {
                // The page is gone.
                return begun.stop();
            }
            let _ = self.records.try_set(true);
            let kept = Recording::keep(ended, self.of).await;
            let _ = self.recording.try_set_value(None);
            let _ = self.records.try_set(false);
            if let Err(problem) = kept {
                let _ = self.problems.try_set(vec![self.word(problem).to_owned()]);
            }
            self.look().await;
            drop(making);
            self.tell().await;
        }

        fn stop(self) {
            self.recording.with_value(|recording| {
                if let Some(recording) = recording {
                    recording.stop();
                }
            });
        }

        /// The draft is kept with it, as with everything that is typed.
        async fn tell(self) {
            // The list is drawn anew before.
            TimeoutFuture::new(0).await;
            let bubbles = EventInit::new();
            bubbles.set_bubbles(true);
            let event = Event::new_with_event_init_dict("input", &bubbles);
            if let (Some(Some(frame)), Ok(event)) = (self.frame.try_get_untracked(), event) {
                let _ = frame.dispatch_event(&event);
            }
        }

        fn word(self, problem: NoMedium) -> &'static str {
            let texts = self.texts;
            match problem {
                NoMedium::NotAnImage => texts.not_an_image,
                NoMedium::Heic => texts.heic,
                NoMedium::Damaged => texts.damaged,
                NoMedium::TooLarge => texts.too_large,
                NoMedium::NoRoom => texts.no_room,
                NoMedium::NoMicrophone => texts.no_microphone,
                NoMedium::NotAllowed => texts.not_allowed,
                NoMedium::Unsupported => texts.cannot_record,
            }
        }
    }

    fn photos<'m>(media: impl Iterator<Item = &'m Medium>) -> usize {
        let kinds = media.map(|medium| medium.kind);
        kinds.filter(|kind| *kind == AttachmentKind::Image).count()
    }
}
