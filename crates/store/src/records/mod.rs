//! Technical records: small repositories that are not part of the domain's history.
//!
//! There is one way to change the domain, `execute(actor, Command)`, and these are the exceptions,
//! each in a file of its own (a test compares this folder with the list in [`REPOSITORIES`]).
//! Secrets among them (tokens, links) are kept as keyed digests, drafts and TOTP secrets sealed.

mod account;
mod attachment;
mod attempt;
mod calendar;
mod division;
mod draft;
mod job_lease;
mod letter_refusal;
mod reading_session;
mod session;
mod setting;
mod tablet;
mod to_tell_try;
mod token;
mod unit;

pub use account::{Account, AccountStatus};
pub use attachment::{
    Added, Attachment, Begun, CHECK_ATTACHMENT, Form, KeptObject, OPEN_ATTACHMENT, Owner, Piece,
    Upload,
};
pub use attempt::{Attempt, AttemptLimits};
pub use calendar::CalendarVersion;
pub use division::Division;
pub use draft::Draft;
pub use job_lease::{JobLease, LeasedJob};
pub use reading_session::{READING_LASTS, ReadingSession};
pub use session::{Session, SessionLimits, SignInRecord};
pub use tablet::{Tablet, TabletRegistration};
pub use to_tell_try::Try;
pub(crate) use to_tell_try::tell_state;
pub use token::Token;
pub use unit::Unit;

/// Everything that is written without an event.
pub const REPOSITORIES: &[&str] = &[
    "account",
    "attachment",
    "attempt",
    "calendar",
    "division",
    "draft",
    "job_lease",
    "letter_refusal",
    "reading_session",
    "session",
    "setting",
    "tablet",
    "to_tell_try",
    "unit",
];

/// A technical write: one or more statements in a job of the group commit.
pub(crate) mod write {
    use futures_util::FutureExt as _;
    use uuid::Uuid;

    use crate::{Lane, Store, StoreError, Value};

    /// Runs one statement and says how many rows it touched.
    pub async fn one(
        store: &Store,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<u64, StoreError> {
        store
            .execute(Lane(Uuid::nil()), move |tx| {
                let args = args.clone();
                async move { tx.run(sql, args).await }.boxed()
            })
            .await
    }

    /// Runs a statement for each list of parameters, all or none.
    pub async fn many(
        store: &Store,
        sql: &'static str,
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        store
            .execute(Lane(Uuid::nil()), move |tx| {
                let rows = rows.clone();
                async move {
                    for args in rows {
                        tx.run(sql, args).await?;
                    }
                    Ok(())
                }
                .boxed()
            })
            .await
    }
}
