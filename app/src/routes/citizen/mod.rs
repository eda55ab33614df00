//! What a citizen opens on a phone.

mod case;
mod follow;
mod help;
mod home;
mod loaded;
mod matter;
mod matters;
mod mine;
mod notice;
mod notice_row;
mod notices;
mod register;
mod settings;
mod township;
mod village;
mod villages;
mod wizard;

use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    path,
};

use super::screen;

pub fn routes() -> AnyNestedRoute {
    let public = (
        screen(path!("/"), home::Home),
        screen(path!("/notices"), notices::Notices),
        screen(path!("/notices/:visit"), notice::Notice),
        screen(path!("/matters"), matters::Matters),
        screen(path!("/matters/:matter"), matter::Matter),
        screen(path!("/villages"), villages::Villages),
        screen(path!("/villages/:village"), village::Village),
        screen(path!("/help"), help::Help),
        screen(path!("/settings"), settings::Settings),
    );
    let own = (
        screen(path!("/register"), register::Register),
        screen(path!("/register/:step"), wizard::Wizard),
        screen(path!("/follow"), follow::Follow),
        screen(path!("/mine"), mine::Mine),
        screen(path!("/mine/cases/:case"), case::Case),
    );
    (public.into_any_nested_route(), own.into_any_nested_route()).into_any_nested_route()
}
