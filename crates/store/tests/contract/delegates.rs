//! Whom a petitioner let in: found by a code of their own, shown no other, gone when it is ended.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{AccessGrant, IssuedHow};
use domain::actor::{Actor, Holder, HolderRole, Opened};
use domain::calendar::{LegalCalendar, china_date};
use domain::case::CaseEvent;
use domain::citizen::{self, CitizenCommand};
use domain::clock::RuleSet;
use domain::code::{AccessCode, SecondFactor};
use domain::event::Decided;
use domain::filing::MatterKind;
use domain::given::{Given, SeededDice};
use domain::ids::{CommandId, GrantId, OfficialId, VisitId};
use domain::readers::Secrecy;
use domain::receipt::Receipt;
use domain::registration::RegistrationEvent;
use domain::text::PersonName;
use domain::world::World;
use store::testing::TestStore;
use store::{Found, Reader};
use sync::view::{CitizenAct, Happened};

use crate::office::{commit, file};
use crate::support::{county, id};
use crate::visits::{filing, now, publish, register};

on_both! {
    a_matter_is_opened_to_one_more_person_and_closed_again;
    a_registration_s_delegate_sees_its_slip_without_the_code;
    a_replaced_code_leaves_the_others_in_the_look_up;
    a_sealed_matter_s_delegate_is_found_by_the_long_code_only;
}

const VISIT: VisitId = VisitId(uuid::Uuid::from_u128(7));
/// Long enough for the tests of it.
const FAR: TimeDelta = TimeDelta::minutes(30);

fn petitioner(opens: Opened) -> Holder {
    Holder {
        grant: GrantId(id(0)),
        role: HolderRole::Petitioner,
        opens,
    }
}

fn given_to(opens: Opened) -> CitizenCommand {
    CitizenCommand::GrantAccess {
        opens,
        holder: HolderRole::Relative,
        name: PersonName::parse("示例小妹").unwrap(),
        until: china_date(now()) + TimeDelta::days(30),
        second_factor: SecondFactor::parse("2468").unwrap(),
    }
}

/// Decides a petitioner's command and stores what came of it.
async fn ask(it: &TestStore, n: u64, opens: Opened, command: CitizenCommand) -> Receipt {
    let mut reader = it.store.read().await.unwrap();
    let mut world = World::default();
    match opens {
        Opened::Case(id) => world.case = reader.case(county(), id).await.unwrap().state,
        Opened::Registration(id) => {
            let known = reader.registration(county(), id).await.unwrap();
            world.registration = known.state;
        }
    }
    drop(reader);
    let (decided, receipt) = decide(n, opens, &command, &world);
    commit(&it.store, 500, decided).await;
    receipt
}

/// Dice do not cross an await: a decision is made in one go.
fn decide(n: u64, opens: Opened, command: &CitizenCommand, world: &World) -> (Decided, Receipt) {
    let mut given = Given {
        now: now(),
        captured_at: now(),
        calendar: LegalCalendar::builtin(),
        rules: &RuleSet::default(),
        dice: &mut SeededDice::new(n),
    };
    let actor = Actor::Holder(petitioner(opens));
    citizen::decide(&actor, CommandId(id(n)), command, world, &mut given).unwrap()
}

async fn granted(it: &TestStore, n: u64, opens: Opened) -> (GrantId, AccessCode) {
    match ask(it, n, opens, given_to(opens)).await {
        Receipt::Granted { grant, code } => (grant, code),
        other => panic!("{other:?}"),
    }
}

async fn found(reader: &mut Reader, code: &AccessCode) -> Option<Found> {
    match code {
        AccessCode::Short(code) => reader.by_query_code(county(), code).await,
        AccessCode::Sealed(code) => reader.by_sealed_code(county(), code).await,
    }
    .unwrap()
}

fn open_until() -> DateTime<Utc> {
    now() + FAR
}

async fn a_matter_is_opened_to_one_more_person_and_closed_again(it: TestStore) {
    let case = file(&it, 1, filing("某村民")).await;
    let opens = Opened::Case(case);
    let (grant, code) = granted(&it, 2, opens).await;

    let mut reader = it.store.read().await.unwrap();
    let delegate = found(&mut reader, &code).await.unwrap();
    assert_eq!((delegate.opened, delegate.grant.id), (opens, grant));
    assert!(
        delegate
            .grant
            .second_factor
            .matches(&SecondFactor::parse("2468").unwrap())
    );
    let holder = delegate.holder();
    assert_eq!(holder.role, HolderRole::Relative);
    let mine = reader.mine(county(), &holder, open_until(), now()).await;
    let mine = mine.unwrap();
    assert!(mine.filed.is_none() && mine.access.is_none());
    let theirs = reader.my_case(county(), &holder, case, now()).await;
    let theirs = theirs.unwrap().unwrap();
    assert!(theirs.code.is_none() && theirs.private_secret.is_none());
    assert_eq!(theirs.can, [CitizenAct::Add]);
    let let_in = |entry: &sync::view::Entry| {
        matches!(
            entry.happened,
            Happened::AccessGranted { .. } | Happened::AccessRevoked { .. }
        )
    };
    assert!(!theirs.timeline.iter().any(let_in), "nobody else is told");

    let own = petitioner(opens);
    let mine = reader.mine(county(), &own, open_until(), now()).await;
    let access = mine.unwrap().access.unwrap();
    assert_eq!(access.people[0].code.as_ref(), Some(&code));
    assert_eq!(
        access.people[0].until,
        Some(china_date(now()) + TimeDelta::days(30))
    );
    // In a later reading session the code is not shown any more.
    let later = reader
        .mine(county(), &own, open_until() + FAR, now() + FAR)
        .await;
    assert_eq!(later.unwrap().access.unwrap().people[0].code, None);
    drop(reader);

    ask(&it, 3, opens, CitizenCommand::RevokeAccess { opens, grant }).await;
    let mut reader = it.store.read().await.unwrap();
    assert!(found(&mut reader, &code).await.is_none());
    let mine = reader.mine(county(), &own, open_until(), now()).await;
    let mine = mine.unwrap();
    assert!(mine.access.unwrap().people.is_empty());
    let own_code = mine.filed.unwrap().code;
    assert!(found(&mut reader, &own_code).await.is_some());
    let told = reader.my_case(county(), &own, case, now()).await;
    let told = told.unwrap().unwrap().timeline;
    assert_eq!(told.iter().filter(|entry| let_in(entry)).count(), 2);
}

