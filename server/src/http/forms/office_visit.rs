//! What officials do with a visit's notice, and with those who come on its day.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, Uri},
    response::Response,
};
use domain::{
    desk::DeskCommand,
    form::{DeskActForm, FormErrors, NoticeForm, RegisterForm, SessionForm, VisitActForm},
    ids::{RegistrationId, VisitId},
    office::{OfficeCommand, VisitCommand},
    person::Filer,
    receipt::Receipt,
};

use super::{base, office_form::OfficeForm, see};
use crate::{execute::AnyCommand, http::AppState};

type Command = Result<AnyCommand, FormErrors>;

/// `POST …/office/visits/new`.
pub async fn draft(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let name = ("notice new".to_owned(), "/office/visits/new".to_owned());
    let form = match OfficeForm::open(&state, &uri, &headers, &body, name).await {
        Ok(form) => form,
        Err(door) => return door,
    };
    let notice = form.posted.typed::<NoticeForm>().parse();
    let command = notice.map(|notice| VisitCommand::Draft {
        notice: Box::new(notice),
    });
    match form.carry_out(about_visit(command)).await {
        Ok(Receipt::Visit { visit }) => form.done(&format!("/office/visits/{visit}?done=1")).await,
        Ok(_) => form.done("/office/visits").await,
        Err(back) => back,
    }
}

/// `POST …/office/visits/{visit}/{edit|submit|return|approve|cancel|conclude|walk-in}`.
pub async fn act(
    State(state): State<AppState>,
    Path(path): Path<HashMap<String, String>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some((visit, act)) = ids::<VisitId>(&path, "visit", &uri) else {
        return to_the_list(&state, &uri);
    };
    let home = format!("/office/visits/{visit}");
    let page = match act {
        "edit" | "walk-in" => format!("{home}/{act}"),
        _ => home.clone(),
    };
    let name = (format!("{act} {visit}"), page);
    let form = match OfficeForm::open(&state, &uri, &headers, &body, name).await {
        Ok(form) => form,
        Err(door) => return door,
    };
    let typed: VisitActForm = form.posted.typed();
    let command = match act {
        "edit" => {
            let notice = form.posted.typed::<NoticeForm>().parse();
            about_visit(notice.and_then(|notice| typed.revise(visit, notice)))
        }
        "submit" => about_visit(typed.submit(visit)),
        "return" => about_visit(typed.give_back(visit)),
        "approve" => about_visit(Ok(VisitCommand::Approve { visit })),
        "cancel" => about_visit(typed.cancel(visit)),
        "conclude" => about_visit(Ok(VisitCommand::Conclude { visit })),
        "walk-in" => walk_in(&form, visit),
        _ => return to_the_list(&state, &uri),
    };
    match form.carry_out(command).await {
        Ok(Receipt::Registered { registration, .. }) => {
            form.done(&format!("/office/registrations/{registration}/slip"))
                .await
        }
        Ok(_) => form.done(&format!("{home}?done=1")).await,
        Err(back) => back,
    }
}

/// `POST …/office/registrations/{registration}/{names|contact|arrive|move|end|record}`.
pub async fn receive(
    State(state): State<AppState>,
    Path(path): Path<HashMap<String, String>>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some((registration, act)) = ids::<RegistrationId>(&path, "registration", &uri) else {
        return to_the_list(&state, &uri);
    };
    let home = format!("/office/registrations/{registration}");
    let page = match act {
        "record" => format!("{home}/record"),
        _ => home.clone(),
    };
    let name = (format!("{act} {registration}"), page);
    let form = match OfficeForm::open(&state, &uri, &headers, &body, name).await {
        Ok(form) => form,
        Err(door) => return door,
    };
    let typed: DeskActForm = form.posted.typed();
    let command = match act {
        "contact" => about_visit(typed.contact(registration)),
        "names" => about_visit(Ok(VisitCommand::ShowNames { registration })),
        "arrive" => typed.arrive(registration).map(AnyCommand::Desk),
        "move" => typed.move_to(registration).map(AnyCommand::Desk),
        "end" => typed.end(registration).map(AnyCommand::Desk),
        "record" => record(&form, registration),
        _ => return to_the_list(&state, &uri),
    };
    match form.carry_out(command).await {
        Ok(_) if act == "record" => form.done(&format!("{home}/slip")).await,
        Ok(_) => form.done(&format!("{home}?done=1")).await,
        Err(back) => back,
    }
}

fn about_visit(command: Result<VisitCommand, FormErrors>) -> Command {
    command.map(|command| AnyCommand::Office(OfficeCommand::Visit(command)))
}

/// The short form at the desk: who files is the official.
fn walk_in(form: &OfficeForm<'_>, visit: VisitId) -> Command {
    let filer = Filer::Desk {
        official: form.official.id,
    };
    let filing = form.posted.typed::<RegisterForm>().parse_filed_by(filer)?;
    Ok(AnyCommand::Desk(DeskCommand::WalkIn {
        visit,
        filing: Box::new(filing),
    }))
}

fn record(form: &OfficeForm<'_>, registration: RegistrationId) -> Command {
    let record = form.posted.typed::<SessionForm>().parse(registration)?;
    Ok(AnyCommand::Desk(DeskCommand::RecordSession(Box::new(
        record,
    ))))
}

/// What it is about, and the act: the address' last part, also where a page of that name has a
/// route of its own.
fn ids<'u, I: std::str::FromStr>(
    path: &HashMap<String, String>,
    name: &str,
    uri: &'u Uri,
) -> Option<(I, &'u str)> {
    let id = path.get(name)?.parse().ok()?;
    let (_, act) = uri.path().rsplit_once('/')?;
    Some((id, act))
}

/// An address that names nothing.
fn to_the_list(state: &AppState, uri: &Uri) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    see(&format!("{base}/office/visits"))
}
