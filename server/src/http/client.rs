//! Who is at the other end: the connection's own address, or what a trusted proxy says.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, StatusCode},
    response::{IntoResponse, Response},
};

use super::{AppState, listen::Peer};
use crate::config::Networks;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Where a request comes from. Found in its extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    pub address: IpAddr,
    /// Nobody stands between: no proxy, trusted or not, says otherwise.
    direct: bool,
}

impl Client {
    /// What anybody else writes into `X-Forwarded-For` is not believed.
    pub fn of(request: &Request, trusted: &Networks) -> Option<Self> {
        let Peer(peer) = request.extensions().get::<Peer>()?;
        Some(Self::found(*peer, request.headers(), trusted))
    }

    fn found(peer: SocketAddr, headers: &HeaderMap, trusted: &Networks) -> Self {
        let peer = peer.ip().to_canonical();
        let direct = !headers.contains_key(FORWARDED_FOR);
        if direct || !trusted.contains(peer) {
            let address = peer;
            return Self { address, direct };
        }
        let lines = headers.get_all(FORWARDED_FOR).iter();
        let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
        // Each proxy adds its peer at the end, so the first untrusted one from there is the client.
        let mut address = peer;
        for text in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            let Some(hop) = hop(text.trim()) else { break };
            address = hop;
            if !trusted.contains(hop) {
                break;
            }
        }
        Self { address, direct }
    }

    /// The address without its last part, which would name a household: for the log.
    pub fn network(&self) -> String {
        match self.address {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}::/48")
            }
        }
    }

    /// This machine itself, not somebody behind a proxy that runs on it.
    pub fn is_this_machine(&self) -> bool {
        self.direct && self.address.is_loopback()
    }
}

/// An address as proxies write it, with a port or without.
fn hop(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let with_port = || text.parse().map(|address: SocketAddr| address.ip());
    let address = bare.parse().or_else(|_| with_port()).ok()?;
    Some(IpAddr::to_canonical(&address))
}

/// Without TLS of its own the server is for its proxy alone: cookies and service workers need
/// https, and on the way to anybody else everything could be read. Answers what whoever comes another
/// way is told.
pub fn by_proxy_only(state: &AppState, request: &Request) -> Option<Response> {
    if !state.edge.by_proxy_only {
        return None;
    }
    let peer = request.extensions().get::<Peer>();
    let known = peer.is_some_and(|Peer(peer)| {
        peer.ip().to_canonical().is_loopback() || state.edge.trusted.contains(peer.ip())
    });
    let refusal = || {
        (
            StatusCode::FORBIDDEN,
            "这里只接受来自网关的访问，请使用公布的网址。 Only the gateway may come this way: please use the published address.\n",
        )
            .into_response()
    };
    (!known).then(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn networks(text: &str) -> Networks {
        serde_json::from_value(text.into()).unwrap()
    }

    fn client(peer: &str, forwarded: &[&str], trusted: &str) -> Client {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let peer = SocketAddr::new(peer.parse().unwrap(), 40000);
        Client::found(peer, &headers, &networks(trusted))
    }

    fn address(peer: &str, forwarded: &[&str], trusted: &str) -> String {
        client(peer, forwarded, trusted).address.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(address("203.0.113.9", &["1.2.3.4"], ""), "203.0.113.9");
        assert_eq!(address("10.0.0.1", &["1.2.3.4"], "10.0.0.0/8"), "1.2.3.4");
        assert_eq!(
            address("::ffff:10.0.0.1", &["1.2.3.4"], "10.0.0.0/8"),
            "1.2.3.4"
        );
    }

    #[test]
    fn what_the_client_itself_wrote_is_left_of_the_truth() {
        let forged = &["127.0.0.1, 203.0.113.9, 10.0.0.2"];
        assert_eq!(address("10.0.0.1", forged, "10.0.0.0/8"), "203.0.113.9");
        let two_lines = &["127.0.0.1", "203.0.113.9:5000"];
        assert_eq!(address("10.0.0.1", two_lines, "10.0.0.0/8"), "203.0.113.9");
        assert_eq!(address("10.0.0.1", &["nonsense"], "10.0.0.0/8"), "10.0.0.1");
        assert_eq!(
            address("10.0.0.1", &["[2001:db8::7]:443"], "10.0.0.0/8"),
            "2001:db8::7"
        );
    }

    #[test]
    fn somebody_behind_a_proxy_on_this_machine_is_not_this_machine() {
        assert!(client("127.0.0.1", &[], "").is_this_machine());
        assert!(!client("127.0.0.1", &["1.2.3.4"], "").is_this_machine());
        assert!(!client("127.0.0.1", &["127.0.0.1"], "127.0.0.1").is_this_machine());
    }

    #[test]
    fn the_log_gets_no_whole_address() {
        assert_eq!(client("203.0.113.9", &[], "").network(), "203.0.113.0/24");
        assert_eq!(
            client("2001:db8:1:2::9", &[], "").network(),
            "2001:db8:1::/48"
        );
    }
}
