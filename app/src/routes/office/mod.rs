//! What an official opens, tablet first. Every screen is lazy: none of this reaches a villager.

mod desk;
mod enrol;
mod sign_in;

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
        Desk => crate::routes::office::desk::Desk,
    }
}

pub fn routes() -> AnyNestedRoute {
    (
        screen(path!("/office"), Lazy::<door::Desk>::new()),
        screen(path!("/office/sign-in"), Lazy::<door::SignIn>::new()),
        screen(path!("/office/enrol/:link"), Lazy::<door::Enrol>::new()),
    )
        .into_any_nested_route()
}
