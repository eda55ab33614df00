//! What changed of one's own, for the device it was sent from: each key opens its part, and nothing beyond.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    actor::{Holder, Opened},
    ids::{CaseId, RegistrationId},
};
use sha2::{Digest as _, Sha256};
use sync::view::{Mine, OwnChanged, OwnChanges};
use uuid::Uuid;

use crate::{
    Change, Changes, County, Cursor, PUBLIC, Reader, StoreError, aggregate_log::kind, args,
    projection::holder_names,
};

/// Changes at most: after more of them everything is told anew.
const CHANGES: u32 = 500;

const VISIT_OF: &str = "SELECT visit_id FROM registration_row
  WHERE county = $1 AND registration_id = $2";

/// What happened since a cursor, by what it happened to.
#[derive(Default)]
struct Changed {
    visits: BTreeSet<Uuid>,
    registrations: BTreeSet<RegistrationId>,
    cases: BTreeSet<CaseId>,
}

/// What is told of one registration or matter.
enum Told {
    Everything,
    /// The page of the code, and those of its matters.
    Cases(BTreeSet<CaseId>),
}

impl Reader {
    /// What changed of what these holders have open since `since`; none where that is nothing. A cursor of
    /// other holders, of another database or of long ago tells everything.
    pub async fn own_changes(
        &mut self,
        county: County,
        holders: &[Holder],
        since: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<OwnChanges>, StoreError> {
        // Read before the rows: a change committed in between is told once more.
        let end = self.feed_end(county).await?;
        let keys = digest(holders);
        let changed = match cursor(since, &keys) {
            Some(since) => self.own_changed(county, holders, since).await?,
            None => None,
        };
        let (mut own, mut told) = (Vec::new(), BTreeSet::new());
        for holder in holders {
            // Two keys may open the same.
            if told.insert(holder.grant)
                && let Some(what) = self.told(county, holder, changed.as_ref()).await?
            {
                own.push(self.own(county, holder, &what, now).await?);
            }
        }
        let nothing_new = changed.is_some() && own.is_empty();
        Ok((!nothing_new).then(|| OwnChanges {
            cursor: format!("{end}.{keys}"),
            own,
            closed: Vec::new(),
            later: Vec::new(),
        }))
    }

    /// None where it cannot be said.
    async fn own_changed(
        &mut self,
        county: County,
        holders: &[Holder],
        since: Cursor,
    ) -> Result<Option<Changed>, StoreError> {
        let mut readers: Vec<String> = holders.iter().flat_map(holder_names).collect();
        // A slip shows its visit, which everybody may know of.
        readers.push(PUBLIC.to_owned());
        Ok(
            match self.changes(county, &readers, since, CHANGES).await? {
                Changes::Page { changes, .. } if changes.len() < CHANGES as usize => {
                    Some(changes.into_iter().collect())
                }
                _ => None,
            },
        )
    }

    async fn told(
        &mut self,
        county: County,
        holder: &Holder,
        changed: Option<&Changed>,
    ) -> Result<Option<Told>, StoreError> {
        let Some(changed) = changed else {
            return Ok(Some(Told::Everything));
        };
        let cases = match holder.opens {
            Opened::Case(id) => {
                let changed = changed.cases.contains(&id);
                return Ok(changed.then_some(Told::Everything));
            }
            // Whom the petitioner let in stands in the history of each matter.
            Opened::Registration(id) if changed.registrations.contains(&id) => {
                return Ok(Some(Told::Everything));
            }
            Opened::Registration(id) if changed.cases.is_empty() => {
                let of_visit = self.is_of_one(county, id, &changed.visits).await?;
                return Ok(of_visit.then(|| Told::Cases(BTreeSet::new())));
            }
            Opened::Registration(id) => {
                let born = self.born_of(county, id).await?.into_iter();
                let cases: BTreeSet<CaseId> =
                    born.filter(|case| changed.cases.contains(case)).collect();
                if cases.is_empty() && !self.is_of_one(county, id, &changed.visits).await? {
                    return Ok(None);
                }
                cases
            }
        };
        Ok(Some(Told::Cases(cases)))
    }

    async fn is_of_one(
        &mut self,
        county: County,
        id: RegistrationId,
        visits: &BTreeSet<Uuid>,
    ) -> Result<bool, StoreError> {
        if visits.is_empty() {
            return Ok(false);
        }
        let row = self.fetch_optional(VISIT_OF, args![county, id.0]).await?;
        row.map_or(Ok(false), |row| Ok(visits.contains(&row.id(0)?)))
    }

    async fn own(
        &mut self,
        county: County,
        holder: &Holder,
        told: &Told,
        now: DateTime<Utc>,
    ) -> Result<OwnChanged, StoreError> {
        let mut mine = self.mine(county, holder, now, now).await?;
        without_new_codes(&mut mine);
        let mut cases = Vec::new();
        for row in &mine.cases {
            let is_told = match told {
                Told::Everything => true,
                Told::Cases(cases) => cases.contains(&row.case),
            };
            if is_told {
                cases.extend(self.my_case(county, holder, row.case, now).await?);
            }
        }
        let id = match holder.opens {
            Opened::Registration(id) => id.0,
            Opened::Case(id) => id.0,
        };
        Ok(OwnChanged { id, mine, cases })
    }
}

/// The code of somebody who was let in is shown in the reading session it was made in, and here is none.
fn without_new_codes(mine: &mut Mine) {
    let people = mine.access.iter_mut().flat_map(|access| &mut access.people);
    people.for_each(|person| person.code = None);
}

/// The cursor, where it is one of these keys.
fn cursor(since: &str, keys: &str) -> Option<Cursor> {
    let (cursor, of) = since.rsplit_once('.')?;
    Cursor::parse(cursor).filter(|_| of == keys)
}

/// Which grants were asked with, in whatever order: 16 hexadecimal digits. It keeps a device from going on
/// with a cursor that says nothing of a key it has now.
fn digest(holders: &[Holder]) -> String {
    let grants: BTreeSet<Uuid> = holders.iter().map(|holder| holder.grant.0).collect();
    let mut digest = Sha256::new();
    grants.iter().for_each(|grant| digest.update(grant));
    let digest = digest.finalize();
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

impl FromIterator<Change> for Changed {
    fn from_iter<I: IntoIterator<Item = Change>>(changes: I) -> Self {
        let mut all = Self::default();
        for change in changes {
            let id = change.aggregate_id;
            match change.aggregate_kind.as_str() {
                kind::VISIT => all.visits.extend([id]),
                kind::REGISTRATION => all.registrations.extend([RegistrationId(id)]),
                kind::CASE => all.cases.extend([CaseId(id)]),
                _ => {}
            }
        }
        all
    }
}
