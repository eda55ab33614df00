//! Access grants: one code for life (`people.md` 2).

use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    actor::{HolderRole, Scope},
    calendar::{china_date, end_of_day},
    code::{AccessCode, QueryCode, SealedCode, SecondFactor},
    filing::MatterKind,
    given::Given,
    ids::GrantId,
    text::PersonName,
};

/// People besides the petitioner to whom one registration or matter is open at the same time.
pub const MOST_DELEGATES: usize = 5;

/// What a holder needs to open a registration or matter. Stored encrypted under its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccessGrant {
    /// The grant.
    pub id: GrantId,
    /// Who holds it.
    pub holder: HolderRole,
    /// What it allows.
    pub scopes: Vec<Scope>,
    /// The code on the slip.
    pub code: AccessCode,
    /// The secret of the private QR, which stands in for code and second factor.
    pub private_secret: SealedCode,
    /// Four digits only the holder knows.
    pub second_factor: SecondFactor,
    /// How it was handed out.
    pub issued: IssuedHow,
    /// When.
    pub issued_at: DateTime<Utc>,
    /// When it ended, if it did.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it ends by itself. The petitioner's does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
}

/// Somebody to whom the petitioner opened a registration or matter: to read it and to add to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Delegate {
    /// Who, as the petitioner named them.
    pub name: PersonName,
    /// Their own grant with a code of its own.
    pub grant: AccessGrant,
}

/// How a grant was handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IssuedHow {
    /// On the receipt.
    Receipt,
    /// At the desk, against an identity card.
    Desk,
    /// By calling back the number on record.
    CallBack,
    /// By the petitioner, to one more person.
    Petitioner,
}

impl AccessGrant {
    /// The grant that goes with a receipt. An accusation's has no short code (`people.md` 30).
    pub fn on_receipt(
        kind: MatterKind,
        second_factor: &SecondFactor,
        given: &mut Given<'_>,
    ) -> Self {
        Self::issue(kind, second_factor, IssuedHow::Receipt, given)
    }

    /// A new grant for the petitioner.
    pub fn issue(
        kind: MatterKind,
        second_factor: &SecondFactor,
        issued: IssuedHow,
        given: &mut Given<'_>,
    ) -> Self {
        Self::fresh(HolderRole::Petitioner, kind, second_factor, issued, given)
    }

    /// A grant for one more person, to the end of a day.
    pub fn for_delegate(
        holder: HolderRole,
        kind: MatterKind,
        second_factor: &SecondFactor,
        until: NaiveDate,
        given: &mut Given<'_>,
    ) -> Self {
        Self {
            expires_at: Some(end_of_day(until)),
            ..Self::fresh(holder, kind, second_factor, IssuedHow::Petitioner, given)
        }
    }

    fn fresh(
        holder: HolderRole,
        kind: MatterKind,
        second_factor: &SecondFactor,
        issued: IssuedHow,
        given: &mut Given<'_>,
    ) -> Self {
        let code = match kind {
            MatterKind::Accusation => AccessCode::Sealed(SealedCode::fresh(given.dice)),
            _ => AccessCode::Short(QueryCode::fresh(given.dice)),
        };
        Self {
            id: GrantId(given.dice.uuid()),
            holder,
            scopes: holder.scopes().to_vec(),
            code,
            private_secret: SealedCode::fresh(given.dice),
            second_factor: second_factor.clone(),
            issued,
            issued_at: given.now,
            revoked_at: None,
            expires_at: None,
        }
    }

    /// True while it opens something: neither revoked nor expired.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }

    /// The last day on which it opens something, where it ends by itself.
    pub fn last_day(&self) -> Option<NaiveDate> {
        let end = self.expires_at?.checked_sub_signed(TimeDelta::seconds(1))?;
        Some(china_date(end))
    }

    /// The last day until which one more person can be given access.
    pub fn latest(today: NaiveDate) -> NaiveDate {
        today
            .checked_add_months(Months::new(12))
            .unwrap_or(NaiveDate::MAX)
    }
}

impl Delegate {
    /// Ends one person's access.
    pub(crate) fn revoke(all: &mut [Self], grant: GrantId, at: DateTime<Utc>) {
        for delegate in all.iter_mut().filter(|known| known.grant.id == grant) {
            delegate.grant.revoked_at.get_or_insert(at);
        }
    }

    /// After the petitioner's code was replaced the others go on, unless the matter was sealed:
    /// no short code opens that (`people.md` 30).
    pub(crate) fn after_replacement(all: &mut [Self], new: &AccessGrant) {
        let is_sealed = matches!(new.code, AccessCode::Sealed(_));
        for delegate in all.iter_mut() {
            if is_sealed && matches!(delegate.grant.code, AccessCode::Short(_)) {
                delegate.grant.revoked_at.get_or_insert(new.issued_at);
            }
        }
    }
}
