use rstest::rstest;

use super::{counted, day};
use crate::calendar::LegalCalendar;
use crate::clock::{
    Basis, ClockKind, Duty, ExtensionError, Pause, Period, RuleSet, due, due_excluding_hearings,
    due_extended,
};

/// `domain.md` §2.3: day 0 is 2025-09-18, accepted the same day.
#[rstest]
#[case::notice(ClockKind::AcceptNotice, "2025-10-09")]
#[case::transfer(ClockKind::Transfer, "2025-10-09")]
#[case::answer(ClockKind::Handle, "2025-11-17")]
#[case::objection(ClockKind::Object, "2025-09-25")]
#[case::review_request(ClockKind::ReviewRequest, "2025-10-20")]
#[case::simple_acceptance(ClockKind::SimpleAccept, "2025-09-23")]
#[case::simple_answer(ClockKind::SimpleHandle, "2025-10-09")]
#[case::simple_forwarding(ClockKind::SimpleForward, "2025-09-19")]
fn the_worked_example(#[case] kind: ClockKind, #[case] expected: &str) {
    let counted = due(
        kind,
        day("2025-09-18"),
        &RuleSet::default(),
        LegalCalendar::builtin(),
    );
    assert_eq!(counted.due, day(expected));
    assert_eq!(counted.rule.as_str(), "2022");
    assert_eq!(counted.calendar.as_str(), "cn-2026.1");
}

fn extended(accepted_on: &str, granted: u16) -> Result<String, ExtensionError> {
    let calendar = LegalCalendar::builtin();
    due_extended(day(accepted_on), granted, &RuleSet::default(), calendar)
        .map(|counted| counted.due.to_string())
}

#[test]
fn the_worked_example_extended_by_30_days() {
    assert_eq!(extended("2025-09-18", 30), Ok("2025-12-17".to_owned()));
}

#[test]
fn an_extension_runs_on_from_the_60th_day_not_from_the_moved_due_day() {
    // The 60th day is Saturday 2025-10-04, inside the break, and the due day 2025-10-09.
    assert_eq!(extended("2025-08-05", 30), Ok("2025-11-03".to_owned()));
}

#[test]
fn an_extension_is_1_to_30_days() {
    assert_eq!(extended("2025-09-18", 0), Err(ExtensionError::NoDays));
    assert_eq!(
        extended("2025-09-18", 31),
        Err(ExtensionError::TooLong {
            asked: 31,
            at_most: 30
        })
    );
}

#[test]
fn hearing_time_is_left_out_of_a_rereview() {
    let rules = RuleSet::default();
    let due_with = |hearings: &[Pause]| {
        due_excluding_hearings(
            day("2025-03-03"),
            hearings,
            &rules,
            LegalCalendar::builtin(),
        )
        .due
    };
    assert_eq!(due_with(&[]), day("2025-04-02"));
    let hearing = Pause {
        first: day("2025-03-10"),
        last: day("2025-03-12"),
    };
    // 2025-04-05 is inside the Qingming break.
    assert_eq!(due_with(&[hearing]), day("2025-04-07"));
}

#[rstest]
#[case(
    ClockKind::Transfer,
    Period::CalendarDays(15),
    Duty::PetitionOffice,
    Some(22)
)]
#[case(ClockKind::Object, Period::WorkingDays(5), Duty::Unit, Some(23))]
#[case(
    ClockKind::AcceptNotice,
    Period::CalendarDays(15),
    Duty::Unit,
    Some(23)
)]
#[case(ClockKind::Handle, Period::CalendarDays(60), Duty::Unit, Some(34))]
#[case(
    ClockKind::Extension,
    Period::CalendarDays(30),
    Duty::UnitHead,
    Some(34)
)]
#[case(
    ClockKind::ReviewRequest,
    Period::CalendarDays(30),
    Duty::Petitioner,
    Some(35)
)]
#[case(ClockKind::Review, Period::CalendarDays(30), Duty::Reviewer, Some(35))]
#[case(
    ClockKind::RereviewRequest,
    Period::CalendarDays(30),
    Duty::Petitioner,
    Some(36)
)]
#[case(
    ClockKind::Rereview,
    Period::CalendarDays(30),
    Duty::Rereviewer,
    Some(36)
)]
#[case(
    ClockKind::ReviewRefusalNotice,
    Period::CalendarDays(15),
    Duty::Reviewer,
    None
)]
#[case(ClockKind::AssignedReport, Period::CalendarDays(30), Duty::Unit, None)]
#[case(ClockKind::SimpleAccept, Period::WorkingDays(3), Duty::Unit, None)]
#[case(ClockKind::SimpleHandle, Period::WorkingDays(10), Duty::Unit, None)]
#[case(
    ClockKind::SimpleForward,
    Period::WorkingDays(1),
    Duty::ForwardingLevel,
    None
)]
#[case(
    ClockKind::RatingWindow,
    Period::CalendarDays(30),
    Duty::Petitioner,
    None
)]
fn the_deadline_table(
    #[case] kind: ClockKind,
    #[case] period: Period,
    #[case] duty: Duty,
    #[case] article: Option<u8>,
) {
    assert_eq!((kind.default_period(), kind.duty()), (period, duty));
    let law = article.map(|article| Basis::Regulation { article });
    assert_eq!(kind.basis().is_law().then_some(kind.basis()), law);
    assert_eq!(
        due(
            kind,
            day("2025-09-18"),
            &RuleSet::default(),
            LegalCalendar::builtin()
        ),
        counted("2025-09-18", period),
    );
}

#[test]
fn the_longest_lawful_path_to_a_reply_is_120_counted_days() {
    let path = [
        ClockKind::Transfer,
        ClockKind::AcceptNotice,
        ClockKind::Handle,
        ClockKind::Extension,
    ];
    let days: u16 = path.iter().map(|kind| kind.default_period().length()).sum();
    assert_eq!(days, 120);
}
