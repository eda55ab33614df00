//! One's own registrations and matters as this device knows them.

use device::{Device, Shelf};
use domain::{ids::CommandId, receipt::Receipt};
use serde::{Deserialize, Serialize};
use sync::outbox::Item;
use wasm_bindgen::JsValue;
use web_sys::{Headers, RequestInit, RequestRedirect};

use super::{
    outbox::{Unsent, driver},
    remote::{self, fetch, now},
    words,
};

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
    pub received_at: chrono::DateTime<chrono::Utc>,
    /// The matters born of it, as far as this device has seen.
    #[serde(default)]
    pub cases: Vec<String>,
    /// What it looked like when it was seen last: a [`sync::view::Mine`], as it was sent. Read where it is
    /// shown, so that a page which only sends need not know its many types.
    #[serde(default)]
    pub seen: Option<String>,
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
    let value: serde_json::Value = serde_json::from_str(&mine).ok()?;
    let id = ["/slip/registration", "/filed/case"].into_iter();
    let mut id = id.filter_map(|place| value.pointer(place)?.as_str());
    let id = id.next()?.to_owned();
    if let Some(device) = device().await
        && let Ok(Some(json)) = device.get(Shelf::Own, &id).await
        && let Ok(mut own) = serde_json::from_str::<Own>(&json)
    {
        let cases = value.get("cases").and_then(|cases| cases.as_array());
        let cases = cases.into_iter().flatten();
        let cases = cases.filter_map(|row| Some(row.get("case")?.as_str()?.to_owned()));
        own.cases = cases.collect();
        own.seen = Some(mine);
        if let Ok(json) = serde_json::to_string(&own) {
            let _ = device.put(Shelf::Own, &id, &json).await;
        }
    }
    Some(id)
}

/// Takes one away with everything this device keeps of it, also photos that did not go yet: the words
/// beside the button say so.
pub async fn forget(own: &Own) {
    let Some(driver) = driver() else { return };
    let Ok(device) = driver.device().await else {
        return;
    };
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
    if let Ok(id) = own.id.parse() {
        let _ = driver.put_away(CommandId(id), Unsent::GoesToo).await;
    }
}

/// Opens a reading session with the code this device keeps. False without a network, or when the code
/// was replaced.
pub async fn open(own: &Own, county: &str) -> bool {
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_redirect(RequestRedirect::Manual);
    let body = format!("code={}&pin={}", encoded(&own.code), encoded(&own.pin));
    request.set_body(&JsValue::from_str(&body));
    if let Ok(headers) = Headers::new() {
        let _ = headers.set("content-type", "application/x-www-form-urlencoded");
        request.set_headers(&headers);
    }
    if fetch(&format!("/{county}/follow"), &request)
        .await
        .is_none()
    {
        return false;
    }
    // Where the answer leads is hidden from scripts: what it opened is asked for.
    match remote::ask_text(county, "mine").await {
        Ok(mine) => see(mine).await.as_ref() == Some(&own.id),
        Err(_) => false,
    }
}

async fn device() -> Option<Device> {
    driver()?.device().await.ok()
}

/// Keeps the code that a receipt brought. The four digits are those of the envelope.
pub(super) async fn keep(device: &Device, item: &Item, receipt: &Receipt) {
    let code = match receipt {
        Receipt::Registered { code, .. } => Some(code),
        Receipt::Filed { code, .. } => code.as_ref(),
        _ => None,
    };
    let Some(code) = code else { return };
    let Ok(Some(content)) = device.content(item.id).await else {
        return;
    };
    let content: serde_json::Value = serde_json::from_str(&content).unwrap_or_default();
    let pin = content.pointer("/command/filing/second_factor");
    let own = Own {
        id: item.id.to_string(),
        code: code_text(code),
        pin: pin
            .and_then(|pin| pin.as_str())
            .unwrap_or_default()
            .to_owned(),
        receipt: receipt.clone(),
        received_at: now(),
        cases: Vec::new(),
        seen: None,
    };
    if let Ok(json) = serde_json::to_string(&own) {
        let _ = device.put_with(item.id, Shelf::Own, &own.id, &json).await;
    }
}

fn code_text(code: &domain::code::AccessCode) -> String {
    match code {
        domain::code::AccessCode::Short(code) => code.as_str().to_owned(),
        domain::code::AccessCode::Sealed(code) => code.as_str().to_owned(),
    }
}
