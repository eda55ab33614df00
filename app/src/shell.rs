//! The document around the app: a page of its own, or the empty shell.

use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

use crate::{
    App, Site,
    boot::{Boot, Build, Start, Style},
    routes::{Problem, ProblemPage},
};

/// A server-rendered page.
pub fn shell(build: Build, site: Site) -> impl IntoView {
    let site = site.written();
    view! {
        <!DOCTYPE html>
        <html data-site=site>
            <head>
                <Head of=build start=Start::AtRest/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The same document with an empty body, for any address: what the service worker answers when the
/// network cannot. [`crate::hydrate`] mounts into it instead of hydrating.
pub fn app_shell(build: Build, site: Site) -> impl IntoView {
    let site = site.written();
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN" data-app-shell="1" data-site=site>
            <head>
                <Ahead of=build.clone()/>
                <Head of=build start=Start::AtOnce/>
                <title>"回音"</title>
            </head>
            <body></body>
        </html>
    }
}

/// A page that says why there is nothing here. It stays plain HTML: the browser's router would
/// show something else at this address.
pub fn problem_page(build: Build, site: Site, problem: Problem) -> impl IntoView {
    provide_meta_context();
    provide_context(site);
    view! {
        <!DOCTYPE html>
        <html>
            <head>
                <Basics of=build/>
                <MetaTags/>
            </head>
            <body>
                <ProblemPage problem/>
            </body>
        </html>
    }
}

/// What the shell cannot do without is asked for before the script that starts it was read.
#[component]
fn Ahead(of: Build) -> impl IntoView {
    view! {
        <link rel="modulepreload" href=of.url("boot.js")/>
        <link rel="modulepreload" href=of.url("huiyin.js")/>
        <link rel="preload" r#as="fetch" crossorigin="anonymous" href=of.url("huiyin.wasm")/>
    }
}

#[component]
fn Head(of: Build, start: Start) -> impl IntoView {
    view! {
        <Basics of=of.clone()/>
        <link rel="manifest" href="/manifest.webmanifest"/>
        <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
        <Boot of=of start/>
    }
}

/// What every document has, with or without scripts.
#[component]
fn Basics(of: Build) -> impl IntoView {
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="theme-color" content="#0f5a4c"/>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
        <Style of=of/>
    }
}
