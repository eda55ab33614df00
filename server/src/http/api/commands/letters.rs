//! Commands that come closed (`sync::letter`). They go the way of all commands; what differs is the
//! answer, which says no more than that there is one: the device that sent the letter may be in other
//! hands by now.

use domain::form::LookUpForm;
use sync::{
    Answer, Envelope, Rejection,
    letter::{Inside, Letter, Opens},
};

use super::{Sender, answer_unreadable, carried_out};
use crate::{
    clock,
    http::{
        AppState,
        opening::{LookedUp, looked_up},
        reads::failed,
    },
};

/// Opens one and carries out what it says.
pub async fn one(state: &AppState, letter: &Letter) -> Answer {
    let data = &state.data;
    let now = clock::now();
    if letter.county.as_str() != data.county.as_str() {
        return answer_unreadable("county".to_owned());
    }
    let opened = data.store.open_letter(data.county, letter, now.into());
    let inside = opened.map_err(|problem| problem.to_string());
    let inside = inside.and_then(|inside| {
        let Inside { envelope, opens } = inside;
        let envelope: Result<Envelope<serde_json::Value>, _> = serde_json::from_value(envelope);
        match envelope {
            Ok(envelope) if envelope.id == letter.letter => Ok((envelope, opens)),
            _ => Err("the letter holds another command".to_owned()),
        }
    });
    // The device keeps what is inside, and sends it readable once its person opens it.
    let (envelope, opens) = match inside {
        Ok(inside) => inside,
        Err(detail) => return answer_unreadable(detail),
    };
    let sender = match opens {
        None => Sender::Letter(None),
        Some(opens) => match holder(state, opens).await {
            Ok(holder) => holder,
            Err(later) => return later,
        },
    };
    let answer = carried_out(state, sender, envelope).await;
    told(state, letter, answer).await
}

async fn holder(state: &AppState, opens: Opens) -> Result<Sender<'static>, Answer> {
    let form = LookUpForm {
        code: opens.code,
        pin: opens.pin,
        phone: String::new(),
    };
    let Ok(look_up) = form.parse() else {
        return Ok(Sender::Letter(None));
    };
    match looked_up(state, &look_up).await {
        Ok(LookedUp::Found(found)) => Ok(Sender::Letter(Some(found.holder()))),
        Ok(LookedUp::Wrong) => Ok(Sender::Letter(None)),
        Ok(LookedUp::Slow) => Err(Answer::TryLater { after_seconds: 60 }),
        Err(error) => {
            failed(error);
            Err(Answer::TryLater { after_seconds: 5 })
        }
    }
}

/// The answer without what it says. A refusal waits here for whoever has the provisional number.
async fn told(state: &AppState, letter: &Letter, answer: Answer) -> Answer {
    let (store, county) = (&state.data.store, state.data.county);
    let (id, now) = (letter.letter.0, clock::now().into());
    let noted = match &answer {
        Answer::TryLater { .. } => return answer,
        // Under this id the server has something else: that stays what it is.
        Answer::Rejected {
            reason: Rejection::SameIdOtherContent,
        } => Ok(()),
        Answer::Received { .. } | Answer::Delivered => store.clear_letter_refusal(county, id).await,
        Answer::Rejected { .. } | Answer::Conflict { .. } => {
            let json = serde_json::to_vec(&answer).unwrap_or_default();
            store.keep_letter_refusal(county, id, &json, now).await
        }
    };
    if let Err(error) = noted {
        failed(error);
        return Answer::TryLater { after_seconds: 5 };
    }
    Answer::Delivered
}
