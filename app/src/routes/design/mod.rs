//! `/{county}/design`: every component in every state, for those who build the screens and for the
//! tests that look at them. `/{county}/design/office` shows the parts only officials see, and
//! `?text_size=large` either of them in 长辈版.

mod choices;
mod days;
mod fields;
mod lists;
mod marks;
mod office;
mod sample;

use leptos::prelude::*;

use crate::{components::*, i18n::use_language};
use sample::Sample;

pub use office::OfficeDesign;

#[component]
pub fn Design() -> impl IntoView {
    let texts = Sample::of(use_language());
    provide_context(sample::site(texts));
    view! {
        <Page title=texts.title place=Place::Notices as_of=texts.as_of>
            <Letterhead/>
            <ErrorSummary errors=mistakes(texts)/>
            <Heading>{texts.title}</Heading>
            <p>{texts.what}</p>
            <Emergency/>
            {marks::marks(texts)}
            {lists::lists(texts)}
            {days::days(texts)}
            {fields::fields(texts)}
            {choices::choices(texts)}
            {buttons(texts)}
        </Page>
    }
    .into_any()
}

fn mistakes(texts: &Sample) -> Vec<FieldError> {
    vec![
        FieldError::new("phone-wrong", texts.wrong_phone),
        FieldError::new("people-wrong", texts.wrong_people),
    ]
}

fn buttons(texts: &'static Sample) -> AnyView {
    view! {
        <h2>{texts.buttons}</h2>
        <div class="row">
            <Button>{texts.send}</Button>
            <Button kind=ButtonKind::Secondary>{texts.save}</Button>
            <Button kind=ButtonKind::Danger>{texts.withdraw}</Button>
            <Button disabled=true>{texts.send}</Button>
            <LinkButton href="#main">{texts.go_on}</LinkButton>
            <CallLink/>
        </div>
    }
    .into_any()
}
