//! Signed checkpoints over the heads of all of a county's aggregates.

use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use futures_util::FutureExt as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::merkle;
use crate::crypto::Label;
use crate::sql::{Dialect, Link};
use crate::{County, Lane, Store, StoreError, Timestamp, Tx, args};

/// Nobody else may take a checkpoint of this county meanwhile.
const LOCK: &str = "SELECT pg_advisory_xact_lock(4834792)";
/// Row locks wait for running appends; afterwards only a checkpoint changes these two columns.
const NOTE_HEADS: &str = "UPDATE aggregate_head
  SET checkpoint_version = version, checkpoint_hash = hash
  WHERE county = $1 AND checkpoint_version <> version";
pub(super) const SELECT_HEADS: &str = "SELECT aggregate_kind, aggregate_id, checkpoint_version,
  checkpoint_hash FROM aggregate_head WHERE county = $1 AND checkpoint_version > 0";
pub(super) const SELECT_CHECKPOINTS: &str = "SELECT number, at, heads, root, previous, signature
  FROM checkpoint WHERE county = $1 ORDER BY number";
const SELECT_LAST: &str = "SELECT number, at, heads, root, previous, signature
  FROM checkpoint WHERE county = $1 ORDER BY number DESC LIMIT 1";
const INSERT: &str = "INSERT INTO checkpoint
  (county, number, at, heads, root, previous, signature) VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Keep one outside the server: with it, even a database put back as a whole is noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCheckpoint {
    pub county: County,
    pub number: u64,
    pub at: Timestamp,
    pub heads: u64,
    pub root: Vec<u8>,
    /// The root of the checkpoint before; empty for the first.
    pub previous: Vec<u8>,
    pub signature: Vec<u8>,
}

impl SignedCheckpoint {
    pub(super) fn from_row(county: County, row: &crate::Row) -> Result<Self, StoreError> {
        Ok(Self {
            county,
            number: row.unsigned(0)?,
            at: row.timestamp(1)?,
            heads: row.unsigned(2)?,
            root: row.bytes(3)?.to_vec(),
            previous: row.bytes(4)?.to_vec(),
            signature: row.bytes(5)?.to_vec(),
        })
    }

    fn signed_bytes(&self) -> Label {
        Label::of(&[
            b"huiyin checkpoint 1",
            self.county.as_str().as_bytes(),
            &self.number.to_be_bytes(),
            &self.at.micros().to_be_bytes(),
            &self.heads.to_be_bytes(),
            &self.root,
            &self.previous,
        ])
    }

    /// Checks the signature against the public key of [`Store::checkpoint_public_key`].
    #[must_use]
    pub fn is_signed_by(&self, public: &[u8; 32]) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(public) else {
            return false;
        };
        let Ok(signature) = Signature::from_slice(&self.signature) else {
            return false;
        };
        key.verify_strict(self.signed_bytes().bytes(), &signature)
            .is_ok()
    }
}

impl Store {
    /// The key with which anyone can check an exported checkpoint.
    #[must_use]
    pub fn checkpoint_public_key(&self) -> [u8; 32] {
        self.keyring.checkpoint_key().verifying_key().to_bytes()
    }

    /// Signs the present heads of a county. Run it from a job, an hour apart or so.
    pub async fn take_checkpoint(
        &self,
        county: County,
        at: Timestamp,
    ) -> Result<SignedCheckpoint, StoreError> {
        self.execute(Lane(Uuid::nil()), move |tx| take(tx, county, at).boxed())
            .await
    }

    pub async fn last_checkpoint(
        &self,
        county: County,
    ) -> Result<Option<SignedCheckpoint>, StoreError> {
        let row = self
            .read()
            .await?
            .fetch_optional(SELECT_LAST, args![county])
            .await?;
        row.map(|row| SignedCheckpoint::from_row(county, &row))
            .transpose()
    }
}

async fn take(tx: &mut Tx, county: County, at: Timestamp) -> Result<SignedCheckpoint, StoreError> {
    if tx.link.dialect() == Dialect::Postgres {
        tx.run(LOCK, args![]).await?;
    }
    tx.run(NOTE_HEADS, args![county]).await?;
    let heads = read_heads(&mut tx.link, county).await?;
    let last = tx.fetch_optional(SELECT_LAST, args![county]).await?;
    let last = last
        .map(|row| SignedCheckpoint::from_row(county, &row))
        .transpose()?;
    let mut next = SignedCheckpoint {
        county,
        number: last.as_ref().map_or(1, |last| last.number + 1),
        at,
        heads: heads.len() as u64,
        root: root_of(heads).to_vec(),
        previous: last.map(|last| last.root).unwrap_or_default(),
        signature: Vec::new(),
    };
    let signature = tx
        .keyring
        .checkpoint_key()
        .sign(next.signed_bytes().bytes());
    next.signature = signature.to_bytes().to_vec();
    let SignedCheckpoint {
        number,
        heads,
        root,
        previous,
        signature,
        ..
    } = next.clone();
    tx.run(
        INSERT,
        args![county, number, at, heads, root, previous, signature],
    )
    .await?;
    Ok(next)
}

/// An aggregate's head as the last checkpoint saw it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Head {
    pub kind: String,
    pub id: Uuid,
    pub version: u64,
    pub hash: Vec<u8>,
}

pub(super) async fn read_heads(link: &mut Link, county: County) -> Result<Vec<Head>, StoreError> {
    let rows = link.fetch(SELECT_HEADS, args![county]).await?;
    rows.iter()
        .map(|row| {
            Ok(Head {
                kind: row.text(0)?.to_owned(),
                id: row.id(1)?,
                version: row.unsigned(2)?,
                hash: row.bytes(3)?.to_vec(),
            })
        })
        .collect()
}

/// Sorted here, not by the database: collations differ.
pub(super) fn root_of(mut heads: Vec<Head>) -> [u8; 32] {
    heads.sort_unstable();
    let leaves = heads.iter().map(|head| {
        let version = head.version.to_be_bytes();
        let parts = [
            head.kind.as_bytes(),
            head.id.as_bytes(),
            &version,
            &head.hash,
        ];
        merkle::leaf(Label::of(&parts).bytes())
    });
    merkle::root(leaves.collect())
}
