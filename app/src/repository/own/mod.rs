//! One's own registrations and matters as this device knows them.

pub(super) mod feed;

use std::{cell::RefCell, collections::HashSet, time::Duration};

use chrono::{DateTime, Utc};
use device::{Device, Shelf, Trouble};
use domain::{ids::CommandId, receipt::Receipt};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sync::{ReadProblem, outbox::Item};
use wasm_bindgen::JsValue;
use web_sys::{Headers, RequestInit, RequestRedirect};

use super::{
    outbox::{Unsent, driver, with_room},
    patience::Patience,
    remote::{self, NO_CONTENT, fetch, now},
    words,
};

/// For one small question, on a second-generation network.
const PATIENCE: Duration = Duration::from_secs(20);
/// The status that says that a code does not open.
const FORBIDDEN: u16 = 403;
/// That which says that none is looked at now.
const TOO_MANY: u16 = 429;

thread_local! {
    /// What was taken away in this page: an answer that was on its way does not bring it back.
    static GONE: RefCell<HashSet<String>> = RefCell::default();
}

/// What opens a registration or a matter that was sent from this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// The command's id: the registration's or the matter's too.
    pub id: String,
    /// The short code.
    pub code: String,
    /// The four digits.
    pub pin: String,
    /// What the server answered.
    pub receipt: Receipt,
    /// When the answer came, by the device's clock.
    pub received_at: DateTime<Utc>,
    /// The matters born of it, as far as this device has seen.
    #[serde(default)]
    pub cases: Vec<String>,
    /// What it looked like when it was seen last: a [`sync::view::Mine`], as it was sent. Read where it is
    /// shown, so that a page which only sends need not know its many types.
    #[serde(default)]
    pub seen: Option<String>,
    /// The code opens nothing any more, as far as the server has said. What was seen stays.
    #[serde(default)]
    pub closed: bool,
}

/// What came of opening one with the code this device keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    Opened,
    /// The code was replaced, or never opened anything.
    Refused,
    /// Too many were tried: it is looked at later.
    Later,
    /// There is no network, or it is not ours.
    Unreachable,
}

/// Those of this device, newest first.
pub async fn all() -> Vec<Own> {
    let Some(device) = device().await else {
        return Vec::new();
    };
    let all = device.all(Shelf::Own).await.unwrap_or_default();
    let own = all.into_iter();
    let mut own: Vec<Own> = own
        .filter_map(|own| serde_json::from_str(&own.content).ok())
        .collect();
    own.sort_by_key(|own| std::cmp::Reverse(own.received_at));
    own
}

/// Whether a matter is one of this device's: only then what it says stays here. A code that was typed
/// on a borrowed phone leaves nothing.
pub(super) async fn knows(case: &str) -> bool {
    all().await.iter().any(|own| own.is_about(case))
}

/// What opens the registration or matter with this id, where this device has it.
pub(super) async fn opens(about: &str) -> Option<sync::letter::Opens> {
    let own = all().await.into_iter().find(|own| own.is_about(about))?;
    Some(sync::letter::Opens {
        code: own.code,
        pin: own.pin,
    })
}

impl Own {
    /// Whether it is this registration or matter, or a matter born of it.
    pub(super) fn is_about(&self, id: &str) -> bool {
        self.id == id || self.cases.iter().any(|known| known == id)
    }
}

/// Keeps what a code opened (a [`sync::view::Mine`]), where it was sent from this device. Gives the id of
/// the registration or matter it is of.
pub async fn see(mine: String) -> Option<String> {
    let value: Value = serde_json::from_str(&mine).ok()?;
    let id = ["/slip/registration", "/filed/case"].into_iter();
    let mut id = id.filter_map(|place| value.pointer(place)?.as_str());
    let id = id.next()?.to_owned();
    if let Some(device) = device().await {
        keep_seen(&device, &id, &value).await;
    }
    Some(id)
}

/// Whether what a code opened is kept. Not where it was sent from elsewhere, or nothing more fits.
async fn keep_seen(device: &Device, id: &str, mine: &Value) -> bool {
    let Some(mut own) = kept(device, id).await else {
        return false;
    };
    if is_older(&mine.to_string(), own.seen.as_deref()) {
        return true;
    }
    let cases = mine.get("cases").and_then(Value::as_array);
    let cases = cases.into_iter().flatten();
    let cases = cases.filter_map(|row| Some(row.get("case")?.as_str()?.to_owned()));
    own.cases = cases.collect();
    own.seen = Some(mine.to_string());
    own.closed = false;
    store(device, &own).await
}

/// Its code opens nothing any more. What was seen stays, and it is not asked for by itself again: each time
/// would count as a wrong try.
async fn close(device: &Device, id: &str) {
    if let Some(mut own) = kept(device, id).await {
        own.closed = true;
        store(device, &own).await;
    }
}

async fn kept(device: &Device, id: &str) -> Option<Own> {
    let json = device.get(Shelf::Own, id).await.ok()??;
    serde_json::from_str(&json).ok()
}

async fn store(device: &Device, own: &Own) -> bool {
    let Ok(json) = serde_json::to_string(own) else {
        return false;
    };
    let stored = device.put(Shelf::Own, &own.id, &json).await.is_ok();
    if is_gone(&own.id) {
        let _ = device.remove(Shelf::Own, &own.id).await;
        return false;
    }
    stored
}

