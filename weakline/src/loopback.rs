//! Addresses that do not leave this machine: a tool that resets connections on demand is nobody
//! else's business.

use std::{net::SocketAddr, str::FromStr};

use thiserror::Error;

#[derive(Clone, Copy, Debug)]
pub struct Loopback(pub SocketAddr);

#[derive(Debug, Error)]
pub enum NotLoopback {
    #[error("an address and a port, such as 127.0.0.1:3210")]
    Unreadable(#[from] std::net::AddrParseError),
    #[error("{0} is not a loopback address")]
    Elsewhere(SocketAddr),
}

impl FromStr for Loopback {
    type Err = NotLoopback;

    fn from_str(text: &str) -> Result<Self, NotLoopback> {
        let address: SocketAddr = text.parse()?;
        if !address.ip().is_loopback() {
            return Err(NotLoopback::Elsewhere(address));
        }
        Ok(Self(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_taken() {
        for text in ["127.0.0.1:0", "127.9.9.9:80", "[::1]:3210"] {
            assert!(text.parse::<Loopback>().is_ok(), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "0.0.0.0:80",
            "192.168.1.1:80",
            "[::]:80",
            // The same as 0.0.0.0 and 127.0.0.1 to the kernel, which is too clever for us.
            "[::ffff:0.0.0.0]:80",
            "localhost:80",
            "127.0.0.1",
        ] {
            assert!(text.parse::<Loopback>().is_err(), "{text}");
        }
    }
}
