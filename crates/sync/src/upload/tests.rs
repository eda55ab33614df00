use domain::attachment::{AttachmentState, Unfit};

use super::*;

/// Rolls nothing: every pause is the shortest it may be.
struct Low;

impl Dice for Low {
    fn roll(&mut self) -> u64 {
        0
    }
}

/// The server's part of one upload, behind a line that is cut.
struct Server {
    length: u64,
    arrived: Option<u64>,
    /// Bytes until the next cut, and between cuts.
    left: u64,
    every: u64,
    cuts: u32,
    carried: u64,
}

impl Server {
    fn hears(&mut self, step: Step) -> Heard {
        match step {
            Step::Ask => self.arrived.map_or(Heard::Absent, Heard::Offset),
            Step::Announce => {
                self.arrived.get_or_insert(0);
                Heard::Offset(0)
            }
            Step::Send { from, to } => self.takes(from, to),
            Step::Look if self.arrived == Some(self.length) => {
                Heard::State(AttachmentState::Received { bytes: 1 })
            }
            Step::Look => Heard::State(AttachmentState::Expected),
            Step::Wait(_) => unreachable!("nothing is asked while it waits"),
        }
    }

    fn takes(&mut self, from: u64, to: u64) -> Heard {
        assert_eq!(
            Some(from),
            self.arrived,
            "it goes on from where the server is"
        );
        let sent = (to - from).min(self.left);
        self.carried += sent;
        self.left -= sent;
        self.arrived = Some(from + sent);
        if self.left > 0 {
            return Heard::Offset(from + sent);
        }
        self.cuts += 1;
        self.left = self.every;
        Heard::Nothing
    }
}

/// Runs until it is over; how long that took.
fn run(transfer: &mut Transfer, mut server: impl FnMut(Step) -> Heard) -> (MediumPlace, Duration) {
    let mut now = Duration::ZERO;
    for _ in 0..10_000 {
        let step = transfer.next(now);
        if let Step::Wait(until) = step {
            now = until;
            continue;
        }
        if let Some(place) = transfer.heard(step, server(step), now, true, &mut Low) {
            return (place, now);
        }
    }
    panic!("it never ends");
}

#[test]
fn without_a_cut_each_byte_goes_once() {
    for length in [1, PIECE - 1, PIECE, PIECE + 1, 200 * 1024] {
        let mut server = Server {
            length,
            arrived: None,
            left: u64::MAX,
            every: 0,
            cuts: 0,
            carried: 0,
        };
        let (place, took) = run(&mut Transfer::new(length), |step| server.hears(step));
        assert_eq!(place, MediumPlace::Received);
        assert_eq!(server.carried, length);
        assert_eq!(took, Duration::ZERO, "it waits for nothing");
    }
}

#[test]
fn wherever_the_line_is_cut_it_goes_on_from_there() {
    let length = 200 * 1024;
    for every in [1_000, PIECE - 1, PIECE, PIECE + 1, 100_000] {
        let mut server = Server {
            length,
            arrived: None,
            left: every,
            every,
            cuts: 0,
            carried: 0,
        };
        let (place, _) = run(&mut Transfer::new(length), |step| server.hears(step));
        assert_eq!(place, MediumPlace::Received);
        assert!(server.cuts > 0);
        // The server keeps what arrived before a cut.
        assert_eq!(server.carried, length);
    }
}

#[test]
fn a_server_that_loses_a_piece_at_a_cut_gets_that_piece_again_and_no_more() {
    let length = 1024 * 1024;
    let (mut arrived, mut carried, mut cuts) = (0, 0, 0);
    let (place, _) = run(&mut Transfer::new(length), |step| match step {
        Step::Ask => Heard::Offset(arrived),
        Step::Send { from, to } => {
            carried += to - from;
            if cuts < 20 && carried % 3 == cuts % 3 {
                cuts += 1;
                return Heard::Nothing;
            }
            arrived = to;
            Heard::Offset(to)
        }
        _ => Heard::State(AttachmentState::Received { bytes: length }),
    });
    assert_eq!(place, MediumPlace::Received);
    assert!(
        carried <= length + cuts * PIECE,
        "{carried} with {cuts} cuts"
    );
}

#[test]
fn a_refusal_says_why() {
    let refused = AttachmentState::Refused {
        reason: Unfit::Damaged,
    };
    let (place, _) = run(&mut Transfer::new(10), |step| match step {
        Step::Look => Heard::State(refused),
        Step::Ask => Heard::LookedAt,
        _ => panic!("nothing is sent again: {step:?}"),
    });
    let reason = Unfit::Damaged;
    assert_eq!(place, MediumPlace::Refused { reason });
}

#[test]
fn a_server_that_is_still_looking_is_asked_less_and_less() {
    let mut looked = 0;
    let (place, took) = run(&mut Transfer::new(10), |step| {
        looked += u32::from(step == Step::Look);
        match step {
            Step::Ask => Heard::Offset(10),
            _ if looked < 5 => Heard::State(AttachmentState::Checking),
            _ => Heard::State(AttachmentState::Received { bytes: 9 }),
        }
    });
    assert_eq!(place, MediumPlace::Received);
    assert!(took >= Duration::from_secs(4), "{took:?}");
}

#[test]
fn what_a_server_lost_after_it_had_counted_it_is_sent_again() {
    let mut arrived = 10;
    let mut sent = Vec::new();
    let (place, _) = run(&mut Transfer::new(10), |step| match step {
        Step::Ask => Heard::Offset(arrived),
        Step::Send { from, to } => {
            sent.push((from, to));
            arrived = to;
            Heard::Offset(to)
        }
        // The first time it looks, a crash has taken the last bytes; of a letter nothing more is told.
        _ if sent.is_empty() => {
            arrived = 4;
            Heard::State(AttachmentState::Checking)
        }
        _ => Heard::State(AttachmentState::Received { bytes: 9 }),
    });
    assert_eq!(place, MediumPlace::Received);
    assert_eq!(sent, [(4, 10)]);
}

#[test]
fn nothing_is_asked_while_a_server_wants_quiet() {
    let mut transfer = Transfer::new(10);
    let busy = Heard::Busy {
        after_seconds: Some(60),
    };
    transfer.heard(Step::Ask, busy, Duration::ZERO, true, &mut Low);
    let until = Duration::from_secs(60);
    assert_eq!(transfer.next(Duration::from_secs(59)), Step::Wait(until));
    assert_eq!(transfer.next(until), Step::Ask);
    transfer.heard(Step::Ask, busy, until, true, &mut Low);
    transfer.hurry();
    assert_eq!(transfer.next(until), Step::Ask);
}

#[test]
fn a_server_that_knows_nothing_of_what_was_announced_is_not_asked_without_end() {
    let mut asked = 0;
    let mut transfer = Transfer::new(10);
    let mut now = Duration::ZERO;
    while now < Duration::from_secs(60) {
        let step = transfer.next(now);
        match step {
            Step::Wait(until) => now = until,
            _ => {
                asked += 1;
                transfer.heard(step, Heard::Absent, now, true, &mut Low);
            }
        }
    }
    assert!(asked < 15, "{asked}");
}

#[test]
fn a_piece_is_waited_for_as_long_as_a_weak_line_takes() {
    assert_eq!(patience(0), Duration::from_secs(10));
    assert_eq!(patience(PIECE), Duration::from_secs(36));
}
