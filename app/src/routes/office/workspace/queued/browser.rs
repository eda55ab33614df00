//! The browser's side of an act on a case.

use std::collections::{BTreeMap, HashSet};

use device::{Shelf, Trouble};
use domain::{
    division::CountyCode,
    form::CaseActForm,
    ids::{CommandId, DeviceId, UnitId},
    office::{CaseCommand, OfficeCommand},
    text,
};
use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use serde_json::Value;
use sync::{
    Rejection,
    outbox::{Reason, Standing},
    view::{self, NotDone},
};
use web_sys::HtmlFormElement;

use super::*;
use crate::{
    components::*,
    i18n::{
        citizen::OutboxTexts,
        moment,
        office::{act_name, not_done},
    },
    repository::{Driver, ShownItem, Under, driver, use_outbox},
    routes::{
        citizen::{
            outbox::{discard, sent_back, words},
            send::{Fields, fields, form_of},
        },
        office::frame::address,
    },
};

/// An answer that comes so soon is the next page; later the person need not wait.
const ANSWERED_WITHIN_MS: u32 = 4_000;
const LOOK_MS: u32 = 100;

pub fn send(sending: &Sending, event: &SubmitEvent) {
    let (Some(driver), Some(form)) = (driver(), form_of(event)) else {
        return;
    };
    event.prevent_default();
    let progress = sending.progress;
    if progress.get_untracked() == Progress::Sending {
        return;
    }
    progress.set(Progress::Sending);
    let sending = sending.clone();
    spawn_local(async move {
        match driver.tablet().await {
            // No tablet is open here.
            None => post_plainly(&form),
            Some(tablet) => keep(&driver, sending, tablet, &form).await,
        }
    });
}

async fn keep(driver: &Driver, sending: Sending, tablet: DeviceId, form: &HtmlFormElement) {
    let progress = sending.progress;
    let typed = fields(form);
    let command = match read(&sending, &typed) {
        Ok(command) => command,
        Err(wrong) => {
            progress.set(Progress::Waits);
            return sending.wrong.set(Some(wrong));
        }
    };
    let county = CountyCode::parse(&county_of(form));
    let id = typed.one("id").parse::<uuid::Uuid>();
    let (Ok(county), Ok(id)) = (county, id) else {
        return post_plainly(form);
    };
    let under = Under {
        sign_in: Some(sending.sign_in),
        tablet: Some(tablet),
        version: Some(sending.version),
        replaces: Vec::new(),
    };
    let within = match sending.line.get_untracked() {
        Line::Down => 0,
        Line::Up | Line::Unknown => ANSWERED_WITHIN_MS,
    };
    let about = Some(sending.case.to_string());
    let kept = driver.keep(under, county, CommandId(id), about, command);
    match kept.await {
        // The page's own id was used for something else before: it is asked for anew.
        Ok(item) if item.id.0 != id => {
            let _ = window().location().reload();
        }
        Ok(item) => {
            keep_typed(driver, item.id, &sending, &typed).await;
            let refused = answered(driver, item.id, form, within).await;
            progress.set(Progress::Waits);
            if let Some(why) = refused {
                sending.wrong.set(Some(not_taken(&sending, &typed, why)));
                let _ = driver.discard(item.id).await;
            }
        }
        Err(Trouble::Full) => progress.set(Progress::Full),
        Err(_) => post_plainly(form),
    }
}

/// The county is the first segment of the form's address.
fn county_of(form: &HtmlFormElement) -> String {
    let path = form.get_attribute("action").unwrap_or_default();
    path.split('/').nth(1).unwrap_or_default().to_owned()
}

fn read(sending: &Sending, typed: &Fields) -> Result<OfficeCommand, Kept> {
    let names = typed.names();
    let last: BTreeMap<&str, String> = names.iter().map(|name| (*name, typed.one(name))).collect();
    let form = serde_json::to_value(last).and_then(serde_json::from_value::<CaseActForm>);
    let form = form.unwrap_or_default();
    let name_of = |id: UnitId| {
        let unit = sending.units.iter().find(|unit| unit.id == id)?;
        text::Line::parse(&unit.name).ok()
    };
    let case = sending.case;
    match form.parse(sending.act, name_of) {
        Ok(act) => Ok(OfficeCommand::Case(CaseCommand { case, act })),
        Err(errors) => Err(not_taken(sending, typed, NotDone::from(errors))),
    }
}

/// The form again, with everything that was typed and what is to be put right.
fn not_taken(sending: &Sending, typed: &Fields, why: NotDone) -> Kept {
    let kept = as_typed(sending, typed, why);
    Kept::here(kept, sending.sign_in, sending.language)
}

