//! How weak a line is. The named ones are published figures for what phones have in the hills.

use std::{num::NonZeroU32, time::Duration};

use clap::ValueEnum;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// To the browser, in 1,000 bit/s; without it, no limit.
    pub down_kbit: Option<NonZeroU32>,
    /// To the server, likewise.
    pub up_kbit: Option<NonZeroU32>,
    /// There and back, without the time the bytes themselves take.
    #[serde(default)]
    pub rtt_ms: u32,
}

impl Profile {
    const fn of(down_kbit: u32, up_kbit: u32, rtt_ms: u32) -> Self {
        Self {
            down_kbit: NonZeroU32::new(down_kbit),
            up_kbit: NonZeroU32::new(up_kbit),
            rtt_ms,
        }
    }

    pub fn round_trip(&self) -> Duration {
        Duration::from_millis(u64::from(self.rtt_ms))
    }
}

#[derive(Clone, Copy, Debug, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Name {
    /// Firefox, GPRS: 50/20 kbit/s, 500 ms.
    Gprs,
    /// WebPageTest, 2G: 280/256 kbit/s, 800 ms.
    #[serde(rename = "2g")]
    #[value(name = "2g")]
    SecondGeneration,
    /// WebPageTest, Edge: 240/200 kbit/s, 840 ms.
    Edge,
    /// WebPageTest, 3G Slow: 400/400 kbit/s, 400 ms.
    #[serde(rename = "3g-slow")]
    #[value(name = "3g-slow")]
    ThirdGenerationSlow,
    /// Lighthouse, Regular 3G: 700/700 kbit/s, 300 ms.
    #[serde(rename = "3g")]
    #[value(name = "3g")]
    ThirdGeneration,
    /// Lighthouse, Slow 4G (which others call 3G Fast): 1,638/750 kbit/s, 150 ms.
    #[serde(rename = "slow-4g")]
    #[value(name = "slow-4g")]
    SlowFourthGeneration,
    /// Nothing is limited or late.
    None,
}

impl Name {
    pub fn profile(self) -> Profile {
        match self {
            Self::Gprs => Profile::of(50, 20, 500),
            Self::SecondGeneration => Profile::of(280, 256, 800),
            Self::Edge => Profile::of(240, 200, 840),
            Self::ThirdGenerationSlow => Profile::of(400, 400, 400),
            Self::ThirdGeneration => Profile::of(700, 700, 300),
            Self::SlowFourthGeneration => Profile::of(1_638, 750, 150),
            Self::None => Profile::default(),
        }
    }
}
