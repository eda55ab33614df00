//! One notice: who, when, where, what for, and how to register.

mod figures;
mod map;

use domain::{
    ids::VisitId,
    visit::{VisitMode, VisitNotice, VisitPhase},
};
use leptos::prelude::*;
use sync::{query, view};

use super::{
    loaded::{age, id_in_address, loaded},
    notice_row::{notice_card, phase_mark},
};
use crate::{
    components::*,
    i18n::{
        citizen::{NoticeTexts, closes_on, rooms_for, subject},
        clock, day, day_and_weekday, in_china, moment, span, use_language,
    },
    repository::use_view,
};

#[component]
pub fn Notice() -> impl IntoView {
    let texts = NoticeTexts::of(use_language());
    let id = id_in_address("visit");
    let view = use_view(move || query::Notice {
        visit: VisitId(id()),
    });
    loaded(texts.title, Place::Notices, view, page)
}

fn page(page: view::NoticePage) -> AnyView {
    let title = page.notice.title.to_string();
    let as_of = age(page.as_of);
    let content = content(&page);
    let along = take_along(page.visit, page.phase);
    view! {
        <Page title=title.clone() place=Place::Notices as_of>
            <Heading>{title}</Heading>
            {content}
            {along}
        </Page>
    }
    .into_any()
}

/// Everything below the title: what an official sees before publication, too.
pub(in crate::routes) fn content(page: &view::NoticePage) -> AnyView {
    let language = use_language();
    let texts = NoticeTexts::of(language);
    let notice = &page.notice;
    let date = notice.date;
    let phase = phase_mark(page.phase, page.places.free);
    let facts = facts(notice);
    let (news, ways) = (news(page), ways(page));
    let (maps, lists) = (maps(notice), lists(notice));
    let instead = page.instead.clone().map(|next| {
        view! {
            <h2>{texts.instead}</h2>
            {notice_card(next)}
        }
    });
    view! {
        {news}
        <div class="row">
            <DateBlock date/>
            {phase}
        </div>
        {page.figures.map(figures::figures)}
        {ways}
        {instead}
        <SummaryList rows=facts/>
        {maps}
        {lists}
        <p>{texts.representatives}</p>
        <p>
            <b>{texts.free}</b>
        </p>
    }
    .into_any()
}

/// Calendar, sharing, and the poster for the village.
fn take_along(visit: VisitId, phase: VisitPhase) -> AnyView {
    let language = use_language();
    let texts = NoticeTexts::of(language);
    let county = use_site().county;
    let here = language.address(&county, &format!("/notices/{visit}"));
    let calendar = format!("/{county}/notices/{visit}/calendar.ics");
    let ahead = !matches!(phase, VisitPhase::Cancelled | VisitPhase::FollowUp);
    let poster = ahead.then(|| {
        let href = format!("{here}/poster");
        view! { <LinkButton href kind=ButtonKind::Secondary>{texts.poster_title}</LinkButton> }
    });
    // A file of the server, not a page of the app.
    let calendar = ahead.then(|| {
        view! { <a class="button secondary not-in-app" rel="external" href=calendar>{texts.calendar}</a> }
    });
    view! {
        <div class="row no-print">
            {calendar}
            <DeviceButton act=DeviceAct::Share word=texts.share done=texts.address_copied what=here/>
            {poster}
        </div>
    }
    .into_any()
}

/// The way back from a page about a notice.
pub(super) fn bring_back(visit: VisitId) -> AnyView {
    let language = use_language();
    let href = language.address(&use_site().county, &format!("/notices/{visit}"));
    view! { <a href=href>{NoticeTexts::of(language).back_to_notice}</a> }.into_any()
}

/// Cancelled, short notice, and changes since publication: first of all.
fn news(page: &view::NoticePage) -> AnyView {
    let language = use_language();
    let texts = NoticeTexts::of(language);
    let cancelled = page.cancelled.as_ref().map(|cancelled| {
        let reason = cancelled.reason.to_string();
        view! {
            <Inset title=texts.cancelled kind=InsetKind::Warning>
                <p>{reason}</p>
                <p>{texts.cancelled_what}</p>
            </Inset>
        }
    });
    let late = page.short_lead.as_ref().map(|reason| {
        let reason = reason.to_string();
        view! { <Inset title=texts.late>{reason}</Inset> }
    });
    let changes: Vec<String> = page
        .changes
        .iter()
        .map(|change| format!("{} {}", moment(language, change.at), change.what))
        .collect();
    let changes = (!changes.is_empty()).then(|| {
        view! { <Inset title=texts.changes kind=InsetKind::Warning>{text_list(changes)}</Inset> }
    });
    view! { {cancelled} {late} {changes} }.into_any()
}

