//! The wizard without the server: what is typed goes to the device and on to the next page.
//!
//! Each function gives way to the plain form where the browser keeps nothing.

use std::sync::Arc;

use domain::form::Step;
use leptos::{ev::SubmitEvent, prelude::*};
use sync::view;

use super::send::{GoOn, Kept, Typed};

/// What a registration on this device begins with.
#[derive(Clone)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "drafts of a device are begun in the browser")
)]
pub(super) struct Beginning {
    pub visit: Option<view::NoticeRow>,
    pub kind: &'static str,
    pub subject: &'static str,
}

pub(super) use crate::routes::later::later;

#[cfg(not(feature = "hydrate"))]
mod without_browser {
    use super::*;

    pub fn begin(_beginning: Beginning) -> impl Fn(SubmitEvent) + 'static {
        |_| ()
    }

    pub fn go_on(_draft: &view::Draft, _step: Step) -> GoOn {
        Arc::new(|_| false)
    }

    pub fn typed(_draft: &view::Draft, _step: Step) -> Typed {
        Arc::new(|_| ())
    }

    pub fn unfinished() -> AnyView {
        later(|| ().into_any())
    }

    pub fn shared() -> AnyView {
        later(|| ().into_any())
    }

    pub fn unsaved() -> AnyView {
        later(|| ().into_any())
    }

    pub fn sent(_draft: &view::Draft, _to: Option<view::NoticeRow>) -> Kept {
        Arc::new(|_| ())
    }
}

#[cfg(not(feature = "hydrate"))]
pub(super) use without_browser::{begin, go_on, sent, shared, typed, unfinished, unsaved};

