//! What only a browser can do: nothing of this is on the server's page.

use domain::{ids::CommandId, receipt::Receipt, refusal::Refusal};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;
use sync::{
    Rejection,
    outbox::{Item, Reason},
};

use super::{Words, why};
use crate::{
    components::*,
    i18n::{
        citizen::{AccessTexts, OutboxTexts},
        use_language,
    },
    repository::{Drafts, driver, own, words},
    routes::citizen::{hand_over::save_words, here::Going, slip::written_code},
};

pub fn send() {
    if let Some(driver) = driver() {
        driver.send_now();
    }
}

/// Opens what an item became with the code this device keeps.
pub async fn open(id: &str, county: &str) -> bool {
    let own = own::all().await.into_iter().find(|own| own.id == id);
    match own {
        Some(own) => own::open(&own, county).await == own::Opening::Opened,
        None => false,
    }
}

/// What it is, in words of the person: read from what it says.
pub fn title(item: &Item) -> AnyView {
    let texts = OutboxTexts::of(use_language());
    said(item.id, move |command| {
        let kind = command.get("command").and_then(Value::as_str);
        let word = match kind {
            Some("register") => texts.registration,
            Some("file") => texts.matter,
            Some("withdraw_case") => texts.withdrawal,
            Some("cancel_registration") => texts.cancellation,
            Some("acknowledge_reply") => texts.acknowledgement,
            Some("answer_issue") => texts.opinion,
            Some("grant_access") => texts.letting_in,
            Some("revoke_access") => texts.taking_back,
            Some(_) => texts.note,
            None => texts.office_act,
        };
        word.to_owned()
    })
}

/// What the person wrote: it can be read and copied, whatever becomes of it.
pub fn written(item: &Item) -> AnyView {
    let text = said(item.id, words_of);
    view! { <p class="written">{text}</p> }.into_any()
}

pub fn words_of(command: &Value) -> String {
    let places = ["/text", "/filing/statement/0/text"].into_iter();
    let mut texts = places.filter_map(|place| command.pointer(place)?.as_str());
    texts.next().unwrap_or_default().to_owned()
}

/// Something that is read from an item's command, which is opened behind.
fn said(id: CommandId, read: impl Fn(&Value) -> String + 'static) -> AnyView {
    let text = RwSignal::new(String::new());
    spawn_local(async move {
        if let Some(command) = command(id).await {
            let _ = text.try_set(read(&command));
        }
    });
    view! { {move || text.get()} }.into_any()
}

pub async fn command(id: CommandId) -> Option<Value> {
    let device = driver()?.device().await.ok()?;
    let content = device.content(id).await.ok()??;
    let mut content: Value = serde_json::from_str(&content).ok()?;
    content.get_mut("command").map(Value::take)
}

/// `words` reads what its person wrote, where that may be saved as a file.
pub fn sent_back(item: &Item, reason: &Reason, words: Option<Words>) -> AnyView {
    let id = item.id;
    let texts = OutboxTexts::of(use_language());
    let again = reason.may_be_repeated().then(|| {
        let again = move |_| {
            spawn_local(async move {
                if let Some(driver) = driver() {
                    let _ = driver.again(id).await;
                }
            });
        };
        view! { <button class="button" on:click=again>{texts.again}</button> }
    });
    view! {
        <p class="row">{again} {reason.may_be_made_anew().then(|| edit(id, reason))} {words.map(|words| save_words(item, why(reason), words))}</p>
        {discard(id)}
    }
    .into_any()
}

/// Where what was sent back can be put right.
#[derive(Clone)]
enum Place {
    /// In the wizard, with everything that was filled in there.
    Wizard,
    /// Among one's own matters, in the field it was written in.
    Field {
        case: String,
        field: &'static str,
        text: String,
    },
}

async fn place_of(id: CommandId) -> Option<Place> {
    if Drafts::here().await?.of(&id.to_string()).await.is_some() {
        return Some(Place::Wizard);
    }
    let command = command(id).await?;
    let part = |name: &str| Some(command.get(name)?.as_str()?.to_owned());
    let field = match part("command")?.as_str() {
        "add_note" => "note",
        "answer_question" => "answer",
        _ => return None,
    };
    Some(Place::Field {
        case: part("case")?,
        field,
        text: part("text")?,
    })
}

