//! Reads a form field by field and collects what is wrong.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::{FieldError, FieldProblem, FormErrors};
use crate::text::{Line, ascii_digits};

/// What is wrong so far. A reader that returns `None` for something needed has noted why.
#[derive(Default)]
pub(super) struct Sheet {
    errors: Vec<FieldError>,
}

impl Sheet {
    pub fn note(&mut self, field: &'static str, problem: impl Into<FieldProblem>) {
        let problem = problem.into();
        self.errors.push(FieldError { field, problem });
    }

    /// The value, or its problem noted.
    pub fn keep<T, P: Into<FieldProblem>>(
        &mut self,
        field: &'static str,
        parsed: Result<T, P>,
    ) -> Option<T> {
        parsed.map_err(|problem| self.note(field, problem)).ok()
    }

    /// A field that must be filled in.
    pub fn needed<T, P: Into<FieldProblem>>(
        &mut self,
        field: &'static str,
        raw: &str,
        parse: impl FnOnce(&str) -> Result<T, P>,
    ) -> Option<T> {
        if raw.trim().is_empty() {
            self.note(field, FieldProblem::Required);
            return None;
        }
        self.keep(field, parse(raw.trim()))
    }

    /// A field that may stay empty.
    pub fn optional<T, P: Into<FieldProblem>>(
        &mut self,
        field: &'static str,
        raw: &str,
        parse: impl FnOnce(&str) -> Result<T, P>,
    ) -> Option<T> {
        if raw.trim().is_empty() {
            return None;
        }
        self.keep(field, parse(raw.trim()))
    }

    /// Entries, of which the empty ones do not count. The first wrong one is noted with its row.
    pub fn rows<'r, T, P: Into<FieldProblem>>(
        &mut self,
        field: &'static str,
        entries: impl IntoIterator<Item = &'r str>,
        parse: impl Fn(&str) -> Result<T, P>,
    ) -> Vec<T> {
        let entries = entries.into_iter().map(str::trim);
        let parsed: Result<Vec<T>, FieldProblem> = entries
            .zip(1..)
            .filter(|(entry, _)| !entry.is_empty())
            .map(|(entry, row)| parse(entry).map_err(|problem| in_row(row, problem.into())))
            .collect();
        self.keep(field, parsed).unwrap_or_default()
    }

    /// One [`Line`] per line.
    pub fn lines(&mut self, field: &'static str, raw: &str) -> Vec<Line> {
        self.rows(field, raw.lines(), Line::parse)
    }

    /// A box that is ticked (`on`) or not sent at all.
    pub fn ticked(&mut self, field: &'static str, raw: &str) -> bool {
        match raw.trim() {
            "" => false,
            "on" => true,
            _ => {
                self.note(field, FieldProblem::NotAChoice);
                false
            }
        }
    }

    /// One entry's problem in a field that has several.
    pub fn note_row(&mut self, field: &'static str, row: usize, problem: FieldProblem) {
        self.note(field, in_row(row, problem));
    }

    /// Reads one row of several; what is wrong in it is noted with its number.
    pub fn in_row<T>(
        &mut self,
        row: usize,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let mut cell = Self::default();
        let read = read(&mut cell);
        match cell.finish(read) {
            Ok(whole) => Some(whole),
            Err(FormErrors(errors)) => {
                for error in errors {
                    self.note_row(error.field, row, error.problem);
                }
                None
            }
        }
    }

    /// True when nothing is wrong with a field so far.
    pub fn is_clean(&self, field: &str) -> bool {
        self.errors.iter().all(|error| error.field != field)
    }

    /// The whole, when nothing was wrong.
    pub fn finish<T>(self, whole: Option<T>) -> Result<T, FormErrors> {
        match whole {
            Some(whole) if self.errors.is_empty() => Ok(whole),
            _ => Err(FormErrors(self.errors)),
        }
    }
}

fn in_row(row: usize, problem: FieldProblem) -> FieldProblem {
    let problem = Box::new(problem);
    FieldProblem::Row { row, problem }
}

/// Years a date here can lie in: a slip of the finger is none of them.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// `yyyy-mm-dd`.
pub(super) fn date(raw: &str) -> Result<NaiveDate, FieldProblem> {
    NaiveDate::parse_from_str(&ascii_digits(raw), "%Y-%m-%d")
        .ok()
        .filter(|date| YEARS.contains(&date.year()))
        .ok_or(FieldProblem::NotADate)
}

/// `HH:MM`; some browsers add seconds.
pub(super) fn time(raw: &str) -> Result<NaiveTime, FieldProblem> {
    let raw = ascii_digits(raw).replace('：', ":");
    NaiveTime::parse_from_str(&raw, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(&raw, "%H:%M:%S"))
        .map_err(|_| FieldProblem::NotATime)
}

/// `yyyy-mm-ddTHH:MM`, local time.
pub(super) fn date_time(raw: &str) -> Result<NaiveDateTime, FieldProblem> {
    let (day, hour) = raw.split_once(['T', ' ']).ok_or(FieldProblem::NotADate)?;
    Ok(date(day)?.and_time(time(hour)?))
}

/// A whole number from `min` to `max`, in digits of any width.
pub(super) fn number(raw: &str, min: u32, max: u32) -> Result<u32, FieldProblem> {
    let parsed = ascii_digits(raw).parse().ok();
    parsed
        .filter(|number| (min..=max).contains(number))
        .ok_or(FieldProblem::Number { min, max })
}
