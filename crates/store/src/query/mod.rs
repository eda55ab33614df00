//! One function a question, shaped for its screen and scoped to its viewer inside the query.

mod access;
mod by_number;
mod changes;
mod citizen;
mod figures;
mod look_up;
mod matters;
mod notices;
mod office;
mod office_matters;
mod own;
mod registration_detail;
mod registrations;
mod to_tell;
mod turns;
mod visits;

pub use look_up::{Found, Grants};
pub use office::OfficeCase;
pub use office_matters::{ListedMatter, OpenedMatter};
pub use visits::{Drafts, OfficeNotice};
