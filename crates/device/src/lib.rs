//! What a phone keeps: the only crate that touches IndexedDB.
//!
//! Every record has a small part that can be read without opening it and a part that is encrypted
//! under a key which never leaves the browser ([`Vault`](vault)). A key lies beside what it opens,
//! so storage that was cleared while a page was open never holds a record without its key.
//!
//! A connection is opened for each piece of work and closed after it. So a browser that closes the
//! database under a page (as iOS does when memory is short) costs nothing, and an update is never
//! blocked by a tab that was left open.
//!
//! What a person made is stored with *strict* durability: [`Device::keep`] comes back when the
//! system has been told to write it to the disk, and only then may a screen say "saved".

#![cfg(target_arch = "wasm32")]

mod cipher;
mod items;
mod letter;
mod media;
mod packs;
mod pass;
mod record;
mod schema;
mod shelf;
mod space;
mod trouble;
mod turn;
mod vault;

use std::rc::Rc;

pub use items::{Carried, CarriedFate, Kept, NewItem};
pub use media::{ClosedMedia, ClosedMedium};
pub use pass::Pass;
pub use shelf::{EPOCH, Shelf, Shelved};
pub use space::{Opening, Space, SpaceId};
pub use trouble::Trouble;

/// The storage of this browser for this site.
#[derive(Clone, Debug)]
pub struct Device {
    vault: Rc<vault::Vault>,
}

impl Device {
    /// Opens the storage, and makes it when it is not there.
    ///
    /// # Errors
    /// The browser has none (private mode), refuses it, or holds that of a newer build.
    pub async fn open() -> Result<Self, Trouble> {
        let vault = {
            let database = schema::open().await?;
            vault::Vault::open(&database).await?
        };
        let device = Self {
            vault: Rc::new(vault),
        };
        // What does not open stays locked, and its PIN is asked for.
        let _ = device.resume_turn().await;
        Ok(device)
    }
}
