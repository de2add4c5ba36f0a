//! A line to the server that a test cuts, or on which it loses an answer.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use ::sync::pack::{pack, unpack};
use ::sync::{Http, Transport, Unreached};
use crypto::exchange::digest_of;
use crypto::log::EntryBytes;
use crypto::{Signed, SigningKey};
use domain::sync::{Answer, PROTOCOL, Question, Welcome};
use domain::wire::{Bytes, Message};

/// What happens to an answer on its way.
type Change = Box<dyn Fn(Vec<u8>) -> Vec<u8> + Send>;

/// The line of one workstation.
#[derive(Default)]
pub struct Line {
    http: Http,
    cut: AtomicBool,
    lose: AtomicU64,
    repeat: AtomicBool,
    asked: AtomicU64,
    changed: Mutex<Option<Change>>,
    /// The key of who welcomes workstations in the server's place.
    stranger: Mutex<Option<[u8; 32]>>,
    /// The workstation's key and the server's, while the workstation speaks protocol 1.
    older: Mutex<Option<(SigningKey, SigningKey)>>,
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
    pub fn change(&self, how: impl Fn(Vec<u8>) -> Vec<u8> + Send + 'static) {
        *self.changed.lock().unwrap() = Some(Box::new(how));
    }

    /// From now on the server whose key is `key` tells `lie` instead of the truth, and signs it.
    pub fn lie(&self, key: SigningKey, lie: impl Fn(Answer) -> Answer + Send + 'static) {
        self.change(move |body| {
            let signed: Signed<Answer> = unpack(&body).unwrap();
            pack(&Signed::new(&key, &lie(signed.claimed().unwrap()))).unwrap()
        });
    }

    /// From now on another server, whose public key is `key`, welcomes whoever introduces itself; with none the true one does.
    pub fn welcome_by(&self, key: Option<[u8; 32]>) {
        *self.stranger.lock().unwrap() = key;
    }

    /// From now on the workstation with the key `own` speaks protocol 1 with the server, as before it was updated; with
    /// none it speaks as it does today.
    pub fn speak_older(&self, keys: Option<(SigningKey, SigningKey)>) {
        *self.older.lock().unwrap() = keys;
    }

    /// From now on every answer arrives as it was sent.
    pub fn honest(&self) {
        *self.changed.lock().unwrap() = None;
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
        let older = self.older.lock().unwrap().clone();
        let answer = match older.filter(|_| url.ends_with("/sync")) {
            Some((own, server)) => in_protocol_1(&own, &server, &body, |asked| self.http.post(url, asked))?,
            None => self.http.post(url, body)?,
        };
        if self.lose.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            return Err(Unreached::Offline);
        }
        if let Some(server) = self.stranger.lock().unwrap().filter(|_| url.ends_with("/introduce")) {
            return pack(&Welcome { server, ..unpack(&answer)? });
        }
        Ok(match &*self.changed.lock().unwrap() {
            Some(change) if url.ends_with("/sync") => change(answer),
            _ => answer,
        })
    }
}

/// Asks `body` in the words of protocol 1, and tells the answer in today's.
fn in_protocol_1(
    own: &SigningKey,
    server: &SigningKey,
    body: &[u8],
    post: impl FnOnce(Vec<u8>) -> Result<Vec<u8>, Unreached>,
) -> Result<Vec<u8>, Unreached> {
    let asked: Signed<Question> = unpack(body)?;
    let mut question = Question { v: 1, act: None, disputed: None, known: None, ..asked.claimed().unwrap() };
    for entry in question.pushes.iter_mut().flat_map(|push| &mut push.entries) {
        *entry = Bytes(EntryBytes::from_sent(&entry.0).unwrap().to_bytes());
    }
    let mut answer: Answer = unpack(&post(pack(&Signed::new(own, &question))?)?)?;
    for fed in answer.pages.iter_mut().flat_map(|page| &mut page.entries) {
        fed.entry = Bytes(EntryBytes::from_bytes(&fed.entry.0).unwrap().to_sent());
    }
    assert_eq!((answer.v, answer.question, &answer.carried, &answer.notes), (1, None, &None, &None));
    let question = Some(digest_of(&asked));
    pack(&Signed::new(server, &Answer { v: PROTOCOL, question, ..answer }))
}