fn as_typed(sending: &Sending, typed: &Fields, why: NotDone) -> view::Kept {
    let names = typed.names();
    let fields = names.iter();
    let fields = fields.map(|name| ((*name).to_owned(), typed.all(name)));
    view::Kept {
        form: sending.form.clone(),
        fields: fields.collect(),
        why,
    }
}

/// Goes on to the server's page once it has received the act, or tells why it does not. Until then the
/// act is shown as waiting.
async fn answered(
    driver: &Driver,
    id: CommandId,
    form: &HtmlFormElement,
    within: u32,
) -> Option<NotDone> {
    let mut waited = 0;
    while waited < within {
        match driver.standing(id) {
            Some(Standing::Received { .. }) => {
                let _ = driver.discard(id).await;
                post_plainly(form);
                return None;
            }
            // The case is another than the one that was acted on: it is shown as it is now, and the act
            // beside it.
            Some(Standing::NeedsYou {
                reason: Reason::Conflict { .. },
            }) => {
                let _ = window().location().reload();
                return None;
            }
            Some(Standing::NeedsYou {
                reason: Reason::Rejected { rejection },
            }) if rejection != Rejection::SignInNeeded => {
                return Some(NotDone::Rejected { reason: rejection });
            }
            _ => {}
        }
        TimeoutFuture::new(LOOK_MS).await;
        waited += LOOK_MS;
    }
    None
}

fn post_plainly(form: &HtmlFormElement) {
    let _ = form.submit();
}

pub fn before(
    (case, sign_in): (CaseId, SignInId),
    here: Here,
    acts: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let outbox = use_outbox();
    let (_, progress) = here;
    let about = case.to_string();
    // What was received before this page came is in the case it shows.
    let waited = StoredValue::new(HashSet::new());
    let queued = ArcMemo::new(move |_| {
        let shown = outbox.get();
        let office = shown.office;
        let about = |it: &ShownItem| it.item.about.as_ref() == Some(&about);
        // While it is being sent from this page the form stays as it is.
        let stays = office && progress.get() != Progress::Sending;
        let items = shown.items.into_iter().filter(|it| stays && about(it));
        let items: Vec<ShownItem> = items.collect();
        let received = |it: &ShownItem| matches!(it.item.standing, Standing::Received { .. });
        let open = items.iter().filter(|it| !received(it));
        waited.update_value(|waited| waited.extend(open.map(|it| it.item.id)));
        let news = |it: &ShownItem| waited.with_value(|waited| waited.contains(&it.item.id));
        items.into_iter().filter(news).collect::<Vec<_>>()
    });
    let waits = queued.clone();
    let waits = ArcMemo::new(move |_| waits.get().iter().any(|it| it.item.standing.is_waiting()));
    view! {
        {move || {
            let queued = queued.get().into_iter();
            queued.map(|shown| card(shown, here, sign_in)).collect_view()
        }}
        {move || match waits.get() {
            true => {
                let texts = TabletTexts::of(use_language());
                view! { <p class="mute">{texts.one_at_a_time}</p> }.into_any()
            }
            false => acts(),
        }}
    }
    .into_any()
}

/// What a person typed, without the names of choices and of things.
fn typed_in(act: &Value) -> Vec<&str> {
    const CHOICES: [&str; 8] = [
        "act",
        "kind",
        "way",
        "how",
        "category",
        "disposition",
        "outcome",
        "reader",
    ];
    match act {
        Value::String(text) if text.parse::<uuid::Uuid>().is_err() => vec![text],
        Value::Object(parts) => {
            let parts = parts.iter();
            let typed = parts.filter(|(name, _)| !CHOICES.contains(&name.as_str()));
            typed.flat_map(|(_, part)| typed_in(part)).collect()
        }
        Value::Array(parts) => parts.iter().flat_map(typed_in).collect(),
        _ => Vec::new(),
    }
}

/// Why an act was not taken, in the office's words.
fn why(standing: &Standing) -> Option<String> {
    let Standing::NeedsYou { reason } = standing else {
        return None;
    };
    let language = use_language();
    match reason {
        Reason::Rejected {
            rejection: Rejection::SignInNeeded,
        } => Some(TabletTexts::of(language).goes_after_sign_in.to_owned()),
        Reason::Rejected { rejection } => {
            let reason = rejection.clone();
            not_done(language, &NotDone::Rejected { reason })
        }
        Reason::Conflict { .. } => not_done(language, &NotDone::Changed),
        Reason::Trouble { .. } => None,
    }
}

/// What was captured under another sign-in, once somebody has looked at it.
fn as_own(id: CommandId, reason: &Reason, sign_in: SignInId) -> Option<AnyView> {
    let theirs = Reason::Rejected {
        rejection: Rejection::NeedsYou,
    };
    let word = TabletTexts::of(use_language()).as_own;
    let send = move |_| {
        spawn_local(async move {
            if let Some(driver) = driver() {
                let _ = driver.again_under(id, sign_in).await;
            }
        });
    };
    let button = move || view! { <button class="button" on:click=send>{word}</button> };
    (*reason == theirs).then(|| button().into_any())
}

