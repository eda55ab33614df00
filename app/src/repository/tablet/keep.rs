//! Keeping a tablet up: asking for what changed, fetching the urgent cases whole, and wiping what was lost.

use std::{cell::Cell, time::Duration};

use chrono::{DateTime, Utc};
use device::{Device, Opening, Pass, SpaceId, Trouble};
use domain::ids::{CaseId, DeviceId};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use sync::{
    Query, ReadProblem, Rejection,
    outbox::{Reason, Standing},
    query,
    view::{Applied, Me, NewTablet, TabletList, TabletPass, TabletRows},
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Headers, RequestInit, Response, VisibilityState};

use super::{TabletState, held::Held};
use crate::repository::{
    answer::{Answered, answered},
    outbox::{Driver, driver},
    patience::Patience,
    remote::{NO_CONTENT, address, ask, fetch, random, read, said, text},
};

/// So many of the most urgent cases are here whole.
const URGENT: usize = 200;
/// Cases in one question.
const AT_ONCE: usize = 20;
/// Between two renewals while somebody looks.
const EVERY_MS: u32 = 60_000;
/// Who is signed in and what was reported lost is asked with the first renewal of a page, then with one of so
/// many, and where one failed; the others are one request.
const ASKS_ALL_EACH: u32 = 10;
/// After so long without a touch nobody is there: to ask on would keep a sign-in alive for nobody.
const NOBODY_MS: f64 = 600_000.0;
/// For a question of a few bytes.
const PATIENCE: Duration = Duration::from_secs(20);
/// The screen comes first.
const AFTER_THE_SCREEN_MS: u32 = 1_500;

thread_local! {
    static STATE: ArcRwSignal<TabletState> = ArcRwSignal::new(TabletState::default());
    static WATCHED: Cell<bool> = const { Cell::new(false) };
    static TOUCHED: Cell<f64> = const { Cell::new(0.0) };
    static RENEWED: Cell<u32> = const { Cell::new(0) };
}

/// What the open tablet holds, as it changes.
pub fn tablet_state() -> ArcRwSignal<TabletState> {
    STATE.with(Clone::clone)
}

/// What came of registering this tablet with the official who is signed in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Registering {
    /// Their space is open.
    Done,
    /// Nobody is signed in, or not its official.
    SignIn,
    /// It was said to be lost.
    Lost,
    /// The server was not reached.
    Unreachable,
    /// There is no room on the tablet.
    Full,
    /// Another PIN opens it.
    Pin(Opening),
}

impl From<Trouble> for Registering {
    fn from(trouble: Trouble) -> Self {
        match trouble.is_full() {
            true => Self::Full,
            false => Self::Unreachable,
        }
    }
}

/// Renews the open tablet as long as this page lasts and somebody looks.
pub fn keep_up() {
    if WATCHED.with(|watched| watched.replace(true)) {
        return;
    }
    let touched = |_: web_sys::Event| TOUCHED.with(|touched| touched.set(js_sys::Date::now()));
    for event in ["pointerdown", "keydown"] {
        // It lasts as long as the page.
        std::mem::forget(window_event_listener_untyped(event, touched));
    }
    TOUCHED.with(|touched| touched.set(js_sys::Date::now()));
    // Meanwhile they may have signed in anew in another tab.
    let looked = |_: web_sys::Event| RENEWED.with(|renewals| renewals.set(0));
    std::mem::forget(window_event_listener_untyped("visibilitychange", looked));
    spawn_local(async {
        TimeoutFuture::new(AFTER_THE_SCREEN_MS).await;
        loop {
            let left = js_sys::Date::now() - TOUCHED.with(Cell::get);
            if document().visibility_state() == VisibilityState::Visible
                && left < NOBODY_MS
                && let Some(driver) = driver()
            {
                driver.renew_tablet().await;
            }
            TimeoutFuture::new(EVERY_MS).await;
        }
    });
}

