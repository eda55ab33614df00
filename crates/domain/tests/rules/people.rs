//! Who lives and works in the test county, and what they bring. All invented.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    actor::{Actor, Holder, HolderRole, Official, Opened, Role, SealedReader},
    case::{Disposition, ReplyContent},
    filing::{Filing, MatterKind},
    form::{NoticeForm, RegisterForm},
    ids::{GrantId, OfficialId, SignInId, UnitId},
    text::PersonName,
    visit::VisitNotice,
};
use uuid::Uuid;

pub const ROADS: UnitId = UnitId(Uuid::from_u128(0xA));
pub const WATER: UnitId = UnitId(Uuid::from_u128(0xB));
/// The named reader of sealed matters.
pub const SEALED_READER: u128 = 6;

/// The visit is on 18 September 2026; this is four days before, registration is open.
pub fn start() -> DateTime<Utc> {
    "2026-09-14T02:00:00Z".parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn text<T: TryFrom<String>>(raw: &str) -> T
where
    T::Error: std::fmt::Debug,
{
    T::try_from(raw.to_owned()).unwrap()
}

/// The officials, by number.
pub fn official(number: u128) -> Official {
    let (unit, roles): (UnitId, &[Role]) = match number {
        1 => (ROADS, &[Role::Publisher]),
        2 => (ROADS, &[Role::Publisher, Role::ReceivingLeader]),
        3 => (WATER, &[Role::PetitionOfficer]),
        4 => (ROADS, &[Role::UnitHandler]),
        5 => (ROADS, &[Role::UnitHead]),
        6 => (WATER, &[Role::PetitionOfficer]),
        7 => (WATER, &[Role::UnitHead]),
        8 => (WATER, &[Role::DeskClerk]),
        9 => (WATER, &[Role::RoomClerk]),
        10 => (WATER, &[Role::VillageAgent]),
        11 => (ROADS, &[Role::UnitHead, Role::UnitHandler]),
        _ => (WATER, &[Role::Auditor, Role::Administrator]),
    };
    Official {
        id: OfficialId(Uuid::from_u128(number)),
        name: text::<PersonName>(&format!("官{number}")),
        unit,
        roles: roles.to_vec(),
        sealed_reader: SealedReader::No,
        sign_in: SignInId(Uuid::nil()),
    }
}

pub fn clerk(number: u128) -> Actor {
    Actor::Official(official(number))
}

pub fn holder_as(opens: Opened, role: HolderRole) -> Actor {
    let grant = GrantId(Uuid::nil());
    Actor::Holder(Holder { grant, role, opens })
}

pub fn form() -> RegisterForm {
    let text = str::to_owned;
    RegisterForm {
        for_whom: text("self"),
        name: text("陈水根"),
        people: text("2"),
        kind: text("request"),
        subject: text("roads"),
        statement: text("村口的路冬天走不了车"),
        reach: text("call"),
        phone: text("13800138000"),
        ..RegisterForm::default()
    }
}

pub fn filing() -> Box<Filing> {
    Box::new(form().parse().unwrap())
}

pub fn accusation() -> Box<Filing> {
    Box::new(Filing {
        kind: MatterKind::Accusation,
        ..*filing()
    })
}

/// Two rooms, four slots each, a quarter kept back: six places.
pub fn notice() -> Box<VisitNotice> {
    let form = NoticeForm {
        title: "县领导下访接待群众".into(),
        date: "2026-09-18".into(),
        from: "08:00".into(),
        to: "09:00".into(),
        venue_name: "老中学".into(),
        venue_address: "人民路1号".into(),
        leader_name: vec!["周明".into()],
        leader_title: vec!["县长".into()],
        leader_portfolio: vec!["全面工作".into()],
        rooms: "道路\n综合".into(),
        subject_rooms: vec![String::new(), String::new(), "1".into()],
        scope: "本县范围内的事".into(),
        opens: "2026-09-14T08:00".into(),
        phone: "0579-84100000".into(),
        reserve_percent: "25".into(),
        officers: vec![Uuid::from_u128(2).to_string()],
        ..NoticeForm::default()
    };
    Box::new(form.parse().unwrap())
}

pub fn opinion() -> Box<ReplyContent> {
    Box::new(ReplyContent {
        plain: text("村口的路十月底前修好。"),
        body: None,
        disposition: Some(Disposition::Support),
        facts: Some(text("现场看过")),
        basis: Some(text("公路法")),
        remedies: Some(text("三十日内可申请复查")),
        evidence: vec![text("现场照片")],
    })
}
