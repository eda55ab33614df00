use chrono::NaiveDate;
use leptos::prelude::*;

use super::sample::Sample;
use crate::{
    components::*,
    i18n::{common::StateTexts, use_language},
};

/// Cards, lists of facts, histories, and what stands in for them.
pub(super) fn lists(texts: &'static Sample) -> AnyView {
    let states = StateTexts::of(use_language());
    view! {
        <h2>{texts.lists}</h2>
        <Tabs
            label=texts.lists
            tabs=vec![
                Tab { word: texts.coming.into(), href: "#main".into(), count: Some(2), current: true },
                Tab { word: texts.past.into(), href: "#main".into(), count: None, current: false },
            ]
        />
        <Card title=texts.visit href="#main" date=NaiveDate::from_ymd_opt(2026, 12, 15).expect("a day of the calendar")>
            <p>{texts.visit_place}</p>
            <p>
                <StatusMark state=State::Waiting word=texts.open/>
            </p>
        </Card>
        <Card title=texts.road>
            <p>{texts.road_place}</p>
            <p class="row">
                <StatusMark state=State::Answered word=states.answered/>
                <StatusMark state=State::Done word=states.done/>
            </p>
        </Card>
        <Pagination current=2 total=5 previous="#main".to_owned() next="#main".to_owned()/>
        <SummaryList rows=vec![
            SummaryRow::new(texts.name, texts.a_name).change("#main"),
            SummaryRow::new(texts.matter, texts.a_matter).change("#main"),
            SummaryRow::new(texts.phone, "").change("#main"),
        ]/>
        <Timeline>
            <TimelineItem when=texts.later_day datetime="2027-02-13" title=texts.due moment=Moment::Ahead/>
            <TimelineItem when=texts.day datetime="2026-12-15" title=texts.accepted moment=Moment::Now>
                <p>{texts.accepted_what}</p>
            </TimelineItem>
            <TimelineItem when=texts.earlier_day datetime="2026-12-01" title=texts.filed/>
        </Timeline>
        <Details summary=texts.more>
            <p>{texts.more_what}</p>
        </Details>
        <EmptyState title=texts.empty>
            <p>{texts.empty_what}</p>
            <LinkButton href="#main">{texts.go_on}</LinkButton>
        </EmptyState>
        <Skeleton label=texts.loading/>
    }
    .into_any()
}
