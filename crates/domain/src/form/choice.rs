//! The choices of the forms and the values they are posted as.

use super::FieldProblem;
use crate::{
    access::IssuedHow,
    actor::{HolderRole, Level, Role, UnitKind},
    case::{Category, Channel, Disposition, StatutoryPath},
    filing::{AccessNeed, MatterKind, Subject},
    registration::NoSession,
    visit::VisitMode,
};

/// Choices and their posted values.
pub type Choices<T, const N: usize> = [(&'static str, T); N];

/// Whose matter it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForWhom {
    /// 我自己.
    Myself,
    /// 替家人.
    Relative,
}

/// 怎么联系您方便？
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Call.
    Call,
    /// Send a text message.
    Text,
    /// Through somebody.
    Through,
    /// 不要联系，我自己来看.
    None,
}

/// What a leader said about an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// 当场解决.
    ResolvedOnSpot,
    /// 承诺办到（日期）.
    WillDo,
    /// 承诺研究并答复（日期）.
    WillStudy,
    /// 今天说明办不到（理由）.
    NotPossible,
}

/// How an official served a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServedHow {
    /// Handed over, with signature or thumb.
    ByHand,
    /// By post, with its return slip.
    Post,
    /// By a visit, with its return slip.
    HomeVisit,
}

/// `for_whom`.
pub const FOR_WHOM: Choices<ForWhom, 2> =
    [("self", ForWhom::Myself), ("relative", ForWhom::Relative)];

/// `reach`.
pub const REACH: Choices<Reach, 4> = [
    ("call", Reach::Call),
    ("text", Reach::Text),
    ("through", Reach::Through),
    ("none", Reach::None),
];

/// `kind`.
pub const KINDS: Choices<MatterKind, 5> = [
    ("request", MatterKind::Request),
    ("suggestion", MatterKind::Suggestion),
    ("accusation", MatterKind::Accusation),
    ("question", MatterKind::Question),
    ("thanks", MatterKind::Thanks),
];

/// `subject`, in the order of the picture list.
pub const SUBJECTS: Choices<Subject, 12> = [
    ("land", Subject::Land),
    ("housing", Subject::Housing),
    ("roads", Subject::Roads),
    ("water", Subject::Water),
    ("environment", Subject::Environment),
    ("work", Subject::Work),
    ("health", Subject::Health),
    ("school", Subject::School),
    ("pension", Subject::Pension),
    ("neighbours", Subject::Neighbours),
    ("village_affairs", Subject::VillageAffairs),
    ("other", Subject::Other),
];

/// `needs`, any of them.
pub const NEEDS: Choices<AccessNeed, 4> = [
    ("wheelchair", AccessNeed::Wheelchair),
    ("sign_language", AccessNeed::SignLanguage),
    ("dialect", AccessNeed::Dialect),
    ("large_print", AccessNeed::LargePrint),
];

/// `channel`: the ways the office itself takes a matter in.
pub const CHANNELS: Choices<Channel, 3> = [
    ("counter", Channel::Counter),
    ("phone", Channel::Phone),
    ("letter", Channel::Letter),
];

/// `mode` of a visit.
pub const MODES: Choices<VisitMode, 3> = [
    ("fixed_place", VisitMode::FixedPlace),
    ("by_invitation", VisitMode::ByInvitation),
    ("with_case", VisitMode::WithCase),
];

/// `disposition` of a handling opinion.
pub const DISPOSITIONS: Choices<Disposition, 3> = [
    ("support", Disposition::Support),
    ("explain", Disposition::Explain),
    ("not_support", Disposition::NotSupport),
];

/// `category` of a case; an appeal by the six ways of art. 31, the petition procedure first.
pub const CATEGORIES: Choices<Category, 10> = [
    ("petition", Category::Appeal(StatutoryPath::Petition)),
    ("litigation", Category::Appeal(StatutoryPath::Litigation)),
    ("arbitration", Category::Appeal(StatutoryPath::Arbitration)),
    ("party_appeal", Category::Appeal(StatutoryPath::PartyAppeal)),
    (
        "administrative",
        Category::Appeal(StatutoryPath::Administrative),
    ),
    ("duty", Category::Appeal(StatutoryPath::Duty)),
    ("suggestion", Category::Suggestion),
    ("accusation", Category::Accusation),
    ("consultation", Category::Consultation),
    ("thanks", Category::Thanks),
];

/// `way` of service.
pub const SERVICE_WAYS: Choices<ServedHow, 3> = [
    ("by_hand", ServedHow::ByHand),
    ("post", ServedHow::Post),
    ("home_visit", ServedHow::HomeVisit),
];

/// `how` a lost code is replaced.
pub const ISSUED: Choices<IssuedHow, 2> = [
    ("desk", IssuedHow::Desk),
    ("call_back", IssuedHow::CallBack),
];

/// `who` is given access.
pub const DELEGATES: Choices<HolderRole, 3> = [
    ("relative", HolderRole::Relative),
    ("representative", HolderRole::Representative),
    ("agent", HolderRole::Agent),
];

/// `outcome` of an issue at the table.
pub const OUTCOMES: Choices<OutcomeKind, 4> = [
    ("resolved_on_spot", OutcomeKind::ResolvedOnSpot),
    ("will_do", OutcomeKind::WillDo),
    ("will_study", OutcomeKind::WillStudy),
    ("not_possible", OutcomeKind::NotPossible),
];

/// `role`, in the order of the work: the desk first, the administrator last.
pub const ROLES: Choices<Role, 11> = [
    ("desk_clerk", Role::DeskClerk),
    ("room_clerk", Role::RoomClerk),
    ("receiving_leader", Role::ReceivingLeader),
    ("petition_officer", Role::PetitionOfficer),
    ("unit_handler", Role::UnitHandler),
    ("unit_head", Role::UnitHead),
    ("publisher", Role::Publisher),
    ("supervisor", Role::Supervisor),
    ("auditor", Role::Auditor),
    ("village_agent", Role::VillageAgent),
    ("administrator", Role::Administrator),
];

/// `level` of an official.
pub const LEVELS: Choices<Level, 3> = [
    ("county", Level::County),
    ("township", Level::Township),
    ("village", Level::Village),
];

/// `kind` of a unit.
pub const UNIT_KINDS: Choices<UnitKind, 3> = [
    ("department", UnitKind::Department),
    ("township", UnitKind::Township),
    ("village", UnitKind::Village),
];

/// `why` a registration ended without a session.
pub const NO_SESSION: Choices<NoSession, 4> = [
    ("no_show", NoSession::NoShow),
    ("redirected", NoSession::Redirected),
    ("not_reached", NoSession::NotReached),
    ("visit_cancelled", NoSession::VisitCancelled),
];

/// Separates a reader's kind from its code in `restricted`: `unit:…`, `township:…`, `village:…`.
pub const CODE_SEPARATOR: char = ':';

/// Reads a posted value.
pub(super) fn choice<T: Copy>(
    choices: &'static [(&'static str, T)],
) -> impl Fn(&str) -> Result<T, FieldProblem> {
    move |raw| {
        let mut choices = choices.iter();
        choices
            .find(|(value, _)| *value == raw)
            .map(|(_, choice)| *choice)
            .ok_or(FieldProblem::NotAChoice)
    }
}

/// The posted value of a choice; empty when it is not among them.
pub fn value_of<T: PartialEq>(choices: &[(&'static str, T)], choice: &T) -> &'static str {
    let mut choices = choices.iter();
    choices
        .find(|(_, known)| known == choice)
        .map_or("", |(value, _)| *value)
}
