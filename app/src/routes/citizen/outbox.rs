//! Everything that lies on this device: each item in plain words, and what can be done with it.

use domain::ids::CommandId;
use leptos::prelude::*;
use sync::{
    Rejection,
    outbox::{Reason, Standing},
};

use super::{
    hand_over::{CarriedHere, hand_over, use_carried, use_handed_over},
    mistakes,
};
use crate::{
    components::*,
    i18n::{
        citizen::{
            CarryTexts, MediaTexts, OutboxTexts, SpacesTexts, carried_wait, damaged, letters_wait,
            locked_wait, media_go, media_locked, no_sealed_copy, others_wait, still_here, with_it,
        },
        common::StateTexts,
        moment, use_language,
    },
    repository::{Doing, Following, Shown, ShownItem, Storage, use_outbox},
    routes::attachments,
};

#[component]
pub fn Outbox() -> impl IntoView {
    let language = use_language();
    let texts = OutboxTexts::of(language);
    let shown = use_outbox();
    let handed_over = use_handed_over(shown.clone());
    let carried = use_carried(shown.clone());
    let hand_over = hand_over(shown.clone());
    let county = use_site().county;
    let spaces = language.address(&county, "/spaces");
    let carry = language.address(&county, "/carry");
    view! {
        <Page title=texts.title place=Place::Mine>
            <Heading>{texts.title}</Heading>
            <p>{texts.what}</p>
            <noscript><p>{texts.without_scripts}</p></noscript>
            {move || list(shown.get(), &handed_over.read(), carried.get())}
            {hand_over}
            <p><a href=carry>{CarryTexts::of(language).title}</a></p>
            <p><a href=spaces>{SpacesTexts::of(language).title}</a></p>
        </Page>
    }
    .into_any()
}

fn list(shown: Shown, handed_over: &[CommandId], carried: CarriedHere) -> AnyView {
    let language = use_language();
    let texts = OutboxTexts::of(language);
    let storage = match shown.storage {
        Storage::Missing => Some(texts.no_storage),
        Storage::Newer => Some(texts.newer),
        Storage::Unknown | Storage::There => None,
    };
    let storage =
        storage.map(|what| view! { <Inset title=what kind=InsetKind::Warning>""</Inset> });
    let broken = (shown.damaged > 0).then(|| {
        let what = damaged(language, shown.damaged);
        view! { <Inset title=what kind=InsetKind::Warning><CallLink/></Inset> }
    });
    let waits = shown.waiting() + shown.media_waiting() > 0;
    let waits = waits.then(|| {
        let only_words = shown.closed_media == 0 && shown.items.iter().all(goes_without_a_page);
        view! {
            {truth(only_words)}
            <p class="row">{send_now(ButtonKind::Primary)}</p>
        }
    });
    let letters = shown.letters.saturating_sub(carried.letters);
    let letters = (letters > 0).then(|| view! { <p>{letters_wait(language, letters)}</p> });
    let CarriedHere {
        letters: of_others,
        media: theirs,
    } = carried;
    let carried = (of_others + theirs > 0)
        .then(|| view! { <p>{carried_wait(language, of_others, theirs)}</p> });
    let others = (shown.others > 0).then(|| view! { <p>{others_wait(language, shown.others)}</p> });
    let locked = (shown.locked > 0).then(|| view! { <p>{locked_wait(language, shown.locked)}</p> });
    let closed = closed_media(&shown, theirs);
    let elsewhere = shown.letters + shown.others + shown.locked;
    let media = shown.closed_media + shown.locked_media;
    let empty = shown.items.is_empty() && elsewhere + media == 0;
    let none = empty.then(|| {
        view! { <EmptyState title=texts.none><p>{texts.none_what}</p></EmptyState> }
    });
    // What needs its person first, then the newest.
    let mut items = shown.items;
    items.reverse();
    items.sort_by_key(|shown| !matches!(shown.item.standing, Standing::NeedsYou { .. }));
    let cards = items.into_iter().map(|shown| {
        let handed_over = handed_over.contains(&shown.item.id);
        card(shown, handed_over)
    });
    let cards = cards.collect_view();
    view! { {storage} {broken} {waits} {letters} {carried} {others} {locked} {closed} {none} {cards} }
        .into_any()
}

