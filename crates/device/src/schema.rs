//! The stores and how they came to be.
//!
//! An upgrade cannot change a store that is there (the callback gives no handle to its transaction):
//! it makes new ones and leaves the old until their content was copied. Version 1 plans for what is
//! known to come.

use std::ops::Deref;

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use indexed_db_futures::{
    database::Database,
    internals::SystemRepr as _,
    prelude::*,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use wasm_bindgen_futures::spawn_local;

use crate::{Shelf, Trouble};

const NAME: &str = "huiyin";
const VERSION: u8 = 1;

/// A connection that is closed when the work is done.
pub(crate) struct Open(Database);

impl Deref for Open {
    type Target = Database;
    fn deref(&self) -> &Database {
        &self.0
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.clone().close();
    }
}

/// So often an opening is tried.
const ATTEMPTS: u32 = 3;
/// So long one may take, in milliseconds. A slow phone makes its stores in less.
const PATIENCE_MS: u32 = 10_000;

/// A browser that has just come back from the background may fail once; one whose site data was cleared at that
/// moment may never answer (seen in Chromium 156), fails the next time and works then.
pub(crate) async fn open() -> Result<Open, Trouble> {
    let mut attempt = 1;
    loop {
        match in_time().await {
            Err(Trouble::Failed(_)) if attempt < ATTEMPTS => attempt += 1,
            opened => return opened,
        }
    }
}

/// One that comes late is closed.
async fn in_time() -> Result<Open, Trouble> {
    match select(Box::pin(opened()), TimeoutFuture::new(PATIENCE_MS)).await {
        Either::Left((opened, _)) => opened,
        Either::Right(((), late)) => {
            spawn_local(async move { drop(late.await) });
            Err(Trouble::Failed("the storage does not answer".to_owned()))
        }
    }
}

async fn opened() -> Result<Open, Trouble> {
    let database = Database::open(NAME)
        .with_version(VERSION)
        .with_on_upgrade_needed(|event, database| {
            if event.old_version() < 1.0 {
                for shelf in Shelf::ALL {
                    database.create_object_store(shelf.name()).build()?;
                }
            }
            Ok(())
        })
        .await?;
    Ok(Open(database))
}

/// A transaction that is told to be on the disk when it is over.
pub(crate) fn writing(
    database: &Database,
    shelves: impl IntoIterator<Item = Shelf>,
) -> Result<Transaction<'_>, Trouble> {
    let mut options = TransactionOptions::new();
    options.set_durability(TransactionDurability::Strict);
    let transaction = database
        .transaction(shelves.into_iter().map(Shelf::name).collect::<Vec<_>>())
        .with_mode(TransactionMode::Readwrite)
        .with_options(options)
        .build()?;
    Ok(transaction)
}

/// Ends a transaction. When the browser rolls back at the very end, as it does on a full phone, only the
/// transaction itself knows why.
pub(crate) async fn commit(transaction: Transaction<'_>) -> Result<(), Trouble> {
    let raw = transaction.as_sys().clone();
    let done = transaction.commit().await;
    match (done, raw.error()) {
        (Err(_), Some(why)) => Err(Trouble::of_js(&why)),
        (done, _) => Ok(done?),
    }
}

pub(crate) fn reading(database: &Database, shelf: Shelf) -> Result<Transaction<'_>, Trouble> {
    Ok(database.transaction(shelf.name()).build()?)
}

/// Of two stores at one moment.
pub(crate) fn reading_both(
    database: &Database,
    shelves: [Shelf; 2],
) -> Result<Transaction<'_>, Trouble> {
    Ok(database.transaction(shelves.map(Shelf::name)).build()?)
}
