mod leaving;
mod letters;

use std::time::Duration;

use chrono::DateTime;
use domain::{
    given::Dice,
    ids::{CaseId, CommandId},
    receipt::Receipt,
    refusal::Refusal,
};
use uuid::Uuid;

use super::*;
use crate::{Answer, Rejection};

/// Rolls nothing: every pause is the shortest it may be.
struct Low;

impl Dice for Low {
    fn roll(&mut self) -> u64 {
        0
    }
}

fn id(n: u128) -> CommandId {
    CommandId(Uuid::from_u128(n))
}

fn item(n: u128) -> Item {
    Item {
        id: id(n),
        number: n as u64,
        about: None,
        replaces: None,
        kept_at: DateTime::UNIX_EPOCH,
        bytes: 500,
        standing: Standing::Kept,
    }
}

fn about(n: u128, about: &str) -> Item {
    Item {
        about: Some(about.to_owned()),
        ..item(n)
    }
}

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn outbox(items: impl IntoIterator<Item = Item>) -> Outbox {
    Outbox::restore(items.into_iter().collect())
}

/// The end of the newest request.
fn answered(outbox: &mut Outbox, outcome: Outcome, now: Duration) -> Vec<Item> {
    outbox.answered(outbox.requests, outcome, now, &mut Low)
}

fn sent(outbox: &mut Outbox, now: Duration) -> Vec<CommandId> {
    match outbox.next(now) {
        Step::Send(batch) => batch.ids,
        Step::Wait(_) | Step::Rest => Vec::new(),
    }
}

fn received(n: u128) -> Answer {
    Answer::Received {
        receipt: Receipt::Case {
            case: CaseId(Uuid::from_u128(n)),
        },
    }
}

/// One answer for each.
fn answers(answers: impl IntoIterator<Item = (u128, Answer)>) -> Outcome {
    let answers = answers.into_iter();
    Outcome::Answers(answers.map(|(n, answer)| (id(n), answer)).collect())
}

fn all_received(batch: &Batch) -> Outcome {
    let ids = batch.ids.iter();
    Outcome::Answers(ids.map(|id| (*id, received(1))).collect())
}

fn rejected() -> Answer {
    Answer::Rejected {
        reason: Rejection::Refused {
            refusal: Refusal::NotFound,
        },
    }
}

fn standing(outbox: &Outbox, n: u128) -> Standing {
    let mut items = outbox.items();
    let (item, _) = items.find(|(item, _)| item.id == id(n)).unwrap();
    item.standing.clone()
}

#[test]
fn an_item_is_tried_before_it_leaves_and_received_with_its_receipt() {
    let mut outbox = outbox([item(1)]);
    let Step::Send(batch) = outbox.next(at(0)) else {
        panic!("nothing to send");
    };
    assert_eq!(batch.ids, [id(1)]);
    assert_eq!(batch.first_time[0].standing, Standing::Tried);
    assert_eq!(outbox.next(at(0)), Step::Rest);
    let changed = answered(&mut outbox, answers([(1, received(1))]), at(1));
    assert!(matches!(changed[0].standing, Standing::Received { .. }));
    assert_eq!(outbox.waiting(), 0);
    assert_eq!(outbox.next(at(1)), Step::Rest);
}

#[test]
fn a_lost_answer_is_asked_for_again_under_the_same_id() {
    let mut outbox = outbox([item(1)]);
    sent(&mut outbox, at(0));
    assert_eq!(answered(&mut outbox, Outcome::Nothing, at(30)), []);
    let Step::Wait(until) = outbox.next(at(30)) else {
        panic!("it waits first");
    };
    let Step::Send(batch) = outbox.next(until) else {
        panic!("then it goes");
    };
    assert_eq!((batch.ids, batch.first_time), (vec![id(1)], vec![]));
}

#[test]
fn pauses_grow_to_half_a_minute_for_who_looks_and_to_five_minutes_otherwise() {
    for (visible, longest) in [(true, at(30)), (false, at(300))] {
        let mut outbox = outbox([item(1)]);
        outbox.set_visible(visible, at(0));
        let mut now = at(0);
        let mut pauses = Vec::new();
        for _ in 0..20 {
            assert_eq!(sent(&mut outbox, now), [id(1)]);
            answered(&mut outbox, Outcome::Nothing, now);
            let Step::Wait(until) = outbox.next(now) else {
                panic!("it waits");
            };
            pauses.push(until - now);
            now = until;
        }
        assert!(pauses.is_sorted());
        assert_eq!(pauses[0], Duration::from_millis(500));
        assert_eq!(*pauses.last().unwrap(), longest / 2);
    }
}

