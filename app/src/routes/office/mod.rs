//! What an official opens, tablet first. Every screen is lazy: none of this reaches a villager.

mod accounts;
mod copy_sheet;
mod enrol;
mod frame;
mod intake;
mod kept;
mod keys;
mod matter_editor;
mod matter_page;
mod matters;
mod needs;
mod not_registered;
mod sign_in;
mod slip;
mod to_tell;
mod visits;
mod worklist;
mod workspace;

use leptos_router::{
    Lazy,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    path,
};

use super::screen;

chunk! {
    /// The way in.
    door {
        SignIn => crate::routes::office::sign_in::SignIn,
        Enrol => crate::routes::office::enrol::Enrol,
    }
}

chunk! {
    /// Public matters, as those write them who follow them.
    public_matters {
        Matters => crate::routes::office::matters::Matters,
        NewMatter => crate::routes::office::matters::NewMatter,
        MatterEditor => crate::routes::office::matter_editor::MatterEditor,
    }
}

chunk! {
    /// The administrator's desk.
    administration {
        Accounts => crate::routes::office::accounts::Accounts,
    }
}

chunk! {
    /// Those who are to be told something.
    telling {
        ToTell => crate::routes::office::to_tell::ToTell,
    }
}

chunk! {
    /// The work on cases.
    work {
        Worklist => crate::routes::office::worklist::Worklist,
        NotRegistered => crate::routes::office::not_registered::NotRegistered,
        Workspace => crate::routes::office::workspace::Workspace,
        CopySheet => crate::routes::office::copy_sheet::CopySheet,
        Intake => crate::routes::office::intake::Intake,
        Slip => crate::routes::office::slip::Slip,
    }
}

chunk! {
    /// Visits: their notices, and those who come.
    receive {
        Visits => crate::routes::office::visits::Visits,
        NewNotice => crate::routes::office::visits::edit::NewNotice,
        Notice => crate::routes::office::visits::notice::Notice,
        EditNotice => crate::routes::office::visits::edit::EditNotice,
        Registrations => crate::routes::office::visits::registrations::Registrations,
        WalkIn => crate::routes::office::visits::walk_in::WalkIn,
        Registration => crate::routes::office::visits::registration::Registration,
        Record => crate::routes::office::visits::record::Record,
        Slip => crate::routes::office::visits::slip::Slip,
    }
}

pub fn routes() -> AnyNestedRoute {
    let work = (
        screen(path!("/office"), Lazy::<work::Worklist>::new()),
        screen(
            path!("/office/not-registered"),
            Lazy::<work::NotRegistered>::new(),
        ),
        screen(path!("/office/cases/:case"), Lazy::<work::Workspace>::new()),
        screen(path!("/office/to-tell"), Lazy::<telling::ToTell>::new()),
        screen(
            path!("/office/matters"),
            Lazy::<public_matters::Matters>::new(),
        ),
        screen(
            path!("/office/matters/new"),
            Lazy::<public_matters::NewMatter>::new(),
        ),
        screen(
            path!("/office/matters/:matter"),
            Lazy::<public_matters::MatterEditor>::new(),
        ),
        screen(
            path!("/office/accounts"),
            Lazy::<administration::Accounts>::new(),
        ),
        screen(
            path!("/office/cases/:case/sheet"),
            Lazy::<work::CopySheet>::new(),
        ),
        screen(path!("/office/intake"), Lazy::<work::Intake>::new()),
        screen(path!("/office/slip"), Lazy::<work::Slip>::new()),
        screen(path!("/office/sign-in"), Lazy::<door::SignIn>::new()),
        screen(path!("/office/enrol/:link"), Lazy::<door::Enrol>::new()),
    );
    (work.into_any_nested_route(), visits()).into_any_nested_route()
}

fn visits() -> AnyNestedRoute {
    (
        screen(path!("/office/visits"), Lazy::<receive::Visits>::new()),
        screen(
            path!("/office/visits/new"),
            Lazy::<receive::NewNotice>::new(),
        ),
        screen(
            path!("/office/visits/:visit"),
            Lazy::<receive::Notice>::new(),
        ),
        screen(
            path!("/office/visits/:visit/edit"),
            Lazy::<receive::EditNotice>::new(),
        ),
        screen(
            path!("/office/visits/:visit/registrations"),
            Lazy::<receive::Registrations>::new(),
        ),
        screen(
            path!("/office/visits/:visit/walk-in"),
            Lazy::<receive::WalkIn>::new(),
        ),
        screen(
            path!("/office/registrations/:registration"),
            Lazy::<receive::Registration>::new(),
        ),
        screen(
            path!("/office/registrations/:registration/record"),
            Lazy::<receive::Record>::new(),
        ),
        screen(
            path!("/office/registrations/:registration/slip"),
            Lazy::<receive::Slip>::new(),
        ),
    )
        .into_any_nested_route()
}
