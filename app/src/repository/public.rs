//! What everybody may read, kept on the device for a time without a network, and brought up to date by what
//! the server says has changed.

use std::cell::Cell;

use chrono::{DateTime, Utc};
use device::{Device, Shelf};
use serde_json::Value;
use sync::{
    ReadProblem,
    view::{ChangedKind, Changes},
};
use web_sys::RequestInit;

use super::{
    outbox::driver,
    remote,
    seen::{device, has_renewed, keep},
};

/// When this was done last, by the device's clock.
const LOOKED: &str = "public";
const LOOK_AFTER_MS: f64 = 3_600_000.0;
/// When everything was fetched last: what a page says of days and places grows old without a change.
const WHOLE: &str = "public/whole";
const WHOLE_AFTER_MS: f64 = 86_400_000.0;
/// When the list of villages came: beside it, and gone with it.
const DIVISIONS_AT: &str = "divisions/at";
/// How far the changes are known.
const CURSOR: &str = "public/cursor";
/// Which of the server's databases knows what was sent from here. Among one's own screens: each space has its own.
const EPOCH: &str = device::EPOCH;
/// Of notices and of matters, so many are there to be read though nobody has opened them.
const PAGES_AHEAD: usize = 20;

const JUST_MS: f64 = 5_000.0;

thread_local! {
    /// When this page asked last, by the device's clock.
    static ASKED: Cell<f64> = const { Cell::new(0.0) };
}

/// Brings it up to date, at most once an hour.
pub async fn fetch_public(county: String) {
    let Some(device) = device().await else { return };
    if !is_younger(&device, LOOKED, LOOK_AFTER_MS).await && !has_just_asked() {
        bring_up_to_date(&device, &county).await;
    }
}

/// The server says that something has changed.
pub(super) async fn changed(county: &str) {
    if let Some(device) = device().await {
        bring_up_to_date(&device, county).await;
    }
}

/// Whether this page asks for what has changed, or did a moment ago.
pub(super) fn has_just_asked() -> bool {
    js_sys::Date::now() - ASKED.get() < JUST_MS
}

async fn bring_up_to_date(device: &Device, county: &str) {
    ASKED.set(js_sys::Date::now());
    if fetched(device, county).await.is_ok() {
        note(device, LOOKED, &js_sys::Date::now().to_string()).await;
    }
}

async fn fetched(device: &Device, county: &str) -> Result<(), ReadProblem> {
    let since = noted(device, CURSOR).await.unwrap_or_default();
    // Asked before anything is fetched: what changes meanwhile is told the next time.
    let told = changes(county, &since).await?;
    let old = !is_younger(device, WHOLE, WHOLE_AFTER_MS).await;
    let strange = told.changed.iter().any(|it| it.kind == ChangedKind::Other);
    if told.afresh || told.more || strange || old {
        whole(county).await?;
        note(device, WHOLE, &js_sys::Date::now().to_string()).await;
    } else {
        anew(county, &told).await?;
    }
    if told.afresh && !since.is_empty() {
        // Also where the database went back and kept its name.
        has_been_offered(device, "").await;
    }
    note(device, CURSOR, &told.next).await;
    if let Some(driver) = driver() {
        driver.look_whether_restored();
    }
    Ok(())
}

/// Whether the server's database was restored from a copy since what is open here was offered to it, and what it
/// is called now. The first that is known of is the one that has everything.
pub(super) async fn restored(device: &Device) -> Option<String> {
    let cursor = noted(device, CURSOR).await?;
    let (now, _) = cursor.split_once('.')?;
    match device.get(Shelf::Views, EPOCH).await.ok()? {
        Some(known) if known == now => None,
        Some(_) => Some(now.to_owned()),
        None => {
            has_been_offered(device, now).await;
            None
        }
    }
}

pub(super) async fn has_been_offered(device: &Device, epoch: &str) {
    let _ = device.put(Shelf::Views, EPOCH, epoch).await;
}

