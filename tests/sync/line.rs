//! A line to the server that a test cuts, or on which it loses an answer.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use ::sync::{Http, Transport, Unreached};

/// What happens to an answer on its way.
type Change = fn(Vec<u8>) -> Vec<u8>;

/// The line of one workstation.
#[derive(Default)]
pub struct Line {
    http: Http,
    cut: AtomicBool,
    lose: AtomicU64,
    repeat: AtomicBool,
    asked: AtomicU64,
    changed: Mutex<Option<Change>>,
}

impl Line {
    /// Cuts the line, or mends it.
    pub fn cut(&self, cut: bool) {
        self.cut.store(cut, Ordering::SeqCst);
    }

    /// Loses the next `answers` on their way back: the server did what it was asked.
    pub fn lose(&self, answers: u64) {
        self.lose.store(answers, Ordering::SeqCst);
    }

    /// Sends every question twice from now on.
    pub fn repeat(&self) {
        self.repeat.store(true, Ordering::SeqCst);
    }

    /// How many questions were put on it, whatever became of them.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::SeqCst)
    }

    /// Changes every answer on its way.
    pub fn change(&self, how: Option<Change>) {
        *self.changed.lock().unwrap() = how;
    }
}

impl Transport for Line {
    fn post(&self, url: &str, body: Vec<u8>) -> Result<Vec<u8>, Unreached> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.cut.load(Ordering::SeqCst) {
            return Err(Unreached::Offline);
        }
        if self.repeat.load(Ordering::SeqCst) {
            self.http.post(url, body.clone())?;
        }
        let answer = self.http.post(url, body)?;
        if self.lose.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return Err(Unreached::Offline);
        }
        Ok(match *self.changed.lock().unwrap() {
            Some(change) => change(answer),
            None => answer,
        })
    }
}
