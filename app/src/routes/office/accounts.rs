//! Accounts and units, for the administrator.

use domain::form::{LEVELS, ROLES, UNIT_KINDS, value_of};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use sync::{
    ReadProblem, query,
    view::{Account, AccountStanding, Accounts as View, IssuedLink},
};

use super::{
    account_tablets,
    frame::{address, office_with_forms},
    kept::{Kept, Typed},
};
use crate::{
    components::*,
    i18n::{
        common::ActionTexts,
        moment,
        office::{AccountsTexts, level_name, role_name, standing, unit_kind},
        use_language,
    },
    repository::use_view,
};

const PLACE: &str = "/office/accounts";

#[component]
pub fn Accounts() -> impl IntoView {
    let view = use_view(|| query::Accounts {});
    office_with_forms(AccountsTexts::of(use_language()).title, PLACE, view, show)
}

/// The address says which account or form is open, and follows without a new page.
fn show(view: View, kept: &Kept) -> AnyView {
    let (asked, kept) = (use_query_map(), kept.clone());
    let content = move || {
        let asked = asked.read();
        let part = |name| asked.get(name).unwrap_or_default();
        let account = part("account");
        let mut rows = view.rows.iter();
        let account = rows.find(|known| known.id.to_string() == account);
        let tablet = part("tablet");
        let mut tablets = view.tablets.iter();
        let tablet = tablets.find(|known| known.id.to_string() == tablet);
        let link = asked.get("link").map(|_| view! { <Link/> });
        let content = match (account, tablet, part("act").as_str()) {
            (Some(account), ..) => one(&view, account, &kept),
            (None, Some(tablet), _) => account_tablets::lose(tablet, &kept),
            (None, None, "add") => add(&view, &kept),
            (None, None, "unit") => unit(&view, &kept),
            (None, None, _) => list(&view),
        };
        let missing = view.unconfirmed_key.as_deref().map(sheet_missing);
        view! { {missing} {said(&part("done"))} {link} {content} }
    };
    view! { {content} }.into_any()
}

/// Until the recovery sheet was typed back: whoever runs the server is to be told.
fn sheet_missing(key: &str) -> AnyView {
    let texts = AccountsTexts::of(use_language());
    let key = format!("{}{key}", texts.sheet_key);
    view! {
        <Inset title=texts.sheet_missing kind=InsetKind::Warning>
            <p>{texts.sheet_what}</p>
            <ol>
                <li><code>"huiyin keys sheet"</code></li>
                <li><code>"huiyin keys confirm"</code></li>
            </ol>
            <p class="mute">{key}</p>
        </Inset>
    }
    .into_any()
}

/// What was done last.
fn said(done: &str) -> AnyView {
    let texts = AccountsTexts::of(use_language());
    let words = match done {
        "change" => texts.done_change,
        "disable" => texts.done_disable,
        "enable" => texts.done_enable,
        "sign-out" => texts.done_sign_out,
        "unit" => texts.done_unit,
        "handed-over" => texts.done_handed_over,
        "lost" => texts.done_lost,
        _ => return ().into_any(),
    };
    view! { <div role="status"><Inset title=words>""</Inset></div> }.into_any()
}

/// The one-time link that was just made, for handing over.
#[component]
fn Link() -> impl IntoView {
    let view = use_view(|| query::IssuedLink {});
    view! {
        <Suspense>
            {move || Suspend::new(async move { link(view.await) })}
        </Suspense>
    }
    .into_any()
}

fn link(answer: Result<Option<IssuedLink>, ReadProblem>) -> AnyView {
    let texts = AccountsTexts::of(use_language());
    let Ok(Some(link)) = answer else {
        return view! { <Inset title=texts.link_gone>""</Inset> }.into_any();
    };
    let action = address(&format!("{PLACE}/handed-over"));
    let label = format!("{}{}", texts.link_for, link.name);
    view! {
        <div class="card stack-close">
            <h2>{label.clone()}</h2>
            <p>{texts.link_what}</p>
            <QrCode path=link.qr_path size=link.qr_size label>
                <code class="address">{link.address}</code>
            </QrCode>
            <form method="post" action=action>
                <Button>{texts.handed_over}</Button>
            </form>
        </div>
    }
    .into_any()
}

