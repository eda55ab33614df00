//! What a citizen opens on a phone.

mod access;
mod by_number;
mod carry;
pub(super) mod case;
mod feedback;
mod follow;
mod hand_over;
mod help;
mod here;
mod home;
mod loaded;
pub(super) mod matter;
mod matters;
mod mine;
mod mistakes;
pub(super) mod notice;
pub(super) mod notice_row;
mod notices;
pub(super) mod outbox;
mod own_here;
mod poster;
mod register;
pub(super) mod send;
mod sent;
mod settings;
mod slip;
mod spaces;
mod township;
mod village;
mod villages;
mod wizard;

use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    path,
};

use super::screen;

chunk! {
    /// What everybody may read.
    public {
        Home => crate::routes::citizen::home::Home,
        Notices => crate::routes::citizen::notices::Notices,
        Notice => crate::routes::citizen::notice::Notice,
        Poster => crate::routes::citizen::poster::Poster,
        Matters => crate::routes::citizen::matters::Matters,
        Matter => crate::routes::citizen::matter::Matter,
        Villages => crate::routes::citizen::villages::Villages,
        Village => crate::routes::citizen::village::Village,
        Help => crate::routes::citizen::help::Help,
        Feedback => crate::routes::citizen::feedback::Feedback,
        Settings => crate::routes::citizen::settings::Settings,
    }
}

chunk! {
    /// What a citizen writes, and reads back.
    own {
        Register => crate::routes::citizen::register::Register,
        Wizard => crate::routes::citizen::wizard::Wizard,
        Follow => crate::routes::citizen::follow::Follow,
        Mine => crate::routes::citizen::mine::Mine,
        Case => crate::routes::citizen::case::Case,
        Sent => crate::routes::citizen::sent::Sent,
        Outbox => crate::routes::citizen::outbox::Outbox,
        Spaces => crate::routes::citizen::spaces::Spaces,
        ByNumber => crate::routes::citizen::by_number::ByNumber,
        Carry => crate::routes::citizen::carry::Carry,
    }
}

pub fn routes() -> AnyNestedRoute {
    let public = (
        screen(path!("/"), public::Home),
        screen(path!("/notices"), public::Notices),
        screen(path!("/notices/:visit"), public::Notice),
        screen(path!("/notices/:visit/poster"), public::Poster),
        screen(path!("/matters"), public::Matters),
        screen(path!("/matters/:matter"), public::Matter),
        screen(path!("/villages"), public::Villages),
        screen(path!("/villages/:village"), public::Village),
        screen(path!("/help"), public::Help),
        screen(path!("/feedback"), public::Feedback),
        screen(path!("/settings"), public::Settings),
    );
    let own = (
        screen(path!("/register"), own::Register),
        screen(path!("/register/:step"), own::Wizard),
        screen(path!("/follow"), own::Follow),
        screen(path!("/mine"), own::Mine),
        screen(path!("/mine/cases/:case"), own::Case),
        screen(path!("/sent/:item"), own::Sent),
        screen(path!("/outbox"), own::Outbox),
        screen(path!("/spaces"), own::Spaces),
        screen(path!("/number"), own::ByNumber),
        screen(path!("/carry"), own::Carry),
    );
    (public.into_any_nested_route(), own.into_any_nested_route()).into_any_nested_route()
}
