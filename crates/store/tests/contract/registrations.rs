//! Who sees who registered, and what of it (`people.md` 6 and 30).

use chrono::{DateTime, Utc};
use domain::actor::{Official, Role, SealedReader};
use domain::desk::DeskAct;
use domain::event::Decided;
use domain::filing::{AccessNeed, Filing, MatterKind, Subject};
use domain::ids::{CommandId, OfficialId, RegistrationId, SignInId, UnitId, VisitId};
use domain::person::PartySize;
use domain::provisional::ProvisionalNumber;
use domain::readers::ReaderKey;
use domain::registration::{RegistrationEvent, RegistrationStatus};
use domain::text::{Line, PersonName};
use domain::visit::VisitEvent;
use store::testing::TestStore;
use store::{Drafts, Store};
use sync::view::{DeskFilter, Me, RegistrationDetail, Registrations};

use crate::office::commit;
use crate::support::{county, id};
use crate::visits::{filing, notice, now, publish, register};

on_both! {
    until_the_visit_begins_only_its_officers_see_who_registered;
    a_sealed_party_is_a_place_and_a_closed_one_is_missing;
    the_list_is_filtered_looked_up_and_paged;
    the_day_s_figures_are_live;
    a_contact_before_the_visit_is_shown;
    before_the_visit_names_are_opened_one_by_one_and_recorded;
    what_is_to_be_made_ready_is_counted;
    a_draft_is_for_those_who_write_notices_and_looks_as_it_will_be_published;
}

const VISIT: VisitId = VisitId(uuid::Uuid::from_u128(7));
/// The visit's named officer.
const OFFICER: u64 = 900;

fn official(n: u64, roles: &[Role]) -> Official {
    Official {
        id: OfficialId(id(n)),
        name: PersonName::parse("演示某").unwrap(),
        unit: UnitId(id(700)),
        roles: roles.to_vec(),
        sealed_reader: SealedReader::No,
        sign_in: SignInId(id(n)),
    }
}

fn me(official: &Official) -> Me {
    Me {
        id: official.id,
        name: official.name.clone(),
        unit: String::new(),
        roles: official.roles.clone(),
        sign_in: official.sign_in,
    }
}

fn officer() -> Official {
    official(OFFICER, &[Role::PetitionOfficer])
}

fn desk() -> Official {
    official(8, &[Role::DeskClerk])
}

fn the_day() -> DateTime<Utc> {
    notice().begins()
}

async fn list_of(
    store: &Store,
    official: &Official,
    filter: &DeskFilter,
    at: DateTime<Utc>,
) -> Registrations {
    let mut reader = store.read().await.unwrap();
    let list = reader.registrations(county(), (official, me(official)), VISIT, filter, at);
    list.await.unwrap().unwrap()
}

async fn list(it: &TestStore, official: &Official, at: DateTime<Utc>) -> Registrations {
    list_of(&it.store, official, &DeskFilter::default(), at).await
}

async fn detail(
    it: &TestStore,
    official: &Official,
    n: u64,
    at: DateTime<Utc>,
) -> Option<RegistrationDetail> {
    let mut reader = it.store.read().await.unwrap();
    let viewer = (official, me(official));
    let found = reader.registration_detail(county(), viewer, RegistrationId(id(n)), at);
    found.await.unwrap()
}

async fn happen(it: &TestStore, n: u64, event: RegistrationEvent) {
    let mut decided = Decided::default();
    decided.registration(RegistrationId(id(n)), event);
    commit(&it.store, 500, decided).await;
}

fn arrived(people: u16) -> RegistrationEvent {
    RegistrationEvent::Arrived {
        people: PartySize::new(people).unwrap(),
        by: desk().id,
        at: the_day(),
    }
}

fn accusation() -> Filing {
    Filing {
        kind: MatterKind::Accusation,
        subject: Subject::VillageAffairs,
        ..filing("某举报人")
    }
}

