//! The record of a session: each request with what the leader said, and the person's word about the
//! record at two equal buttons.

use domain::{
    desk::DeskAct,
    form::{OUTCOMES, OutcomeKind, SessionForm},
    ids::RegistrationId,
    text::PlainSentence,
};
use leptos::prelude::*;
use sync::{query, view::RegistrationDetail};

use super::{
    PLACE, id_in_address,
    registration::said,
    registrations::{serial, ticket},
};
use crate::{
    components::*,
    i18n::{
        citizen::subject,
        office::{VisitTexts, request_number},
        use_language,
    },
    repository::use_view,
    routes::office::{
        frame::{address, office_with_forms},
        kept::{Kept, Typed},
    },
};

#[component]
pub fn Record() -> impl IntoView {
    let id = id_in_address("registration");
    let view = use_view(move || query::RegistrationDetail {
        registration: RegistrationId(id()),
    });
    let title = VisitTexts::of(use_language()).record_title;
    office_with_forms(title, PLACE, view, show)
}

fn show(view: RegistrationDetail, kept: &Kept) -> AnyView {
    let texts = VisitTexts::of(use_language());
    let id = view.row.registration;
    let back = address(&format!("/office/registrations/{id}"));
    if !view.can.contains(&DeskAct::Record) {
        let word = texts.registration;
        return view! {
            <p>{texts.nothing}</p>
            <p><a class="target" href=back>{word}</a></p>
        }
        .into_any();
    }
    let typed = kept.form(&format!("record {id}"));
    let fields = view! {
        {leader(&view, &typed)}
        {issues(&view, &typed)}
        <TextArea name="plain" label=texts.plain hint=texts.plain_hint limit=PLAIN
            value=typed.value("plain") error=typed.error("plain")/>
        <Checkbox name="handed_over" label=texts.handed_over hint=texts.handed_over_hint
            checked=typed.value("handed_over") == "on" error=typed.error("handed_over")/>
        <CitizenSees><p>{texts.record_sees}</p></CitizenSees>
        <p id="record"><b>{texts.read_aloud}</b></p>
        <div class="equal">
            <Button kind=ButtonKind::Secondary name="record" value="right">
                {texts.record_right}
            </Button>
            <Button kind=ButtonKind::Secondary name="record" value="not_confirmed">
                {texts.record_not_right}
            </Button>
        </div>
    };
    let form = typed.form(
        address(&format!("/office/registrations/{id}/record")),
        None,
        fields,
    );
    view! {
        {party(&view)}
        {form}
    }
    .into_any()
}

const PLAIN: u32 = PlainSentence::MAX as u32;

fn party(view: &RegistrationDetail) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let filing = view.filing.as_ref();
    let name = filing.map(|filing| filing.party.petitioner.name.to_string());
    let name = name.unwrap_or_else(|| super::registrations::name(&view.row));
    let about = view.row.subject.map(|about| subject(language, about));
    let rows = vec![
        SummaryRow::new(texts.record_for, name),
        SummaryRow::new(texts.serial, serial(&view.row)),
        SummaryRow::new(texts.ticket, ticket(&view.row)),
        SummaryRow::new(texts.subject, about.unwrap_or_default()),
    ];
    view! { <SummaryList rows/> }.into_any()
}

fn leader(view: &RegistrationDetail, typed: &Typed) -> AnyView {
    let texts = VisitTexts::of(use_language());
    let leaders = view.leaders.iter();
    let leaders = leaders.map(|leader| Choice::new(leader.as_str(), leader.as_str()));
    // With one leader there is nothing to choose.
    let known = match &view.leaders[..] {
        [only] => only.to_string(),
        _ => String::new(),
    };
    view! {
        <RadioGroup name="leader" label=texts.leader choices=leaders.collect()
            chosen=typed.value_or("leader", known) error=typed.error("leader")/>
    }
    .into_any()
}

/// The first request is there with what was registered; the others open when they are needed.
fn issues(view: &RegistrationDetail, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let statements = typed.values("statement");
    let rows = (1..=SessionForm::MAX_ISSUES).map(|row| {
        let fields = issue(view, typed, row);
        let title = request_number(language, row);
        let filled = statements
            .get(row - 1)
            .is_some_and(|said| !said.trim().is_empty());
        if row == 1 {
            view! {
                <fieldset class="stack-close">
                    <legend class="caption">{title}</legend>
                    {fields}
                </fieldset>
            }
            .into_any()
        } else {
            view! {
                <details open=filled>
                    <summary>{texts.another} " · " {title}</summary>
                    <div class="stack-close">{fields}</div>
                </details>
            }
            .into_any()
        }
    });
    rows.collect_view().into_any()
}

fn issue(view: &RegistrationDetail, typed: &Typed, row: usize) -> AnyView {
    let texts = VisitTexts::of(use_language());
    let cell = |name: &str| {
        let known = match (name, &view.filing) {
            ("statement", Some(filing)) if row == 1 && !typed.is_kept() => said(&filing.statement),
            _ => String::new(),
        };
        let cells = typed.values(name);
        cells.get(row - 1).cloned().unwrap_or(known)
    };
    let outcomes = OUTCOMES.iter();
    let outcomes = outcomes.map(|(value, kind)| Choice::new(*value, outcome_word(*kind)));
    view! {
        <TextArea name="statement" row label=texts.request value=cell("statement")
            error=typed.row_error("statement", row)/>
        <Select name="outcome" row label=texts.outcome choices=outcomes.collect()
            chosen=cell("outcome") empty=texts.choose error=typed.row_error("outcome", row)/>
        <TextArea name="words" row label=texts.words value=cell("words")
            error=typed.row_error("words", row)/>
        <TextField name="by" row label=texts.by hint=texts.by_hint kind=InputKind::Date
            value=cell("by") error=typed.row_error("by", row)/>
    }
    .into_any()
}

fn outcome_word(kind: OutcomeKind) -> &'static str {
    let texts = VisitTexts::of(use_language());
    match kind {
        OutcomeKind::ResolvedOnSpot => texts.resolved,
        OutcomeKind::WillDo => texts.will_do,
        OutcomeKind::WillStudy => texts.will_study,
        OutcomeKind::NotPossible => texts.not_possible,
    }
}