fn is_gone(id: &str) -> bool {
    GONE.with_borrow(|gone| gone.contains(id))
}

/// Whether a view is of before another that is known: nobody sees a matter go back in time.
pub(super) fn is_older(view: &str, known: Option<&str>) -> bool {
    let of = |view: &str| as_of(&serde_json::from_str(view).ok()?);
    known
        .and_then(of)
        .zip(of(view))
        .is_some_and(|(known, at)| at < known)
}

fn as_of(view: &Value) -> Option<DateTime<Utc>> {
    serde_json::from_value(view.get("as_of")?.clone()).ok()
}

/// Takes one away with everything this device keeps of it, also photos that did not go yet: the words
/// beside the button say so.
pub async fn forget(own: &Own) {
    let Some(driver) = driver() else { return };
    let Ok(device) = driver.device().await else {
        return;
    };
    GONE.with_borrow_mut(|gone| gone.insert(own.id.clone()));
    let _ = device.remove(Shelf::Own, &own.id).await;
    for case in own.cases.iter().chain([&own.id]) {
        for field in ["note", "answer"] {
            words::keep(case, field, "").await;
        }
        let _ = device
            .remove(Shelf::Views, &format!("mine/cases/{case}"))
            .await;
    }
    let _ = device.remove(Shelf::Drafts, &own.id).await;
    feed::forget(&device).await;
    if let Ok(id) = own.id.parse() {
        let _ = driver.put_away(CommandId(id), Unsent::GoesToo).await;
    }
}

/// Opens a reading session with the code this device keeps.
pub async fn open(own: &Own, county: &str) -> Opening {
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_redirect(RequestRedirect::Manual);
    let body = format!("code={}&pin={}", encoded(&own.code), encoded(&own.pin));
    request.set_body(&JsValue::from_str(&body));
    if let Ok(headers) = Headers::new() {
        let _ = headers.set("content-type", "application/x-www-form-urlencoded");
        // The status tells what became of it.
        let _ = headers.set("accept", "application/json");
        request.set_headers(&headers);
    }
    let over = Patience::new(PATIENCE);
    if let Some(over) = &over {
        request.set_signal(Some(&over.signal()));
    }
    let answer = fetch(&format!("/{county}/follow"), &request).await;
    match answer.map(|answer| answer.status()) {
        // A server of the build before leads on, hidden from scripts: what it opened is asked for.
        Some(NO_CONTENT | 0) => {}
        Some(FORBIDDEN) => {
            if let Some(device) = device().await {
                close(&device, &own.id).await;
            }
            return Opening::Refused;
        }
        Some(TOO_MANY) => return Opening::Later,
        // The server is busy, or a portal has answered.
        _ => return Opening::Unreachable,
    }
    match remote::ask_text(county, "mine").await {
        Ok(mine) => match see(mine).await {
            Some(id) if id == own.id => Opening::Opened,
            // What another code had opened before.
            Some(_) => Opening::Refused,
            // A portal's page.
            None => Opening::Unreachable,
        },
        Err(ReadProblem::NotOpened) => Opening::Refused,
        Err(_) => Opening::Unreachable,
    }
}

async fn device() -> Option<Device> {
    driver()?.device().await.ok()
}

/// Keeps the code that a receipt brought. The four digits are those of the envelope. A receipt that comes once more
/// takes nothing away from what was seen since.
///
/// # Errors
/// It could not be kept, and the receipt must not take the place of the item.
pub(super) async fn keep(device: &Device, item: &Item, receipt: &Receipt) -> Result<(), Trouble> {
    let code = match receipt {
        Receipt::Registered { code, .. } => Some(code),
        Receipt::Filed { code, .. } => code.as_ref(),
        _ => None,
    };
    let Some(code) = code else { return Ok(()) };
    let id = item.id.to_string();
    let content = device.content(item.id).await?.unwrap_or_default();
    let content: Value = serde_json::from_str(&content).unwrap_or_default();
    let pin = content.pointer("/command/filing/second_factor");
    let fresh = Own {
        id: id.clone(),
        code: code_text(code),
        pin: pin
            .and_then(|pin| pin.as_str())
            .unwrap_or_default()
            .to_owned(),
        receipt: receipt.clone(),
        received_at: now(),
        cases: Vec::new(),
        seen: None,
        closed: false,
    };
    let known = device.get(Shelf::Own, &id).await.ok().flatten();
    let known = known.and_then(|known| serde_json::from_str::<Own>(&known).ok());
    let own = match known.filter(|known| known.code == fresh.code) {
        Some(known) => Own {
            receipt: fresh.receipt,
            ..known
        },
        None => fresh,
    };
    let json = serde_json::to_string(&own).map_err(|error| Trouble::Failed(error.to_string()))?;
    let put = async || device.put_with(item.id, Shelf::Own, &id, &json).await;
    with_room(device, put).await?;
    feed::look();
    Ok(())
}

fn code_text(code: &domain::code::AccessCode) -> String {
    match code {
        domain::code::AccessCode::Short(code) => code.as_str().to_owned(),
        domain::code::AccessCode::Sealed(code) => code.as_str().to_owned(),
    }
}