/// The photos and recordings of spaces that are not open; so many of those that go are carried for others.
pub(super) fn closed_media(shown: &Shown, carried: usize) -> AnyView {
    let language = use_language();
    let goes = shown.closed_media.saturating_sub(carried);
    let waits = shown.locked_media;
    let goes = (goes > 0).then(|| view! { <p>{media_go(language, goes)}</p> });
    let waits = (waits > 0).then(|| view! { <p>{media_locked(language, waits)}</p> });
    view! { {goes} {waits} }.into_any()
}

/// How far an item is, and what can be done. One that was handed over may be at the server from elsewhere.
pub(super) fn card(shown: ShownItem, handed_over: bool) -> AnyView {
    let language = use_language();
    let texts = OutboxTexts::of(language);
    let id = shown.item.id;
    let (state, word, what) = words(&shown, handed_over);
    let acts = match &shown.item.standing {
        Standing::NeedsYou { reason } => acts::sent_back(&shown.item, reason, Some(acts::words_of)),
        Standing::Kept => acts::discard(id),
        Standing::Tried | Standing::Delivered => {
            let already = match handed_over {
                true => CarryTexts::of(language).handed_already,
                false => texts.sent_already,
            };
            view! { <p class="mute">{already}</p> }.into_any()
        }
        Standing::Received { receipt } => acts::received(id, receipt, shown.following.here == 0),
    };
    let following = following(&shown);
    let title = acts::title(&shown.item);
    let needs = matches!(shown.item.standing, Standing::NeedsYou { .. });
    let written = needs.then(|| acts::written(&shown.item));
    view! {
        <div class="card">
            <div class="stack-close">
                <h2>{title}</h2>
                <p><StatusMark state word/></p>
                {(!what.is_empty()).then(|| view! { <p>{what}</p> })}
                {following}
                {written}
                <p class="mute">{texts.saved_at} " " {moment(language, shown.item.kept_at)}</p>
                {acts}
            </div>
        </div>
    }
    .into_any()
}

/// The photos and recordings that go with it: how many are still here, and what the server did not keep.
pub(super) fn following(shown: &ShownItem) -> AnyView {
    let language = use_language();
    let texts = MediaTexts::of(language);
    let Following {
        all,
        here,
        unsealed,
        refused,
    } = &shown.following;
    let unsealed = (*unsealed > 0).then(|| no_sealed_copy(language, *unsealed));
    let here = (*here > 0).then(|| match &shown.item.standing {
        Standing::Received { .. } => still_here(language, *here, *all),
        _ => format!("{} {}", with_it(language, *all), texts.follow),
    });
    let refused = refused.iter().map(|reason| {
        let why = attachments::why(*reason);
        view! { <p><StatusMark state=State::Overdue word=texts.refused/> " " {why} " " {texts.refused_what}</p> }
    });
    view! {
        {here.map(|here| view! { <p>{here}</p> })}
        {unsealed.map(|unsealed| view! { <p>{unsealed}</p> })}
        {refused.collect_view()}
    }
    .into_any()
}

pub(in crate::routes) fn words(
    shown: &ShownItem,
    handed_over: bool,
) -> (State, &'static str, String) {
    let language = use_language();
    let (texts, rungs) = (OutboxTexts::of(language), StateTexts::of(language));
    let (state, word, what) = match (&shown.item.standing, shown.doing) {
        (Standing::NeedsYou { reason }, _) => {
            return (State::Overdue, texts.needs_you, why(reason));
        }
        (Standing::Received { .. }, _) => (State::Answered, rungs.received, ""),
        (_, Doing::Sending) => (State::Waiting, rungs.sending, ""),
        (_, Doing::Behind) => (State::Waiting, rungs.saved_here, texts.behind),
        (Standing::Kept, _) => (State::Waiting, rungs.saved_here, texts.kept_what),
        (Standing::Tried | Standing::Delivered, _) => {
            (State::DueSoon, tried(handed_over), texts.tried_what)
        }
    };
    (state, word, what.to_owned())
}

