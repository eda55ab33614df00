//! What a decision can see: the aggregates a command names, and the county's settings.

use std::sync::Arc;

use crate::{
    booking::Ledger,
    case::Case,
    division::CountyCode,
    ids::{CaseId, MatterId, OfficialId, RegistrationId, VisitId},
    matter::PublicMatter,
    refusal::Refusal,
    registration::Registration,
    visit::Visit,
};

/// The aggregates a command needs, by id. The store loads them; the ledger is locked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The visit.
    pub visit: Option<VisitId>,
    /// The visit's places.
    pub ledger: Option<VisitId>,
    /// The registration. Where `visit` and `ledger` are not named, they are the registration's.
    pub registration: Option<RegistrationId>,
    /// The case.
    pub case: Option<CaseId>,
    /// The public matter.
    pub matter: Option<MatterId>,
    /// The command changes the places of the registration's visit.
    pub places: Places,
}

/// Whether a command about a registration changes its visit's places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Places {
    /// It does not.
    #[default]
    Untouched,
    /// It does not, but what may be done depends on the visit: load the registration's visit.
    Seen,
    /// It does: load visit and ledger of the registration.
    Changed,
}

/// The loaded aggregates. On a phone most are unknown.
#[derive(Debug, Default)]
pub struct World {
    /// The county.
    pub county: Option<CountyCode>,
    /// Named readers of sealed matters.
    pub sealed_readers: Vec<OfficialId>,
    /// The visit.
    pub visit: Option<Visit>,
    /// The visit's places.
    pub ledger: Option<Arc<Ledger>>,
    /// The registration.
    pub registration: Option<Registration>,
    /// The case.
    pub case: Option<Case>,
    /// The public matter.
    pub matter: Option<PublicMatter>,
}

impl World {
    /// The county.
    pub(crate) fn county(&self) -> Result<&CountyCode, Refusal> {
        self.county.as_ref().ok_or(Refusal::NotFound)
    }

    pub(crate) fn visit(&self) -> Result<&Visit, Refusal> {
        self.visit.as_ref().ok_or(Refusal::NotFound)
    }

    pub(crate) fn ledger(&self) -> Result<&Ledger, Refusal> {
        self.ledger.as_deref().ok_or(Refusal::NotFound)
    }

    pub(crate) fn registration(&self) -> Result<&Registration, Refusal> {
        self.registration.as_ref().ok_or(Refusal::NotFound)
    }

    pub(crate) fn case(&self) -> Result<&Case, Refusal> {
        self.case.as_ref().ok_or(Refusal::NotFound)
    }

    pub(crate) fn matter(&self) -> Result<&PublicMatter, Refusal> {
        self.matter.as_ref().ok_or(Refusal::NotFound)
    }
}
