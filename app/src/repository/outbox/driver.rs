//! The loop between the outbox's rules, the device's storage, the network and the person.
//!
//! What it owes the rules is listed in docs/OFFLINE.md; each is marked here with its number.

use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::{HashMap, HashSet},
    rc::Rc,
    time::Duration,
};

use device::{Device, Space, Trouble};
use domain::ids::CommandId;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use sync::outbox::{Activity, Item, Outbox, Standing, Step};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, MessageEvent};

use super::{
    Doing, Shown, ShownItem, Storage, background,
    bell::Bell,
    media::{Media, Went},
    page::{is_visible, look_again, note_for_next_page},
    turn::{self, Turn},
};
use crate::repository::{
    answer,
    line::{Line, heard, is_up},
    own,
    remote::probe,
    spaces,
};

/// The screen comes first: what sends is fetched and started when it is there.
pub const AFTER_THE_SCREEN_MS: u32 = 1000;
/// While another tab sends.
const NOT_OUR_TURN_MS: i32 = 1_000;
/// So often; then that tab is taken to sleep (a phone stops tabs nobody looks at), and this one sends.
const TURNS_WAITED: u32 = 30;
/// Between questions whether the server is there, while it is not: longer each time, up to these.
const FIRST_PROBE_MS: i32 = 1_000;
const LONGEST_PROBE_MS: i32 = 30_000;
const HIDDEN_PROBE_MS: i32 = 300_000;
const CHANNEL: &str = "huiyin-outbox";

thread_local! {
    static DRIVER: OnceCell<Rc<Driver>> = const { OnceCell::new() };
}

/// The driver of this page, once it was started.
pub fn driver() -> Option<Rc<Driver>> {
    DRIVER.with(|driver| driver.get().cloned())
}

/// Starts the driver of this page.
///
/// `served` says that the server has just rendered this page; the app shell comes from the device.
pub fn start(county: String, served: bool) {
    let driver = Rc::new(Driver::new(county));
    if DRIVER.with(|known| known.set(driver.clone()).is_err()) {
        return;
    }
    driver.listen();
    if !window().navigator().on_line() {
        heard(Line::Down);
    } else if served {
        heard(Line::Up);
    }
    spawn_local(async {
        TimeoutFuture::new(AFTER_THE_SCREEN_MS).await;
        run_here().await;
    });
}

/// Sending is a chunk of its own: what a page needs to be read and used comes before it.
#[lazy(outbox)]
fn run_here() {
    if let Some(driver) = driver() {
        spaces::watch(driver.county.clone());
        spawn_local(own::feed::keep_up(driver.county.clone()));
        spawn_local(async move { driver.run().await });
    }
}

pub struct Driver {
    pub(super) county: String,
    pub(super) outbox: RefCell<Outbox>,
    damaged: Cell<usize>,
    /// Contents of items that do not open: they are not sent again and again.
    pub(super) unreadable: RefCell<HashSet<CommandId>>,
    /// How far each was when the storage was read last.
    stored: RefCell<HashMap<CommandId, Standing>>,
    /// Items of locked spaces: they go as letters.
    letters: RefCell<HashSet<CommandId>>,
    /// Everybody's, while a space is open: they go, and are not the space's to see.
    others: RefCell<HashSet<CommandId>>,
    /// What waits until its space is opened.
    locked: Cell<usize>,
    pub(super) spaces: RefCell<Vec<Space>>,
    storage: Cell<Storage>,
    pub(super) device: RefCell<Option<Device>>,
    /// The server's database may be another.
    pub(super) restored: Cell<bool>,
    shown: ArcRwSignal<Shown>,
    pub(super) media: Media,
    pub(super) bell: Bell,
    channel: Option<BroadcastChannel>,
}

impl Driver {
    fn new(county: String) -> Self {
        Self {
            county,
            outbox: RefCell::new(Outbox::restore(Vec::new())),
            damaged: Cell::default(),
            unreadable: RefCell::default(),
            stored: RefCell::default(),
            letters: RefCell::default(),
            others: RefCell::default(),
            locked: Cell::default(),
            spaces: RefCell::default(),
            storage: Cell::default(),
            device: RefCell::default(),
            restored: Cell::new(true),
            shown: ArcRwSignal::new(Shown::default()),
            media: Media::default(),
            bell: Bell::default(),
            channel: BroadcastChannel::new(CHANNEL).ok(),
        }
    }

    /// Another's turn: the outbox is that of the space that was opened or locked.
    pub(in crate::repository) async fn turned(&self) {
        answer::forget();
        self.close_new_media().await;
        self.refresh().await;
        self.changed();
        own::feed::look();
        self.look_whether_restored();
    }

    pub(in crate::repository) fn county(&self) -> &str {
        &self.county
    }

