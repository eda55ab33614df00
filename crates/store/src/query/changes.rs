//! What a phone that keeps the public pages is to fetch again.

use sync::view::{Changed, ChangedKind, Changes as View};

use crate::{Change, Changes, County, Cursor, PUBLIC, Reader, StoreError, kind};

/// Changes in one answer.
const PAGE_SIZE: u32 = 500;

impl Reader {
    /// What everybody may know of since `since`. What is no cursor of this county starts afresh.
    pub async fn public_changes(
        &mut self,
        county: County,
        since: &str,
    ) -> Result<View, StoreError> {
        let end = self.feed_end(county).await?;
        let Some(since) = Cursor::parse(since) else {
            return Ok(afresh(end));
        };
        let everybody = [PUBLIC.to_owned()];
        match self.changes(county, &everybody, since, PAGE_SIZE).await? {
            Changes::StartAfresh { from } => Ok(afresh(from)),
            Changes::Page { changes, next } => Ok(View {
                next: next.to_string(),
                afresh: false,
                more: changes.len() >= PAGE_SIZE as usize,
                changed: each_once(changes),
            }),
        }
    }
}

fn afresh(from: Cursor) -> View {
    View {
        next: from.to_string(),
        afresh: true,
        changed: Vec::new(),
        more: false,
    }
}

fn each_once(changes: Vec<Change>) -> Vec<Changed> {
    let mut changed: Vec<Changed> = Vec::new();
    for change in changes {
        let kind = match change.aggregate_kind.as_str() {
            kind::VISIT => ChangedKind::Visit,
            kind::MATTER => ChangedKind::Matter,
            _ => ChangedKind::Other,
        };
        let id = change.aggregate_id;
        changed.retain(|known| known.id != id);
        changed.push(Changed { kind, id });
    }
    changed
}
