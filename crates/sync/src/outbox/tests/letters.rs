use super::*;

#[test]
fn the_answer_to_a_letter_is_none_to_the_item_once_its_space_is_open() {
    let mut outbox = outbox([item(1), item(2)]);
    assert_eq!(sent(&mut outbox, at(0)), [id(1), id(2)]);
    // Opened while its letter is on its way: now it goes readable, to be told the receipt.
    outbox.forget(id(1));
    let tried = Item {
        standing: Standing::Tried,
        ..item(1)
    };
    outbox.add(tried, at(1));
    let both = answers([(1, Answer::Delivered), (2, Answer::Delivered)]);
    let changed = answered(&mut outbox, both, at(2));
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].id, id(2));
    assert_eq!(sent(&mut outbox, at(2)), [id(1)]);
    let changed = answered(&mut outbox, answers([(1, received(1))]), at(3));
    assert!(matches!(changed[0].standing, Standing::Received { .. }));
}

#[test]
fn the_refusal_of_an_item_does_not_close_its_letter() {
    let mut outbox = outbox([item(1)]);
    sent(&mut outbox, at(0));
    // Locked while it is on its way: now its letter goes.
    outbox.forget(id(1));
    outbox.add(item(1), at(1));
    let late = outbox.answered(1, answers([(1, rejected())]), at(2), &mut Low);
    assert_eq!(late, []);
    assert_eq!(sent(&mut outbox, at(2)), [id(1)]);
    let changed = answered(&mut outbox, answers([(1, Answer::Delivered)]), at(3));
    assert_eq!(changed[0].standing, Standing::Delivered);
}
