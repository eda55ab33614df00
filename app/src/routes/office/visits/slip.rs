//! What the person takes home: the result of the session; for a walk-in also the code.

use domain::{case::IssueAnswer, code::AccessCode, filing::Statement, ids::RegistrationId};
use leptos::prelude::*;
use sync::{
    query,
    view::{RegistrationDetail, SessionResult},
};

use super::{
    PLACE, id_in_address,
    registrations::{name, serial, ticket},
};
use crate::{
    components::*,
    i18n::{
        citizen::{NoticeTexts, ReceiptTexts},
        day_and_weekday, day_with_year,
        office::{VisitTexts, outcome_in_words, request_number},
        use_language,
    },
    repository::use_view,
    routes::office::frame::{address, office},
};

#[component]
pub fn Slip() -> impl IntoView {
    let id = id_in_address("registration");
    let view = use_view(move || query::RegistrationDetail {
        registration: RegistrationId(id()),
    });
    office(VisitTexts::of(use_language()).slip, PLACE, view, show)
}

fn show(view: RegistrationDetail) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let home = address(&format!("/office/registrations/{}", view.row.registration));
    let list = address(&format!(
        "/office/visits/{}/registrations",
        view.visit.visit
    ));
    let rows = head(&view);
    let result = view.result.as_ref().map(|result| outcome(result));
    let code = view.code.as_ref().map(code);
    let signature = view.result.as_ref().map(|_| {
        view! { <p class="signature">{texts.signature}</p> }
    });
    view! {
        <div class="slip-sheet stack-close">
            <Letterhead/>
            <SummaryList rows/>
            {result}
            {code}
            <p>{texts.follow_what}</p>
            {signature}
            <p>{NoticeTexts::of(language).free}</p>
        </div>
        <p class="row no-print">
            <DeviceButton act=DeviceAct::Print word=texts.print/>
            <a class="target" href=home>{texts.registration}</a>
            <a class="target" href=list>{texts.to_the_list}</a>
        </p>
    }
    .into_any()
}

fn head(view: &RegistrationDetail) -> Vec<SummaryRow> {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let filing = view.filing.as_ref();
    let party = filing.map(|filing| filing.party.petitioner.name.to_string());
    vec![
        SummaryRow::new(
            texts.visit,
            format!(
                "{} {}",
                view.visit.title,
                day_and_weekday(language, view.visit.date)
            ),
        ),
        SummaryRow::new(texts.party, party.unwrap_or_else(|| name(&view.row))),
        SummaryRow::new(texts.serial, serial(&view.row)),
        SummaryRow::new(texts.ticket, ticket(&view.row)),
    ]
}

fn outcome(result: &SessionResult) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let leader = result.leader.as_ref().map(ToString::to_string);
    let mut rows = vec![
        SummaryRow::new(texts.number, result.number.to_string()),
        SummaryRow::new(texts.leader, leader.unwrap_or_default()),
    ];
    for (issue, number) in result.issues.iter().zip(1..) {
        let said: Vec<String> = issue.statement.iter().filter_map(words).collect();
        let decided = issue.outcome.as_ref();
        let decided = decided.map(|outcome| outcome_in_words(language, outcome));
        let value = format!("{}\n{}", said.join("\n"), decided.unwrap_or_default());
        rows.push(SummaryRow::new(request_number(language, number), value));
    }
    let record = result.issues.first().and_then(|issue| issue.record);
    let record = record.map(|answer| match answer {
        IssueAnswer::RecordRight => texts.confirmed,
        _ => texts.not_confirmed,
    });
    rows.extend(record.map(|word| SummaryRow::new(texts.record_title, word)));
    let served = result.served_on;
    rows.extend(served.map(|on| SummaryRow::new(texts.served_on, day_with_year(language, on))));
    let plain = result.plain.as_ref().map(ToString::to_string);
    let plain = plain.map(|plain| view! { <p class="plain">{plain}</p> });
    view! {
        {plain}
        <SummaryList rows/>
    }
    .into_any()
}

fn words(statement: &Statement) -> Option<String> {
    match statement {
        Statement::Text(text) => Some(text.to_string()),
        Statement::Image { transcript, .. } | Statement::Audio { transcript, .. } => {
            transcript.as_ref().map(ToString::to_string)
        }
    }
}

fn code(code: &AccessCode) -> AnyView {
    let texts = ReceiptTexts::of(use_language());
    match code {
        AccessCode::Short(code) => view! {
            <h2>{texts.code}</h2>
            <CodeDisplay code=code.to_string()/>
            <p>{texts.code_what}</p>
        }
        .into_any(),
        AccessCode::Sealed(code) => view! {
            <h2>{texts.long_code}</h2>
            <p><code>{code.to_string()}</code></p>
            <p>{texts.long_code_what}</p>
        }
        .into_any(),
    }
}
