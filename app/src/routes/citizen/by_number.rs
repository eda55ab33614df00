//! What became of a request, for whoever has nothing but its provisional number.

use domain::refusal::Refusal;
use leptos::prelude::*;
use sync::{ReadProblem, Rejection, query, view};

use super::{
    loaded::{age, asked_for, problem_view},
    mistakes,
};
use crate::{
    components::*,
    i18n::{
        citizen::{OutboxTexts, SpacesTexts},
        use_language,
    },
    repository::use_view_if,
};

#[component]
pub fn ByNumber() -> impl IntoView {
    let asked = asked_for("number");
    // Where a page of this site leads here, the address is known a moment after the screen.
    let view = use_view_if(move || {
        let number = asked()?;
        Some(query::ByNumber {
            number: plain(&number),
        })
    });
    view! {
        <Transition fallback=|| ()>
            {move || {
                let typed = asked().unwrap_or_default();
                Suspend::new(async move {
                    match view.await {
                        None => form(typed, None, ().into_any(), String::new()),
                        Some(Ok(view)) => form(typed, None, fate(&view), age(view.as_of)),
                        Some(Err(ReadProblem::NotFound)) => {
                            let wrong = SpacesTexts::of(use_language()).number_wrong;
                            form(typed, Some(wrong), ().into_any(), String::new())
                        }
                        Some(Err(problem)) => problem_view(problem, Place::Mine),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// What stands in a path: letters and digits, and never nothing.
fn plain(typed: &str) -> String {
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    match typed.is_empty() {
        true => "-".to_owned(),
        false => typed,
    }
}

fn form(typed: String, wrong: Option<&'static str>, found: AnyView, as_of: String) -> AnyView {
    let language = use_language();
    let texts = SpacesTexts::of(language);
    let wrong = wrong.map(|wrong| FieldError::new("number", wrong));
    let errors = RwSignal::new(wrong.into_iter().collect::<Vec<_>>());
    let action = language.address(&use_site().county, "/number");
    let error = Signal::derive(move || FieldError::of(&errors.read(), "number"));
    view! {
        <Page title=texts.number_title place=Place::Mine as_of>
            <ErrorSummary errors/>
            <Heading>{texts.number_title}</Heading>
            {found}
            <p>{texts.number_what}</p>
            <form method="get" action=action class="stack">
                <TextField name="number" label=OutboxTexts::of(language).provisional hint=texts.number_hint
                    value=typed error/>
                <p><Button>{texts.number_look}</Button></p>
            </form>
            <p class="row"><CallLink/></p>
        </Page>
    }
    .into_any()
}

fn fate(found: &view::ByNumber) -> AnyView {
    let language = use_language();
    let texts = SpacesTexts::of(language);
    let (state, word, what) = match &found.fate {
        view::Fate::Received => (
            State::Answered,
            texts.received,
            texts.received_what.to_owned(),
        ),
        view::Fate::NotHere => (
            State::Waiting,
            texts.not_here,
            texts.not_here_what.to_owned(),
        ),
        view::Fate::SentBack {
            reason: Some(Rejection::Replaced { .. }),
        } => {
            let what = OutboxTexts::of(language).replaced;
            (State::Answered, texts.received, what.to_owned())
        }
        view::Fate::SentBack {
            reason: Some(Rejection::EarlierReceived { .. }),
        } => {
            let what = OutboxTexts::of(language).earlier;
            (State::Answered, texts.received, what.to_owned())
        }
        view::Fate::SentBack { reason } => {
            let why = match reason {
                // What it was about is no longer there; there is no code to type anew here.
                Some(Rejection::Refused {
                    refusal: Refusal::NotFound,
                }) => String::new(),
                Some(Rejection::Refused { refusal }) => mistakes::refusal(refusal, language),
                _ => String::new(),
            };
            let what = format!("{why} {}", texts.sent_back_again);
            (State::Overdue, texts.sent_back, what)
        }
    };
    view! {
        <section class="slip stack-close" role="status">
            <p class="mute">{found.number.clone()}</p>
            <p data-size="26"><StatusMark state word/></p>
            <p>{what}</p>
        </section>
    }
    .into_any()
}
