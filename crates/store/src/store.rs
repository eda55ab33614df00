//! The storage contract: opening, writing, reading, closing.

use std::path::PathBuf;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::calendars::Calendars;
use crate::crypto::{Keyring, ROOT_SECRET, random};
use crate::database::Database;
use crate::feed::EPOCH;
use crate::group_commit::{CommitFigures, GroupCommit, Lane, Pending};
use crate::sql::Link;
use crate::{MasterKey, Plan, Reader, StoreError, Tx, args, migrate, projection};

/// Where the data lives.
#[derive(Debug, Clone)]
pub enum StoreLocation {
    /// A file; it and its neighbours `-wal` and `-shm` are made when missing.
    Sqlite(PathBuf),
    /// `postgres://…`. Not printed: it may hold a password.
    Postgres(String),
}

/// One database, shared by everything in the process. Cloning is cheap.
#[derive(Clone)]
pub struct Store {
    pub(crate) database: Arc<Database>,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) calendars: Arc<Calendars>,
    commit: Arc<GroupCommit>,
}

impl Store {
    /// Opens a database, brings its schema up to date, checks the master key against it and
    /// rebuilds what screens read if an older program wrote it.
    pub async fn open(location: &StoreLocation, master: &MasterKey) -> Result<Self, StoreError> {
        let database = connect(location).await?;
        migrate::run(&database).await?;
        let keyring = open_keyring(&database, master).await?;
        let (database, keyring) = (Arc::new(database), Arc::new(keyring));
        let calendars = Arc::<Calendars>::default();
        calendars.refresh(&mut database.read().await?).await?;
        projection::rebuild_if_older(&database, &keyring, &calendars).await?;
        let commit = Arc::new(GroupCommit::start(&database, &keyring, &calendars));
        Ok(Self {
            database,
            keyring,
            calendars,
            commit,
        })
    }

    /// What [`Store::open`] would change, without changing it.
    pub async fn plan(location: &StoreLocation) -> Result<Plan, StoreError> {
        let database = connect(location).await?;
        let plan = migrate::plan(&database).await;
        database.close().await;
        plan
    }

    /// Runs `work` in a savepoint of a shared transaction and answers after its commit.
    ///
    /// An `Err` undoes what the job wrote and leaves the others of its group alone. `work` may run
    /// several times (an aggregate changed under it, a deadlock), so it must have no effect but
    /// through its [`Tx`]; nothing it says is known to anybody before the commit. A job that
    /// panics is undone and answers [`StoreError::Panicked`].
    pub async fn execute<T, E, F>(&self, lane: Lane, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.commit
            .submit(Box::new(Pending {
                lane,
                work,
                outcome: None,
                reply,
            }))
            .await?;
        answer
            .await
            .unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// For queries that each see the newest committed state.
    pub async fn read(&self) -> Result<Reader, StoreError> {
        Ok(Reader::new(
            self.database.read().await?,
            Arc::clone(&self.keyring),
            Arc::clone(&self.calendars),
        ))
    }

    /// For several queries that must see the same moment.
    pub async fn snapshot(&self) -> Result<Reader, StoreError> {
        Ok(Reader::new(
            self.database.snapshot().await?,
            Arc::clone(&self.keyring),
            Arc::clone(&self.calendars),
        ))
    }

    /// Whether the database answers, has exactly the schema this program knows and is still opened
    /// by its master key: for those who watch the server.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] or [`StoreError::NewerProjections`] after a newer program has
    /// been here, [`StoreError::WrongKey`] after a rotation elsewhere, otherwise why it does not
    /// answer.
    pub async fn check(&self) -> Result<(), StoreError> {
        let sql = "SELECT MAX(number) FROM schema_migration";
        let row = self.read().await?.fetch_optional(sql, args![]).await?;
        let found = row.map_or(Ok(None), |row| row.maybe_integer(0))?;
        let (found, known) = (found.unwrap_or_default(), migrate::known());
        match u32::try_from(found) {
            Ok(found) if found > known => Err(StoreError::NewerSchema { found, known }),
            Ok(found) if found == known => {
                projection::stored(&mut self.read().await?.link).await?;
                self.check_key().await
            }
            _ => Err(StoreError::corrupt("migrations that vanished")),
        }
    }

    /// Another server may have renewed the master key since.
    async fn check_key(&self) -> Result<(), StoreError> {
        let sql = "SELECT value FROM meta WHERE name = $1";
        let mut reader = self.read().await?;
        match reader.fetch_optional(sql, args![ROOT_SECRET]).await? {
            Some(row) if self.keyring.is_of(row.bytes(0)?) => Ok(()),
            _ => Err(StoreError::WrongKey),
        }
    }

    /// How many jobs were done in how many commits since the start.
    #[must_use]
    pub fn commit_figures(&self) -> CommitFigures {
        self.commit.figures()
    }

    /// How many commits of this process changed what everybody may read. Known at once, where the
    /// feed has to be asked; commits of other processes are in the feed only.
    #[must_use]
    pub fn public_commits(&self) -> u64 {
        self.commit.public_commits()
    }

    /// Answers what was taken, then closes. Later calls fail with [`StoreError::Closed`].
    pub async fn close(&self) {
        self.commit.close().await;
        self.database.close().await;
    }
}

pub(crate) async fn connect(location: &StoreLocation) -> Result<Database, StoreError> {
    match location {
        StoreLocation::Sqlite(file) => Database::open_sqlite(file).await,
        StoreLocation::Postgres(url) => Database::open_postgres(url).await,
    }
}

/// The first server to start makes the root secret and the feed's epoch; all then read them.
async fn open_keyring(database: &Database, master: &MasterKey) -> Result<Keyring, StoreError> {
    let mut link = database.write().await?;
    let epoch = Uuid::from_bytes(random()?);
    insert_meta(&mut link, EPOCH, epoch.as_bytes()).await?;
    insert_meta(&mut link, ROOT_SECRET, &Keyring::new_root(master)?).await?;
    let row = link
        .fetch_optional("SELECT value FROM meta WHERE name = $1", args![ROOT_SECRET])
        .await?
        .ok_or_else(|| StoreError::corrupt("the root secret is missing"))?;
    let keyring = Keyring::open(master, row.bytes(0)?)?;
    link.commit().await?;
    Ok(keyring)
}

async fn insert_meta(link: &mut Link, name: &str, value: &[u8]) -> Result<(), StoreError> {
    let sql = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    link.execute(sql, args![name, value]).await.map(drop)
}
