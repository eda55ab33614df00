//! The front page: the next visit, the four ways in, how it works.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use sync::{query, view};

use super::{
    loaded::{age, is_of_today, loaded},
    matters::matter_card,
    notice_row::notice_card,
};
use crate::{
    components::*,
    i18n::{citizen::HomeTexts, common, use_language},
    repository::use_view,
};

#[component]
pub fn Home() -> impl IntoView {
    let texts = HomeTexts::of(use_language());
    loaded(
        texts.title,
        Place::Elsewhere,
        use_view(|| query::Home {}),
        home,
    )
}

fn home(home: view::Home) -> AnyView {
    let language = use_language();
    let texts = HomeTexts::of(language);
    let county = use_site().county;
    let next = match home.next {
        Some(next) => next_visit(next, home.today, home.as_of),
        None => no_visit(&county),
    };
    view! {
        <Page title=texts.title as_of=age(home.as_of)>
            <Heading>{texts.title}</Heading>
            {next}
            <p class="row">
                <LinkButton href=language.address(&county, "/follow") kind=ButtonKind::Secondary>
                    {texts.follow}
                </LinkButton>
                <LinkButton href=language.address(&county, "/notices") kind=ButtonKind::Secondary>
                    {texts.see_notices}
                </LinkButton>
            </p>
            {home.last.map(notice_card)}
            <h2>{texts.village}</h2>
            {home.matters.into_iter().map(matter_card).collect_view()}
            <p>
                <a href=language.address(&county, "/matters")>{texts.village_hint}</a>
            </p>
            <h2>{texts.how}</h2>
            <ol>
                <li>{texts.how_1}</li>
                <li>{texts.how_2}</li>
                <li>{texts.how_3}</li>
                <li>{texts.how_4}</li>
            </ol>
            <p>
                <b>{texts.free}</b>
            </p>
            <p>{texts.call}</p>
            <p>
                <CallLink/>
            </p>
        </Page>
    }
    .into_any()
}

/// The days that are left are told on the day they were counted.
fn next_visit(next: view::NoticeRow, today: NaiveDate, as_of: DateTime<Utc>) -> AnyView {
    let language = use_language();
    let texts = HomeTexts::of(language);
    let days = common::days_left(language, (next.date - today).num_days());
    let title = match is_of_today(as_of) {
        true => format!("{} · {days}", texts.next_visit),
        false => texts.next_visit.to_owned(),
    };
    let register = format!("/register?visit={}", next.visit);
    view! {
        <h2>{title}</h2>
        {notice_card(next)}
        <LinkButton href=language.address(&use_site().county, &register)>{texts.register_now}</LinkButton>
    }
    .into_any()
}

fn no_visit(county: &str) -> AnyView {
    let language = use_language();
    let texts = HomeTexts::of(language);
    let write = language.address(county, "/register");
    view! {
        <EmptyState title=texts.no_visit>
            <p>{texts.no_visit_what}</p>
            <LinkButton href=write>{texts.write_now}</LinkButton>
        </EmptyState>
    }
    .into_any()
}
