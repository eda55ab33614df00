//! Days and times as people say them: "11月17日", "17 November". Written by hand, because chrono's
//! formatting machinery is larger than every sentence in the citizen's download.

use super::Language;
use chrono::{
    DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc, Weekday,
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "11月17日" · "17 November".
pub fn day(language: Language, date: NaiveDate) -> String {
    match language {
        Language::Chinese => format!("{}月{}日", date.month(), date.day()),
        Language::English => format!("{} {}", date.day(), MONTHS[date.month0() as usize]),
    }
}

/// "2026年11月17日" · "17 November 2026".
pub fn day_with_year(language: Language, date: NaiveDate) -> String {
    match language {
        Language::Chinese => format!("{}年{}", date.year(), day(language, date)),
        Language::English => format!("{} {}", day(language, date), date.year()),
    }
}

/// "11月17日（星期二）" · "Tuesday 17 November".
pub fn day_and_weekday(language: Language, date: NaiveDate) -> String {
    let weekday = weekday(language, date.weekday());
    match language {
        Language::Chinese => format!("{}（{weekday}）", day(language, date)),
        Language::English => format!("{weekday} {}", day(language, date)),
    }
}

/// "2026年11月" · "November 2026".
pub fn month_and_year(language: Language, date: NaiveDate) -> String {
    match language {
        Language::Chinese => format!("{}年{}月", date.year(), date.month()),
        Language::English => format!("{} {}", MONTHS[date.month0() as usize], date.year()),
    }
}

/// The month on a leaf of a calendar: "11月" · "Nov".
pub fn month_short(language: Language, date: NaiveDate) -> String {
    match language {
        Language::Chinese => format!("{}月", date.month()),
        Language::English => MONTHS[date.month0() as usize][..3].to_owned(),
    }
}

/// The weekday on a leaf of a calendar: "星期二" · "Tue".
pub fn weekday_short(language: Language, date: NaiveDate) -> &'static str {
    let weekday = weekday(language, date.weekday());
    match language {
        Language::Chinese => weekday,
        Language::English => &weekday[..3],
    }
}

/// "09:45", the same in both languages.
pub fn clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// "08:30–11:30", the same in both languages.
pub fn span(from: NaiveTime, to: NaiveTime) -> String {
    format!("{}–{}", clock(from), clock(to))
}

/// A moment on China's clock: one zone, no summer time.
pub fn in_china(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc() + TimeDelta::hours(8)
}

/// "11月17日 09:45" · "17 November 09:45", on China's clock.
pub fn moment(language: Language, at: DateTime<Utc>) -> String {
    let at = in_china(at);
    format!("{} {}", day(language, at.date()), clock(at.time()))
}

fn weekday(language: Language, weekday: Weekday) -> &'static str {
    const ZH: [&str; 7] = [
        "星期一",
        "星期二",
        "星期三",
        "星期四",
        "星期五",
        "星期六",
        "星期日",
    ];
    const EN: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let names = match language {
        Language::Chinese => ZH,
        Language::English => EN,
    };
    names[weekday.num_days_from_monday() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_in_both_languages() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 17).unwrap();
        assert_eq!(day(Language::Chinese, date), "11月17日");
        assert_eq!(day(Language::English, date), "17 November");
        assert_eq!(day_with_year(Language::Chinese, date), "2026年11月17日");
        assert_eq!(
            day_and_weekday(Language::Chinese, date),
            "11月17日（星期二）"
        );
        assert_eq!(
            day_and_weekday(Language::English, date),
            "Tuesday 17 November"
        );
        assert_eq!(month_and_year(Language::English, date), "November 2026");
    }

    #[test]
    fn times_have_two_digits_each() {
        let time = NaiveTime::from_hms_opt(9, 5, 0).unwrap();
        assert_eq!(clock(time), "09:05");
    }
}
