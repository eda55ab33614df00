//! 对本系统提意见: what is wrong with the site itself. It becomes an ordinary matter, so it is
//! answered like one.

use leptos::prelude::*;

use super::here::{self, Beginning};
use crate::{
    components::*,
    i18n::{citizen::FeedbackTexts, use_language},
};

#[component]
pub fn Feedback() -> impl IntoView {
    let language = use_language();
    let texts = FeedbackTexts::of(language);
    let action = language.address(&use_site().county, "/register/start");
    let begin = here::begin(Beginning {
        visit: None,
        kind: "suggestion",
        subject: "other",
    });
    view! {
        <Page title=texts.title>
            <Heading>{texts.title}</Heading>
            <p>{texts.what}</p>
            <form method="post" action=action on:submit=begin>
                <input type="hidden" name="kind" value="suggestion"/>
                <input type="hidden" name="subject" value="other"/>
                <Button>{texts.write}</Button>
            </form>
            <p>{texts.answered}</p>
            <h2>{texts.complain}</h2>
            <p>{texts.complain_what}</p>
            <p class="row"><CallLink/></p>
        </Page>
    }
    .into_any()
}
