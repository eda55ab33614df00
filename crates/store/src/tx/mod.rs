//! Writing: everything one command changes, inside one transaction.

mod append;
mod command;
pub(crate) mod job;
mod known;
mod ledger;
mod lookup;
mod places;
mod publish;
pub(crate) mod sealing;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::SqlSafeStr;

pub use append::{NewEvent, Provenance};
pub use command::NextAction;
pub use job::NewJob;
pub use ledger::LedgerState;
pub use publish::Publication;

use crate::calendars::Calendars;
use crate::crypto::Keyring;
use crate::database::Database;
use crate::reader::Reader;
use crate::sql::{Insert, PerDialect};
use crate::{Row, StoreError, Value};

/// What a job of [`crate::Store::execute`] writes with. It reads too (it is a [`Reader`]), and
/// sees what earlier jobs of the same group have written.
pub struct Tx {
    reader: Reader,
    /// Published when the group commits: see [`publish`].
    publications: Vec<publish::Pending>,
    /// Written when the group commits: see [`places`].
    places: places::Held,
    /// What need not be asked for again.
    pub(crate) known: known::Known,
    /// Where the running job's publications begin.
    mark: usize,
    /// The first error of the running job. A job that swallows it is rolled back all the same.
    failure: Option<StoreError>,
    /// Whether the master key was found to be the database's, and is kept so until the commit.
    master_held: bool,
    /// The last job's savepoint is still there; it is released on the way to the next.
    savepoint: bool,
    /// Whether the rows of projections have this program's form, and keep it until the commit.
    pub(crate) projections_held: bool,
}

impl Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}

impl Tx {
    pub(crate) async fn begin(
        database: &Database,
        keyring: Arc<Keyring>,
        calendars: Arc<Calendars>,
    ) -> Result<Self, StoreError> {
        let reader = Reader::new(database.write().await?, keyring, calendars);
        Ok(Self {
            reader,
            publications: Vec::new(),
            places: places::Held::default(),
            known: known::Known::default(),
            mark: 0,
            failure: None,
            master_held: false,
            savepoint: false,
            projections_held: false,
        })
    }

    /// Runs a statement of a projection and says how many rows it touched.
    pub async fn run(&mut self, sql: impl SqlSafeStr, args: Vec<Value>) -> Result<u64, StoreError> {
        let outcome = self.reader.link.execute(sql, args).await;
        self.note(outcome)
    }

    /// Inserts a row, now or with others of its group; false when it was there already.
    pub(crate) async fn insert(
        &mut self,
        insert: &'static Insert,
        row: Vec<Value>,
    ) -> Result<bool, StoreError> {
        let outcome = self.reader.link.insert(insert, row).await;
        self.note(outcome)
    }

    /// Reads a row and, on PostgreSQL, keeps others from it until the commit.
    pub(crate) async fn fetch_locked(
        &mut self,
        sql: PerDialect,
        args: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        let mut rows = self.fetch_writing(sql, args).await?;
        Ok((!rows.is_empty()).then(|| rows.swap_remove(0)))
    }

    /// A statement that writes and returns rows.
    pub(crate) async fn fetch_writing(
        &mut self,
        sql: PerDialect,
        args: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        let text = sql.text(self.reader.link.dialect());
        let outcome = self.reader.link.fetch(text, args).await;
        self.note(outcome)
    }

    /// Remembers an error, because PostgreSQL refuses everything after one until the rollback.
    pub(crate) fn note<T>(&mut self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        outcome.inspect_err(|error| {
            self.failure.get_or_insert_with(|| error.clone());
        })
    }

    pub(crate) fn failure(&self) -> Option<&StoreError> {
        self.failure.as_ref()
    }

    /// Why nothing of the group can be committed any more.
    pub(crate) fn lost(&self) -> Option<StoreError> {
        let failure = self.failure.clone();
        let ended = failure.filter(StoreError::ends_transaction);
        ended.or_else(|| self.reader.link.lost())
    }

    /// What is refused is refused where it stands, and not with its group.
    pub(crate) fn be_careful(&mut self) {
        self.reader.link.be_careful();
    }

    pub(crate) async fn begin_job(&mut self) -> Result<(), StoreError> {
        self.mark = self.publications.len();
        self.places.begin_job();
        self.failure = None;
        let words = if self.savepoint {
            "RELEASE SAVEPOINT job; SAVEPOINT job"
        } else {
            "SAVEPOINT job"
        };
        self.reader.link.begin_job(words).await?;
        self.savepoint = true;
        Ok(())
    }

    /// Undoes the job, the keys it made and what it would have published.
    pub(crate) async fn undo_job(&mut self) -> Result<(), StoreError> {
        self.publications.truncate(self.mark);
        // PostgreSQL gives back what was locked within the savepoint.
        self.master_held = false;
        self.projections_held = false;
        self.places.undo_job();
        self.known.undo_job();
        self.reader.keys.clear();
        let words = "ROLLBACK TO SAVEPOINT job";
        self.reader.link.undo_job(words).await
    }

    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.flush_places().await?;
        self.flush_publications().await?;
        self.reader.link.commit().await
    }

    pub(crate) async fn rollback(self) {
        self.reader.link.rollback().await;
    }
}
