//! Where the server stands: who may come directly, whom it believes, how people reach it.

use crate::config::{Networks, PublicUrl};

/// Nothing in between, as on one's own machine, by default.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    pub public_url: Option<PublicUrl>,
    /// Proxies whose word on the client's address counts.
    pub trusted: Networks,
    /// Who may read the figures besides this machine.
    pub metrics_from: Networks,
    /// Off loopback without TLS: requests that do not come from a proxy are refused.
    pub by_proxy_only: bool,
}