#[cfg(feature = "hydrate")]
pub(super) use browser::{Going, begin, go_on, sent, shared, typed, unfinished, unsaved};

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::task::spawn_local;
    use leptos_router::{NavigateOptions, hooks::use_navigate};
    use send_wrapper::SendWrapper;
    use wasm_bindgen::JsCast;
    use web_sys::HtmlFormElement;

    use super::*;
    use crate::{
        components::*,
        i18n::{citizen::OutboxTexts, moment, use_language},
        repository::{self, DeviceDraft, Drafts, Shared, Storage, driver, now},
        routes::citizen::send::Fields,
    };

    type Go = Box<dyn Fn(&str)>;

    /// Leads to another page of this site without asking the server.
    #[derive(Clone)]
    pub(crate) struct Going(Arc<SendWrapper<Go>>);

    impl Going {
        pub(crate) fn here() -> Self {
            let (language, county) = (use_language(), use_site().county);
            let navigate = use_navigate();
            let go = move |rest: &str| {
                navigate(&language.address(&county, rest), NavigateOptions::default());
            };
            Self(Arc::new(SendWrapper::new(Box::new(go))))
        }

        pub(crate) fn to(&self, rest: &str) {
            (self.0)(rest);
        }
    }

    /// Not known yet counts as yes: whoever finds out gives way to the plain form.
    fn keeps_things() -> bool {
        let shown = driver().map(|driver| driver.shown().get_untracked().storage);
        matches!(shown, Some(Storage::There | Storage::Unknown))
    }

    pub fn begin(beginning: Beginning) -> impl Fn(SubmitEvent) + 'static {
        let going = Going::here();
        move |event| {
            let form: Option<HtmlFormElement> = event.target().and_then(|it| it.dyn_into().ok());
            let Beginning {
                visit,
                kind,
                subject,
            } = beginning.clone();
            let draft = DeviceDraft::begin(visit, kind, subject);
            let (Some(form), Some(draft), true) = (form, draft, keeps_things()) else {
                return;
            };
            event.prevent_default();
            let going = going.clone();
            spawn_local(async move {
                match keep(&draft).await {
                    true => going.to(&address(Step::Who)),
                    false => plainly(&form),
                }
            });
        }
    }

    pub fn go_on(draft: &view::Draft, step: Step) -> GoOn {
        let going = Going::here();
        let draft = draft.clone();
        Arc::new(move |fields| {
            if !keeps_things() {
                return false;
            }
            let (draft, going) = (draft.clone(), going.clone());
            spawn_local(async move {
                let kept = change(draft, |draft| {
                    fill_in(draft, step, &fields);
                    if !draft.seen.contains(&step) {
                        draft.seen.push(step);
                    }
                });
                match kept.await {
                    Some(draft) => going.to(&address(step.next(&draft.seen))),
                    None => document()
                        .query_selector("main form[novalidate]")
                        .ok()
                        .flatten()
                        .and_then(|form| form.dyn_into().ok())
                        .iter()
                        .for_each(plainly),
                }
            });
            true
        })
    }

    /// Keeps what is typed while it is typed: a page that is closed or renewed in the middle loses nothing.
    pub fn typed(draft: &view::Draft, step: Step) -> Typed {
        let draft = draft.clone();
        Arc::new(move |fields| {
            if !keeps_things() {
                return;
            }
            let draft = draft.clone();
            spawn_local(async move {
                let _ = change(draft, |draft| fill_in(draft, step, &fields)).await;
            });
        })
    }

    pub fn sent(draft: &view::Draft, to: Option<view::NoticeRow>) -> Kept {
        let going = Going::here();
        let draft = draft.clone();
        Arc::new(move |item| {
            let (draft, going, to) = (draft.clone(), going.clone(), to.clone());
            spawn_local(async move {
                // The item is on the device, and is shown at once: the draft only spares typing it again.
                going.to(&format!("/sent/{item}"));
                let is_sent = change(draft, |draft| {
                    draft.sent = true;
                    draft.visit = to;
                });
                let _ = is_sent.await;
            });
        })
    }

    /// What another app shared, before anything is begun with it.
    pub fn shared() -> AnyView {
        let texts = OutboxTexts::of(use_language());
        later(move || {
            let text = repository::shared(Shared::Stays);
            (!text.is_empty())
                .then(|| {
                    view! {
                        <Inset title=texts.shared>
                            <p class="written">{text}</p>
                            <p>{texts.shared_what}</p>
                        </Inset>
                    }
                })
                .into_any()
        })
    }

    /// A full phone had no room for what is being filled in.
    pub fn unsaved() -> AnyView {
        let texts = OutboxTexts::of(use_language());
        let is_unsaved = repository::is_unsaved();
        later(move || {
            is_unsaved()
                .then(|| {
                    view! {
                        <Inset title=texts.unsaved kind=InsetKind::Warning>
                            <p>{texts.unsaved_what}</p>
                        </Inset>
                    }
                })
                .into_any()
        })
    }

    /// What was begun here and not sent.
    pub fn unfinished() -> AnyView {
        let language = use_language();
        let texts = OutboxTexts::of(language);
        let drafts = RwSignal::new(Vec::new());
        let look = move || {
            spawn_local(async move {
                if let Some(here) = Drafts::here().await {
                    let _ = drafts.try_set(here.unfinished().await);
                }
            });
        };
        Effect::new(look);
        let going = Going::here();
        let card = move |draft: DeviceDraft| {
            let saved = moment(language, draft.changed_at);
            let about = draft.visit.as_ref().map(|visit| visit.title.to_string());
            let (id, going) = (draft.command, going.clone());
            let go_on = move |_| {
                let (draft, going) = (draft.clone(), going.clone());
                spawn_local(async move {
                    let seen = |step: &Step| draft.seen.contains(step);
                    let step = Step::ALL.into_iter().find(|step| !seen(step));
                    if keep(&draft).await {
                        going.to(&address(step.unwrap_or(Step::Check)));
                    }
                });
            };
            let throw_away = move |_| {
                spawn_local(async move {
                    if let Some(here) = Drafts::here().await {
                        here.remove(id).await;
                    }
                    look();
                });
            };
            view! {
                <Inset title=texts.unfinished>
                    <p>{about} " " <span class="mute">{texts.saved_at} " " {saved}</span></p>
                    <p class="row">
                        <button class="button" on:click=go_on>{texts.go_on}</button>
                        <button class="button secondary" on:click=throw_away>{texts.throw_away}</button>
                    </p>
                </Inset>
            }
        };
        later(move || {
            let drafts = drafts.get().into_iter();
            drafts.map(card.clone()).collect_view().into_any()
        })
    }

    /// None where it cannot be kept.
    async fn change(
        draft: view::Draft,
        change: impl FnOnce(&mut DeviceDraft),
    ) -> Option<DeviceDraft> {
        let drafts = Drafts::here().await?;
        drafts.change(draft, change).await.ok()
    }

    fn fill_in(draft: &mut DeviceDraft, step: Step, fields: &Fields) {
        draft.form = draft.form.with_step(step, |name| fields.all(name));
        draft.changed_at = now();
    }

    async fn keep(draft: &DeviceDraft) -> bool {
        match Drafts::here().await {
            Some(drafts) => drafts.save(draft).await.is_ok(),
            None => false,
        }
    }

    fn address(step: Step) -> String {
        format!("/register/{}", step.name())
    }

    fn plainly(form: &HtmlFormElement) {
        // The browser says itself that it cannot.
        let _ = form.submit();
    }
}
