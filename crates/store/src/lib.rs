//! The storage of Huiyin: one contract over SQLite and PostgreSQL.
//!
//! * [`Store::execute`] is the only way to write. One transaction holds events, projections, the
//!   stored answer, feed rows and jobs; [`group_commit`] collects what arrives together.
//! * [`Store::read`] gives a [`Reader`] for queries, [`Store::snapshot`] one that sees one moment.
//! * Everything personal is sealed ([`crypto`]) before it becomes a parameter of a statement.
//! * [`records`] holds the technical records that are not part of the domain's history.
//!
//! SQL lives in this crate only, and each statement is one text for both databases where both
//! accept it; [`sql`] is the thin layer that makes this possible.

mod aggregate_log;
pub mod backup;
mod calendars;
mod county;
mod crypto;
mod database;
mod error;
mod feed;
mod group_commit;
mod letters;
mod listed_visit;
mod migrate;
mod projection;
mod query;
mod reader;

pub mod records;
pub mod recovery;
mod rotation;
mod sql;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod timestamp;
mod to_tell;
mod tx;
pub mod verify;
mod world;

pub use aggregate_log::{Folded, kind};
pub use county::{Aggregate, County};
pub use crypto::{LookupKind, MasterKey};
pub use error::StoreError;
pub use feed::{Change, Changes, Cursor};
pub use group_commit::{CommitFigures, Lane};
pub use letters::ClosedLetter;
pub use migrate::{PendingMigration, Plan};
pub use projection::{PUBLIC, PendingRebuild};
pub use query::{Drafts, Found, Grants, ListedMatter, OfficeCase, OfficeNotice, OpenedMatter};
pub use reader::{Reader, StoredEvent};
pub use sql::{Row, Value};
pub use store::{Store, StoreLocation};
pub use timestamp::Timestamp;
pub use to_tell::TO_TELL;
pub use tx::{LedgerState, NewEvent, NewJob, NextAction, Provenance, Publication, Tx};
pub use world::Loaded;
