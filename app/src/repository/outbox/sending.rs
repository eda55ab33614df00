//! One request of the outbox: what leaves with it is noted, posted, and what came of it stored.

use device::{Device, NewItem, Shelf, Trouble};
use domain::ids::CommandId;
use sync::{
    Envelope, Rejection,
    outbox::{Batch, Item, Outcome, Reason, Standing},
};

use super::{acts::with_room, driver::Driver, opened::Opened, post::post};
use crate::repository::{
    line, own,
    remote::{BrowserDice, is_ready},
};

impl Driver {
    pub(super) async fn send(&self, batch: Batch) {
        self.publish();
        let (request, patience) = (batch.request, batch.patience);
        let outcome = match self.leaving(&batch).await {
            // Nothing is left of it.
            Ok((ids, _)) if ids.is_empty() => return self.publish(),
            Ok((ids, envelopes)) => post(&self.county, &ids, &envelopes, patience).await,
            Err(_) => Outcome::NotSent,
        };
        let failed = matches!(outcome, Outcome::Failed { .. });
        let changed = {
            let mut outbox = self.outbox.borrow_mut();
            outbox.answered(request, outcome, self.elapsed(), &mut BrowserDice)
        };
        // With nothing else to be sent, only this tells whether the fault is the item's.
        if failed && self.outbox.borrow().waiting() == 1 && is_ready().await {
            self.outbox.borrow_mut().heard(self.elapsed());
        }
        for item in &changed {
            self.settle(item).await;
        }
        match changed.is_empty() {
            true => self.publish(),
            false => self.changed(),
        }
    }

    /// Screens ask for things too: where they are answered, the server is there.
    pub(super) fn hear_others(&self) {
        if line::has_answered() {
            self.outbox.borrow_mut().heard(self.elapsed());
        }
    }

    /// Reads what leaves, and notes durably that it does. What is here no more is forgotten (1); what goes with
    /// another code than the first is left to the next request.
    async fn leaving(&self, batch: &Batch) -> Result<(Vec<CommandId>, Vec<String>), Trouble> {
        let device = self.device().await?;
        let readable = batch.ids.iter().filter(|id| !self.is_letter(**id));
        let about: Vec<String> = readable.filter_map(|id| self.about(*id)).collect();
        let opened = Opened::first_of(&about, &self.county).await;
        let (mut ids, mut envelopes, mut stay) = (Vec::new(), Vec::new(), Vec::new());
        for id in &batch.ids {
            let about = self.about(*id).filter(|_| !self.is_letter(*id));
            if about.is_some_and(|about| !opened.allows(&about)) {
                stay.push(*id);
                continue;
            }
            match self.said(&device, *id).await? {
                Some(envelope) => {
                    ids.push(*id);
                    envelopes.push(envelope);
                }
                None => self.outbox.borrow_mut().forget(*id),
            }
        }
        if ids.is_empty() && opened.failed() {
            return Err(Trouble::Failed("nothing could be opened".to_owned()));
        }
        for item in batch
            .first_time
            .iter()
            .filter(|item| ids.contains(&item.id))
        {
            let note = async || match self.is_letter(item.id) {
                true => device.store_letter(item).await,
                false => device.store(item).await,
            };
            with_room(&device, note).await?;
        }
        self.outbox.borrow_mut().leave_out(&stay);
        Ok((ids, envelopes))
    }

    /// What is posted of an item; none where it is not to be sent from here.
    async fn said(&self, device: &Device, id: CommandId) -> Result<Option<String>, Trouble> {
        if self.is_letter(id) {
            return device.letter(id).await;
        }
        match device.content(id).await {
            // Its space was locked at this moment: the next look finds its letter.
            Err(Trouble::Locked) => Ok(None),
            Err(Trouble::Damaged) => {
                self.unreadable.borrow_mut().insert(id);
                Ok(None)
            }
            content => content,
        }
    }

    fn about(&self, id: CommandId) -> Option<String> {
        let outbox = self.outbox.borrow();
        let mut items = outbox.items();
        items.find(|(item, _)| item.id == id)?.0.about.clone()
    }

    /// Stores what became of an item. One that is no longer stored needs no answer (3).
    async fn settle(&self, item: &Item) {
        let Ok(device) = self.device().await else {
            return;
        };
        if self.is_letter(item.id) {
            let _ = device.store_letter(item).await;
            self.outbox.borrow_mut().forget(item.id);
            return;
        }
        // The code first: without it the receipt would be of no use. A receipt that cannot be stored is asked for
        // again by the next start, under the same id.
        if let Standing::Received { receipt } = &item.standing
            && own::keep(&device, item, receipt).await.is_err()
        {
            return;
        }
        if let Standing::NeedsYou {
            reason:
                Reason::Rejected {
                    rejection: Rejection::EarlierReceived { earlier },
                },
        } = &item.standing
        {
            ask_for_receipt(&device, item, *earlier).await;
        }
        let stored = with_room(&device, async || device.store(item).await).await;
        if stored == Ok(true) && matches!(item.standing, Standing::Received { .. }) {
            // It was kept in case it came back.
            let draft = item.id.to_string();
            let _ = device.remove_with(item.id, Shelf::Drafts, &draft).await;
        }
    }
}

/// What an item was made of was received on another way: it goes once more, for its receipt, and the photos that had
/// been handed on follow it. The next look finds it.
async fn ask_for_receipt(device: &Device, item: &Item, earlier: CommandId) {
    let Ok(Some(content)) = device.content(item.id).await else {
        return;
    };
    let envelope: Option<Envelope<serde_json::Value>> = serde_json::from_str(&content).ok();
    let envelope = envelope.and_then(|envelope| envelope.earlier(earlier));
    if let Some(content) = envelope.and_then(|it| serde_json::to_string(&it).ok()) {
        let new = NewItem {
            id: earlier,
            about: item.about.clone(),
            replaces: None,
            kept_at: item.kept_at,
            content,
            opens: None,
        };
        let kept = with_room(device, async || device.keep(new.clone()).await).await;
        if kept.is_ok() {
            let _ = device.hand_media_on(item.id, earlier).await;
        }
    }
}
