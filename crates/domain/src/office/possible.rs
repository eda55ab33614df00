//! Which acts an official can do on a case now: `decide` itself is asked, so that no screen and no
//! second list can disagree with it.

use chrono::Days;
use serde::{Deserialize, Serialize};

use super::{
    CaseAct, CaseCommand, SendTo,
    case::{decide, roles, take_back_roles},
};
use crate::{
    access::IssuedHow,
    actor::Official,
    case::{
        Case, Category, Disposition, IssueOutcome, OfficialAct, ReplyContent, ServiceWay,
        StatutoryPath,
    },
    code::SecondFactor,
    given::Given,
    ids::{CaseId, IssueId, NoteId, OfficialId, ReplyId, UnitId},
    readers::ReaderKey,
    refusal::Refusal,
    text::{Line, Paragraph, PlainSentence},
    world::World,
};

/// The acts on a case, each with a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseActKind {
    /// Name its category.
    Classify,
    /// 转送.
    Transfer,
    /// 交办.
    Assign,
    /// 受理.
    Accept,
    /// Name who handles it.
    NameHandler,
    /// Write the opinion, or write it anew.
    DraftReply,
    /// Sign a draft.
    SignReply,
    /// Issue what was signed.
    IssueReply,
    /// Record that a reply was served.
    RecordService,
    /// 不予受理.
    NotAccept,
    /// Ask the citizen.
    AskCitizen,
    /// Record the number in another register.
    RecordExternal,
    /// Let one more reader know.
    WidenReaders,
    /// Put a wrongly recorded service right.
    CorrectService,
    /// Withdraw a reply in the open.
    WithdrawReply,
    /// Put right what was recorded of a decision at the table.
    CorrectDecision,
    /// Take back an act that has no notice of its own.
    TakeBack,
    /// Replace a lost code.
    ReplaceAccess,
}

/// One act: on which reply, where it is about one, and whether it can be done now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Offer {
    /// Which act.
    pub act: CaseActKind,
    /// On which reply; of a draft, the one that is written anew.
    pub reply: Option<ReplyId>,
    /// Why it cannot be done now; none when it can.
    pub refused: Option<Refusal>,
}

impl CaseActKind {
    /// In the order of the procedure, what is seldom needed last.
    pub const ALL: [Self; 18] = [
        Self::Classify,
        Self::Transfer,
        Self::Assign,
        Self::Accept,
        Self::NameHandler,
        Self::DraftReply,
        Self::SignReply,
        Self::IssueReply,
        Self::RecordService,
        Self::NotAccept,
        Self::AskCitizen,
        Self::RecordExternal,
        Self::WidenReaders,
        Self::CorrectService,
        Self::WithdrawReply,
        Self::CorrectDecision,
        Self::TakeBack,
        Self::ReplaceAccess,
    ];

    /// The act's name in addresses and forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Classify => "classify",
            Self::Transfer => "transfer",
            Self::Assign => "assign",
            Self::Accept => "accept",
            Self::NameHandler => "name_handler",
            Self::DraftReply => "draft_reply",
            Self::SignReply => "sign_reply",
            Self::IssueReply => "issue_reply",
            Self::RecordService => "record_service",
            Self::NotAccept => "not_accept",
            Self::AskCitizen => "ask_citizen",
            Self::RecordExternal => "record_external",
            Self::WidenReaders => "widen_readers",
            Self::CorrectService => "correct_service",
            Self::WithdrawReply => "withdraw_reply",
            Self::CorrectDecision => "correct_decision",
            Self::TakeBack => "take_back",
            Self::ReplaceAccess => "replace_access",
        }
    }

    /// The act of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// True for acts on one reply of several.
    const fn is_about_a_reply(self) -> bool {
        matches!(
            self,
            Self::SignReply
                | Self::IssueReply
                | Self::RecordService
                | Self::CorrectService
                | Self::WithdrawReply
        )
    }
}

/// What this official's roles have to do with a case, each act with whether it can be done now.
/// An act on a reply is there once for each reply it can be done on; where there is none, once with
/// the reason.
pub fn offers(official: &Official, id: CaseId, world: &World, given: &mut Given<'_>) -> Vec<Offer> {
    let Some(sample) = Sample::new(official, world, given) else {
        return Vec::new();
    };
    let mut offers = Vec::new();
    for act in CaseActKind::ALL {
        let tried: Vec<Offer> = sample
            .subjects(act)
            .into_iter()
            .map(|reply| {
                let command = CaseCommand {
                    case: id,
                    act: sample.act(act, reply),
                };
                let refused = decide(official, &command, world, given).err();
                Offer {
                    act,
                    reply,
                    refused,
                }
            })
            .collect();
        if !official.has(roles(&sample.act(act, None))) {
            continue;
        }
        offers.extend(shown(tried));
    }
    offers
}

/// What can be done; where nothing can, the last reason: the newest reply's.
fn shown(tried: Vec<Offer>) -> Vec<Offer> {
    let (can, cannot): (Vec<_>, Vec<_>) =
        tried.into_iter().partition(|offer| offer.refused.is_none());
    if can.is_empty() {
        cannot.into_iter().next_back().into_iter().collect()
    } else {
        can
    }
}

/// Contents that no rule refuses: what is left of a refusal is state, role, or the reply's own.
struct Sample {
    line: Line,
    paragraph: Paragraph,
    plain: PlainSentence,
    second_factor: SecondFactor,
    today: chrono::NaiveDate,
    category: Category,
    replies: Vec<ReplyId>,
    drafts: Vec<ReplyId>,
    stranger: OfficialId,
    decided: Option<IssueId>,
    to_take_back: Option<OfficialAct>,
}

