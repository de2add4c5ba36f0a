//! What a round costs in which there is nothing new: bytes of HTTP with headers, both ways, before TLS.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use domain::access::Role;
use serde_json::json;
use tests::desk::Clinic;

use crate::line::Line;
use crate::world::{Server, now};

/// A way to the server that counts what passes; gives its address.
fn counted(server: &Server, count: &Arc<AtomicU64>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let to = server.url().replace("http://", "");
    let count = Arc::clone(count);
    thread::spawn(move || {
        for from in listener.incoming().map_while(Result::ok) {
            let there = TcpStream::connect(&to).unwrap();
            for (from, to) in [(from.try_clone(), there.try_clone()), (there.try_clone(), from.try_clone())] {
                let (from, to, count) = (from.unwrap(), to.unwrap(), Arc::clone(&count));
                thread::spawn(move || pass(from, to, &count));
            }
        }
    });
    address
}

fn pass(mut from: TcpStream, mut to: TcpStream, count: &AtomicU64) {
    let mut bytes = [0; 1 << 16];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        count.fetch_add(read as u64, Ordering::SeqCst);
        if to.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    drop(to.shutdown(Shutdown::Both));
}

#[test]
fn a_round_without_news_takes_at_most_700_bytes_with_headers() {
    let server = Server::start();
    let count = Arc::new(AtomicU64::new(0));
    let line = Arc::new(Line::default());
    let mut clinic = Clinic::found_on_line(line);
    clinic.time.set_wall(now());
    clinic.hire(&[Role::Doctor]);
    clinic.seat(Role::Administrator);
    let url = counted(&server, &count);
    clinic.ok("attach", json!({"server": url, "code": server.claim_code()}));
    app::sync::sync(clinic.desk()).unwrap();
    app::sync::sync(clinic.desk()).unwrap();
    count.store(0, Ordering::SeqCst);
    let idle = app::sync::sync(clinic.desk()).unwrap();
    assert_eq!((idle.rounds, idle.applied), (1, 0));
    let bytes = count.load(Ordering::SeqCst);
    assert!(bytes <= 700, "{bytes} bytes, of them {} in bodies", idle.sent_bytes + idle.received_bytes);
}
