//! What a screen offers is what `decide` carries out: in random counties, for everybody.

use domain::{
    actor::Actor,
    case::{Category, StatutoryPath},
    desk::{DeskAct, DeskCommand},
    ids::{RegistrationId, ReplyId},
    office::{CaseAct, CaseActKind, CaseCommand, Offer, OfficeCommand, SendTo, VisitCommand},
    receipt::Receipt,
    refusal::Refusal,
};
use proptest::prelude::*;

use crate::{
    county::{Command, County},
    people::{ROADS, clerk, filing, official, opinion, text},
    random::{Roll, Step, plan, step},
    visits::published,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_act_is_carried_out_only_when_it_was_offered(
        seed: u64,
        rolls in proptest::collection::vec(any::<Roll>(), 1..250),
    ) {
        let (mut county, _) = published(seed);
        for roll in rolls {
            if let Step::Ask(actor, command) = plan(&county, roll) {
                agree(&county, &actor, &command);
                desk_agrees(&county, &actor, &command);
            }
            step(&mut county, roll);
        }
    }
}

/// Tries one command in a copy of the county.
fn agree(county: &County, actor: &Actor, command: &Command) {
    let (Actor::Official(official), Command::Office(OfficeCommand::Case(asked))) = (actor, command)
    else {
        return;
    };
    let offered = county
        .offers(official, asked.case)
        .into_iter()
        .any(|offer| {
            let (act, reply) = named(&asked.act);
            offer.refused.is_none() && offer.act == act && (reply.is_none() || offer.reply == reply)
        });
    match county.clone().execute(actor, command) {
        Ok(_) => assert!(offered, "{:?} was done, not offered", asked.act),
        // Offered for another of the questions, or not at all.
        Err(Refusal::NotInThisState { .. }) if matches!(asked.act, CaseAct::TakeBack { .. }) => {}
        // What depends on the content of the form is not known before it is filled in.
        Err(Refusal::NotInThisState { .. } | Refusal::SignerIsDrafter) => {
            assert!(!offered, "{:?} was offered, not done", asked.act);
        }
        Err(_) => {}
    }
}

/// The same for what is done with a registration on the day.
fn desk_agrees(county: &County, actor: &Actor, command: &Command) {
    let Actor::Official(official) = actor else {
        return;
    };
    let Some((act, id)) = desk_act(command) else {
        return;
    };
    let Some(registration) = county.registrations.get(id) else {
        return;
    };
    let visit = &county.visits[&registration.received.visit];
    let offered = act.is_open(official, registration, visit, county.now);
    match county.clone().execute(actor, command) {
        Ok(_) => assert!(offered, "{act:?} was done, not offered"),
        Err(Refusal::NotAllowed) => assert!(!offered, "{act:?} was offered, not done"),
        // To end it asks for a reason that holds.
        Err(Refusal::NotInThisState { .. } | Refusal::NotVisitDay { .. })
            if act != DeskAct::End =>
        {
            assert!(!offered, "{act:?} was offered, not done");
        }
        Err(_) => {}
    }
}

fn desk_act(command: &Command) -> Option<(DeskAct, &RegistrationId)> {
    Some(match command {
        Command::Desk(DeskCommand::Arrive { registration, .. }) => (DeskAct::Arrive, registration),
        Command::Desk(DeskCommand::Move { registration, .. }) => (DeskAct::Move, registration),
        Command::Desk(DeskCommand::RecordSession(record)) => {
            (DeskAct::Record, &record.registration)
        }
        Command::Desk(DeskCommand::EndWithoutSession { registration, .. }) => {
            (DeskAct::End, registration)
        }
        Command::Office(OfficeCommand::Visit(VisitCommand::ShowNames { registration })) => {
            (DeskAct::ShowNames, registration)
        }
        _ => return None,
    })
}

