//! What a full phone has no room for, sent while its page is there.

use std::time::Duration;

use domain::{division::CountyCode, ids::CommandId, receipt::Receipt, refusal::Refusal};
use sync::{Answer, AreaCommand, Rejection, outbox::Outcome};

use super::{
    acts::{Under, envelope},
    driver::Driver,
    post::post,
};

/// Somebody waits, and what they typed is nowhere else.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Unstored {
    Received(Receipt),
    Refused(Refusal),
    /// Something else came under its id before: a try whose answer was lost, and was put right since.
    OtherCame,
    /// No answer, or photos that are here would be left behind: the person has to make room.
    NotNow,
}

impl Driver {
    /// Sends a command that could not be stored. Under its own id: however often it is sent, it is one.
    pub async fn send_unstored<C: AreaCommand>(
        &self,
        county: CountyCode,
        id: CommandId,
        command: C,
    ) -> Unstored {
        let Ok(device) = self.device().await else {
            return Unstored::NotNow;
        };
        let media = device.media().await.unwrap_or_default();
        let envelope = envelope(Under::default(), county, id, command);
        let (Ok(content), false) = (
            serde_json::to_string(&envelope),
            media.iter().any(|medium| medium.of == id),
        ) else {
            return Unstored::NotNow;
        };
        let Outcome::Answers(answers) = post(self.county(), &[id], &[content], PATIENCE).await
        else {
            return Unstored::NotNow;
        };
        match answers.into_iter().next() {
            Some((_, Answer::Received { receipt })) => Unstored::Received(receipt),
            Some((
                _,
                Answer::Rejected {
                    reason: Rejection::Refused { refusal },
                },
            )) => Unstored::Refused(refusal),
            Some((
                _,
                Answer::Rejected {
                    reason: Rejection::SameIdOtherContent,
                },
            )) => Unstored::OtherCame,
            _ => Unstored::NotNow,
        }
    }
}