impl Driver {
    /// Registers this tablet with the official who is signed in, and makes their space.
    pub async fn make_tablet(&self, me: &Me, name: &str, pin: &str) -> Registering {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&random());
        bytes[8..].copy_from_slice(&random());
        let tablet = DeviceId(uuid::Builder::from_random_bytes(bytes).into_uuid());
        let until = match self.register(tablet, name).await {
            Ok(until) => until,
            Err(why) => return why,
        };
        let pass = Pass::new(me.id.to_string(), tablet.to_string(), until);
        match self.make_office_space(name, pin, pass).await {
            Ok(()) => {
                self.renew_tablet().await;
                Registering::Done
            }
            Err(trouble) => trouble.into(),
        }
    }

    async fn make_office_space(&self, name: &str, pin: &str, pass: Pass) -> Result<(), Trouble> {
        let device = self.device().await?;
        let made = device.make_office_space(name, pin, pass).await;
        self.turned().await;
        made.map(drop)
    }

    /// Opens an official's space. Whose sign-in is over signs in anew first: then it is renewed here.
    pub async fn open_tablet(&self, id: &str, pin: &str) -> Registering {
        let opened = self.open_space_with(id, pin).await;
        let opened = match opened {
            Ok(Opening::PassOver) => match self.renew_pass(id).await {
                Ok(()) => self.open_space_with(id, pin).await,
                Err(why) => return why,
            },
            opened => opened,
        };
        match opened {
            Ok(Opening::Opened) => {
                self.show_tablet().await;
                spawn_local(async {
                    if let Some(driver) = driver() {
                        driver.renew_tablet().await;
                    }
                });
                Registering::Done
            }
            Ok(Opening::PassOver) => Registering::SignIn,
            Ok(other) => Registering::Pin(other),
            Err(trouble) => trouble.into(),
        }
    }

    async fn renew_pass(&self, id: &str) -> Result<(), Registering> {
        let device = self.device().await.map_err(Registering::from)?;
        let spaces = device.spaces().await.map_err(Registering::from)?;
        let space = spaces.into_iter().find(|space| space.id.to_string() == id);
        let space = space.ok_or(Registering::Unreachable)?;
        let tablet = space.pass.and_then(|pass| pass.tablet.parse().ok());
        let tablet = tablet.ok_or(Registering::SignIn)?;
        let until = match self.register(tablet, &space.name).await {
            Err(Registering::Lost) => {
                self.wipe(&device, &space.id).await;
                return Err(Registering::Lost);
            }
            until => until?,
        };
        let renewed = device.renew_pass(&space.id, until).await;
        renewed.map_err(Registering::from)
    }

    async fn register(&self, id: DeviceId, name: &str) -> Result<u64, Registering> {
        let name = name.to_owned();
        let body = serde_json::to_string(&NewTablet { id, name });
        let request = RequestInit::new();
        request.set_method("POST");
        request.set_body(&JsValue::from_str(&body.unwrap_or_default()));
        if let Ok(headers) = Headers::new() {
            let _ = headers.set("content-type", "application/json");
            request.set_headers(&headers);
        }
        let over = Patience::new(PATIENCE);
        if let Some(over) = &over {
            request.set_signal(Some(&over.signal()));
        }
        let address = format!("/api/v1/{}/office/tablets", self.county());
        let response = fetch(&address, &request).await;
        let response = response.ok_or(Registering::Unreachable)?;
        match response.status() {
            200 => {
                let body = text(&response).await.unwrap_or_default();
                let pass = serde_json::from_str(&body).map_err(|_| Registering::Unreachable)?;
                Ok(until_ms(&pass, &response))
            }
            401 | 403 => Err(Registering::SignIn),
            410 => Err(Registering::Lost),
            _ => Err(Registering::Unreachable),
        }
    }

    /// Asks for what changed since the tablet was renewed last, and shows how far it is.
    pub async fn renew_tablet(&self) {
        let Ok(device) = self.device().await else {
            return;
        };
        if tablet_state().read_untracked().busy {
            return;
        }
        tablet_state().update(|state| state.busy = true);
        let count = RENEWED.with(Cell::get);
        let renewed = match count.is_multiple_of(ASKS_ALL_EACH) {
            true => self.asked_all(&device).await,
            false => match self.renewed(&device).await {
                Ok(()) => Ok(()),
                Err(ReadProblem::Unreachable) => Err(ReadProblem::Unreachable),
                // Nobody is signed in any more, somebody else is, or it was reported lost.
                Err(_) => self.asked_all(&device).await,
            },
        };
        let goes_on = renewed.is_ok() && device.open_pass().is_some();
        RENEWED.with(|renewals| renewals.set(if goes_on { count + 1 } else { 0 }));
        tablet_state().update(|state| {
            state.busy = false;
            state.problem = renewed.err();
        });
    }

    async fn asked_all(&self, device: &Device) -> Result<(), ReadProblem> {
        let told = self.hear_what_is_lost(device).await;
        self.show_tablet().await;
        told?;
        self.know_who_is_signed_in(device).await?;
        self.renewed(device).await
    }

    /// Asks of every official's space here, open or locked, whether its tablet was reported lost; that needs no
    /// sign-in.
    async fn hear_what_is_lost(&self, device: &Device) -> Result<(), ReadProblem> {
        let open = device.open_space();
        for space in device.spaces().await.unwrap_or_default() {
            let Some(pass) = &space.pass else { continue };
            let Ok(id) = pass.tablet.parse::<DeviceId>() else {
                continue;
            };
            match ask(self.county().to_owned(), query::Tablet { id }).await {
                Ok(standing) if standing.lost => self.wipe(device, &space.id).await,
                // The server's database was restored from a copy older than this tablet.
                Err(ReadProblem::NotFound) if open.as_ref() == Some(&space.id) => {
                    self.register_anew(id, &space.name).await?;
                }
                Ok(_) | Err(ReadProblem::NotFound) => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(())
    }

    /// That the rows are answered tells an open tablet that it was not lost.
    async fn renewed(&self, device: &Device) -> Result<(), ReadProblem> {
        let (Some(held), Some(pass)) = (Held::of(device), device.open_pass()) else {
            return Ok(());
        };
        let Ok(tablet) = pass.tablet.parse::<DeviceId>() else {
            return Ok(());
        };
        let list = self.renewed_list(held, tablet).await?;
        self.fetch_urgent(held, tablet, &list).await
    }

    /// Only its own official renews a tablet; whoever signed in anew sends what waited for that.
    async fn know_who_is_signed_in(&self, device: &Device) -> Result<(), ReadProblem> {
        let (Some(held), Some(pass)) = (Held::of(device), device.open_pass()) else {
            return Ok(());
        };
        let me = ask(self.county().to_owned(), query::Me {}).await?;
        if me.id.to_string() != pass.official {
            return Err(ReadProblem::NotAllowed);
        }
        let _ = held.keep_view(&query::Me {}, &me).await;
        self.send_what_waited_for_a_sign_in().await;
        Ok(())
    }

    async fn register_anew(&self, tablet: DeviceId, name: &str) -> Result<(), ReadProblem> {
        match self.register(tablet, name).await {
            Ok(_) => Ok(()),
            Err(Registering::SignIn) => Err(ReadProblem::NotOpened),
            Err(_) => Err(ReadProblem::Unreachable),
        }
    }

    /// Whoever signs out leaves nothing open on the tablet.
    pub async fn lock_tablet(&self) {
        if let Ok(device) = self.device().await
            && device.open_pass().is_some()
        {
            device.end_turn().await;
        }
    }

    async fn send_what_waited_for_a_sign_in(&self) {
        let waited = self.shown().get_untracked().items.into_iter();
        let waited = waited.filter(|shown| {
            let Standing::NeedsYou { reason } = &shown.item.standing else {
                return false;
            };
            matches!(
                reason,
                Reason::Rejected {
                    rejection: Rejection::SignInNeeded
                }
            )
        });
        for shown in waited {
            let _ = self.again(shown.item.id).await;
        }
    }

    async fn renewed_list(
        &self,
        held: Held<'_>,
        tablet: DeviceId,
    ) -> Result<TabletList, ReadProblem> {
        let whole = || {
            let since = String::new();
            ask(
                self.county().to_owned(),
                query::TabletRows { tablet, since },
            )
        };
        let known = held.list().await;
        let list = match known {
            Some(mut list) => match rows_since(self.county(), tablet, &list).await? {
                News::Rows(rows) => match list.apply(rows) {
                    Applied::Whole => list,
                    Applied::Afresh => TabletList::of(whole().await?),
                },
                News::Nothing { at } => {
                    list.as_of = at.unwrap_or(list.as_of);
                    let _ = held.keep_as_of(&list).await;
                    return Ok(list);
                }
            },
            None => TabletList::of(whole().await?),
        };
        let _ = held.keep_list(&list).await;
        Ok(list)
    }

    /// The most urgent cases are here whole; what is done or no longer this official's goes.
    async fn fetch_urgent(
        &self,
        held: Held<'_>,
        tablet: DeviceId,
        list: &TabletList,
    ) -> Result<(), ReadProblem> {
        let mut whole = held.whole().await;
        let urgent: Vec<CaseId> = list
            .rows
            .iter()
            .take(URGENT)
            .map(|row| row.row.case)
            .collect();
        let gone: Vec<CaseId> = whole
            .keys()
            .filter(|case| !urgent.contains(case))
            .copied()
            .collect();
        for case in gone {
            let _ = held.let_go(&query::Workspace { case }).await;
            whole.remove(&case);
        }
        let _ = held.keep_whole(&whole).await;
        self.show_tablet().await;
        let wanted = list.wanted(&whole, URGENT);
        for cases in wanted.chunks(AT_ONCE) {
            let cases = cases.to_vec();
            let found = ask(
                self.county().to_owned(),
                query::TabletCases { tablet, cases },
            )
            .await?;
            for view in found {
                let query = query::Workspace { case: view.id };
                if held.keep_view(&query, &view).await.is_ok() {
                    whole.insert(view.id, view.version);
                }
            }
            let _ = held.keep_whole(&whole).await;
            self.show_tablet().await;
        }
        Ok(())
    }

    /// As the server knows this tablet, while an official's space is open in it.
    pub async fn tablet(&self) -> Option<DeviceId> {
        self.device().await.ok()?.open_pass()?.tablet.parse().ok()
    }

    /// What the tablet holds by now.
    pub async fn show_tablet(&self) {
        let Ok(device) = self.device().await else {
            return;
        };
        let Some(held) = Held::of(&device) else {
            tablet_state().set(TabletState::default());
            return;
        };
        let (list, whole) = (held.rows().await, held.whole().await);
        tablet_state().update(|state| {
            state.as_of = list.map(|(as_of, _)| as_of);
            state.rows = list.map_or(0, |(_, rows)| rows);
            state.urgent = state.rows.min(URGENT);
            state.whole = whole.len();
        });
    }

    /// It was said to be lost: nothing of its official stays.
    async fn wipe(&self, device: &Device, space: &SpaceId) {
        let _ = device.throw_away(space).await;
        self.turned().await;
        let to = format!("/{}/office/tablet?lost=1", self.county());
        let _ = window().location().assign(&to);
    }
}

/// What became of a list.
enum News {
    Rows(TabletRows),
    /// It is as it was, at this time of the server's.
    Nothing {
        at: Option<DateTime<Utc>>,
    },
}

/// What is new to a tablet that holds this list.
async fn rows_since(
    county: &str,
    tablet: DeviceId,
    list: &TabletList,
) -> Result<News, ReadProblem> {
    let since = list.next.clone();
    let path = query::TabletRows { tablet, since }.path();
    let path = format!("{path}&held={}", list.held());
    let answered = answered(&address(county, &path), &RequestInit::new()).await;
    let Answered { response, text } = answered.ok_or(ReadProblem::Unreachable)?;
    if response.status() == NO_CONTENT {
        let at = said_at(&response);
        return Ok(News::Nothing {
            at: at.and_then(|ms| DateTime::from_timestamp_millis(ms as i64)),
        });
    }
    read::<query::TabletRows>(&said(&response, text)?).map(News::Rows)
}

/// When the pass is over by this tablet's clock, which need not be the server's.
fn until_ms(pass: &TabletPass, told: &Response) -> u64 {
    let until = pass.until.timestamp_millis() as f64;
    let at = said_at(told).unwrap_or_else(js_sys::Date::now);
    (js_sys::Date::now() + until - at).max(0.0) as u64
}

/// When the server answered, by its clock, in milliseconds since 1970.
fn said_at(response: &Response) -> Option<f64> {
    let at = response.headers().get("date").ok().flatten()?;
    Some(js_sys::Date::parse(&at)).filter(|at| at.is_finite())
}
