//! Who petitions, who files, and how they may be reached. A person is not a phone, and the
//! filer is not the petitioner (`people.md` 1).

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    division::DivisionCode,
    ids::OfficialId,
    phone::PhoneNumber,
    text::{Line, PersonName, ascii_digits},
};

/// A petitioner: a citizen, or an organisation under its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// The name of the person or organisation.
    pub name: PersonName,
    /// Never required online.
    pub id_number: Option<IdNumber>,
    /// The village the person lives in, inside the county.
    pub village: Option<DivisionCode>,
    /// The year of birth; with name and village it tells two people apart.
    pub birth_year: Option<u16>,
    /// Free text, outside the county.
    pub address: Option<Line>,
}

/// A resident identity card number (GB 11643): 18 characters, the last a check character.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct IdNumber(String);

/// The number's length or check character is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("not a resident identity card number")]
pub struct IdNumberProblem;

impl IdNumber {
    /// # Errors
    /// [`IdNumberProblem`] when the length or the check character (ISO 7064 MOD 11-2) is wrong.
    pub fn parse(raw: &str) -> Result<Self, IdNumberProblem> {
        let number = ascii_digits(raw.trim()).to_ascii_uppercase();
        let (body, check) = number.split_at_checked(17).ok_or(IdNumberProblem)?;
        if !body.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdNumberProblem);
        }
        let sum = body
            .bytes()
            .fold(0, |sum, b| (sum + u32::from(b - b'0')) * 2 % 11);
        let expected = char::from(b"0123456789X"[((12 - sum) % 11) as usize]);
        if check == expected.to_string() {
            Ok(Self(number))
        } else {
            Err(IdNumberProblem)
        }
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for IdNumber {
    type Error = IdNumberProblem;

    fn try_from(raw: String) -> Result<Self, IdNumberProblem> {
        Self::parse(&raw)
    }
}

impl From<IdNumber> for String {
    fn from(number: IdNumber) -> Self {
        number.0
    }
}

impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdNumber(…)")
    }
}

/// Who filled the form in, and on what basis when not for themself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Filer {
    /// The petitioner.
    Petitioner,
    /// A family member or friend.
    Relative {
        /// The relative's name.
        name: PersonName,
        /// How they are related (儿子).
        relation: Line,
    },
    /// A village agent (代办员).
    Agent {
        /// The agent's account.
        agent: OfficialId,
        /// How the petitioner mandated it: signature, thumb or recorded words.
        basis: Line,
        /// A villagers' committee's signature, where one was wanted; never required.
        village_signatory: Option<PersonName>,
    },
    /// The office's own desk: counter, telephone or letter.
    Desk {
        /// Who took it in.
        official: OfficialId,
    },
}

/// Up to five people who speak for a group (Petition Work Regulations, art. 20).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Vec<PersonName>", into = "Vec<PersonName>")]
pub struct Representatives(Vec<PersonName>);

/// More than five representatives were named.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[error("{count} representatives, the law allows 5")]
pub struct TooManyRepresentatives {
    /// How many were named.
    pub count: usize,
}

impl Representatives {
    /// Art. 20.
    pub const MAX: usize = 5;

    /// # Errors
    /// [`TooManyRepresentatives`] above five.
    pub fn new(names: Vec<PersonName>) -> Result<Self, TooManyRepresentatives> {
        if names.len() > Self::MAX {
            return Err(TooManyRepresentatives { count: names.len() });
        }
        Ok(Self(names))
    }

    /// Their names.
    pub fn names(&self) -> &[PersonName] {
        &self.0
    }
}

impl TryFrom<Vec<PersonName>> for Representatives {
    type Error = TooManyRepresentatives;

    fn try_from(names: Vec<PersonName>) -> Result<Self, TooManyRepresentatives> {
        Self::new(names)
    }
}

impl From<Representatives> for Vec<PersonName> {
    fn from(representatives: Representatives) -> Self {
        representatives.0
    }
}

/// How many people belong to one party: 1 to 999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "u16", into = "u16")]
pub struct PartySize(u16);

/// The number of people is not 1 to 999.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[error("a party has 1 to 999 people")]
pub struct PartySizeProblem;

impl PartySize {
    /// # Errors
    /// [`PartySizeProblem`] outside 1 to 999.
    pub fn new(people: u16) -> Result<Self, PartySizeProblem> {
        if (1..=999).contains(&people) {
            Ok(Self(people))
        } else {
            Err(PartySizeProblem)
        }
    }

    /// The number of people.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for PartySize {
    type Error = PartySizeProblem;

    fn try_from(people: u16) -> Result<Self, PartySizeProblem> {
        Self::new(people)
    }
}

impl From<PartySize> for u16 {
    fn from(size: PartySize) -> Self {
        size.0
    }
}

/// A batch (批次): one party received together, however many people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Party {
    /// Whose matter it is.
    pub petitioner: Person,
    /// Who speaks for a group.
    pub representatives: Representatives,
    /// How many people.
    pub size: PartySize,
    /// Who filled the form in.
    pub filer: Filer,
}

/// How the office may reach the person (`people.md` 4). Every channel obeys it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// The way the person asked for.
    pub way: ReachWay,
    /// Mobile, landline or overseas.
    pub phone: Option<PhoneNumber>,
    /// When to call (晚上七点以后).
    pub hours: Option<Line>,
}

/// 怎么联系您方便？
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReachWay {
    /// Call.
    Call,
    /// Send a text message.
    Text,
    /// Through somebody the person named.
    Through {
        /// Who passes it on.
        name: PersonName,
    },
    /// Do not contact me, I will look myself.
    DoNotContact,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<PersonName> {
        vec![PersonName::parse("某某").unwrap(); count]
    }

    #[test]
    fn five_representatives_are_accepted_and_six_refused() {
        assert!(Representatives::new(names(5)).is_ok());
        assert_eq!(
            Representatives::new(names(6)),
            Err(TooManyRepresentatives { count: 6 })
        );
    }

    #[test]
    fn six_representatives_do_not_deserialise_either() {
        let json = serde_json::to_string(&names(6)).unwrap();
        assert!(serde_json::from_str::<Representatives>(&json).is_err());
    }

    #[test]
    fn the_check_character_of_an_identity_number_is_verified() {
        assert!(IdNumber::parse("11010519491231002X").is_ok());
        assert!(IdNumber::parse("１１０１０５１９４９１２３１００２x").is_ok());
        assert_eq!(IdNumber::parse("110105194912310021"), Err(IdNumberProblem));
    }

    #[test]
    fn a_party_has_at_least_one_person() {
        assert!(PartySize::new(0).is_err());
        assert_eq!(PartySize::new(3).unwrap().get(), 3);
    }
}
