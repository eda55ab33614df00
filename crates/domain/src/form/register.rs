use serde::{Deserialize, Serialize};

use super::{
    FieldProblem, FormErrors, REACH, Reach,
    choice::{CODE_SEPARATOR, FOR_WHOM, ForWhom, KINDS, NEEDS, SUBJECTS, choice},
    one_or_many::one_or_many,
    sheet::{Sheet, number},
};
use crate::{
    attachment::MOST_IMAGES,
    code::SecondFactor,
    division::DivisionCode,
    filing::{Danger, Filing, Statement},
    ids::{AttachmentId, UnitId},
    person::{Contact, Filer, IdNumber, Party, PartySize, Person, ReachWay, Representatives},
    phone::PhoneNumber,
    readers::ReaderKey,
    text::{Line, Paragraph, PersonName},
};

/// The wizard by which somebody registers for a visit or files an ordinary matter, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RegisterForm {
    /// `self` or `relative`.
    pub for_whom: String,
    /// The relative who files.
    pub filer_name: String,
    /// How the filer is related (儿子).
    pub relation: String,
    /// The petitioner's name.
    pub name: String,
    /// Four digits.
    pub birth_year: String,
    /// The village's code, inside the county.
    pub village: String,
    /// Free text, outside the county.
    pub address: String,
    /// Never required.
    pub id_number: String,
    /// 1 to 999.
    pub people: String,
    /// Names, one per line or separated by commas.
    pub representatives: String,
    /// Any of [`super::NEEDS`]; once per ticked box.
    #[serde(deserialize_with = "one_or_many")]
    pub needs: Vec<String>,
    /// One of [`super::KINDS`].
    pub kind: String,
    /// One of [`super::SUBJECTS`].
    pub subject: String,
    /// The code of the place of the matter.
    pub place: String,
    /// What is said.
    pub statement: String,
    /// Ids of photos that follow; once per photo.
    #[serde(deserialize_with = "one_or_many")]
    pub images: Vec<String>,
    /// The id of a recording that follows.
    pub recording: String,
    /// `on`: 见面时说.
    pub in_person: String,
    /// One of [`super::REACH`].
    pub reach: String,
    /// Mobile, landline or overseas.
    pub phone: String,
    /// Who passes it on.
    pub through_name: String,
    /// When to call.
    pub hours: String,
    /// `agent`, `unit:<uuid>`, `township:<code>`, `village:<code>`; once per ticked box.
    #[serde(deserialize_with = "one_or_many")]
    pub restricted: Vec<String>,
    /// Names of people who should not know.
    pub restricted_person: String,
    /// `on`: 现在有人有危险.
    pub danger: String,
    /// Four digits; without them the last four of the phone.
    pub pin: String,
}

/// A step of the wizard. The last checks everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Who it is for.
    Who,
    /// How many, and who speaks.
    HowMany,
    /// What kind, and the picture list.
    Subject,
    /// Where and what.
    Matter,
    /// How to reach the person.
    Reach,
    /// Who should not know.
    Secrecy,
    /// Check and send.
    Check,
}

impl Step {
    /// The steps in order.
    pub const ALL: [Self; 7] = [
        Self::Who,
        Self::HowMany,
        Self::Subject,
        Self::Matter,
        Self::Reach,
        Self::Secrecy,
        Self::Check,
    ];

