//! The last page: everything as it was understood, with a way back to each question.

use domain::form::Step;
use leptos::prelude::*;
use sync::view;

use super::{mistakes, name_of, place_of};
use crate::{
    Language,
    components::*,
    i18n::{
        citizen::{NoticeTexts, RegisterTexts, subject as subject_word},
        use_language,
    },
};

pub fn check(draft: view::Draft) -> AnyView {
    let language = use_language();
    let texts = RegisterTexts::of(language);
    let errors = mistakes::of(&draft.form, Step::Check, language);
    let refused = draft
        .refused
        .as_ref()
        .map(|why| mistakes::refusal(why, language));
    let county = use_site().county;
    let send = language.address(&county, "/register/send");
    let (current, total) = place_of(Step::Check);
    let whole = errors.is_empty();
    let rows = rows(&draft, language, &county);
    let ordinary = refused.is_some().then(|| {
        let action = send.clone();
        view! {
            <form method="post" action=action>
                <input type="hidden" name="ordinary" value="1"/>
                <Button kind=ButtonKind::Secondary>{NoticeTexts::of(language).register_ordinary}</Button>
            </form>
        }
    });
    let refused = refused.map(
        |why| view! { <Inset title=why kind=InsetKind::Warning><p>{texts.draft_kept}</p></Inset> },
    );
    view! {
        <Page title=texts.check place=Place::Register>
            <ErrorSummary errors=errors/>
            <ProgressCount current total/>
            <Heading>{texts.check}</Heading>
            {refused}
            <SummaryList rows/>
            <p>{texts.consent} " " {texts.send_what}</p>
            <form method="post" action=send>
                <Button disabled=!whole>{texts.send}</Button>
            </form>
            {ordinary}
        </Page>
    }
    .into_any()
}

fn rows(draft: &view::Draft, language: Language, county: &str) -> Vec<SummaryRow> {
    let texts = RegisterTexts::of(language);
    let form = &draft.form;
    let change = |step: Step| language.address(county, &format!("/register/{}", name_of(step)));
    let subject = domain::form::SUBJECTS
        .iter()
        .find(|(value, _)| *value == form.subject);
    let subject = subject.map_or("", |(_, subject)| subject_word(language, *subject));
    let said = match form.in_person.as_str() {
        "on" if form.statement.is_empty() => texts.tell_in_person.to_owned(),
        _ => form.statement.clone(),
    };
    let reach = match form.reach.as_str() {
        "call" => texts.reach_call,
        "text" => texts.reach_text,
        "through" => texts.reach_through,
        "none" => texts.reach_none,
        _ => "",
    };
    let visit = draft
        .visit
        .as_ref()
        .map(|visit| SummaryRow::new(texts.for_visit, visit.title.to_string()));
    let answers = [
        SummaryRow::new(texts.name, form.name.clone()).change(change(Step::Who)),
        SummaryRow::new(texts.how_many, form.people.clone()).change(change(Step::HowMany)),
        SummaryRow::new(texts.subject, subject).change(change(Step::Subject)),
        SummaryRow::new(texts.matter, said).change(change(Step::Matter)),
        SummaryRow::new(texts.reach, format!("{reach} {}", form.phone)).change(change(Step::Reach)),
        SummaryRow::new(texts.secret_from, secrecy(draft, texts)).change(change(Step::Secrecy)),
    ];
    visit.into_iter().chain(answers).collect()
}

fn secrecy(draft: &view::Draft, texts: &'static RegisterTexts) -> String {
    let form = &draft.form;
    match (
        form.restricted.is_empty(),
        form.restricted_person.is_empty(),
    ) {
        (true, true) => texts.secret_nobody.to_owned(),
        (false, true) => texts.secret_agent.to_owned(),
        (true, false) => form.restricted_person.clone(),
        (false, false) => format!("{} {}", texts.secret_agent, form.restricted_person),
    }
}
