//! What a person does with the spaces of a phone that several people use.

use std::time::Duration;

use device::{Device, Opening, SpaceId, Trouble};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{RequestInit, RequestRedirect, VisibilityState};

use super::{
    outbox::{Driver, driver},
    patience::Patience,
    remote::fetch,
};

/// In the browser's storage: a reading session is to be ended, and could not be.
const LEAVES: &str = "leaves";
/// A locked page goes after this at the latest, whatever the line does.
const LEAVING: Duration = Duration::from_secs(2);
/// How often it is noted that somebody looks.
const LOOKS_MS: u32 = 60_000;

impl Driver {
    /// Makes a space, opens it, and moves into it what was everybody's.
    ///
    /// # Errors
    /// There is no room, or no storage.
    pub async fn make_space(&self, name: &str, pin: &str) -> Result<(), Trouble> {
        let device = self.device().await?;
        let made = device.make_space(name, pin).await;
        self.turned().await;
        made.map(drop)
    }

    /// Opens a space with its PIN.
    ///
    /// # Errors
    /// There is no such space, or no storage.
    pub async fn open_space_with(&self, id: &str, pin: &str) -> Result<Opening, Trouble> {
        let device = self.device().await?;
        let id = named(&device, id).await?;
        let opening = device.open_with_pin(&id, pin).await?;
        if opening == Opening::Opened {
            self.turned().await;
        }
        Ok(opening)
    }

    /// Throws a space away. What waits in it as a letter goes.
    ///
    /// # Errors
    /// There is no storage.
    pub async fn throw_space_away(&self, id: &str) -> Result<(), Trouble> {
        let device = self.device().await?;
        let id = named(&device, id).await?;
        device.throw_away(&id).await?;
        self.turned().await;
        Ok(())
    }

    /// Locks what is open in this tab, and leaves nothing of it on the screen or in a reading session.
    pub async fn lock_space(&self, to: &str) {
        // Nothing is typed or tapped any more, and nothing is seen.
        if let Some(body) = document().body() {
            body.set_hidden(true);
        }
        // There may be room by now for what did not fit.
        self.close_media().await;
        if let Ok(device) = self.device().await {
            device.end_turn().await;
        }
        // A browser that keeps the page for the way back shows it anew, without what was in it.
        let back = window_event_listener_untyped("pageshow", |_| {
            let _ = window().location().reload();
        });
        std::mem::forget(back);
        leave(self.county()).await;
        let _ = window().location().assign(to);
    }
}

/// Ends the reading session at the server; without a signal, as soon as there is one.
async fn leave(county: &str) {
    let storage = || window().local_storage().ok().flatten();
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_redirect(RequestRedirect::Manual);
    let over = Patience::new(LEAVING);
    if let Some(over) = &over {
        request.set_signal(Some(&over.signal()));
    }
    let left = fetch(&format!("/{county}/follow/leave"), &request).await;
    if let Some(storage) = storage() {
        let _ = match left {
            Some(_) => storage.remove_item(LEAVES),
            None => storage.set_item(LEAVES, "1"),
        };
    }
}

async fn leave_late(county: &str) {
    let storage = window().local_storage().ok().flatten();
    if storage.is_some_and(|storage| matches!(storage.get_item(LEAVES), Ok(Some(_)))) {
        leave(county).await;
    }
}

async fn named(device: &Device, id: &str) -> Result<SpaceId, Trouble> {
    let spaces = device.spaces().await?.into_iter();
    let mut ids = spaces.map(|space| space.id);
    ids.find(|known| known.to_string() == id)
        .ok_or(Trouble::Locked)
}

/// An open space stays open while somebody looks, and is locked when they come back after long.
pub(super) fn watch(county: String) {
    let look = move || {
        let county = county.clone();
        spawn_local(async move {
            leave_late(&county).await;
            let Some(driver) = driver() else { return };
            let Ok(device) = driver.device().await else {
                return;
            };
            let place = match device.open_pass() {
                Some(_) => "office/tablet",
                None => "spaces",
            };
            if !device.go_on().await {
                driver
                    .lock_space(&format!("/{county}/{place}?locked=1"))
                    .await;
            }
        });
    };
    let seen = {
        let look = look.clone();
        move || {
            if document().visibility_state() == VisibilityState::Visible {
                look();
            }
        }
    };
    let (again, online) = (seen.clone(), seen.clone());
    let listener = window_event_listener(leptos::ev::visibilitychange, move |_| again());
    let back = window_event_listener(leptos::ev::online, move |_| online());
    // They last as long as the page.
    std::mem::forget((listener, back));
    seen();
    spawn_local(async move {
        loop {
            TimeoutFuture::new(LOOKS_MS).await;
            seen();
        }
    });
}
