//! How often somebody may ask who does not say who they are: so many times an hour by address.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;
use crate::http::Server;
use crate::network::network;
use crate::{Problem, verify};

/// Addresses that are remembered before those that may ask freely again are forgotten, at first; then twice
/// as many as were left.
const MANY: usize = 10_000;

type Limiter = RateLimiter<IpAddr, DashMapStateStore<IpAddr>, Hands, NoOpMiddleware<Duration>>;

/// Who asked how often.
pub(crate) struct Anonymous {
    limiter: Limiter,
    clock: Hands,
    proxies: Vec<IpAddr>,
    many: AtomicUsize,
}

/// The server's clock as the limiter reads it.
#[derive(Clone)]
struct Hands(Arc<dyn Clock>);

impl governor::clock::Clock for Hands {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(self.0.now())
    }
}

impl Anonymous {
    pub(crate) fn new(clock: Arc<dyn Clock>, an_hour: NonZeroU32, proxies: Vec<IpAddr>) -> Self {
        let clock = Hands(clock);
        let limiter = RateLimiter::new(Quota::per_hour(an_hour), DashMapStateStore::default(), clock.clone());
        Self { limiter, clock, proxies, many: AtomicUsize::new(MANY) }
    }

    fn check(&self, asker: IpAddr) -> Result<(), Problem> {
        if self.limiter.len() > self.many.load(Ordering::Relaxed) {
            self.limiter.retain_recent();
            self.many.store(MANY.max(2 * self.limiter.len()), Ordering::Relaxed);
        }
        self.limiter.check_key(&network(asker)).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            Problem::TooMany { seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0) }
        })
    }
}

/// Lets a request through, or says when the next one may come.
pub(crate) async fn count(State(server): State<Server>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let asker = asker(peer, request.headers(), &server.anonymous.proxies);
    match server.anonymous.check(asker) {
        Ok(()) => next.run(request).await,
        Err(problem) if verify::wants_html(request.headers()) => verify::refused(&problem),
        Err(problem) => problem.into_response(),
    }
}

/// Who asks: the peer, or, where the peer is one of the operator's proxies, whom it names last.
fn asker(peer: Option<IpAddr>, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let peer = peer.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)).to_canonical();
    if !proxies.contains(&peer) {
        return peer;
    }
    // Whatever a client wrote itself stands before what the proxy has added.
    let named = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let named: Vec<&str> = named.flat_map(|value| value.split(',')).map(str::trim).collect();
    let foreign =
        named.iter().rev().map_while(|name| name.parse::<IpAddr>().ok()).map(|ip| ip.to_canonical());
    foreign.into_iter().find(|ip| !proxies.contains(ip)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn asked(peer: &str, forwarded: &[&str]) -> IpAddr {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        asker(Some(ip(peer)), &headers, &[ip("127.0.0.1"), ip("10.0.0.2")])
    }

    #[test]
    fn a_stranger_is_their_own_address_whatever_they_say() {
        assert_eq!(asked("203.0.113.7", &["198.51.100.1"]), ip("203.0.113.7"));
        assert_eq!(asked("::ffff:203.0.113.7", &[]), ip("203.0.113.7"));
    }

    #[test]
    fn a_proxy_names_the_asker_last_and_what_the_asker_wrote_before_is_not_believed() {
        assert_eq!(asked("127.0.0.1", &["203.0.113.7"]), ip("203.0.113.7"));
        assert_eq!(asked("127.0.0.1", &["1.1.1.1, 203.0.113.7"]), ip("203.0.113.7"));
        assert_eq!(asked("127.0.0.1", &["1.1.1.1", "203.0.113.7, 10.0.0.2"]), ip("203.0.113.7"));
        assert_eq!(asked("127.0.0.1", &["203.0.113.7, nonsense"]), ip("127.0.0.1"));
        assert_eq!(asked("127.0.0.1", &[]), ip("127.0.0.1"));
    }

    #[test]
    fn a_network_of_ipv6_is_one_asker() {
        assert_eq!(network(ip("2001:db8:1:2:3::4")), network(ip("2001:db8:1:2:ffff::1")));
        assert_ne!(network(ip("2001:db8:1:2::")), network(ip("2001:db8:1:3::")));
        assert_eq!(network(ip("203.0.113.7")), ip("203.0.113.7"));
    }
}
