//! Replies and notices to the petitioner, and how they were served.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{OfficialId, ReplyId},
    refusal::{OpinionPart, Refusal},
    text::{Line, LongText, Paragraph, PersonName, PlainSentence},
};

/// A message of substance or procedure to the petitioner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reply {
    /// Its id.
    pub id: ReplyId,
    /// Which document it is.
    pub kind: ReplyKind,
    /// What it says.
    pub content: ReplyContent,
    /// Who wrote it.
    pub drafter: OfficialId,
    /// Draft, signed, issued, served, or withdrawn.
    pub status: ReplyStatus,
    /// Who signed it.
    pub signer: Option<Signer>,
    /// When it was issued.
    pub issued_at: Option<DateTime<Utc>>,
    /// How and when it was served.
    pub service: Option<Service>,
    /// When somebody looked at it. Moves no clock.
    pub opened_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn, and what took its place.
    pub withdrawn: Option<WithdrawnAct>,
}

/// The documents the system issues now (`domain.md` §2.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReplyKind {
    /// 转送(交办)告知.
    TransferNotice,
    /// 受理告知书.
    AcceptanceNotice,
    /// 不予受理告知书.
    NonAcceptanceNotice,
    /// 信访处理意见书.
    HandlingOpinion,
    /// 接访记录, where the matter was settled on the spot.
    OnSpotRecord,
    /// Confirmation that the petitioner withdrew.
    WithdrawalConfirmation,
}

/// What a reply says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReplyContent {
    /// First and large: what was decided, who does what by when, what you can do next.
    pub plain: PlainSentence,
    /// The document's text.
    pub body: Option<LongText>,
    /// Support, explain or not support; opinions only.
    pub disposition: Option<Disposition>,
    /// Facts and reasons.
    pub facts: Option<Paragraph>,
    /// Legal basis.
    pub basis: Option<Paragraph>,
    /// Right to review within 30 days, and to whom.
    pub remedies: Option<Paragraph>,
    /// Documents, statutes or dated notes it rests on.
    pub evidence: Vec<Line>,
}

/// The three opinions of art. 32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// 支持.
    Support,
    /// 解释: reasonable, but without legal basis.
    Explain,
    /// 不支持.
    NotSupport,
}

/// Where a reply stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReplyStatus {
    /// Being written.
    Draft,
    /// Signed by somebody other than the drafter.
    Signed,
    /// On its way to the petitioner.
    Issued,
    /// Served, by an act.
    Served,
    /// Withdrawn in the open: its place stays, with reason and successor.
    Withdrawn,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// An official with an account.
    Official(OfficialId),
    /// The leader at the table, who confirmed the words before they were saved.
    AtTable(PersonName),
    /// The petitioner's own act.
    Petitioner,
}

/// Service is an act, never a view (`people.md` 8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Service {
    /// How.
    pub way: ServiceWay,
    /// The day it counts from.
    pub on: NaiveDate,
    /// Who recorded it; none when the petitioner did.
    pub recorded_by: Option<OfficialId>,
}

/// The ways of service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ServiceWay {
    /// Handed over, with signature or thumb.
    ByHand,
    /// By post, with its return slip (送达回证).
    Post {
        /// The slip's number.
        slip: Line,
    },
    /// By a visit, with its return slip.
    HomeVisit {
        /// The slip's number.
        slip: Line,
    },
    /// 我已收到这份答复: the petitioner's own deliberate act.
    Acknowledged,
}

/// A withdrawn or corrected act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WithdrawnAct {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: OfficialId,
    /// Why; the petitioner sees it.
    pub reason: Line,
    /// What took its place.
    pub successor: Option<ReplyId>,
}

impl ReplyContent {
    /// A notice that is one plain sentence.
    pub fn plain(plain: PlainSentence) -> Self {
        Self {
            plain,
            body: None,
            disposition: None,
            facts: None,
            basis: None,
            remedies: None,
            evidence: Vec::new(),
        }
    }

    /// # Errors
    /// [`Refusal::OpinionIncomplete`] names the part an opinion lacks (art. 32, R15).
    pub fn check_opinion(&self) -> Result<(), Refusal> {
        let parts = [
            (OpinionPart::Disposition, self.disposition.is_some()),
            (OpinionPart::Facts, self.facts.is_some()),
            (OpinionPart::Basis, self.basis.is_some()),
            (OpinionPart::Remedies, self.remedies.is_some()),
            (OpinionPart::Evidence, !self.evidence.is_empty()),
        ];
        match parts.into_iter().find(|(_, there)| !there) {
            Some((part, _)) => Err(Refusal::OpinionIncomplete { part }),
            None => Ok(()),
        }
    }
}

impl ReplyKind {
    /// True for what answers the matter; the rest tells of a step on the way.
    pub fn is_answer(self) -> bool {
        matches!(
            self,
            Self::HandlingOpinion | Self::OnSpotRecord | Self::NonAcceptanceNotice
        )
    }
}

impl Reply {
    /// True for a reply that reached the petitioner and was not withdrawn.
    pub fn is_served(&self) -> bool {
        self.status == ReplyStatus::Served
    }
}
