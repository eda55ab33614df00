//! Random commands: mostly by whom they belong to, sometimes by somebody else.

mod access;
mod public;

pub use public::page;

use chrono::TimeDelta;
use domain::{
    actor::{Actor, HolderRole, Opened},
    agent::AgentCommand,
    case::{
        Category, IssueOutcome, OfficialAct, Procedure, ReplyKind, ReplyStatus, ServiceWay,
        StatutoryPath, Talk,
    },
    citizen::{CitizenCommand, SettlesAnswer},
    desk::{DecidedIssue, DeskCommand, HandOver, Intake, SessionRecord, TableAnswer},
    filing::{Filing, Statement},
    ids::{CaseId, MatterId, NoteId, OfficialId, RegistrationId, ReplyId, VisitId},
    office::{CaseAct, CaseCommand, OfficeCommand, SendTo},
    person::{Filer, PartySize},
    readers::ReaderKey,
    registration::NoSession,
    timed::TimedCommand,
};
use uuid::Uuid;

use crate::{
    county::{Command, County},
    people::{ROADS, WATER, accusation, clerk, day, filing, holder_as, official, opinion, text},
};

/// One step's luck: what, by whom, about which, and how.
pub type Roll = (u8, u8, u16, u8);

/// What one step is.
pub enum Step {
    Wait(TimeDelta),
    Ask(Box<Actor>, Box<Command>),
}

/// The step that comes of a roll in this county.
pub fn plan(county: &County, (what, who, which, how): Roll) -> Step {
    if what.is_multiple_of(16) {
        return Step::Wait(TimeDelta::hours(i64::from(how % 12)));
    }
    let luck = Luck { which, how };
    let (natural, command) = luck.command(what % 37, county);
    let actor = match who {
        0..=179 => natural,
        180..=200 => Actor::Anyone,
        201..=220 => luck.some_holder(county),
        _ => clerk(u128::from(who % 13)),
    };
    Step::Ask(Box::new(actor), Box::new(command))
}

/// As the server does when it is due, and when it is not.
fn open_reserves(county: &mut County) {
    for visit in county.visits.keys().copied().collect::<Vec<_>>() {
        let command = Command::Timed(TimedCommand::OpenReserve { visit });
        let _ = county.execute(&Actor::Clock, &command);
    }
}

/// Carries one step out; what is refused changes nothing.
pub fn step(county: &mut County, roll: Roll) {
    match plan(county, roll) {
        Step::Wait(time) => {
            county.now += time;
            open_reserves(county);
        }
        Step::Ask(actor, command) => {
            let before = county.events.len();
            county.age = TimeDelta::hours(i64::from(roll.3.is_multiple_of(5)));
            if county.execute(&actor, &command).is_err() {
                assert_eq!(county.events.len(), before, "a refusal changes nothing");
            }
        }
    }
}

struct Luck {
    which: u16,
    how: u8,
}

fn pick<T: Copy>(from: impl Iterator<Item = T>, which: u16) -> Option<T> {
    let all: Vec<T> = from.collect();
    // The newest are the likeliest to have something left to do.
    let back = usize::from(which % 4).min(all.len().checked_sub(1)?);
    all.get(all.len() - 1 - back).copied()
}

impl Luck {
    fn visit(&self, county: &County) -> VisitId {
        pick(county.visits.keys().copied(), self.which % 2).unwrap_or(VisitId(Uuid::nil()))
    }

    fn registration(&self, county: &County) -> RegistrationId {
        pick(county.registrations.keys().copied(), self.which)
            .unwrap_or(RegistrationId(Uuid::nil()))
    }

    fn case(&self, county: &County) -> CaseId {
        pick(county.cases.keys().copied(), self.which).unwrap_or(CaseId(Uuid::nil()))
    }

    fn matter(&self, county: &County) -> MatterId {
        pick(county.matters.keys().copied(), self.which % 2).unwrap_or(MatterId(Uuid::nil()))
    }

    fn reply(&self, county: &County) -> ReplyId {
        let case = county.cases.get(&self.case(county));
        let replies = case.into_iter().flat_map(|case| &case.replies);
        let opinions = replies
            .filter(|reply| self.how.is_multiple_of(3) || reply.kind == ReplyKind::HandlingOpinion);
        pick(opinions.map(|reply| reply.id), u16::from(self.how % 2))
            .unwrap_or(ReplyId(Uuid::nil()))
    }

    fn role(&self) -> HolderRole {
        match self.how {
            0..=200 => HolderRole::Petitioner,
            201..=220 => HolderRole::Agent,
            _ => HolderRole::Relative,
        }
    }

    fn case_holder(&self, county: &County) -> Actor {
        let case = self.case(county);
        let from = county
            .cases
            .get(&case)
            .and_then(|case| case.origin.registration());
        let opens = from.map_or(Opened::Case(case), Opened::Registration);
        holder_as(opens, self.role())
    }

    fn some_holder(&self, county: &County) -> Actor {
        if self.how.is_multiple_of(2) {
            holder_as(Opened::Case(self.case(county)), self.role())
        } else {
            holder_as(Opened::Registration(self.registration(county)), self.role())
        }
    }

