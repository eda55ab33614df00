//! A matter taken in at the counter, by call or letter, and the slip that goes with it.

use app::qr;
use axum::{
    body::Bytes,
    extract::{OriginalUri, State},
    http::{HeaderMap, header},
    response::Response,
};
use domain::{desk::DeskCommand, form::IntakeForm, receipt::Receipt, text::PersonName};
use sync::view::NewSlip;

use super::{base, office_form::OfficeForm, see, with_cookie};
use crate::{
    clock,
    execute::AnyCommand,
    http::{
        AppState, cookies,
        reads::{SLIP_SECONDS, failed, keep},
    },
};

/// `POST …/office/intake`.
pub async fn take_in(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = ("intake".to_owned(), "/office/intake".to_owned());
    let form = match OfficeForm::open(&state, &uri, &headers, &body, form).await {
        Ok(form) => form,
        Err(door) => return door,
    };
    let typed: IntakeForm = form.posted.typed();
    let (name, command) = match typed.parse(form.official.id) {
        Ok(intake) => {
            let name = intake.filing.party.petitioner.name.clone();
            let intake = DeskCommand::Intake(Box::new(intake));
            (Some(name), Ok(AnyCommand::Desk(intake)))
        }
        Err(errors) => (None, Err(errors)),
    };
    let receipt = match form.carry_out(command).await {
        Ok(receipt) => receipt,
        Err(again) => return again,
    };
    match name {
        Some(name) => hand_over(&state, &headers, &form, receipt, name).await,
        None => form.done("/office/intake").await,
    }
}

/// Shows the slip that came of an act: the only time the office sees the code.
pub(super) async fn hand_over(
    state: &AppState,
    headers: &HeaderMap,
    form: &OfficeForm<'_>,
    receipt: Receipt,
    name: PersonName,
) -> Response {
    let Receipt::Filed {
        case,
        number,
        code: Some(code),
        private_secret: Some(private_secret),
        ..
    } = receipt
    else {
        return form.done("/office/intake").await;
    };
    let address = format!(
        "{}/{}/follow?private=1#{}",
        origin(state, headers),
        state.data.county,
        private_secret.as_str()
    );
    let (qr_path, qr_size) = qr::drawn(&address).unwrap_or_default();
    let slip = NewSlip {
        case,
        number,
        name,
        code,
        private_secret,
        qr_path,
        qr_size,
        same_person: Vec::new(),
    };
    let page = form.done("/office/slip").await;
    let (data, official) = (&state.data, form.official.id);
    match keep(data, official, slip, SLIP_SECONDS, clock::now()).await {
        Ok(id) => with_cookie(
            page,
            cookies::secret(cookies::SLIP, &id.to_string(), SLIP_SECONDS),
        ),
        Err(error) => {
            failed(error);
            page
        }
    }
}

/// Where the public reaches this server, as printed codes must say.
fn origin(state: &AppState, headers: &HeaderMap) -> String {
    if let Some(public) = &state.edge.public_url {
        return public.as_str().trim_end_matches('/').to_owned();
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    format!("https://{}", host.unwrap_or_default())
}

/// `POST …/office/slip`: it was handed over, the code is not shown again.
pub async fn handed_over(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let kept = cookies::get(&headers, cookies::SLIP).and_then(|id| uuid::Uuid::parse_str(id).ok());
    if let Some(id) = kept
        && let Err(error) = state.data.store.delete_draft(state.data.county, id).await
    {
        failed(error);
    }
    let base = base(uri.path(), state.data.county.as_str());
    with_cookie(
        see(&format!("{base}/office/intake")),
        cookies::gone(cookies::SLIP),
    )
}
