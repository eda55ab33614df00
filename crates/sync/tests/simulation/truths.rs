//! What no fault may break, by the numbers of the budgets page.

use std::{
    collections::{BTreeSet, btree_map::Iter},
    iter::Peekable,
};

use domain::{booking::Placement, ids::CommandId, provisional::ProvisionalNumber};
use sync::{Answer, Rejection, outbox::Standing, view::Fate};

use crate::{
    device::{LetterState, Record, Whose},
    phone::{Phone, Told},
    run::Run,
    server::{Content, Message, PLACES, Server, Tables},
};

/// Checks what holds at every moment.
pub fn hold(run: &Run) -> Result<(), String> {
    if run.was_served {
        places(&run.server.tables)?;
        once(run)?;
        fold(run)?;
    }
    for phone in &run.phones {
        same(phone)?;
        told(run, phone)?;
        theirs(phone)?;
    }
    run.photos.hold(&run.phones, &run.server.tables)
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
    let meant = run.phones.iter().map(|phone| phone.meant.iter().peekable());
    let mut meant: Vec<_> = meant.collect();
    for (id, (content, ..)) in &tables.answers {
        let sent = meant.iter_mut().any(|meant| of(meant, id) == Some(content));
        ensure(sent, || {
            format!("truth 3: nobody sent {content:?} as {id:?}")
        })?;
    }
    Ok(())
}

/// 3: what a phone keeps is what its person meant.
fn same(phone: &Phone) -> Result<(), String> {
    let mut meant = phone.meant.iter().peekable();
    for record in phone.device.records.values() {
        let meant = of(&mut meant, &record.id);
        let content = record.sealed.as_ref().map(|(_, content)| content);
        let same = content.is_none_or(|it| meant == Some(it));
        ensure(same, || {
            format!("truth 3: {:?} has another content", record.id)
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
    let mut records = phone.device.records.iter().peekable();
    let mut answers = run.server.tables.answers.iter().peekable();
    for (id, told) in &phone.told {
        let stored = of(&mut records, id);
        let sealed = stored.and_then(|record| record.sealed.as_ref());
        let standing = sealed.map(|(item, _)| &item.standing);
        let answer = of(&mut answers, id).map(|(.., answer)| answer);
        let holds = match told {
            Told::Saved => sealed.is_some(),
            // What the server cannot take is not lost by the phone.
            Told::LetterLeft => {
                let goes = stored.is_some_and(|record| record.closed.is_some());
                let poison = matches!(phone.meant.get(id), Some(Content::Poison(_)));
                goes || answer.is_some() || poison
            }
            Told::Received(said) => {
                let there = matches!(answer, Some(Answer::Received { receipt }) if receipt == said);
                let here =
                    matches!(standing, Some(Standing::Received { receipt }) if receipt == said);
                there && here
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

/// 7: what is on a screen is of the person whose turn it is there, or everybody's where it is nobody's; so is
/// what was said. A tab whose turn is over shows nothing before it is looked at, and then it is locked. What a new
/// space has taken over leaves another tab's screen when that reads again.
fn theirs(phone: &Phone) -> Result<(), String> {
    if let Some(betrayed) = &phone.betrayed {
        return Err(format!("truth 7: {betrayed}"));
    }
    let everybodys = |record: &Record| record.whose == Whose::Everybody;
    if phone.device.spaces.is_empty() && phone.device.records.values().all(everybodys) {
        return Ok(());
    }
    let mut owners = phone.owners.iter().peekable();
    for record in phone.device.records.values() {
        let (whose, owner) = (record.whose, of(&mut owners, &record.id));
        let belongs = owner.is_some_and(|(owner, _)| *owner == whose);
        ensure(belongs || whose == Whose::Carried, || {
            format!("truth 7: what is of {owner:?} lies with what is of {whose:?}")
        })?;
    }
    let looked_at = phone.tabs.iter().filter(|tab| !tab.turn_is_over);
    for tab in looked_at.filter(|_| phone.shows_more) {
        for item in tab.shown() {
            let shown = phone.owners.get(&item.id);
            let theirs = shown.is_some_and(|(owner, since)| {
                *owner == tab.whose() || (tab.open.is_none() && tab.read <= *since)
            });
            ensure(theirs, || {
                let whose = tab.whose();
                format!("truth 7: {whose:?} sees {:?} of {shown:?}", item.id)
            })?;
        }
    }
    Ok(())
}

/// 7, and 5: a letter's answer says nothing; what became of it is told under its provisional number.
pub fn letter_says_nothing(
    server: &Server,
    message: &Message,
    answer: &Answer,
) -> Result<(), String> {
    if !message.posted.is_letter() {
        return Ok(());
    }
    ensure(*answer == Answer::Delivered, || {
        format!("truth 7: a letter was answered {answer:?}")
    })?;
    let known = server.tables.answers.get(&message.id);
    let wanted = match known.map(|(.., answer)| answer) {
        Some(Answer::Received { .. }) => Fate::Received,
        Some(Answer::Rejected { reason }) => Fate::SentBack {
            reason: Some(reason.clone()),
        },
        // Under this id the server has nothing: it was not opened.
        _ => return Ok(()),
    };
    let told = server.by_number(ProvisionalNumber::of(message.id));
    let asked = server.delivered.contains(&message.id);
    ensure(!asked || told == wanted, || {
        format!("truth 5: {told:?} is told of a letter, and it is {wanted:?}")
    })
}

/// 8: after the faults everything was answered. What the server cannot take is known to its person or
/// still tried; of what is locked away the letters are delivered.
pub fn drained(run: &Run) -> Result<(), String> {
    for phone in &run.phones {
        let open = |whose| phone.tabs.iter().any(|tab| tab.whose() == whose);
        for record in phone.device.records.values() {
            let Some((item, content)) = &record.sealed else {
                // Of another phone's poison nothing is known here.
                let tried = record.letter_waits() && !run.is_poison(record.id);
                ensure(!tried, || {
                    format!("truth 8: {:?} was not carried", record.id)
                })?;
                continue;
            };
            let waits = match record.whose {
                // An act on one's own matter needs a code that is not looked for in another's turn.
                Whose::Everybody if item.about.is_some() && !open(Whose::Everybody) => false,
                whose if whose == Whose::Everybody || open(whose) => item.standing.is_waiting(),
                _ => record.letter == Some(LetterState::Waits) && record.letter_waits(),
            };
            let poison = matches!(content, Content::Poison(_));
            ensure(poison || !waits, || {
                let whose = record.whose;
                format!("truth 8: {content:?} of {whose:?} still waits")
            })?;
            ensure(item.standing != Standing::Delivered, || {
                format!("truth 8: {content:?} counts as delivered, and its receipt never comes")
            })?;
        }
    }
    run.photos.drained(&run.phones)
}

/// What one map has of the ids of another, both in their order: looking each up takes most of a run.
fn of<'a, V>(walk: &mut Peekable<Iter<'a, CommandId, V>>, id: &CommandId) -> Option<&'a V> {
    while walk.next_if(|(known, _)| *known < id).is_some() {}
    walk.next_if(|(known, _)| *known == id)
        .map(|(_, value)| value)
}

fn ensure(holds: bool, broken: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(broken()) }
}
