//! What screens show: one type a screen, with nothing in it that its viewer may not see.

mod citizen;
mod kept;
mod office;
mod public;
mod timeline;

pub use citizen::{CitizenAct, Draft, Mine, MyCase, MyCaseRow, MyReply, Slip};
pub use kept::{Kept, Mistake, NotDone};
pub use office::{
    Account, Accounts, Assignee, Enrolment, Me, OfficeMatter, OfficeVisit, RegistrationDetail,
    RegistrationRow, Registrations, ToTellRow, Unit, VisitEditor, WorkFilter, WorkRow, Worklist,
    Workspace,
};
pub use public::{
    Division, DivisionLevel, Home, MatterPage, MatterRow, Matters, NoticePage, NoticeRow, Notices,
    Places, Village, VisitFigures,
};
pub use timeline::{Entry, Happened, timeline};
