//! The browser's side of a form: its fields, the rules, and the wire.

use domain::{
    actor::Actor,
    calendar::LegalCalendar,
    citizen::{CitizenCommand, decide},
    clock::RuleSet,
    division::CountyCode,
    given::{Dice, Given},
    ids::CommandId,
    refusal::RefusalKind,
    world::World,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use sync::Answer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, HtmlFormElement};

use super::{Fields, Progress, Sender};
use crate::repository::{now, random, send as post};

/// Pauses between tries grow up to this many seconds.
const LONGEST_PAUSE_SECONDS: u32 = 60;

pub(super) fn form_of(event: &SubmitEvent) -> Option<HtmlFormElement> {
    event.target()?.dyn_into().ok()
}

pub(super) fn fields(form: &HtmlFormElement) -> Fields {
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

/// Begins to send. False when the browser lacks what it takes: then the plain form goes.
pub(super) fn send(sender: Sender, form: HtmlFormElement, command: CitizenCommand) -> bool {
    let Ok(county) = CountyCode::parse(&sender.county) else {
        return false;
    };
    if is_malformed(&county, sender.id, &command) {
        return false;
    }
    sender.progress.set(Progress::Sending);
    spawn_local(async move {
        deliver(&sender, county, command).await;
        // Refused or received, the server's own page says so.
        if form.submit().is_err() {
            sender.progress.set(Progress::Still);
        }
    });
    true
}

/// The rules that hold anywhere are asked here; places, dates and states are the server's to judge.
fn is_malformed(county: &CountyCode, id: CommandId, command: &CitizenCommand) -> bool {
    let world = World {
        county: Some(county.clone()),
        ..World::default()
    };
    let mut given = Given {
        now: now(),
        calendar: &LegalCalendar::without_notices(),
        rules: &RuleSet::default(),
        dice: &mut BrowserDice,
    };
    let decided = decide(&Actor::Anyone, id, command, &world, &mut given);
    decided.is_err_and(|refusal| refusal.kind() == RefusalKind::Malformed)
}

/// What is decided here is thrown away: only the server's numbers and codes are handed out.
struct BrowserDice;

impl Dice for BrowserDice {
    fn roll(&mut self) -> u64 {
        u64::from_ne_bytes(random())
    }
}

/// Sends until there is an answer, under one id.
async fn deliver(sender: &Sender, county: CountyCode, command: CitizenCommand) {
    let mut pause = 0;
    loop {
        match post(county.clone(), sender.id, command.clone()).await {
            Answer::Received { .. } => {
                sender.progress.set(Progress::Received);
                return;
            }
            Answer::TryLater { after_seconds } => {
                sender.progress.set(Progress::Again);
                pause = (pause * 2).clamp(after_seconds, LONGEST_PAUSE_SECONDS);
                wait(pause).await;
            }
            Answer::Rejected { .. } | Answer::Conflict { .. } => return,
        }
    }
}

async fn wait(seconds: u32) {
    let milliseconds = i32::try_from(seconds.saturating_mul(1000)).unwrap_or(i32::MAX);
    let over = js_sys::Promise::new(&mut |done, _| {
        // Without a clock there is no pause, and the next try is at once.
        let set =
            window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
        if set.is_err() {
            let _ = done.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(over).await;
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