    /// Its name in addresses and forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::HowMany => "how_many",
            Self::Subject => "subject",
            Self::Matter => "matter",
            Self::Reach => "reach",
            Self::Secrecy => "secrecy",
            Self::Check => "check",
        }
    }

    /// Where somebody goes who is done with this step. Whoever came back from the last page to change one
    /// answer is done with the others.
    #[must_use]
    pub fn next(self, seen: &[Self]) -> Self {
        let mut asked = Self::ALL.into_iter().filter(|step| *step != Self::Check);
        if asked.all(|step| seen.contains(&step)) {
            return Self::Check;
        }
        let mut after = Self::ALL.into_iter().skip_while(|step| *step != self);
        after.nth(1).unwrap_or(Self::Check)
    }

    /// The step of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The fields on its page; none for the last, which shows them all.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Who => &[
                "for_whom",
                "filer_name",
                "relation",
                "name",
                "birth_year",
                "village",
                "address",
                "id_number",
            ],
            Self::HowMany => &["people", "representatives", "needs"],
            Self::Subject => &["kind", "subject"],
            Self::Matter => &[
                "place",
                "statement",
                "images",
                "recording",
                "in_person",
                "danger",
            ],
            Self::Reach => &["reach", "phone", "through_name", "hours", "pin"],
            Self::Secrecy => &["restricted", "restricted_person"],
            Self::Check => &[],
        }
    }

    /// The step on whose page a field is.
    pub fn of(field: &str) -> Self {
        let mut steps = Self::ALL.into_iter();
        steps
            .find(|step| step.fields().contains(&field))
            .unwrap_or(Self::Check)
    }
}

impl RegisterForm {
    /// # Errors
    /// Every field that is to be put right.
    pub fn parse(&self) -> Result<Filing, FormErrors> {
        let mut sheet = Sheet::default();
        let filer = self.filer(&mut sheet);
        self.read(sheet, filer)
    }

    /// The same, filled in by an agent or the desk: whom it is for is not asked.
    ///
    /// # Errors
    /// Every field that is to be put right.
    pub fn parse_filed_by(&self, filer: Filer) -> Result<Filing, FormErrors> {
        self.read(Sheet::default(), Some(filer))
    }

    /// This form with one step's fields as they were sent: each name with everything under it. A box
    /// that was not ticked is not sent at all.
    #[must_use]
    pub fn with_step(&self, step: Step, sent: impl Fn(&str) -> Vec<String>) -> Self {
        let mut form = self.clone();
        for name in step.fields() {
            let mut values = sent(name);
            match form.field(name) {
                Some(field) => *field = values.pop().unwrap_or_default(),
                None if *name == "needs" => form.needs = values,
                None if *name == "images" => form.images = values,
                None => form.restricted = values,
            }
        }
        form
    }

