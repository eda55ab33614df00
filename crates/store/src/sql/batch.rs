//! Rows that wait to be inserted together: each statement is a way to the database and back, and the
//! jobs of a group insert into the same few tables.

use super::{Insert, Value};
use crate::StoreError;

#[derive(Default)]
pub(super) struct Batch {
    waiting: Vec<Waiting>,
    /// How many of them earlier jobs left.
    mark: usize,
    /// What earlier jobs left and was written after the running job's savepoint.
    since_savepoint: Vec<Waiting>,
    pub careful: bool,
    pub lost: Option<StoreError>,
}

#[derive(Clone)]
struct Waiting {
    insert: &'static Insert,
    row: Vec<Value>,
}

/// The rows of one statement.
pub(super) type Together = (&'static Insert, Vec<Vec<Value>>);

impl Batch {
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub fn push(&mut self, insert: &'static Insert, row: Vec<Value>) {
        self.waiting.push(Waiting { insert, row });
    }

    pub fn begin_job(&mut self) {
        self.mark = self.waiting.len();
        self.since_savepoint.clear();
    }

    pub fn undo_job(&mut self) {
        self.waiting.truncate(self.mark);
        self.since_savepoint.append(&mut self.waiting);
        self.waiting = std::mem::take(&mut self.since_savepoint);
        self.mark = self.waiting.len();
    }

    /// What waits, a statement for each table, those that only add before those that replace.
    pub fn take(&mut self) -> Vec<Together> {
        let earlier = self.waiting.iter().take(self.mark).cloned();
        self.since_savepoint.extend(earlier);
        self.mark = 0;
        let mut tables: Vec<Together> = Vec::new();
        for Waiting { insert, row } in self.waiting.drain(..) {
            let place = tables
                .iter()
                .position(|(known, _)| std::ptr::eq(*known, insert));
            match place {
                Some(place) => tables[place].1.push(row),
                None => tables.push((insert, vec![row])),
            }
        }
        for (insert, rows) in &mut tables {
            keep_last(rows, insert.key);
        }
        // What is made is there before it is changed.
        tables.sort_by_key(|(insert, _)| insert.key > 0);
        tables
    }
}

/// One statement may not write a row twice: of rows with one key the last is meant.
fn keep_last(rows: &mut Vec<Vec<Value>>, key: usize) {
    if key == 0 {
        return;
    }
    let mut seen = std::collections::HashSet::new();
    rows.reverse();
    rows.retain(|row| seen.insert(row[..key].to_vec()));
    rows.reverse();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args;

    static ONCE: Insert = Insert {
        into: "INSERT INTO once VALUES",
        rest: "",
        key: 0,
    };
    static LAST: Insert = Insert {
        into: "INSERT INTO last VALUES",
        rest: "",
        key: 1,
    };

    fn rows(batch: &mut Batch) -> Vec<(&'static str, Vec<Vec<Value>>)> {
        let tables = batch.take();
        tables
            .into_iter()
            .map(|(insert, rows)| (insert.into, rows))
            .collect()
    }

    #[test]
    fn rows_go_together_table_by_table_and_the_last_of_a_key_counts() {
        let mut batch = Batch::default();
        batch.push(&ONCE, args![1_i64]);
        batch.push(&LAST, args![1_i64, "a"]);
        batch.push(&ONCE, args![1_i64]);
        batch.push(&LAST, args![2_i64, "b"]);
        batch.push(&LAST, args![1_i64, "c"]);
        assert_eq!(
            rows(&mut batch),
            [
                (ONCE.into, vec![args![1_i64], args![1_i64]]),
                (LAST.into, vec![args![2_i64, "b"], args![1_i64, "c"]]),
            ]
        );
        assert!(batch.is_empty());
    }

    #[test]
    fn undoing_a_job_takes_its_rows_and_no_others() {
        let mut batch = Batch::default();
        batch.begin_job();
        batch.push(&ONCE, args![1_i64]);
        batch.begin_job();
        batch.push(&ONCE, args![2_i64]);
        batch.undo_job();
        assert_eq!(rows(&mut batch), [(ONCE.into, vec![args![1_i64]])]);
    }

    /// The savepoint takes back what was written of an earlier job too, so that it waits again.
    #[test]
    fn an_earlier_jobs_rows_written_in_an_undone_job_wait_again() {
        let mut batch = Batch::default();
        batch.begin_job();
        batch.push(&ONCE, args![1_i64]);
        batch.begin_job();
        batch.push(&ONCE, args![2_i64]);
        assert_eq!(
            rows(&mut batch),
            [(ONCE.into, vec![args![1_i64], args![2_i64]])]
        );
        batch.push(&ONCE, args![3_i64]);
        batch.undo_job();
        batch.begin_job();
        batch.push(&ONCE, args![4_i64]);
        assert_eq!(
            rows(&mut batch),
            [(ONCE.into, vec![args![1_i64], args![4_i64]])]
        );
    }

    #[test]
    fn what_was_written_before_the_savepoint_stays_written() {
        let mut batch = Batch::default();
        batch.begin_job();
        batch.push(&ONCE, args![1_i64]);
        assert_eq!(rows(&mut batch).len(), 1);
        batch.begin_job();
        batch.push(&ONCE, args![2_i64]);
        batch.undo_job();
        assert!(batch.is_empty());
    }
}
