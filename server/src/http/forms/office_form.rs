//! A form an official posts: one command, or everything typed kept and shown again with the reason.

use axum::{
    body::Bytes,
    http::{HeaderMap, Uri},
    response::Response,
};
use domain::{
    actor::{Actor, Official},
    form::FormErrors,
    ids::{CommandId, OfficialId, SignInId},
    receipt::Receipt,
};
use store::StoreError;
use sync::{
    Answer, ReadProblem, Rejection,
    view::{Kept, NotDone},
};
use uuid::Uuid;

use super::{Posted, base, see, with_cookie};
use crate::{
    clock,
    execute::{AnyCommand, Asked, execute},
    http::{
        AppState, cookies,
        reads::{self, KEPT_SECONDS, Viewer, failed},
    },
};

/// Fields that are typed anew: what only one person knows is not kept.
const SECRETS: &[&str] = &["password", "code"];

/// A form that was posted, and who posted it.
pub(super) struct OfficeForm<'s> {
    state: &'s AppState,
    viewer: Viewer,
    pub official: Official,
    pub posted: Posted,
    /// The language and county's part of addresses.
    pub base: String,
    /// The name under which its page finds it again.
    name: String,
    /// The page it stands on, below the base.
    page: String,
}

impl<'s> OfficeForm<'s> {
    /// Reads a form named `name` that stands on the page `page` (`/office/…`, below the base).
    ///
    /// # Errors
    /// The way in, where nobody is signed in; what was typed is there again afterwards.
    pub async fn open(
        state: &'s AppState,
        uri: &Uri,
        headers: &HeaderMap,
        body: &Bytes,
        (name, page): (String, String),
    ) -> Result<Self, Response> {
        let viewer = Viewer::of(headers);
        let base = base(uri.path(), state.data.county.as_str());
        let posted = Posted::read(body);
        let problem = match viewer.official(&state.data, clock::now()).await {
            Ok(official) => {
                return Ok(Self {
                    state,
                    viewer,
                    official,
                    posted,
                    base,
                    name,
                    page,
                });
            }
            Err(problem) => problem,
        };
        let back = format!("{base}{}", again(&page));
        let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
        let door = see(&format!("{base}/office/sign-in?back={back}"));
        let known = viewer.known_official(&state.data).await.ok().flatten();
        let why = match problem {
            ReadProblem::NotOpened => NotDone::Rejected {
                reason: Rejection::SignInNeeded,
            },
            _ => NotDone::Later,
        };
        Err(match known {
            Some(known) => keep(state, known, kept(name, &posted, why), door).await,
            None => door,
        })
    }

    /// Carries out what the form asks for.
    ///
    /// # Errors
    /// The answer that leads back to the form: why nothing was done, and everything typed.
    pub async fn carry_out(
        &self,
        command: Result<AnyCommand, FormErrors>,
    ) -> Result<Receipt, Response> {
        let command = match command {
            Ok(command) => command,
            Err(errors) => return Err(self.refuse(errors.into()).await),
        };
        match self.is_of_own_page().await {
            Ok(true) => {}
            Ok(false) => {
                let reason = Rejection::NeedsYou;
                return Err(self.refuse(NotDone::Rejected { reason }).await);
            }
            Err(error) => {
                failed(error);
                return Err(self.refuse(NotDone::Later).await);
            }
        }
        let now = clock::now();
        // The page carries the id, so that a double tap is one act; without one each post is.
        let id = Uuid::parse_str(self.posted.one("id")).unwrap_or_else(|_| Uuid::now_v7());
        let asked = Asked {
            expected_version: self.posted.one("version").parse().ok(),
            ..Asked::at(
                Actor::Official(self.official.clone()),
                CommandId(id),
                command,
                now,
            )
        };
        let why = match execute(&self.state.data.store, self.state.data.county, &asked).await {
            Answer::Received { receipt } => return Ok(receipt),
            Answer::Rejected { reason } => NotDone::Rejected { reason },
            Answer::Conflict { .. } => NotDone::Changed,
            // The second comes of letters only.
            Answer::TryLater { .. } | Answer::Delivered => NotDone::Later,
        };
        Err(self.refuse(why).await)
    }

    /// A page that stayed open while somebody else signed in is not theirs to send. One's own of an
    /// earlier sign-in is: its holder is here and taps now, under the sign-in that is live.
    async fn is_of_own_page(&self) -> Result<bool, StoreError> {
        let named = self.posted.one("sign_in").parse::<SignInId>().ok();
        let Some(earlier) = named.filter(|named| *named != self.official.sign_in) else {
            return Ok(true);
        };
        let mut reader = self.state.data.store.read().await?;
        let record = reader.sign_in_record(earlier.0).await?;
        Ok(record.is_some_and(|record| record.is_of(self.official.id.0)))
    }

    /// Back to the form's page, with why nothing was done and everything typed.
    pub async fn refuse(&self, why: NotDone) -> Response {
        let page = see(&format!("{}{}", self.base, again(&self.page)));
        let kept = kept(self.name.clone(), &self.posted, why);
        keep(self.state, self.official.id, kept, page).await
    }

    /// On to `page` (below the base), and what was kept of this form is forgotten.
    pub async fn done(&self, page: &str) -> Response {
        let onward = see(&format!("{}{page}", self.base));
        let (data, now) = (&self.state.data, clock::now());
        let kept = reads::kept::<Kept>(data, self.official.id, self.viewer.kept, now).await;
        let ours = matches!(kept, Ok(Some(kept)) if kept.form == self.name);
        let Some(id) = self.viewer.kept.filter(|_| ours) else {
            return onward;
        };
        // It ends by itself soon enough.
        if let Err(error) = data.store.delete_draft(data.county, id).await {
            failed(error);
        }
        with_cookie(onward, cookies::gone(cookies::KEPT))
    }
}

fn kept(form: String, posted: &Posted, why: NotDone) -> Kept {
    let mut fields = posted.0.clone();
    fields.retain(|name, _| !SECRETS.contains(&name.as_str()));
    Kept { form, fields, why }
}

async fn keep(state: &AppState, official: OfficialId, kept: Kept, onward: Response) -> Response {
    match reads::keep(&state.data, official, kept, KEPT_SECONDS, clock::now()).await {
        Ok(id) => with_cookie(
            onward,
            cookies::secret(cookies::KEPT, &id.to_string(), KEPT_SECONDS),
        ),
        Err(error) => {
            failed(error);
            onward
        }
    }
}

/// The page with the mark that something typed is to be shown again.
fn again(page: &str) -> String {
    let sign = if page.contains('?') { '&' } else { '?' };
    format!("{page}{sign}kept=1")
}
