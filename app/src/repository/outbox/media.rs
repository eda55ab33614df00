//! What follows the words: photos and recordings, a piece at a time, whenever no words are to be sent.

use std::{cell::RefCell, collections::HashMap, time::Duration};

use device::{ClosedMedia, Device, Trouble};
use domain::{
    attachment::Unfit,
    division::CountyCode,
    ids::{AttachmentId, CommandId},
};
use sync::{
    outbox::Standing,
    upload::{Medium, MediumPlace, Step, Transfer},
};

use super::{
    Following,
    driver::Driver,
    page::is_visible,
    tus::{Upload, Way},
};
use crate::repository::{
    own,
    remote::{BrowserDice, now},
};

/// By the device's clock. Whoever goes on with a draft after that takes its photos anew.
const STRAYS_KEPT_DAYS: i64 = 1;

/// The photos and recordings of this device, and how far each is.
#[derive(Default)]
pub(super) struct Media {
    known: RefCell<Vec<Medium>>,
    /// Of spaces that are locked or gone.
    closed: RefCell<ClosedMedia>,
    on_their_way: RefCell<HashMap<Sent, Transfer>>,
    /// The bytes of the one that goes now.
    bytes: RefCell<Option<(Sent, Vec<u8>)>>,
}

/// What goes: one as it is, or its sealed copy, which is another upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sent {
    Readable(AttachmentId),
    Closed(AttachmentId),
}

/// One that may go.
struct Ready {
    sent: Sent,
    bytes: u64,
    way: Way,
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
        let closed = self.closed.borrow();
        let mut following = Following {
            unsealed: closed.unsealed.get(&of).copied().unwrap_or_default(),
            ..Following::default()
        };
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

    /// What goes sealed, now or after its words.
    pub(super) fn going_closed(&self) -> usize {
        let closed = self.closed.borrow();
        closed.ready.len() + closed.waiting
    }

    /// What waits until its space is opened.
    pub(super) fn locked(&self) -> usize {
        self.closed.borrow().locked
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
        let closed = device.closed_media().await?;
        let is_here = |sent: &Sent| match sent {
            Sent::Readable(id) => known.iter().any(|medium| medium.attachment == *id),
            Sent::Closed(id) => closed.ready.iter().any(|it| it.attachment == *id),
        };
        self.on_their_way
            .borrow_mut()
            .retain(|sent, _| is_here(sent));
        self.known.replace(known);
        self.closed.replace(closed);
        Ok(())
    }
}

impl Driver {
    /// Those that may go: the words they belong to were received.
    fn media_to_send(&self) -> Vec<Ready> {
        let (known, closed) = (self.media.known.borrow(), self.media.closed.borrow());
        let here = known
            .iter()
            .filter(|medium| medium.place == MediumPlace::Here);
        let readable = here.filter_map(|medium| {
            Some(Ready {
                sent: Sent::Readable(medium.attachment),
                bytes: medium.bytes,
                way: Way::Token(self.upload_token(medium.of)?),
            })
        });
        let closed = closed.ready.iter().map(|closed| Ready {
            sent: Sent::Closed(closed.attachment),
            bytes: closed.bytes,
            way: Way::Letter(closed.of),
        });
        readable.chain(closed).collect()
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
        for ready in self.media_to_send() {
            let step = {
                let mut transfers = self.media.on_their_way.borrow_mut();
                let transfer = transfers.entry(ready.sent);
                transfer
                    .or_insert_with(|| Transfer::new(ready.bytes))
                    .next(now)
            };
            match step {
                Step::Wait(until) => {
                    let first = first_wait.map_or(until, |first| first.min(until));
                    first_wait = Some(first);
                }
                step => return self.step(&ready, step).await,
            }
        }
        first_wait.map_or(Went::Nothing, Went::Wait)
    }