async fn a_registration_s_delegate_sees_its_slip_without_the_code(it: TestStore) {
    publish(&it.store, VISIT).await;
    let receipt = register(&it.store, VISIT, 1, filing("某某")).await;
    let Receipt::Registered { registration, .. } = receipt else {
        panic!("{receipt:?}");
    };
    let opens = Opened::Registration(registration);
    let (grant, code) = granted(&it, 2, opens).await;
    let mut reader = it.store.read().await.unwrap();
    let holder = found(&mut reader, &code).await.unwrap().holder();
    let mine = reader.mine(county(), &holder, open_until(), now()).await;
    let slip = mine.unwrap().slip.unwrap();
    assert!(slip.code.is_none() && slip.private_secret.is_none() && !slip.can_cancel);
    drop(reader);
    ask(&it, 3, opens, CitizenCommand::RevokeAccess { opens, grant }).await;
    let mut reader = it.store.read().await.unwrap();
    assert!(found(&mut reader, &code).await.is_none());
    let own = petitioner(opens);
    let mine = reader.mine(county(), &own, open_until(), now()).await;
    assert_eq!(mine.unwrap().access.unwrap().history.len(), 2);
}

/// A new grant of the petitioner's, as the desk issues it.
fn replacement(n: u64, kind: MatterKind) -> AccessGrant {
    let mut given = Given {
        now: now(),
        captured_at: now(),
        calendar: LegalCalendar::builtin(),
        rules: &RuleSet::default(),
        dice: &mut SeededDice::new(n),
    };
    let second_factor = SecondFactor::parse("1234").unwrap();
    AccessGrant::issue(kind, &second_factor, IssuedHow::Desk, &mut given)
}

async fn a_replaced_code_leaves_the_others_in_the_look_up(it: TestStore) {
    let opens = Opened::Case(file(&it, 1, filing("某村民")).await);
    let (_, code) = granted(&it, 2, opens).await;
    let Opened::Case(case) = opens else { return };
    for (n, kind, stays) in [
        (3, MatterKind::Request, true),
        (4, MatterKind::Accusation, false),
    ] {
        let mut reader = it.store.read().await.unwrap();
        let before = reader.grants_of(county(), opens).await.unwrap().unwrap();
        drop(reader);
        let new = replacement(n, kind);
        let mut decided = Decided::default();
        decided.case(
            case,
            CaseEvent::AccessReplaced {
                grant: Box::new(new.clone()),
                by: OfficialId(id(9)),
            },
        );
        commit(&it.store, 500, decided).await;
        let mut reader = it.store.read().await.unwrap();
        assert!(found(&mut reader, &before.petitioner.code).await.is_none());
        assert!(found(&mut reader, &new.code).await.is_some());
        assert_eq!(found(&mut reader, &code).await.is_some(), stays, "{kind:?}");
    }

    publish(&it.store, VISIT).await;
    let receipt = register(&it.store, VISIT, 5, filing("某某")).await;
    let Receipt::Registered { registration, .. } = receipt else {
        panic!("{receipt:?}");
    };
    let (_, code) = granted(&it, 6, Opened::Registration(registration)).await;
    let grant = Box::new(replacement(7, MatterKind::Request));
    let mut decided = Decided::default();
    decided.registration(registration, RegistrationEvent::AccessReplaced { grant });
    commit(&it.store, 500, decided).await;
    let mut reader = it.store.read().await.unwrap();
    assert!(found(&mut reader, &code).await.is_some());
}

async fn a_sealed_matter_s_delegate_is_found_by_the_long_code_only(it: TestStore) {
    let mut sealed = filing("某举报人");
    sealed.kind = MatterKind::Accusation;
    let opens = Opened::Case(file(&it, 1, sealed).await);
    let (_, code) = granted(&it, 2, opens).await;
    assert!(matches!(code, AccessCode::Sealed(_)));
    let mut reader = it.store.read().await.unwrap();
    let delegate = found(&mut reader, &code).await.unwrap();
    assert_eq!(delegate.grant.holder, HolderRole::Relative);
    let grants = reader.grants_of(county(), opens).await.unwrap().unwrap();
    assert_eq!(grants.secrecy, Secrecy::Sealed);
}