    /// The field of a name; `needs`, `images` and `restricted`, which have many values, are none.
    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "for_whom" => &mut self.for_whom,
            "filer_name" => &mut self.filer_name,
            "relation" => &mut self.relation,
            "name" => &mut self.name,
            "birth_year" => &mut self.birth_year,
            "village" => &mut self.village,
            "address" => &mut self.address,
            "id_number" => &mut self.id_number,
            "people" => &mut self.people,
            "representatives" => &mut self.representatives,
            "kind" => &mut self.kind,
            "subject" => &mut self.subject,
            "place" => &mut self.place,
            "statement" => &mut self.statement,
            "recording" => &mut self.recording,
            "in_person" => &mut self.in_person,
            "reach" => &mut self.reach,
            "phone" => &mut self.phone,
            "through_name" => &mut self.through_name,
            "hours" => &mut self.hours,
            "restricted_person" => &mut self.restricted_person,
            "danger" => &mut self.danger,
            "pin" => &mut self.pin,
            _ => return None,
        })
    }

    /// Checks the fields of one step; of the last, all.
    ///
    /// # Errors
    /// The step's fields that are to be put right.
    pub fn parse_step(&self, step: Step) -> Result<(), FormErrors> {
        let Err(FormErrors(mut errors)) = self.parse() else {
            return Ok(());
        };
        errors.retain(|error| step == Step::Check || step.fields().contains(&error.field));
        if errors.is_empty() {
            Ok(())
        } else {
            Err(FormErrors(errors))
        }
    }

    fn read(&self, mut sheet: Sheet, filer: Option<Filer>) -> Result<Filing, FormErrors> {
        let sheet_ref = &mut sheet;
        let petitioner = self.petitioner(sheet_ref);
        let size = sheet_ref.needed("people", &self.people, party_size);
        let representatives = self.representatives(sheet_ref);
        let needs = sheet_ref.rows(
            "needs",
            self.needs.iter().map(String::as_str),
            choice(&NEEDS),
        );
        let kind = sheet_ref.needed("kind", &self.kind, choice(&KINDS));
        let subject = sheet_ref.needed("subject", &self.subject, choice(&SUBJECTS));
        let place = sheet_ref.optional("place", &self.place, division);
        let statement = self.statement(sheet_ref);
        let danger = sheet_ref.ticked("danger", &self.danger);
        let contact = self.contact(sheet_ref);
        let second_factor = self.second_factor(sheet_ref, contact.as_ref());
        let restricted_from = self.restricted_from(sheet_ref);
        let whole = || {
            let party = Party {
                petitioner: petitioner?,
                representatives: representatives?,
                size: size?,
                filer: filer?,
            };
            Some(Filing {
                party,
                kind: kind?,
                subject: subject?,
                place,
                statement,
                contact: contact?,
                restricted_from,
                danger: if danger { Danger::Now } else { Danger::None },
                needs,
                second_factor: second_factor?,
            })
        };
        let whole = whole();
        sheet.finish(whole)
    }

    fn filer(&self, sheet: &mut Sheet) -> Option<Filer> {
        match sheet.needed("for_whom", &self.for_whom, choice(&FOR_WHOM))? {
            ForWhom::Myself => Some(Filer::Petitioner),
            ForWhom::Relative => {
                let name = sheet.needed("filer_name", &self.filer_name, PersonName::parse);
                let relation = sheet.needed("relation", &self.relation, Line::parse);
                Some(Filer::Relative {
                    name: name?,
                    relation: relation?,
                })
            }
        }
    }

    fn petitioner(&self, sheet: &mut Sheet) -> Option<Person> {
        let name = sheet.needed("name", &self.name, PersonName::parse);
        let birth_year = sheet.optional("birth_year", &self.birth_year, |raw| {
            number(raw, 1900, 2199)
        });
        let village = sheet.optional("village", &self.village, village);
        let address = sheet.optional("address", &self.address, Line::parse);
        let id_number = sheet.optional("id_number", &self.id_number, IdNumber::parse);
        Some(Person {
            name: name?,
            id_number,
            village,
            birth_year: birth_year.and_then(|year| u16::try_from(year).ok()),
            address,
        })
    }

    fn representatives(&self, sheet: &mut Sheet) -> Option<Representatives> {
        let named = sheet.rows(
            "representatives",
            names(&self.representatives),
            PersonName::parse,
        );
        sheet.keep("representatives", Representatives::new(named))
    }

    /// Written, photographed or recorded; empty only when the person wants to say it face to face.
    fn statement(&self, sheet: &mut Sheet) -> Vec<Statement> {
        let later = sheet.ticked("in_person", &self.in_person);
        let images = sheet.rows("images", self.images.iter().map(String::as_str), attachment);
        if images.len() > MOST_IMAGES {
            sheet.note("images", FieldProblem::TooMany { max: MOST_IMAGES });
        }
        let recording = sheet.optional("recording", &self.recording, attachment);
        let said = if later || !images.is_empty() || recording.is_some() {
            sheet.optional("statement", &self.statement, Paragraph::parse)
        } else {
            sheet.needed("statement", &self.statement, Paragraph::parse)
        };
        let images = images.into_iter().map(|attachment| Statement::Image {
            attachment,
            transcript: None,
        });
        let recording = recording.map(|attachment| Statement::Audio {
            attachment,
            transcript: None,
        });
        let said = said.map(Statement::Text).into_iter();
        said.chain(images).chain(recording).collect()
    }

    fn contact(&self, sheet: &mut Sheet) -> Option<Contact> {
        let reach = sheet.needed("reach", &self.reach, choice(&REACH));
        let phone = match reach {
            Some(Reach::Call | Reach::Text) => {
                sheet.needed("phone", &self.phone, PhoneNumber::parse)
            }
            _ => sheet.optional("phone", &self.phone, PhoneNumber::parse),
        };
        let hours = sheet.optional("hours", &self.hours, Line::parse);
        let way = match reach? {
            Reach::Call => ReachWay::Call,
            Reach::Text => {
                if phone.as_ref().is_some_and(is_landline) {
                    sheet.note("phone", FieldProblem::CannotReceiveText);
                }
                ReachWay::Text
            }
            Reach::Through => ReachWay::Through {
                name: sheet.needed("through_name", &self.through_name, PersonName::parse)?,
            },
            Reach::None => ReachWay::DoNotContact,
        };
        Some(Contact { way, phone, hours })
    }

    /// What was chosen, else the last four of the phone. A wrong phone is not told twice.
    fn second_factor(&self, sheet: &mut Sheet, contact: Option<&Contact>) -> Option<SecondFactor> {
        if !self.pin.trim().is_empty() {
            return sheet.keep("pin", SecondFactor::parse(&self.pin));
        }
        match contact.and_then(|contact| contact.phone.as_ref()) {
            Some(phone) => sheet.keep("pin", SecondFactor::parse(phone.last_four())),
            None => {
                if sheet.is_clean("phone") && sheet.is_clean("reach") {
                    sheet.note("pin", FieldProblem::Required);
                }
                None
            }
        }
    }

    fn restricted_from(&self, sheet: &mut Sheet) -> Vec<ReaderKey> {
        let mut closed: Vec<ReaderKey> = sheet.rows(
            "restricted",
            self.restricted.iter().map(String::as_str),
            reader,
        );
        let people = sheet.rows(
            "restricted_person",
            names(&self.restricted_person),
            PersonName::parse,
        );
        closed.extend(people.into_iter().map(ReaderKey::Named));
        closed
    }
}

