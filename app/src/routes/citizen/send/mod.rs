//! A form that is one command.
//!
//! Without scripts it is posted. With them the browser reads it first, says what is to be put right
//! without a round trip, and stores the command on the device, durably, under the id the page brought
//! along: from then on it is the outbox's, whatever becomes of the page. When there is an answer while
//! the page is open, the form is posted after all: the server finds the command carried out, or refuses
//! it with its words, and answers with the next page. So the two ways end in the same place, and
//! whatever breaks in the browser leaves a plain form.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
pub(in crate::routes) use browser::{fields, form_of};

use std::sync::Arc;

use domain::{citizen::CitizenCommand, form::FormErrors, ids::CommandId};
use leptos::{
    ev::{Event, SubmitEvent},
    prelude::*,
};

use crate::{
    components::*,
    i18n::{citizen::MediaTexts, common::SendingTexts, use_language},
};

/// What is typed is kept when the fingers rest this long.
#[cfg(feature = "hydrate")]
const TYPING_PAUSE_MS: u32 = 400;

/// The fields of a form as they would be posted.
#[derive(Clone, Debug, Default)]
pub(in crate::routes) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(in crate::routes) fn one(&self, name: &str) -> String {
        self.all(name).pop().unwrap_or_default()
    }

    /// The name of every field, once.
    #[cfg(feature = "hydrate")]
    pub(in crate::routes) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    pub(in crate::routes) fn all(&self, name: &str) -> Vec<String> {
        let named = self.0.iter().filter(|(known, _)| known == name);
        named.map(|(_, value)| value.clone()).collect()
    }
}

/// Makes the command of a form's fields.
pub(super) type ReadForm = Arc<dyn Fn(&Fields) -> Result<CitizenCommand, FormErrors> + Send + Sync>;

/// What a screen does once its command is on the device, in place of waiting for the answer.
pub(super) type Kept = Arc<dyn Fn(CommandId) + Send + Sync>;

/// How far it is. The words are never stronger than the truth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "forms are sent in the browser")
)]
enum Progress {
    #[default]
    Still,
    Sending,
    /// A photo that goes with it is still being made small.
    Preparing,
    /// It is on the device, and no answer came yet.
    Kept,
    /// There is no room on the device: what was typed is on this page still.
    NoRoom,
    Received,
}

/// The form of one command. `errors` are what the page's summary and fields show.
#[component]
pub(super) fn CommandForm(
    action: String,
    id: CommandId,
    read: ReadForm,
    errors: RwSignal<Vec<FieldError>>,
    #[prop(optional_no_strip)] kept: Option<Kept>,
    /// Is told what is typed, a moment after.
    #[prop(optional)]
    typed: Option<Typed>,
    children: Children,
) -> impl IntoView {
    let language = use_language();
    let texts = SendingTexts::of(language);
    let progress = RwSignal::new(Progress::Still);
    let said = Signal::derive(move || {
        let word = match progress.get() {
            Progress::Still => "",
            Progress::Sending => texts.sending,
            Progress::Preparing => MediaTexts::of(language).preparing,
            Progress::Kept => texts.kept,
            Progress::NoRoom => texts.no_room,
            Progress::Received => texts.received,
        };
        word.to_owned()
    });
    let sender = Sender {
        id,
        county: use_site().county,
        language,
        errors,
        progress,
        kept,
    };
    let submit = move |event: SubmitEvent| sender.submit(&event, &read);
    let input = listen(typed);
    view! {
        <form method="post" action=action on:submit=submit on:input=input novalidate>
            <input type="hidden" name="id" value=id.to_string()/>
            {children()}
            <LiveRegion text=said/>
        </form>
    }
    .into_any()
}

/// What sending one form needs, in the browser.
#[derive(Clone)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "forms are sent in the browser")
)]
struct Sender {
    id: CommandId,
    county: String,
    language: crate::Language,
    errors: RwSignal<Vec<FieldError>>,
    progress: RwSignal<Progress>,
    kept: Option<Kept>,
}

impl Sender {
    #[cfg(not(feature = "hydrate"))]
    fn submit(&self, _event: &SubmitEvent, _read: &ReadForm) {}

