use chrono::NaiveDate;
use thiserror::Error;

use super::{CalendarDay, DayKind};

/// The first line of every calendar file.
const HEADER: &str = "date,kind,occasion";

/// Why a calendar file was refused. Lines are counted from 1, the header being line 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    #[error("line 1: the header must be `{HEADER}`, found `{found}`")]
    HeaderMissing { found: String },
    #[error("the file has a header and no days")]
    NoDays,
    #[error("line {line}: expected 3 fields (date, kind, occasion), found {found}")]
    FieldCount { line: usize, found: usize },
    #[error("line {line}: `{found}` is not a date like 2026-10-01")]
    BadDate { line: usize, found: String },
    #[error("line {line}: the kind is `holiday` or `workday`, not `{found}`")]
    BadKind { line: usize, found: String },
    #[error("line {line}: the occasion is empty")]
    OccasionMissing { line: usize },
    #[error("line {line}: {date} is named a second time (first on line {first})")]
    DuplicateDay {
        line: usize,
        date: NaiveDate,
        first: usize,
    },
    /// Only a weekend can be worked in exchange, so the date is mistyped.
    #[error("line {line}: {date} is a make-up workday but falls on Monday to Friday")]
    MakeUpOnWeekday { line: usize, date: NaiveDate },
}

/// The days of a calendar file, sorted by date. Blank lines, a byte-order mark and CRLF are
/// accepted, because such files pass through spreadsheets.
pub(super) fn parse(csv: &str) -> Result<Vec<CalendarDay>, CalendarError> {
    let mut lines = (1..).zip(csv.trim_start_matches('\u{feff}').lines().map(str::trim));
    let header = lines.next().map_or("", |(_, line)| line);
    if header != HEADER {
        return Err(CalendarError::HeaderMissing {
            found: header.to_owned(),
        });
    }
    let mut days = lines
        .filter(|(_, text)| !text.is_empty())
        .map(|(line, text)| Ok((line, parse_day(line, text)?)))
        .collect::<Result<Vec<(usize, CalendarDay)>, CalendarError>>()?;
    // A stable sort: of two rows for one day the earlier line stays first.
    days.sort_by_key(|(_, day)| day.date);
    if let Some([(first, _), (line, day)]) = days
        .array_windows()
        .find(|[one, next]| one.1.date == next.1.date)
    {
        return Err(CalendarError::DuplicateDay {
            line: *line,
            date: day.date,
            first: *first,
        });
    }
    if days.is_empty() {
        return Err(CalendarError::NoDays);
    }
    Ok(days.into_iter().map(|(_, day)| day).collect())
}

fn parse_day(line: usize, text: &str) -> Result<CalendarDay, CalendarError> {
    let fields: Vec<&str> = text.split(',').map(str::trim).collect();
    let [date, kind, occasion] = fields[..] else {
        return Err(CalendarError::FieldCount {
            line,
            found: fields.len(),
        });
    };
    let date = date
        .parse::<NaiveDate>()
        .map_err(|_| CalendarError::BadDate {
            line,
            found: date.to_owned(),
        })?;
    if occasion.is_empty() {
        return Err(CalendarError::OccasionMissing { line });
    }
    let occasion = occasion.to_owned();
    let kind = match kind {
        "holiday" => DayKind::Holiday { occasion },
        "workday" if DayKind::by_weekday(date).is_working() => {
            return Err(CalendarError::MakeUpOnWeekday { line, date });
        }
        "workday" => DayKind::MakeUpWorkday { occasion },
        other => {
            return Err(CalendarError::BadKind {
                line,
                found: other.to_owned(),
            });
        }
    };
    Ok(CalendarDay { date, kind })
}