async fn until_the_visit_begins_only_its_officers_see_who_registered(it: TestStore) {
    publish(&it.store, VISIT).await;
    register(&it.store, VISIT, 1, filing("某村民")).await;
    let leader = official(3, &[Role::ReceivingLeader]);
    let unit = official(4, &[Role::UnitHandler]);
    for (viewer, before, during) in [
        (officer(), true, true),
        (desk(), false, true),
        (leader, false, true),
        (unit, false, false),
    ] {
        for (at, named) in [(now(), before), (the_day(), during)] {
            let list = list(&it, &viewer, at).await;
            assert_eq!(list.named, named, "{:?}", viewer.roles);
            assert_eq!(list.rows.len(), usize::from(named));
            assert_eq!(list.by_subject, [(Subject::Roads, 1)]);
            let detail = detail(&it, &viewer, 1, at).await;
            assert_eq!(detail.is_some(), named, "{:?}", viewer.roles);
        }
    }
    let seen = list(&it, &officer(), now()).await;
    assert_eq!(seen.rows[0].name.as_deref(), Some("某**"));
    assert_eq!(seen.rows[0].serial, Some(1));
}

async fn a_sealed_party_is_a_place_and_a_closed_one_is_missing(it: TestStore) {
    publish(&it.store, VISIT).await;
    let mut closed = filing("某当事人");
    closed.restricted_from = vec![ReaderKey::Official(officer().id)];
    register(&it.store, VISIT, 1, closed).await;
    register(&it.store, VISIT, 2, accusation()).await;

    let seen = list(&it, &officer(), now()).await;
    let [sealed] = &seen.rows[..] else {
        panic!("{:?}", seen.rows)
    };
    assert_eq!(
        (sealed.serial, &sealed.name, sealed.subject),
        (Some(2), &None, None)
    );
    assert_eq!(seen.by_subject, [], "neither is in a count by subject");
    assert_eq!((seen.total, seen.figures.registered), (1, 1));
    assert!(detail(&it, &officer(), 1, now()).await.is_none());
    let shown = detail(&it, &officer(), 2, now()).await.unwrap();
    assert!(shown.filing.is_none() && shown.result.is_none());
    assert!(!shown.can.contains(&DeskAct::Contact));

    // Nobody else is kept out, and the sealed party's name is found by no look-up.
    let by_desk = list(&it, &desk(), the_day()).await;
    assert_eq!(by_desk.total, 2);
    let find = DeskFilter {
        find: "某举报人".to_owned(),
        ..DeskFilter::default()
    };
    assert_eq!(list_of(&it.store, &desk(), &find, the_day()).await.total, 0);
}

async fn the_list_is_filtered_looked_up_and_paged(it: TestStore) {
    publish(&it.store, VISIT).await;
    for n in 1..=55 {
        register(&it.store, VISIT, n, filing("某村民")).await;
    }
    register(&it.store, VISIT, 56, filing("某别人")).await;
    happen(&it, 2, arrived(1)).await;
    let by = |change: fn(&mut DeskFilter)| {
        let mut filter = DeskFilter::default();
        change(&mut filter);
        filter
    };
    for (filter, total) in [
        (by(|_| ()), 56),
        (by(|f| f.status = "arrived".into()), 1),
        (by(|f| f.status = "waitlisted".into()), 36),
        (by(|f| f.room = "1".into()), 20),
        (by(|f| f.room = "2".into()), 0),
        (by(|f| f.find = "56".into()), 1),
        (by(|f| f.find = "某别人".into()), 1),
        (by(|f| f.find = "某别".into()), 0),
        (by(|f| f.find = "138 0013 8000".into()), 56),
        (
            by(|f| f.find = ProvisionalNumber::of(CommandId(id(1))).to_string()),
            56,
        ),
        (by(|f| f.find = "0000-0000-0001".into()), 0),
    ] {
        let list = list_of(&it.store, &officer(), &filter, now()).await;
        assert_eq!(list.total, total, "{filter:?}");
    }
    let second = list_of(&it.store, &officer(), &by(|f| f.page = 2), now()).await;
    assert_eq!(second.rows.len(), 6);
    assert_eq!(second.rows[0].serial, Some(51));
    let counts = second.counts;
    assert_eq!(counts[0], (RegistrationStatus::Confirmed, 19));
}