/// Names, one per line or between commas of either script.
fn names(raw: &str) -> impl Iterator<Item = &str> {
    raw.split(['\n', ',', '，', '、', ';', '；'])
}

pub(super) fn party_size(raw: &str) -> Result<PartySize, FieldProblem> {
    let people = number(raw, 1, 999).map_err(|_| FieldProblem::PartySize)?;
    let people = u16::try_from(people).map_err(|_| FieldProblem::PartySize)?;
    Ok(PartySize::new(people)?)
}

fn attachment(raw: &str) -> Result<AttachmentId, FieldProblem> {
    raw.trim().parse().map_err(|_| FieldProblem::NotAChoice)
}

pub(super) fn division(raw: &str) -> Result<DivisionCode, FieldProblem> {
    DivisionCode::parse(raw).map_err(|_| FieldProblem::NotAChoice)
}

fn village(raw: &str) -> Result<DivisionCode, FieldProblem> {
    division(raw)?.village().ok_or(FieldProblem::NotAChoice)
}

fn township(raw: &str) -> Result<DivisionCode, FieldProblem> {
    let code = division(raw)?;
    if code.township().as_ref() == Some(&code) {
        Ok(code)
    } else {
        Err(FieldProblem::NotAChoice)
    }
}

fn reader(raw: &str) -> Result<ReaderKey, FieldProblem> {
    if raw == "agent" {
        return Ok(ReaderKey::Agents);
    }
    match raw.split_once(CODE_SEPARATOR) {
        Some(("unit", id)) => id
            .parse::<UnitId>()
            .map(ReaderKey::Unit)
            .map_err(|_| FieldProblem::NotAChoice),
        Some(("township", code)) => township(code).map(ReaderKey::Township),
        Some(("village", code)) => village(code).map(ReaderKey::Village),
        _ => Err(FieldProblem::NotAChoice),
    }
}

fn is_landline(phone: &PhoneNumber) -> bool {
    phone.as_str().starts_with('0')
}
