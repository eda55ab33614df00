//! What an official opens, tablet first. Every screen is lazy: none of this reaches a villager.

mod account_tablets;
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
mod tablet;
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
    /// Everything an official opens. A tablet fetches all of it ahead when somebody signs in, so it is one:
    /// each further module would cut what they share into more pieces, and a piece is a request.
    officials {
        SignIn => crate::routes::office::sign_in::SignIn,
        Enrol => crate::routes::office::enrol::Enrol,
        Worklist => crate::routes::office::worklist::Worklist,
        NotRegistered => crate::routes::office::not_registered::NotRegistered,
        Workspace => crate::routes::office::workspace::Workspace,
        CopySheet => crate::routes::office::copy_sheet::CopySheet,
        Intake => crate::routes::office::intake::Intake,
        IntakeSlip => crate::routes::office::slip::Slip,
        ToTell => crate::routes::office::to_tell::ToTell,
        Visits => crate::routes::office::visits::Visits,
        NewNotice => crate::routes::office::visits::edit::NewNotice,
        Notice => crate::routes::office::visits::notice::Notice,
        EditNotice => crate::routes::office::visits::edit::EditNotice,
        Registrations => crate::routes::office::visits::registrations::Registrations,
        WalkIn => crate::routes::office::visits::walk_in::WalkIn,
        Registration => crate::routes::office::visits::registration::Registration,
        Record => crate::routes::office::visits::record::Record,
        PartySlip => crate::routes::office::visits::slip::Slip,
        Matters => crate::routes::office::matters::Matters,
        NewMatter => crate::routes::office::matters::NewMatter,
        MatterEditor => crate::routes::office::matter_editor::MatterEditor,
        Tablet => crate::routes::office::tablet::Tablet,
        Accounts => crate::routes::office::accounts::Accounts,
        Design => crate::routes::design::Design,
        OfficeDesign => crate::routes::design::OfficeDesign,
    }
}

pub fn routes() -> AnyNestedRoute {
    let work = (
        screen(path!("/office"), Lazy::<officials::Worklist>::new()),
        screen(
            path!("/office/not-registered"),
            Lazy::<officials::NotRegistered>::new(),
        ),
        screen(
            path!("/office/cases/:case"),
            Lazy::<officials::Workspace>::new(),
        ),
        screen(path!("/office/to-tell"), Lazy::<officials::ToTell>::new()),
        screen(path!("/office/matters"), Lazy::<officials::Matters>::new()),
        screen(
            path!("/office/matters/new"),
            Lazy::<officials::NewMatter>::new(),
        ),
        screen(
            path!("/office/matters/:matter"),
            Lazy::<officials::MatterEditor>::new(),
        ),
        screen(
            path!("/office/accounts"),
            Lazy::<officials::Accounts>::new(),
        ),
        screen(
            path!("/office/cases/:case/sheet"),
            Lazy::<officials::CopySheet>::new(),
        ),
        screen(path!("/office/tablet"), Lazy::<officials::Tablet>::new()),
        screen(path!("/office/intake"), Lazy::<officials::Intake>::new()),
        screen(path!("/office/slip"), Lazy::<officials::IntakeSlip>::new()),
        screen(path!("/office/sign-in"), Lazy::<officials::SignIn>::new()),
        screen(
            path!("/office/enrol/:link"),
            Lazy::<officials::Enrol>::new(),
        ),
    );
    let design = (
        screen(path!("/design"), Lazy::<officials::Design>::new()),
        screen(
            path!("/design/office"),
            Lazy::<officials::OfficeDesign>::new(),
        ),
    );
    (
        work.into_any_nested_route(),
        visits(),
        design.into_any_nested_route(),
    )
        .into_any_nested_route()
}

fn visits() -> AnyNestedRoute {
    (
        screen(path!("/office/visits"), Lazy::<officials::Visits>::new()),
        screen(
            path!("/office/visits/new"),
            Lazy::<officials::NewNotice>::new(),
        ),
        screen(
            path!("/office/visits/:visit"),
            Lazy::<officials::Notice>::new(),
        ),
        screen(
            path!("/office/visits/:visit/edit"),
            Lazy::<officials::EditNotice>::new(),
        ),
        screen(
            path!("/office/visits/:visit/registrations"),
            Lazy::<officials::Registrations>::new(),
        ),
        screen(
            path!("/office/visits/:visit/walk-in"),
            Lazy::<officials::WalkIn>::new(),
        ),
        screen(
            path!("/office/registrations/:registration"),
            Lazy::<officials::Registration>::new(),
        ),
        screen(
            path!("/office/registrations/:registration/record"),
            Lazy::<officials::Record>::new(),
        ),
        screen(
            path!("/office/registrations/:registration/slip"),
            Lazy::<officials::PartySlip>::new(),
        ),
    )
        .into_any_nested_route()
}