/// What may be at the server: sent from here, or given to another phone.
pub(super) fn tried(handed_over: bool) -> &'static str {
    let language = use_language();
    match handed_over {
        true => CarryTexts::of(language).handed,
        false => OutboxTexts::of(language).tried,
    }
}

fn why(reason: &Reason) -> String {
    let language = use_language();
    let texts = OutboxTexts::of(language);
    match reason {
        Reason::Rejected {
            rejection: Rejection::Refused { refusal },
        } => return mistakes::refusal(refusal, language),
        Reason::Rejected { rejection } => match rejection {
            Rejection::SameIdOtherContent => texts.other_content,
            Rejection::Replaced { .. } => texts.replaced,
            Rejection::EarlierReceived { .. } => texts.earlier,
            Rejection::SignInNeeded | Rejection::NeedsYou => texts.sign_in,
            Rejection::TabletLost => texts.tablet_lost,
            Rejection::Unreadable { .. } | Rejection::Refused { .. } => texts.unreadable,
        },
        Reason::Conflict { .. } => texts.conflict,
        Reason::Trouble { .. } => texts.trouble,
    }
    .to_owned()
}

/// Whether all of it that is to go goes without a page too: no photos, and nothing that needs a code.
pub(super) fn goes_without_a_page(shown: &ShownItem) -> bool {
    let waits = shown.item.standing.is_waiting();
    shown.following.here == 0 && (!waits || shown.item.about.is_none())
}

/// What this browser can do by itself, and what it cannot (`people.md` 25). Without a page `only_words` go.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(unused_variables, reason = "only a browser knows what it can do")
)]
pub(super) fn truth(only_words: bool) -> AnyView {
    let texts = OutboxTexts::of(use_language());
    let in_app = RwSignal::new(false);
    let by_itself = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    let agreed = crate::repository::sends_by_itself();
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        by_itself.set(agreed.get() && only_words);
        let agent = window().navigator().user_agent().unwrap_or_default();
        in_app.set(agent.contains("MicroMessenger"));
    });
    view! {
        <p>
            {move || match by_itself.get() {
                true => texts.by_itself,
                false => texts.open_again,
            }}
        </p>
        {move || in_app.get().then(|| view! { <p><strong>{texts.in_app}</strong></p> })}
    }
    .into_any()
}

pub(super) fn send_now(kind: ButtonKind) -> AnyView {
    let texts = OutboxTexts::of(use_language());
    let class = match kind {
        ButtonKind::Primary => "button",
        ButtonKind::Secondary | ButtonKind::Danger => "button secondary",
    };
    view! { <button class=class on:click=move |_| acts::send()>{texts.send_now}</button> }
        .into_any()
}

#[cfg(feature = "hydrate")]
pub(super) use acts::open;
#[cfg(feature = "hydrate")]
pub(in crate::routes) use acts::{discard, sent_back};

/// Reads from a command what its person wrote.
pub(in crate::routes) type Words = fn(&serde_json::Value) -> String;

#[cfg(not(feature = "hydrate"))]
mod acts {
    use domain::{ids::CommandId, receipt::Receipt};
    use leptos::prelude::*;
    use serde_json::Value;
    use sync::outbox::{Item, Reason};

    use super::Words;

    pub fn send() {}

    pub fn title(_item: &Item) -> AnyView {
        ().into_any()
    }

    pub fn written(_item: &Item) -> AnyView {
        ().into_any()
    }

    pub fn sent_back(_: &Item, _: &Reason, _: Option<Words>) -> AnyView {
        ().into_any()
    }

    pub fn words_of(_command: &Value) -> String {
        String::new()
    }

    pub fn discard(_id: CommandId) -> AnyView {
        ().into_any()
    }

    pub fn received(_id: CommandId, _receipt: &Receipt, _whole: bool) -> AnyView {
        ().into_any()
    }
}

#[cfg(feature = "hydrate")]
pub(super) mod acts;
