//! What a person brings: who, how many, what about, how to be reached, who should not know.

use serde::{Deserialize, Serialize};

use crate::{
    code::SecondFactor,
    division::DivisionCode,
    ids::AttachmentId,
    person::{Contact, Party},
    readers::ReaderKey,
    text::Paragraph,
};

/// The content of a registration or an ordinary matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Filing {
    /// Who.
    pub party: Party,
    /// In the person's own words: a request, a suggestion, an accusation …
    pub kind: MatterKind,
    /// Picked from pictures.
    pub subject: Subject,
    /// Where the matter is, from the county's divisions.
    pub place: Option<DivisionCode>,
    /// What is said. Empty means 见面时说.
    pub statement: Vec<Statement>,
    /// How the office may reach the person.
    pub contact: Contact,
    /// 这件事不想让谁知道？
    pub restricted_from: Vec<ReaderKey>,
    /// 现在有人有危险.
    pub danger: Danger,
    /// What the person needs to be received well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<AccessNeed>,
    /// Four digits the person chose.
    pub second_factor: SecondFactor,
}

/// What a person needs to be received well; the desk makes it ready before the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccessNeed {
    /// A way without steps, and room for a wheelchair.
    Wheelchair,
    /// Somebody who interprets sign language.
    SignLanguage,
    /// Somebody who speaks the local dialect.
    Dialect,
    /// Papers in large print.
    LargePrint,
}

/// One part of what was said. Text, image and sound are equal forms (`people.md` 13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// Written.
    Text(Paragraph),
    /// A photograph of a letter or a place.
    Image {
        /// The stored image.
        attachment: AttachmentId,
        /// What it says, typed by an official and read back.
        transcript: Option<Paragraph>,
    },
    /// A voice note.
    Audio {
        /// The stored recording.
        attachment: AttachmentId,
        /// What it says, typed by an official and read back.
        transcript: Option<Paragraph>,
    },
}

/// How the person names the matter. The office's [`crate::case::Category`] decides the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MatterKind {
    /// 求决: please settle this.
    Request,
    /// 建议: a suggestion.
    Suggestion,
    /// 检举控告: an accusation. Sealed from the first moment (`people.md` 30).
    Accusation,
    /// 咨询: a question.
    Question,
    /// 感谢: thanks.
    Thanks,
}

/// What the matter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// 土地.
    Land,
    /// 房屋宅基地.
    Housing,
    /// 道路交通.
    Roads,
    /// 水利饮水.
    Water,
    /// 环境.
    Environment,
    /// 劳动工资.
    Work,
    /// 医疗.
    Health,
    /// 教育.
    School,
    /// 养老社保.
    Pension,
    /// 邻里纠纷.
    Neighbours,
    /// 村务.
    VillageAffairs,
    /// 其他.
    Other,
}

impl Subject {
    /// Every subject, in the order of the picture list.
    pub const ALL: [Self; 12] = [
        Self::Land,
        Self::Housing,
        Self::Roads,
        Self::Water,
        Self::Environment,
        Self::Work,
        Self::Health,
        Self::School,
        Self::Pension,
        Self::Neighbours,
        Self::VillageAffairs,
        Self::Other,
    ];
}

/// Whether somebody is in danger now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// No.
    #[default]
    None,
    /// Yes: the matter comes first, and a named official looks within two working hours.
    Now,
}