    fn filing(&self) -> Box<Filing> {
        if self.how.is_multiple_of(7) {
            accusation()
        } else {
            filing()
        }
    }

    fn command(&self, what: u8, county: &County) -> (Actor, Command) {
        // Few new matters, so that the old ones come further.
        let what = match what {
            1 | 8 if self.how > 60 && county.cases.len() > 3 => 21 + self.how % 9,
            other => other,
        };
        match what {
            0..=7 => self.citizen(what, county),
            8..=13 => self.desk(what, county),
            14..=20 => self.notice(what, county),
            21..=31 => self.case_act(what, county),
            _ => self.public_matter(what, county),
        }
    }

    fn citizen(&self, what: u8, county: &County) -> (Actor, Command) {
        let (visit, case) = (self.visit(county), self.case(county));
        let holder = self.case_holder(county);
        let (actor, command) = match what {
            0 => (
                Actor::Anyone,
                CitizenCommand::Register {
                    visit,
                    filing: self.filing(),
                },
            ),
            1 => (
                Actor::Anyone,
                CitizenCommand::File {
                    filing: self.filing(),
                },
            ),
            2 => {
                let registration = self.registration(county);
                let actor = holder_as(Opened::Registration(registration), self.role());
                (actor, CitizenCommand::CancelRegistration { registration })
            }
            3 if self.how.is_multiple_of(3) => (holder, CitizenCommand::WithdrawCase { case }),
            4 => (
                holder,
                CitizenCommand::AddNote {
                    case,
                    text: text("再说一句"),
                },
            ),
            5 if self.how.is_multiple_of(2) => return self.access(county),
            5 => {
                let question = NoteId(Uuid::nil());
                (
                    holder,
                    CitizenCommand::AnswerQuestion {
                        case,
                        question,
                        text: text("好"),
                    },
                )
            }
            6 => (
                holder,
                CitizenCommand::AcknowledgeReply {
                    case,
                    reply: self.reply(county),
                },
            ),
            7 => {
                let issues = county
                    .cases
                    .get(&case)
                    .into_iter()
                    .flat_map(|case| &case.issues);
                let Some(issue) = pick(issues.map(|issue| issue.id), 0) else {
                    return self.citizen(1, county);
                };
                let answer = if self.how.is_multiple_of(2) {
                    SettlesAnswer::Settled
                } else {
                    SettlesAnswer::NotSettled
                };
                (
                    holder,
                    CitizenCommand::AnswerIssue {
                        case,
                        issue,
                        answer,
                    },
                )
            }
            _ => return self.agent(county),
        };
        (actor, Command::Citizen(command))
    }

    fn agent(&self, county: &County) -> (Actor, Command) {
        let mut filing = self.filing();
        filing.party.filer = Filer::Agent {
            agent: OfficialId(Uuid::from_u128(10)),
            basis: text("手印"),
            village_signatory: None,
        };
        let visit = self.visit(county);
        (
            clerk(10),
            Command::Agent(AgentCommand::Register { visit, filing }),
        )
    }

    fn desk(&self, what: u8, county: &County) -> (Actor, Command) {
        let registration = self.registration(county);
        let (by, command) = match what {
            8 => (
                8,
                DeskCommand::Intake(Box::new(Intake {
                    filing: *self.filing(),
                    channel: domain::case::Channel::Letter,
                    received_on: domain::calendar::china_date(county.now)
                        - TimeDelta::days(i64::from(self.how % 4)),
                    received_reason: self.how.is_multiple_of(2).then(|| text("邮戳")),
                })),
            ),
            9 => (
                8,
                DeskCommand::Arrive {
                    registration,
                    people: PartySize::new(u16::from(self.how % 5 + 1)).unwrap(),
                },
            ),
            10 => (
                8,
                DeskCommand::WalkIn {
                    visit: self.visit(county),
                    filing: self.filing(),
                },
            ),
            11 => (
                8,
                DeskCommand::Move {
                    registration,
                    room: self.how % 4,
                },
            ),
            12 => (
                9,
                DeskCommand::RecordSession(Box::new(self.record(registration))),
            ),
            _ => (
                8,
                DeskCommand::EndWithoutSession {
                    registration,
                    why: match self.how % 4 {
                        0 => NoSession::NoShow,
                        1 => NoSession::Redirected,
                        2 => NoSession::VisitCancelled,
                        _ => NoSession::NotReached,
                    },
                },
            ),
        };
        (clerk(by), Command::Desk(command))
    }

    fn record(&self, registration: RegistrationId) -> SessionRecord {
        let issue = DecidedIssue {
            statement: vec![Statement::Text(text("路"))],
            outcome: if self.how.is_multiple_of(3) {
                IssueOutcome::WillDo {
                    promise: text("修好"),
                    by: day("2026-10-31"),
                }
            } else {
                IssueOutcome::ResolvedOnSpot {
                    decision: text("今天修好"),
                }
            },
        };
        SessionRecord {
            registration,
            leader: text("周明"),
            issues: vec![issue; usize::from(self.how % 5).min(3)],
            record: if self.how < 200 {
                TableAnswer::Right
            } else {
                TableAnswer::NotConfirmed
            },
            plain: text("今天修好。"),
            hand_over: if self.how.is_multiple_of(2) {
                HandOver::Signed
            } else {
                HandOver::Later
            },
        }
    }