#[test]
fn a_regained_network_or_a_look_sends_at_once() {
    let regain: [fn(&mut Outbox, Duration); 3] = [
        |outbox, now| outbox.regained(now),
        |outbox, now| {
            outbox.set_visible(false, now);
            outbox.set_visible(true, now);
        },
        |outbox, now| outbox.send_now(now),
    ];
    for regain in regain {
        let mut outbox = outbox([item(1)]);
        for second in 0..6 {
            sent(&mut outbox, at(second * 100));
            answered(&mut outbox, Outcome::Nothing, at(second * 100));
        }
        assert!(matches!(outbox.next(at(501)), Step::Wait(_)));
        regain(&mut outbox, at(502));
        assert_eq!(sent(&mut outbox, at(502)), [id(1)]);
    }
}

#[test]
fn quiet_that_the_server_asked_for_is_kept_unless_the_person_asks() {
    let mut outbox = outbox([item(1)]);
    sent(&mut outbox, at(0));
    let busy = Outcome::Busy {
        after_seconds: Some(120),
    };
    answered(&mut outbox, busy, at(0));
    outbox.regained(at(60));
    assert_eq!(outbox.next(at(60)), Step::Wait(at(120)));
    outbox.send_now(at(61));
    assert_eq!(sent(&mut outbox, at(61)), [id(1)]);
}

#[test]
fn quiet_about_one_item_is_kept_and_the_others_go() {
    let mut outbox = outbox([item(1), item(2)]);
    sent(&mut outbox, at(0));
    let later = Answer::TryLater { after_seconds: 120 };
    answered(&mut outbox, answers([(1, later), (2, received(2))]), at(0));
    outbox.add(item(3), at(1));
    outbox.regained(at(1));
    assert_eq!(sent(&mut outbox, at(1)), [id(3)]);
    answered(&mut outbox, answers([(3, received(3))]), at(1));
    assert_eq!(outbox.next(at(60)), Step::Wait(at(120)));
}

#[test]
fn items_about_one_thing_keep_their_order() {
    let mut outbox = outbox([about(1, "case a"), about(2, "case a"), about(3, "case b")]);
    assert_eq!(sent(&mut outbox, at(0)), [id(1), id(3)]);
    let activities: Vec<Activity> = outbox.items().map(|(_, activity)| activity).collect();
    let expected = [Activity::Sending, Activity::Behind, Activity::Sending];
    assert_eq!(activities, expected);
    let later = Answer::TryLater { after_seconds: 5 };
    answered(&mut outbox, answers([(1, later), (3, received(3))]), at(0));
    assert_eq!(outbox.next(at(1)), Step::Wait(at(5)));
    assert_eq!(sent(&mut outbox, at(5)), [id(1)]);
    // Sent back is an answer: what comes after it is judged by the server.
    answered(&mut outbox, answers([(1, rejected())]), at(5));
    assert_eq!(sent(&mut outbox, at(5)), [id(2)]);
}

#[test]
fn one_that_is_sent_back_stays_and_the_others_go() {
    let mut outbox = outbox([item(1), item(2)]);
    sent(&mut outbox, at(0));
    answered(
        &mut outbox,
        answers([(1, rejected()), (2, received(2))]),
        at(0),
    );
    assert!(matches!(standing(&outbox, 1), Standing::NeedsYou { .. }));
    assert_eq!(outbox.next(at(0)), Step::Rest);
    assert_eq!(outbox.again(id(1)), None, "an answer stays the answer");
}

#[test]
fn who_signs_in_again_sends_the_same_item() {
    let mut outbox = outbox([item(1)]);
    sent(&mut outbox, at(0));
    let asks = Answer::Rejected {
        reason: Rejection::SignInNeeded,
    };
    answered(&mut outbox, answers([(1, asks)]), at(0));
    let again = outbox.again(id(1)).unwrap();
    assert_eq!(again.standing, Standing::Tried);
    assert_eq!(outbox.next(at(1)), Step::Rest, "not before that is stored");
    outbox.renew(again);
    assert_eq!(sent(&mut outbox, at(1)), [id(1)]);
}