fn list(view: &View) -> AnyView {
    let texts = AccountsTexts::of(use_language());
    let columns = vec![
        Column::Text(texts.title),
        Column::Text(texts.unit),
        Column::Text(texts.roles),
        Column::Text(texts.state),
        Column::Text(texts.last_signed_in),
    ];
    let rows = view.rows.iter().map(row).collect();
    let to = |act: &str| address(&format!("{PLACE}?act={act}"));
    view! {
        <p>{texts.no_cases}</p>
        <div class="row">
            <LinkButton href=to("add")>{texts.add}</LinkButton>
            <LinkButton href=to("unit") kind=ButtonKind::Secondary>{texts.add_unit}</LinkButton>
        </div>
        <Table caption=texts.title columns rows/>
        {account_tablets::tablets(view)}
    }
    .into_any()
}

fn row(account: &Account) -> Vec<AnyView> {
    let href = address(&format!("{PLACE}?account={}", account.id));
    let roles: Vec<&str> = account.roles.iter().map(|role| role_name(*role)).collect();
    vec![
        view! { <a href=href>{account.name.clone()}</a> " " <span class="mute">{account.title.clone()}</span> }
            .into_any(),
        account.unit_name.clone().into_any(),
        roles.join("、").into_any(),
        mark(account),
        last_signed_in(account).into_any(),
    ]
}

fn mark(account: &Account) -> AnyView {
    let state = match account.standing {
        AccountStanding::Active => State::Done,
        AccountStanding::Invited => State::Waiting,
        AccountStanding::Disabled => State::Overdue,
    };
    let word = standing(use_language(), account.standing);
    view! { <StatusMark state word/> }.into_any()
}

fn last_signed_in(account: &Account) -> String {
    let language = use_language();
    let at = account.last_signed_in.map(|at| moment(language, at));
    at.unwrap_or_else(|| AccountsTexts::of(language).never.to_owned())
}

fn add(view: &View, kept: &Kept) -> AnyView {
    let texts = AccountsTexts::of(use_language());
    let typed = kept.form("accounts/add");
    let fields = view! {
        {account_fields(view, &typed, None)}
        {buttons(texts.invite)}
    };
    view! {
        <h2>{texts.add}</h2>
        {typed.form(address(&format!("{PLACE}/add")), None, fields)}
    }
    .into_any()
}

fn account_fields(view: &View, typed: &Typed, known: Option<&Account>) -> AnyView {
    let language = use_language();
    let texts = AccountsTexts::of(language);
    let value = |name: &str, of: fn(&Account) -> String| {
        typed.value_or(name, known.map(of).unwrap_or_default())
    };
    let units = view
        .units
        .iter()
        .map(|unit| Choice::new(unit.id.to_string(), &unit.name))
        .collect();
    let levels = LEVELS
        .iter()
        .map(|(value, level)| Choice::new(*value, level_name(language, *level)))
        .collect();
    let roles = ROLES
        .iter()
        .map(|(value, role)| Choice::new(*value, role_name(*role)))
        .collect();
    let chosen = match known {
        Some(known) if !typed.is_kept() => {
            let roles = known.roles.iter();
            roles
                .map(|role| value_of(&ROLES, role).to_owned())
                .collect()
        }
        _ => typed.values("role"),
    };
    let empty = ActionTexts::of(language).none_given;
    view! {
        <TextField name="name" label=texts.name value=value("name", |it| it.name.clone())
            error=typed.error("name")/>
        <TextField name="title" label=texts.job value=value("title", |it| it.title.clone())
            error=typed.error("title")/>
        <TextField name="portfolio" label=texts.portfolio
            value=value("portfolio", |it| it.portfolio.clone()) error=typed.error("portfolio")/>
        <Select name="unit" label=texts.unit choices=units empty=empty error=typed.error("unit")
            chosen=value("unit", |it| it.unit.map(|unit| unit.to_string()).unwrap_or_default())/>
        <RadioGroup name="level" label=texts.level choices=levels error=typed.error("level")
            chosen=value("level", |it| {
                it.level.map(|level| value_of(&LEVELS, &level).to_owned()).unwrap_or_default()
            })/>
        <CheckboxGroup name="role" label=texts.roles choices=roles chosen
            error=typed.error("role")/>
    }
    .into_any()
}

