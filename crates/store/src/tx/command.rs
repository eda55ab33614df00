//! Exactly once: the phone's id, a unique row, and the stored answer replayed.

use uuid::Uuid;

use super::Tx;
use crate::sql::Insert;
use crate::{Aggregate, County, StoreError, Timestamp, args};

const CLAIM: &str = "INSERT INTO command_answer (county, command_id, content_digest, at)
  VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
const SELECT: &str = "SELECT content_digest, aggregate_kind, aggregate_id, answer
  FROM command_answer WHERE county = $1 AND command_id = $2";
/// Of a command that was claimed, whose row is therefore there.
static FINISH: Insert = Insert {
    into: "INSERT INTO command_answer
      (county, command_id, content_digest, at, aggregate_kind, aggregate_id, answer) VALUES",
    rest: "ON CONFLICT (county, command_id) DO UPDATE SET aggregate_kind = excluded.aggregate_kind,
      aggregate_id = excluded.aggregate_id, answer = excluded.answer",
    key: 2,
};
const ANSWER: &str = "answer";

/// What to do with a command that has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextAction {
    /// It is new: decide, write, and call [`Tx::finish_command`] in the same job.
    Start,
    /// It was done before: this is its answer. `None` when the matter has been erased since.
    Replay(Option<Vec<u8>>),
    /// The id was used for other content: refuse, keep both.
    DifferentContent,
}

/// What a claimed command's row says already.
#[derive(Clone, Copy)]
pub(super) struct Claim {
    digest: [u8; 32],
    at: Timestamp,
}

impl Tx {
    /// Claims a command's id. `content` is the canonical serialisation of the command; only a
    /// keyed digest of it is kept. A second server waits here until the first has committed.
    pub async fn start_command(
        &mut self,
        county: County,
        command_id: Uuid,
        content: &[u8],
        at: Timestamp,
    ) -> Result<NextAction, StoreError> {
        let digest = self.reader.keyring.digest("command", content);
        // Claims are in no batch, and the answers that are can only wait in rows that are claimed.
        let args = args![county, command_id, digest, at];
        let claimed = self.reader.link.execute_aside(CLAIM, args).await;
        if self.note(claimed)? == 1 {
            self.known.claim(command_id, Claim { digest, at });
            return Ok(NextAction::Start);
        }
        let row = self
            .reader
            .fetch_optional(SELECT, args![county, command_id])
            .await?;
        let row = row.ok_or_else(|| StoreError::corrupt("a command that vanished"))?;
        if row.bytes(0)? != digest {
            return Ok(NextAction::DifferentContent);
        }
        let (Some(kind), Some(id)) = (row.maybe_text(1)?, row.maybe_id(2)?) else {
            return Err(StoreError::corrupt("a command without its answer"));
        };
        let owner = Aggregate::new(county, kind, id);
        self.reader
            .open(&owner, &answer_field(command_id), row.bytes(3)?)
            .await
            .map(NextAction::Replay)
    }

    /// Stores the answer under the key of `owner`, so that it goes when the matter is erased.
    pub async fn finish_command(
        &mut self,
        command_id: Uuid,
        owner: &Aggregate<'_>,
        answer: &[u8],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let sealed = self
            .seal(owner, &answer_field(command_id), answer, at)
            .await?;
        let Some(Claim { digest, at }) = self.known.claimed(command_id) else {
            return Err(StoreError::corrupt(
                "an answer to a command that was never started",
            ));
        };
        let args = args![
            owner.county,
            command_id,
            digest,
            at,
            owner.kind,
            owner.id,
            sealed
        ];
        self.insert(&FINISH, args).await.map(drop)
    }
}

fn answer_field(command_id: Uuid) -> String {
    format!("{ANSWER} {command_id}")
}