/// Back into its form, with everything that was typed.
fn refill(id: CommandId, reason: &Reason, here: Here, sign_in: SignInId) -> AnyView {
    let language = use_language();
    let why = match reason {
        Reason::Rejected { rejection } => NotDone::Rejected {
            reason: rejection.clone(),
        },
        Reason::Conflict { .. } => NotDone::Changed,
        Reason::Trouble { .. } => NotDone::Later,
    };
    let kept = RwSignal::new(None::<view::Kept>);
    spawn_local(async move {
        let _ = kept.try_set(typed_of(id).await);
    });
    let refill = move |_| {
        let (why, (wrong, _)) = (why.clone(), here);
        let Some(typed) = kept.get_untracked() else {
            return;
        };
        wrong.set(Some(Kept::here(
            view::Kept { why, ..typed },
            sign_in,
            language,
        )));
        spawn_local(async move {
            if let Some(driver) = driver() {
                let _ = driver.discard(id).await;
            }
        });
    };
    let word = TabletTexts::of(language).refill;
    view! {
        {move || {
            let refill = refill.clone();
            let button = || view! { <button class="button secondary" on:click=refill>{word}</button> };
            kept.read().is_some().then(button)
        }}
    }
    .into_any()
}

/// What was typed into the form of an act.
async fn typed_of(id: CommandId) -> Option<view::Kept> {
    let device = driver()?.device().await.ok()?;
    let kept = device.get(Shelf::Drafts, &id.to_string()).await.ok()??;
    serde_json::from_str(&kept).ok()
}

/// Kept beside the act until its receipt comes.
async fn keep_typed(driver: &Driver, id: CommandId, sending: &Sending, typed: &Fields) {
    let typed = as_typed(sending, typed, NotDone::Later);
    if let (Ok(device), Ok(json)) = (driver.device().await, serde_json::to_string(&typed)) {
        let _ = device.put(Shelf::Drafts, &id.to_string(), &json).await;
    }
}

/// An act that waits, or was not taken: what it says stays readable beside the case as it is now.
fn card(shown: ShownItem, here: Here, sign_in: SignInId) -> AnyView {
    let language = use_language();
    let texts = TabletTexts::of(language);
    let (state, word, what) = words(&shown, false);
    let what = why(&shown.item.standing).unwrap_or(what);
    let (title, said) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let id = shown.item.id;
    spawn_local(async move {
        let Some(driver) = driver() else { return };
        let Ok(device) = driver.device().await else {
            return;
        };
        let content = device.content(id).await.ok().flatten().unwrap_or_default();
        let content: Value = serde_json::from_str(&content).unwrap_or_default();
        let act = content.pointer("/command/act").cloned().unwrap_or_default();
        let name = act.get("act").and_then(Value::as_str).unwrap_or_default();
        let kind = match name {
            "send" if act.pointer("/kind/assign").is_some() => Some(CaseActKind::Assign),
            "send" => Some(CaseActKind::Transfer),
            name => CaseActKind::named(name),
        };
        let _ = title.try_set(
            kind.map(|kind| act_name(language, kind))
                .unwrap_or_default()
                .to_owned(),
        );
        let _ = said.try_set(typed_in(&act).join("\n"));
    });
    let acts = match &shown.item.standing {
        // A file would lie on the tablet for whoever has it.
        Standing::NeedsYou { reason } => view! {
            <p class="row">{as_own(id, reason, sign_in)} {refill(id, reason, here, sign_in)}</p>
            {sent_back(&shown.item, reason, None)}
        }
        .into_any(),
        Standing::Kept => discard(id),
        Standing::Received { .. } => {
            let latest = OutboxTexts::of(language).latest;
            let here = shown.item.about.as_ref();
            let here = here.map(|case| address(&format!("/office/cases/{case}")));
            view! { <p><a href=here rel="external">{latest}</a></p> }.into_any()
        }
        Standing::Tried | Standing::Delivered => ().into_any(),
    };
    view! {
        <section class="card">
            <div class="stack-close">
                <h3>{texts.on_tablet} {move || title.get()}</h3>
                <p><StatusMark state word/></p>
                {(!what.is_empty()).then(|| view! { <p>{what}</p> })}
                <p class="written">{move || said.get()}</p>
                <p class="mute">{texts.saved_at} " " {moment(language, shown.item.kept_at)}</p>
                <p><a href=address("/outbox")>{texts.all_waiting}</a></p>
                {acts}
            </div>
        </section>
    }
    .into_any()
}
