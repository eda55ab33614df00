//! The browser's side of a form: its fields, the rules, and the wire.

use device::Trouble;
use domain::{
    actor::{Actor, Opened},
    calendar::LegalCalendar,
    citizen::{CitizenCommand, decide},
    clock::RuleSet,
    code::SealedCode,
    division::CountyCode,
    given::Given,
    ids::CommandId,
    receipt::Receipt,
    refusal::RefusalKind,
    world::World,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use sync::outbox::Standing;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use super::{Fields, Progress, Sender};
use crate::{
    components::FieldError,
    i18n::{citizen::OutboxTexts, common::SendingTexts},
    repository::{BrowserDice, Drafts, Driver, Under, Unstored, driver, media, now, words},
    routes::citizen::mistakes,
};

/// A form whose command is on its way.
pub(super) const SENT: &str = "data-sent";
/// A form whose fields are kept whole, with what comes next.
pub(super) const GONE_ON: &str = "data-gone-on";
/// How often the page looks whether there is an answer.
const LOOK_MS: u32 = 100;
/// Until then it is being sent; after that the person need not wait.
const SAID_AFTER_MS: u32 = 8000;

pub(in crate::routes) fn form_of(event: &SubmitEvent) -> Option<HtmlFormElement> {
    event.target()?.dyn_into().ok()
}

pub(super) fn form_around(event: &leptos::ev::Event) -> Option<HtmlFormElement> {
    let field: web_sys::Element = event.target()?.dyn_into().ok()?;
    field.closest("form").ok()??.dyn_into().ok()
}

pub(in crate::routes) fn fields(form: &HtmlFormElement) -> Fields {
    let Ok(data) = FormData::new_with_form(form) else {
        return Fields::default();
    };
    let pairs = js_sys::try_iter(&data).ok().flatten();
    let pairs = pairs.into_iter().flatten().filter_map(|pair| {
        let pair: js_sys::Array = pair.ok()?.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    });
    Fields(pairs.collect())
}

/// Whether something that goes with a filing is still being made: begun on a page before this one.
pub(super) fn is_making_media() -> bool {
    media::making().get_untracked() > 0
}

/// Once it is made, the page names it.
pub(super) fn show_anew_with_media() {
    spawn_local(async {
        while is_making_media() {
            TimeoutFuture::new(LOOK_MS).await;
        }
        let _ = window().location().reload();
    });
}

/// Begins to send. False when the browser lacks what it takes: then the plain form goes.
pub(super) fn send(sender: Sender, form: HtmlFormElement, command: CitizenCommand) -> bool {
    let Ok(county) = CountyCode::parse(&sender.county) else {
        return false;
    };
    if is_malformed(&county, sender.id, &command) {
        return false;
    }
    let Some(driver) = driver() else {
        return false;
    };
    sender.progress.set(Progress::Sending);
    // The last letters are not kept once more after what they belong to was sent.
    let _ = form.set_attribute(SENT, "");
    spawn_local(async move {
        let about = about(&command);
        let field = field(&command);
        let unstored = command.clone();
        let replaces = match (&about, field) {
            (Some(case), Some(field)) => words::replaced(case, field).await,
            _ => Vec::new(),
        };
        let under = Under {
            replaces,
            ..Under::default()
        };
        let kept = driver.keep(under, county.clone(), sender.id, about.clone(), command);
        let item = match kept.await {
            Ok(item) => {
                if let (Some(case), Some(field)) = (&about, field) {
                    words::keep(case, field, "").await;
                }
                item
            }
            // What was typed is on this page and, without a server's draft, nowhere else.
            Err(Trouble::Full) if sender.kept.is_some() => {
                let came = driver.send_unstored(county, sender.id, unstored);
                return without_room(&sender, &form, came.await).await;
            }
            // This browser keeps nothing: the plain form goes, and the page that comes back says what
            // became of it.
            Err(_) => return post_plainly(&sender, &form),
        };
        if let Some(kept) = &sender.kept {
            return kept(item.id);
        }
        let came = watch(&driver, &sender, &form, item.id).await;
        if came == Some(Came::Before) {
            // Posted once more without what it replaces, it would be a second one.
            let _ = form.remove_attribute(SENT);
            sender.progress.set(Progress::Still);
            let why = OutboxTexts::of(sender.language).earlier;
            return sender.errors.set(vec![FieldError::new("main", why)]);
        }
        if came == Some(Came::Refused) {
            // The page that comes has them in its form; should it not come, the device has.
            if let (Some(case), Some(field)) = (&about, field) {
                words::keep(case, field, &fields(&form).one(field)).await;
            }
            let _ = driver.discard(item.id).await;
        }
        if came.is_none() || !form.is_connected() {
            return;
        }
        if item.id == sender.id {
            post_plainly(&sender, &form);
        } else {
            // The page's own id was used for something else before: it is asked for anew.
            let _ = window().location().reload();
        }
    });
    true
}

/// A phone without room has shown its page while the command went; what came of it is stored nowhere here.
async fn without_room(sender: &Sender, form: &HtmlFormElement, came: Unstored) {
    let _ = form.remove_attribute(SENT);
    match came {
        Unstored::Received(receipt) => {
            sender.progress.set(Progress::Received);
            // It is at the server, and no longer only in this page.
            if let Some(drafts) = Drafts::here().await {
                drafts.remove(sender.id).await;
            }
            match secret_of(&receipt) {
                Some(secret) => open_slip(sender, secret),
                // An act on what is there already: the server's page says what became of it.
                None => post_plainly(sender, form),
            }
        }
        Unstored::Refused(refusal) => {
            sender.progress.set(Progress::Still);
            let why = mistakes::refusal(&refusal, sender.language);
            sender.errors.set(vec![FieldError::new("main", why)]);
        }
        Unstored::OtherCame => {
            sender.progress.set(Progress::Still);
            let why = SendingTexts::of(sender.language).other_came;
            sender.errors.set(vec![FieldError::new("main", why)]);
        }
        Unstored::NotNow => sender.progress.set(Progress::NoRoom),
    }
}

/// What opens the slip that a receipt brought.
fn secret_of(receipt: &Receipt) -> Option<&SealedCode> {
    match receipt {
        Receipt::Registered { private_secret, .. } => Some(private_secret),
        Receipt::Filed { private_secret, .. } => private_secret.as_ref(),
        _ => None,
    }
}

/// Opens what was received as somebody does who types its code: the server's page has the code.
fn open_slip(sender: &Sender, secret: &SealedCode) {
    let follow = sender.language.address(&sender.county, "/follow");
    let made = |name: &str| document().create_element(name).ok();
    let (Some(form), Some(input)) = (made("form"), made("input")) else {
        return;
    };
    for (element, name, value) in [
        (&form, "method", "post"),
        (&form, "action", &follow),
        (&input, "type", "hidden"),
        (&input, "name", "code"),
        (&input, "value", secret.as_str()),
    ] {
        let _ = element.set_attribute(name, value);
    }
    let _ = form.append_child(&input);
    if let (Some(body), Ok(form)) = (document().body(), form.dyn_into::<HtmlFormElement>()) {
        let _ = body.append_child(&form);
        let _ = form.submit();
    }
}

/// Received or refused, the server's own page says so: it answers the same command as before.
fn post_plainly(sender: &Sender, form: &HtmlFormElement) {
    if form.submit().is_err() {
        sender.progress.set(Progress::Still);
    }
}

/// What the server made of a form that is still there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    Received,
    Refused,
    /// What it was made of came on another way.
    Before,
}