async fn the_day_s_figures_are_live(it: TestStore) {
    publish(&it.store, VISIT).await;
    for n in 1..=3 {
        register(&it.store, VISIT, n, filing("某村民")).await;
    }
    happen(&it, 1, arrived(4)).await;
    let figures = list(&it, &desk(), the_day()).await.figures;
    assert_eq!((figures.registered, figures.batches), (3, 1));
    assert_eq!((figures.person_visits, figures.no_shows), (4, 0));
    let row = detail(&it, &desk(), 1, the_day()).await.unwrap();
    assert_eq!(row.row.people, 4);
    assert!(row.can.contains(&DeskAct::Move) && !row.can.contains(&DeskAct::Arrive));
    let next = detail(&it, &desk(), 2, the_day()).await.unwrap();
    assert!(next.can.contains(&DeskAct::Arrive));
    assert!(
        next.code.is_none(),
        "the code of who registered is read by nobody"
    );
}

async fn a_contact_before_the_visit_is_shown(it: TestStore) {
    publish(&it.store, VISIT).await;
    register(&it.store, VISIT, 1, filing("某村民")).await;
    let before = detail(&it, &officer(), 1, now()).await.unwrap();
    assert!(before.can.contains(&DeskAct::Contact));
    let contact = RegistrationEvent::ContactedBefore {
        by: officer().id,
        what: Line::parse("问材料").unwrap(),
        at: now(),
    };
    happen(&it, 1, contact).await;
    let after = detail(&it, &officer(), 1, now()).await.unwrap();
    assert_eq!(after.contacts.len(), 1);
    let begun = detail(&it, &officer(), 1, the_day()).await.unwrap();
    assert!(!begun.can.contains(&DeskAct::Contact));
}

async fn before_the_visit_names_are_opened_one_by_one_and_recorded(it: TestStore) {
    publish(&it.store, VISIT).await;
    register(&it.store, VISIT, 1, filing("某村民")).await;
    let masked = detail(&it, &officer(), 1, now()).await.unwrap();
    assert!(masked.filing.is_none() && masked.can.contains(&DeskAct::ShowNames));
    assert_eq!(masked.brief.unwrap().statement.len(), 1);

    let shown = RegistrationEvent::NamesShown {
        to: officer().id,
        name: officer().name,
        at: now(),
    };
    happen(&it, 1, shown).await;
    let open = detail(&it, &officer(), 1, now()).await.unwrap();
    assert!(open.filing.is_some() && open.brief.is_none());
    assert!(!open.can.contains(&DeskAct::ShowNames));
    assert_eq!(open.names_shown, [(now(), officer().name)]);

    let unnamed = official(901, &[Role::PetitionOfficer]);
    assert!(detail(&it, &unnamed, 1, now()).await.is_none());
    let begun = detail(&it, &unnamed, 1, the_day()).await.unwrap();
    assert!(begun.filing.is_some() && !begun.can.contains(&DeskAct::ShowNames));
}

async fn what_is_to_be_made_ready_is_counted(it: TestStore) {
    publish(&it.store, VISIT).await;
    for n in 1..=3 {
        let mut filing = filing("某村民");
        if n > 1 {
            filing.needs = vec![AccessNeed::Wheelchair];
        }
        register(&it.store, VISIT, n, filing).await;
    }
    happen(&it, 3, RegistrationEvent::Cancelled { at: now() }).await;
    let seen = list(&it, &officer(), now()).await;
    assert_eq!(seen.needs, [(AccessNeed::Wheelchair, 1)]);
    assert_eq!(list(&it, &desk(), now()).await.needs, []);
}

async fn a_draft_is_for_those_who_write_notices_and_looks_as_it_will_be_published(it: TestStore) {
    let mut decided = Decided::default();
    let drafted = VisitEvent::Drafted {
        notice: Box::new(notice()),
        by: officer().id,
        change: None,
    };
    decided.visit(VISIT, drafted);
    commit(&it.store, 500, decided).await;
    let mut reader = it.store.read().await.unwrap();
    let hidden = reader
        .office_visits(county(), &officer(), Drafts::Hidden, now())
        .await;
    assert_eq!(hidden.unwrap(), []);
    let shown = reader
        .office_visits(county(), &officer(), Drafts::Shown, now())
        .await;
    let shown = shown.unwrap();
    assert!(shown[0].draft && shown[0].live.is_none());
    let preview = reader.office_notice(county(), VISIT, now()).await;
    let preview = preview.unwrap().unwrap().preview.unwrap();
    assert!(preview.notice.officers.is_empty());
    drop(reader);

    publish(&it.store, VISIT).await;
    let mut reader = it.store.read().await.unwrap();
    let page = reader
        .notice(county(), VISIT, now())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(page, preview);
}
