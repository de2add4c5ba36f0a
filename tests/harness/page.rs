//! One page on a loopback port, for a browser to open.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use anyhow::Result;

/// Answers every request with `html`, as long as the test process lives; gives the address.
pub fn serve(html: &'static str) -> Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = format!("http://{}/", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A browser that went away is not the page's concern.
            drop(answer(stream, html));
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream, html: &str) -> std::io::Result<()> {
    let mut request = [0; 8192];
    let length = stream.read(&mut request)?;
    if !request[..length].starts_with(b"GET / ") {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{html}", html.len())
}
