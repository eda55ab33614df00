//! The office's door.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    components::*,
    i18n::{office::SignInTexts, use_language},
};

#[component]
pub fn SignIn() -> impl IntoView {
    let language = use_language();
    let texts = SignInTexts::of(language);
    let county = use_site().county;
    let query = use_query_map().get_untracked();
    let errors: Vec<FieldError> = match query.get("problem").as_deref() {
        Some("wrong") => vec![FieldError::new("name", texts.wrong)],
        Some("slow") => vec![FieldError::new("name", texts.slow)],
        Some("later") => vec![FieldError::new("name", texts.later)],
        _ => Vec::new(),
    };
    let said = [("out", texts.signed_out), ("enrolled", texts.enrolled)];
    let said = said
        .into_iter()
        .find(|(name, _)| query.get(name).is_some())
        .map(|(_, words)| view! { <Inset title=words>""</Inset> });
    let back = query.get("back").unwrap_or_default();
    view! {
        <OfficePage title=texts.title places=Vec::new()>
            <div data-area="huiyin-office-area">
                <ErrorSummary errors=errors.clone()/>
                <Heading>{texts.title}</Heading>
                {said}
                <form method="post" action=language.address(&county, "/office/sign-in")>
                    <input type="hidden" name="back" value=back/>
                    <TextField name="name" label=texts.name autocomplete="username"
                        error=FieldError::of(&errors, "name")/>
                    <TextField name="password" label=texts.password kind=InputKind::Password
                        autocomplete="current-password"/>
                    <TextField name="code" label=texts.code hint=texts.code_hint kind=InputKind::Code
                        autocomplete="one-time-code"/>
                    <Button>{texts.sign_in}</Button>
                </form>
                <p>{texts.help}</p>
                <p><a href=language.address(&county, "")>{texts.citizen}</a></p>
            </div>
        </OfficePage>
    }
    .into_any()
}
