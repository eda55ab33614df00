//! Public matters: `POST …/office/matters/new` and `…/office/matters/{matter}/{act}`.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{
    form::{MatterActForm, MatterPageForm},
    ids::{CaseId, MatterId, UnitId},
    office::{MatterAct, MatterCommand, OfficeCommand},
    receipt::Receipt,
    refusal::Refusal,
    text::Line,
};
use sync::{Rejection, view::NotDone};

use super::{Posted, base, office_form::OfficeForm, see};
use crate::{
    clock,
    execute::AnyCommand,
    http::{AppState, reads::failed},
};

const LIST: &str = "/office/matters";

pub async fn propose(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let case = Posted::read(&body).one("case").parse::<CaseId>().ok();
    let page = match case {
        Some(case) => format!("{LIST}/new?case={case}"),
        None => format!("{LIST}/new"),
    };
    let names = ("matters/new".to_owned(), page);
    let form = match OfficeForm::open(&state, &uri, &headers, &body, names).await {
        Ok(form) => form,
        Err(door) => return door,
    };
    if let Some(case) = case
        && let Err(why) = may_see(&state, &form, case).await
    {
        return form.refuse(why).await;
    }
    let page = form.posted.typed::<MatterPageForm>().parse();
    let command = page.map(|page| {
        let page = Box::new(page);
        about(MatterCommand::Propose { page, case })
    });
    match form.carry_out(command).await {
        Ok(Receipt::Matter { matter }) => form.done(&format!("{LIST}/{matter}?done=propose")).await,
        Ok(_) => form.done(LIST).await,
        Err(again) => again,
    }
}

/// A matter is made of a case only by who may read it.
async fn may_see(state: &AppState, form: &OfficeForm<'_>, case: CaseId) -> Result<(), NotDone> {
    let later = |error| {
        failed(error);
        NotDone::Later
    };
    let mut reader = state.data.store.read().await.map_err(later)?;
    let county = state.data.county;
    let found = reader.office_case(county, &form.official, case, clock::now());
    let found = found.await;
    match found.map_err(later)? {
        Some(_) => Ok(()),
        None => Err(NotDone::Rejected {
            reason: Rejection::Refused {
                refusal: Refusal::NotFound,
            },
        }),
    }
}

pub async fn act(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let part = |name| path.get(name).map_or("", String::as_str);
    let act = serde_json::from_value::<MatterAct>(part("act").into());
    let (Ok(matter), Ok(act)) = (part("matter").parse::<MatterId>(), act) else {
        let base = base(uri.path(), state.data.county.as_str());
        return see(&format!("{base}{LIST}"));
    };
    let name = part("act");
    let posted = Posted::read(&body);
    let of = [posted.one("commitment"), posted.one("milestone")].concat();
    let of: String = form_urlencoded::byte_serialize(of.as_bytes()).collect();
    let names = (
        format!("matters/{matter}/{name}"),
        format!("{LIST}/{matter}?act={name}&of={of}"),
    );
    match OfficeForm::open(&state, &uri, &headers, &body, names).await {
        Ok(form) => carry_out(&state, &form, matter, act, name).await,
        Err(door) => door,
    }
}

async fn carry_out(
    state: &AppState,
    form: &OfficeForm<'_>,
    matter: MatterId,
    act: MatterAct,
    name: &str,
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
    let typed: MatterActForm = form.posted.typed();
    let command = typed.parse(act, matter, name_of).map(about);
    match form.carry_out(command).await {
        Ok(_) => form.done(&format!("{LIST}/{matter}?done={name}")).await,
        Err(again) => again,
    }
}

fn about(command: MatterCommand) -> AnyCommand {
    AnyCommand::Office(OfficeCommand::Matter(command))
}
