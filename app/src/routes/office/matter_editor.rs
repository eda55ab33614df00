//! One public matter: the page as a villager sees it at the left, what can be done at the right.

use std::str::FromStr;

use domain::{
    form::MatterPageForm,
    ids::{CommitmentId, MatterId, MilestoneId},
    matter::{Commitment, MatterStatus, Milestone},
    office::MatterAct,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use sync::{query, view::MatterEditor as View};
use uuid::Uuid;

use super::{
    frame::{address, office_with_forms},
    kept::{Kept, Typed},
    matter_page::page_fields,
    matters::PLACE,
};
use crate::{
    components::*,
    i18n::{
        citizen::PublicMatterTexts,
        common::ActionTexts,
        day_with_year,
        office::{FrameTexts, PublicMatterEditorTexts, matter_act, matter_seen},
        use_language,
    },
    repository::use_view,
    routes::citizen::matter::content,
};

#[component]
pub fn MatterEditor() -> impl IntoView {
    let path = use_params_map();
    let matter = move || {
        let id = path.read().get("matter").unwrap_or_default();
        MatterId(Uuid::parse_str(&id).unwrap_or_default())
    };
    let view = use_view(move || query::MatterEditor { matter: matter() });
    let texts = FrameTexts::of(use_language());
    office_with_forms(texts.public_matters, PLACE, view, show)
}

fn show(view: View, kept: &Kept) -> AnyView {
    let texts = PublicMatterEditorTexts::of(use_language());
    let public = view.shown.status != MatterStatus::Proposed;
    let heading = if public {
        texts.villager_sees
    } else {
        texts.will_see
    };
    let link = public.then(|| {
        let href = address(&format!("/matters/{}", view.id));
        view! { <p><a href=href>{texts.open_public}</a></p> }
    });
    let corrected = view.corrected.clone().map(|(page, reason)| {
        let (title, reason) = (page.title.to_string(), reason.to_string());
        view! {
            <h2>{texts.corrected_page}</h2>
            <Inset title=texts.correction_awaits kind=InsetKind::Warning>{reason}</Inset>
            <div class="card stack-close">
                <h2>{title}</h2>
                {content(page)}
            </div>
        }
    });
    let (author, title) = (view.author.clone(), view.shown.title.to_string());
    let page = content(view.shown.clone());
    let (asked, kept) = (use_query_map(), kept.clone());
    // The address says which act is open, and follows without a new page.
    let acts = move || {
        let asked = asked.read();
        let part = |name| asked.get(name).unwrap_or_default();
        let done = asked
            .get("done")
            .map(|_| view! { <div role="status"><Inset title=texts.saved>""</Inset></div> });
        let act: Option<MatterAct> = serde_json::from_value(part("act").into()).ok();
        let acts = match act.filter(|act| view.can.contains(act)) {
            Some(act) => act_form(&view, act, &part("of"), &kept),
            None => offers(&view),
        };
        view! { {done} {acts} }
    };
    view! {
        <div class="workspace">
            <section class="stack">
                <h2>{texts.what_to_do}</h2>
                {acts}
            </section>
            <section class="stack-close">
                {corrected}
                <h2>{heading}</h2>
                <p class="mute">{texts.author} {author}</p>
                {link}
                <div class="card stack-close">
                    <h2>{title}</h2>
                    {page}
                </div>
            </section>
        </div>
    }
    .into_any()
}

/// What can be done now, each as a link to its form.
fn offers(view: &View) -> AnyView {
    let language = use_language();
    let texts = PublicMatterEditorTexts::of(language);
    let whole = [
        MatterAct::Approve,
        MatterAct::Revise,
        MatterAct::ApproveCorrection,
        MatterAct::Answer,
        MatterAct::Commit,
        MatterAct::Correct,
        MatterAct::TakeBackAnswer,
        MatterAct::TakeBackPage,
    ];
    let acts: Vec<_> = whole
        .into_iter()
        .filter(|act| view.can.contains(act))
        .map(|act| opens(view.id, act, ""))
        .collect();
    let waits = (view.own && view.shown.status == MatterStatus::Proposed)
        .then(|| view! { <Inset title=texts.awaits>{texts.own_approval}</Inset> });
    let nothing = view
        .can
        .is_empty()
        .then(|| view! { <p>{texts.nothing_to_do}</p> });
    let can_step = view.can.contains(&MatterAct::AddMilestone);
    let promises: Vec<_> = view
        .shown
        .commitments
        .iter()
        .filter(|_| can_step)
        .map(|promise| promise_acts(view.id, promise))
        .collect();
    view! {
        {waits}
        {nothing}
        <ul class="acts" role="list">{acts}</ul>
        {promises}
    }
    .into_any()
}

/// A promise with its steps and what can be done with each.
fn promise_acts(matter: MatterId, promise: &Commitment) -> AnyView {
    let language = use_language();
    let by = day_with_year(language, promise.planned);
    let of = promise.id.to_string();
    let steps: Vec<_> = promise
        .milestones
        .iter()
        .map(|step| step_acts(matter, step))
        .collect();
    let kept = match promise.fulfilled_on {
        None => opens(matter, MatterAct::Fulfil, &of),
        Some(_) => opens(matter, MatterAct::TakeBackFulfilment, &of),
    };
    view! {
        <div class="card stack-close">
            <h3>{promise.promise.to_string()}</h3>
            <p class="mute">{promise.unit_name.to_string()} " · " {by}</p>
            <ul role="list" class="stack-close">{steps}</ul>
            <ul class="acts" role="list">{opens(matter, MatterAct::AddMilestone, &of)} {kept}</ul>
        </div>
    }
    .into_any()
}

fn step_acts(matter: MatterId, step: &Milestone) -> AnyView {
    let language = use_language();
    let texts = PublicMatterEditorTexts::of(language);
    let (title, of) = (step.title.to_string(), step.id.to_string());
    if let Some(done) = &step.done {
        let on = day_with_year(language, done.on);
        return view! {
            <li class="stack-close">
                <p>{title} " · " {texts.step_done} " " {on}</p>
                <ul class="acts" role="list">{opens(matter, MatterAct::TakeBackStep, &of)}</ul>
            </li>
        }
        .into_any();
    }
    let planned = day_with_year(language, step.planned);
    view! {
        <li class="stack-close">
            <p>{title} " · " {planned}</p>
            <ul class="acts" role="list">
                {opens(matter, MatterAct::CompleteMilestone, &of)}
                {opens(matter, MatterAct::DelayMilestone, &of)}
            </ul>
        </li>
    }
    .into_any()
}

fn opens(matter: MatterId, act: MatterAct, of: &str) -> AnyView {
    let name = wire(act);
    let href = address(&format!("{PLACE}/{matter}?act={name}&of={of}"));
    let word = matter_act(use_language(), act);
    view! { <li><a href=href>{word}</a></li> }.into_any()
}

/// An act's name in addresses.
fn wire(act: MatterAct) -> String {
    match serde_json::to_value(act) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn act_form(view: &View, act: MatterAct, of: &str, kept: &Kept) -> AnyView {
    let language = use_language();
    let texts = PublicMatterEditorTexts::of(language);
    let name = wire(act);
    let typed = kept.form(&format!("matters/{}/{name}", view.id));
    let fields = match act {
        MatterAct::Revise => {
            page_fields(&typed, &MatterPageForm::from(&view.page), &view.divisions)
        }
        MatterAct::Approve | MatterAct::ApproveCorrection => ().into_any(),
        MatterAct::Correct => view! {
            {page_fields(&typed, &MatterPageForm::from(&view.page), &view.divisions)}
            {reason(&typed, texts.correct_reason)}
        }
        .into_any(),
        MatterAct::TakeBackPage | MatterAct::TakeBackAnswer => {
            reason(&typed, texts.take_back_reason)
        }
        MatterAct::TakeBackStep => view! {
            {about_step(view, of)}
            {reason(&typed, texts.take_back_reason)}
        }
        .into_any(),
        MatterAct::TakeBackFulfilment => view! {
            {about_promise(view, of)}
            {reason(&typed, texts.take_back_reason)}
        }
        .into_any(),
        MatterAct::Answer => view! {
            <TextField name="answer" label=texts.answer value=typed.value("answer")
                error=typed.error("answer")/>
            {date(&typed, "on", texts.answered_on)}
        }
        .into_any(),
        MatterAct::Commit => promise_fields(view, &typed),
        MatterAct::AddMilestone => view! {
            {about_promise(view, of)}
            <TextField name="step" label=texts.step value=typed.value("step")
                error=typed.error("step")/>
            {date(&typed, "planned", texts.step_by)}
        }
        .into_any(),
        MatterAct::CompleteMilestone => view! {
            {about_step(view, of)}
            {date(&typed, "on", texts.completed_on)}
            <TextField name="evidence" label=texts.evidence value=typed.value("evidence")
                error=typed.error("evidence")/>
        }
        .into_any(),
        MatterAct::DelayMilestone => view! {
            {about_step(view, of)}
            {date(&typed, "until", texts.delay_until)}
            {reason(&typed, texts.delay_reason)}
        }
        .into_any(),
        MatterAct::Fulfil => view! {
            {about_promise(view, of)}
            {date(&typed, "on", texts.kept_on)}
        }
        .into_any(),
    };
    let word = matter_act(language, act);
    let back = address(&format!("{PLACE}/{}", view.id));
    let fields = view! {
        {fields}
        <CitizenSees><p>{matter_seen(language, act)}</p></CitizenSees>
        <div class="row">
            <Button kind=button_of(act)>{word}</Button>
            <LinkButton href=back kind=ButtonKind::Secondary>
                {ActionTexts::of(language).cancel}
            </LinkButton>
        </div>
    };
    let action = address(&format!("{PLACE}/{}/{name}", view.id));
    view! {
        <h3>{word}</h3>
        {typed.form(action, Some(view.version), fields)}
    }
    .into_any()
}

/// What cannot be undone without a trace looks it.
fn button_of(act: MatterAct) -> ButtonKind {
    match act {
        MatterAct::TakeBackPage
        | MatterAct::TakeBackAnswer
        | MatterAct::TakeBackStep
        | MatterAct::TakeBackFulfilment => ButtonKind::Danger,
        _ => ButtonKind::Primary,
    }
}

fn date(typed: &Typed, name: &'static str, label: &'static str) -> AnyView {
    view! {
        <TextField name label kind=InputKind::Date value=typed.value(name) error=typed.error(name)/>
    }
    .into_any()
}

fn reason(typed: &Typed, label: &'static str) -> AnyView {
    view! {
        <TextField name="reason" label value=typed.value("reason") error=typed.error("reason")/>
    }
    .into_any()
}

fn promise_fields(view: &View, typed: &Typed) -> AnyView {
    let language = use_language();
    let texts = PublicMatterEditorTexts::of(language);
    let units = view
        .units
        .iter()
        .map(|unit| Choice::new(unit.id.to_string(), &unit.name))
        .collect();
    view! {
        <TextField name="promise" label=texts.promise value=typed.value("promise")
            error=typed.error("promise")/>
        <Select name="unit" label=texts.unit choices=units chosen=typed.value("unit")
            empty=ActionTexts::of(language).none_given error=typed.error("unit")/>
        {date(typed, "planned", texts.promise_by)}
        <TextField name="measure" label=texts.measure hint=texts.measure_hint
            value=typed.value("measure") error=typed.error("measure")/>
        <TextField name="before" label=texts.before value=typed.value("before")
            error=typed.error("before")/>
        <TextField name="after" label=texts.after value=typed.value("after")
            error=typed.error("after")/>
    }
    .into_any()
}

/// Which promise it is about; one that is not there is refused by the server.
fn about_promise(view: &View, of: &str) -> AnyView {
    let id = CommitmentId::from_str(of).ok();
    let known = view.shown.commitments.iter();
    let known = known.filter(|promise| Some(promise.id) == id);
    let title: Vec<_> = known.map(|promise| promise.promise.to_string()).collect();
    let label = PublicMatterTexts::of(use_language()).promise;
    view! {
        <input type="hidden" name="commitment" value=of.to_owned()/>
        <p>{label} "：" {title.concat()}</p>
    }
    .into_any()
}

/// Which step it is about.
fn about_step(view: &View, of: &str) -> AnyView {
    let id = MilestoneId::from_str(of).ok();
    let mut steps = view.shown.commitments.iter().flat_map(|it| &it.milestones);
    let step = steps.find(|step| Some(step.id) == id);
    let title = step.map(|step| {
        let planned = day_with_year(use_language(), step.planned);
        format!("{} · {planned}", step.title)
    });
    view! {
        <input type="hidden" name="milestone" value=of.to_owned()/>
        <p>{title}</p>
    }
    .into_any()
}