fn named(act: &CaseAct) -> (CaseActKind, Option<ReplyId>) {
    match act {
        CaseAct::Classify { .. } => (CaseActKind::Classify, None),
        CaseAct::Send { kind, .. } => match kind {
            SendTo::Transfer => (CaseActKind::Transfer, None),
            SendTo::Assign { .. } => (CaseActKind::Assign, None),
        },
        CaseAct::Accept { .. } => (CaseActKind::Accept, None),
        CaseAct::NameHandler { .. } => (CaseActKind::NameHandler, None),
        CaseAct::NotAccept { .. } => (CaseActKind::NotAccept, None),
        CaseAct::DraftReply { reply, .. } => (CaseActKind::DraftReply, *reply),
        CaseAct::SignReply { reply } => (CaseActKind::SignReply, Some(*reply)),
        CaseAct::IssueReply { reply } => (CaseActKind::IssueReply, Some(*reply)),
        CaseAct::RecordService { reply, .. } => (CaseActKind::RecordService, Some(*reply)),
        CaseAct::CorrectService { reply, .. } => (CaseActKind::CorrectService, Some(*reply)),
        CaseAct::WithdrawReply { reply, .. } => (CaseActKind::WithdrawReply, Some(*reply)),
        CaseAct::AskCitizen { .. } => (CaseActKind::AskCitizen, None),
        CaseAct::WidenReaders { .. } => (CaseActKind::WidenReaders, None),
        CaseAct::RecordExternal { .. } => (CaseActKind::RecordExternal, None),
        CaseAct::CorrectDecision { .. } => (CaseActKind::CorrectDecision, None),
        CaseAct::TakeBack { .. } => (CaseActKind::TakeBack, None),
        CaseAct::ReplaceAccess { .. } => (CaseActKind::ReplaceAccess, None),
    }
}

fn possible(offers: &[Offer]) -> Vec<CaseActKind> {
    let can = offers.iter().filter(|offer| offer.refused.is_none());
    can.map(|offer| offer.act).collect()
}

#[test]
fn the_drafter_is_told_why_there_is_nothing_to_sign() {
    use CaseActKind::{Accept, DraftReply, SignReply, Transfer};
    let mut county = County::new(1);
    let filed = Command::Citizen(domain::citizen::CitizenCommand::File { filing: filing() });
    let Receipt::Filed { case, .. } = county.execute(&Actor::Anyone, &filed).unwrap() else {
        panic!("a filing gives a case")
    };
    let mut act = |by, act| {
        let command = CaseCommand { case, act };
        let command = Command::Office(OfficeCommand::Case(command));
        county.execute(&clerk(by), &command).unwrap();
        (
            county.offers(&official(3), case),
            county.offers(&official(11), case),
        )
    };
    let category = Category::Appeal(StatutoryPath::Petition);
    let (officer, head) = act(3, CaseAct::Classify { category });
    assert!(possible(&officer).contains(&Transfer));
    assert!(possible(&head).is_empty(), "not a reader yet");
    let sent = CaseAct::Send {
        kind: SendTo::Transfer,
        unit: ROADS,
        unit_name: text("交通局"),
        plain: text("已转给交通局。"),
    };
    let (_, head) = act(3, sent);
    assert!(possible(&head).contains(&Accept));
    act(
        11,
        CaseAct::Accept {
            plain: text("已受理。"),
        },
    );
    let draft = CaseAct::DraftReply {
        reply: None,
        content: opinion(),
    };
    let (_, head) = act(11, draft);
    assert!(possible(&head).contains(&DraftReply));
    let sign = head.iter().filter(|offer| offer.act == SignReply);
    let why: Vec<_> = sign.map(|offer| offer.refused.clone()).collect();
    assert_eq!(why, [Some(Refusal::SignerIsDrafter)]);
}

#[test]
fn every_act_has_a_name_of_its_own() {
    for act in CaseActKind::ALL {
        assert_eq!(CaseActKind::named(act.name()), Some(act));
    }
}
