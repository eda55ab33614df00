//! Opening one's own matter with the code on the slip.

use std::sync::Arc;

use domain::form::LookUpForm;
use leptos::prelude::*;
use sync::query;

use super::{
    loaded::asked_for,
    mistakes,
    own_here::{self, Acts},
    send::{CheckedForm, Fields, error_of},
};
use crate::{
    PageStatus,
    components::*,
    i18n::{
        citizen::{FollowTexts, RegisterErrors, SpacesTexts},
        use_language,
    },
    repository::use_view,
};

#[component]
pub fn Follow() -> impl IntoView {
    if asked_for("problem")().is_none() {
        return form(String::new());
    }
    // Sent back by the server: what was typed is there again.
    let typed = use_view(|| query::Typed {});
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let typed = typed.await.ok().flatten().filter(|typed| typed.act == "follow");
                form(typed.map(|typed| typed.text).unwrap_or_default())
            })}
        </Suspense>
    }
    .into_any()
}

fn form(typed: String) -> AnyView {
    let language = use_language();
    let texts = FollowTexts::of(language);
    let action = language.address(&use_site().county, "/follow");
    let why = asked_for("problem")();
    // Many failures close the short way only: with the whole number it stays open.
    let phone = (why.as_deref() == Some("slow")).then(|| {
        PageStatus::set(429);
        view! { <TextField name="phone" label=texts.whole_phone kind=InputKind::Telephone/> }
    });
    let errors = RwSignal::new(why.as_deref().and_then(problem).into_iter().collect());
    let left = asked_for("left")()
        .map(|_| view! { <Inset title=texts.left><p>{texts.session}</p></Inset> });
    let private = asked_for("private")().map(
        |_| view! { <Inset title=texts.private_qr><p>{texts.private_needs_script}</p></Inset> },
    );
    let spaces = SpacesTexts::of(language);
    let number = language.address(&use_site().county, "/number");
    let shared = language.address(&use_site().county, "/spaces");
    let check = Arc::new(move |fields: &Fields| {
        let form = LookUpForm {
            code: fields.one("code"),
            pin: fields.one("pin"),
            phone: fields.one("phone"),
        };
        form.parse()
            .err()
            .map(|errors| mistakes::words(&errors, language))
            .unwrap_or_default()
    });
    view! {
        <Page title=texts.title place=Place::Mine>
            <ErrorSummary errors/>
            <Heading>{texts.title}</Heading>
            {left}
            {private}
            <CheckedForm action check errors>
                <div class="stack">
                    <TextField name="code" label=texts.code hint=texts.code_hint kind=InputKind::Code value=typed
                        error=error_of(errors, "code")/>
                    <TextField name="pin" label=texts.second_factor hint=texts.second_factor_hint kind=InputKind::Secret
                        error=error_of(errors, "pin")/>
                    {phone}
                </div>
                <p class="form-end"><Button>{texts.open}</Button></p>
            </CheckedForm>
            {own_here::own_here(Acts::Elsewhere)}
            <p>{texts.session} " " {texts.other_ways}</p>
            <h2>{texts.lost}</h2>
            <p>{texts.lost_what}</p>
            <p class="row"><CallLink/></p>
            <p><a href=number>{spaces.number_title}</a></p>
            <p><a href=shared>{spaces.title}</a></p>
        </Page>
    }
    .into_any()
}

/// What the server found wrong with what was posted.
fn problem(why: &str) -> Option<FieldError> {
    let language = use_language();
    let texts = FollowTexts::of(language);
    let (field, text) = match why {
        "check" => ("code", texts.check_digit),
        "empty" => ("code", texts.empty),
        "length" => ("code", texts.length),
        "pin" => ("pin", RegisterErrors::of(language).second_factor),
        "wrong" => ("code", texts.wrong),
        "slow" => ("code", texts.slow),
        "sent" => ("code", RegisterErrors::of(language).already_sent),
        "later" => ("code", texts.later),
        _ => return None,
    };
    Some(FieldError::new(field, text))
}
