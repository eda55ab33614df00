//! How it works, what is one's right, what it costs: nothing.

use leptos::prelude::*;

use crate::{
    components::*,
    i18n::{citizen::HelpTexts, use_language},
};

#[component]
pub fn Help() -> impl IntoView {
    let texts = HelpTexts::of(use_language());
    view! {
        <Page title=texts.title>
            <Heading>{texts.title}</Heading>
            <Emergency/>
            <p>{texts.danger_what}</p>
            {lines(texts.how, [texts.how_1, texts.how_2, texts.how_3, texts.how_4, texts.how_5])}
            {lines(
                texts.rights,
                [
                    texts.right_answer,
                    texts.right_privacy,
                    texts.right_no_retaliation,
                    texts.right_withdraw,
                    texts.right_review,
                ],
            )}
            <h2>{texts.free}</h2>
            <p>{texts.free_what}</p>
            <h2>{texts.phone}</h2>
            <p>{texts.phone_what}</p>
            <p>
                <CallLink/>
            </p>
            {lines(texts.words, [texts.word_visit, texts.word_accepted, texts.word_answered, texts.word_done])}
            <h2>{texts.elder}</h2>
            <p>{texts.elder_what}</p>
        </Page>
    }
    .into_any()
}

fn lines<const N: usize>(heading: &'static str, lines: [&'static str; N]) -> AnyView {
    view! {
        <h2>{heading}</h2>
        <ol>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ol>
    }
    .into_any()
}