fn facts(notice: &VisitNotice) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = NoticeTexts::of(language);
    let leaders: Vec<String> = notice
        .leaders
        .iter()
        .map(|leader| {
            let (name, title, portfolio) = (&leader.name, &leader.title, &leader.portfolio);
            format!("{title} {name}（{}：{portfolio}）", texts.portfolio)
        })
        .collect();
    let mode = match notice.mode {
        VisitMode::FixedPlace => texts.fixed_place,
        VisitMode::ByInvitation => texts.by_invitation,
        VisitMode::WithCase => texts.with_case,
    };
    let hours = span(notice.hours.from, notice.hours.to);
    let closes = in_china(notice.registration.closes);
    let closes = closes_on(
        language,
        &day(language, closes.date()),
        &clock(closes.time()),
    );
    let opens = moment(language, notice.registration.opens);
    vec![
        SummaryRow::new(texts.who, leaders.join("\n")),
        SummaryRow::new(
            texts.when,
            format!("{} {hours}", day_and_weekday(language, notice.date)),
        ),
        SummaryRow::new(
            texts.place,
            format!("{}\n{}", notice.venue.name, notice.venue.address),
        ),
        SummaryRow::new(texts.mode, mode),
        SummaryRow::new(texts.registration_window, format!("{opens} – {closes}")),
        SummaryRow::new(texts.scope, notice.scope.to_string()),
    ]
}

fn maps(notice: &VisitNotice) -> AnyView {
    let texts = NoticeTexts::of(use_language());
    let names = [texts.amap, texts.baidu, texts.tencent];
    map::links(&notice.venue)
        .map(|links| {
            let links = names
                .into_iter()
                .zip(links)
                .map(|(name, href)| view! { <a rel="external" href=href>{name}</a> " " })
                .collect_view();
            view! { <p>{texts.map} " " {links}</p> }
        })
        .into_any()
}

fn lists(notice: &VisitNotice) -> AnyView {
    let language = use_language();
    let texts = NoticeTexts::of(language);
    let words = |lines: &[domain::text::Line]| lines.iter().map(ToString::to_string).collect();
    let rooms: Vec<String> = notice
        .rooms
        .iter()
        .map(|room| {
            let subjects: Vec<_> = room
                .subjects
                .iter()
                .map(|s| subject(language, *s))
                .collect();
            let label = format!("{} {}", room.label, subjects.join("、"));
            rooms_for(language, u32::from(room.number), &label)
        })
        .collect();
    view! {
        {titled(texts.exclusions, words(&notice.exclusions))}
        {titled(texts.bring, words(&notice.bring))}
        {titled(texts.rooms, rooms)}
        {titled(texts.departments, words(&notice.departments))}
    }
    .into_any()
}

fn titled(title: &'static str, lines: Vec<String>) -> AnyView {
    (!lines.is_empty())
        .then(|| {
            view! {
                <h2>{title}</h2>
                {text_list(lines)}
            }
        })
        .into_any()
}

fn text_list(lines: Vec<String>) -> AnyView {
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
    view! { <ul>{lines.collect_view()}</ul> }.into_any()
}

/// Online, by telephone, at the desk; when one is closed the others are named.
fn ways(page: &view::NoticePage) -> AnyView {
    let language = use_language();
    let texts = NoticeTexts::of(language);
    let county = use_site().county;
    if page.phase == VisitPhase::FollowUp {
        return ().into_any();
    }
    let full = page.phase == VisitPhase::RegistrationOpen && page.places.free == 0;
    let (title, what) = match page.phase {
        VisitPhase::RegistrationOpen if full => (texts.full, texts.full_what),
        VisitPhase::RegistrationOpen => (texts.how, texts.representatives),
        VisitPhase::Cancelled => (texts.cancelled, texts.cancelled_what),
        VisitPhase::Draft | VisitPhase::Published => (texts.not_open, texts.closed_what),
        _ => (texts.closed, texts.closed_what),
    };
    let register = (page.phase == VisitPhase::RegistrationOpen).then(|| {
        let address = language.address(&county, &format!("/register?visit={}", page.visit));
        let word = if full {
            texts.join_waiting
        } else {
            texts.register
        };
        view! { <LinkButton href=address>{word}</LinkButton> }
    });
    let kept = page.places.kept;
    view! {
        <h2>{title}</h2>
        <p>{what}</p>
        <p class="row">
            {register}
            <CallLink/>
            <LinkButton href=language.address(&county, "/register") kind=ButtonKind::Secondary>
                {texts.register_ordinary}
            </LinkButton>
        </p>
        <p>{texts.how_desk}</p>
        {(kept > 0).then(|| view! { <p>{texts.reserve} " " {kept} " · " <span class="mute">{texts.reserve_what}</span></p> })}
    }
    .into_any()
}
