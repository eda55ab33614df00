//! What changed of one's own: those that changed and no others, and nothing of what only others see.

use chrono::TimeDelta;
use domain::access::{AccessGrant, IssuedHow};
use domain::actor::{Actor, Holder, HolderRole, Opened};
use domain::calendar::{LegalCalendar, china_date};
use domain::case::{
    CaseEvent, CaseNumber, Category, Channel, ExternalRef, Issue, Opening, Origin, StatutoryPath,
};
use domain::citizen::{self, CitizenCommand};
use domain::clock::RuleSet;
use domain::code::SecondFactor;
use domain::division::CountyCode;
use domain::event::Decided;
use domain::filing::MatterKind;
use domain::given::{Given, SeededDice};
use domain::ids::{
    CaseId, CommandId, GrantId, IssueId, NoteId, OfficialId, RegistrationId, VisitId,
};
use domain::readers::{ReaderSet, Secrecy};
use domain::receipt::Receipt;
use domain::registration::{NoSession, RegistrationEvent};
use domain::text::{Line, Paragraph, PersonName};
use domain::world::World;
use store::testing::TestStore;
use sync::view::OwnChanges;
use uuid::Uuid;

use crate::office::{commit, file, happen, officer};
use crate::support::{county, id};
use crate::visits::{change, filing, now, publish, register};

on_both! {
    one_of_three_changed_and_is_told_alone;
    a_slip_is_told_with_its_visit_and_its_matters;
    a_sealed_matter_leaves_its_registration_and_is_told_there_no_more;
    what_the_office_does_for_itself_is_no_news;
    whom_the_petitioner_lets_in_is_news_to_the_petitioner_alone;
    a_cursor_goes_on_with_its_own_keys_and_database_only;
}

const VISIT: VisitId = VisitId(Uuid::from_u128(7));

/// The petitioner of the `n`th thing.
fn petitioner(n: u64, opens: Opened) -> Holder {
    Holder {
        grant: GrantId(id(1000 + n)),
        role: HolderRole::Petitioner,
        opens,
    }
}

fn relative(n: u64, opens: Opened) -> Holder {
    Holder {
        role: HolderRole::Relative,
        ..petitioner(n, opens)
    }
}

async fn told(it: &TestStore, holders: &[Holder], since: &str) -> Option<OwnChanges> {
    let mut reader = it.store.snapshot().await.unwrap();
    let told = reader.own_changes(county(), holders, since, now()).await;
    told.unwrap()
}

async fn whole(it: &TestStore, holders: &[Holder]) -> OwnChanges {
    told(it, holders, "").await.unwrap()
}

/// The ids of what is told, and of the matters with it.
fn ids(told: Option<OwnChanges>) -> Vec<(Uuid, Vec<CaseId>)> {
    let own = told.into_iter().flat_map(|told| told.own);
    own.map(|own| (own.id, own.cases.iter().map(|case| case.case).collect()))
        .collect()
}

fn noted(n: u64) -> CaseEvent {
    CaseEvent::NoteAdded {
        note: NoteId(id(n)),
        text: Paragraph::parse("路更坏了").unwrap(),
        at: now(),
    }
}

async fn happen_to(it: &TestStore, registration: RegistrationId, event: RegistrationEvent) {
    let mut decided = Decided::default();
    decided.registration(registration, event);
    commit(&it.store, 501, decided).await;
}

async fn registered(it: &TestStore, n: u64) -> RegistrationId {
    match register(&it.store, VISIT, n, filing("某某")).await {
        Receipt::Registered { registration, .. } => registration,
        other => panic!("{other:?}"),
    }
}

/// A matter that comes of a registration without a session.
async fn born_of(it: &TestStore, registration: RegistrationId, n: u64) -> CaseId {
    let (case, filing) = (CaseId(id(n)), filing("某某"));
    let code = CountyCode::parse(county().as_str()).unwrap();
    let (channel, open) = (Channel::Visit, Secrecy::Ordinary);
    let opening = Opening {
        number: CaseNumber::fresh(&code, 2026, channel, open, &mut SeededDice::new(n)),
        origin: Origin::Registration {
            visit: VISIT,
            registration,
        },
        issues: vec![Issue {
            id: IssueId(id(n + 1)),
            statement: filing.statement.clone(),
            outcome: None,
            record: None,
            settles: None,
        }],
        filing,
        channel,
        received_on: china_date(now()),
        received_reason: None,
        at: now(),
        by: Some(officer().id),
        readers: ReaderSet::closed_until_read(&[]),
        grant: None,
        command: CommandId(id(n)),
    };
    let mut decided = Decided::default();
    decided.case(case, CaseEvent::Opened(Box::new(opening)));
    let why = NoSession::NoShow;
    let at = now();
    decided.registration(
        registration,
        RegistrationEvent::BecameCase { why, case, at },
    );
    commit(&it.store, 502, decided).await;
    case
}

