//! What was sent from this device and is on its way: the screens' side of the outbox.
//!
//! The rules are those of [`sync::outbox`]; the storage is `device`'s; the loop between them, the
//! network and the person is the [driver](driver). On the server there is nothing on its way.

#[cfg(feature = "hydrate")]
mod acts;
#[cfg(feature = "hydrate")]
mod background;
#[cfg(feature = "hydrate")]
pub(super) mod bell;
#[cfg(feature = "hydrate")]
mod driver;
#[cfg(feature = "hydrate")]
mod media;
#[cfg(feature = "hydrate")]
mod opened;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod post;
#[cfg(feature = "hydrate")]
mod sending;
#[cfg(feature = "hydrate")]
mod turn;
#[cfg(feature = "hydrate")]
mod tus;
#[cfg(feature = "hydrate")]
mod unstored;
#[cfg(feature = "hydrate")]
mod whose;

use domain::attachment::Unfit;
use leptos::prelude::*;
use sync::outbox::Item;

#[cfg(feature = "hydrate")]
pub(super) use background::ask as ask_to_send;
#[cfg(feature = "hydrate")]
pub use {
    acts::{Under, Unsent, with_room},
    background::sends_by_itself,
    device::Opening,
    driver::{AFTER_THE_SCREEN_MS, Driver, driver, start},
    unstored::Unstored,
};

/// What the screens know of the outbox.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// In the order they were made.
    pub items: Vec<ShownItem>,
    /// Records that do not open.
    pub damaged: usize,
    /// What waits in spaces that are locked and goes nevertheless.
    pub letters: usize,
    /// What waits and is everybody's while a space is open: it goes.
    pub others: usize,
    /// What waits until its space is opened.
    pub locked: usize,
    /// Photos and recordings of spaces that are locked or gone, which go nevertheless.
    pub closed_media: usize,
    /// Those that wait until their space is opened.
    pub locked_media: usize,
    /// The spaces of this device.
    pub spaces: Vec<KnownSpace>,
    /// The one that is open in this page.
    pub open: Option<String>,
    /// An official's is open in this page.
    pub office: bool,
    /// Whether this device can keep anything; not known before it was looked at.
    pub storage: Storage,
}

/// A person's part of a phone that several use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSpace {
    pub id: String,
    pub name: String,
}

#[cfg(feature = "hydrate")]
impl From<device::Space> for KnownSpace {
    fn from(space: device::Space) -> Self {
        Self {
            id: space.id.to_string(),
            name: space.name,
        }
    }
}

/// One item, and what it does at the moment.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownItem {
    pub item: Item,
    pub doing: Doing,
    pub following: Following,
}

/// What an item does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Sending,
    /// It waits for one about the same thing that was made before it.
    Behind,
    Waiting,
    /// The server has answered.
    Over,
}

/// Whether this device can keep anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    #[default]
    Unknown,
    There,
    /// Private mode, or a setting: everything works online.
    Missing,
    /// Another tab runs a newer build: this page is to be opened again.
    Newer,
}

impl Shown {
    /// How many wait to be sent or answered.
    pub fn waiting(&self) -> usize {
        let items = self.items.iter();
        items
            .filter(|shown| shown.item.standing.is_waiting())
            .count()
            + self.letters
            + self.others
    }

    /// The space that is open in this page.
    pub fn open_space(&self) -> Option<&KnownSpace> {
        let open = self.open.as_ref()?;
        self.spaces.iter().find(|space| space.id == *open)
    }

    /// How many photos and recordings of what was received are still here.
    pub fn media_waiting(&self) -> usize {
        let received = self.items.iter();
        let received = received.filter(|shown| shown.doing == Doing::Over);
        let here: usize = received.map(|shown| shown.following.here).sum();
        here + self.closed_media
    }
}

/// The photos and recordings of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Following {
    pub all: usize,
    /// Still on this device.
    pub here: usize,
    /// In a space: without a sealed copy, for which there was no room.
    pub unsealed: usize,
    /// Why the server did not keep some.
    pub refused: Vec<Unfit>,
}

/// The outbox of this device, as it changes.
///
/// The first render is the server's, which knows nothing of a device: what is here comes by an effect.
///
/// Counted, not owned by the screen, as [`super::use_line`].
pub fn use_outbox() -> ArcRwSignal<Shown> {
    let here = ArcRwSignal::new(Shown::default());
    #[cfg(feature = "hydrate")]
    if let Some(driver) = driver() {
        let shown = driver.shown();
        let known = here.clone();
        Effect::new(move || known.set(shown.get()));
    }
    here
}