impl Sample {
    fn new(official: &Official, world: &World, given: &Given<'_>) -> Option<Self> {
        use crate::{
            case::{ReplyKind, ReplyStatus},
            readers::Secrecy,
        };
        let case = world.case.as_ref()?;
        let opinions = case.replies.iter();
        let drafts = opinions.filter(|reply| {
            reply.status == ReplyStatus::Draft && reply.kind == ReplyKind::HandlingOpinion
        });
        Some(Self {
            line: Line::parse("某").ok()?,
            paragraph: Paragraph::parse("某").ok()?,
            plain: PlainSentence::parse("某").ok()?,
            second_factor: SecondFactor::parse("0000").ok()?,
            today: given.today(),
            category: match case.readers.secrecy {
                Secrecy::Sealed => Category::Accusation,
                Secrecy::Ordinary => Category::Appeal(StatutoryPath::Petition),
            },
            replies: case.replies.iter().map(|reply| reply.id).collect(),
            drafts: drafts.map(|reply| reply.id).collect(),
            stranger: official.id,
            decided: decided(case),
            to_take_back: to_take_back(official, case),
        })
    }

    /// The replies an act is tried on.
    fn subjects(&self, act: CaseActKind) -> Vec<Option<ReplyId>> {
        let some = |ids: &[ReplyId]| ids.iter().copied().map(Some).collect::<Vec<_>>();
        match act {
            // Nothing was decided, nothing can be taken back: not worth a word.
            CaseActKind::CorrectDecision if self.decided.is_none() => Vec::new(),
            CaseActKind::TakeBack if self.to_take_back.is_none() => Vec::new(),
            CaseActKind::DraftReply if !self.drafts.is_empty() => some(&self.drafts),
            act if act.is_about_a_reply() => some(&self.replies),
            _ => vec![None],
        }
    }

    fn act(&self, act: CaseActKind, reply: Option<ReplyId>) -> CaseAct {
        let plain = self.plain.clone();
        let reason = self.line.clone();
        let about = reply.unwrap_or(ReplyId(uuid::Uuid::nil()));
        match act {
            CaseActKind::Classify => CaseAct::Classify {
                category: self.category,
            },
            CaseActKind::Transfer => self.send(SendTo::Transfer),
            CaseActKind::Assign => self.send(SendTo::Assign {
                report_due: self.today + Days::new(1),
            }),
            CaseActKind::Accept => CaseAct::Accept { plain },
            CaseActKind::NameHandler => CaseAct::NameHandler {
                handler: self.stranger,
            },
            CaseActKind::DraftReply => CaseAct::DraftReply {
                reply,
                content: Box::new(self.opinion()),
            },
            CaseActKind::SignReply => CaseAct::SignReply { reply: about },
            CaseActKind::IssueReply => CaseAct::IssueReply { reply: about },
            CaseActKind::RecordService => CaseAct::RecordService {
                reply: about,
                way: ServiceWay::ByHand,
                on: self.today,
            },
            CaseActKind::NotAccept => CaseAct::NotAccept {
                reason: reason.clone(),
                ask: reason,
                plain,
            },
            CaseActKind::AskCitizen => CaseAct::AskCitizen {
                text: self.paragraph.clone(),
                by_date: self.today,
            },
            CaseActKind::RecordExternal => CaseAct::RecordExternal {
                system: reason.clone(),
                number: reason,
                entered_on: self.today,
            },
            CaseActKind::WidenReaders => CaseAct::WidenReaders {
                reader: ReaderKey::Official(self.stranger),
                reason,
            },
            CaseActKind::CorrectService => CaseAct::CorrectService {
                reply: about,
                way: ServiceWay::ByHand,
                on: self.today,
                reason,
            },
            CaseActKind::WithdrawReply => CaseAct::WithdrawReply {
                reply: about,
                reason,
            },
            CaseActKind::CorrectDecision => CaseAct::CorrectDecision {
                issue: self.decided.unwrap_or(IssueId(uuid::Uuid::nil())),
                outcome: IssueOutcome::NotPossible {
                    reason: self.paragraph.clone(),
                },
                reason,
            },
            CaseActKind::TakeBack => CaseAct::TakeBack {
                what: self.to_take_back.clone().unwrap_or_else(nothing_asked),
                reason,
            },
            CaseActKind::ReplaceAccess => CaseAct::ReplaceAccess {
                how: IssuedHow::Desk,
                second_factor: self.second_factor.clone(),
            },
        }
    }

    fn send(&self, kind: SendTo) -> CaseAct {
        CaseAct::Send {
            kind,
            unit: UnitId(uuid::Uuid::nil()),
            unit_name: self.line.clone(),
            plain: self.plain.clone(),
        }
    }

    fn opinion(&self) -> ReplyContent {
        ReplyContent {
            disposition: Some(Disposition::Support),
            facts: Some(self.paragraph.clone()),
            basis: Some(self.paragraph.clone()),
            remedies: Some(self.paragraph.clone()),
            evidence: vec![self.line.clone()],
            ..ReplyContent::plain(self.plain.clone())
        }
    }
}

/// An issue something was decided about.
fn decided(case: &Case) -> Option<IssueId> {
    let mut issues = case.issues.iter();
    issues
        .find(|issue| issue.outcome.is_some())
        .map(|issue| issue.id)
}

/// What this official could take back.
fn to_take_back(official: &Official, case: &Case) -> Option<OfficialAct> {
    let mut acts = case.can_be_taken_back().into_iter();
    acts.find(|act| official.has(take_back_roles(act)))
}

/// A question nobody asked.
fn nothing_asked() -> OfficialAct {
    OfficialAct::Question {
        question: NoteId(uuid::Uuid::nil()),
    }
}
