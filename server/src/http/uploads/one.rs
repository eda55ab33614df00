//! One upload: how far it is, what goes on, and taking it back.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use domain::{attachment::AttachmentState, ids::AttachmentId};
use store::records::{Attachment, Owner, Upload};
use sync::UploadProblem;

use super::{
    AppState, LENGTH, OFFSET, body_bytes, is_offset_body, number,
    problem::{cut, stored},
    standing,
};

pub struct One<'a> {
    state: &'a AppState,
    of: Attachment,
}

impl<'a> One<'a> {
    pub fn of(state: &'a AppState, owner: Owner, id: AttachmentId) -> Self {
        let of = Attachment::new(state.data.county, owner, id);
        Self { state, of }
    }

    async fn upload(&self) -> Result<Upload, UploadProblem> {
        let upload = self.state.data.store.upload(self.of).await;
        let upload = upload.map_err(stored)?.ok_or(UploadProblem::NotFound)?;
        if upload.state.is_refused() {
            return Err(UploadProblem::Refused);
        }
        Ok(upload)
    }

    pub async fn head(&self) -> Result<Response, UploadProblem> {
        let upload = self.upload().await?;
        let mut response = standing(self.state, &upload, StatusCode::OK.into_response());
        let length = HeaderValue::from(upload.length);
        response.headers_mut().insert(LENGTH, length);
        Ok(response)
    }

    pub async fn patch(&self, headers: &HeaderMap, body: Body) -> Result<Response, UploadProblem> {
        if !is_offset_body(headers) {
            return Err(UploadProblem::ContentType);
        }
        let offset = number(headers, OFFSET)?;
        let upload = self.upload().await?;
        if offset != upload.arrived {
            return Err(UploadProblem::Offset);
        }
        let bytes = body_bytes(headers, &upload)?;
        let attachments = &self.state.attachments;
        let taken = attachments.take(self.of, upload, bytes, body).await;
        let upload = taken.map_err(cut)?;
        let done = StatusCode::NO_CONTENT.into_response();
        Ok(standing(self.state, &upload, done))
    }

    /// What arrived whole is part of a matter that was received: it is not taken back this way.
    pub async fn delete(&self) -> Result<Response, UploadProblem> {
        let store = &self.state.data.store;
        let known = store.upload(self.of).await.map_err(stored)?;
        let known = known.ok_or(UploadProblem::NotFound)?;
        if matches!(
            known.state,
            AttachmentState::Checking | AttachmentState::Received { .. }
        ) || !store.drop_upload(self.of).await.map_err(stored)?
        {
            return Err(UploadProblem::Whole);
        }
        let cleared = self.state.attachments.clear(self.of).await;
        cleared.map_err(|failed| stored(failed.into()))?;
        Ok(StatusCode::NO_CONTENT.into_response())
    }
}
