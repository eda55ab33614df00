//! What an official does with a case: `POST …/office/cases/{case}/{act}`.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{
    form::CaseActForm,
    ids::{CaseId, UnitId},
    office::{CaseActKind, CaseCommand, OfficeCommand},
    receipt::Receipt,
    text::Line,
};
use sync::view::NotDone;

use super::{base, office_form::OfficeForm, see};
use crate::{
    execute::AnyCommand,
    http::{AppState, reads::failed},
};

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
    let reply = super::Posted::read(&body).one("reply").to_owned();
    let form = (
        format!("case/{case}/{}", kind.name()),
        page_of(case, kind, &reply),
    );
    match OfficeForm::open(&state, &uri, &headers, &body, form).await {
        Ok(form) => carry_out(&state, &form, case, kind).await,
        Err(door) => door,
    }
}

/// The case with the form of this act open.
fn page_of(case: CaseId, kind: CaseActKind, reply: &str) -> String {
    let reply: String = form_urlencoded::byte_serialize(reply.as_bytes()).collect();
    format!("/office/cases/{case}?act={}&reply={reply}", kind.name())
}

async fn carry_out(
    state: &AppState,
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
    let typed: CaseActForm = form.posted.typed();
    let command = typed.parse(kind, name_of).map(|act| command(case, act));
    match form.carry_out(command).await {
        Ok(receipt) => done(form, case, kind, &receipt).await,
        Err(again) => again,
    }
}

fn command(case: CaseId, act: domain::office::CaseAct) -> AnyCommand {
    AnyCommand::Office(OfficeCommand::Case(CaseCommand { case, act }))
}

async fn done(
    form: &OfficeForm<'_>,
    case: CaseId,
    kind: CaseActKind,
    receipt: &Receipt,
) -> Response {
    let _ = receipt;
    form.done(&format!("/office/cases/{case}?done={}", kind.name()))
        .await
}