/// The front page, the notices that are open or to come, the public matters, and what a registration is
/// filled in from.
async fn whole(county: &str) -> Result<(), ReadProblem> {
    fetch(county, "home").await?;
    let notices = fetch(county, "notices").await?;
    for path in ["choices", "divisions"] {
        fetch(county, path).await?;
    }
    let matters = fetch(county, "matters").await?;
    keep_letter_key(county).await?;
    pages_of(county, "notices", &notices["upcoming"], "visit").await?;
    pages_of(county, "matters", &matters["rows"], "matter").await
}

/// The pages a list leads to, from its top. Only the ids are looked at: the screens' types stay with the
/// screens.
async fn pages_of(county: &str, list: &str, rows: &Value, id: &str) -> Result<(), ReadProblem> {
    let rows = rows.as_array().into_iter().flatten();
    let ids = rows.filter_map(|row| row[id].as_str());
    for id in ids.take(PAGES_AHEAD) {
        match fetch(county, &format!("{list}/{id}")).await {
            // Taken back since.
            Ok(_) | Err(ReadProblem::NotFound) => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(())
}

/// What is closed for the server can go while nobody can read it here.
async fn keep_letter_key(county: &str) -> Result<(), ReadProblem> {
    let key = remote::ask_text(county, "letter-key").await?;
    let device = device().await.ok_or(ReadProblem::Unreachable)?;
    let kept = device.keep_letter_key(&key).await;
    kept.map_err(|_| ReadProblem::Unreachable)
}

/// What has changed, and the lists it is in.
async fn anew(county: &str, told: &Changes) -> Result<(), ReadProblem> {
    let mut paths = Vec::new();
    for changed in &told.changed {
        let list = match changed.kind {
            ChangedKind::Visit => "notices",
            ChangedKind::Matter => "matters",
            ChangedKind::Other => continue,
        };
        paths.extend(["home".to_owned(), list.to_owned()]);
        paths.push(format!("{list}/{}", changed.id));
    }
    paths.sort();
    paths.dedup();
    for path in &paths {
        match fetch(county, path).await {
            // Taken back: the page says so when it is opened.
            Ok(_) | Err(ReadProblem::NotFound) => {}
            Err(problem) => return Err(problem),
        }
    }
    has_renewed(paths);
    Ok(())
}

/// When the list of villages was fetched, by the device's clock: the list itself does not say.
pub async fn divisions_at() -> Option<DateTime<Utc>> {
    let at = device()
        .await?
        .get(Shelf::Views, DIVISIONS_AT)
        .await
        .ok()??;
    DateTime::from_timestamp_millis(at.parse::<f64>().ok()? as i64)
}

pub(super) async fn divisions_came(device: &Device) {
    let now = js_sys::Date::now().to_string();
    let _ = device.put(Shelf::Views, DIVISIONS_AT, &now).await;
}

async fn fetch(county: &str, path: &str) -> Result<Value, ReadProblem> {
    let fresh = remote::ask_text(county, path).await?;
    let value = serde_json::from_str(&fresh).map_err(|_| ReadProblem::Unreachable)?;
    // On a full phone nothing is noted as kept: what changed is asked for again.
    match keep(path, &fresh).await {
        true => Ok(value),
        false => Err(ReadProblem::Unreachable),
    }
}

/// What has changed since then. A server of this build says nothing when nothing has; one of the build
/// before says so.
async fn changes(county: &str, since: &str) -> Result<Changes, ReadProblem> {
    let path = match since {
        "" => "changes".to_owned(),
        since => format!("changes?since={since}&quiet=true"),
    };
    match remote::ask_news(&RequestInit::new(), county, &path).await? {
        Some(told) => serde_json::from_str(&told).map_err(|_| ReadProblem::Unreachable),
        None => Ok(Changes::nothing_new(since)),
    }
}

/// A clock that was set back does not stop it for ever.
async fn is_younger(device: &Device, name: &str, than_ms: f64) -> bool {
    let at = noted(device, name).await;
    let at = at.and_then(|at| at.parse::<f64>().ok());
    at.is_some_and(|at| (at..at + than_ms).contains(&js_sys::Date::now()))
}

async fn noted(device: &Device, name: &str) -> Option<String> {
    device.get(Shelf::Cursors, name).await.ok()?
}

async fn note(device: &Device, name: &str, what: &str) {
    let _ = device.put(Shelf::Cursors, name, what).await;
}
