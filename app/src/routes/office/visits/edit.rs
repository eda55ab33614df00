//! The notice editor: every field the rules ask for, on one page; the preview is the next.

use domain::{
    form::{MODES, NoticeForm, SUBJECTS},
    ids::VisitId,
    visit::VisitMode,
};
use leptos::prelude::*;
use sync::{
    query,
    view::{DivisionLevel, VisitEditor},
};

use super::{PLACE, id_in_address};
use crate::{
    components::*,
    i18n::{
        citizen::{NoticeTexts, RegisterTexts, subject},
        office::{NoticeEditorTexts, leader_number},
        use_language,
    },
    repository::use_view,
    routes::office::{
        frame::{address, office_with_forms},
        kept::{Kept, Typed},
    },
};

/// Rows for leaders that are always there.
const LEADERS: usize = 3;

#[component]
pub fn NewNotice() -> impl IntoView {
    let view = use_view(|| query::VisitEditor { visit: None });
    let title = NoticeEditorTexts::of(use_language()).new;
    office_with_forms(title, PLACE, view, editor)
}

#[component]
pub fn EditNotice() -> impl IntoView {
    let id = id_in_address("visit");
    let view = use_view(move || query::VisitEditor {
        visit: Some(VisitId(id())),
    });
    let title = NoticeEditorTexts::of(use_language()).edit;
    office_with_forms(title, PLACE, view, editor)
}

fn editor(view: VisitEditor, kept: &Kept) -> AnyView {
    let texts = NoticeEditorTexts::of(use_language());
    let (name, action) = match view.id {
        Some(id) => (format!("edit {id}"), format!("/office/visits/{id}/edit")),
        None => ("notice new".to_owned(), "/office/visits/new".to_owned()),
    };
    let typed = kept.form(&name);
    let known = known(&view);
    let change = view.visit.live.is_some().then(|| {
        let known = view.visit.pending.as_ref();
        let known = known.and_then(|pending| pending.change.as_ref());
        let known = known.map(ToString::to_string).unwrap_or_default();
        view! {
            <TextField name="change" label=texts.change_reason hint=texts.change_hint
                value=typed.value_or("change", known) error=typed.error("change")/>
        }
    });
    let fields = view! {
        {change}
        {who(&typed, &known)}
        {when_and_where(&typed, &known, &view)}
        {what_about(&typed, &known)}
        {rooms(&typed, &known)}
        {registering(&typed, &known)}
        {officers(&typed, &known, &view)}
        <p>{texts.ask_approval_what}</p>
        <div class="row">
            <Button>{texts.save_draft}</Button>
        </div>
    };
    typed.form(
        address(&action),
        Some(view.version).filter(|_| view.id.is_some()),
        fields,
    )
}

fn known(view: &VisitEditor) -> NoticeForm {
    let visit = &view.visit;
    let newest = visit.pending.as_ref().map(|pending| &pending.notice);
    let newest = newest.or(visit.live.as_ref().map(|live| &live.notice));
    newest.map(NoticeForm::from).unwrap_or_default()
}

fn rows_of(typed: &Typed, name: &'static str, known: &[String]) -> Vec<String> {
    if typed.is_kept() {
        typed.values(name)
    } else {
        known.to_vec()
    }
}

fn at(rows: &[String], row: usize) -> String {
    rows.get(row).cloned().unwrap_or_default()
}

fn section(title: &'static str, fields: impl IntoView) -> impl IntoView {
    view! {
        <section class="stack-close">
            <h2>{title}</h2>
            {fields}
        </section>
    }
}

fn who(typed: &Typed, known: &NoticeForm) -> AnyView {
    let language = use_language();
    let texts = NoticeEditorTexts::of(language);
    let names = rows_of(typed, "leader_name", &known.leader_name);
    let titles = rows_of(typed, "leader_title", &known.leader_title);
    let portfolios = rows_of(typed, "leader_portfolio", &known.leader_portfolio);
    let filled = names.len().max(titles.len()).max(portfolios.len());
    let leaders = (0..LEADERS.max(filled + 1)).map(|index| {
        let row = index + 1;
        view! {
            <fieldset class="stack-close inset">
                <legend class="caption">{leader_number(language, row)}</legend>
                <TextField name="leader_name" row label=texts.leader value=at(&names, index)
                    error=typed.row_error("leader_name", row)/>
                <TextField name="leader_title" row label=texts.leader_title
                    value=at(&titles, index) error=typed.row_error("leader_title", row)/>
                <TextField name="leader_portfolio" row label=texts.portfolio
                    value=at(&portfolios, index) error=typed.row_error("leader_portfolio", row)/>
            </fieldset>
        }
    });
    let leaders = leaders.collect_view();
    section(
        texts.who,
        view! {
            {line(typed, "title", texts.notice_title, "", &known.title)}
            {leaders}
            {lines(typed, "departments", texts.departments, texts.one_per_line, &known.departments)}
        },
    )
    .into_any()
}

