use rstest::rstest;
use uuid::Uuid;

use super::super::{
    FieldProblem::{self, *},
    NoticeForm,
};
use crate::{filing::Subject, phone::PhoneProblem, text::TextProblem};

fn filled() -> NoticeForm {
    NoticeForm {
        title: "县领导下访接待群众".into(),
        date: "2026-09-18".into(),
        venue_name: "老中学".into(),
        venue_address: "人民路1号".into(),
        venue_division: "330726001".into(),
        latitude: "29.452400".into(),
        longitude: "119.892100".into(),
        leader_name: vec!["周明".into(), String::new(), "林岚".into()],
        leader_title: vec!["县长".into(), String::new(), "副县长".into()],
        leader_portfolio: vec!["全面工作".into(), String::new(), "交通".into()],
        departments: "交通局\n水利局".into(),
        rooms: "道路\n综合".into(),
        subject_rooms: vec![String::new(), String::new(), " １ ".into()],
        scope: "本县范围内的事".into(),
        exclusions: "已进入诉讼的".into(),
        opens: "2026-09-14T08:00".into(),
        bring: "身份证".into(),
        phone: "0579-84100000".into(),
        officers: vec![Uuid::from_u128(9).to_string()],
        ..NoticeForm::default()
    }
}

#[test]
fn a_notice_reads_its_times_as_china_s_and_closes_the_evening_before() {
    let notice = filled().parse().unwrap();
    assert_eq!(notice.begins().to_rfc3339(), "2026-09-18T00:00:00+00:00");
    let window = notice.registration;
    assert_eq!(window.opens.to_rfc3339(), "2026-09-14T00:00:00+00:00");
    assert_eq!(window.closes.to_rfc3339(), "2026-09-17T09:00:00+00:00");
    assert_eq!(notice.leaders.len(), 2);
    assert_eq!(notice.rooms[0].subjects, [Subject::Roads]);
    assert_eq!(notice.rooms[1].subjects, []);
    assert_eq!(notice.rooms[1].number, 2);
    assert_eq!(notice.venue.point.unwrap().latitude_e6, 29_452_400);
}

#[test]
fn a_notice_survives_editing() {
    let notice = filled().parse().unwrap();
    assert_eq!(NoticeForm::from(&notice).parse().unwrap(), notice);
}

fn row(row: usize, problem: FieldProblem) -> FieldProblem {
    let problem = Box::new(problem);
    Row { row, problem }
}

type Change = fn(&mut NoticeForm);

#[rstest]
#[case::no_date("date", |f: &mut NoticeForm| f.date.clear(), Required)]
#[case::no_such_day("date", |f: &mut NoticeForm| f.date = "2026-13-01".into(), NotADate)]
#[case::far_date("date", |f: &mut NoticeForm| f.date = "+99999-01-01".into(), NotADate)]
#[case::time("from", |f: &mut NoticeForm| f.from = "25:00".into(), NotATime)]
#[case::hours_backwards("to", |f: &mut NoticeForm| f.to = "07:00".into(), DoesNotFit)]
#[case::mode("mode", |f: &mut NoticeForm| f.mode = "surprise".into(), NotAChoice)]
#[case::leader_without_portfolio("leader_portfolio", |f: &mut NoticeForm| f.leader_portfolio[2].clear(), row(3, Required))]
#[case::leader_without_name("leader_name", |f: &mut NoticeForm| f.leader_name[0].clear(), row(1, Required))]
#[case::no_leader("leader_name", |f: &mut NoticeForm| { f.leader_name.clear(); f.leader_title.clear(); f.leader_portfolio.clear(); }, Required)]
#[case::no_room("rooms", |f: &mut NoticeForm| f.rooms = "\n".into(), Required)]
#[case::no_such_room("subject_rooms", |f: &mut NoticeForm| f.subject_rooms[1] = "2、3".into(), row(2, Number { min: 1, max: 2 }))]
#[case::too_many_rooms("rooms", |f: &mut NoticeForm| f.rooms = "室\n".repeat(61), TooMany { max: 60 })]
#[case::scope("scope", |f: &mut NoticeForm| f.scope = "字".repeat(2001), Text(TextProblem::TooLong { count: 2001, max: 2000 }))]
#[case::opens("opens", |f: &mut NoticeForm| f.opens = "2026-09-14".into(), NotADate)]
#[case::closes_before_it_opens("closes", |f: &mut NoticeForm| f.closes = "2026-09-13T08:00".into(), DoesNotFit)]
#[case::closes_after_it_begins("closes", |f: &mut NoticeForm| f.closes = "2026-09-18T09:00".into(), DoesNotFit)]
#[case::phone("phone", |f: &mut NoticeForm| f.phone = "0579".into(), Phone(PhoneProblem::Landline))]
#[case::slot("slot_minutes", |f: &mut NoticeForm| f.slot_minutes = "1".into(), Number { min: 5, max: 240 })]
#[case::reserve("reserve_percent", |f: &mut NoticeForm| f.reserve_percent = "95".into(), Number { min: 0, max: 90 })]
#[case::north_only("longitude", |f: &mut NoticeForm| f.longitude.clear(), NotAPosition)]
#[case::off_the_earth("latitude", |f: &mut NoticeForm| f.latitude = "NaN".into(), NotAPosition)]
#[case::officer("officers", |f: &mut NoticeForm| f.officers = vec!["chief".into()], row(1, NotAChoice))]
fn each_bad_input_has_its_own_problem(
    #[case] field: &str,
    #[case] change: Change,
    #[case] problem: FieldProblem,
) {
    let mut form = filled();
    change(&mut form);
    let errors = form.parse().unwrap_err();
    assert_eq!(errors.of(field), Some(&problem), "{errors:?}");
    assert_eq!(errors.0.len(), 1, "{errors:?}");
}
