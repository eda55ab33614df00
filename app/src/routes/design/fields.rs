use leptos::prelude::*;

use super::sample::Sample;
use crate::{components::*, i18n::citizen};

/// Fields to type in: normal, wrong, not available.
pub(super) fn fields(texts: &'static Sample) -> AnyView {
    let language = crate::i18n::use_language();
    view! {
        <h2>{texts.fields}</h2>
        <ProgressCount current=3 total=8/>
        <form class="stack" method="post">
            <TextField name="name" label=texts.name hint=texts.name_hint autocomplete="name"/>
            <TextField name="phone-wrong" label=texts.phone value="1370000000"
                kind=InputKind::Telephone error=Some(texts.wrong_phone.to_owned())/>
            <TextField name="code" label=texts.code value="402 731 9586" kind=InputKind::Code/>
            <TextField name="four" label=texts.four kind=InputKind::Secret/>
            <TextField name="day" label=texts.date kind=InputKind::Date/>
            <TextField name="closed" label=texts.name value=texts.a_name disabled=true/>
            <NumberField name="people" label=texts.people value="1"/>
            <NumberField name="people-wrong" label=texts.people value="6"
                error=Some(texts.wrong_people.to_owned())/>
            <TextArea name="matter" label=texts.matter hint=texts.matter_hint/>
            <TextArea name="matter-wrong" label=texts.matter value=texts.a_matter
                error=Some(citizen::too_long(language, 2045, 2000))/>
            <Select name="township" label=texts.township empty=texts.choose
                choices=vec![Choice::new("1", texts.township_1), Choice::new("2", texts.township_2)]/>
            <Select name="township-wrong" label=texts.township empty=texts.choose
                choices=vec![Choice::new("1", texts.township_1)]
                error=Some(texts.wrong_township.to_owned())/>
        </form>
    }
    .into_any()
}
