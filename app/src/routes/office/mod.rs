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
        screen(path!("/office"), officials::Worklist),
        screen(path!("/office/not-registered"), officials::NotRegistered),
        screen(path!("/office/cases/:case"), officials::Workspace),
        screen(path!("/office/to-tell"), officials::ToTell),
        screen(path!("/office/matters"), officials::Matters),
        screen(path!("/office/matters/new"), officials::NewMatter),
        screen(path!("/office/matters/:matter"), officials::MatterEditor),
        screen(path!("/office/accounts"), officials::Accounts),
        screen(path!("/office/cases/:case/sheet"), officials::CopySheet),
        screen(path!("/office/tablet"), officials::Tablet),
        screen(path!("/office/intake"), officials::Intake),
        screen(path!("/office/slip"), officials::IntakeSlip),
        screen(path!("/office/sign-in"), officials::SignIn),
        screen(path!("/office/enrol/:link"), officials::Enrol),
    );
    let design = (
        screen(path!("/design"), officials::Design),
        screen(path!("/design/office"), officials::OfficeDesign),
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
        screen(path!("/office/visits"), officials::Visits),
        screen(path!("/office/visits/new"), officials::NewNotice),
        screen(path!("/office/visits/:visit"), officials::Notice),
        screen(path!("/office/visits/:visit/edit"), officials::EditNotice),
        screen(
            path!("/office/visits/:visit/registrations"),
            officials::Registrations,
        ),
        screen(path!("/office/visits/:visit/walk-in"), officials::WalkIn),
        screen(
            path!("/office/registrations/:registration"),
            officials::Registration,
        ),
        screen(
            path!("/office/registrations/:registration/record"),
            officials::Record,
        ),
        screen(
            path!("/office/registrations/:registration/slip"),
            officials::PartySlip,
        ),
    )
        .into_any_nested_route()
}
