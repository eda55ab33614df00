//! Visits: what is announced, what is being written, and whom somebody still has to tell.

pub(super) mod edit;
pub(super) mod notice;
mod notice_acts;
pub(super) mod record;
pub(super) mod registration;
mod registration_acts;
pub(super) mod registrations;
pub(super) mod slip;
pub(super) mod walk_in;

use domain::{
    actor::Role,
    office::{APPROVERS, AUTHORS},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sync::{
    query,
    view::{Me, OfficeVisit, OfficeVisits},
};
use uuid::Uuid;

use super::frame::{address, office};
use crate::{
    components::*,
    i18n::{
        day_with_year,
        office::{FrameTexts, NoticeEditorTexts, VisitTexts},
        use_language,
    },
    repository::use_view,
    routes::citizen::notice_row::phase_mark,
};

/// The rail's place of every screen here.
const PLACE: &str = "/office/visits";

#[component]
pub fn Visits() -> impl IntoView {
    let view = use_view(|| query::Visits {});
    office(VisitTexts::of(use_language()).visits, PLACE, view, list)
}

fn list(visits: OfficeVisits) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let new = writes(&visits.me).then(|| {
        let word = NoticeEditorTexts::of(language).new;
        view! { <p><LinkButton href=address("/office/visits/new")>{word}</LinkButton></p> }
    });
    if visits.rows.is_empty() {
        return view! {
            {new}
            <EmptyState title=texts.none_yet><p>{texts.none_yet_what}</p></EmptyState>
        }
        .into_any();
    }
    let columns = vec![
        Column::Text(texts.visit),
        Column::Text(texts.day),
        Column::Text(texts.state),
        Column::Number(texts.untold),
        Column::Text(texts.registration),
    ];
    let knows = knows_notices(&visits.me);
    let rows = visits.rows.iter().map(|row| cells(row, knows)).collect();
    view! {
        {new}
        <Table caption=texts.visits columns rows/>
    }
    .into_any()
}

fn cells(row: &OfficeVisit, knows_notices: bool) -> Vec<AnyView> {
    let language = use_language();
    let words = NoticeEditorTexts::of(language);
    let home = format!("/office/visits/{}", row.visit);
    let registrations = address(&format!("{home}/registrations"));
    let title = row.title.clone();
    let title = if knows_notices {
        view! { <a href=address(&home)>{title}</a> }.into_any()
    } else {
        title.into_any()
    };
    let pending = match (row.awaits_approval, row.draft) {
        (true, _) => Some((State::DueSoon, words.waiting_approval)),
        (_, true) => Some((State::Waiting, words.draft)),
        _ => None,
    };
    let pending = pending.map(|(state, word)| view! { <StatusMark state word/> " " });
    let live = row.live.as_ref();
    let phase = live.map(|live| phase_mark(live.phase, live.free));
    let registrations = live.map(|_| {
        let word = words.registrations;
        view! { <a class="target" href=registrations>{word}</a> }
    });
    vec![
        title,
        day_with_year(language, row.date).into_any(),
        view! { {pending} {phase} }.into_any(),
        row.untold.to_string().into_any(),
        registrations.into_any(),
    ]
}

/// Those who write notices.
fn writes(me: &Me) -> bool {
    has(me, AUTHORS)
}

/// Those who approve notices.
fn approves(me: &Me) -> bool {
    has(me, APPROVERS)
}

fn knows_notices(me: &Me) -> bool {
    writes(me) || approves(me)
}

fn has(me: &Me, any_of: &[Role]) -> bool {
    me.roles.iter().any(|role| any_of.contains(role))
}

/// An id in the address. One that is none names nothing, so that its page is not found.
fn id_in_address(name: &'static str) -> impl Fn() -> Uuid + Copy + Send + Sync {
    let parameters = use_params_map();
    move || {
        let text = parameters.read().get(name).unwrap_or_default();
        Uuid::parse_str(&text).unwrap_or_default()
    }
}

/// Said once after something was done.
fn done_note() -> AnyView {
    let done = use_query_map().with_untracked(|query| query.get("done").is_some());
    let word = FrameTexts::of(use_language()).saved;
    done.then(|| view! { <p role="status"><StatusMark state=State::Done word/></p> })
        .into_any()
}
