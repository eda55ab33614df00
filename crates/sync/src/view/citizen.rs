//! What a code opens. Officials appear by unit, never by account.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    booking::{Place, Placement, Ticket},
    case::{
        CaseClock, CaseNumber, Disposition, Issue, Procedure, ReplyContent, ReplyKind, Service,
        Talk,
    },
    clock::Counted,
    code::{AccessCode, SealedCode},
    filing::{Danger, Subject},
    form::{AccessForm, RegisterForm, Step},
    ids::{CaseId, CommandId, RegistrationId, ReplyId, UnitId, VisitId},
    refusal::Refusal,
    registration::RegistrationStatus,
    text::{Line, PersonName},
};
use serde::{Deserialize, Serialize};

use super::{Access, Attachment, Division, Entry, NoticeRow, Qr};

/// What was typed into the wizard so far. The mistakes in it are found by whoever shows it
/// ([`RegisterForm::parse_step`]), so they are not sent along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Draft {
    /// The visit to register for; without one it becomes an ordinary matter.
    pub visit: Option<NoticeRow>,
    /// As it was typed.
    pub form: RegisterForm,
    /// The steps that were sent on: only their mistakes are shown.
    pub seen: Vec<Step>,
    /// Why it was not accepted when it was sent.
    pub refused: Option<Refusal>,
    /// The id it is sent under, however often it is.
    pub command: CommandId,
    /// Places to choose from, on the steps that ask for one.
    pub divisions: Vec<Division>,
    /// Offices that can be kept from knowing, on the steps that say so.
    pub units: Vec<(UnitId, Line)>,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// What the reading session opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mine {
    /// The registration, where the code is a registration's.
    pub slip: Option<Slip>,
    /// The receipt of a matter filed without a visit.
    pub filed: Option<Filed>,
    /// The matter filed without a visit, or those born of the registration.
    pub cases: Vec<MyCaseRow>,
    /// Who else can see it. Told to the petitioner alone.
    pub access: Option<Access>,
    /// What was typed last, and not carried out.
    pub typed: Option<Typed>,
    /// The id of the next act from this page, so that a double tap is one act.
    pub next_act: CommandId,
    /// When the reading session ends.
    pub open_until: DateTime<Utc>,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// The receipt of a matter that has a code of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Filed {
    /// Which matter.
    pub case: CaseId,
    /// Its number.
    pub number: CaseNumber,
    /// The code, for writing down.
    pub code: AccessCode,
    /// The secret of the private QR: belongs into a fragment, never into a path.
    pub private_secret: SealedCode,
    /// The private QR, once the address it leads to is known.
    pub private: Option<Qr>,
}

/// The slip of a registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Slip {
    /// Which registration.
    pub registration: RegistrationId,
    /// The visit.
    pub visit: NoticeRow,
    /// What to bring.
    pub bring: Vec<Line>,
    /// The registration serial (登记号); none for a walk-in.
    pub serial: Option<u32>,
    /// As it was received.
    pub placement: Placement,
    /// Where it stands now.
    pub status: RegistrationStatus,
    /// The place now.
    pub place: Option<Place>,
    /// The queue ticket now.
    pub ticket: Option<Ticket>,
    /// Whose matter it is.
    pub name: PersonName,
    /// How many people.
    pub people: u16,
    /// What about.
    pub subject: Subject,
    /// The code, for writing down. The petitioner's own: shown to nobody they let in.
    pub code: Option<AccessCode>,
    /// The secret of the private QR: belongs into a fragment, never into a path.
    pub private_secret: Option<SealedCode>,
    /// The QR for the gate: the number and the day, nothing else. None for a walk-in.
    pub gate: Option<Qr>,
    /// The private QR, once the address it leads to is known.
    pub private: Option<Qr>,
    /// When an office contacted the registrant before the visit, and what about.
    pub contacts: Vec<(DateTime<Utc>, Line)>,
    /// Photos and recordings of the statement, and where each of them is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// True while the registrant can cancel.
    pub can_cancel: bool,
}

/// One's own matter in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyCaseRow {
    /// Which.
    pub case: CaseId,
    /// Its number.
    pub number: CaseNumber,
    /// What about.
    pub subject: Subject,
    /// The day the office had it.
    pub received_on: NaiveDate,
    /// Where it stands.
    pub procedure: Procedure,
    /// True when an answer waits to be read.
    pub unread_answer: bool,
}

/// One's own matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyCase {
    /// Which.
    pub case: CaseId,
    /// Its number.
    pub number: CaseNumber,
    /// The visit it comes from.
    pub visit: Option<VisitId>,
    /// Whose it is.
    pub name: PersonName,
    /// What about.
    pub subject: Subject,
    /// Whether somebody is in danger.
    pub danger: Danger,
    /// The day the office had it.
    pub received_on: NaiveDate,
    /// Where the procedure stands.
    pub procedure: Procedure,
    /// The unit that has it.
    pub unit: Option<Line>,
    /// The clocks with how they were counted.
    pub clocks: Vec<CaseClock>,
    /// The requests and what was decided at the table.
    pub issues: Vec<Issue>,
    /// Photos and recordings of the statement, and where each of them is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Replies and notices that were issued, newest first.
    pub replies: Vec<MyReply>,
    /// Notes, questions and answers.
    pub talk: Vec<Talk>,
    /// What happened, newest first.
    pub timeline: Vec<Entry>,
    /// The code, where the matter has one of its own and it is the petitioner who looks.
    pub code: Option<AccessCode>,
    /// The secret of the private QR.
    pub private_secret: Option<SealedCode>,
    /// What the citizen can do now.
    pub can: Vec<CitizenAct>,
    /// What was typed last, and not carried out.
    pub typed: Option<Typed>,
    /// The id of the next act from this page, so that a double tap is one act.
    pub next_act: CommandId,
    /// Today, in China.
    pub today: NaiveDate,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// A reply as the petitioner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyReply {
    /// Which.
    pub id: ReplyId,
    /// Which document.
    pub kind: ReplyKind,
    /// What it says; none once it was withdrawn.
    pub content: Option<ReplyContent>,
    /// Support, explain or not support.
    pub disposition: Option<Disposition>,
    /// The unit that answers.
    pub unit: Option<Line>,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// How it was served.
    pub service: Option<Service>,
    /// When and why it was withdrawn.
    pub withdrawn: Option<(DateTime<Utc>, Line)>,
    /// Until when a review can be asked for, once the opinion is served.
    pub review_until: Option<Counted>,
}

/// What was typed into a form that changed nothing. Its mistakes are found by whoever shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Typed {
    /// Which act was asked for, by its name in the address.
    pub act: String,
    /// The matter it was about.
    pub case: Option<CaseId>,
    /// What was typed; empty where nothing is typed.
    pub text: String,
    /// What was typed to let in one more person, but for the four digits.
    pub access: Option<AccessForm>,
    /// Why it was refused, where it could be read.
    pub refused: Option<Refusal>,
}

/// What the citizen can do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CitizenAct {
    /// Add a note, or answer a question.
    Add,
    /// Say 我已收到.
    Acknowledge,
    /// Withdraw the matter.
    Withdraw,
    /// Say whether what was decided at the table settles it.
    Settle,
    /// Let in one more person: the petitioner's alone, in every state.
    LetIn,
}
