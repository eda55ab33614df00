//! Tablets on which officials work without a network. One that is lost is refused from then on.

use std::time::Duration;

use uuid::Uuid;

use super::write;
use crate::crypto::{Keyring, Label, open, seal};
use crate::{County, Reader, Row, Store, StoreError, Timestamp, args};

macro_rules! select {
    ($filter:literal) => {
        concat!(
            "SELECT tablet.id, tablet.account_id, tablet.name, tablet.registered_at,
             tablet.last_contact_at, tablet.lost_at
             FROM tablet JOIN account ON account.account_id = tablet.account_id
             WHERE account.county = $1",
            $filter
        )
    };
}
const BY_ID: &str = select!(" AND tablet.id = $2");
const ALL: &str = select!(" ORDER BY tablet.registered_at, tablet.id");
/// Touches nothing when the tablet is another account's, or lost.
const REGISTER: &str = "INSERT INTO tablet (id, account_id, name, registered_at, last_contact_at)
  VALUES ($1, $2, $3, $4, $4)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_contact_at = excluded.last_contact_at
  WHERE tablet.account_id = excluded.account_id AND tablet.lost_at IS NULL";
const HOLDER: &str = "SELECT account_id FROM tablet WHERE id = $1";
const HELD: &str = "SELECT id FROM tablet WHERE id = $1 AND account_id = $2 AND lost_at IS NULL";
const CONTACT: &str = "UPDATE tablet SET last_contact_at = $2
  WHERE id = $1 AND last_contact_at < $2";
const LOSE: &str = "UPDATE tablet SET lost_at = $2 WHERE id = $1 AND lost_at IS NULL";
const LOSE_ALL: &str = "UPDATE tablet SET lost_at = $2 WHERE account_id = $1 AND lost_at IS NULL";

/// A contact is written down at most this often: a read must not cost an fsync.
const CONTACT_EVERY: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tablet {
    pub id: Uuid,
    /// Its holder.
    pub account_id: Uuid,
    /// In the clear here, sealed in the database.
    pub name: String,
    pub registered_at: Timestamp,
    pub last_contact_at: Timestamp,
    pub lost_at: Option<Timestamp>,
}

impl Tablet {
    /// The first contact after it was said to be lost always counts: then it is told.
    fn is_worth_noting(&self, now: Timestamp) -> bool {
        let untold = self.lost_at.is_some_and(|lost| lost > self.last_contact_at);
        untold || now >= self.last_contact_at.plus(CONTACT_EVERY)
    }
}

/// What came of registering a tablet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TabletRegistration {
    /// It is the account's; one that was known already has its new name.
    Done,
    /// It was said to be lost, and stays so.
    Lost,
    /// It is another account's.
    AnotherHolder,
}

impl Store {
    /// Registers a tablet with its holder, or renews its name and contact.
    pub async fn register_tablet(
        &self,
        id: Uuid,
        account_id: Uuid,
        name: &str,
        now: Timestamp,
    ) -> Result<TabletRegistration, StoreError> {
        let sealed = seal(self.keyring.technical(), &label(id), name.as_bytes())?;
        if write::one(self, REGISTER, args![id, account_id, sealed, now]).await? == 1 {
            return Ok(TabletRegistration::Done);
        }
        let row = self.read().await?.fetch_optional(HOLDER, args![id]).await?;
        let holder = row.map(|row| row.id(0)).transpose()?;
        Ok(if holder == Some(account_id) {
            TabletRegistration::Lost
        } else {
            TabletRegistration::AnotherHolder
        })
    }

    /// A tablet of the county's officials.
    pub async fn tablet(&self, county: County, id: Uuid) -> Result<Option<Tablet>, StoreError> {
        let mut reader = self.read().await?;
        let row = reader.fetch_optional(BY_ID, args![county, id]).await?;
        row.map(|row| from_row(&row, &self.keyring)).transpose()
    }

    /// The tablets of the county's officials, the first one first, lost ones too.
    pub async fn tablets(&self, county: County) -> Result<Vec<Tablet>, StoreError> {
        let rows = self.read().await?.fetch(ALL, args![county]).await?;
        rows.iter()
            .map(|row| from_row(row, &self.keyring))
            .collect()
    }

    /// Notes that a tablet was heard of.
    pub async fn note_contact(&self, tablet: &Tablet, now: Timestamp) -> Result<(), StoreError> {
        if tablet.is_worth_noting(now) {
            write::one(self, CONTACT, args![tablet.id, now]).await?;
        }
        Ok(())
    }

    /// Marks a tablet lost, once and for good; `false` when it was already, or is not known.
    pub async fn lose_tablet(&self, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
        Ok(write::one(self, LOSE, args![id, now]).await? == 1)
    }

    /// Marks every tablet of an account lost, and says how many were not yet.
    pub async fn lose_tablets_of(
        &self,
        account_id: Uuid,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        write::one(self, LOSE_ALL, args![account_id, now]).await
    }
}

impl Reader {
    /// Whether this is a tablet of this account that was not said to be lost.
    pub async fn holds_tablet(&mut self, account_id: Uuid, id: Uuid) -> Result<bool, StoreError> {
        let row = self.fetch_optional(HELD, args![id, account_id]).await?;
        Ok(row.is_some())
    }
}

fn from_row(row: &Row, keyring: &Keyring) -> Result<Tablet, StoreError> {
    let id = row.id(0)?;
    let name = open(keyring.technical(), &label(id), row.bytes(2)?)?;
    Ok(Tablet {
        id,
        account_id: row.id(1)?,
        name: String::from_utf8(name).map_err(|_| StoreError::corrupt("a tablet's name"))?,
        registered_at: row.timestamp(3)?,
        last_contact_at: row.timestamp(4)?,
        lost_at: row.maybe_timestamp(5)?,
    })
}

fn label(id: Uuid) -> Label {
    Label::of(&[b"tablet name", id.as_bytes()])
}
