//! What a person does with the outbox.

use device::{Device, NewItem, Shelf, Trouble};
use domain::{
    division::CountyCode,
    ids::{CommandId, DeviceId, SignInId},
};
use gloo_timers::future::TimeoutFuture;
use sync::{
    AreaCommand, Earlier, Envelope,
    outbox::{Item, NotNow, Standing},
};

use wasm_bindgen_futures::spawn_local;

use super::{
    background,
    driver::{Driver, driver},
};
use crate::repository::{
    draft::Drafts,
    own, public,
    remote::{build_of_page, fresh_id, now},
    space,
};

/// By the device's clock: one that jumps ahead only shortens a list of what the server has.
const RECEIPTS_LISTED_DAYS: i64 = 30;

/// Drawing the screen that says "saved" takes a cheap phone less.
const AFTER_SAVING_MS: u32 = 400;

/// What becomes of a receipt of which photos are still here: it opens their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    Stays,
    /// The person was told.
    GoesToo,
}

/// Under what a command was captured.
#[derive(Clone, Debug, Default)]
pub struct Under {
    /// The official's sign-in.
    pub sign_in: Option<SignInId>,
    /// The tablet on which they worked.
    pub tablet: Option<DeviceId>,
    /// The version of the thing they looked at.
    pub version: Option<u64>,
    /// What it was made of, after that was sent back; a draft says it itself.
    pub replaces: Vec<Earlier>,
}

impl Driver {
    /// Stores a command durably and sends it when it can. When this comes back, "saved" is true. A citizen signs in
    /// nowhere, and is [`Under::default`]: a code opens what it belongs to.
    ///
    /// # Errors
    /// It could not be stored.
    pub async fn keep<C: AreaCommand>(
        &self,
        under: Under,
        county: CountyCode,
        id: CommandId,
        about: Option<String>,
        command: C,
    ) -> Result<Item, Trouble> {
        let device = self.device().await?;
        let replaces = match under.replaces.is_empty() {
            true => Drafts::replaced(&device, id).await,
            false => under.replaces.clone(),
        };
        let mut envelope = envelope(under, county, id, command);
        // A page that was kept brings the id of its next act, once. A second act from the same page is
        // another act; the same act again is one.
        let before = device.content(id).await.unwrap_or_default();
        if before.is_some_and(|before| !says(&before, &envelope)) {
            envelope.id = fresh_id().ok_or(Trouble::NoStorage)?;
            device.hand_media_on(id, envelope.id).await?;
        }
        let before = replaces.first().map(|earlier| earlier.id);
        envelope.replaces = replaces;
        let content =
            serde_json::to_string(&envelope).map_err(|error| Trouble::Failed(error.to_string()))?;
        let opens = match &about {
            Some(about) => own::opens(about).await,
            None => None,
        };
        let new = NewItem {
            id: envelope.id,
            opens,
            about,
            replaces: before,
            kept_at: envelope.captured_at,
            content,
        };
        let item = with_room(&device, async || device.keep(new.clone()).await).await?;
        self.close_new_media().await;
        self.outbox.borrow_mut().add(item.clone(), self.elapsed());
        self.tell();
        background::ask();
        send_after_the_screen();
        Ok(item)
    }

    /// Takes an item away (2).
    ///
    /// # Errors
    /// There is no storage. The inner error says why it stays.
    pub async fn discard(&self, id: CommandId) -> Result<Result<(), NotNow>, Trouble> {
        let knows_receipt = matches!(self.standing(id), Some(Standing::Received { .. }));
        let discarded = self.device().await?.discard(id, knows_receipt).await?;
        if discarded.is_ok() {
            self.outbox.borrow_mut().forget(id);
            let device = self.device().await?;
            device.remove_media(|medium| medium.of == id).await?;
            if device.open_pass().is_some() {
                // What was typed into the form of an act lies beside it.
                device.remove(Shelf::Drafts, &id.to_string()).await?;
            }
        }
        self.changed();
        Ok(discarded)
    }

