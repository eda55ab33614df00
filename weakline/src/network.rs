//! Whether there is a network at all.

use std::{
    future::Future,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serde::Deserialize;
use tokio::{sync::watch, task::JoinHandle, time::sleep};

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Up,
    Out(Outage),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outage {
    /// Connections are reset, new ones too.
    #[default]
    Down,
    /// Connections stay, and nothing passes.
    Blackhole,
}

#[derive(Clone, Copy)]
struct Now {
    state: State,
    /// How often it went down: a short outage must not be missed by those who wait for it.
    downs: u64,
}

pub struct Network {
    now: watch::Sender<Now>,
    flapping: Mutex<Option<JoinHandle<()>>>,
}

impl Network {
    pub fn new() -> Self {
        let now = Now {
            state: State::Up,
            downs: 0,
        };
        Self {
            now: watch::Sender::new(now),
            flapping: Mutex::default(),
        }
    }

    pub fn up(&self) {
        self.flap_with(None);
        turn(&self.now, State::Up);
    }

    pub fn out(&self, outage: Outage) {
        self.flap_with(None);
        turn(&self.now, State::Out(outage));
    }

    /// Up and out in turns, up first.
    pub fn flap(&self, up: Duration, down: Duration, outage: Outage) {
        let now = self.now.clone();
        self.flap_with(Some(tokio::spawn(async move {
            loop {
                turn(&now, State::Up);
                sleep(up).await;
                turn(&now, State::Out(outage));
                sleep(down).await;
            }
        })));
    }

    fn flap_with(&self, flapping: Option<JoinHandle<()>>) {
        let mut kept = self.flapping.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = std::mem::replace(&mut *kept, flapping) {
            before.abort();
        }
    }

    pub fn is_down(&self) -> bool {
        self.now.borrow().state == State::Out(Outage::Down)
    }

    /// Completes when the network goes down, be it for a moment, counted from this call on.
    pub fn goes_down(&self) -> impl Future<Output = ()> + use<> {
        let mut now = self.now.subscribe();
        let downs = now.borrow().downs;
        async move {
            // An error would mean that the network is no more: this process ends.
            _ = now.wait_for(|now| now.downs != downs).await;
        }
    }

    /// Completes as soon as bytes may pass.
    pub async fn passes(&self) {
        if self.now.borrow().state != State::Up {
            _ = self
                .now
                .subscribe()
                .wait_for(|now| now.state == State::Up)
                .await;
        }
    }
}

fn turn(now: &watch::Sender<Now>, state: State) {
    now.send_modify(|now| {
        now.state = state;
        now.downs += u64::from(state == State::Out(Outage::Down));
    });
}