async fn one_of_three_changed_and_is_told_alone(it: TestStore) {
    let mut all = Vec::new();
    for n in 1..=3 {
        let case = file(&it, n, filing("某村民")).await;
        all.push(petitioner(n, Opened::Case(case)));
    }
    let theirs = file(&it, 4, filing("某别人")).await;
    let whole = whole(&it, &all).await;
    let cursor = whole.cursor.clone();
    let every = [1, 2, 3].map(|n| (id(n), vec![CaseId(id(n))]));
    assert_eq!(ids(Some(whole)), every);
    assert_eq!(told(&it, &all, &cursor).await, None);

    // What is somebody else's is no news, and no gap.
    happen(&it, theirs, noted(40)).await;
    file(&it, 5, filing("某别人")).await;
    assert_eq!(told(&it, &all, &cursor).await, None);

    happen(&it, CaseId(id(2)), noted(41)).await;
    let changed = told(&it, &all, &cursor).await.unwrap();
    assert_eq!(changed.own[0].cases[0].timeline.len(), 2);
    let next = changed.cursor.clone();
    assert_eq!(ids(Some(changed)), [(id(2), vec![CaseId(id(2))])]);
    assert_eq!(told(&it, &all, &next).await, None);
    // The same cursor is told the same.
    assert_eq!(ids(told(&it, &all, &cursor).await).len(), 1);
}

async fn a_slip_is_told_with_its_visit_and_its_matters(it: TestStore) {
    publish(&it.store, VISIT).await;
    let (first, second) = (registered(&it, 10).await, registered(&it, 20).await);
    let all = [
        petitioner(1, Opened::Registration(first)),
        petitioner(2, Opened::Registration(second)),
    ];
    let mut cursor = whole(&it, &all).await.cursor;
    // Another registration takes a place, which changes no slip.
    registered(&it, 30).await;
    assert_eq!(told(&it, &all, &cursor).await, None);

    change(&it.store, VISIT).await;
    let changed = told(&it, &all, &cursor).await.unwrap();
    cursor.clone_from(&changed.cursor);
    let slips: [(Uuid, Vec<CaseId>); 2] = [(first.0, vec![]), (second.0, vec![])];
    assert_eq!(ids(Some(changed)), slips);

    let case = born_of(&it, second, 50).await;
    let other = born_of(&it, second, 60).await;
    let changed = told(&it, &all, &cursor).await.unwrap();
    cursor.clone_from(&changed.cursor);
    assert_eq!(ids(Some(changed)), [(second.0, vec![case, other])]);

    happen(&it, other, noted(70)).await;
    let changed = told(&it, &all, &cursor).await.unwrap();
    assert_eq!(changed.own[0].mine.cases.len(), 2);
    assert_eq!(ids(Some(changed)), [(second.0, vec![other])]);
}

async fn a_sealed_matter_leaves_its_registration_and_is_told_there_no_more(it: TestStore) {
    publish(&it.store, VISIT).await;
    let registration = registered(&it, 10).await;
    let case = born_of(&it, registration, 50).await;
    let holder = [petitioner(1, Opened::Registration(registration))];
    let cursor = whole(&it, &holder).await.cursor;

    let mut given = Given {
        now: now(),
        captured_at: now(),
        calendar: LegalCalendar::builtin(),
        rules: &RuleSet::default(),
        dice: &mut SeededDice::new(3),
    };
    let pin = SecondFactor::parse("1234").unwrap();
    let grant = AccessGrant::issue(MatterKind::Accusation, &pin, IssuedHow::Desk, &mut given);
    let mut decided = Decided::default();
    decided.case(
        case,
        CaseEvent::Classified {
            category: Category::Accusation,
            by: officer().id,
            readers: ReaderSet::sealed(vec![OfficialId(id(9))], &[]),
            at: now(),
        },
    );
    let by = officer().id;
    let replaced = |grant: AccessGrant| CaseEvent::AccessReplaced {
        grant: Box::new(grant),
        by,
    };
    decided.case(case, replaced(grant.clone()));
    commit(&it.store, 500, decided).await;
    let left = told(&it, &holder, &cursor).await.unwrap();
    assert!(left.own[0].mine.cases.is_empty() && left.own[0].cases.is_empty());
    // From now on nothing of it, not even that something has changed.
    happen(&it, case, noted(70)).await;
    happen(&it, case, replaced(grant)).await;
    assert_eq!(told(&it, &holder, &left.cursor).await, None);
    let sealed = [petitioner(2, Opened::Case(case))];
    assert_eq!(ids(Some(whole(&it, &sealed).await)).len(), 1);
}