fn buttons(word: &'static str) -> AnyView {
    let texts = AccountsTexts::of(use_language());
    view! {
        <div class="row">
            <Button>{word}</Button>
            <LinkButton href=address(PLACE) kind=ButtonKind::Secondary>{texts.back}</LinkButton>
        </div>
    }
    .into_any()
}

/// One account: what it says and may do, and what ends.
fn one(view: &View, account: &Account, kept: &Kept) -> AnyView {
    let texts = AccountsTexts::of(use_language());
    let at = |act: &str| address(&format!("{PLACE}/{}/{act}", account.id));
    let name = |act: &str| format!("accounts/{}/{act}", account.id);
    let typed = kept.form(&name("change"));
    let fields = view! {
        {account_fields(view, &typed, Some(account))}
        {buttons(texts.change)}
    };
    let act = |act: &'static str, word: &'static str, what: &'static str, kind: ButtonKind| {
        let typed = kept.form(&name(act));
        let fields = view! { <p>{what}</p> <Button kind>{word}</Button> };
        typed.form(at(act), None, fields)
    };
    let ends = match account.standing {
        AccountStanding::Disabled => act(
            "enable",
            texts.enable,
            texts.enable_what,
            ButtonKind::Secondary,
        ),
        _ => view! {
            {act("link", texts.renew, texts.renew_what, ButtonKind::Secondary)}
            {act("sign-out", texts.end_sessions, texts.end_sessions_what, ButtonKind::Secondary)}
            {act("disable", texts.disable, texts.disable_what, ButtonKind::Danger)}
        }
        .into_any(),
    };
    view! {
        <h2>{account.name.clone()}</h2>
        <p>{mark(account)} " · " {texts.last_signed_in} " " {last_signed_in(account)}</p>
        <div class="workspace">
            <section class="stack">{typed.form(at("change"), None, fields)}</section>
            <section class="stack">{ends}</section>
        </div>
    }
    .into_any()
}

fn unit(view: &View, kept: &Kept) -> AnyView {
    let language = use_language();
    let texts = AccountsTexts::of(language);
    let typed = kept.form("accounts/unit");
    let kinds = UNIT_KINDS
        .iter()
        .map(|(value, kind)| Choice::new(*value, unit_kind(language, *kind)))
        .collect();
    let divisions = view
        .divisions
        .iter()
        .map(|division| Choice::new(division.code.to_string(), &division.name))
        .collect();
    let fields = view! {
        <TextField name="unit_name" label=texts.unit_name value=typed.value("unit_name")
            error=typed.error("unit_name")/>
        <RadioGroup name="kind" label=texts.unit_kind choices=kinds chosen=typed.value("kind")
            error=typed.error("kind")/>
        <Select name="division" label=texts.unit_division choices=divisions
            empty=ActionTexts::of(language).none_given chosen=typed.value("division")
            error=typed.error("division")/>
        <TextField name="phone" label=texts.unit_phone kind=InputKind::Telephone
            value=typed.value("phone") error=typed.error("phone")/>
        {buttons(texts.save_unit)}
    };
    view! {
        <h2>{texts.add_unit}</h2>
        {typed.form(address(&format!("{PLACE}/unit")), None, fields)}
    }
    .into_any()
}
