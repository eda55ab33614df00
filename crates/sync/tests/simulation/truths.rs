//! What no fault may break, by the numbers of the budgets page. The seventh, that nobody sees what is
//! another's, needs two people at one phone and is not part of this model.

use std::collections::{BTreeMap, BTreeSet};

use domain::booking::Placement;
use sync::{Answer, Rejection, outbox::Standing};

use crate::{
    phone::{Phone, Told},
    run::Run,
    server::{Content, PLACES, Tables},
};

/// Checks what holds at every moment.
pub fn hold(run: &Run) -> Result<(), String> {
    places(&run.server.tables)?;
    once(run)?;
    fold(run)?;
    for phone in &run.phones {
        told(run, phone)?;
    }
    Ok(())
}

/// 4: places and serials.
fn places(tables: &Tables) -> Result<(), String> {
    let serials: Vec<u32> = tables
        .bookings
        .iter()
        .map(|(_, serial, _)| *serial)
        .collect();
    let wanted: Vec<u32> = (1..).take(serials.len()).collect();
    ensure(serials == wanted, || {
        format!("truth 4: serials {serials:?}")
    })?;
    let mut confirmed = Vec::new();
    for (_, _, placement) in &tables.bookings {
        if let Placement::Confirmed(place) = placement {
            confirmed.push(place.ticket);
        }
    }
    let different: BTreeSet<_> = confirmed.iter().collect();
    ensure(
        confirmed.len() <= PLACES as usize && different.len() == confirmed.len(),
        || format!("truth 4: {} of {PLACES} places", confirmed.len()),
    )
}

/// 3: one id, one case, one content.
fn once(run: &Run) -> Result<(), String> {
    let tables = &run.server.tables;
    let bookings = tables.bookings.iter().map(|(id, ..)| id);
    let acts: Vec<_> = bookings
        .chain(tables.notes.iter().map(|(id, _)| id))
        .collect();
    let different: BTreeSet<_> = acts.iter().collect();
    ensure(acts.len() == different.len(), || {
        "truth 3: one id was carried out twice".to_owned()
    })?;
    let mut meant = BTreeMap::new();
    for phone in &run.phones {
        meant.extend(&phone.meant);
        for (item, content) in &phone.stored {
            ensure(phone.meant.get(&item.id) == Some(content), || {
                format!("truth 3: {:?} has another content", item.id)
            })?;
        }
    }
    for (id, (content, _)) in &tables.answers {
        ensure(meant.get(id).is_some_and(|known| *known == content), || {
            format!("truth 3: nobody sent {content:?} as {id:?}")
        })?;
    }
    Ok(())
}

/// The server's word to who sends other content under a known id.
pub fn other_content_is_refused(answers: &[Answer]) -> Result<(), String> {
    let refused = matches!(
        answers,
        [Answer::Rejected {
            reason: Rejection::SameIdOtherContent
        }]
    );
    ensure(refused, || {
        format!("truth 3: other content was answered {answers:?}")
    })
}

/// 6: the tables follow from the log.
fn fold(run: &Run) -> Result<(), String> {
    ensure(run.folded == run.server.tables, || {
        "truth 6: the tables do not follow from the log".to_owned()
    })
}

/// 1, 2, 5 and 9: what a person was told is true, and stays.
fn told(run: &Run, phone: &Phone) -> Result<(), String> {
    for (id, told) in &phone.told {
        let stored = phone.stored.iter().find(|(item, _)| item.id == *id);
        let standing = stored.map(|(item, _)| &item.standing);
        let answer = run.server.tables.answers.get(id).map(|(_, answer)| answer);
        let holds = match told {
            Told::Saved => stored.is_some(),
            Told::Received(receipt) => {
                let receipt = receipt.clone();
                let there = answer
                    == Some(&Answer::Received {
                        receipt: receipt.clone(),
                    });
                there && standing == Some(&Standing::Received { receipt })
            }
            Told::NeedsYou => matches!(standing, Some(Standing::NeedsYou { .. })),
            Told::Discarded { sent_back: false } => answer.is_none(),
            Told::Discarded { sent_back: true } => !matches!(answer, Some(Answer::Received { .. })),
        };
        ensure(holds, || {
            format!("{told:?} was said of {id:?}, which is {standing:?} here, {answer:?} there")
        })?;
    }
    Ok(())
}

/// 8: after the faults everything was answered. What the server cannot take is known to its person or
/// still tried.
pub fn drained(run: &Run) -> Result<(), String> {
    for phone in &run.phones {
        for (item, content) in &phone.stored {
            let poison = matches!(content, Content::Poison(_));
            ensure(poison || !item.standing.is_waiting(), || {
                format!("truth 8: {content:?} still waits")
            })?;
        }
    }
    Ok(())
}

fn ensure(holds: bool, broken: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(broken()) }
}
