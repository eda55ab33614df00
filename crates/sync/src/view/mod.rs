//! What screens show: one type a screen, with nothing in it that its viewer may not see.

mod access;
mod accounts;
mod attachment;
mod by_number;
mod changes;
mod citizen;
mod desk;
mod figures;
mod kept;
mod matter_editor;
mod office;
mod own;
mod public;
mod tablet;
mod tablet_rows;
mod timeline;
mod to_tell;
mod visits;

pub use access::{Access, AccessEvent, LetIn, access_history};
pub use accounts::{Account, AccountStanding, Accounts, IssuedLink};
pub use attachment::Attachment;
pub use by_number::{ByNumber, Fate};
pub use changes::{Changed, ChangedKind, Changes};
pub use citizen::{CitizenAct, Draft, Filed, Mine, MyCase, MyCaseRow, MyReply, Slip, Typed};
pub use desk::{IntakeDesk, NewSlip};
pub use figures::{Count, Figures, Small, VisitCounts};
pub use kept::{Kept, Mistake, NotDone};
pub use matter_editor::{MatterEditor, NewMatter, OfficeMatter, OfficeMatters};
pub use office::{
    Assignee, Enrolment, Me, RegisterGap, RegisterGapFilter, Unit, WorkFilter, WorkRow, Worklist,
    Workspace,
};
pub use own::{AskOwn, OwnChanged, OwnChanges, OwnKey};
pub use public::{
    Choices, Division, DivisionLevel, Home, ListedLeader, MatterPage, MatterRow, Matters,
    NoticePage, NoticeRow, Notices, Places, Poster, Qr, Village, VisitFigures,
};
pub use tablet::{NewTablet, Tablet, TabletPass, TabletStanding};
pub use tablet_rows::{Applied, SOON_DAYS, TabletList, TabletRow, TabletRows, WORKLIST_PAGE, held};
pub use timeline::{Entry, Happened, timeline};
pub use to_tell::{TellFilter, ToTell, ToTellRow};
pub use visits::{
    Brief, DeskFilter, OfficeVisit, OfficeVisits, RegistrationDetail, RegistrationRow,
    Registrations, SessionResult, VisitEditor,
};

/// Named parts as a query string; empty ones are left out.
fn query_string(parts: &[(&str, &str)]) -> String {
    let said = parts.iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| format!("{name}={}", percent_encoded(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// RFC 3986: everything but unreserved characters is encoded.
fn percent_encoded(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
