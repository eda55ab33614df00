use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn plan(rooms: u8, slots: u16, reserve_percent: u8) -> PlacePlan {
    PlacePlan {
        rooms: (1..=rooms)
            .map(|number| RoomPlan {
                number,
                subjects: Vec::new(),
            })
            .collect(),
        begins: NaiveTime::from_hms_opt(8, 0, 0).unwrap(),
        slot_minutes: 15,
        slots,
        reserve_percent,
    }
}

fn ledger(plan: PlacePlan) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.evolve(&BookingEvent::Planned { plan });
    ledger
}

fn id(n: u128) -> RegistrationId {
    RegistrationId(Uuid::from_u128(n))
}

fn book(ledger: &mut Ledger, n: u128) -> Placement {
    let (serial, placement) = ledger.next_booking(Subject::Roads);
    ledger.evolve(&BookingEvent::Booked {
        registration: id(n),
        serial,
        placement,
        subject: Subject::Roads,
    });
    placement
}

#[test]
fn fourteen_rooms_and_nine_hours_with_ten_percent_kept_are_453_bookable_places() {
    assert_eq!(plan(14, 36, 10).bookable(), 453);
    assert_eq!(plan(14, 36, 20).bookable(), 403);
}

#[test]
fn twenty_places_and_200_registrations_end_as_20_confirmed_and_180_waitlisted_in_order() {
    let mut ledger = ledger(plan(2, 10, 0));
    let placements: Vec<_> = (1..=200).map(|n| book(&mut ledger, n)).collect();
    assert!(
        placements[..20]
            .iter()
            .all(|p| matches!(p, Placement::Confirmed(_)))
    );
    let waiting: Vec<_> = (1..=180)
        .map(|position| Placement::Waitlisted { position })
        .collect();
    assert_eq!(placements[20..], waiting);
    assert_eq!(ledger.registered(), 200);
}

#[test]
fn a_room_for_the_subject_is_taken_first_and_any_other_when_it_is_full() {
    let mut plan = plan(2, 1, 0);
    plan.rooms[1].subjects = vec![Subject::Roads];
    let mut ledger = ledger(plan);
    let rooms = [1, 2].map(|n| match book(&mut ledger, n) {
        Placement::Confirmed(place) => place.ticket.room,
        other => panic!("{other:?}"),
    });
    assert_eq!(rooms, [2, 1]);
}

#[test]
fn a_released_place_goes_to_the_first_who_waits_under_a_new_ticket() {
    let mut ledger = ledger(plan(1, 1, 0));
    let Placement::Confirmed(first) = book(&mut ledger, 1) else {
        panic!("the only place is free")
    };
    book(&mut ledger, 2);
    ledger.evolve(&BookingEvent::Released {
        registration: id(1),
        place: Some(first),
    });
    let (promoted, place) = ledger.next_promotion().unwrap();
    assert_eq!(promoted, id(2));
    assert_eq!(place.time, first.time);
    assert_ne!(place.ticket, first.ticket);
}

#[test]
fn a_room_that_was_dropped_and_comes_back_gives_out_no_ticket_twice() {
    let mut ledger = ledger(plan(2, 1, 0));
    let tickets: Vec<_> = (1..=2).map(|n| book(&mut ledger, n)).collect();
    for (n, placement) in (1..=2).zip(&tickets) {
        let Placement::Confirmed(place) = placement else {
            panic!("both places are free")
        };
        ledger.evolve(&BookingEvent::Released {
            registration: id(n),
            place: Some(*place),
        });
    }
    for rooms in [1, 2] {
        let plan = plan(rooms, 1, 0);
        ledger.evolve(&BookingEvent::Planned { plan });
    }
    let again: Vec<_> = (3..=4).map(|n| book(&mut ledger, n)).collect();
    assert!(again.iter().all(|placement| !tickets.contains(placement)));
}

#[test]
fn walk_ins_get_tickets_from_501() {
    let mut ledger = ledger(plan(1, 1, 0));
    let ticket = ledger.next_walk_in(Subject::Land).unwrap();
    assert_eq!(
        ticket,
        Ticket {
            room: 1,
            number: 501
        }
    );
    ledger.evolve(&BookingEvent::WalkedIn {
        registration: id(1),
        ticket,
    });
    assert_eq!(ledger.next_walk_in(Subject::Land).unwrap().number, 502);
}

proptest! {
    #[test]
    fn places_are_never_oversold_and_tickets_never_repeat(rooms in 1u8..4, slots in 1u16..5, acts in proptest::collection::vec(0u8..3, 1..80)) {
        let mut ledger = ledger(plan(rooms, slots, 20));
        let (mut held, mut tickets, mut serials) = (Vec::new(), Vec::new(), 0);
        for (n, act) in acts.into_iter().enumerate() {
            if act < 2 {
                let (serial, _) = ledger.next_booking(Subject::Roads);
                prop_assert_eq!(serial, serials + 1);
                serials = serial;
                if let Placement::Confirmed(place) = book(&mut ledger, n as u128) {
                    held.push((id(n as u128), place));
                    tickets.push(place.ticket);
                }
            } else if let Some((registration, place)) = held.pop() {
                ledger.evolve(&BookingEvent::Released { registration, place: Some(place) });
                if let Some((registration, place)) = ledger.next_promotion() {
                    ledger.evolve(&BookingEvent::Promoted { registration, place });
                    held.push((registration, place));
                    tickets.push(place.ticket);
                }
            }
            prop_assert!(held.len() as u32 <= plan(rooms, slots, 20).bookable());
        }
        let count = tickets.len();
        tickets.sort();
        tickets.dedup();
        prop_assert_eq!(tickets.len(), count);
    }
}
