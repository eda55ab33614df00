//! What can be done with a party now. The most likely comes first, what ends it last.

use domain::{desk::DeskAct, form::NO_SESSION, ids::RegistrationId};
use leptos::prelude::*;
use sync::view::RegistrationDetail;

use crate::{
    components::*,
    i18n::{
        citizen::rooms_for,
        office::{VisitTexts, no_session},
        use_language,
    },
    routes::office::{
        frame::address,
        kept::{Kept, Typed},
    },
};

pub(super) fn acts(view: &RegistrationDetail, kept: &Kept) -> AnyView {
    let texts = VisitTexts::of(use_language());
    let id = view.row.registration;
    let form = |act: &str| kept.form(&format!("{act} {id}"));
    let slip = slip_link(view);
    let acts: Vec<AnyView> = view
        .can
        .iter()
        .map(|act| match act {
            DeskAct::ShowNames => show_names(id, &form("names")),
            DeskAct::Arrive => arrive(view, id, &form("arrive")),
            DeskAct::Record => {
                let href = address(&format!("/office/registrations/{id}/record"));
                view! { <p><LinkButton href>{texts.record}</LinkButton></p> }.into_any()
            }
            DeskAct::Move => change_room(view, id, &form("move")),
            DeskAct::Contact => contact(id, &form("contact")),
            DeskAct::End => end(id, &form("end")),
        })
        .collect();
    let nothing = (view.can.is_empty() && slip.is_none())
        .then(|| view! { <p class="mute">{texts.nothing}</p> });
    view! { {slip} {acts} {nothing} }.into_any()
}

/// The result once there is one; before it, the slip of a walk-in for who took it in.
fn slip_link(view: &RegistrationDetail) -> Option<AnyView> {
    let texts = VisitTexts::of(use_language());
    let word = match (&view.result, &view.code) {
        (Some(_), _) => texts.print_slip,
        (None, Some(_)) => texts.print_receipt,
        (None, None) => return None,
    };
    let href = address(&format!(
        "/office/registrations/{}/slip",
        view.row.registration
    ));
    let link = view! {
        <p><LinkButton href kind=ButtonKind::Secondary>{word}</LinkButton></p>
    };
    Some(link.into_any())
}

fn to(id: RegistrationId, act: &str) -> String {
    address(&format!("/office/registrations/{id}/{act}"))
}

fn show_names(id: RegistrationId, typed: &Typed) -> AnyView {
    let texts = VisitTexts::of(use_language());
    let fields = view! {
        <p>{texts.names_masked}</p>
        <Button kind=ButtonKind::Secondary>{texts.names_show}</Button>
    };
    typed.form(to(id, "names"), None, fields)
}

fn arrive(view: &RegistrationDetail, id: RegistrationId, typed: &Typed) -> AnyView {
    let texts = VisitTexts::of(use_language());
    let people = view.row.people.to_string();
    let fields = view! {
        <NumberField name="people" label=texts.how_many_came
            value=typed.value_or("people", people) error=typed.error("people")/>
        <Button>{texts.mark_arrived}</Button>
    };
    typed.form(to(id, "arrive"), None, fields)
}

fn change_room(view: &RegistrationDetail, id: RegistrationId, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let here = view.row.ticket.map(|ticket| ticket.room);
    let rooms = view.rooms.iter().filter(|room| Some(room.number) != here);
    let rooms = rooms.map(|room| {
        let word = rooms_for(language, u32::from(room.number), room.label.as_str());
        Choice::new(room.number.to_string(), word)
    });
    let fields = view! {
        <Select name="room" label=texts.room choices=rooms.collect() chosen=typed.value("room")
            empty=texts.choose error=typed.error("room")/>
        <Button kind=ButtonKind::Secondary>{texts.change_room}</Button>
    };
    folded(texts.change_room, typed, to(id, "move"), fields)
}

fn contact(id: RegistrationId, typed: &Typed) -> AnyView {
    let texts = VisitTexts::of(use_language());
    let fields = view! {
        <TextField name="what" label=texts.contact_what value=typed.value("what")
            error=typed.error("what")/>
        <CitizenSees><p>{texts.contact_sees}</p></CitizenSees>
        <Button kind=ButtonKind::Secondary>{texts.contact_note}</Button>
    };
    folded(texts.contact, typed, to(id, "contact"), fields)
}

fn end(id: RegistrationId, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = VisitTexts::of(language);
    let reasons = NO_SESSION.iter();
    let reasons = reasons.map(|(value, why)| Choice::new(*value, no_session(language, *why)));
    let fields = view! {
        <RadioGroup name="why" label=texts.end_why choices=reasons.collect()
            chosen=typed.value("why") error=typed.error("why")/>
        <CitizenSees><p>{texts.end_sees}</p></CitizenSees>
        <Button kind=ButtonKind::Danger>{texts.end_do}</Button>
    };
    folded(texts.end, typed, to(id, "end"), fields)
}

/// Closed until it is wanted; open when the page was sent back for it.
fn folded(
    summary: &'static str,
    typed: &Typed,
    action: String,
    fields: impl IntoView + 'static,
) -> AnyView {
    let open = typed.is_kept();
    let form = typed.form(action, None, fields);
    view! {
        <details open=open>
            <summary>{summary}</summary>
            <div class="stack-close">{form}</div>
        </details>
    }
    .into_any()
}
