//! What people typed, and how it becomes domain types: parsed once, every field's problem told at
//! once, nothing that was typed lost. The browser runs this before it queues a command, the server
//! for forms posted without scripts.

mod access;
mod account;
mod case_act;
mod choice;
mod intake;
mod look_up;
mod matter_act;
mod matter_page;
mod note;
mod notice;
mod one_or_many;
mod problem;
mod register;
mod reply;
mod session;
mod sheet;
mod visit_act;

pub use access::AccessForm;
pub use account::{AccountForm, NamedAccount, NamedUnit, UnitForm};
pub use case_act::CaseActForm;
pub use choice::{
    CATEGORIES, CHANNELS, CODE_SEPARATOR, DELEGATES, DISPOSITIONS, FOR_WHOM, ForWhom, ISSUED,
    KINDS, LEVELS, MODES, NEEDS, NO_SESSION, OUTCOMES, OutcomeKind, REACH, ROLES, Reach,
    SERVICE_WAYS, SUBJECTS, ServedHow, UNIT_KINDS, value_of,
};
pub use intake::IntakeForm;
pub use look_up::{LookUp, LookUpForm};
pub use matter_act::MatterActForm;
pub use matter_page::MatterPageForm;
pub use note::NoteForm;
pub use notice::NoticeForm;
pub use problem::{FieldError, FieldProblem, FormErrors};
pub use register::{RegisterForm, Step};
pub use reply::ReplyForm;
pub use session::SessionForm;
pub use visit_act::{DeskActForm, VisitActForm};

#[cfg(test)]
mod tests;
