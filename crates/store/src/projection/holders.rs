//! Readers of the feed that hold a code. What one of them is told does not say who they are: the id is
//! that of the registration or case their code opens.

use domain::seen_by::SeenBy;
use domain::{
    actor::{Holder, HolderRole, Opened},
    case::Case,
    ids::CaseId,
};

use super::CHANGED;
use crate::{Publication, Timestamp, records::Owner};

/// What somebody is who opened something with a code.
pub(crate) fn holder_names(holder: &Holder) -> Vec<String> {
    let all = [all(holder.opens)].into_iter();
    let own = (holder.role == HolderRole::Petitioner).then(|| petitioner(holder.opens));
    all.chain(own).collect()
}

/// Who is told of a change of what a code opens.
pub(super) fn told(opens: Opened, seen: SeenBy) -> Option<String> {
    match seen {
        SeenBy::Nobody => None,
        SeenBy::Petitioner => Some(petitioner(opens)),
        SeenBy::Holders | SeenBy::HoldersUntilNow => Some(all(opens)),
    }
}

/// Of a case that is the registration's it was born of, until it has a code of its own.
pub(super) fn told_of_case(id: CaseId, case: &Case, seen: SeenBy) -> Vec<String> {
    let registration = case.origin.registration().map(Opened::Registration);
    let (opens, before) = match case.grant {
        Some(_) => (Some(Opened::Case(id)), registration),
        None => (registration, None),
    };
    let before = before.filter(|_| seen == SeenBy::HoldersUntilNow);
    let opens = opens.into_iter().chain(before);
    opens.filter_map(|opens| told(opens, seen)).collect()
}

/// Of photos and recordings, which are shown to whoever has a code of what names them.
pub(crate) fn told_of_attachments(owner: Owner, at: Timestamp) -> Publication {
    let opens = match owner {
        Owner::Registration(id) => Opened::Registration(id),
        Owner::Case(id) => Opened::Case(id),
    };
    Publication {
        topic: CHANGED,
        readers: vec![all(opens)],
        at,
    }
}

fn all(opens: Opened) -> String {
    format!("holders:{}", id(opens))
}

fn petitioner(opens: Opened) -> String {
    format!("petitioner:{}", id(opens))
}

fn id(opens: Opened) -> uuid::fmt::Simple {
    let id = match opens {
        Opened::Registration(id) => id.0,
        Opened::Case(id) => id.0,
    };
    id.simple()
}
