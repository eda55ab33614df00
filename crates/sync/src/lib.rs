//! The wire protocol between phones, tablets and the server. Pure: it runs on all of them.
//!
//! Commands travel in an [`Envelope`] and come back as an [`Answer`]; screens ask a [`Query`] and
//! get its [`Query::View`], shaped for one screen and scoped to the viewer before it is sent.

mod answer;
pub mod carry;
mod envelope;
pub mod letter;
pub mod outbox;
mod pause;
mod problem;
pub mod query;
pub mod resume;
pub mod upload;
pub mod view;

pub use answer::{Answer, Rejection};
pub use envelope::{Area, AreaCommand, Earlier, Envelope};
pub use problem::ReadProblem;
pub use query::{AnyQuery, Query};
pub use upload::UploadProblem;