#[test]
fn one_the_server_fails_with_is_found_out_and_stops_nobody() {
    let mut outbox = outbox([item(1), item(2), item(3)]);
    let mut now = at(0);
    let poison = id(2);
    for _ in 0..60 {
        let batch = match outbox.next(now) {
            Step::Send(batch) => batch,
            Step::Wait(until) => {
                // A screen asks for something meanwhile, and the server answers.
                now = until;
                outbox.heard(now);
                continue;
            }
            Step::Rest => break,
        };
        let outcome = if batch.ids.contains(&poison) {
            Outcome::Failed { status: 500 }
        } else {
            all_received(&batch)
        };
        answered(&mut outbox, outcome, now);
    }
    assert!(matches!(standing(&outbox, 1), Standing::Received { .. }));
    assert!(matches!(standing(&outbox, 3), Standing::Received { .. }));
    let trouble = Standing::NeedsYou {
        reason: Reason::Trouble { status: 500 },
    };
    assert_eq!(standing(&outbox, 2), trouble);
    assert!(outbox.again(poison).is_some());
}

#[test]
fn a_server_that_fails_with_everything_is_waited_for() {
    let mut outbox = outbox((1..=50).map(item));
    let (mut now, mut requests) = (at(0), 0);
    while now < at(3600) {
        match outbox.next(now) {
            Step::Send(_) => {
                requests += 1;
                answered(&mut outbox, Outcome::Failed { status: 500 }, now);
            }
            Step::Wait(until) => now = until,
            Step::Rest => panic!("an item stopped waiting"),
        }
    }
    assert_eq!(outbox.waiting(), 50);
    // Five items every 15 seconds, the shortest the longest pause may be.
    assert!(requests < 1250, "{requests} requests in an hour");
    now += at(45);
    while outbox.waiting() > 0 {
        match outbox.next(now) {
            Step::Send(batch) => {
                answered(&mut outbox, all_received(&batch), now);
            }
            Step::Wait(until) => now = until,
            Step::Rest => panic!("an item stopped waiting"),
        }
    }
}

#[test]
fn one_that_breaks_every_request_is_in_nobodys_way() {
    let mut outbox = outbox((1..=20).map(item));
    let mut now = at(0);
    for _ in 0..200 {
        match outbox.next(now) {
            Step::Send(batch) if batch.ids.contains(&id(1)) => {
                answered(&mut outbox, Outcome::Nothing, now);
            }
            Step::Send(batch) => {
                answered(&mut outbox, all_received(&batch), now);
            }
            Step::Wait(until) => now = until,
            Step::Rest => panic!("the last one stopped waiting"),
        }
    }
    assert_eq!(outbox.waiting(), 1);
    assert_eq!(standing(&outbox, 1), Standing::Tried);
}

#[test]
fn a_request_carries_what_a_weak_line_does() {
    let large = |n| Item {
        bytes: 30 * 1024,
        ..item(n)
    };
    let mut outbox = outbox([large(1), large(2), large(3)]);
    assert_eq!(sent(&mut outbox, at(0)), [id(1), id(2)]);
    answered(&mut outbox, Outcome::Nothing, at(30));
    assert_eq!(sent(&mut outbox, at(31)).len(), 1);
}

#[test]
fn fifty_small_items_go_in_one_request() {
    let mut outbox = outbox((1..=51).map(item));
    assert_eq!(sent(&mut outbox, at(0)).len(), 50);
}

#[test]
fn two_tabs_and_one_item() {
    let mut outbox = outbox([item(1)]);
    outbox.add(item(1), at(0));
    assert_eq!(sent(&mut outbox, at(0)), [id(1)]);
    let Some(known) = Standing::of(received(1)) else {
        panic!("an answer");
    };
    // The other tab heard first; what comes here afterwards changes nothing.
    outbox.learn(id(1), known.clone());
    let changed = answered(&mut outbox, answers([(1, rejected())]), at(1));
    assert_eq!(changed, []);
    assert_eq!(standing(&outbox, 1), known);
}

#[test]
fn what_is_kept_reads_the_same_in_later_releases() {
    let reasons = [
        Standing::Kept,
        Standing::Tried,
        Standing::of(received(1)).unwrap(),
        Standing::of(rejected()).unwrap(),
    ];
    let written: Vec<String> = reasons
        .iter()
        .map(|standing| serde_json::to_string(standing).unwrap())
        .collect();
    let known = [
        r#"{"standing":"kept"}"#,
        r#"{"standing":"tried"}"#,
        r#"{"standing":"received","receipt":{"receipt":"case","case":"00000000-0000-0000-0000-000000000001"}}"#,
        r#"{"standing":"needs_you","reason":{"reason":"rejected","rejection":{"kind":"refused","refusal":{"why":"not_found"}}}}"#,
    ];
    assert_eq!(written, known);
}

#[test]
fn an_older_item_that_another_tab_left_goes_first() {
    let mut outbox = outbox([about(2, "case a")]);
    outbox.add(about(1, "case a"), at(0));
    assert_eq!(sent(&mut outbox, at(0)), [id(1)]);
    let restored = Outbox::restore(vec![about(2, "case a"), about(1, "case a")]);
    let ids: Vec<CommandId> = restored.items().map(|(item, _)| item.id).collect();
    assert_eq!(ids, [id(1), id(2)]);
}