/// Says how far the item is until the server has answered; nothing once the person has gone on.
async fn watch(
    driver: &Driver,
    sender: &Sender,
    form: &HtmlFormElement,
    id: CommandId,
) -> Option<Came> {
    let mut waited = 0;
    // Once the person has gone on to another page, the outbox alone says what becomes of it.
    while form.is_connected() {
        match driver.standing(id) {
            Some(Standing::Received { .. }) => {
                sender.progress.set(Progress::Received);
                return Some(Came::Received);
            }
            Some(Standing::NeedsYou { reason }) if !reason.may_be_made_anew() => {
                return Some(Came::Before);
            }
            Some(Standing::NeedsYou { .. }) | None => return Some(Came::Refused),
            Some(Standing::Kept | Standing::Tried | Standing::Delivered) => {
                if waited >= SAID_AFTER_MS {
                    sender.progress.set(Progress::Kept);
                }
                TimeoutFuture::new(LOOK_MS).await;
                waited += LOOK_MS;
            }
        }
    }
    None
}

/// The field of a command whose words are kept while they are written.
fn field(command: &CitizenCommand) -> Option<&'static str> {
    match command {
        CitizenCommand::AddNote { .. } => Some("note"),
        CitizenCommand::AnswerQuestion { .. } => Some("answer"),
        _ => None,
    }
}

/// What acts on one matter keeps its order.
fn about(command: &CitizenCommand) -> Option<String> {
    Some(match command.about()? {
        Opened::Case(id) => id.to_string(),
        Opened::Registration(id) => id.to_string(),
    })
}

/// The rules that hold anywhere are asked here; places, dates and states are the server's to judge.
fn is_malformed(county: &CountyCode, id: CommandId, command: &CitizenCommand) -> bool {
    let world = World {
        county: Some(county.clone()),
        ..World::default()
    };
    let mut given = Given {
        now: now(),
        captured_at: now(),
        calendar: &LegalCalendar::without_notices(),
        rules: &RuleSet::default(),
        dice: &mut BrowserDice,
    };
    let decided = decide(&Actor::Anyone, id, command, &world, &mut given);
    decided.is_err_and(|refusal| refusal.kind() == RefusalKind::Malformed)
}

/// Posts the form beside the page. Should it not arrive, the page still has what was typed.
pub(super) fn keep(form: &HtmlFormElement, fields: &Fields) {
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    let pairs = fields.0.iter();
    let pairs: Vec<String> = pairs
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    let _ = window()
        .navigator()
        .send_beacon_with_opt_str(&form.action(), Some(&pairs.join("&")));
}
