//! An act on a case from a tablet whose official's space is open: stored here first, sent when it can be.
//!
//! Once the server has received it, the plain form is posted after all: the server finds the act carried out and
//! answers with the next page. What it refuses stays in the form, as what is found wrong here does.

use domain::{
    ids::{CaseId, SignInId},
    office::CaseActKind,
};
use leptos::{ev::SubmitEvent, prelude::*};
use sync::view::Workspace as View;

use super::super::kept::Kept;
use crate::{
    i18n::{Language, common::StateTexts, office::TabletTexts, use_language},
    repository::{Line, use_line},
};

/// How far an act is that was tapped on this page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "acts are stored in the browser")
)]
pub(super) enum Progress {
    #[default]
    Waits,
    Sending,
    /// It did not fit on the tablet.
    Full,
}

/// What the form of an act needs to be sent.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "acts are stored in the browser")
)]
#[derive(Clone)]
pub(super) struct Sending {
    case: CaseId,
    version: u64,
    act: CaseActKind,
    units: Vec<sync::view::Unit>,
    sign_in: SignInId,
    /// The form's name, under which what was typed is shown again.
    form: String,
    wrong: RwSignal<Option<Kept>>,
    progress: RwSignal<Progress>,
    line: ArcRwSignal<Line>,
    /// After an await nobody knows it any more.
    language: Language,
}

impl Sending {
    pub(super) fn of(
        view: &View,
        act: CaseActKind,
        form: String,
        (wrong, progress): (RwSignal<Option<Kept>>, RwSignal<Progress>),
    ) -> Self {
        Self {
            case: view.id,
            version: view.version,
            act,
            units: view.units.clone(),
            sign_in: view.me.sign_in,
            form,
            wrong,
            progress,
            line: use_line(),
            language: use_language(),
        }
    }
}

pub(super) fn said(progress: Progress) -> &'static str {
    let language = use_language();
    match progress {
        Progress::Waits => "",
        Progress::Sending => StateTexts::of(language).sending,
        Progress::Full => TabletTexts::of(language).full_act,
    }
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn send(_sending: &Sending, _event: &SubmitEvent) {}

/// What waits on this tablet about a case stands in place of what can be done: the case is not as it was.
#[cfg(not(feature = "hydrate"))]
pub(super) fn before(
    _case: CaseId,
    _progress: RwSignal<Progress>,
    acts: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    // In the same places as in the browser, which takes this page over.
    view! {
        {move || Vec::<AnyView>::new()}
        {move || acts()}
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
pub(super) use browser::{before, send};

#[cfg(feature = "hydrate")]
mod browser {
    use std::collections::{BTreeMap, HashSet};

    use device::Trouble;
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
        };
        let within = match sending.line.get_untracked() {
            Line::Down => 0,
            Line::Up | Line::Unknown => ANSWERED_WITHIN_MS,
        };
        let about = Some(sending.case.to_string());
        let kept = driver.keep_under(under, county, CommandId(id), about, command);
        match kept.await {
            // The page's own id was used for something else before: it is asked for anew.
            Ok(item) if item.id.0 != id => {
                let _ = window().location().reload();
            }
            Ok(item) => {
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
        let last: BTreeMap<&str, String> =
            names.iter().map(|name| (*name, typed.one(name))).collect();
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
        let names = typed.names();
        let fields = names.iter();
        let fields = fields.map(|name| ((*name).to_owned(), typed.all(name)));
        let kept = view::Kept {
            form: sending.form.clone(),
            fields: fields.collect(),
            why,
        };
        Kept::here(kept, sending.sign_in, sending.language)
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
        case: CaseId,
        progress: RwSignal<Progress>,
        acts: impl Fn() -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        let outbox = use_outbox();
        let about = case.to_string();
        // What was received before this page came is in the case it shows.
        let waited = StoredValue::new(HashSet::new());
        let queued = ArcMemo::new(move |_| {
            let shown = outbox.get();
            let office = shown.office;
            let about = |it: &ShownItem| it.item.about.as_ref() == Some(&about);
            // While it is being sent from this page the form stays as it is.
            let here = office && progress.get() != Progress::Sending;
            let items = shown.items.into_iter().filter(|it| here && about(it));
            let items: Vec<ShownItem> = items.collect();
            let received = |it: &ShownItem| matches!(it.item.standing, Standing::Received { .. });
            let open = items.iter().filter(|it| !received(it));
            waited.update_value(|waited| waited.extend(open.map(|it| it.item.id)));
            let news = |it: &ShownItem| waited.with_value(|waited| waited.contains(&it.item.id));
            items.into_iter().filter(news).collect::<Vec<_>>()
        });
        let waits = queued.clone();
        let waits =
            ArcMemo::new(move |_| waits.get().iter().any(|it| it.item.standing.is_waiting()));
        view! {
            {move || queued.get().into_iter().map(card).collect_view()}
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

    /// An act that waits, or was not taken: what it says stays readable beside the case as it is now.
    fn card(shown: ShownItem) -> AnyView {
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
            Standing::NeedsYou { reason } => sent_back(&shown.item, reason, None),
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
}
