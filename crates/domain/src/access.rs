//! Access grants: one code for life (`people.md` 2).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    actor::{HolderRole, Scope},
    code::{AccessCode, QueryCode, SealedCode, SecondFactor},
    filing::MatterKind,
    given::Given,
    ids::GrantId,
};

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
        let code = match kind {
            MatterKind::Accusation => AccessCode::Sealed(SealedCode::fresh(given.dice)),
            _ => AccessCode::Short(QueryCode::fresh(given.dice)),
        };
        let holder = HolderRole::Petitioner;
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
        }
    }
}
