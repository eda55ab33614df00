use leptos::prelude::*;

use super::sample::{self, Sample};
use crate::{
    components::*,
    i18n::{
        common::{ActionTexts, StateTexts},
        office::{CaseActionTexts, CaseTexts, FrameTexts, WorklistTexts},
        use_language,
    },
};

#[component]
pub fn OfficeDesign() -> impl IntoView {
    let language = use_language();
    let texts = WorklistTexts::of(language);
    let sample = Sample::of(language);
    provide_context(sample::site(sample));
    view! {
            <OfficePage title=texts.title places=places() official=sample.official as_of=sample.as_of>
                <Heading>{texts.title}</Heading>
                <Tabs
                    label=texts.filters
                    tabs=vec![
                        Tab { word: texts.all.into(), href: "#main".into(), count: Some(320), current: true },
                        Tab { word: texts.overdue.into(), href: "#main".into(), count: Some(3), current: false },
                    ]
                />
                {worklist(texts, sample)}
                <Pagination current=1 total=7 previous=None next="#main".to_owned()/>
                {workspace(sample)}
            </OfficePage>
        }
        .into_any()
}

fn places() -> Vec<RailPlace> {
    let texts = FrameTexts::of(use_language());
    [
        (texts.worklist, Some(320)),
        (texts.intake, None),
        (texts.visits, None),
        (texts.notices, None),
        (texts.to_tell, Some(12)),
        (texts.public_matters, None),
        (texts.not_in_register, Some(4)),
        (texts.accounts, None),
    ]
    .into_iter()
    .enumerate()
    .map(|(position, (word, count))| RailPlace {
        word: word.to_owned(),
        href: "#main".to_owned(),
        count,
        current: position == 0,
    })
    .collect()
}

fn worklist(texts: &'static WorklistTexts, sample: &'static Sample) -> AnyView {
    let states = StateTexts::of(use_language());
    let row = |number: &'static str, state, word: &'static str| {
        vec![
            view! { <a href="#main" class="number">{number}</a> }.into_any(),
            sample.a_matter.into_any(),
            view! { <time datetime="2026-12-15">{sample.day}</time> }.into_any(),
            "2".into_any(),
            view! { <StatusMark state=state word=word/> }.into_any(),
        ]
    };
    let columns = vec![
        Column::Text(texts.number),
        Column::Text(texts.about),
        Column::Text(texts.due),
        Column::Number(sample.people),
        Column::Text(texts.state),
    ];
    let rows = vec![
        row("K7M2-QX4T", State::Overdue, states.overdue),
        row("VW9H-J3RP", State::DueSoon, states.due_soon),
        row("CD8F-YB6N", State::Answered, states.answered),
    ];
    view! { <Table caption=texts.title columns rows/> }.into_any()
}

fn workspace(sample: &'static Sample) -> AnyView {
    let language = use_language();
    let case = CaseTexts::of(language);
    let action = CaseActionTexts::of(language);
    view! {
        <div class="workspace">
            <section class="stack-close">
                <h2>{case.facts}</h2>
                <SummaryList rows=vec![
                    SummaryRow::new(case.petitioner, sample.a_name),
                    SummaryRow::new(case.issues, sample.a_matter),
                    SummaryRow::new(case.national_number, ""),
                ]/>
            </section>
            <section class="stack">
                <h2>{case.what_to_do}</h2>
                <form class="stack" method="post">
                    <TextArea name="plain" label=action.plain hint=action.plain_hint limit=150/>
                    <CitizenSees>
                        <p>{sample.accepted_what}</p>
                    </CitizenSees>
                    <div class="row">
                        <Button>{action.sign}</Button>
                        <Button kind=ButtonKind::Secondary>{action.ask}</Button>
                        <Button kind=ButtonKind::Danger>{action.revoke}</Button>
                        <DeviceButton act=DeviceAct::Print word=ActionTexts::of(language).print/>
                    </div>
                </form>
            </section>
        </div>
    }
    .into_any()
}
