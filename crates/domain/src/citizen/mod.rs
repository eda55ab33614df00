//! What a citizen may ask for. An account is never needed: a code opens what it belongs to.

mod access;
mod file;
mod follow;
mod register;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    actor::{Actor, HolderRole, Opened, Scope},
    case::Case,
    code::SecondFactor,
    event::Decided,
    filing::Filing,
    given::Given,
    ids::{CaseId, CommandId, GrantId, IssueId, NoteId, RegistrationId, ReplyId, VisitId},
    person::Filer,
    receipt::Receipt,
    refusal::Refusal,
    text::{Paragraph, PersonName},
    world::{Needs, Places, World},
};

pub(crate) use file::{NewCase, open_case};
pub(crate) use register::{book_walk_in, promote_first, release};

/// The citizen's commands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum CitizenCommand {
    /// Register a party for a visit.
    Register {
        /// Which visit.
        visit: VisitId,
        /// Who and what.
        filing: Box<Filing>,
    },
    /// File an ordinary matter, without a visit.
    File {
        /// Who and what.
        filing: Box<Filing>,
    },
    /// Cancel a booking.
    CancelRegistration {
        /// Which.
        registration: RegistrationId,
    },
    /// Withdraw a matter.
    WithdrawCase {
        /// Which.
        case: CaseId,
    },
    /// Add something to a matter, in any state.
    AddNote {
        /// Which.
        case: CaseId,
        /// What.
        text: Paragraph,
    },
    /// Answer the office's question.
    AnswerQuestion {
        /// Which matter.
        case: CaseId,
        /// Which question.
        question: NoteId,
        /// The answer.
        text: Paragraph,
    },
    /// 我已收到这份答复.
    AcknowledgeReply {
        /// Which matter.
        case: CaseId,
        /// Which reply.
        reply: ReplyId,
    },
    /// Say whether what was decided at the table settles the issue.
    AnswerIssue {
        /// Which matter.
        case: CaseId,
        /// Which issue.
        issue: IssueId,
        /// Settled or not.
        answer: SettlesAnswer,
    },
    /// Open it to one more person, who reads and adds (`people.md` 2).
    GrantAccess {
        /// What one's own code opens.
        opens: Opened,
        /// Representative, relative or agent.
        holder: HolderRole,
        /// Who.
        name: PersonName,
        /// The last day.
        until: NaiveDate,
        /// Four digits for that person.
        second_factor: SecondFactor,
    },
    /// End one person's access.
    RevokeAccess {
        /// What one's own code opens.
        opens: Opened,
        /// Whose.
        grant: GrantId,
    },
}

impl CitizenCommand {
    /// What has to be opened with a code first; none for what anybody may begin.
    pub fn about(&self) -> Option<Opened> {
        match self {
            Self::Register { .. } | Self::File { .. } => None,
            Self::CancelRegistration { registration } => Some(Opened::Registration(*registration)),
            Self::WithdrawCase { case }
            | Self::AddNote { case, .. }
            | Self::AnswerQuestion { case, .. }
            | Self::AcknowledgeReply { case, .. }
            | Self::AnswerIssue { case, .. } => Some(Opened::Case(*case)),
            Self::GrantAccess { opens, .. } | Self::RevokeAccess { opens, .. } => Some(*opens),
        }
    }
}

/// Two equal buttons: dissatisfied takes no more taps than satisfied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SettlesAnswer {
    /// 解决了.
    Settled,
    /// 还没解决.
    NotSettled,
}

