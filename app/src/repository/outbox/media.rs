//! What follows the words: photos and recordings, a piece at a time, whenever no words are to be sent.

use std::{cell::RefCell, collections::HashMap, time::Duration};

use device::{Device, Trouble};
use domain::ids::{AttachmentId, CommandId};
use sync::{
    outbox::Standing,
    upload::{Medium, MediumPlace, Step, Transfer},
};

use super::{Following, driver::Driver, page::is_visible, tus::Upload};
use crate::repository::remote::{BrowserDice, now};

/// By the device's clock. Whoever goes on with a draft after that takes its photos anew.
const STRAYS_KEPT_DAYS: i64 = 1;

/// The photos and recordings of this device, and how far each is.
#[derive(Default)]
pub(super) struct Media {
    known: RefCell<Vec<Medium>>,
    on_their_way: RefCell<HashMap<AttachmentId, Transfer>>,
    /// The bytes of the one that goes now.
    bytes: RefCell<Option<(AttachmentId, Vec<u8>)>>,
}

/// What became of the wish to send a piece.
pub(super) enum Went {
    /// One request went out, whatever came of it.
    One,
    /// Nothing before this moment.
    Wait(Duration),
    /// There is nothing to send.
    Nothing,
}

impl Media {
    /// What follows one command.
    pub(super) fn following(&self, of: CommandId) -> Following {
        let mut following = Following::default();
        let known = self.known.borrow();
        for medium in known.iter().filter(|medium| medium.of == of) {
            following.all += 1;
            match medium.place {
                MediumPlace::Here => following.here += 1,
                MediumPlace::Received => {}
                MediumPlace::Refused { reason } => following.refused.push(reason),
            }
        }
        following
    }

    /// The network is back, or the person asks.
    pub(super) fn hurry(&self) {
        for transfer in self.on_their_way.borrow_mut().values_mut() {
            transfer.hurry();
        }
    }

    /// Reads what is stored.
    pub(super) async fn refresh(&self, device: &Device) -> Result<(), Trouble> {
        let known = device.media().await?;
        let is_here = |id: &AttachmentId| known.iter().any(|medium| medium.attachment == *id);
        self.on_their_way.borrow_mut().retain(|id, _| is_here(id));
        self.known.replace(known);
        Ok(())
    }
}

impl Driver {
    /// Those that may go: the words they belong to were received.
    fn media_to_send(&self) -> Vec<(Medium, Box<str>)> {
        let known = self.media.known.borrow();
        let here = known
            .iter()
            .filter(|medium| medium.place == MediumPlace::Here);
        here.filter_map(|medium| Some((medium.clone(), self.upload_token(medium.of)?)))
            .collect()
    }

    pub(super) fn has_media_to_send(&self) -> bool {
        !self.media_to_send().is_empty()
    }

    fn upload_token(&self, of: CommandId) -> Option<Box<str>> {
        let token = match self.standing(of)? {
            Standing::Received { receipt } => receipt.upload().cloned(),
            _ => None,
        };
        token.map(|token| token.0)
    }

    /// Sends one piece of one of them, the oldest that need not wait.
    pub(super) async fn send_a_piece(&self) -> Went {
        let now = self.elapsed();
        let mut first_wait: Option<Duration> = None;
        for (medium, token) in self.media_to_send() {
            let step = {
                let mut transfers = self.media.on_their_way.borrow_mut();
                let transfer = transfers.entry(medium.attachment);
                transfer
                    .or_insert_with(|| Transfer::new(medium.bytes))
                    .next(now)
            };
            match step {
                Step::Wait(until) => {
                    let first = first_wait.map_or(until, |first| first.min(until));
                    first_wait = Some(first);
                }
                step => return self.step(&medium, &token, step).await,
            }
        }
        first_wait.map_or(Went::Nothing, Went::Wait)
    }

    async fn step(&self, medium: &Medium, token: &str, step: Step) -> Went {
        let id = medium.attachment;
        let Ok(device) = self.device().await else {
            return Went::Nothing;
        };
        let bytes = match self.bytes_of(&device, id).await {
            Ok(Some(bytes)) => bytes,
            // It does not open, or another tab has just sent it.
            Ok(None) | Err(Trouble::Damaged) => {
                let gone = |known: &Medium| known.attachment == id && known.place == medium.place;
                let _ = device.remove_media(gone).await;
                let _ = self.media.refresh(&device).await;
                return Went::One;
            }
            Err(_) => return Went::Nothing,
        };
        let upload = Upload {
            county: &self.county,
            token,
            attachment: id,
            bytes: &bytes,
        };
        let heard = upload.take(step).await;
        self.media.bytes.replace(Some((id, bytes)));
        let over = {
            let mut transfers = self.media.on_their_way.borrow_mut();
            let visible = is_visible();
            let now = self.elapsed();
            transfers
                .get_mut(&id)
                .and_then(|known| known.heard(step, heard, now, visible, &mut BrowserDice))
        };
        if let Some(place) = over {
            self.media.bytes.replace(None);
            // Should this not be stored, the server is asked once more.
            let _ = device.place_medium(id, place).await;
            let _ = self.media.refresh(&device).await;
            self.changed();
        }
        Went::One
    }

    async fn bytes_of(
        &self,
        device: &Device,
        id: AttachmentId,
    ) -> Result<Option<Vec<u8>>, Trouble> {
        match self.media.bytes.take() {
            Some((known, bytes)) if known == id => Ok(Some(bytes)),
            _ => device.medium_bytes(id).await,
        }
    }

    /// Takes away what belongs to nothing any more: a page that ended between a photo and its draft.
    pub(super) async fn put_strays_away(&self, drafts: &[CommandId]) {
        let Ok(device) = self.device().await else {
            return;
        };
        let items: Vec<CommandId> = {
            let outbox = self.outbox.borrow();
            outbox.items().map(|(item, _)| item.id).collect()
        };
        let is_stray = |medium: &Medium| {
            let of = medium.of;
            let old = (now() - medium.made_at).num_days() >= STRAYS_KEPT_DAYS;
            old && !items.contains(&of) && !drafts.contains(&of)
        };
        let _ = device.remove_media(is_stray).await;
    }
}