    /// What is due next for the case, so that some get to their end.
    fn next_act(&self, county: &County) -> Option<u8> {
        let case = county.cases.get(&self.case(county))?;
        let mut opinions = case.replies.iter().rev();
        let opinion = opinions.find(|reply| reply.kind == ReplyKind::HandlingOpinion);
        Some(match (case.procedure, opinion.map(|reply| reply.status)) {
            (Procedure::Registered, _) if case.category.is_none() => 21,
            (Procedure::Registered, _) => 22,
            (Procedure::Transferred | Procedure::Assigned, _) => 23,
            (Procedure::Accepted | Procedure::InHandling, Some(ReplyStatus::Draft)) => 27,
            (Procedure::Accepted | Procedure::InHandling, Some(ReplyStatus::Signed)) => 28,
            (Procedure::Accepted | Procedure::InHandling, _) => 25,
            _ => 29,
        })
    }

    fn case_act(&self, what: u8, county: &County) -> (Actor, Command) {
        let what = if self.which >= 1 << 15 {
            self.next_act(county).unwrap_or(what)
        } else {
            what
        };
        let reply = self.reply(county);
        let on =
            domain::calendar::china_date(county.now) - TimeDelta::days(i64::from(self.how % 3));
        let way = ServiceWay::ByHand;
        let plain = text("已转交通局办理。");
        let (by, act) = match what {
            21 => (
                3 + u128::from(self.how % 2) * 3,
                CaseAct::Classify {
                    category: match self.how {
                        0..=30 => Category::Accusation,
                        31..=60 => Category::Suggestion,
                        _ => Category::Appeal(StatutoryPath::Petition),
                    },
                },
            ),
            22 => (
                3,
                CaseAct::Send {
                    kind: if self.how.is_multiple_of(2) {
                        SendTo::Transfer
                    } else {
                        SendTo::Assign {
                            report_due: day("2027-01-01"),
                        }
                    },
                    unit: if self.how < 200 { ROADS } else { WATER },
                    unit_name: text("交通局"),
                    plain,
                },
            ),
            23 => (4, CaseAct::Accept { plain }),
            24 => (
                5,
                CaseAct::NameHandler {
                    handler: official(4).id,
                },
            ),
            25 if self.how < 30 => (
                3,
                CaseAct::NotAccept {
                    reason: text("不属本县"),
                    ask: text("市信访局"),
                    plain,
                },
            ),
            25 => (
                4 + u128::from(self.how % 2),
                CaseAct::DraftReply {
                    reply: self.how.is_multiple_of(4).then_some(reply),
                    content: opinion(),
                },
            ),
            26 | 27 => (
                if self.how < 128 { 5 } else { 11 },
                CaseAct::SignReply { reply },
            ),
            28 => (4, CaseAct::IssueReply { reply }),
            29 => (4, CaseAct::RecordService { reply, way, on }),
            30 if self.how < 90 => (
                if self.how < 60 { 4 } else { 3 },
                CaseAct::WithdrawReply {
                    reply,
                    reason: text("写错"),
                },
            ),
            30 if self.how < 170 => (3, self.correction(county)),
            30 => (
                4,
                CaseAct::CorrectService {
                    reply,
                    way,
                    on,
                    reason: text("日期错"),
                },
            ),
            _ => (
                3,
                CaseAct::AskCitizen {
                    text: text("在哪里"),
                    by_date: day("2026-12-01"),
                },
            ),
        };
        let command = CaseCommand {
            case: self.case(county),
            act,
        };
        (clerk(by), Command::Office(OfficeCommand::Case(command)))
    }

    /// Putting right what no notice told of.
    fn correction(&self, county: &County) -> CaseAct {
        let reason = text("记错");
        let case = county.cases.get(&self.case(county));
        let question = case.and_then(|case| {
            case.talk.iter().find_map(|talk| match talk {
                Talk::Question { id, .. } => Some(*id),
                Talk::Note { .. } => None,
            })
        });
        let issue = case.and_then(|case| case.issues.first());
        match (self.how % 4, question, issue) {
            (0, Some(question), _) => CaseAct::TakeBack {
                what: OfficialAct::Question { question },
                reason,
            },
            (1, _, Some(issue)) => CaseAct::CorrectDecision {
                issue: issue.id,
                outcome: IssueOutcome::NotPossible {
                    reason: text("没有依据"),
                },
                reason,
            },
            (2, ..) => CaseAct::WidenReaders {
                reader: ReaderKey::Unit(WATER),
                reason,
            },
            _ => CaseAct::TakeBack {
                what: OfficialAct::Widening {
                    reader: ReaderKey::Unit(WATER),
                },
                reason,
            },
        }
    }
}
