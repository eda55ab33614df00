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
    Lazy,
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
        screen(path!("/"), Lazy::<public::Home>::new()),
        screen(path!("/notices"), Lazy::<public::Notices>::new()),
        screen(path!("/notices/:visit"), Lazy::<public::Notice>::new()),
        screen(
            path!("/notices/:visit/poster"),
            Lazy::<public::Poster>::new(),
        ),
        screen(path!("/matters"), Lazy::<public::Matters>::new()),
        screen(path!("/matters/:matter"), Lazy::<public::Matter>::new()),
        screen(path!("/villages"), Lazy::<public::Villages>::new()),
        screen(path!("/villages/:village"), Lazy::<public::Village>::new()),
        screen(path!("/help"), Lazy::<public::Help>::new()),
        screen(path!("/feedback"), Lazy::<public::Feedback>::new()),
        screen(path!("/settings"), Lazy::<public::Settings>::new()),
    );
    let own = (
        screen(path!("/register"), Lazy::<own::Register>::new()),
        screen(path!("/register/:step"), Lazy::<own::Wizard>::new()),
        screen(path!("/follow"), Lazy::<own::Follow>::new()),
        screen(path!("/mine"), Lazy::<own::Mine>::new()),
        screen(path!("/mine/cases/:case"), Lazy::<own::Case>::new()),
        screen(path!("/sent/:item"), Lazy::<own::Sent>::new()),
        screen(path!("/outbox"), Lazy::<own::Outbox>::new()),
        screen(path!("/spaces"), Lazy::<own::Spaces>::new()),
        screen(path!("/number"), Lazy::<own::ByNumber>::new()),
        screen(path!("/carry"), Lazy::<own::Carry>::new()),
    );
    (public.into_any_nested_route(), own.into_any_nested_route()).into_any_nested_route()
}