    pub fn shown(&self) -> ArcReadSignal<Shown> {
        self.shown.read_only()
    }

    /// The storage of this device; opened when it is first asked for.
    ///
    /// # Errors
    /// There is none, or it is of a newer build.
    pub async fn device(&self) -> Result<Device, Trouble> {
        let known = self.device.borrow().clone();
        if let Some(device) = known {
            return Ok(device);
        }
        let opened = Device::open().await;
        self.storage.set(match &opened {
            Ok(_) => Storage::There,
            Err(Trouble::Newer) => Storage::Newer,
            Err(_) => Storage::Missing,
        });
        let device = opened.inspect_err(|_| self.publish())?;
        // Who asked meanwhile gets the same: what is open in one is not in another.
        Ok(self.device.borrow_mut().get_or_insert(device).clone())
    }

    async fn run(&self) {
        let mut waited = 0;
        let mut pause = FIRST_PROBE_MS;
        // A page that ended may have left some unsealed.
        self.close_media().await;
        self.refresh().await;
        self.put_old_away().await;
        if self.outbox.borrow().waiting() > 0 {
            background::ask();
        }
        loop {
            if self.restored.take() {
                self.offer_to_restored().await;
            }
            self.refresh().await;
            if self.outbox.borrow().waiting() == 0 && !self.has_media_to_send() {
                self.bell.wait(look_again()).await;
                continue;
            }
            let turn = turn::take().await;
            if turn.is_none() && waited < TURNS_WAITED {
                waited += 1;
                self.bell.wait(NOT_OUR_TURN_MS).await;
                continue;
            }
            waited = 0;
            // While nothing gets through, an item stays one that never left: only a question leaves.
            if !is_up() && !probe().await {
                drop(turn);
                let begun = self.elapsed();
                self.bell.wait(pause).await;
                let longest = if is_visible() {
                    LONGEST_PROBE_MS
                } else {
                    HIDDEN_PROBE_MS
                };
                pause = match self.elapsed() < begun + Duration::from_millis(pause as u64) {
                    // Somebody rang: the network is back, or the person asks.
                    true => FIRST_PROBE_MS,
                    false => (pause * 2).min(longest),
                };
                continue;
            }
            pause = FIRST_PROBE_MS;
            // What the tab that had the turn before has learned.
            self.refresh().await;
            self.hear_others();
            let step = self.outbox.borrow_mut().next(self.elapsed());
            match step {
                Step::Send(batch) => self.send(batch).await,
                // Words first; between two pieces of a photo they are looked for again.
                Step::Wait(until) => self.send_media(turn, Some(until)).await,
                Step::Rest => self.send_media(turn, None).await,
            }
        }
    }

    /// Sends a piece of what follows the words, or waits: at most until `words`.
    async fn send_media(&self, turn: Option<Turn>, words: Option<Duration>) {
        let media = match self.send_a_piece().await {
            Went::One => return,
            Went::Wait(until) => Some(until),
            Went::Nothing => None,
        };
        drop(turn);
        let until = words.into_iter().chain(media).min();
        let longest = look_again();
        let left = until.map_or(longest, |until| {
            let left = until.saturating_sub(self.elapsed()).as_millis();
            i32::try_from(left).unwrap_or(i32::MAX)
        });
        self.bell.wait(left.clamp(50, longest)).await;
    }