#[test]
fn an_answer_that_comes_late_is_an_answer() {
    let mut outbox = outbox([item(1), item(2)]);
    sent(&mut outbox, at(0));
    outbox.answered(1, Outcome::Nothing, at(10), &mut Low);
    assert_eq!(sent(&mut outbox, at(11)), [id(1), id(2)]);
    let late = answers([(1, received(1))]);
    let changed = outbox.answered(1, late, at(12), &mut Low);
    assert_eq!(changed[0].id, id(1));
    // The second request is still on its way, and a second end of the first one says nothing of it.
    outbox.answered(1, Outcome::Nothing, at(13), &mut Low);
    assert_eq!(outbox.next(at(14)), Step::Rest);
    let both = answers([(1, received(9)), (2, received(2))]);
    let changed = outbox.answered(2, both, at(15), &mut Low);
    assert_eq!(changed.len(), 1, "the first receipt stays");
    assert_eq!(outbox.waiting(), 0);
}

#[test]
fn a_discard_in_another_tab_shifts_no_answers() {
    let mut outbox = outbox([item(1), item(2)]);
    sent(&mut outbox, at(0));
    outbox.forget(id(1));
    let both = answers([(1, received(1)), (2, received(2))]);
    let changed = answered(&mut outbox, both, at(1));
    assert_eq!(changed.len(), 1);
    assert_eq!(Some(changed[0].standing.clone()), Standing::of(received(2)));
    // Of a request with nothing left no answer is awaited.
    outbox.add(item(3), at(1));
    sent(&mut outbox, at(1));
    outbox.forget(id(3));
    outbox.add(item(4), at(1));
    assert_eq!(sent(&mut outbox, at(1)), [id(4)]);
}

#[test]
fn after_a_server_failed_with_everything_items_go_together_again() {
    let mut outbox = outbox((1..=8).map(item));
    let mut now = at(0);
    while now < at(120) {
        match outbox.next(now) {
            Step::Send(_) => {
                answered(&mut outbox, Outcome::Failed { status: 502 }, now);
            }
            Step::Wait(until) => now = until,
            Step::Rest => panic!("an item stopped waiting"),
        }
    }
    outbox.heard(now);
    now += at(30);
    assert_eq!(sent(&mut outbox, now).len(), 8);
}

#[test]
fn pauses_begin_again_after_an_answer() {
    let mut outbox = outbox([item(1), item(2)]);
    for second in [0, 100, 200, 300] {
        sent(&mut outbox, at(second));
        answered(&mut outbox, Outcome::Nothing, at(second));
    }
    sent(&mut outbox, at(400));
    let one = answers([(1, received(1)), (2, Answer::TryLater { after_seconds: 0 })]);
    answered(&mut outbox, one, at(400));
    outbox.send_now(at(401));
    sent(&mut outbox, at(401));
    answered(&mut outbox, Outcome::Nothing, at(401));
    assert_eq!(outbox.line.opens() - at(401), Duration::from_millis(500));
}

#[test]
fn a_conflict_is_looked_at_before_it_is_sent_again() {
    let mut outbox = outbox([item(1)]);
    sent(&mut outbox, at(0));
    let conflict = Answer::Conflict {
        expected: 1,
        found: 2,
    };
    answered(&mut outbox, answers([(1, conflict)]), at(0));
    assert_eq!(outbox.again(id(1)), None);
    assert_eq!(outbox.next(at(1)), Step::Rest);
}

#[test]
fn what_a_restored_server_may_have_lost_is_offered_again_under_its_id() {
    let mut outbox = outbox([item(1), item(2)]);
    assert_eq!(sent(&mut outbox, at(0)), [id(1), id(2)]);
    answered(
        &mut outbox,
        answers([(1, received(7)), (2, rejected())]),
        at(0),
    );
    assert_eq!(sent(&mut outbox, at(1)), []);
    let again = outbox.offer_again();
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].id, &again[0].standing), (id(1), &Standing::Tried));
    again.into_iter().for_each(|item| outbox.renew(item));
    assert_eq!(sent(&mut outbox, at(1)), [id(1)]);
    // It was not lost: the same receipt.
    let changed = answered(&mut outbox, answers([(1, received(7))]), at(2));
    assert!(matches!(changed[0].standing, Standing::Received { .. }));
    assert!(matches!(standing(&outbox, 2), Standing::NeedsYou { .. }));
}
