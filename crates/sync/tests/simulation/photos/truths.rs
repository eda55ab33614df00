//! What no fault may break of photos, by the numbers of the budgets page.

use std::collections::BTreeSet;

use domain::ids::AttachmentId;
use sync::upload::MediumPlace;

use super::{Photos, is_received};
use crate::{phone::Phone, server::Tables};

impl Photos {
    /// 2, 3 and 9: what was said to be saved is here or there, once, and *received* means there.
    pub fn hold(&self, phones: &[Phone], tables: &Tables) -> Result<(), String> {
        let different: BTreeSet<_> = self.kept.iter().collect();
        if different.len() != self.kept.len() {
            return Err("truth 3: a photo is kept twice".to_owned());
        }
        for (shelf, phone) in self.shelves.iter().zip(phones) {
            for (attachment, is_saved) in &shelf.told {
                let is_there = self.kept.contains(attachment);
                let medium = shelf.media.get(attachment);
                let holds = match (is_saved, medium.map(|medium| medium.place)) {
                    (true, Some(MediumPlace::Here)) => true,
                    (true, Some(MediumPlace::Received)) => is_there,
                    (true, Some(MediumPlace::Refused { .. }) | None) => false,
                    (false, _) => {
                        let closed = shelf.closed.contains_key(attachment);
                        closed || is_there || !self.was_wanted(phone, tables, *attachment)
                    }
                };
                if !holds {
                    let place = medium.map(|medium| medium.place);
                    return Err(format!(
                        "truth 2: a photo that was saved is {place:?} here, and there: {is_there}"
                    ));
                }
            }
        }
        Ok(())
    }

    /// Whether the server has received words that name it, or will.
    fn was_wanted(&self, phone: &Phone, tables: &Tables, attachment: AttachmentId) -> bool {
        let named = self.named.iter();
        let mut of = named.filter(|(_, named)| named.contains(&attachment));
        of.any(|(of, _)| is_received(tables, *of) || phone.device.records.contains_key(of))
    }

    /// 8: what may go has gone.
    pub fn drained(&self, phones: &[Phone]) -> Result<(), String> {
        for (at, phone) in phones.iter().enumerate() {
            for tab in &phone.tabs {
                if let Some((sent, ..)) = self.ready(at, phone, tab).first() {
                    return Err(format!("truth 8: {sent:?} still waits"));
                }
            }
        }
        Ok(())
    }
}