impl CitizenCommand {
    /// What must be loaded to decide it.
    pub fn needs(&self) -> Needs {
        let none = Needs::default();
        match self {
            Self::Register { visit, .. } => Needs {
                visit: Some(*visit),
                ledger: Some(*visit),
                ..none
            },
            Self::File { .. } => none,
            Self::CancelRegistration { registration } => Needs {
                registration: Some(*registration),
                places: Places::Changed,
                ..none
            },
            Self::WithdrawCase { case }
            | Self::AddNote { case, .. }
            | Self::AnswerQuestion { case, .. }
            | Self::AcknowledgeReply { case, .. }
            | Self::AnswerIssue { case, .. } => Needs {
                case: Some(*case),
                ..none
            },
            Self::GrantAccess { opens, .. } | Self::RevokeAccess { opens, .. } => match opens {
                Opened::Case(case) => Needs {
                    case: Some(*case),
                    ..none
                },
                Opened::Registration(registration) => Needs {
                    registration: Some(*registration),
                    ..none
                },
            },
        }
    }
}

/// Decides a citizen's command.
///
/// # Errors
/// [`Refusal`] says why nothing happens.
pub fn decide(
    actor: &Actor,
    id: CommandId,
    command: &CitizenCommand,
    world: &World,
    given: &mut Given<'_>,
) -> Result<(Decided, Receipt), Refusal> {
    if let CitizenCommand::Register { filing, .. } | CitizenCommand::File { filing } = command {
        filed_by(actor, &filing.party.filer)?;
    }
    match command {
        CitizenCommand::Register { visit, filing } => {
            register::register(actor, *visit, id, filing, world, given)
        }
        CitizenCommand::File { filing } => file::file(id, filing, world, given),
        CitizenCommand::CancelRegistration { registration } => {
            register::cancel(actor, *registration, world, given)
        }
        CitizenCommand::WithdrawCase { case } => {
            let known = opened(actor, *case, world, Scope::Withdraw)?;
            follow::withdraw(*case, known, given)
        }
        CitizenCommand::AddNote { case, text } => {
            opened(actor, *case, world, Scope::Add)?;
            Ok(follow::add_note(*case, text, given))
        }
        CitizenCommand::AnswerQuestion {
            case,
            question,
            text,
        } => {
            let known = opened(actor, *case, world, Scope::Add)?;
            follow::answer_question(*case, known, *question, text, given)
        }
        CitizenCommand::AcknowledgeReply { case, reply } => {
            let known = opened(actor, *case, world, Scope::Withdraw)?;
            follow::acknowledge(*case, known, *reply, given)
        }
        CitizenCommand::AnswerIssue {
            case,
            issue,
            answer,
        } => {
            let known = opened(actor, *case, world, Scope::Rate)?;
            follow::answer_issue(*case, known, *issue, *answer, given)
        }
        CitizenCommand::GrantAccess {
            opens,
            holder,
            name,
            until,
            second_factor,
        } => access::Held::by(actor, *opens, world)?.grant(
            *holder,
            name,
            *until,
            second_factor,
            given,
        ),
        CitizenCommand::RevokeAccess { opens, grant } => {
            access::Held::by(actor, *opens, world)?.revoke(*grant, given)
        }
    }
}

/// Nobody files in the name of an agent or the desk.
fn filed_by(actor: &Actor, filer: &Filer) -> Result<(), Refusal> {
    let own = match (filer, actor) {
        (Filer::Petitioner | Filer::Relative { .. }, _) => true,
        (Filer::Agent { agent, .. }, Actor::Official(official)) => official.id == *agent,
        (Filer::Agent { .. } | Filer::Desk { .. }, _) => false,
    };
    if own {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}

/// The case, when the actor's code opens it and allows this. Otherwise it is not there.
fn opened<'w>(
    actor: &Actor,
    id: CaseId,
    world: &'w World,
    scope: Scope,
) -> Result<&'w Case, Refusal> {
    let Actor::Holder(holder) = actor else {
        return Err(Refusal::NotFound);
    };
    let case = world.case()?;
    let opens = match holder.opens {
        Opened::Case(opened) => opened == id,
        Opened::Registration(opened) => {
            case.grant.is_none() && case.origin.registration() == Some(opened)
        }
    };
    if !opens {
        return Err(Refusal::NotFound);
    }
    allows(holder.role, scope)?;
    Ok(case)
}

fn allows(role: HolderRole, scope: Scope) -> Result<(), Refusal> {
    if role.scopes().contains(&scope) {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}
