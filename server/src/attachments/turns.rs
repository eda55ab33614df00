//! One request at a time for each upload. The later one is the same phone on another connection, whose
//! earlier one the server does not know to be cut: that one ends.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use store::records::Attachment;
use tokio::{sync::oneshot, time::timeout};

/// What an earlier request may still take, should its bytes be there already.
const MOMENT: Duration = Duration::from_secs(1);

/// The latest request of each upload that has one.
#[derive(Clone, Default)]
pub struct Turns(Arc<Mutex<HashMap<Attachment, Latest>>>);

struct Latest {
    /// Dropped when a later one wants the turn.
    over: oneshot::Sender<()>,
    /// Resolves when the turn is over.
    ended: oneshot::Receiver<()>,
}

/// Over when it is dropped.
pub struct Turn {
    turns: Turns,
    of: Attachment,
    /// Resolves when a later request wants the turn.
    pub over: oneshot::Receiver<()>,
    _ended: oneshot::Sender<()>,
}

impl Turns {
    /// Waits for the earlier request of the same upload, which is told to end. Says whether there was one.
    pub async fn next(&self, of: Attachment) -> (Turn, bool) {
        let (turn, before) = self.queue(of);
        let waited = before.is_some();
        if let Some(Latest { over, mut ended }) = before
            && timeout(MOMENT, &mut ended).await.is_err()
        {
            drop(over);
            let _ = ended.await;
        }
        (turn, waited)
    }

    fn queue(&self, of: Attachment) -> (Turn, Option<Latest>) {
        let (over, is_over) = oneshot::channel();
        let (end, ended) = oneshot::channel();
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = latest.insert(of, Latest { over, ended });
        let turn = Turn {
            turns: self.clone(),
            of,
            over: is_over,
            _ended: end,
        };
        (turn, before)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.over.close();
        let mut latest = self.turns.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Another's is open.
        if latest.get(&self.of).is_some_and(|it| it.over.is_closed()) {
            latest.remove(&self.of);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use domain::ids::{AttachmentId, CaseId};
    use store::records::Owner;
    use uuid::Uuid;

    use super::*;

    fn upload(n: u128) -> Attachment {
        let (case, id) = (CaseId(Uuid::nil()), AttachmentId(Uuid::from_u128(n)));
        Attachment::new(crate::demo::county(), Owner::Case(case), id)
    }

    #[tokio::test]
    async fn the_later_one_of_an_upload_ends_the_earlier() {
        let (turns, begun) = (Turns::default(), Instant::now());
        let (mut first, waited) = turns.next(upload(1)).await;
        assert!(!waited);
        let (_other, waited) = turns.next(upload(2)).await;
        assert!(!waited, "each upload has its own");
        let later = tokio::spawn({
            let turns = turns.clone();
            async move { turns.next(upload(1)).await }
        });
        assert!((&mut first.over).await.is_err());
        assert!(begun.elapsed() >= MOMENT);
        assert!(!later.is_finished());
        drop(first);
        let (second, waited) = later.await.unwrap();
        assert!(waited);
        drop(second);
        assert_eq!(turns.0.lock().unwrap().len(), 1, "nothing stays of it");
    }

    #[tokio::test]
    async fn of_many_each_waits_for_the_one_before() {
        let turns = Turns::default();
        let (first, _) = turns.next(upload(1)).await;
        let later: Vec<_> = (0..3)
            .map(|_| {
                let turns = turns.clone();
                tokio::spawn(async move { turns.next(upload(1)).await })
            })
            .collect();
        tokio::time::sleep(MOMENT * 2).await;
        assert!(later.iter().all(|it| !it.is_finished()));
        drop(first);
        for one in later {
            drop(one.await.unwrap());
        }
        assert!(turns.0.lock().unwrap().is_empty());
    }
}
