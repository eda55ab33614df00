//! From a code to what it opens. Whether the second factor is right is the caller's to say, after
//! counting the attempt.

use domain::{
    access::{AccessGrant, Delegate},
    actor::{Holder, Opened},
    code::{AccessCode, QueryCode, SealedCode},
    ids::{CaseId, RegistrationId},
    phone::PhoneNumber,
    readers::Secrecy,
};

use crate::{County, LookupKind, Reader, StoreError, aggregate_log::kind};

/// What a code belongs to.
#[derive(Debug, Clone)]
pub struct Found {
    /// The registration or case.
    pub opened: Opened,
    /// The grant the code belongs to. Whether it is live is the caller's to say.
    pub grant: AccessGrant,
}

impl Found {
    /// Who the code makes of somebody.
    pub fn holder(&self) -> Holder {
        Holder {
            grant: self.grant.id,
            role: self.grant.holder,
            opens: self.opened,
        }
    }
}

/// The codes of a registration or case.
#[derive(Debug, Clone)]
pub struct Grants {
    /// The petitioner's.
    pub petitioner: AccessGrant,
    /// Those of the people it was opened to besides.
    pub delegates: Vec<Delegate>,
    /// Of a sealed matter no short code is found.
    pub secrecy: Secrecy,
}

impl Grants {
    /// All of them, the petitioner's first.
    pub fn all(self) -> impl Iterator<Item = AccessGrant> {
        let others = self.delegates.into_iter().map(|known| known.grant);
        std::iter::once(self.petitioner).chain(others)
    }
}

impl Reader {
    /// Ten digits. A sealed matter is not found this way, and cannot be told from an unknown code.
    pub async fn by_query_code(
        &mut self,
        county: County,
        code: &QueryCode,
    ) -> Result<Option<Found>, StoreError> {
        let is_its = |grant: &AccessGrant| grant.code == AccessCode::Short(code.clone());
        let found = self
            .by(county, LookupKind::QueryCode, code.as_str(), is_its)
            .await?;
        Ok(found.and_then(|(found, secrecy)| (secrecy == Secrecy::Ordinary).then_some(found)))
    }

    /// 26 characters: a sealed matter's code, or the secret of a private QR.
    pub async fn by_sealed_code(
        &mut self,
        county: County,
        code: &SealedCode,
    ) -> Result<Option<Found>, StoreError> {
        let is_its = |grant: &AccessGrant| {
            grant.private_secret == *code || grant.code == AccessCode::Sealed(code.clone())
        };
        let found = self
            .by(county, LookupKind::SealedCode, code.as_str(), is_its)
            .await?;
        Ok(found.map(|(found, _)| found))
    }

    async fn by(
        &mut self,
        county: County,
        by: LookupKind,
        value: &str,
        is_its: impl Fn(&AccessGrant) -> bool,
    ) -> Result<Option<(Found, Secrecy)>, StoreError> {
        let Some((aggregate_kind, id)) = self.find(county, by, value).await?.into_iter().next()
        else {
            return Ok(None);
        };
        let opened = match aggregate_kind.as_str() {
            kind::REGISTRATION => Opened::Registration(RegistrationId(id)),
            _ => Opened::Case(CaseId(id)),
        };
        let Some(grants) = self.grants_of(county, opened).await? else {
            return Ok(None);
        };
        let secrecy = grants.secrecy;
        let grant = grants.all().find(is_its);
        Ok(grant.map(|grant| (Found { opened, grant }, secrecy)))
    }

    /// The telephone number on record, which stands in for the short way when that is closed.
    pub async fn phone_of(
        &mut self,
        county: County,
        opened: Opened,
    ) -> Result<Option<PhoneNumber>, StoreError> {
        let filing = match opened {
            Opened::Registration(id) => {
                let registration = self.registration(county, id).await?.state;
                registration.map(|known| known.received.filing)
            }
            Opened::Case(id) => self.case(county, id).await?.state.map(|case| case.filing),
        };
        Ok(filing.and_then(|filing| filing.contact.phone))
    }

    /// The codes of a registration or case, of those too that have ended.
    pub async fn grants_of(
        &mut self,
        county: County,
        opened: Opened,
    ) -> Result<Option<Grants>, StoreError> {
        Ok(match opened {
            Opened::Registration(id) => {
                let registration = self.registration(county, id).await?.state;
                registration.map(|known| Grants {
                    petitioner: known.received.grant,
                    delegates: known.delegates,
                    secrecy: known.received.readers.secrecy,
                })
            }
            Opened::Case(id) => {
                let case = self.case(county, id).await?.state;
                case.and_then(|case| {
                    Some(Grants {
                        petitioner: case.grant?,
                        delegates: case.delegates,
                        secrecy: case.readers.secrecy,
                    })
                })
            }
        })
    }
}
