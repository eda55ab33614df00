//! Where an official arrives after signing in.

use leptos::prelude::*;
use sync::{query, view::Me};

use crate::{
    PageStatus,
    components::*,
    i18n::{
        office::{SignInTexts, role_name},
        use_language,
    },
    repository::use_view,
};

#[component]
pub fn Desk() -> impl IntoView {
    let texts = SignInTexts::of(use_language());
    let me = use_view(|| query::Me {});
    view! {
        <Suspense fallback=move || view! { <Skeleton label=texts.title/> }>
            {move || Suspend::new(async move {
                match me.await {
                    Ok(me) => signed_in(&me),
                    Err(_) => not_signed_in(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn signed_in(me: &Me) -> AnyView {
    let texts = SignInTexts::of(use_language());
    let (unit, name) = (me.unit.clone(), me.name.to_string());
    let roles: Vec<_> = me
        .roles
        .iter()
        .map(|role| view! { <li>{role_name(*role)}</li> })
        .collect();
    view! {
        <OfficePage title=texts.signed_in places=Vec::new() official=name>
            <Heading>{texts.signed_in}</Heading>
            <p>{unit}</p>
            <ul>{roles}</ul>
        </OfficePage>
    }
    .into_any()
}

fn not_signed_in() -> AnyView {
    let language = use_language();
    let texts = SignInTexts::of(language);
    PageStatus::set(403);
    let door = language.address(&use_site().county, "/office/sign-in");
    view! {
        <OfficePage title=texts.title places=Vec::new()>
            <Heading>{texts.title}</Heading>
            <p>{texts.help}</p>
            <p><LinkButton href=door>{texts.sign_in}</LinkButton></p>
        </OfficePage>
    }
    .into_any()
}
