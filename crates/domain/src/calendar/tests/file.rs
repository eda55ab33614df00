use rstest::rstest;

use super::{day, parse};
use crate::calendar::{CalendarError, CalendarVersion, DayKind, LegalCalendar};

const YEAR_2027: &str = "date,kind,occasion\n2026-12-31,holiday,元旦\n2027-01-01,holiday,元旦\n\
                         2027-01-02,workday,元旦\n2027-10-01,holiday,国庆节\n";

#[rstest]
#[case::empty("", CalendarError::HeaderMissing { found: String::new() })]
#[case::no_header("2027-01-01,holiday,元旦",
    CalendarError::HeaderMissing { found: "2027-01-01,holiday,元旦".to_owned() })]
#[case::no_days("date,kind,occasion\n\n", CalendarError::NoDays)]
#[case::two_fields("date,kind,occasion\n2027-01-01,holiday",
    CalendarError::FieldCount { line: 2, found: 2 })]
#[case::bad_date("date,kind,occasion\n\n2027-02-29,holiday,春节",
    CalendarError::BadDate { line: 3, found: "2027-02-29".to_owned() })]
#[case::bad_kind("date,kind,occasion\n2027-01-01,Holiday,元旦",
    CalendarError::BadKind { line: 2, found: "Holiday".to_owned() })]
#[case::no_occasion("date,kind,occasion\n2027-01-01,holiday,",
    CalendarError::OccasionMissing { line: 2 })]
#[case::duplicate("date,kind,occasion\n2027-01-02,workday,a\n2027-01-01,holiday,b\n2027-01-02,holiday,c",
    CalendarError::DuplicateDay { line: 4, date: day("2027-01-02"), first: 2 })]
#[case::make_up_on_a_friday("date,kind,occasion\n2027-01-01,workday,元旦",
    CalendarError::MakeUpOnWeekday { line: 2, date: day("2027-01-01") })]
fn a_bad_file_is_refused_with_its_line(#[case] csv: &str, #[case] error: CalendarError) {
    assert_eq!(parse(csv), Err(error));
}

#[test]
fn the_error_tells_the_person_where_to_look() {
    let error = parse("date,kind,occasion\n2027-13-01,holiday,元旦").unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 2: `2027-13-01` is not a date like 2026-10-01"
    );
}

#[test]
fn a_file_from_a_spreadsheet_is_read() {
    let csv =
        "\u{feff}date,kind,occasion\r\n2027-10-01, holiday ,国庆节\r\n\r\n2027-01-01,holiday,元旦";
    assert!(parse(csv).unwrap().covers(2027));
}

#[test]
fn a_year_cut_short_is_not_covered() {
    let cut = YEAR_2027.replace("2027-10-01,holiday,国庆节\n", "");
    assert_eq!(parse(&cut).unwrap().covered_years(), [] as [i32; 0]);
    assert_eq!(parse(YEAR_2027).unwrap().covered_years(), [2027]);
}

#[test]
fn a_new_notice_extends_the_calendar_and_settles_the_december_before() {
    let newer = parse(YEAR_2027).unwrap();
    let both = LegalCalendar::builtin().extended_by(&newer);
    assert_eq!(both.version(), newer.version());
    assert_eq!(both.covered_years().last(), Some(&2027));
    assert!(both.covers(2004) && both.covers(2026));
    assert_eq!(
        both.kind(day("2026-12-31")),
        DayKind::Holiday {
            occasion: "元旦".to_owned()
        }
    );
    assert_eq!(
        both.kind(day("2026-10-10")),
        LegalCalendar::builtin().kind(day("2026-10-10"))
    );
    assert!(both.is_settled(day("2026-12-31")) && !both.is_settled(day("2027-12-31")));
}

#[test]
fn a_reissued_year_replaces_the_old_one_whole() {
    let changed = "date,kind,occasion\n2026-01-01,holiday,元旦\n2026-10-01,holiday,国庆节";
    let both = LegalCalendar::builtin().extended_by(&parse(changed).unwrap());
    assert_eq!(both.kind(day("2026-10-02")), DayKind::Workday);
    assert_eq!(
        both.kind(day("2025-10-02")),
        LegalCalendar::builtin().kind(day("2025-10-02"))
    );
}

#[rstest]
#[case::empty("")]
#[case::space("cn 2027")]
#[case::chinese("二〇二七")]
#[case::long("x23456789012345678901234567890123456789012")]
fn a_version_name_is_plain(#[case] name: &str) {
    assert!(CalendarVersion::parse(name).is_err());
    assert!(serde_json::from_value::<CalendarVersion>(name.into()).is_err());
}

#[test]
fn a_corrected_notice_replaces_the_december_days_it_names() {
    let corrected = YEAR_2027.replace("2026-12-31,holiday,元旦", "2026-12-31,holiday,跨年");
    let both = LegalCalendar::builtin()
        .extended_by(&parse(YEAR_2027).unwrap())
        .extended_by(&parse(&corrected).unwrap());
    let new_years_eve = both.special_days(day("2026-12-31"), day("2026-12-31"));
    assert_eq!(new_years_eve.len(), 1);
    assert_eq!(
        both.kind(day("2026-12-31")),
        DayKind::Holiday {
            occasion: "跨年".to_owned()
        }
    );
}
