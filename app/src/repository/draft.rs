//! What is being filled in, kept on the device page by page: nothing typed waits for a network.
//!
//! Each draft lies under the id its command will have; one of them is open. A server-side draft, begun
//! before the scripts ran, is taken over with its id when its next page is sent on, so that sending
//! both is one registration.

use std::{cell::Cell, future::Future};

use async_lock::Mutex;
use chrono::{DateTime, Utc};
use device::{Device, Shelf, Trouble};
use domain::{
    attachment::AttachmentKind,
    form::{RegisterForm, Step},
    ids::CommandId,
    refusal::Refusal,
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};
use sync::{Earlier, ReadProblem, query, view};

use super::{
    media,
    outbox::{driver, with_room},
    remote::{self, fresh_id, now},
    seen,
    words::earlier,
};

/// The record that names the open draft.
const OPEN: &str = "open";

/// A change reads the draft, and writes it whole: two at once, and one would be undone.
static CHANGING: Mutex<()> = Mutex::new(());

thread_local! {
    /// What a full phone had no room for: it is in this page only.
    static UNSAVED: ArcRwSignal<Option<Unsaved>> = ArcRwSignal::new(None);
}

#[derive(Clone)]
struct Unsaved {
    /// Whose it is; none is everybody's.
    space: Option<String>,
    draft: DeviceDraft,
}

impl Unsaved {
    /// In one space nothing of another is seen.
    fn is_of_whose_turn_it_is(&self) -> bool {
        self.space == open_space()
    }
}

fn open_space() -> Option<String> {
    driver()?.open_space()
}

/// Whether something is in this page only, for there was no room for it.
pub fn is_unsaved() -> impl Fn() -> bool + Send + 'static {
    let unsaved = UNSAVED.with(|unsaved| unsaved.read_only());
    let shown = driver().map(|driver| driver.shown());
    move || {
        if let Some(shown) = &shown {
            shown.track();
        }
        let unsaved = unsaved.read();
        unsaved
            .as_ref()
            .is_some_and(Unsaved::is_of_whose_turn_it_is)
    }
}

fn unsaved_now() -> Option<DeviceDraft> {
    let unsaved = UNSAVED.with(|unsaved| unsaved.get_untracked());
    let unsaved = unsaved.filter(Unsaved::is_of_whose_turn_it_is);
    unsaved.map(|unsaved| unsaved.draft)
}

fn set_unsaved(draft: Option<DeviceDraft>) {
    if draft.is_some() || unsaved_now().is_some() {
        let space = open_space();
        let unsaved = draft.map(|draft| Unsaved { space, draft });
        UNSAVED.with(|known| known.set(unsaved));
    }
}

/// Whoever closes the page is asked first.
fn hold_the_page() {
    thread_local!(static HELD: Cell<bool> = const { Cell::new(false) });
    if !HELD.replace(true) {
        let leaving = window_event_listener(leptos::ev::beforeunload, |event| {
            if UNSAVED.with(|unsaved| unsaved.read_untracked().is_some()) {
                event.prevent_default();
            }
        });
        // It lasts as long as the page.
        std::mem::forget(leaving);
    }
}

/// A registration that is being filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceDraft {
    /// The id it will be sent under.
    pub command: CommandId,
    /// The visit; without one it is an ordinary matter.
    pub visit: Option<view::NoticeRow>,
    /// As it was typed.
    pub form: RegisterForm,
    /// The steps that were sent on.
    pub seen: Vec<Step>,
    /// What this was made of, after it was sent back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
    /// Why that one was sent back.
    pub refused: Option<Refusal>,
    /// It lies in the outbox.
    pub sent: bool,
    /// When something was typed last, by the device's clock.
    pub changed_at: DateTime<Utc>,
}

/// The drafts of this device.
#[derive(Clone, Debug)]
pub struct Drafts(Device);

impl Drafts {
    /// None where this browser keeps nothing.
    pub async fn here() -> Option<Self> {
        Some(Self(driver()?.device().await.ok()?))
    }

    /// The one that is open.
    pub async fn open(&self) -> Option<DeviceDraft> {
        let stored = match self.0.get(Shelf::Drafts, OPEN).await {
            Ok(Some(id)) => self.of(&id).await,
            _ => None,
        };
        let changed_at = |draft: &DeviceDraft| draft.changed_at;
        let latest = stored.into_iter().chain(unsaved_now());
        latest.max_by_key(changed_at).filter(|draft| !draft.sent)
    }

