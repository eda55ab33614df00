//! Opening one's own matter with the code on the slip.

use leptos::prelude::*;

use super::loaded::{CallLink, asked_for};
use crate::{
    components::*,
    i18n::{citizen::FollowTexts, use_language},
};

#[component]
pub fn Follow() -> impl IntoView {
    let language = use_language();
    let texts = FollowTexts::of(language);
    let action = language.address(&use_site().county, "/follow");
    let why = asked_for("problem")().unwrap_or_default();
    // Many failures close the short way only.
    let long = why == "slow";
    let problem = match why.as_str() {
        "check" | "empty" => Some(texts.check_digit),
        "wrong" => Some(texts.wrong),
        "slow" => Some(texts.slow),
        "later" => Some(texts.later),
        _ => None,
    };
    let errors: Vec<FieldError> = problem
        .map(|why| FieldError::new("code", why))
        .into_iter()
        .collect();
    let left = asked_for("left")()
        .map(|_| view! { <Inset title=texts.left><p>{texts.session}</p></Inset> });
    view! {
        <Page title=texts.title place=Place::Mine>
            <ErrorSummary errors=errors.clone()/>
            <Heading>{texts.title}</Heading>
            {left}
            <form method="post" action=action>
                <TextField name="code" label=texts.code hint=texts.code_hint kind=InputKind::Code
                    error=FieldError::of(&errors, "code")/>
                <TextField name="pin" label=texts.second_factor hint=texts.second_factor_hint kind=InputKind::Secret/>
                {long.then(|| view! {
                    <TextField name="phone" label=texts.whole_phone kind=InputKind::Telephone/>
                })}
                <Button>{texts.open}</Button>
            </form>
            <p>{texts.session} " " {texts.other_ways}</p>
            <h2>{texts.lost}</h2>
            <p>{texts.lost_what}</p>
            <p class="row"><CallLink/></p>
        </Page>
    }
    .into_any()
}
