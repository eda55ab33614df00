//! From a code to what it opens. Whether the second factor is right is the caller's to say, after
//! counting the attempt.

use domain::{
    access::AccessGrant,
    actor::Opened,
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
    /// The grant in force.
    pub grant: AccessGrant,
}

impl Reader {
    /// Ten digits. A sealed matter is not found this way, and cannot be told from an unknown code.
    pub async fn by_query_code(
        &mut self,
        county: County,
        code: &QueryCode,
    ) -> Result<Option<Found>, StoreError> {
        let found = self
            .by(county, LookupKind::QueryCode, code.as_str())
            .await?;
        Ok(found.and_then(|(found, secrecy)| (secrecy == Secrecy::Ordinary).then_some(found)))
    }

    /// 26 characters: a sealed matter's code, or the secret of a private QR.
    pub async fn by_sealed_code(
        &mut self,
        county: County,
        code: &SealedCode,
    ) -> Result<Option<Found>, StoreError> {
        let found = self
            .by(county, LookupKind::SealedCode, code.as_str())
            .await?;
        let is_its = |grant: &AccessGrant| {
            grant.private_secret == *code || grant.code == AccessCode::Sealed(code.clone())
        };
        Ok(found
            .map(|(found, _)| found)
            .filter(|found| is_its(&found.grant)))
    }

    async fn by(
        &mut self,
        county: County,
        by: LookupKind,
        value: &str,
    ) -> Result<Option<(Found, Secrecy)>, StoreError> {
        let Some((aggregate_kind, id)) = self.find(county, by, value).await?.into_iter().next()
        else {
            return Ok(None);
        };
        let opened = match aggregate_kind.as_str() {
            kind::REGISTRATION => Opened::Registration(RegistrationId(id)),
            _ => Opened::Case(CaseId(id)),
        };
        Ok(self
            .grant_of(county, opened)
            .await?
            .map(|(grant, secrecy)| (Found { opened, grant }, secrecy)))
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

    /// The grant in force of a registration or case.
    pub async fn grant_of(
        &mut self,
        county: County,
        opened: Opened,
    ) -> Result<Option<(AccessGrant, Secrecy)>, StoreError> {
        Ok(match opened {
            Opened::Registration(id) => {
                let registration = self.registration(county, id).await?.state;
                registration.map(|known| (known.received.grant, known.received.readers.secrecy))
            }
            Opened::Case(id) => {
                let case = self.case(county, id).await?.state;
                case.and_then(|case| Some((case.grant?, case.readers.secrecy)))
            }
        })
    }
}