    /// One of them.
    pub async fn of(&self, id: &str) -> Option<DeviceDraft> {
        if let Some(unsaved) = unsaved_now().filter(|draft| draft.command.to_string() == id) {
            return Some(unsaved);
        }
        let json = self.0.get(Shelf::Drafts, id).await.ok()??;
        serde_json::from_str(&json).ok()
    }

    /// Those that were begun and not sent, newest first.
    pub async fn unfinished(&self) -> Vec<DeviceDraft> {
        let all = self.0.all(Shelf::Drafts).await.unwrap_or_default();
        let drafts = all.into_iter();
        let mut drafts: Vec<DeviceDraft> = drafts
            .filter_map(|draft| serde_json::from_str(&draft.content).ok())
            .filter(|draft: &DeviceDraft| !draft.sent && !draft.seen.is_empty())
            .collect();
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.changed_at));
        drafts
    }

    /// Stores a draft and opens it. When this comes back it is on the device; or [`is_unsaved`], where there is no
    /// room even after everything that can be fetched again was let go.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn save(&self, draft: &DeviceDraft) -> Result<(), Trouble> {
        match self.store(draft).await {
            Err(Trouble::Full) if !draft.sent => {
                set_unsaved(Some(draft.clone()));
                hold_the_page();
                return Ok(());
            }
            Err(trouble) if trouble != Trouble::Full => return Err(trouble),
            _ => {}
        }
        if unsaved_now().is_some_and(|unsaved| unsaved.command == draft.command) {
            set_unsaved(None);
        }
        Ok(())
    }

    async fn store(&self, draft: &DeviceDraft) -> Result<(), Trouble> {
        let id = draft.command.to_string();
        let json =
            serde_json::to_string(draft).map_err(|error| Trouble::Failed(error.to_string()))?;
        let put = async || self.0.put(Shelf::Drafts, &id, &json).await;
        match unsaved_now() {
            // It was tried with all the room there is.
            Some(_) => put().await?,
            None => with_room(&self.0, put).await?,
        }
        if !draft.sent {
            self.0.put(Shelf::Drafts, OPEN, &id).await?;
        }
        Ok(())
    }

    /// Changes a draft, which is taken over from the server where the device has not got it, and saves it.
    ///
    /// # Errors
    /// As [`Drafts::save`].
    pub async fn change(
        &self,
        draft: view::Draft,
        change: impl FnOnce(&mut DeviceDraft),
    ) -> Result<DeviceDraft, Trouble> {
        let _one_by_one = CHANGING.lock().await;
        let known = self.of(&draft.command.to_string()).await;
        let mut draft = known.unwrap_or_else(|| DeviceDraft::take_over(draft));
        change(&mut draft);
        self.save(&draft).await?;
        Ok(draft)
    }

    /// What a draft was made of, after that was sent back.
    pub(super) async fn replaced(device: &Device, id: CommandId) -> Vec<Earlier> {
        let drafts = Self(device.clone());
        let draft = drafts.of(&id.to_string()).await;
        draft.map_or_else(Vec::new, |draft| draft.earlier)
    }

    /// Puts what was sent back into a new draft, with the photos that go with it, and opens that.
    ///
    /// # Errors
    /// There is no room, or no storage: nothing has changed.
    pub async fn begin_again(
        &self,
        sent_back: DeviceDraft,
        refused: Option<Refusal>,
    ) -> Result<(), Trouble> {
        let before = sent_back.command;
        let earlier = earlier(&self.0, before).await;
        let draft = sent_back
            .successor(earlier, refused)
            .ok_or(Trouble::NoStorage)?;
        self.save(&draft).await?;
        if unsaved_now().is_some_and(|unsaved| unsaved.command == draft.command) {
            // The item that was sent back is what is stored of it.
            set_unsaved(None);
            return Err(Trouble::Full);
        }
        self.0.hand_media_on(before, draft.command).await
    }

    /// Takes one away, and the photos that were to go with it.
    pub async fn remove(&self, id: CommandId) {
        if unsaved_now().is_some_and(|unsaved| unsaved.command == id) {
            set_unsaved(None);
        }
        let _ = self.0.remove(Shelf::Drafts, &id.to_string()).await;
        let _ = self.0.remove_media(|medium| medium.of == id).await;
    }
}

