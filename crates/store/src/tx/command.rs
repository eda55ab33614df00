//! Exactly once: the phone's id, a unique row, and the stored answer replayed.

use uuid::Uuid;

use super::Tx;
use crate::{Aggregate, County, StoreError, Timestamp, args};

const CLAIM: &str = "INSERT INTO command_answer (county, command_id, content_digest, at)
  VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
const SELECT: &str = "SELECT content_digest, aggregate_kind, aggregate_id, answer
  FROM command_answer WHERE county = $1 AND command_id = $2";
const FINISH: &str = "UPDATE command_answer
  SET aggregate_kind = $3, aggregate_id = $4, answer = $5
  WHERE county = $1 AND command_id = $2";
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
        if self
            .run(CLAIM, args![county, command_id, digest, at])
            .await?
            == 1
        {
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
        let args = args![owner.county, command_id, owner.kind, owner.id, sealed];
        if self.run(FINISH, args).await? == 1 {
            return Ok(());
        }
        Err(StoreError::corrupt(
            "an answer to a command that was never started",
        ))
    }
}

fn answer_field(command_id: Uuid) -> String {
    format!("{ANSWER} {command_id}")
}
