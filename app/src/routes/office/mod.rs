//! What an official opens, tablet first. Every screen is lazy: none of this reaches a villager.

mod sign_in;

use leptos_router::{
    Lazy,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    path,
};

use super::screen;

pub fn routes() -> AnyNestedRoute {
    (screen(
        path!("/office/sign-in"),
        Lazy::<sign_in::SignIn>::new(),
    ),)
        .into_any_nested_route()
}
