use serde::{Deserialize, Serialize};

use super::{
    FieldProblem, FormErrors,
    choice::{LEVELS, ROLES, UNIT_KINDS, choice},
    one_or_many::one_or_many,
    register::division,
    sheet::Sheet,
};
use crate::{
    actor::{Level, Role, UnitKind},
    division::DivisionCode,
    ids::UnitId,
    phone::PhoneNumber,
    text::{Line, PersonName},
};

/// An official's account, as typed by the administrator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct AccountForm {
    /// The name: typed to sign in, and written on documents.
    pub name: String,
    /// The title.
    pub title: String,
    /// What a leader is responsible for.
    pub portfolio: String,
    /// The unit's id.
    pub unit: String,
    /// One of [`super::LEVELS`].
    pub level: String,
    /// Of [`super::ROLES`]; once per ticked box.
    #[serde(deserialize_with = "one_or_many")]
    pub role: Vec<String>,
}

/// An account without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAccount {
    /// The name.
    pub name: PersonName,
    /// The title.
    pub title: Line,
    /// What a leader is responsible for.
    pub portfolio: Option<Line>,
    /// The unit.
    pub unit: UnitId,
    /// The level.
    pub level: Level,
    /// What they may do; at least one role.
    pub roles: Vec<Role>,
}

impl AccountForm {
    /// # Errors
    /// Every field that is to be put right.
    pub fn parse(&self, is_unit: impl Fn(UnitId) -> bool) -> Result<NamedAccount, FormErrors> {
        let mut sheet = Sheet::default();
        let name = sheet.needed("name", &self.name, PersonName::parse);
        let title = sheet.needed("title", &self.title, Line::parse);
        let portfolio = sheet.optional("portfolio", &self.portfolio, Line::parse);
        let unit = sheet.needed("unit", &self.unit, |raw| {
            let unit = raw.parse().ok().filter(|unit| is_unit(*unit));
            unit.ok_or(FieldProblem::NotAChoice)
        });
        let level = sheet.needed("level", &self.level, choice(&LEVELS));
        let mut roles = sheet.rows("role", self.role.iter().map(String::as_str), choice(&ROLES));
        roles.sort_unstable();
        roles.dedup();
        if roles.is_empty() && sheet.is_clean("role") {
            sheet.note("role", FieldProblem::Required);
        }
        let whole = (|| {
            Some(NamedAccount {
                name: name?,
                title: title?,
                portfolio,
                unit: unit?,
                level: level?,
                roles,
            })
        })();
        sheet.finish(whole)
    }
}

/// A unit, as typed by the administrator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct UnitForm {
    /// The name, as citizens see it.
    pub unit_name: String,
    /// One of [`super::UNIT_KINDS`].
    pub kind: String,
    /// The township or village it serves.
    pub division: String,
    /// Its telephone.
    pub phone: String,
}

/// A unit to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedUnit {
    /// The name.
    pub name: Line,
    /// What it is.
    pub kind: UnitKind,
    /// What it serves; departments serve the county.
    pub division: Option<DivisionCode>,
    /// Its telephone.
    pub phone: Option<PhoneNumber>,
}

impl UnitForm {
    /// # Errors
    /// Every field that is to be put right.
    pub fn parse(&self) -> Result<NamedUnit, FormErrors> {
        let mut sheet = Sheet::default();
        let name = sheet.needed("unit_name", &self.unit_name, Line::parse);
        let kind = sheet.needed("kind", &self.kind, choice(&UNIT_KINDS));
        let division = sheet.optional("division", &self.division, division);
        let phone = sheet.optional("phone", &self.phone, PhoneNumber::parse);
        let needs_place = matches!(kind, Some(UnitKind::Township | UnitKind::Village));
        if needs_place && division.is_none() && sheet.is_clean("division") {
            sheet.note("division", FieldProblem::Required);
        }
        let whole = (|| {
            Some(NamedUnit {
                name: name?,
                kind: kind?,
                division,
                phone,
            })
        })();
        sheet.finish(whole)
    }
}
