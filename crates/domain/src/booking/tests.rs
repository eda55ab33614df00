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
    book_of(ledger, n, Share::Open)
}

fn book_of(ledger: &mut Ledger, n: u128, share: Share) -> Placement {
    let (serial, placement, share) = ledger.next_booking(Subject::Roads, share);
    ledger.evolve(&BookingEvent::Booked {
        registration: id(n),
        serial,
        placement,
        subject: Subject::Roads,
        share,
    });
    placement
}

fn has_place(placement: Placement) -> bool {
    matches!(placement, Placement::Confirmed(_))
}

/// Ten places, of which four are kept; the six are taken, and one waits.
fn booked_out() -> Ledger {
    let mut ledger = ledger(plan(1, 10, 40));
    for n in 1..=7 {
        assert_eq!(has_place(book(&mut ledger, n)), n <= 6);
    }
    assert_eq!((ledger.bookable(), ledger.free(), ledger.kept()), (6, 0, 4));
    ledger
}

#[test]
fn an_agent_has_a_kept_place_where_there_is_no_other() {
    let mut ledger = booked_out();
    for n in 8..=11 {
        assert!(has_place(book_of(&mut ledger, n, Share::Kept)));
    }
    assert_eq!((ledger.free(), ledger.kept()), (0, 0));
    assert!(!has_place(book_of(&mut ledger, 12, Share::Kept)));
    assert_eq!(ledger.waiting(), 2);
}

#[test]
fn as_long_as_there_is_another_place_nobody_takes_a_kept_one() {
    let mut ledger = ledger(plan(1, 10, 40));
    for n in 1..=6 {
        assert!(has_place(book_of(&mut ledger, n, Share::Kept)));
    }
    assert_eq!((ledger.free(), ledger.kept()), (0, 4));
}

#[test]
fn late_requests_have_half_of_what_is_kept() {
    let mut ledger = booked_out();
    let late: Vec<_> = (8..=11)
        .map(|n| has_place(book_of(&mut ledger, n, Share::Late)))
        .collect();
    assert_eq!(late, [true, true, false, false]);
    assert!(has_place(book_of(&mut ledger, 12, Share::Kept)));
    // Of one kept place they may have that one.
    let mut ledger = self::ledger(plan(1, 10, 10));
    for n in 1..=9 {
        book(&mut ledger, n);
    }
    assert!(has_place(book_of(&mut ledger, 10, Share::Late)));
}

#[test]
fn a_kept_place_that_is_given_back_is_kept_again_and_goes_to_nobody_who_waits() {
    let mut ledger = booked_out();
    let Placement::Confirmed(place) = book_of(&mut ledger, 8, Share::Late) else {
        panic!("four are kept")
    };
    assert_eq!(ledger.kept(), 3);
    ledger.evolve(&BookingEvent::Released {
        registration: id(8),
        place: Some(place),
    });
    assert_eq!((ledger.free(), ledger.kept()), (0, 4));
    assert_eq!(ledger.next_promotion(), None);
}

#[test]
fn when_the_reserve_is_opened_the_first_who_waits_comes_first() {
    let mut ledger = booked_out();
    book_of(&mut ledger, 8, Share::Kept);
    ledger.evolve(&BookingEvent::ReserveOpened);
    assert_eq!(
        (ledger.bookable(), ledger.free(), ledger.kept()),
        (10, 3, 0)
    );
    assert!(!ledger.keeps_a_reserve());
    let (registration, place) = ledger.next_promotion().unwrap();
    assert_eq!(registration, id(7));
    ledger.evolve(&BookingEvent::Promoted {
        registration,
        place,
    });
    assert!(has_place(book(&mut ledger, 9)));
    assert!(has_place(book(&mut ledger, 10)));
    assert!(!has_place(book_of(&mut ledger, 11, Share::Kept)));
}

#[test]
fn a_ledger_of_before_there_were_shares_is_as_it_was() {
    let mut ledger = ledger(plan(1, 10, 40));
    book(&mut ledger, 1);
    let state = serde_json::to_string(&ledger).unwrap();
    assert!(!state.contains("reserve_is_open") && !state.contains("from_reserve"));
    assert_eq!(serde_json::from_str::<Ledger>(&state).unwrap(), ledger);
    let (serial, placement, _) = ledger.next_booking(Subject::Roads, Share::Open);
    let booked = BookingEvent::Booked {
        registration: id(2),
        serial,
        placement,
        subject: Subject::Roads,
        share: Share::Open,
    };
    assert!(!serde_json::to_string(&booked).unwrap().contains("share"));
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
                let (serial, ..) = ledger.next_booking(Subject::Roads, Share::Open);
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
