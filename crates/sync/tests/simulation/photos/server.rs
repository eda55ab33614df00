//! The server's side of photos: what arrives in pieces, is looked at, and kept.

use domain::{
    attachment::{AttachmentState, Unfit},
    ids::{AttachmentId, CommandId},
};
use sync::upload::{Heard, Step};

use super::{Photos, Sent, is_received};
use crate::{bug::Bug, server::Tables};

/// What arrived of an upload.
pub(super) struct Staged {
    length: u64,
    /// From where, to where, of what.
    pieces: Vec<(u64, u64, u64)>,
    offset: u64,
}

impl Staged {
    fn is_whole(&self, mark: u64) -> bool {
        let mut reached = 0;
        for (from, to, of) in &self.pieces {
            if *from != reached || *of != mark {
                return false;
            }
            reached = *to;
        }
        reached == self.length
    }
}

impl Photos {
    /// The server's side of one request.
    pub(super) fn serve(
        &mut self,
        tables: &Tables,
        sent: Sent,
        of: CommandId,
        mark: u64,
        step: Step,
    ) -> Result<Heard, String> {
        let (Sent::Readable(id) | Sent::Closed(id)) = sent;
        let is_letter = matches!(sent, Sent::Closed(_));
        if self.faults && self.chance.percent(4) {
            self.crash();
            return Ok(Heard::Nothing);
        }
        let is_received = is_received(tables, of);
        let is_named = self.named.get(&of).is_some_and(|named| named.contains(&id));
        let not_taken = Heard::State(AttachmentState::Refused {
            reason: Unfit::Damaged,
        });
        if !is_received || !is_named {
            return Ok(match step {
                Step::Announce if is_letter => not_taken,
                Step::Announce => Heard::Nothing,
                _ => Heard::Absent,
            });
        }
        let is_kept = self.kept.contains(&id) && self.bug != Some(Bug::PhotoKeptTwice);
        Ok(match step {
            Step::Wait(_) => Heard::Nothing,
            Step::Look if is_kept => Heard::State(AttachmentState::Received { bytes: 1 }),
            _ if is_kept => Heard::LookedAt,
            Step::Ask => match self.staged.get(&sent) {
                Some(staged) => Heard::Offset(staged.offset),
                None => Heard::Absent,
            },
            Step::Announce => {
                let length = self.pictures[&id].0;
                let staged = self.staged.entry(sent).or_insert(Staged {
                    length,
                    pieces: Vec::new(),
                    offset: 0,
                });
                Heard::Offset(staged.offset)
            }
            Step::Send { from, to } => self.take(sent, mark, from, to),
            Step::Look => return self.look_at(sent, id, mark),
        })
    }

    fn take(&mut self, sent: Sent, mark: u64, from: u64, to: u64) -> Heard {
        let Some(staged) = self.staged.get_mut(&sent) else {
            return Heard::Absent;
        };
        if from != staged.offset && self.bug != Some(Bug::OffsetNotChecked) {
            return Heard::Nothing;
        }
        // A line that breaks leaves a part of it.
        let cut = self.faults && self.chance.percent(10);
        let to = if cut { from + (to - from) / 2 } else { to };
        if to > from {
            staged.pieces.push((from, to, mark));
            staged.offset += to - from;
        }
        match cut {
            true => Heard::Nothing,
            false => Heard::Offset(staged.offset),
        }
    }

    /// The process ends: the last piece of each upload may not have reached the disk.
    fn crash(&mut self) {
        for staged in self.staged.values_mut() {
            if self.chance.percent(50)
                && let Some((from, to, _)) = staged.pieces.pop()
                && self.bug != Some(Bug::UnflushedCounted)
            {
                staged.offset -= to - from;
            }
        }
    }

    fn look_at(&mut self, sent: Sent, id: AttachmentId, mark: u64) -> Result<Heard, String> {
        let Some(staged) = self.staged.get(&sent) else {
            return Ok(match sent {
                Sent::Readable(_) => Heard::State(AttachmentState::Expected),
                Sent::Closed(_) => Heard::Absent,
            });
        };
        if staged.offset < staged.length {
            let (bytes, of) = (staged.offset, staged.length);
            return Ok(Heard::State(match sent {
                Sent::Readable(_) => AttachmentState::Arriving { bytes, of },
                Sent::Closed(_) => AttachmentState::Checking,
            }));
        }
        if self.faults && self.chance.percent(20) {
            return Ok(Heard::State(AttachmentState::Checking));
        }
        let is_whole = staged.is_whole(mark);
        self.staged.remove(&sent);
        if !is_whole {
            return Err(format!("truth 2: {id:?} arrived in pieces that do not fit"));
        }
        self.kept.push(id);
        Ok(Heard::State(AttachmentState::Received { bytes: 1 }))
    }
}