impl DeviceDraft {
    /// A new one; none where the browser gives no randomness.
    pub fn begin(visit: Option<view::NoticeRow>, kind: &str, subject: &str) -> Option<Self> {
        Some(Self {
            command: fresh_id()?,
            visit,
            form: RegisterForm {
                kind: kind.to_owned(),
                subject: subject.to_owned(),
                statement: shared(Shared::IsTaken),
                ..RegisterForm::default()
            },
            seen: Vec::new(),
            earlier: Vec::new(),
            refused: None,
            sent: false,
            changed_at: now(),
        })
    }

    /// Takes over what the server kept.
    pub fn take_over(draft: view::Draft) -> Self {
        Self {
            command: draft.command,
            visit: draft.visit,
            form: draft.form,
            seen: draft.seen,
            earlier: Vec::new(),
            refused: draft.refused,
            sent: false,
            changed_at: now(),
        }
    }

    /// To be put right and sent again: an answer stays the answer to its id, so this has a new one.
    fn successor(self, earlier: Vec<Earlier>, refused: Option<Refusal>) -> Option<Self> {
        Some(Self {
            command: fresh_id()?,
            earlier,
            refused,
            sent: false,
            changed_at: now(),
            ..self
        })
    }

    /// Names the photos that are kept with it: also one that was taken just before a page ended.
    async fn name_media(&mut self) {
        // What cannot be read now is named as it was.
        let Some(kept) = media::known_of(self.command).await else {
            return;
        };
        let ids = |kind| {
            let kept = kept.iter().filter(move |medium| medium.kind == kind);
            kept.map(|medium| medium.attachment.to_string())
        };
        self.form.images = ids(AttachmentKind::Image).collect();
        self.form.recording = ids(AttachmentKind::Audio).next().unwrap_or_default();
    }

    fn shown(self, step: Step, choices: view::Choices) -> view::Draft {
        let near = |division: &view::Division| match step {
            Step::Secrecy | Step::Check => division.is_near(&self.form),
            _ => true,
        };
        view::Draft {
            divisions: choices.divisions.into_iter().filter(near).collect(),
            units: choices.units,
            visit: self.visit,
            form: self.form,
            seen: self.seen,
            refused: self.refused,
            command: self.command,
            as_of: self.changed_at,
        }
    }
}

/// What becomes of what another app shared (`boot.js` put it there).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    Stays,
    /// Into a draft.
    IsTaken,
}

/// What another app shared with this page; empty where nothing was.
pub fn shared(what: Shared) -> String {
    const PLACE: &str = "shared";
    let Ok(Some(storage)) = window().session_storage() else {
        return String::new();
    };
    let text = storage.get_item(PLACE).ok().flatten();
    if what == Shared::IsTaken {
        let _ = storage.remove_item(PLACE);
    }
    text.unwrap_or_default()
}

/// The page of one step: from the device where a draft is open there, else from the server.
pub(super) fn ask(
    county: String,
    step: Step,
    renewed: RwSignal<u32>,
) -> impl Future<Output = Result<view::Draft, ReadProblem>> + Send {
    SendWrapper::new(async move {
        let open = match Drafts::here().await {
            Some(drafts) => drafts.open().await,
            None => None,
        };
        match open {
            Some(mut draft) => {
                draft.name_media().await;
                let choices = choices(county, renewed).await;
                Ok(draft.shown(step, choices))
            }
            None => remote::ask(county, query::Draft { step }).await,
        }
    })
}

/// What a registration is filled in from; empty where it was never fetched and cannot be.
async fn choices(county: String, renewed: RwSignal<u32>) -> view::Choices {
    let choices = seen::ask(county, query::Choices {}, renewed).await;
    choices.unwrap_or_else(|_| view::Choices {
        divisions: Vec::new(),
        units: Vec::new(),
        as_of: now(),
    })
}

/// Whether the device has a newer draft than the one the server wrote into its page. Ids carry the time
/// they were made.
pub(super) async fn is_newer_here(server: Option<CommandId>) -> bool {
    let Some(drafts) = Drafts::here().await else {
        return false;
    };
    let Some(open) = drafts.open().await else {
        return false;
    };
    server.is_none_or(|server| open.command.0 >= server.0)
}
