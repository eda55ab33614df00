//! Networks that are trusted with something.

use std::{fmt, net::IpAddr};

use ipnet::IpNet;
use serde::{Deserialize, Deserializer};

/// Some networks; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An IPv4 address that came over an IPv6 socket counts as what it is.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

fn network(text: &str) -> Result<IpNet, String> {
    let one = |text: &str| text.parse::<IpAddr>().map(IpNet::from);
    let text = text.trim();
    one(text)
        .or_else(|_| text.parse())
        .map_err(|_| format!("{text} is no network such as 10.0.0.0/8 or 192.0.2.7"))
}

/// One text with commas, or a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for Networks {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let texts = match Written::deserialize(from)? {
            Written::One(text) => text.split(',').map(str::to_owned).collect(),
            Written::Many(texts) => texts,
        };
        let texts = texts.iter().filter(|text| !text.trim().is_empty());
        let networks: Result<Vec<IpNet>, String> = texts.map(|text| network(text)).collect();
        networks.map(Self).map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Networks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self.0.iter().map(IpNet::to_string).collect();
        f.write_str(&texts.join(", "))
    }
}
