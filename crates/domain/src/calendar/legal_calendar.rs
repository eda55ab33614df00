use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};

use super::{CalendarDay, CalendarError, CalendarVersion, DayKind, csv};

const BUILTIN_CSV: &str = include_str!("../../data/cn-public-holidays.csv");

/// Changes with every change of the file.
const BUILTIN_VERSION: &str = "cn-2026.1";

/// The notice for a year reaches back into the December before, so far at most to the 29th (those
/// for 2008 and 2019): the end of the last year known stays open until the next notice.
const FIRST_OPEN_DECEMBER_DAY: u32 = 29;

/// The days named by the State Council's notices, on top of ordinary weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalCalendar {
    version: CalendarVersion,
    /// Sorted by date, one entry a day.
    special_days: Vec<CalendarDay>,
    /// Sorted.
    covered_years: Vec<i32>,
}

impl LegalCalendar {
    /// The notices shipped with the program: 2004 to 2026. Parsed once.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<LegalCalendar> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let version = CalendarVersion::parse(BUILTIN_VERSION).expect("a test parses it");
            Self::parse(BUILTIN_CSV, version).expect("a test parses it")
        })
    }

    /// A calendar without a single notice, for deciders that count no days: a phone has none.
    pub fn without_notices() -> Self {
        let version = CalendarVersion::parse("none").expect("a name of four letters");
        Self::of(Vec::new(), version)
    }

    /// Reads a file with the columns `date,kind,occasion`, where kind is `holiday` or `workday`
    /// (a weekend worked in exchange).
    ///
    /// # Errors
    /// [`CalendarError`], with the line, for the first thing that is wrong.
    pub fn parse(csv: &str, version: CalendarVersion) -> Result<Self, CalendarError> {
        Ok(Self::of(csv::parse(csv)?, version))
    }

    /// This calendar with a newer one laid over it: the newer one's years replace ours whole, its
    /// other days (such as a 31 December named by the next year's notice) replace ours singly.
    #[must_use]
    pub fn extended_by(&self, newer: &Self) -> Self {
        let kept = self
            .special_days
            .iter()
            .filter(|day| !newer.covers(day.date.year()) && newer.find(day.date).is_none());
        let mut days: Vec<CalendarDay> = kept.chain(&newer.special_days).cloned().collect();
        days.sort_by_key(|day| day.date);
        Self::of(days, newer.version.clone())
    }

    fn of(special_days: Vec<CalendarDay>, version: CalendarVersion) -> Self {
        let mut calendar = Self {
            version,
            special_days,
            covered_years: Vec::new(),
        };
        let mut years: Vec<i32> = calendar
            .special_days
            .iter()
            .map(|d| d.date.year())
            .collect();
        years.dedup();
        years.retain(|&year| calendar.holds_whole_notice(year));
        calendar.covered_years = years;
        calendar
    }

    /// 1 January and 1 October are days off every year: a file cut short lacks one of them.
    fn holds_whole_notice(&self, year: i32) -> bool {
        [(1, 1), (10, 1)].into_iter().all(|(month, day)| {
            NaiveDate::from_ymd_opt(year, month, day)
                .is_some_and(|date| matches!(self.find(date), Some(DayKind::Holiday { .. })))
        })
    }

    pub fn version(&self) -> &CalendarVersion {
        &self.version
    }

    /// Years whose notice is known, in order.
    pub fn covered_years(&self) -> &[i32] {
        &self.covered_years
    }

    /// Whether the year's notice is known.
    pub fn covers(&self, year: i32) -> bool {
        self.covered_years.binary_search(&year).is_ok()
    }

    /// Whether the yearly notices that can name the day are all known; otherwise it is provisional.
    /// A special holiday ordered in mid-year, such as 2015-09-03, cannot be foreseen.
    pub fn is_settled(&self, date: NaiveDate) -> bool {
        let next_notice_may_name_it = date.month() == 12 && date.day() >= FIRST_OPEN_DECEMBER_DAY;
        self.covers(date.year()) && (!next_notice_may_name_it || self.covers(date.year() + 1))
    }

    pub fn kind(&self, date: NaiveDate) -> DayKind {
        self.find(date)
            .cloned()
            .unwrap_or_else(|| DayKind::by_weekday(date))
    }

    /// The date together with what it is.
    pub fn day(&self, date: NaiveDate) -> CalendarDay {
        CalendarDay {
            date,
            kind: self.kind(date),
        }
    }

    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.find(date).map_or_else(
            || DayKind::by_weekday(date).is_working(),
            DayKind::is_working,
        )
    }

    /// The first working day after `date`.
    pub fn next_working_day(&self, date: NaiveDate) -> NaiveDate {
        date.iter_days()
            .skip(1)
            .find(|&day| self.is_working_day(day))
            // Only past the last date chrono can hold, some 260,000 years from now.
            .unwrap_or(NaiveDate::MAX)
    }

    /// The days named by a notice from `first` to `last`, both included.
    pub fn special_days(&self, first: NaiveDate, last: NaiveDate) -> &[CalendarDay] {
        let from = self.special_days.partition_point(|day| day.date < first);
        let to = self.special_days.partition_point(|day| day.date <= last);
        self.special_days.get(from..to).unwrap_or_default()
    }

    fn find(&self, date: NaiveDate) -> Option<&DayKind> {
        let found = self
            .special_days
            .binary_search_by_key(&date, |day| day.date)
            .ok()?;
        self.special_days.get(found).map(|day| &day.kind)
    }
}
