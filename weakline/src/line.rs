//! The line as a whole: what all connections share.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    fault::{Fault, Side},
    link::Link,
    loopback::Loopback,
    network::Network,
    profile::Profile,
    rules::{Rules, Strike},
    seen::Seen,
};

pub struct Line {
    /// The server behind it.
    pub to: Loopback,
    pub network: Network,
    pub rules: Rules,
    pub seen: Seen,
    first: Profile,
    profile: Mutex<Profile>,
    up: Link,
    down: Link,
}

impl Line {
    pub fn new(to: Loopback, first: Profile) -> Self {
        let line = Self {
            to,
            network: Network::new(),
            rules: Rules::default(),
            seen: Seen::default(),
            first,
            profile: Mutex::new(first),
            up: Link::new(Instant::now()),
            down: Link::new(Instant::now()),
        };
        line.set_profile(first);
        line
    }

    pub fn link(&self, side: Side) -> &Link {
        match side {
            Side::Request => &self.up,
            Side::Answer => &self.down,
        }
    }

    /// How long a connection takes to be made.
    pub fn handshake(&self) -> Duration {
        let profile = self.profile.lock();
        profile.unwrap_or_else(PoisonError::into_inner).round_trip()
    }

    pub fn set_profile(&self, profile: Profile) {
        let (now, half) = (Instant::now(), profile.round_trip() / 2);
        *self.profile.lock().unwrap_or_else(PoisonError::into_inner) = profile;
        self.up.set(profile.up_kbit, half, now);
        self.down.set(profile.down_kbit, half, now);
    }

    pub fn impose(&self, fault: Fault) {
        use crate::network::Outage::{Blackhole, Down};
        match fault {
            Fault::Up {} => self.network.up(),
            Fault::Down {} => self.network.out(Down),
            Fault::Blackhole {} => self.network.out(Blackhole),
            Fault::Flap {
                up_ms,
                down_ms,
                outage,
            } => {
                let [up, down] = [up_ms, down_ms].map(|ms| Duration::from_millis(ms.get()));
                self.network.flap(up, down, outage);
            }
            Fault::Cut {
                side,
                after,
                how,
                on,
            } => self.rules.add(on, Strike::Cut { side, after, how }),
            Fault::DropAnswer { how, on } => self.rules.add(on, Strike::DropAnswer(how)),
            Fault::Portal { to, on } => self.rules.add(on, Strike::Portal(to)),
            Fault::Status {
                status,
                retry_after,
                on,
            } => {
                let strike = Strike::Status {
                    status,
                    retry_after,
                };
                self.rules.add(on, strike);
            }
        }
    }

    /// As at the start.
    pub fn reset(&self) {
        self.network.up();
        self.rules.clear();
        self.seen.clear();
        self.set_profile(self.first);
    }
}
