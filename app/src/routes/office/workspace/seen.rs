//! What the citizen will see of an act, before it is done.

use domain::office::{CaseActKind, Offer};
use leptos::{ev::Event, prelude::*};
use sync::view::Workspace as View;

use super::super::kept::Typed;
use crate::{
    components::*,
    i18n::{
        Language, day,
        office::{ReplyTexts, SeenTexts},
        use_language,
    },
};

/// The field whose words the citizen reads first.
const PLAIN: &str = "plain";

/// What stands in the plain sentence at first: what was typed, the draft, or a sentence to start
/// from. Always Chinese: it is the document's language, not the screen's.
pub(super) fn first_words(view: &View, offer: &Offer, typed: &Typed) -> String {
    typed.value_or(PLAIN, known_words(view, offer))
}

fn known_words(view: &View, offer: &Offer) -> String {
    let reply = offer.reply.and_then(|id| view.case.reply(id));
    if let Some(reply) = reply {
        return reply.content.plain.to_string();
    }
    let date = |date| day(Language::Chinese, date);
    match offer.act {
        CaseActKind::Transfer | CaseActKind::Assign => format!(
            "您反映的事已交给负责的单位，它会在{}前告诉您是否受理。",
            date(view.accept_by)
        ),
        CaseActKind::Accept => format!(
            "{}已受理，{}前书面答复您。",
            view.me.unit,
            date(view.answer_by)
        ),
        _ => String::new(),
    }
}

/// Follows the typing with scripts; without them the sentence beside the field is what was there.
pub(super) fn follow(event: &Event, plain: RwSignal<String>) {
    let field = event_target::<leptos::web_sys::Element>(event);
    if field.id() == PLAIN {
        plain.set(event_target_value(event));
    }
}

pub(super) fn citizen_sees(view: &View, offer: &Offer, plain: RwSignal<String>) -> AnyView {
    let texts = SeenTexts::of(use_language());
    let (what, document, shows_words) = words(offer.act);
    let label = view
        .case
        .reply(
            offer
                .reply
                .unwrap_or(domain::ids::ReplyId(uuid::Uuid::nil())),
        )
        .is_some();
    let words = shows_words.then(|| {
        let words = move || {
            let words = plain.get();
            if words.trim().is_empty() {
                texts.sees_plain_empty.to_owned()
            } else {
                words
            }
        };
        view! { <p><strong>{words}</strong></p> }
    });
    let document = document.filter(|_| !label);
    view! { <CitizenSees><p>{what}{document}</p>{words}</CitizenSees> }.into_any()
}

/// The sentence, the document it names, and whether the plain words stand below it.
fn words(act: CaseActKind) -> (&'static str, Option<&'static str>, bool) {
    let language = use_language();
    let texts = SeenTexts::of(language);
    let documents = ReplyTexts::of(language);
    match act {
        CaseActKind::Classify => (texts.sees_classify, None, false),
        CaseActKind::Transfer | CaseActKind::Assign => {
            (texts.sees_plain, Some(documents.transfer), true)
        }
        CaseActKind::Accept => (texts.sees_plain, Some(documents.acceptance), true),
        CaseActKind::NotAccept => (texts.sees_plain, Some(documents.non_acceptance), true),
        CaseActKind::NameHandler => (texts.sees_handler, None, false),
        CaseActKind::DraftReply => (texts.sees_draft, None, true),
        CaseActKind::SignReply => (texts.sees_sign, None, true),
        CaseActKind::IssueReply => (texts.sees_issue, None, true),
        CaseActKind::RecordService => (texts.sees_service, None, false),
        CaseActKind::CorrectService => (texts.sees_correct, None, false),
        CaseActKind::WithdrawReply => (texts.sees_revoke, None, false),
        CaseActKind::AskCitizen => (texts.sees_ask, None, false),
        CaseActKind::WidenReaders => (texts.sees_widen, None, false),
        CaseActKind::RecordExternal => (texts.sees_number, None, false),
        CaseActKind::CorrectDecision => (texts.sees_decision, None, false),
        CaseActKind::TakeBack => (texts.sees_take_back, None, false),
        CaseActKind::ReplaceAccess => (texts.sees_replace, None, false),
    }
}
