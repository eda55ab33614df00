//! The worklist as an official's tablet holds it, to work on without a network.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{calendar::china_date, case::Procedure, filing::Danger, ids::CaseId};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{WorkFilter, WorkRow, Worklist};

/// Rows on a page of the worklist.
pub const WORKLIST_PAGE: u32 = 50;
/// What is due within a week is due soon.
pub const SOON_DAYS: i64 = 7;

/// What changed of what an official has to work on since a cursor, or all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TabletRows {
    /// Where to go on. A word of the server's own; nothing is to be read from it.
    pub next: String,
    /// The rows are all there are: what is held besides is to go.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// New, or as they are now; the most urgent first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<TabletRow>,
    /// Nothing is to be done with these any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<CaseId>,
    /// A digest of all that is to be held now ([`held`]).
    pub held: String,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

impl TabletRows {
    /// Whether it says nothing that a tablet does not know which holds what this digest is of.
    pub fn is_nothing_new(&self, held: &str) -> bool {
        let told = self.whole || !self.rows.is_empty() || !self.gone.is_empty();
        !told && self.held == held
    }
}

/// A case in the list of a tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TabletRow {
    /// As the worklist shows it.
    pub row: WorkRow,
    /// Its version: what is known of the case is of an older one, or of this.
    pub version: u64,
}

/// A digest of which cases are held, in whatever order: 16 hexadecimal digits.
///
/// An official who may no longer see a case is not told of it. Its tablet learns by this that it holds
/// something else than it should, and asks for the whole.
pub fn held(cases: impl IntoIterator<Item = CaseId>) -> String {
    let mut cases: Vec<CaseId> = cases.into_iter().collect();
    cases.sort_unstable();
    let mut digest = Sha256::new();
    for case in cases {
        digest.update(case.0.as_bytes());
    }
    let digest = digest.finalize();
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What a tablet holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TabletList {
    /// Where to go on.
    pub next: String,
    /// The most urgent first.
    pub rows: Vec<TabletRow>,
    /// When this was true.
    pub as_of: DateTime<Utc>,
}

/// What an answer came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The tablet holds what it should.
    Whole,
    /// It holds something else: everything is to be asked for.
    Afresh,
}

impl TabletList {
    /// What the first answer says.
    pub fn of(rows: TabletRows) -> Self {
        let mut list = Self {
            next: rows.next,
            rows: rows.rows,
            as_of: rows.as_of,
        };
        list.sort();
        list
    }

    /// Takes an answer in.
    pub fn apply(&mut self, answer: TabletRows) -> Applied {
        if answer.whole {
            *self = Self::of(answer);
            return Applied::Whole;
        }
        let rows = answer.rows.iter().map(|row| row.row.case);
        let other: HashSet<CaseId> = rows.chain(answer.gone).collect();
        self.rows.retain(|row| !other.contains(&row.row.case));
        self.rows.extend(answer.rows);
        self.next = answer.next;
        self.as_of = answer.as_of;
        self.sort();
        match self.held() == answer.held {
            true => Applied::Whole,
            false => Applied::Afresh,
        }
    }

    /// A digest of which cases these are ([`held`]).
    pub fn held(&self) -> String {
        held(self.rows.iter().map(|row| row.row.case))
    }

    /// Danger first, then by due date: the order the server has.
    fn sort(&mut self) {
        self.rows.sort_by_key(|TabletRow { row, .. }| {
            let (safe, due) = (row.danger == Danger::None, row.due);
            (safe, due.is_none(), due, row.received_on, row.case)
        });
    }

    /// The worklist by a filter, as the server would have answered when this was true. Of what is looked
    /// for only a case number is known here.
    pub fn worklist(&self, filter: &WorkFilter) -> Worklist {
        let today = china_date(self.as_of);
        let all = self.rows.iter().map(|row| with_days(&row.row, today));
        let all: Vec<WorkRow> = all.collect();
        let fits: Vec<&WorkRow> = all.iter().filter(|row| fits(row, filter)).collect();
        let first = (filter.page.max(1) as usize - 1) * WORKLIST_PAGE as usize;
        let page = fits.iter().skip(first).take(WORKLIST_PAGE as usize);
        let mut counts: Vec<(Procedure, u32)> = Vec::new();
        for row in &all {
            match counts.iter_mut().find(|(state, _)| *state == row.procedure) {
                Some((_, count)) => *count += 1,
                None => counts.push((row.procedure, 1)),
            }
        }
        counts.sort_by_key(|(state, _)| wire(*state));
        Worklist {
            rows: page.map(|row| (*row).clone()).collect(),
            counts,
            overdue: count(all.iter().filter(|row| is_overdue(row))),
            total: count(fits.iter()),
            filter: filter.clone(),
            page_size: WORKLIST_PAGE,
            as_of: self.as_of,
        }
    }

    /// Which cases are to be fetched next, the most urgent first: of `most` those that are not known, or
    /// only in an older version.
    pub fn wanted(&self, known: &HashMap<CaseId, u64>, most: usize) -> Vec<CaseId> {
        let urgent = self.rows.iter().take(most);
        urgent
            .filter(|row| known.get(&row.row.case) != Some(&row.version))
            .map(|row| row.row.case)
            .collect()
    }
}

fn with_days(row: &WorkRow, today: NaiveDate) -> WorkRow {
    WorkRow {
        days_left: row.due.map(|due| (due - today).num_days()),
        ..row.clone()
    }
}

fn fits(row: &WorkRow, filter: &WorkFilter) -> bool {
    let find = filter.find.trim();
    if !find.is_empty() {
        return row.number.to_string().eq_ignore_ascii_case(find);
    }
    let due = match filter.due.as_str() {
        "overdue" => is_overdue(row),
        "soon" => row
            .days_left
            .is_some_and(|days| (0..=SOON_DAYS).contains(&days)),
        _ => true,
    };
    due && is_named(&filter.state, &row.procedure) && is_named(&filter.subject, &row.subject)
}

fn is_overdue(row: &WorkRow) -> bool {
    row.days_left.is_some_and(|days| days < 0)
}

/// Whether a filter names this; an empty one names everything.
fn is_named<T: Serialize>(name: &str, value: &T) -> bool {
    name.is_empty() || serde_json::to_value(value).is_ok_and(|value| value == name)
}

fn wire(state: Procedure) -> String {
    match serde_json::to_value(state) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn count<T>(rows: impl Iterator<Item = T>) -> u32 {
    u32::try_from(rows.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
