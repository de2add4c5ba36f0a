//! The lines on which people ask: how many one address may hold, and how long anything on one may take. Whoever holds
//! lines and says nothing takes none away from others.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::connect_info::ConnectInfo;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;

use crate::clock::{after, within};
use crate::network::network;

/// A head of a request that is not whole by then is none that is meant; a line on which nothing is asked for so long
/// is closed.
const HEAD: Duration = Duration::from_secs(10);
/// No question and no answer takes longer, over however slow a line; nor does a line last longer.
const WHOLE: Duration = Duration::from_secs(15 * 60);
/// What was begun when the server is told to stop may take so long.
const ENDING: Duration = Duration::from_secs(30);
/// Where the system has no more lines to give, one is asked for again after this.
const BREATH: Duration = Duration::from_millis(50);
/// One address, or network of IPv6, holds so many lines: a whole clinic behind one router, and not all that a server has.
const MOST: usize = 256;

/// Answers what comes in at `listener` by `router` until `stop`, then finishes what was begun.
pub(crate) async fn answer(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    let (ending, ended) = watch::channel(false);
    let held = Held::default();
    let mut lines = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        while lines.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                if let Some((line, closed)) = held.take(peer.ip()) {
                    lines.spawn(serve(stream, peer, router.clone(), line, closed, ended.clone()));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "no line could be taken");
                after(BREATH).await;
            }
        }
    }
    drop(listener);
    ending.send_replace(true);
    within(ENDING, async { while lines.join_next().await.is_some() {} }).await;
}

/// Answers on one line until it is closed, from either side.
async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    line: Line,
    closed: oneshot::Receiver<()>,
    mut ending: watch::Receiver<bool>,
) {
    let answers = TowerToHyperService::new(router.layer(Extension(ConnectInfo(peer))));
    let service = service_fn(|request| {
        line.asks.store(true, Ordering::Relaxed);
        answers.call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let mut rest = pin!(async {
        tokio::select! {
            // Whoever took the place of a silent line is not made to wait for it.
            _ = closed => {}
            () = after(WHOLE) => {}
        }
    });
    let mut told = false;
    loop {
        tokio::select! {
            // A line that breaks is nobody's fault and no news.
            _ = connection.as_mut() => return,
            () = rest.as_mut() => return,
            _ = ending.changed(), if !told => {
                told = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

/// The lines that are held, by address and in the order in which they came.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<BTreeMap<IpAddr, BTreeMap<u64, Open>>>>);

/// A line that is held.
struct Open {
    asks: Arc<AtomicBool>,
    close: oneshot::Sender<()>,
}

/// The place of a line among those of its address; gone with it.
struct Line {
    held: Held,
    address: IpAddr,
    number: u64,
    /// Whether anything was asked on it yet.
    asks: Arc<AtomicBool>,
}

impl Held {
    /// A place for one more line of `address`, and what tells that it is closed. Where there is none the oldest line on
    /// which nothing was asked gives way; `None` where each is in use.
    fn take(&self, address: IpAddr) -> Option<(Line, oneshot::Receiver<()>)> {
        let address = network(address.to_canonical());
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = held.entry(address).or_default();
        if lines.len() >= MOST {
            let silent = lines.iter().find(|(_, open)| !open.asks.load(Ordering::Relaxed));
            let silent = *silent?.0;
            // One that has just ended by itself hears nothing any more.
            lines.remove(&silent).map(|open| open.close.send(()).ok());
        }
        let number = lines.last_key_value().map_or(0, |(last, _)| last + 1);
        let asks = Arc::new(AtomicBool::new(false));
        let (close, closed) = oneshot::channel();
        lines.insert(number, Open { asks: Arc::clone(&asks), close });
        Some((Line { held: self.clone(), address, number, asks }, closed))
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let mut held = self.held.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lines) = held.get_mut(&self.address) {
            lines.remove(&self.number);
            if lines.is_empty() {
                held.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn the_oldest_silent_line_of_an_address_gives_way_and_one_in_use_does_not() {
        let held = Held::default();
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let mut lines: Vec<_> = (0..MOST).map(|_| held.take(here).unwrap()).collect();
        lines[0].0.asks.store(true, Ordering::Relaxed);
        let next = held.take(here).unwrap();
        assert!(lines[0].1.try_recv().is_err_and(|error| error == oneshot::error::TryRecvError::Empty));
        assert!(lines[1].1.try_recv().is_ok(), "the oldest that said nothing");
        drop(lines.remove(1));
        lines.push(next);
        lines.iter().for_each(|(line, _)| line.asks.store(true, Ordering::Relaxed));
        assert!(held.take(here).is_none());
        assert!(held.take(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1))).is_some(), "another address has its own");
        lines.clear();
        assert!(held.take(here).is_some());
        let (one, other): (IpAddr, IpAddr) = ("2001:db8::1".parse().unwrap(), "2001:db8::2".parse().unwrap());
        let taken: Vec<_> = (0..MOST).map(|_| held.take(one).unwrap()).collect();
        taken.iter().for_each(|(line, _)| line.asks.store(true, Ordering::Relaxed));
        assert!(held.take(other).is_none(), "whoever has a network of IPv6 has no more");
    }
}