    #[cfg(feature = "hydrate")]
    fn submit(&self, event: &SubmitEvent, read: &ReadForm) {
        let Some(form) = browser::form_of(event) else {
            return;
        };
        if !matches!(
            self.progress.get_untracked(),
            Progress::Still | Progress::NoRoom
        ) {
            // A second tap while the first is on its way.
            event.prevent_default();
            return;
        }
        if browser::is_making_media() {
            event.prevent_default();
            self.progress.set(Progress::Preparing);
            return browser::show_anew_with_media();
        }
        match read(&browser::fields(&form)) {
            Err(errors) => {
                event.prevent_default();
                self.errors
                    .set(super::mistakes::words(&errors, self.language));
            }
            Ok(command) => {
                if browser::send(self.clone(), form, command) {
                    event.prevent_default();
                }
            }
        }
    }
}

/// A form that is looked through in the browser and then posted: what is wrong shows without a round
/// trip.
#[component]
pub(super) fn CheckedForm(
    action: String,
    /// What is wrong with the fields.
    check: Check,
    errors: RwSignal<Vec<FieldError>>,
    /// Where the device can go on without the server.
    #[prop(optional)]
    go_on: Option<GoOn>,
    /// Is told what is typed, a moment after.
    #[prop(optional)]
    typed: Option<Typed>,
    children: Children,
) -> impl IntoView {
    let input = listen(typed);
    let submit = move |event: SubmitEvent| look_through(&event, &check, go_on.as_ref(), errors);
    view! {
        <form method="post" action=action on:submit=submit on:input=input novalidate>
            {children()}
        </form>
    }
    .into_any()
}

/// Looks through a form's fields.
pub(super) type Check = Arc<dyn Fn(&Fields) -> Vec<FieldError> + Send + Sync>;

/// Is told a form's fields while they are typed.
pub(super) type Typed = Arc<dyn Fn(Fields) + Send + Sync>;

#[cfg(not(feature = "hydrate"))]
fn listen(_typed: Option<Typed>) -> impl Fn(Event) + 'static {
    |_| ()
}

#[cfg(feature = "hydrate")]
fn listen(typed: Option<Typed>) -> impl Fn(Event) + 'static {
    let latest = std::rc::Rc::new(std::cell::Cell::new(0_u32));
    move |event| {
        let (Some(typed), Some(form)) = (typed.clone(), browser::form_around(&event)) else {
            return;
        };
        let _ = form.remove_attribute(browser::GONE_ON);
        // Each letter puts it off. A screen that is shown anew in the middle, with the same fields, does not.
        let letter = latest.get() + 1;
        latest.set(letter);
        let (latest, fields) = (latest.clone(), browser::fields(&form));
        let told = gloo_timers::callback::Timeout::new(TYPING_PAUSE_MS, move || {
            let is_over = [browser::SENT, browser::GONE_ON];
            let is_over = is_over.iter().any(|mark| form.has_attribute(mark));
            if latest.get() == letter && !is_over {
                typed(fields);
            }
        });
        told.forget();
    }
}

/// Goes on with a form's fields on the device. False where it cannot: then the form is posted.
pub(super) type GoOn = Arc<dyn Fn(Fields) -> bool + Send + Sync>;

#[cfg(not(feature = "hydrate"))]
fn look_through(
    _event: &SubmitEvent,
    _check: &Check,
    _go_on: Option<&GoOn>,
    _errors: RwSignal<Vec<FieldError>>,
) {
}

#[cfg(feature = "hydrate")]
fn look_through(
    event: &SubmitEvent,
    check: &Check,
    go_on: Option<&GoOn>,
    errors: RwSignal<Vec<FieldError>>,
) {
    let Some(form) = browser::form_of(event) else {
        return;
    };
    if matches!(form.query_selector("[data-busy]"), Ok(Some(_))) {
        // A photo is being made small: the page says so.
        return event.prevent_default();
    }
    let fields = browser::fields(&form);
    let found = check(&fields);
    if !found.is_empty() {
        event.prevent_default();
        // The server keeps what was typed, mistakes and all: a reload loses nothing.
        browser::keep(&form, &fields);
        errors.set(found);
    } else if go_on.is_some_and(|go_on| go_on(fields)) {
        let _ = form.set_attribute(browser::GONE_ON, "");
        event.prevent_default();
    }
}

/// What a field shows of the page's mistakes.
pub(in crate::routes) fn error_of(
    errors: RwSignal<Vec<FieldError>>,
    field: &'static str,
) -> Signal<Option<String>> {
    Signal::derive(move || FieldError::of(&errors.read(), field))
}
