//! Photos and recordings of what is being filled in: taken, made small, kept on this device.

use device::{Device, Trouble};
use domain::{
    attachment::AttachmentKind,
    ids::{AttachmentId, CommandId},
};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use sync::upload::{Medium, MediumPlace};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, Url};

use super::{
    outbox::driver,
    remote::{fresh_id, now},
};

/// Why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMedium {
    NotAnImage,
    /// A photo this phone can neither show nor turn into another kind.
    Heic,
    Damaged,
    TooLarge,
    /// The device is full.
    NoRoom,
    NoMicrophone,
    /// The person, or a setting, does not let this site listen.
    NotAllowed,
    /// This browser cannot do it.
    Unsupported,
}

/// A recording that is going on.
pub struct Recording {
    stop: Function,
    ended: Promise,
}

thread_local! {
    static CHANGES: ArcRwSignal<u32> = ArcRwSignal::new(0);
    /// How much is being made in this page, whichever step of the wizard has begun it.
    static MAKING: ArcRwSignal<usize> = ArcRwSignal::new(0);
}

/// Something is being made as long as this is there: what it goes with is not sent before.
pub struct Making(());

impl Making {
    pub fn begin() -> Self {
        MAKING.with(|making| making.update(|count| *count += 1));
        Self(())
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        MAKING.with(|making| making.update(|count| *count -= 1));
    }
}

/// How much is being made.
pub fn making() -> ArcReadSignal<usize> {
    MAKING.with(|making| making.read_only())
}

/// Counts up when some came that another page had begun to make.
pub fn changes() -> ArcReadSignal<u32> {
    CHANGES.with(|changes| changes.read_only())
}

/// Some came.
pub fn has_changed() {
    CHANGES.with(|changes| changes.update(|count| *count += 1));
}

/// What a command's filing will name, oldest first.
pub async fn of(command: CommandId) -> Vec<Medium> {
    known_of(command).await.unwrap_or_default()
}

/// As [`of`]; none where it cannot be read now.
pub async fn known_of(command: CommandId) -> Option<Vec<Medium>> {
    let media = device().await?.media().await.ok()?.into_iter();
    Some(media.filter(|medium| medium.of == command).collect())
}

/// Makes a photo small, without what it says beside the picture, and keeps it.
///
/// # Errors
/// Why nothing was kept.
pub async fn add_photo(of: CommandId, file: File) -> Result<(), NoMedium> {
    let made = call("photo", &file).await?;
    keep(of, AttachmentKind::Image, bytes(&made)?).await
}

/// Whether this browser knows microphones at all.
pub fn can_record() -> bool {
    let knows =
        |of: &JsValue, name: &str| Reflect::get(of, &name.into()).is_ok_and(|it| it.is_truthy());
    knows(&window(), "MediaRecorder") && knows(&window().navigator(), "mediaDevices")
}

/// Begins to record, three minutes at most.
///
/// # Errors
/// Why it cannot.
pub async fn record() -> Result<Recording, NoMedium> {
    let begun = call("voice", &JsValue::UNDEFINED).await?;
    let part = |name: &str| Reflect::get(&begun, &name.into()).unwrap_or_default();
    if let Some(problem) = problem(&begun) {
        return Err(problem);
    }
    let stop = part("stop").dyn_into();
    let ended = part("ended").dyn_into();
    match (stop, ended) {
        (Ok(stop), Ok(ended)) => Ok(Recording { stop, ended }),
        _ => Err(NoMedium::Unsupported),
    }
}

impl Recording {
    /// Ends it.
    pub fn stop(&self) {
        let _ = self.stop.call0(&JsValue::UNDEFINED);
    }

    /// Waits until it is ended, and keeps it.
    ///
    /// # Errors
    /// Why nothing was kept.
    pub async fn keep(ended: Promise, of: CommandId) -> Result<(), NoMedium> {
        let made = JsFuture::from(ended).await;
        let made = made.map_err(|_| NoMedium::NoMicrophone)?;
        keep(of, AttachmentKind::Audio, bytes(&made)?).await
    }

    /// Is kept when it is over.
    pub fn ended(&self) -> Promise {
        self.ended.clone()
    }
}

/// Takes one away.
pub async fn remove(attachment: AttachmentId) {
    if let Some(device) = device().await {
        let _ = device
            .remove_media(|medium| medium.attachment == attachment)
            .await;
    }
}

/// An address at which this page can show it, until [`let_go`].
pub async fn address(medium: &Medium) -> Option<String> {
    let bytes = device().await?.medium_bytes(medium.attachment).await;
    let bytes = Uint8Array::from(bytes.ok()??.as_slice());
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&bytes)).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// The bytes behind an address are no longer needed.
pub fn let_go(address: &str) {
    let _ = Url::revoke_object_url(address);
}

async fn keep(of: CommandId, kind: AttachmentKind, bytes: Vec<u8>) -> Result<(), NoMedium> {
    let device = device().await.ok_or(NoMedium::Unsupported)?;
    let id = fresh_id().ok_or(NoMedium::Unsupported)?;
    let medium = Medium {
        attachment: AttachmentId(id.0),
        of,
        kind,
        bytes: bytes.len() as u64,
        made_at: now(),
        place: MediumPlace::Here,
    };
    let kept = match device.keep_medium(&medium, &bytes).await {
        // What can be fetched again makes room for what a person made.
        Err(Trouble::Full) => {
            let _ = device.make_room().await;
            device.keep_medium(&medium, &bytes).await
        }
        kept => kept,
    };
    kept.map_err(|_| NoMedium::NoRoom)
}

fn bytes(made: &JsValue) -> Result<Vec<u8>, NoMedium> {
    if let Some(problem) = problem(made) {
        return Err(problem);
    }
    let bytes = Reflect::get(made, &"bytes".into()).unwrap_or_default();
    let bytes: Result<Uint8Array, _> = bytes.dyn_into();
    bytes
        .map(|bytes| bytes.to_vec())
        .map_err(|_| NoMedium::Damaged)
}

fn problem(made: &JsValue) -> Option<NoMedium> {
    let problem = Reflect::get(made, &"problem".into()).ok()?.as_string()?;
    Some(match problem.as_str() {
        "not_an_image" => NoMedium::NotAnImage,
        "heic" => NoMedium::Heic,
        "too_large" => NoMedium::TooLarge,
        "no_microphone" => NoMedium::NoMicrophone,
        "not_allowed" => NoMedium::NotAllowed,
        "unsupported" => NoMedium::Unsupported,
        _ => NoMedium::Damaged,
    })
}

/// Calls a function of `media.js`, which is loaded now.
async fn call(name: &str, what: &JsValue) -> Result<JsValue, NoMedium> {
    let called = async {
        let load = Reflect::get(&window(), &"huiyinMedia".into()).ok()?;
        let load: Function = load.dyn_into().ok()?;
        let loaded: Promise = load.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()?;
        let module = JsFuture::from(loaded).await.ok()?;
        let function: Function = Reflect::get(&module, &name.into()).ok()?.dyn_into().ok()?;
        let answer: Promise = function
            .call1(&JsValue::UNDEFINED, what)
            .ok()?
            .dyn_into()
            .ok()?;
        JsFuture::from(answer).await.ok()
    };
    called.await.ok_or(NoMedium::Unsupported)
}

async fn device() -> Option<Device> {
    driver()?.device().await.ok()
}
