//! What an official does with a case: `POST …/office/cases/{case}/{act}`.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{
    calendar::china_date,
    form::CaseActForm,
    ids::{CaseId, UnitId},
    office::{CaseActKind, CaseCommand, OfficeCommand},
    receipt::Receipt,
    text::Line,
};
use sync::view::{NotDone, RegisterGapFilter};

use super::{Posted, base, office_form::OfficeForm, office_intake::hand_over, see};
use crate::{
    clock,
    execute::AnyCommand,
    http::{AppState, reads::failed},
};

/// The list that numbers are recorded on, row by row.
const LIST: &str = "not-registered";

pub async fn act(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let part = |name| path.get(name).map_or("", String::as_str);
    let case = part("case").parse::<CaseId>();
    let (Ok(case), Some(kind)) = (case, CaseActKind::named(part("act"))) else {
        return see(&format!(
            "{}/office",
            base(uri.path(), state.data.county.as_str())
        ));
    };
    let posted = Posted::read(&body);
    let page = match posted.one("back") {
        LIST => list(&posted),
        _ => page_of(case, kind, posted.one("reply")),
    };
    let form = (format!("case/{case}/{}", kind.name()), page);
    match OfficeForm::open(&state, &uri, &headers, &body, form).await {
        Ok(form) => carry_out(&state, &headers, &form, case, kind).await,
        Err(door) => door,
    }
}

/// The page of the list that the number was typed on.
fn list(posted: &Posted) -> String {
    let filter = RegisterGapFilter {
        when: posted.one("when").to_owned(),
        page: posted.one("page").parse().unwrap_or_default(),
    };
    match filter.query() {
        query if query.is_empty() => format!("/office/{LIST}"),
        query => format!("/office/{LIST}?{query}"),
    }
}

/// The case with the form of this act open.
fn page_of(case: CaseId, kind: CaseActKind, reply: &str) -> String {
    let reply: String = form_urlencoded::byte_serialize(reply.as_bytes()).collect();
    format!("/office/cases/{case}?act={}&reply={reply}", kind.name())
}

async fn carry_out(
    state: &AppState,
    headers: &HeaderMap,
    form: &OfficeForm<'_>,
    case: CaseId,
    kind: CaseActKind,
) -> Response {
    let units = match state.data.store.units(state.data.county).await {
        Ok(units) => units,
        Err(error) => {
            failed(error);
            return form.refuse(NotDone::Later).await;
        }
    };
    let name_of = |id: UnitId| {
        let unit = units.iter().find(|unit| unit.id == id.0)?;
        Line::parse(&unit.name).ok()
    };
    let mut typed: CaseActForm = form.posted.typed();
    if form.posted.one("back") == LIST {
        typed.entered_on = china_date(clock::now()).to_string();
    }
    let command = typed.parse(kind, name_of).map(|act| command(case, act));
    match form.carry_out(command).await {
        Ok(receipt) => done(state, headers, form, (case, kind), receipt).await,
        Err(again) => again,
    }
}

fn command(case: CaseId, act: domain::office::CaseAct) -> AnyCommand {
    AnyCommand::Office(OfficeCommand::Case(CaseCommand { case, act }))
}

/// On to the case; to the slip where there is a new one; to the worklist where the act closed the
/// case to whoever did it.
async fn done(
    state: &AppState,
    headers: &HeaderMap,
    form: &OfficeForm<'_>,
    (case, kind): (CaseId, CaseActKind),
    receipt: Receipt,
) -> Response {
    let still = match state.data.store.read().await {
        Ok(mut reader) => {
            let (county, now) = (state.data.county, clock::now());
            reader.office_case(county, &form.official, case, now).await
        }
        Err(error) => Err(error),
    };
    match still {
        Ok(Some(found)) if matches!(receipt, Receipt::Filed { .. }) => {
            let name = found.case.filing.party.petitioner.name;
            hand_over(state, headers, form, receipt, name).await
        }
        Ok(None) => form.done("/office").await,
        _ if form.posted.one("back") == LIST => form.done(&list(&form.posted)).await,
        _ => {
            let page = format!("/office/cases/{case}?done={}", kind.name());
            form.done(&page).await
        }
    }
}
