//! A new account's first page, behind its one-time link.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sync::{query, view::Enrolment};

use crate::{
    PageStatus,
    components::*,
    i18n::{office::SignInTexts, use_language},
    repository::use_view,
};

#[component]
pub fn Enrol() -> impl IntoView {
    let texts = SignInTexts::of(use_language());
    let link = use_params_map().with_untracked(|path| path.get("link").unwrap_or_default());
    let asked = link.clone();
    let view = use_view(move || query::Enrolment {
        link: asked.clone(),
    });
    view! {
        <OfficePage title=texts.enrol places=Vec::new()>
            <Suspense fallback=move || view! { <Skeleton label=texts.enrol/> }>
                {move || {
                    let link = link.clone();
                    Suspend::new(async move {
                        match view.await {
                            Ok(enrolment) => form(&enrolment, &link),
                            Err(_) => ended(),
                        }
                    })
                }}
            </Suspense>
        </OfficePage>
    }
    .into_any()
}

fn form(enrolment: &Enrolment, link: &str) -> AnyView {
    let language = use_language();
    let texts = SignInTexts::of(language);
    let problem = use_query_map().with_untracked(|query| query.get("problem"));
    let errors: Vec<FieldError> = match problem.as_deref() {
        Some("short") => vec![FieldError::new("password", texts.password_short)],
        Some("code") => vec![FieldError::new("code", texts.code_wrong)],
        Some(_) => vec![FieldError::new("password", texts.later)],
        None => Vec::new(),
    };
    let action = language.address(&use_site().county, &format!("/office/enrol/{link}"));
    let Enrolment {
        name,
        key,
        qr_path,
        qr_size,
    } = enrolment.clone();
    view! {
        <ErrorSummary errors=errors.clone()/>
        <Heading>{texts.enrol}</Heading>
        <p>{name.to_string()}</p>
        <p>{texts.enrol_what}</p>
        <QrCode path=qr_path size=qr_size label=texts.enrol>
            {texts.enrol_key} " " <code>{key}</code>
        </QrCode>
        <form method="post" action=action>
            <TextField name="password" label=texts.new_password hint=texts.new_password_hint
                kind=InputKind::Password autocomplete="new-password"
                error=FieldError::of(&errors, "password")/>
            <TextField name="code" label=texts.code hint=texts.code_hint kind=InputKind::Code
                autocomplete="one-time-code" error=FieldError::of(&errors, "code")/>
            <Button>{texts.confirm}</Button>
        </form>
    }
    .into_any()
}

fn ended() -> AnyView {
    let texts = SignInTexts::of(use_language());
    PageStatus::set(404);
    view! {
        <Heading>{texts.link_ended}</Heading>
        <p>{texts.link_ended_what}</p>
    }
    .into_any()
}
