//! An act on a case from a tablet whose official's space is open: stored here first, sent when it can be.
//!
//! Once the server has received it, the plain form is posted after all: the server finds the act carried out and
//! answers with the next page. What it refuses stays in the form, as what is found wrong here does.

use domain::{
    ids::{CaseId, SignInId},
    office::CaseActKind,
};
use leptos::{ev::SubmitEvent, prelude::*};
use sync::view::Workspace as View;

use super::{super::kept::Kept, acts::Here};
use crate::{
    i18n::{Language, common::StateTexts, office::TabletTexts, use_language},
    repository::{Line, use_line},
};

/// How far an act is that was tapped on this page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "acts are stored in the browser")
)]
pub(super) enum Progress {
    #[default]
    Waits,
    Sending,
    /// It did not fit on the tablet.
    Full,
}

/// What the form of an act needs to be sent.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "acts are stored in the browser")
)]
#[derive(Clone)]
pub(super) struct Sending {
    case: CaseId,
    version: u64,
    act: CaseActKind,
    units: Vec<sync::view::Unit>,
    sign_in: SignInId,
    /// The form's name, under which what was typed is shown again.
    form: String,
    wrong: RwSignal<Option<Kept>>,
    progress: RwSignal<Progress>,
    line: ArcRwSignal<Line>,
    /// After an await nobody knows it any more.
    language: Language,
}

impl Sending {
    pub(super) fn of(
        view: &View,
        act: CaseActKind,
        form: String,
        (wrong, progress): (RwSignal<Option<Kept>>, RwSignal<Progress>),
    ) -> Self {
        Self {
            case: view.id,
            version: view.version,
            act,
            units: view.units.clone(),
            sign_in: view.me.sign_in,
            form,
            wrong,
            progress,
            line: use_line(),
            language: use_language(),
        }
    }
}

pub(super) fn said(progress: Progress) -> &'static str {
    let language = use_language();
    match progress {
        Progress::Waits => "",
        Progress::Sending => StateTexts::of(language).sending,
        Progress::Full => TabletTexts::of(language).full_act,
    }
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn send(_sending: &Sending, _event: &SubmitEvent) {}

/// What waits on this tablet about a case stands in place of what can be done: the case is not as it was.
#[cfg(not(feature = "hydrate"))]
pub(super) fn before(
    _of: (CaseId, SignInId),
    _here: Here,
    acts: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    // In the same places as in the browser, which takes this page over.
    view! {
        {move || Vec::<AnyView>::new()}
        {move || acts()}
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
pub(super) use browser::{before, send};

#[cfg(feature = "hydrate")]
mod browser;
