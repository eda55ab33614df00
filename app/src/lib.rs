//! The screens of Huiyin, rendered on the server and taken over in the browser.
//!
//! The same [`App`] runs in three places: on the server, which prints a page that can be read and
//! used without scripts; in the browser over such a page ([`hydrate`]); and in the browser over the
//! empty [`app_shell`] when the network could not give a page. So the first render of every screen
//! is the same in all three, and what only the device knows is put in by an effect afterwards.
//!
//! A new screen is a file in `routes/<area>/` and a line in that area's `mod.rs`.

// A component owns its properties, whether or not it uses them up.
#![allow(clippy::needless_pass_by_value)]

mod app;
mod boot;
pub mod components;
pub mod i18n;
pub mod qr;
pub mod repository;
mod routes;
mod shell;
mod status;

pub use app::App;
pub use boot::Build;
pub use components::{Filing, Site, TextSize};
pub use i18n::{Language, use_language};
pub use routes::Problem;
pub use shell::{app_shell, problem_page, shell};
pub use status::PageStatus;

#[cfg(feature = "hydrate")]
mod start;
#[cfg(feature = "hydrate")]
pub use start::hydrate;
