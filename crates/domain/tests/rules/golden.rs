//! Events live for decades: a log written by this release is read and folded by every later one.
//! Lines are only ever added to `golden/v1.jsonl`.

use std::collections::BTreeSet;

use domain::event::DomainEvent;

use crate::{county::County, sequences::long_history};

const LOG: &str = include_str!("../golden/v1.jsonl");

fn kind(json: &serde_json::Value) -> String {
    format!("{}.{}", json["aggregate"], json["event"]["event"])
}

/// The first event of each kind that the random histories make.
fn one_of_each() -> Vec<String> {
    let mut seen = BTreeSet::new();
    let events = (0..40).flat_map(|seed| long_history(seed).events);
    let lines = events.map(|event| serde_json::to_value(event).unwrap());
    lines
        .filter(|json| seen.insert(kind(json)))
        .map(|json| json.to_string())
        .collect()
}

#[test]
fn a_stored_log_is_read_and_folded_and_written_the_same() {
    let mut county = County::new(0);
    for line in LOG.lines() {
        let stored: serde_json::Value = serde_json::from_str(line).unwrap();
        let event: DomainEvent = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), stored);
        county.fold(event);
    }
    assert!(!county.visits.is_empty() && !county.registrations.is_empty());
}

#[test]
fn the_log_has_one_of_each_event_that_commands_make() {
    let kind_of = |line: &str| kind(&serde_json::from_str(line).unwrap());
    let stored: BTreeSet<String> = LOG.lines().map(kind_of).collect();
    let mut made = one_of_each();
    made.retain(|line| !stored.contains(&kind_of(line)));
    assert!(made.is_empty(), "lines to add:\n{}", made.join("\n"));
    assert_eq!(stored.len(), 62, "{stored:?}");
}
