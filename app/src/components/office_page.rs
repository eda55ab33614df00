use leptos::prelude::*;
use leptos_meta::{Html, Title};

use super::{page_header::PageHeader, site::use_site};
use crate::i18n::{office::FrameTexts, use_language};

/// A place in an official's rail.
#[derive(Clone, Debug)]
pub struct RailPlace {
    pub word: String,
    pub href: String,
    /// How many wait there; said in words by the screen itself, so only a number here.
    pub count: Option<u32>,
    pub current: bool,
}

/// An official's page: a rail of places at the left of a tablet, the work at its right.
#[component]
pub fn OfficePage(
    #[prop(into)] title: String,
    places: Vec<RailPlace>,
    /// The signed-in official; empty before signing in.
    #[prop(optional, into)]
    official: String,
    #[prop(optional, into)] as_of: String,
    children: Children,
) -> impl IntoView {
    let site = use_site();
    let texts = FrameTexts::of(use_language());
    let window_title = format!("{title} · {}", site.county_name);
    let alone = places.is_empty() && official.is_empty();
    let sign_out = format!("/{}/office/sign-out", site.county);
    view! {
        <Title text=window_title/>
        <Html attr:data-elder=site.text_size.attribute()/>
        <PageHeader site as_of/>
        <div class="office" class:alone=alone>
            <nav class="rail" aria-label=texts.places>
                {places.into_iter().map(rail_place).collect_view()}
                {(!official.is_empty())
                    .then(|| {
                        view! {
                            <form class="sign-out" method="post" action=sign_out on:submit=|_| leave()>
                                <span>{official}</span>
                                <button>{texts.sign_out}</button>
                            </form>
                        }
                    })}
            </nav>
            <main id="main" class="wide">{children()}</main>
        </div>
    }
    .into_any()
}

/// Whoever signs out leaves nothing open on a tablet either.
fn leave() {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async {
        if let Some(driver) = crate::repository::driver() {
            driver.lock_tablet().await;
        }
    });
}

fn rail_place(place: RailPlace) -> impl IntoView {
    view! {
        <a href=place.href aria-current=place.current.then_some("page")>
            {place.word}
            {place.count.map(|count| view! { <span class="number">{count}</span> })}
        </a>
    }
}