fn when_and_where(typed: &Typed, known: &NoticeForm, view: &VisitEditor) -> AnyView {
    let texts = NoticeEditorTexts::of(use_language());
    let choose = RegisterTexts::of(use_language()).choose_one;
    let modes = MODES
        .iter()
        .map(|(value, mode)| Choice::new(*value, mode_word(*mode)));
    let divisions = view
        .divisions
        .iter()
        .filter(|division| division.level != DivisionLevel::County);
    let divisions = divisions.map(|division| {
        let name = match division.level {
            DivisionLevel::Village => format!("　{}", division.name),
            _ => division.name.clone(),
        };
        Choice::new(division.code.to_string(), name)
    });
    section(
        texts.when_where,
        view! {
            <RadioGroup name="mode" label=texts.mode choices=modes.collect()
                chosen=typed.value_or("mode", known.mode.as_str()) error=typed.error("mode")/>
            <div class="row">
                {kind_of(typed, "date", texts.date, InputKind::Date, &known.date)}
                {kind_of(typed, "from", texts.from, InputKind::Time, &known.from)}
                {kind_of(typed, "to", texts.until, InputKind::Time, &known.to)}
            </div>
            {line(typed, "venue_name", texts.venue, "", &known.venue_name)}
            {line(typed, "venue_address", texts.address, "", &known.venue_address)}
            <Select name="venue_division" label=texts.division choices=divisions.collect()
                chosen=typed.value_or("venue_division", known.venue_division.as_str())
                empty=choose error=typed.error("venue_division")/>
            <div class="row">
                {line(typed, "latitude", texts.latitude, texts.position_hint, &known.latitude)}
                {line(typed, "longitude", texts.longitude, texts.position_hint, &known.longitude)}
            </div>
        },
    )
    .into_any()
}

fn what_about(typed: &Typed, known: &NoticeForm) -> AnyView {
    let texts = NoticeEditorTexts::of(use_language());
    section(
        texts.what,
        view! {
            <TextArea name="scope" label=texts.scope
                value=typed.value_or("scope", known.scope.as_str()) error=typed.error("scope")/>
            {lines(typed, "exclusions", texts.exclusions, texts.one_per_line, &known.exclusions)}
            {lines(typed, "bring", texts.bring, texts.one_per_line, &known.bring)}
        },
    )
    .into_any()
}

fn rooms(typed: &Typed, known: &NoticeForm) -> AnyView {
    let language = use_language();
    let texts = NoticeEditorTexts::of(language);
    let taken = rows_of(typed, "subject_rooms", &known.subject_rooms);
    let subjects = SUBJECTS.iter().enumerate().map(|(index, (_, about))| {
        let row = index + 1;
        view! {
            <TextField name="subject_rooms" row label=subject(language, *about)
                value=at(&taken, index) error=typed.row_error("subject_rooms", row)/>
        }
    });
    let subjects = subjects.collect_view();
    section(
        texts.rooms,
        view! {
            {lines(typed, "rooms", texts.rooms, texts.rooms_hint, &known.rooms)}
            <fieldset class="stack-close">
                <legend class="caption">{texts.room_subjects}</legend>
                <p class="hint">{texts.room_subjects_hint}</p>
                <div class="columns">{subjects}</div>
            </fieldset>
        },
    )
    .into_any()
}

fn registering(typed: &Typed, known: &NoticeForm) -> AnyView {
    let texts = NoticeEditorTexts::of(use_language());
    section(
        texts.registration,
        view! {
            <div class="row">
                {kind_of(typed, "opens", texts.opens, InputKind::Moment, &known.opens)}
                <TextField name="closes" label=texts.closes hint=texts.closes_hint
                    kind=InputKind::Moment value=typed.value_or("closes", known.closes.as_str())
                    error=typed.error("closes")/>
            </div>
            {kind_of(typed, "phone", texts.phone, InputKind::Telephone, &known.phone)}
            <div class="row">
                <NumberField name="slot_minutes" label=texts.slot
                    value=typed.value_or("slot_minutes", known.slot_minutes.as_str())
                    error=typed.error("slot_minutes")/>
                <NumberField name="reserve_percent" label=texts.reserve
                    value=typed.value_or("reserve_percent", known.reserve_percent.as_str())
                    error=typed.error("reserve_percent")/>
            </div>
        },
    )
    .into_any()
}

fn officers(typed: &Typed, known: &NoticeForm, view: &VisitEditor) -> AnyView {
    let texts = NoticeEditorTexts::of(use_language());
    let chosen = rows_of(typed, "officers", &known.officers);
    let choices = view.officers.iter();
    let choices = choices.map(|official| Choice::new(official.id.to_string(), &*official.name));
    view! {
        <CheckboxGroup name="officers" label=texts.officers hint=texts.officers_hint
            choices=choices.collect() chosen error=typed.error("officers")/>
    }
    .into_any()
}

fn line(
    typed: &Typed,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    known: &str,
) -> AnyView {
    view! { <TextField name label hint value=typed.value_or(name, known) error=typed.error(name)/> }
        .into_any()
}

fn kind_of(
    typed: &Typed,
    name: &'static str,
    label: &'static str,
    kind: InputKind,
    known: &str,
) -> AnyView {
    view! { <TextField name label kind value=typed.value_or(name, known) error=typed.error(name)/> }
        .into_any()
}

fn lines(
    typed: &Typed,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    known: &str,
) -> AnyView {
    view! { <TextArea name label hint value=typed.value_or(name, known) error=typed.error(name)/> }
        .into_any()
}

fn mode_word(mode: VisitMode) -> &'static str {
    let texts = NoticeTexts::of(use_language());
    match mode {
        VisitMode::FixedPlace => texts.fixed_place,
        VisitMode::ByInvitation => texts.by_invitation,
        VisitMode::WithCase => texts.with_case,
    }
}
