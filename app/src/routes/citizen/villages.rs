//! The villages of the county, by township.

use leptos::prelude::*;
use sync::{
    query,
    view::{Division, DivisionLevel},
};

use super::loaded::loaded;
use crate::{
    components::*,
    i18n::{
        citizen::{PublicMattersTexts, VillageTexts},
        use_language,
    },
    repository::use_view,
};

#[component]
pub fn Villages() -> impl IntoView {
    let texts = VillageTexts::of(use_language());
    loaded(
        texts.title,
        Place::Village,
        use_view(|| query::Divisions {}),
        list,
    )
}

fn list(divisions: Vec<Division>) -> AnyView {
    let language = use_language();
    let texts = VillageTexts::of(language);
    let all_matters = PublicMattersTexts::of(language).title;
    let townships = divisions
        .iter()
        .filter(|division| division.level == DivisionLevel::Township)
        .map(|township| villages_of(township, &divisions))
        .collect_view();
    view! {
        <Page title=texts.title place=Place::Village>
            <Heading>{texts.choose}</Heading>
            <p class="mute">{fetched_at()}</p>
            <p>
                <a href=language.address(&use_site().county, "/matters")>{all_matters}</a>
            </p>
            {townships}
        </Page>
    }
    .into_any()
}

/// What the list itself does not say: since when the device has it.
fn fetched_at() -> impl Fn() -> Option<String> + 'static {
    let said = RwSignal::new(None);
    #[cfg(feature = "hydrate")]
    {
        let (language, renewed) = (use_language(), crate::repository::renewed());
        Effect::new(move || {
            renewed.track();
            leptos::task::spawn_local(async move {
                let at = crate::repository::divisions_at().await;
                let _ = said.try_set(at.map(|at| super::loaded::age_in(language, at)));
            });
        });
    }
    move || said.get()
}

fn villages_of(township: &Division, divisions: &[Division]) -> AnyView {
    let language = use_language();
    let county = use_site().county;
    let links = divisions
        .iter()
        .filter(|village| {
            village.level == DivisionLevel::Village
                && village.code.township().as_ref() == Some(&township.code)
        })
        .map(|village| {
            let address = language.address(&county, &format!("/villages/{}", village.code));
            view! { <li><a href=address>{village.name.clone()}</a></li> }
        })
        .collect_view();
    view! {
        <Details summary=township.name.clone()>
            <ul>{links}</ul>
        </Details>
    }
    .into_any()
}
