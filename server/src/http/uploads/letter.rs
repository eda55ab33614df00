//! What comes closed, from a device whose person is not there to read it. No token opens the way, for the
//! answer to a letter brings none: the ids of a command that was received and of what its filing names do.
//! To whoever does not know both, every answer is the same.

use axum::{
    Json,
    body::Body,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    attachment::{AttachmentKind, AttachmentState},
    ids::{AttachmentId, CaseId, CommandId, RegistrationId},
};
use store::records::{Attachment, Owner};
use sync::{
    UploadProblem,
    letter::medium::{MediumFate, OVERHEAD},
};

use super::{
    AppState, LENGTH, number,
    one::One,
    problem::stored,
    whole::{self, announced, begun, fits, kind_in, named},
};
use crate::clock;

/// One that a received filing names.
pub struct Closed<'a> {
    state: &'a AppState,
    command: CommandId,
    of: Attachment,
    kind: AttachmentKind,
}

/// Which command's, where an announcement says that it is of a letter and brings no token.
pub fn command(headers: &HeaderMap) -> Option<CommandId> {
    let has_token = headers.contains_key(header::AUTHORIZATION);
    named(headers, "letter")
        .filter(|_| !has_token)
        .map(CommandId)
}

impl<'a> Closed<'a> {
    /// # Errors
    /// [`UploadProblem::NotFound`] for whatever was not received here, or is not named in it.
    pub async fn of(
        state: &'a AppState,
        command: CommandId,
        id: AttachmentId,
    ) -> Result<Self, UploadProblem> {
        let owners = [
            Owner::Registration(RegistrationId(command.0)),
            Owner::Case(CaseId(command.0)),
        ];
        for owner in owners {
            let Some(filing) = whole::filed(state, owner).await.map_err(stored)? else {
                continue;
            };
            let of = Attachment::new(state.data.county, owner, id);
            // Where the letter would be staged, something else is named.
            if kind_in(&filing, of.letter().id).is_ok() {
                break;
            }
            let kind = kind_in(&filing, id)?;
            return Ok(Self {
                state,
                command,
                of,
                kind,
            });
        }
        Err(UploadProblem::NotFound)
    }

    /// Announces it; the same again leads to the same upload.
    pub async fn create(self, headers: &HeaderMap, body: Body) -> Result<Response, UploadProblem> {
        let length = number(headers, LENGTH)?;
        fits(self.kind, length, OVERHEAD)?;
        let location = format!(
            "/api/v1/{}/uploads/letters/{}/{}",
            self.state.data.county, self.command, self.of.id
        );
        if self.is_kept().await? {
            // As an upload that is whole: what became of it is to be asked.
            return Ok(whole::is_there(length, &location));
        }
        let store = &self.state.data.store;
        let most = self.state.attachments.limits.day_bytes;
        let now = clock::now().into();
        let known = store.begin_letter(self.of, self.kind, length, most, now);
        let status = begun(known.await.map_err(stored)?, length)?;
        announced(
            self.state,
            self.of.letter(),
            status,
            &location,
            headers,
            body,
        )
        .await
    }

    /// How far it is, going on with it, and what became of it.
    pub async fn one(
        self,
        method: &Method,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<Response, UploadProblem> {
        let letter = self.of.letter();
        let one = One::of(self.state, letter.owner, letter.id);
        match *method {
            Method::GET => Ok(Json(self.fate().await?).into_response()),
            Method::HEAD => one.head().await,
            Method::PATCH => one.patch(headers, body).await,
            _ => Ok(StatusCode::METHOD_NOT_ALLOWED.into_response()),
        }
    }

    async fn is_kept(&self) -> Result<bool, UploadProblem> {
        let known = self.state.data.store.upload(self.of).await;
        Ok(known.map_err(stored)?.is_some_and(|known| known.is_kept()))
    }

    async fn fate(&self) -> Result<MediumFate, UploadProblem> {
        let store = &self.state.data.store;
        if self.is_kept().await? {
            return Ok(MediumFate { kept: true });
        }
        let staged = store.upload(self.of.letter()).await.map_err(stored)?;
        let is_staged = staged.is_some();
        // Opened, it is where the readable one is.
        let known = match staged {
            None => store.upload(self.of).await.map_err(stored)?,
            staged => staged,
        };
        match known.ok_or(UploadProblem::NotFound)?.state {
            state if state.is_refused() => Err(UploadProblem::Refused),
            state if is_staged || state == AttachmentState::Checking => {
                Ok(MediumFate { kept: false })
            }
            // The readable one is on its way; of this one nothing is here.
            _ => Err(UploadProblem::NotFound),
        }
    }
}
