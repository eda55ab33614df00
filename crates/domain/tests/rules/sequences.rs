//! No sequence of commands reaches an illegal state, and no sequence of events panics.

use std::collections::BTreeSet;

use domain::{
    case::Procedure,
    given::{Dice, SeededDice},
    registration::RegistrationStatus,
};
use proptest::prelude::*;

use crate::{
    county::County,
    invariants::check,
    random::{Roll, step},
    visits::published,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_sequence_of_commands_reaches_an_illegal_state(
        seed: u64,
        rolls in proptest::collection::vec(any::<Roll>(), 1..250),
    ) {
        let (mut county, _) = published(seed);
        for roll in rolls {
            step(&mut county, roll);
            check(&county);
        }
    }

    /// Events in any order, also those that make no sense, are applied without a panic.
    #[test]
    fn events_in_any_order_never_panic(seed: u64, keys in proptest::collection::vec(any::<u32>(), 600)) {
        let mut events: Vec<_> = long_history(seed).events.into_iter().zip(keys).collect();
        events.sort_by_key(|(_, key)| *key);
        let mut nonsense = County::new(seed);
        for (event, key) in events {
            nonsense.fold(event.clone());
            if key % 3 == 0 {
                nonsense.fold(event);
            }
        }
    }
}

pub fn long_history(seed: u64) -> County {
    let (mut county, _) = published(seed);
    let mut dice = SeededDice::new(seed);
    for _ in 0..800 {
        let roll = dice.roll().to_be_bytes();
        let which = u16::from_be_bytes([roll[2], roll[3]]);
        step(&mut county, (roll[0], roll[1], which, roll[4]));
    }
    county
}

/// The random sequences are worth something only if they get everywhere.
#[test]
fn random_sequences_reach_every_state() {
    let counties: Vec<_> = (0..40).map(long_history).collect();
    counties.iter().for_each(check);
    let cases = counties.iter().flat_map(|county| county.cases.values());
    let procedures: BTreeSet<Procedure> = cases.clone().map(|case| case.procedure).collect();
    assert_eq!(procedures.len(), 9, "{procedures:?}");
    let registrations = counties
        .iter()
        .flat_map(|county| county.registrations.values());
    for status in [
        RegistrationStatus::Confirmed,
        RegistrationStatus::Waitlisted,
        RegistrationStatus::Cancelled,
        RegistrationStatus::Done,
        RegistrationStatus::BecameCase,
    ] {
        assert!(
            registrations.clone().any(|known| known.status == status),
            "{status:?}"
        );
    }
    assert!(cases.clone().any(domain::case::Case::has_ended));
}