    /// Reads what is stored: other tabs write there too. False where it cannot be read now.
    pub(super) async fn refresh(&self) -> bool {
        let before: HashMap<CommandId, Standing> = {
            let outbox = self.outbox.borrow();
            let items = outbox.items();
            items
                .map(|(item, _)| (item.id, item.standing.clone()))
                .collect()
        };
        let Ok(device) = self.device().await else {
            return false;
        };
        let Ok(kept) = device.items().await else {
            // The storage went away under this page; the next look opens it anew.
            return false;
        };
        let _ = self.media.refresh(&device).await;
        self.damaged.set(kept.damaged);
        self.locked.set(kept.locked);
        if let Ok(spaces) = device.spaces().await {
            self.spaces.replace(spaces);
        }
        if let Some(open) = device.open_space()
            && !self.spaces.borrow().iter().any(|space| space.id == open)
        {
            // Another tab threw it away: what is on this page is nobody's any more.
            device.end_turn().await;
            let county = self.county.clone();
            spawn_local(async move {
                if let Some(driver) = driver() {
                    driver.lock_space(&format!("/{county}/spaces")).await;
                }
            });
        }
        let letters: HashSet<CommandId> = kept.letters.iter().map(|item| item.id).collect();
        let others = kept.others.iter().map(|item| item.id);
        self.others.replace(others.collect());
        let readable = kept.items.iter().chain(&kept.others).map(|item| item.id);
        let stored: HashSet<CommandId> = readable.chain(letters.iter().copied()).collect();
        {
            let mut outbox = self.outbox.borrow_mut();
            let letters_before = self.letters.replace(letters.clone());
            // Of one whose space was opened or locked meanwhile another side is known now.
            let turned = |id: &CommandId| letters.contains(id) != letters_before.contains(id);
            for id in before
                .keys()
                .filter(|id| !stored.contains(id) || turned(id))
            {
                outbox.forget(*id);
            }
            let unreadable = self.unreadable.borrow();
            let kept_here = kept.items.into_iter().chain(kept.others);
            let kept: Vec<Item> = kept_here.chain(kept.letters).collect();
            let stored = kept.iter().map(|item| (item.id, item.standing.clone()));
            let read_last = self.stored.replace(stored.collect());
            for item in kept {
                match before.get(&item.id).filter(|_| !turned(&item.id)) {
                    None if !unreadable.contains(&item.id) => outbox.add(item, self.elapsed()),
                    None => {}
                    // What is stored lags behind what this tab does; only more counts.
                    Some(known) if *known == item.standing || item.standing == Standing::Kept => {}
                    Some(known) if known.is_waiting() => outbox.learn(item.id, item.standing),
                    // It had been as this tab knows it: another one has sent it again.
                    Some(known) if read_last.get(&item.id) == Some(known) => outbox.renew(item),
                    Some(_) => {}
                }
            }
        }
        self.publish();
        true
    }

    pub(super) fn is_letter(&self, id: CommandId) -> bool {
        self.letters.borrow().contains(&id)
    }

    /// Whether it is of whoever's turn it is.
    pub(super) fn is_shown(&self, id: CommandId) -> bool {
        !self.is_letter(id) && !self.others.borrow().contains(&id)
    }

    pub(super) fn changed(&self) {
        self.tell();
        self.bell.ring();
    }

    /// Here and to the other tabs.
    pub(super) fn tell(&self) {
        self.publish();
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&JsValue::from_str("items"));
        }
    }

    pub(super) fn publish(&self) {
        let items: Vec<ShownItem> = {
            let outbox = self.outbox.borrow();
            let items = outbox.items();
            items
                .filter(|(item, _)| self.is_shown(item.id))
                .map(|(item, activity)| ShownItem {
                    item: item.clone(),
                    following: self.media.following(item.id),
                    doing: match activity {
                        Activity::Sending => Doing::Sending,
                        Activity::Behind => Doing::Behind,
                        Activity::Waits(_) => Doing::Waiting,
                        Activity::Over => Doing::Over,
                    },
                })
                .collect()
        };
        let shown = Shown {
            items,
            damaged: self.damaged.get() + self.unreadable.borrow().len(),
            storage: self.storage.get(),
            letters: self.letters.borrow().len(),
            others: self.others.borrow().len(),
            locked: self.locked.get(),
            closed_media: self.media.going_closed(),
            locked_media: self.media.locked(),
            spaces: self.shared_spaces(),
            open: self.open_space(),
            office: self.is_office(),
        };
        if *self.shown.read_untracked() != shown {
            note_for_next_page(shown.waiting() + shown.media_waiting() > 0);
            self.shown.set(shown);
        }
    }

    /// Milliseconds of the page's own clock: it only goes forward.
    pub(super) fn elapsed(&self) -> Duration {
        let since = window().performance().map_or(0.0, |clock| clock.now());
        Duration::from_millis(since as u64)
    }

    fn listen(self: &Rc<Self>) {
        let driver = self.clone();
        let online = window_event_listener(leptos::ev::online, move |_| {
            driver.is_back();
            driver.outbox.borrow_mut().regained(driver.elapsed());
            driver.media.hurry();
            driver.bell.ring();
        });
        let lost = window_event_listener(leptos::ev::offline, |_| heard(Line::Down));
        let driver = self.clone();
        let seen = window_event_listener(leptos::ev::visibilitychange, move |_| driver.looked_at());
        // They last as long as the page.
        std::mem::forget((online, lost, seen));
        if let Some(channel) = &self.channel {
            let driver = self.clone();
            let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |_| driver.bell.ring());
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            heard.forget();
        }
    }

    /// The browser's word is a hope: what waits is sent at once and shows whether it is true, else a question does.
    fn is_back(&self) {
        if self.outbox.borrow().waiting() > 0 {
            heard(Line::Up);
        } else {
            spawn_local(async {
                probe().await;
            });
        }
    }

    fn looked_at(&self) {
        let visible = is_visible();
        self.outbox
            .borrow_mut()
            .set_visible(visible, self.elapsed());
        self.bell.ring();
    }
}
