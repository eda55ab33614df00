//! Backup and restore: one logical export, the same on both databases.
//!
//! An archive is an [age](https://age-encryption.org/v1) file around lines of JSON:
//!
//! ```text
//! {"huiyin_backup":1,"schema":2,"at":1795000000000000}
//! {"table":"event","columns":[["county","text"],["version","integer"],…]}
//! ["330726",1,"…base64…"]                  one line a row, in key order
//! {"end":true,"rows":12345}                absent when the export was cut
//! ```
//!
//! It holds the data keys as they are wrapped, never the master key: an archive and its passphrase
//! open nothing without the recovery sheet. Restoring starts a new feed epoch, so that phones
//! fetch afresh and offer again what they had sent. SQLite → PostgreSQL is a restore.

mod export;
mod line;
mod lock;
mod restore;
mod tables;

pub use export::BackupSummary;
pub use lock::{ArchiveKey, ArchiveLock};
pub use restore::RestoreSummary;
