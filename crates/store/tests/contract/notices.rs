//! The list of notices: what it shows is kept beside a visit's state.

use chrono::Duration;
use domain::division::DivisionCode;
use domain::event::Decided;
use domain::ids::{OfficialId, VisitId};
use domain::text::Line;
use domain::visit::{ReceptionRoom, VisitEvent, VisitNotice, VisitPhase};
use store::records::Division;
use store::testing::TestStore;
use sync::view::Notices;

use crate::office::commit;
use crate::support::{county, id};
use crate::visits::{PLACES, filing, notice, now, publish, register};

on_both! {
    the_list_shows_the_newest_published_version;
    the_list_tells_what_a_day_came_to;
    a_cancelled_visit_says_so_in_the_list;
}

const VISIT: VisitId = VisitId(uuid::Uuid::from_u128(7));

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn township() -> DivisionCode {
    DivisionCode::parse(&format!("{}101", county().as_str())).unwrap()
}

/// Another title and venue, in a township, with two rooms and three departments.
fn second_version() -> VisitNotice {
    let mut notice = notice();
    notice.title = line("县领导下访（改期）");
    notice.venue.name = line("中心学校");
    notice.venue.division = Some(township());
    notice.rooms.push(ReceptionRoom {
        number: 2,
        label: line("二号室"),
        subjects: Vec::new(),
    });
    notice.departments = ["甲局", "乙局", "丙局"].map(line).to_vec();
    notice
}

fn drafted(notice: VisitNotice) -> VisitEvent {
    VisitEvent::Drafted {
        notice: Box::new(notice),
        by: OfficialId(id(900)),
        change: Some(line("换了地方")),
    }
}

async fn happened(it: &TestStore, lane: u64, events: impl IntoIterator<Item = VisitEvent>) {
    let mut decided = Decided::default();
    for event in events {
        decided.visit(VISIT, event);
    }
    commit(&it.store, lane, decided).await;
}

async fn published_twice(it: &TestStore) {
    let known = Division {
        code: township().to_string(),
        name: "甲镇".to_owned(),
        parent: None,
        level: "township".to_owned(),
    };
    it.store.save_divisions(county(), &[known]).await.unwrap();
    publish(&it.store, VISIT).await;
    let published = VisitEvent::Published {
        by: OfficialId(id(901)),
        version: 2,
        at: now(),
    };
    happened(it, 902, [drafted(second_version()), published]).await;
}

async fn list(it: &TestStore, days: i64, township: Option<&DivisionCode>) -> Notices {
    let mut reader = it.store.read().await.unwrap();
    let at = now() + Duration::days(days);
    reader.notices(county(), township, at).await.unwrap()
}

async fn the_list_shows_the_newest_published_version(it: TestStore) {
    published_twice(&it).await;
    // A third version is being written: the public sees the second.
    let mut third = second_version();
    third.title = line("还没有公布");
    happened(&it, 903, [drafted(third)]).await;
    let seen = list(&it, 0, None).await;
    let [row] = seen.upcoming.as_slice() else {
        panic!("{seen:?}");
    };
    assert_eq!(row.title, line("县领导下访（改期）"));
    assert_eq!(row.venue, line("中心学校"));
    assert_eq!(row.township.as_ref().unwrap().name, "甲镇");
    assert_eq!(row.leaders[0].title, line("县长"));
    assert_eq!(row.registration, notice().registration);
    assert_eq!(
        (row.phase, row.free),
        (VisitPhase::RegistrationOpen, PLACES)
    );
    assert_eq!(row.figures, None);
    let there = list(&it, 0, Some(&township())).await;
    assert_eq!(there.upcoming.len(), 1);
    let elsewhere = DivisionCode::parse(&format!("{}102", county().as_str())).unwrap();
    assert_eq!(list(&it, 0, Some(&elsewhere)).await.upcoming, []);
}

async fn the_list_tells_what_a_day_came_to(it: TestStore) {
    published_twice(&it).await;
    register(&it.store, VISIT, 1, filing("某某")).await;
    assert_eq!(
        list(&it, 6, None).await.upcoming[0].phase,
        VisitPhase::RegistrationClosed
    );
    let past = list(&it, 8, None).await.past;
    assert_eq!(past[0].phase, VisitPhase::FollowUp);
    let figures = past[0].figures.unwrap();
    assert_eq!((figures.rooms, figures.departments), (2, 3));
    assert_eq!((figures.registered, figures.no_shows), (1, 1));
}

async fn a_cancelled_visit_says_so_in_the_list(it: TestStore) {
    published_twice(&it).await;
    let cancelled = VisitEvent::Cancelled {
        by: OfficialId(id(901)),
        reason: line("台风"),
        at: now(),
        offered: None,
    };
    happened(&it, 904, [cancelled]).await;
    assert_eq!(
        list(&it, 0, None).await.upcoming[0].phase,
        VisitPhase::Cancelled
    );
}
