//! A line to the server that a test cuts, or on which it loses an answer.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use ::sync::pack::{pack, unpack};
use ::sync::{Http, Transport, Unreached};
use crypto::exchange::digest_of;
use crypto::log::EntryBytes;
use crypto::{Signed, SigningKey};
use domain::sync::{Answer, BackupPart, BlobChunk, PROTOCOL, Question, Welcome};
use domain::wire::{Bytes, Message};
use tests::desk::{Hangs, Time};
use tests::wait;

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
    files: Mutex<Files>,
    /// Set while the server takes every question and answers none.
    pub hangs: Hangs,
}

/// What becomes of files' bytes on the line.
#[derive(Default)]
struct Files {
    /// Nothing larger passes.
    narrow: Option<u64>,
    /// By this clock so many bytes take a second.
    poor: Option<(Time, u64)>,
    /// A thousand bytes take so long.
    takes: Option<Duration>,
    /// After so many bytes the line breaks, and again.
    breaks: Option<u64>,
    since: u64,
    moved: Moved,
    /// Each answer with bytes has one of them turned.
    spoilt: bool,
}

/// How many bytes of files were put on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// In all.
    pub bytes: u64,
    /// Of them those that did not arrive.
    pub lost: u64,
    /// How often it broke.
    pub breaks: u64,
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

    /// From now on no more than `most` bytes of a file pass at once; with none all do.
    pub fn narrow(&self, most: Option<u64>) {
        self.files.lock().unwrap().narrow = most;
    }

    /// From now on `bytes` of files take a second by `time`.
    pub fn poor(&self, time: &Time, bytes: u64) {
        self.files.lock().unwrap().poor = Some((time.clone(), bytes));
    }

    /// From now on a thousand bytes of files take so long by the wall.
    pub fn slow(&self, thousand: Duration) {
        self.files.lock().unwrap().takes = Some(thousand);
    }

    /// From now on the line breaks each time when so many bytes of files were on it: on their way there and on the way back
    /// in turn.
    pub fn break_every(&self, bytes: u64) {
        self.files.lock().unwrap().breaks = Some(bytes);
    }

    /// From now on bytes of files arrive with one of them turned, or as they were sent.
    pub fn spoil(&self, spoilt: bool) {
        self.files.lock().unwrap().spoilt = spoilt;
    }

    /// How many bytes of files were put on it.
    pub fn moved(&self) -> Moved {
        self.files.lock().unwrap().moved
    }

    /// Brings `bytes` of a file over, or loses them; where they come `back` they are lost on either way.
    fn carry(
        &self,
        bytes: u64,
        back: bool,
        over: impl FnOnce() -> Result<Vec<u8>, Unreached>,
    ) -> Result<Vec<u8>, Unreached> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut files = self.files.lock().unwrap();
        if self.cut.load(Ordering::SeqCst) || files.narrow.is_some_and(|most| bytes > most) {
            return Err(Unreached::Offline);
        }
        files.moved.bytes += bytes;
        files.since += bytes;
        if let Some((time, second)) = &files.poor {
            time.pass(bytes.div_ceil(*second));
        }
        let takes = files.takes;
        let breaks = files.breaks.is_some_and(|every| files.since >= every);
        if breaks {
            (files.since, files.moved.breaks) = (0, files.moved.breaks + 1);
        }
        let on_the_way_there = breaks && files.moved.breaks % 2 == 1;
        if on_the_way_there || breaks && back {
            files.moved.lost += bytes;
        }
        drop(files);
        if let Some(thousand) = takes {
            wait::pass(thousand * u32::try_from(bytes / 1000).unwrap());
        }
        if on_the_way_there {
            return Err(Unreached::Offline);
        }
        let answer = over()?;
        if breaks { Err(Unreached::Offline) } else { Ok(answer) }
    }

    /// From now on every answer arrives as it was sent.
    pub fn honest(&self) {
        *self.changed.lock().unwrap() = None;
    }
}

impl Transport for Line {
    fn post(&self, url: &str, body: Vec<u8>) -> Result<Vec<u8>, Unreached> {
        self.hangs.wait();
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

    fn put(&self, url: &str, body: Vec<u8>) -> Result<Vec<u8>, Unreached> {
        self.carry(length(&body), false, || self.http.put(url, body))
    }

    fn get(&self, url: &str, asks: &[u8], range: Range<u64>) -> Result<Vec<u8>, Unreached> {
        let mut bytes =
            self.carry(range.end - range.start, true, || self.http.get(url, asks, range.clone()))?;
        if self.files.lock().unwrap().spoilt {
            bytes[0] ^= 1;
        }
        Ok(bytes)
    }
}

/// How many bytes of a file a chunk has.
fn length(body: &[u8]) -> u64 {
    if let Ok(part) = unpack::<Signed<BackupPart>>(body).unwrap().claimed() {
        return part.bytes.0.len() as u64;
    }
    unpack::<Signed<BlobChunk>>(body).unwrap().claimed().unwrap().bytes.0.len() as u64
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
