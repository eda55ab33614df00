use super::*;

#[test]
fn what_is_left_out_of_a_request_never_left_and_goes_with_the_next() {
    let mut outbox = outbox([item(1), item(2)]);
    assert_eq!(sent(&mut outbox, at(0)), [id(1), id(2)]);
    outbox.leave_out(&[id(2)]);
    assert_eq!(standing(&outbox, 2), Standing::Kept);
    answered(&mut outbox, answers([(1, received(1))]), at(1));
    assert!(matches!(standing(&outbox, 1), Standing::Received { .. }));
    let Step::Send(batch) = outbox.next(at(1)) else {
        panic!("it goes without a pause");
    };
    assert_eq!(batch.ids, [id(2)]);
    assert_eq!(batch.first_time.len(), 1, "it is noted before it leaves");
}

#[test]
fn a_request_of_which_nothing_leaves_stops_nobody() {
    let mut outbox = outbox([item(1), item(2)]);
    assert_eq!(sent(&mut outbox, at(0)), [id(1), id(2)]);
    outbox.forget(id(1));
    outbox.leave_out(&[id(2)]);
    assert_eq!(sent(&mut outbox, at(0)), [id(2)]);
}

#[test]
fn what_was_tried_before_stays_so_when_it_is_left_out() {
    let mut outbox = outbox([item(1)]);
    sent(&mut outbox, at(0));
    answered(&mut outbox, Outcome::Nothing, at(10));
    assert_eq!(sent(&mut outbox, at(100)), [id(1)]);
    outbox.leave_out(&[id(1)]);
    assert_eq!(standing(&outbox, 1), Standing::Tried);
}

#[test]
fn what_could_not_be_noted_did_not_leave_and_is_noted_the_next_time() {
    let mut outbox = outbox([item(1)]);
    sent(&mut outbox, at(0));
    answered(&mut outbox, Outcome::NotSent, at(0));
    assert_eq!(standing(&outbox, 1), Standing::Kept);
    let Step::Wait(until) = outbox.next(at(0)) else {
        panic!("not over and over");
    };
    let Step::Send(batch) = outbox.next(until) else {
        panic!("it goes when the pause is over");
    };
    assert_eq!(batch.first_time.len(), 1);
}
