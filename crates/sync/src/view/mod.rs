//! What screens show: one type a screen, with nothing in it that its viewer may not see.

mod accounts;
mod citizen;
mod figures;
mod kept;
mod matter_editor;
mod office;
mod public;
mod timeline;
mod to_tell;

pub use accounts::{Account, AccountStanding, Accounts, IssuedLink};
pub use citizen::{CitizenAct, Draft, Mine, MyCase, MyCaseRow, MyReply, Slip};
pub use figures::{Count, Figures, Small, VisitCounts};
pub use kept::{Kept, Mistake, NotDone};
pub use matter_editor::{MatterEditor, NewMatter, OfficeMatter, OfficeMatters};
pub use office::{
    Assignee, Enrolment, Me, OfficeVisit, RegistrationDetail, RegistrationRow, Registrations, Unit,
    VisitEditor, WorkFilter, WorkRow, Worklist, Workspace,
};
pub use public::{
    Division, DivisionLevel, Home, MatterPage, MatterRow, Matters, NoticePage, NoticeRow, Notices,
    Places, Village, VisitFigures,
};
pub use timeline::{Entry, Happened, timeline};
pub use to_tell::{TellFilter, ToTell, ToTellRow};
