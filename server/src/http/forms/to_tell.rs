//! What came of telling somebody something.

use axum::{
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::HeaderMap,
    response::Response,
};
use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Official},
    ids::{CommandId, RegistrationId, TellingId, VisitId},
    office::{OfficeCommand, VisitCommand},
    text::Line,
    tidings::{TELLING, TryResult},
};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use store::{StoreError, records::Try};
use sync::{Answer, view::ToTellRow};

use super::{Posted, base, own_address, see};
use crate::{
    clock,
    execute::{AnyCommand, Asked, execute},
    http::{
        AppState,
        reads::{Viewer, failed},
    },
};

/// `POST …/office/to-tell/{telling}`.
pub async fn enter(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let base = base(uri.path(), state.data.county.as_str());
    let posted = Posted::read(&body);
    let list = format!("{base}/office/to-tell");
    let back = own_address(posted.one("back")).unwrap_or(&list);
    let again = |what: &str| {
        let joint = if back.contains('?') { '&' } else { '?' };
        see(&format!("{back}{joint}{what}"))
    };
    let now = clock::now();
    let official = match Viewer::of(&headers).official(&state.data, now).await {
        Ok(official) if official.has(TELLING) => official,
        // The list says who may see it, and leads to the door.
        _ => return see(&list),
    };
    let telling = path.get("telling").and_then(|id| id.parse().ok());
    let number = posted.one("try").parse().ok();
    let result = serde_json::from_value(posted.one("result").into()).ok();
    let (Some(telling), Some(number), Some(result)) = (telling, number, result) else {
        return again("problem=result");
    };
    let tried = Try {
        telling,
        number,
        result,
        by: official.id,
    };
    match carry_out(&state, &official, tried, now).await {
        Ok(true) => again("done=1"),
        Ok(false) => again("problem=gone"),
        Err(error) => {
            failed(error);
            again("problem=later")
        }
    }
}

/// `false` when there is nothing to enter: told by somebody else, or not this official's to know.
async fn carry_out(
    state: &AppState,
    official: &Official,
    tried: Try,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let (store, county) = (&state.data.store, state.data.county);
    let mut reader = store.read().await?;
    let Some(row) = reader.telling(county, official, tried.telling).await? else {
        return Ok(false);
    };
    drop(reader);
    let open = row.state.after(row.tries, tried.result).is_some();
    if open && row.tries + 1 == tried.number {
        // First, and under an id of its own: a try that is entered was noted, however it went.
        note_contact(state, official, &row, tried, now).await?;
    }
    store.enter_try(county, tried, now.into()).await
}

/// The registrant sees that an office called before the visit, and what about (`people.md` 6).
async fn note_contact(
    state: &AppState,
    official: &Official,
    row: &ToTellRow,
    tried: Try,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (Some(registration), Some(visit), TryResult::Reached) =
        (row.registration, row.visit, tried.result)
    else {
        return Ok(());
    };
    if !is_ahead(state, visit, now).await? {
        return Ok(());
    }
    let asked = Asked::at(
        Actor::Official(official.clone()),
        note_id(tried.telling),
        note(registration, row),
        now,
    );
    match execute(&state.data.store, state.data.county, &asked).await {
        Answer::Received { .. } => Ok(()),
        answer => Err(StoreError::Corrupt {
            what: format!("a contact that was not noted: {answer:?}"),
        }),
    }
}

fn note(registration: RegistrationId, row: &ToTellRow) -> AnyCommand {
    let what = Line::parse(row.telling.tidings.contact_note()).expect("a few words");
    AnyCommand::Office(OfficeCommand::Visit(VisitCommand::NoteContact {
        registration,
        what,
    }))
}

async fn is_ahead(
    state: &AppState,
    visit: VisitId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let mut reader = state.data.store.read().await?;
    let visit = reader.visit(state.data.county, visit).await?.state;
    let live = visit.and_then(|visit| visit.live);
    Ok(live.is_some_and(|live| now < live.notice.begins()))
}

/// Somebody is reached once: a double tap notes one contact.
fn note_id(telling: TellingId) -> CommandId {
    let digest = Sha256::digest(format!("told {telling}"));
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    CommandId(uuid::Builder::from_custom_bytes(id).into_uuid())
}