/// As a new one under a new id.
fn edit(id: CommandId, reason: &Reason) -> AnyView {
    let texts = OutboxTexts::of(use_language());
    let going = Going::here();
    let refused = match reason {
        Reason::Rejected {
            rejection: Rejection::Refused { refusal },
        } => Some(refusal.clone()),
        _ => None,
    };
    let (place, full) = (RwSignal::new(None), RwSignal::new(false));
    spawn_local(async move {
        let _ = place.try_set(place_of(id).await);
    });
    let edit = move |_| {
        let (going, refused) = (going.clone(), refused.clone());
        let Some(place) = place.get_untracked() else {
            return;
        };
        spawn_local(async move {
            match begin_again(id, place, refused).await {
                Some(address) => going.to(&address),
                None => {
                    let _ = full.try_set(true);
                }
            }
        });
    };
    view! {
        {move || {
            let edit = edit.clone();
            place
                .read()
                .is_some()
                .then(|| view! { <button class="button" on:click=edit>{texts.edit}</button> })
        }}
        <span role="status">{move || full.get().then_some(texts.no_room_to_edit)}</span>
    }
    .into_any()
}

/// Where it goes on; none where there is no room for it: then it stays as it was sent back.
async fn begin_again(id: CommandId, place: Place, refused: Option<Refusal>) -> Option<String> {
    let drafts = Drafts::here().await?;
    let address = match place {
        Place::Wizard => {
            let draft = drafts.of(&id.to_string()).await?;
            drafts.begin_again(draft, refused).await.ok()?;
            "/register/check".to_owned()
        }
        Place::Field { case, field, text } => {
            words::put_back(&case, field, &text, id).await.ok()?;
            format!("/mine/cases/{case}")
        }
    };
    // What is sent anew takes its place.
    if let Some(driver) = driver() {
        let _ = driver.discard(id).await;
    }
    drafts.remove(id).await;
    Some(address)
}

pub fn discard(id: CommandId) -> AnyView {
    let texts = OutboxTexts::of(use_language());
    view! {
        <Details summary=texts.discard>
            <p>{texts.discard_what}</p>
            <p><button class="button danger" on:click=move |_| take_away(id)>{texts.discard_yes}</button></p>
        </Details>
    }
    .into_any()
}

/// One of which photos are still here stays: it opens their way.
pub fn received(id: CommandId, receipt: &Receipt, whole: bool) -> AnyView {
    let language = use_language();
    let texts = OutboxTexts::of(language);
    // An act has no slip: what it was about shows it.
    let (see, word) = match receipt {
        Receipt::Registered { .. } | Receipt::Filed { .. } => (format!("/sent/{id}"), texts.slip),
        Receipt::Case { case } | Receipt::Reply { case, .. } if is_office() => {
            (format!("/office/cases/{case}"), texts.latest)
        }
        Receipt::Case { case } => (format!("/mine/cases/{case}"), texts.latest),
        _ => ("/mine".to_owned(), texts.latest),
    };
    let see = language.address(&use_site().county, &see);
    let code = match receipt {
        Receipt::Granted { code, .. } => Some(view! {
            <p>{AccessTexts::of(language).code}</p>
            <p data-size="40"><CodeDisplay code=written_code(code)/></p>
            <p>{texts.let_in_code}</p>
        }),
        _ => None,
    };
    view! {
        {code}
        <p class="row">
            <LinkButton href=see kind=ButtonKind::Secondary>{word}</LinkButton>
            {whole.then(|| {
                view! {
                    <button class="button secondary" on:click=move |_| take_away(id)>{texts.put_away}</button>
                }
            })}
        </p>
    }
    .into_any()
}

fn is_office() -> bool {
    driver().is_some_and(|driver| driver.shown().read_untracked().office)
}

fn take_away(id: CommandId) {
    spawn_local(async move {
        let Some(driver) = driver() else { return };
        if let Ok(Ok(())) = driver.discard(id).await
            && let Some(drafts) = Drafts::here().await
        {
            drafts.remove(id).await;
        }
    });
}