    async fn step(&self, ready: &Ready, step: Step) -> Went {
        let sent = ready.sent;
        let Ok(device) = self.device().await else {
            return Went::Nothing;
        };
        let bytes = match self.bytes_of(&device, sent).await {
            Ok(Some(bytes)) => bytes,
            // Another tab has just sent it, or its bytes are no more.
            Ok(None) => {
                let _ = sent.forget(&device).await;
                let _ = self.media.refresh(&device).await;
                return Went::One;
            }
            // It does not open: it stays here, and that is said.
            Err(Trouble::Damaged) => {
                let reason = Unfit::Damaged;
                let _ = sent.place(&device, MediumPlace::Refused { reason }).await;
                let _ = self.media.refresh(&device).await;
                self.changed();
                return Went::One;
            }
            Err(_) => return Went::Nothing,
        };
        let upload = Upload {
            county: &self.county,
            way: &ready.way,
            attachment: sent.attachment(),
            bytes: &bytes,
        };
        let heard = upload.take(step).await;
        self.media.bytes.replace(Some((sent, bytes)));
        let over = {
            let mut transfers = self.media.on_their_way.borrow_mut();
            let visible = is_visible();
            let now = self.elapsed();
            transfers
                .get_mut(&sent)
                .and_then(|known| known.heard(step, heard, now, visible, &mut BrowserDice))
        };
        if let Some(place) = over {
            self.media.bytes.replace(None);
            // Should this not be stored, the server is asked once more.
            let _ = sent.place(&device, place).await;
            let _ = self.media.refresh(&device).await;
            self.changed();
            if place == MediumPlace::Received && !self.has_media_to_send() {
                // The page of the matter is kept without them.
                own::feed::ask_again();
            }
        }
        Went::One
    }

    async fn bytes_of(&self, device: &Device, sent: Sent) -> Result<Option<Vec<u8>>, Trouble> {
        match (self.media.bytes.take(), sent) {
            (Some((known, bytes)), _) if known == sent => Ok(Some(bytes)),
            (_, Sent::Readable(id)) => device.medium_bytes(id).await,
            (_, Sent::Closed(id)) => device.closed_bytes(id).await,
        }
    }

    /// What waits in the open space is sealed for the server too. Says how many did not fit: without a sealed
    /// copy one waits until its space is opened, which is said.
    pub(in crate::repository) async fn close_media(&self) -> usize {
        match (self.device().await, CountyCode::parse(&self.county)) {
            (Ok(device), Ok(county)) => device.close_media(&county).await.unwrap_or_default(),
            _ => 0,
        }
    }

    /// The same, and what can be fetched again makes room.
    pub(super) async fn close_new_media(&self) {
        if self.close_media().await > 0
            && let Ok(device) = self.device().await
            && device.make_room().await.is_ok()
        {
            self.close_media().await;
        }
    }

    /// Takes away what belongs to nothing any more: a page that ended between a photo and its draft.
    pub(super) async fn put_strays_away(&self, device: &Device) {
        let old = |medium: &Medium| (now() - medium.made_at).num_days() >= STRAYS_KEPT_DAYS;
        let _ = device.remove_stray_media(old).await;
    }
}

impl Sent {
    fn attachment(self) -> AttachmentId {
        match self {
            Self::Readable(id) | Self::Closed(id) => id,
        }
    }

    /// Notes where it is.
    async fn place(self, device: &Device, place: MediumPlace) -> Result<(), Trouble> {
        match self {
            Self::Readable(id) => device.place_medium(id, place).await,
            Self::Closed(id) => device.place_closed(id, place).await,
        }
    }

    /// There are no bytes of it to send.
    async fn forget(self, device: &Device) -> Result<(), Trouble> {
        match self {
            Self::Readable(id) => {
                let here = MediumPlace::Here;
                let gone = |known: &Medium| known.attachment == id && known.place == here;
                device.remove_media(gone).await
            }
            Self::Closed(_) => {
                let reason = Unfit::Damaged;
                self.place(device, MediumPlace::Refused { reason }).await
            }
        }
    }
}
