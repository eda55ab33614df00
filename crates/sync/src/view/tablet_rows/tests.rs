use chrono::TimeZone as _;
use domain::{case::CaseNumber, filing::Subject};
use uuid::Uuid;

use super::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2003, 9, day).expect("a day")
}

fn noon(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2003, 9, day, 4, 0, 0)
        .single()
        .expect("a time")
}

fn row(case: u128, due: Option<u32>) -> TabletRow {
    TabletRow {
        row: WorkRow {
            case: CaseId(Uuid::from_u128(case)),
            number: serde_json::from_value::<CaseNumber>(format!("PJ03-{case:05}").into())
                .expect("a number"),
            name: "张某".to_owned(),
            subject: Subject::Roads,
            procedure: Procedure::InHandling,
            unread: false,
            danger: Danger::None,
            unit: None,
            received_on: day(1),
            due: due.map(day),
            days_left: None,
        },
        version: 1,
    }
}

fn whole(rows: Vec<TabletRow>) -> TabletRows {
    TabletRows {
        next: "1".to_owned(),
        whole: true,
        held: held(rows.iter().map(|row| row.row.case)),
        rows,
        gone: Vec::new(),
        as_of: noon(18),
    }
}

fn numbers(list: &Worklist) -> Vec<u128> {
    list.rows.iter().map(|row| row.case.0.as_u128()).collect()
}

#[test]
fn the_most_urgent_comes_first_and_danger_before_it() {
    let mut danger = row(4, None);
    danger.row.danger = Danger::Now;
    let list = TabletList::of(whole(vec![
        row(1, None),
        row(2, Some(20)),
        row(3, Some(17)),
        danger,
    ]));
    let shown = list.worklist(&WorkFilter::default());
    assert_eq!(numbers(&shown), [4, 3, 2, 1]);
    assert_eq!(shown.overdue, 1);
    assert_eq!(shown.rows[1].days_left, Some(-1));
    assert_eq!(shown.counts, [(Procedure::InHandling, 4)]);
}

#[test]
fn a_change_replaces_its_row_and_what_is_done_goes() {
    let mut list = TabletList::of(whole(vec![row(1, Some(20)), row(2, Some(21))]));
    let mut newer = row(2, Some(19));
    newer.version = 2;
    let answer = TabletRows {
        next: "2".to_owned(),
        whole: false,
        held: held([newer.row.case, row(3, None).row.case]),
        rows: vec![newer, row(3, None)],
        gone: vec![row(1, None).row.case],
        as_of: noon(19),
    };
    assert_eq!(list.apply(answer), Applied::Whole);
    let shown = list.worklist(&WorkFilter::default());
    assert_eq!(numbers(&shown), [2, 3]);
    // Counted from the day the answer is of, for what did not change too.
    assert_eq!(shown.rows[0].days_left, Some(0));
    assert_eq!(list.next, "2");
}

#[test]
fn a_case_that_was_closed_to_its_official_is_found_by_the_digest() {
    let mut list = TabletList::of(whole(vec![row(1, None), row(2, None)]));
    let nothing = TabletRows {
        whole: false,
        rows: Vec::new(),
        held: held([row(1, None).row.case]),
        ..whole(Vec::new())
    };
    assert_eq!(list.apply(nothing), Applied::Afresh);
    assert_eq!(list.apply(whole(vec![row(1, None)])), Applied::Whole);
    assert_eq!(list.rows.len(), 1);
}

#[test]
fn nothing_is_new_only_to_a_tablet_that_holds_what_it_should() {
    let list = TabletList::of(whole(vec![row(1, None), row(2, None)]));
    let nothing = TabletRows {
        whole: false,
        rows: Vec::new(),
        ..whole(list.rows.clone())
    };
    assert!(nothing.is_nothing_new(&list.held()));
    assert!(!nothing.is_nothing_new(""));
    assert!(!nothing.is_nothing_new(&held([row(1, None).row.case])));
    let gone = vec![row(3, None).row.case];
    for news in [
        whole(list.rows.clone()),
        TabletRows {
            gone,
            ..nothing.clone()
        },
        TabletRows {
            rows: vec![row(1, Some(9))],
            ..nothing
        },
    ] {
        assert!(!news.is_nothing_new(&list.held()));
    }
}

#[test]
fn filters_and_pages_are_those_of_the_server() {
    let mut rows: Vec<TabletRow> = (1..=60).map(|case| row(case, Some(25))).collect();
    rows[9].row.procedure = Procedure::Registered;
    let list = TabletList::of(whole(rows));
    let by = |filter: WorkFilter| list.worklist(&filter);
    let second = by(WorkFilter {
        page: 2,
        ..WorkFilter::default()
    });
    assert_eq!((second.rows.len(), second.total), (10, 60));
    let registered = by(WorkFilter {
        state: "registered".to_owned(),
        ..WorkFilter::default()
    });
    assert_eq!(numbers(&registered), [10]);
    let soon = by(WorkFilter {
        due: "soon".to_owned(),
        ..WorkFilter::default()
    });
    assert_eq!(soon.total, 60);
    assert_eq!(
        by(WorkFilter {
            due: "overdue".to_owned(),
            ..WorkFilter::default()
        })
        .total,
        0
    );
    let number = list.rows[4].row.number.to_string().to_lowercase();
    assert_eq!(
        numbers(&by(WorkFilter {
            find: format!(" {number} "),
            ..WorkFilter::default()
        })),
        [5]
    );
    assert_eq!(
        by(WorkFilter {
            find: "张".to_owned(),
            ..WorkFilter::default()
        })
        .total,
        0
    );
}

#[test]
fn the_urgent_ones_that_are_unknown_or_older_are_wanted() {
    let mut second = row(2, Some(21));
    second.version = 3;
    let list = TabletList::of(whole(vec![
        row(1, Some(20)),
        second,
        row(3, Some(22)),
        row(4, Some(23)),
    ]));
    let id = |case: u128| CaseId(Uuid::from_u128(case));
    let known = HashMap::from([(id(1), 1), (id(2), 2)]);
    assert_eq!(list.wanted(&known, 3), [id(2), id(3)]);
}