    /// Takes a receipt from the list: the server has what it is of. Anything else stays.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn put_away(&self, id: CommandId, unsent: Unsent) -> Result<(), Trouble> {
        if self.standing(id).is_none() {
            // The page may have just begun.
            self.refresh().await;
        }
        let is_received = matches!(self.standing(id), Some(Standing::Received { .. }));
        let may_go = unsent == Unsent::GoesToo || self.media.following(id).here == 0;
        if is_received && may_go {
            let _ = self.discard(id).await?;
        }
        Ok(())
    }

    /// Receipts are in the list for a month after they came; the code stays in its own place.
    pub(super) async fn put_old_away(&self) {
        let Ok(device) = self.device().await else {
            return;
        };
        if let Ok(received) = device.received_at().await {
            let old: Vec<CommandId> = {
                let (outbox, now) = (self.outbox.borrow(), now());
                let items = outbox.items().map(|(item, _)| item);
                let since = |item: &Item| received.get(&item.id).copied().unwrap_or(item.kept_at);
                items
                    .filter(|item| self.is_shown(item.id))
                    .filter(|item| (now - since(item)).num_days() > RECEIPTS_LISTED_DAYS)
                    .map(|item| item.id)
                    .collect()
            };
            for id in old {
                let _ = self.put_away(id, Unsent::Stays).await;
            }
        }
        self.put_strays_away(&device).await;
    }

    /// Sends an item that was sent back once more, under its own id.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn again(&self, id: CommandId) -> Result<(), Trouble> {
        let again = self.outbox.borrow().again(id);
        if let Some(item) = again {
            // Stored first: whoever looks meanwhile finds it sent back, as before.
            if self.device().await?.store(&item).await? {
                self.outbox.borrow_mut().renew(item);
            }
        }
        self.changed();
        Ok(())
    }

    /// Sends an act that was captured under another sign-in, and therefore sent back, as one's own under this one.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn again_under(&self, id: CommandId, sign_in: SignInId) -> Result<(), Trouble> {
        let device = self.device().await?;
        let item = {
            let outbox = self.outbox.borrow();
            let mut items = outbox.items().map(|(item, _)| item);
            items.find(|item| item.id == id).cloned()
        };
        let content = device.content(id).await?;
        if let (Some(item), Some(content)) = (item, content) {
            let mut content: serde_json::Value =
                serde_json::from_str(&content).map_err(|_| Trouble::Damaged)?;
            content["sign_in"] = serde_json::to_value(sign_in).unwrap_or_default();
            let item = Item {
                standing: Standing::Tried,
                ..item
            };
            if device.store_as(&item, &content.to_string()).await? {
                self.outbox.borrow_mut().renew(item);
            }
        }
        self.changed();
        Ok(())
    }

    /// The outbox looks: what it takes to offer things again is in its chunk.
    pub(in crate::repository) fn look_whether_restored(&self) {
        self.restored.set(true);
        self.bell.ring();
    }

    /// Where the server's database was restored from a copy, what is open here and was received goes once more.
    pub(super) async fn offer_to_restored(&self) {
        let Ok(device) = self.device().await else {
            return;
        };
        let Some(epoch) = public::restored(&device).await else {
            return;
        };
        // The page may have just begun.
        if !self.refresh().await {
            return;
        }
        let items = self.outbox.borrow().offer_again();
        let (any, mut all) = (!items.is_empty(), true);
        for item in items {
            let photos = device.offer_media_again(item.id).await;
            match photos.and(with_room(&device, async || device.offer_again(&item).await).await) {
                Ok(true) => self.outbox.borrow_mut().renew(item),
                // Another tab has offered it.
                Ok(false) => {}
                Err(_) => all = false,
            }
        }
        // What could not be is offered with the next look.
        if all {
            public::has_been_offered(&device, &epoch).await;
        }
        if any {
            self.changed();
        }
    }

    /// How far an item is; none where there is no such item.
    pub fn standing(&self, id: CommandId) -> Option<Standing> {
        let outbox = self.outbox.borrow();
        let mut items = outbox.items();
        let (item, _) = items.find(|(item, _)| item.id == id)?;
        Some(item.standing.clone())
    }

    /// The person asks to send now.
    pub fn send_now(&self) {
        self.outbox.borrow_mut().send_now(self.elapsed());
        self.media.hurry();
        self.bell.ring();
    }
}

/// A command as it is sent.
pub(super) fn envelope<C: AreaCommand>(
    under: Under,
    county: CountyCode,
    id: CommandId,
    command: C,
) -> Envelope<C> {
    Envelope {
        id,
        county,
        area: C::AREA,
        device: under.tablet,
        sign_in: under.sign_in,
        build: build_of_page().unwrap_or_default(),
        captured_at: now(),
        expected_version: under.version,
        command,
        replaces: Vec::new(),
    }
}

/// Stores what a person typed. What can be fetched again, and what is held for words, makes room for it; a browser
/// takes a moment to see that.
///
/// # Errors
/// There is no room in spite of that, or no storage.
pub async fn with_room<T>(
    device: &Device,
    store: impl AsyncFn() -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    let first = store().await;
    if !matches!(first, Err(Trouble::Full)) {
        return first;
    }
    device.make_room().await?;
    for pause_ms in [0, 300, 1000] {
        TimeoutFuture::new(pause_ms).await;
        let again = store().await;
        if !matches!(again, Err(Trouble::Full)) {
            return again;
        }
    }
    Err(Trouble::Full)
}

/// What was kept is shown first.
fn send_after_the_screen() {
    spawn_local(async {
        TimeoutFuture::new(AFTER_SAVING_MS).await;
        space::ask_to_keep();
        if let Some(driver) = driver() {
            driver.bell.ring();
        }
    });
}

/// Whether a stored envelope asks for the same as this one.
fn says<C: AreaCommand>(stored: &str, envelope: &Envelope<C>) -> bool {
    let stored: serde_json::Value = serde_json::from_str(stored).unwrap_or_default();
    let command = serde_json::to_value(&envelope.command).unwrap_or_default();
    stored.get("command") == Some(&command)
}