async fn what_the_office_does_for_itself_is_no_news(it: TestStore) {
    publish(&it.store, VISIT).await;
    let registration = registered(&it, 10).await;
    let case = file(&it, 1, filing("某村民")).await;
    let all = [
        petitioner(1, Opened::Registration(registration)),
        petitioner(2, Opened::Case(case)),
    ];
    let cursor = whole(&it, &all).await.cursor;
    let reference = ExternalRef {
        system: Line::parse("国家信访系统").unwrap(),
        number: Line::parse("T-1").unwrap(),
        entered_on: china_date(now()),
        by: officer().id,
    };
    happen(&it, case, CaseEvent::ExternalRefRecorded { reference }).await;
    let shown = RegistrationEvent::NamesShown {
        to: officer().id,
        name: officer().name,
        at: now(),
    };
    happen_to(&it, registration, shown).await;
    assert_eq!(told(&it, &all, &cursor).await, None);

    let classified = CaseEvent::Classified {
        category: Category::Appeal(StatutoryPath::Petition),
        by: officer().id,
        readers: ReaderSet::closed_until_read(&[]),
        at: now(),
    };
    happen(&it, case, classified).await;
    assert_eq!(ids(told(&it, &all, &cursor).await), [(case.0, vec![case])]);
}

/// Dice do not cross an await: a decision is made in one go.
fn let_in(opens: Opened, world: &World) -> Decided {
    let mut given = Given {
        now: now(),
        captured_at: now(),
        calendar: LegalCalendar::builtin(),
        rules: &RuleSet::default(),
        dice: &mut SeededDice::new(9),
    };
    let command = CitizenCommand::GrantAccess {
        opens,
        holder: HolderRole::Relative,
        name: PersonName::parse("示例小妹").unwrap(),
        until: china_date(now()) + TimeDelta::days(30),
        second_factor: SecondFactor::parse("2468").unwrap(),
    };
    let actor = Actor::Holder(petitioner(1, opens));
    let decided = citizen::decide(&actor, CommandId(id(99)), &command, world, &mut given);
    decided.unwrap().0
}

async fn whom_the_petitioner_lets_in_is_news_to_the_petitioner_alone(it: TestStore) {
    let case = file(&it, 1, filing("某村民")).await;
    let opens = Opened::Case(case);
    let (own, theirs) = ([petitioner(1, opens)], [relative(2, opens)]);
    let own_cursor = whole(&it, &own).await.cursor;
    let their_cursor = whole(&it, &theirs).await.cursor;
    let known = it.store.read().await.unwrap().case(county(), case).await;
    let world = World {
        case: known.unwrap().state,
        ..World::default()
    };
    commit(&it.store, 500, let_in(opens, &world)).await;
    assert_eq!(told(&it, &theirs, &their_cursor).await, None);
    let changed = told(&it, &own, &own_cursor).await.unwrap();
    let access = changed.own[0].mine.access.as_ref().unwrap();
    assert_eq!(access.people.len(), 1);
    // Its code is shown in the reading session it was made in, and this is none.
    assert_eq!(access.people[0].code, None);

    happen(&it, case, noted(41)).await;
    let changed = told(&it, &theirs, &their_cursor).await.unwrap();
    assert!(changed.own[0].mine.access.is_none() && changed.own[0].mine.filed.is_none());
}

async fn a_cursor_goes_on_with_its_own_keys_and_database_only(it: TestStore) {
    let first = petitioner(1, Opened::Case(file(&it, 1, filing("某村民")).await));
    let second = petitioner(2, Opened::Case(file(&it, 2, filing("某村民")).await));
    let both = [first.clone(), second.clone()];
    let cursor = whole(&it, &both).await.cursor;
    let turned = [second.clone(), first.clone(), first.clone()];
    assert_eq!(told(&it, &turned, &cursor).await, None);
    let alone = [first];
    assert_eq!(ids(told(&it, &alone, &cursor).await).len(), 1);
    let of_one = whole(&it, &alone).await.cursor;
    assert_eq!(ids(told(&it, &both, &of_one).await).len(), 2);

    let (position, keys) = cursor.rsplit_once('.').unwrap();
    let (epoch, at) = position.split_once('.').unwrap();
    let elsewhere = Uuid::nil().simple();
    for strange in [
        "x".to_owned(),
        "…".to_owned(),
        position.to_owned(),
        format!("{elsewhere}.{at}.{keys}"),
        format!("{epoch}.999999.{keys}"),
    ] {
        assert_eq!(ids(told(&it, &both, &strange).await).len(), 2, "{strange}");
    }
    assert!(whole(&it, &[]).await.own.is_empty());
}
