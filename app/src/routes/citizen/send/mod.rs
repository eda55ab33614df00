//! A form that is one command.
//!
//! Without scripts it is posted. With them the browser reads it first, says what is to be put right
//! without a round trip, and sends the command under the id the page brought along until there is an
//! answer. Then the form is posted after all: the server finds the command carried out, or refuses it
//! with its words, and answers with the next page. So the two ways end in the same place, and
//! whatever breaks in the browser leaves a plain form.

#[cfg(feature = "hydrate")]
mod browser;

use std::sync::Arc;

use domain::{citizen::CitizenCommand, form::FormErrors, ids::CommandId};
use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    components::*,
    i18n::{common::SendingTexts, use_language},
};

/// The fields of a form as they would be posted.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) fn one(&self, name: &str) -> String {
        self.all(name).pop().unwrap_or_default()
    }

    pub(super) fn all(&self, name: &str) -> Vec<String> {
        let named = self.0.iter().filter(|(known, _)| known == name);
        named.map(|(_, value)| value.clone()).collect()
    }
}

/// Makes the command of a form's fields.
pub(super) type ReadForm = Arc<dyn Fn(&Fields) -> Result<CitizenCommand, FormErrors> + Send + Sync>;

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
    /// No answer came; it is sent again under the same id.
    Again,
    Received,
}

/// The form of one command. `errors` are what the page's summary and fields show.
#[component]
pub(super) fn CommandForm(
    action: String,
    id: CommandId,
    read: ReadForm,
    errors: RwSignal<Vec<FieldError>>,
    children: Children,
) -> impl IntoView {
    let texts = SendingTexts::of(use_language());
    let progress = RwSignal::new(Progress::Still);
    let said = Signal::derive(move || {
        let word = match progress.get() {
            Progress::Still => "",
            Progress::Sending => texts.sending,
            Progress::Again => texts.again,
            Progress::Received => texts.received,
        };
        word.to_owned()
    });
    let sender = Sender {
        id,
        county: use_site().county,
        language: use_language(),
        errors,
        progress,
    };
    let submit = move |event: SubmitEvent| sender.submit(&event, &read);
    view! {
        <form method="post" action=action on:submit=submit novalidate>
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
}

impl Sender {
    #[cfg(not(feature = "hydrate"))]
    fn submit(&self, _event: &SubmitEvent, _read: &ReadForm) {}

    #[cfg(feature = "hydrate")]
    fn submit(&self, event: &SubmitEvent, read: &ReadForm) {
        let Some(form) = browser::form_of(event) else {
            return;
        };
        if self.progress.get_untracked() != Progress::Still {
            // A second tap while the first is on its way.
            event.prevent_default();
            return;
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
    children: Children,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| look_through(&event, &check, errors);
    view! {
        <form method="post" action=action on:submit=submit novalidate>
            {children()}
        </form>
    }
    .into_any()
}

/// Looks through a form's fields.
pub(super) type Check = Arc<dyn Fn(&Fields) -> Vec<FieldError> + Send + Sync>;

#[cfg(not(feature = "hydrate"))]
fn look_through(_event: &SubmitEvent, _check: &Check, _errors: RwSignal<Vec<FieldError>>) {}

#[cfg(feature = "hydrate")]
fn look_through(event: &SubmitEvent, check: &Check, errors: RwSignal<Vec<FieldError>>) {
    let Some(form) = browser::form_of(event) else {
        return;
    };
    let fields = browser::fields(&form);
    let found = check(&fields);
    if !found.is_empty() {
        event.prevent_default();
        // The server keeps what was typed, mistakes and all: a reload loses nothing.
        browser::keep(&form, &fields);
        errors.set(found);
    }
}

/// What a field shows of the page's mistakes.
pub(super) fn error_of(
    errors: RwSignal<Vec<FieldError>>,
    field: &'static str,
) -> Signal<Option<String>> {
    Signal::derive(move || FieldError::of(&errors.read(), field))
}
