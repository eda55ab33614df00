//! Four counts that are never mixed: batches, person-visits, issues, cases (`domain.md` §7, trap 1).

use domain::{case::CaseEvent, event::DomainEvent, registration::RegistrationEvent};

use crate::sequences::long_history;

#[test]
fn the_four_counts_of_the_events_are_those_of_the_states() {
    for seed in 0..20 {
        let county = long_history(seed);
        let (mut batches, mut person_visits, mut sessions, mut issues, mut cases) = (0, 0, 0, 0, 0);
        for event in &county.events {
            match event {
                DomainEvent::Registration { event, .. } => match event {
                    RegistrationEvent::Arrived { people, .. } => {
                        batches += 1;
                        person_visits += u32::from(people.get());
                    }
                    RegistrationEvent::SessionHeld { .. } => sessions += 1,
                    _ => {}
                },
                DomainEvent::Case {
                    event: CaseEvent::Opened(opening),
                    ..
                } => {
                    cases += 1;
                    issues += opening.issues.len();
                }
                _ => {}
            }
        }
        let there = county
            .registrations
            .values()
            .filter_map(|known| known.people);
        assert_eq!(there.clone().count(), batches);
        assert_eq!(
            there.map(|people| u32::from(people.get())).sum::<u32>(),
            person_visits
        );
        assert_eq!(county.cases.len(), cases);
        let known = county.cases.values().map(|case| case.issues.len());
        assert_eq!(known.sum::<usize>(), issues);
        assert!(sessions <= batches && issues >= cases && person_visits as usize >= batches);
    }
}
