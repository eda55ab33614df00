use std::time::Duration;

use domain::ids::CommandId;

use super::{Item, MOST_ITEMS};

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) item: Item,
    /// Requests that had left by the time it came here. Their answers are not its own: before, it was forgotten, as
    /// the letter that it was until its space was opened.
    since: u64,
    /// Requests with it that came to nothing, in a row. Those with the fewest troubles go first, so that
    /// one that breaks every request is in nobody's way.
    pub(super) troubles: u32,
    /// How many go in one request with it: halved when the server fails with the request, until the one
    /// to blame is alone.
    pub(super) company: usize,
    /// When the server last failed with it alone.
    pub(super) failed_at: Option<Duration>,
    /// How often it did so after it had served others: then the fault is the item's.
    pub(super) to_blame: u32,
    pub(super) not_before: Duration,
    /// The server asked for quiet about it until then: only the person overrides it.
    pub(super) quiet_until: Duration,
}

impl Entry {
    pub(super) fn new(item: Item, since: u64) -> Self {
        Self {
            item,
            since,
            troubles: 0,
            company: MOST_ITEMS,
            failed_at: None,
            to_blame: 0,
            not_before: Duration::ZERO,
            quiet_until: Duration::ZERO,
        }
    }

    pub(super) fn opens(&self) -> Duration {
        self.not_before.max(self.quiet_until)
    }

    /// The same, from the beginning.
    pub(super) fn renew(&mut self, item: Item) {
        *self = Self::new(item, self.since);
    }

    /// Whether a request's answer is for it.
    pub(super) fn hears(&self, request: u64) -> bool {
        request > self.since && self.item.standing.is_waiting()
    }
}

/// Of the items that may go, as many as one request carries and as may go together.
pub(super) fn chosen(heads: &[&Entry], now: Duration, budget: usize) -> Vec<CommandId> {
    let mut ready: Vec<&&Entry> = heads.iter().filter(|head| head.opens() <= now).collect();
    ready.sort_by_key(|head| (head.to_blame, head.troubles));
    let (mut left, mut room) = (budget, MOST_ITEMS);
    let mut ids = Vec::new();
    for head in ready {
        room = room.min(head.company);
        // The first goes however large it is.
        if !ids.is_empty() && (ids.len() >= room || head.item.bytes > left) {
            break;
        }
        left = left.saturating_sub(head.item.bytes);
        ids.push(head.item.id);
    }
    ids
}
