//! What can go wrong with the store, told apart by what the caller can do about it.

/// Texts name tables and versions, never the content of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Nothing was written; reading goes on. The person is told "not received".
    #[error("the disk is full: nothing was stored, reading goes on")]
    DiskFull,
    /// Nothing is known to be written; trying again later may help.
    #[error("the database cannot be reached or is busy: {reason}")]
    Unavailable { reason: String },
    /// Two transactions stood in each other's way; the group is run again by itself.
    #[error("transactions collided")]
    Contention,
    /// Somebody else has changed the aggregate since it was read.
    #[error("the {aggregate_kind} was changed meanwhile (expected version {expected})")]
    Conflict {
        aggregate_kind: String,
        expected: u64,
    },
    /// A value that must be unique within the county exists already.
    #[error("the {what} is already taken")]
    Taken { what: String },
    /// The aggregate's key was destroyed: nothing can be added to it.
    #[error("the {aggregate_kind} has been erased")]
    Erased { aggregate_kind: String },
    #[error(
        "this database has schema {found}, but this program knows only up to {known}: \
         please start the newer program"
    )]
    NewerSchema { found: u32, known: u32 },
    /// A newer program has rebuilt the rows in a form of its own. Nothing is written any more.
    #[error(
        "what screens read has form {found} in this database, but this program knows only up to \
         {known}: please start the newer program"
    )]
    NewerProjections { found: u32, known: u32 },
    #[error("migration {number} was changed after it had been applied")]
    MigrationChanged { number: u32 },
    #[error("this is not the master key of this database")]
    WrongKey,
    #[error("stored data is damaged: {what}")]
    Corrupt { what: String },
    #[error("the job panicked; its changes were rolled back")]
    Panicked,
    #[error("the store is closed")]
    Closed,
    /// A statement the database refused: a mistake in this program.
    #[error("the database refused a statement: {reason}")]
    Statement { reason: String },
    #[error("the archive cannot be used: {reason}")]
    Archive { reason: String },
}

impl StoreError {
    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }

    /// Whether the whole transaction is lost, not only the statement.
    pub(crate) fn ends_transaction(&self) -> bool {
        matches!(
            self,
            Self::DiskFull | Self::Unavailable { .. } | Self::Contention
        )
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(database) = &error else {
            return from_driver(&error);
        };
        let code = database.code().unwrap_or_default();
        let reason = database.message().to_owned();
        if database
            .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
            .is_some()
        {
            return from_postgres(&code, reason);
        }
        from_sqlite(code.parse().unwrap_or_default(), reason)
    }
}

fn from_driver(error: &sqlx::Error) -> StoreError {
    use sqlx::Error as E;
    match error {
        E::ColumnDecode { .. } | E::Decode(_) | E::ColumnNotFound(_) | E::RowNotFound => {
            StoreError::corrupt(error.to_string())
        }
        _ => StoreError::Unavailable {
            reason: error.to_string(),
        },
    }
}

/// The low byte of an extended result code is the primary one (sqlite.org/rescode.html).
fn from_sqlite(code: u32, reason: String) -> StoreError {
    match code & 0xff {
        13 => StoreError::DiskFull,
        // Busy, locked, read-only, I/O error, cannot open.
        5 | 6 | 8 | 10 | 14 => StoreError::Unavailable { reason },
        11 | 26 => StoreError::Corrupt { what: reason },
        _ => StoreError::Statement { reason },
    }
}

/// PostgreSQL manual, appendix A.
fn from_postgres(code: &str, reason: String) -> StoreError {
    match code {
        "53100" => StoreError::DiskFull,
        "40001" | "40P01" => StoreError::Contention,
        "XX001" | "XX002" => StoreError::Corrupt { what: reason },
        _ if ["08", "53", "57", "58"]
            .iter()
            .any(|class| code.starts_with(class)) =>
        {
            StoreError::Unavailable { reason }
        }
        _ => StoreError::Statement { reason },
    }
}
