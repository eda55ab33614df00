//! Answers and notices: where each stands, who wrote and signed it, how it was served, what it says.

use domain::case::{Reply, ReplyStatus, Service, ServiceWay, Signer};
use leptos::prelude::*;
use sync::view::Workspace as View;

use super::official_name;
use crate::{
    components::*,
    i18n::{
        day_with_year, moment,
        office::{CaseActionTexts, CaseTexts, disposition_name, reply_name, reply_status},
        use_language,
    },
};

pub(super) fn replies(view: &View) -> Option<AnyView> {
    if view.case.replies.is_empty() {
        return None;
    }
    let texts = CaseTexts::of(use_language());
    let replies: Vec<AnyView> = view
        .case
        .replies
        .iter()
        .rev()
        .map(|reply| document(view, reply))
        .collect();
    Some(view! { <h2>{texts.replies}</h2> {replies} }.into_any())
}

fn document(view: &View, reply: &Reply) -> AnyView {
    let language = use_language();
    let mark = match reply.status {
        ReplyStatus::Served => State::Done,
        ReplyStatus::Issued => State::Answered,
        ReplyStatus::Withdrawn => State::Overdue,
        ReplyStatus::Draft | ReplyStatus::Signed => State::Waiting,
    };
    let status = reply_status(language, reply.status);
    let plain = reply.content.plain.to_string();
    let (whole, who) = (whole(reply), who(view, reply));
    view! {
        <Card title=reply_name(language, reply.kind)>
            <p><StatusMark state=mark word=status/></p>
            <p>{plain}</p>
            <p class="mute">{who}</p>
            {whole}
        </Card>
    }
    .into_any()
}

/// Who wrote, who signed, when it was issued and served, why it was withdrawn.
fn who(view: &View, reply: &Reply) -> String {
    let language = use_language();
    let texts = CaseTexts::of(language);
    let drafted = format!("{} {}", texts.drafter, official_name(view, reply.drafter));
    let signed = reply.signer.as_ref().map(|signer| match signer {
        Signer::Official(id) => format!("{} {}", texts.signer, official_name(view, *id)),
        Signer::AtTable(name) => format!("{name}（{}）", texts.at_table),
        Signer::Petitioner => texts.by_petitioner.to_owned(),
    });
    let issued = reply.issued_at.map(|at| {
        let issue = CaseActionTexts::of(language).issue;
        format!("{issue} {}", moment(language, at))
    });
    let served = reply
        .service
        .as_ref()
        .map(|service| how_served(view, service));
    let withdrawn = reply.withdrawn.as_ref().map(|act| {
        let revoke = CaseActionTexts::of(language).revoke;
        format!("{revoke} {}：{}", moment(language, act.at), act.reason)
    });
    let parts = [Some(drafted), signed, issued, served, withdrawn];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

fn how_served(view: &View, service: &Service) -> String {
    let language = use_language();
    let texts = CaseActionTexts::of(language);
    let (way, slip) = match &service.way {
        ServiceWay::ByHand => (texts.by_hand, None),
        ServiceWay::Post { slip } => (texts.by_post, Some(slip)),
        ServiceWay::HomeVisit { slip } => (texts.by_visit, Some(slip)),
        ServiceWay::Acknowledged => (CaseTexts::of(language).by_petitioner, None),
    };
    let slip = slip.map(|slip| format!(" №{slip}")).unwrap_or_default();
    let by = service.recorded_by.map(|id| official_name(view, id));
    format!(
        "{} {way}{slip} {}",
        day_with_year(language, service.on),
        by.unwrap_or_default()
    )
}

/// An opinion's parts; a notice is its plain sentence.
fn whole(reply: &Reply) -> Option<AnyView> {
    let language = use_language();
    let texts = CaseActionTexts::of(language);
    let content = &reply.content;
    let disposition = content.disposition?;
    let evidence: Vec<String> = content.evidence.iter().map(ToString::to_string).collect();
    let text = |part: &Option<domain::text::Paragraph>| {
        part.as_ref().map(ToString::to_string).unwrap_or_default()
    };
    let mut rows = vec![
        SummaryRow::new(texts.disposition, disposition_name(language, disposition)),
        SummaryRow::new(texts.facts, text(&content.facts)),
        SummaryRow::new(texts.basis, text(&content.basis)),
        SummaryRow::new(texts.evidence, evidence.join("\n")),
        SummaryRow::new(texts.remedies, text(&content.remedies)),
    ];
    if let Some(body) = &content.body {
        rows.push(SummaryRow::new(texts.full, body.to_string()));
    }
    Some(view! { <Details summary=texts.full><SummaryList rows/></Details> }.into_any())
}
