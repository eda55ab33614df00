//! A notice to print and hang up (A4 or A3): readable at arm's length, with the way to register for
//! everybody, a QR that opens without a sign-in, and the same visit in eight digits.

use domain::ids::VisitId;
use leptos::prelude::*;
use sync::{query, view};

use super::{
    loaded::{id_in_address, loaded},
    notice::bring_back,
};
use crate::{
    components::*,
    i18n::{
        citizen::{NoticeTexts, closes_on},
        clock, day, day_and_weekday, in_china, span, use_language,
    },
    repository::use_view,
};

#[component]
pub fn Poster() -> impl IntoView {
    let texts = NoticeTexts::of(use_language());
    let id = id_in_address("visit");
    let view = use_view(move || query::Poster {
        visit: VisitId(id()),
    });
    loaded(texts.poster_title, Place::Notices, view, page)
}

fn page(poster: view::Poster) -> AnyView {
    let language = use_language();
    let texts = NoticeTexts::of(language);
    let notice = &poster.page.notice;
    let title = notice.title.to_string();
    let when = format!(
        "{} {}",
        day_and_weekday(language, notice.date),
        span(notice.hours.from, notice.hours.to)
    );
    let (venue, address) = (
        notice.venue.name.to_string(),
        notice.venue.address.to_string(),
    );
    let leaders = notice.leaders.iter().map(|leader| {
        let who = format!("{} {}", leader.title, leader.name);
        let portfolio = format!("{}：{}", texts.portfolio, leader.portfolio);
        view! { <li><b>{who}</b> " " {portfolio}</li> }
    });
    let leaders = leaders.collect_view();
    let closes = in_china(notice.registration.closes);
    let closes = closes_on(
        language,
        &day(language, closes.date()),
        &clock(closes.time()),
    );
    let phone = notice.phone.as_str().to_owned();
    let bring: Vec<String> = notice.bring.iter().map(ToString::to_string).collect();
    let sponsor = use_site().sponsor;
    let code = poster.code.to_string();
    let qr = poster.qr.map(|qr| {
        view! {
            <QrCode path=qr.path size=qr.size label=texts.poster_scan>
                {texts.poster_scan} <br/> <b class="number">{code.clone()}</b>
            </QrCode>
        }
    });
    let back = poster.page.visit;
    view! {
        <Page title=texts.poster_title place=Place::Notices>
            <div class="no-print stack-close">
                <p>{bring_back(back)}</p>
                <p class="row"><DeviceButton act=DeviceAct::Print word=texts.poster/></p>
                <p class="mute">{texts.poster_paper}</p>
            </div>
            <article class="poster stack-close">
                <Letterhead/>
                <Heading>{title}</Heading>
                <p class="poster-when">{when}</p>
                <p class="poster-where"><b>{venue}</b> <br/> {address}</p>
                <ul role="list">{leaders}</ul>
                <p class="poster-free">{texts.free_word}</p>
                <h2>{texts.how}</h2>
                <div class="poster-ways">
                    <ol>
                        <li><b>{texts.how_online}</b> " " {texts.poster_online} " " <span class="number">{poster.address.clone()}</span></li>
                        <li><b>{texts.how_phone}</b> " " <b class="number">{phone}</b> " " {texts.poster_code} " " <b class="number">{poster.code.to_string()}</b></li>
                        <li><b>{texts.how_desk}</b></li>
                    </ol>
                    {qr}
                </div>
                <p>{closes}</p>
                <p>{texts.bring} "：" {bring.join("；")}</p>
                <p>{texts.free}</p>
                <p class="mute">{sponsor}</p>
            </article>
        </Page>
    }
    .into_any()
}
