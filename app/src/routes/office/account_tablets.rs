//! The officials' tablets on the page of accounts: who has which, and which is lost.

use leptos::prelude::*;
use sync::view::{Accounts, Tablet};

use super::{frame::address, kept::Kept};
use crate::{
    components::*,
    i18n::{moment, office::AccountsTexts, use_language},
};

const PLACE: &str = "/office/accounts";

/// All of them, lost ones too.
pub(super) fn tablets(view: &Accounts) -> AnyView {
    let texts = AccountsTexts::of(use_language());
    if view.tablets.is_empty() {
        return view! { <EmptyState title=texts.no_tablets><p>{texts.no_tablets_what}</p></EmptyState> }
            .into_any();
    }
    let columns = vec![
        Column::Text(texts.tablet_name),
        Column::Text(texts.holder),
        Column::Text(texts.state),
        Column::Text(texts.last_contact),
        Column::Text(texts.registered),
    ];
    let rows = view.tablets.iter().map(row).collect();
    view! {
        <section class="stack">
            <h2>{texts.tablets}</h2>
            <Table caption=texts.tablets columns rows/>
        </section>
    }
    .into_any()
}

fn row(tablet: &Tablet) -> Vec<AnyView> {
    let language = use_language();
    let texts = AccountsTexts::of(language);
    let lose = tablet.lost.is_none().then(|| {
        let href = address(&format!("{PLACE}?tablet={}", tablet.id));
        // Every row has such a link: it says which tablet to those who listen.
        let which = format!("：{} {}", tablet.holder_name, tablet.name);
        view! { " · " <a href=href>{texts.lose}<span class="unseen">{which}</span></a> }
    });
    vec![
        tablet.name.clone().into_any(),
        tablet.holder_name.clone().into_any(),
        view! { {mark(tablet)} {lose} }.into_any(),
        moment(language, tablet.last_contact).into_any(),
        moment(language, tablet.registered).into_any(),
    ]
}

fn mark(tablet: &Tablet) -> AnyView {
    let language = use_language();
    let texts = AccountsTexts::of(language);
    let Some(since) = tablet.lost else {
        return view! { <StatusMark state=State::Done word=texts.active/> }.into_any();
    };
    let word = format!("{}{}", texts.lost_since, moment(language, since));
    let told = if tablet.was_told() {
        texts.told
    } else {
        texts.not_told
    };
    view! { <StatusMark state=State::Overdue word/> " " <span class="mute">{told}</span> }
        .into_any()
}

/// What happens when this one is said to be lost, and the button that says it.
pub(super) fn lose(tablet: &Tablet, kept: &Kept) -> AnyView {
    let texts = AccountsTexts::of(use_language());
    let title = format!("{}：{} · {}", texts.lose, tablet.holder_name, tablet.name);
    let account = address(&format!("{PLACE}?account={}", tablet.holder));
    let act = tablet.lost.is_none().then(|| {
        let typed = kept.form(&format!("accounts/tablets/{}/lost", tablet.id));
        let fields = view! {
            <p>{texts.lose_what}</p>
            <p>{texts.lose_sessions} <a href=account>{tablet.holder_name.clone()}</a></p>
            <div class="row">
                <Button kind=ButtonKind::Danger>{texts.lose}</Button>
                <LinkButton href=address(PLACE) kind=ButtonKind::Secondary>{texts.back}</LinkButton>
            </div>
        };
        let action = address(&format!("{PLACE}/tablets/{}/lost", tablet.id));
        typed.form(action, None, fields)
    });
    view! {
        <h2>{title}</h2>
        <p>{mark(tablet)}</p>
        {act}
    }
    .into_any()
}
