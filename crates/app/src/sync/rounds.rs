//! Rounds by themselves: a thread beside the shell's, which asks and takes in, and holds the desk
//! only for that and never while the network works. When a round is due says [`Rhythm`].

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use ::sync::rhythm::{End, Rhythm};
use crypto::{Entropy, SystemEntropy, random};

use crate::clock::{Clock, SystemClock};
use crate::command::{Tag, Tags};
use crate::desk::Desk;
use crate::refusal::Code;

pub use ::sync::rhythm::Event;

/// What the shell lends to the rounds.
pub trait Shell {
    /// The desk, while `work` runs; `None` when there is none.
    fn lend<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> Option<T>;
    /// Tells every window what went stale.
    fn tell(&self, tags: &[Tag]);
}

/// What the rounds hear of when the command `name`, which makes `stales` stale, was done.
#[must_use]
pub fn event(name: &str, stales: Tags) -> Option<Event> {
    // Somebody waits to see it: the first round with a new server, and one that was asked for.
    if ["send_now", "attach", "ask_who_looked"].contains(&name) {
        return Some(Event::Asked);
    }
    // Typing is no record yet, nor is a list that is looked at; backups are this workstation's own.
    let stays = [Tag::SCRATCH, Tag::LIST, Tag::BACKUPS, Tag::JOBS];
    let sends = stales.iter().any(|tag| !stays.contains(&tag));
    sends.then_some(Event::Changed)
}

/// Starts the thread; it ends when the sender that this returns is dropped.
///
/// A panic takes the desk that was lent with it and its key, as it does in a command; the thread goes on
/// with the desk that somebody opens next.
///
/// # Errors
/// When the system gives no thread.
pub fn start(shell: impl Shell + Send + 'static) -> std::io::Result<Sender<Event>> {
    let (sender, events) = channel();
    thread::Builder::new().name("sync".to_owned()).spawn(move || {
        let (clock, mut entropy) = (SystemClock::new(), SystemEntropy::new());
        while catch_unwind(AssertUnwindSafe(|| run(&shell, &clock, &mut entropy, &events))).is_err() {
            shell.tell(&[Tag::SESSION]);
        }
    })?;
    Ok(sender)
}

/// Exchanges records in rounds until nobody can send an event any more.
fn run(shell: &impl Shell, clock: &dyn Clock, entropy: &mut dyn Entropy, events: &Receiver<Event>) {
    let mut rhythm = Rhythm::default();
    loop {
        let event = match rhythm.wait(clock.monotonic()) {
            Some(0) => events.try_recv().ok().ok_or(RecvTimeoutError::Timeout),
            Some(wait) => events.recv_timeout(Duration::from_millis(wait)),
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match event {
            Ok(event) => rhythm = rhythm.heard(event, clock.monotonic()),
            Err(RecvTimeoutError::Timeout) => {
                let end = round(shell);
                let [high, low] = random(entropy);
                rhythm = rhythm.ended(end, clock.monotonic(), u16::from_be_bytes([high, low]));
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// One round.
fn round(shell: &impl Shell) -> End {
    let asked = shell.lend(|desk| (desk.transport(), desk.question()));
    let Some((transport, question)) = asked else { return End::Nothing };
    let question = match question {
        Ok(Some(question)) => question,
        Ok(None) => return End::Nothing,
        Err(_) => return End::Failed,
    };
    let answered = transport.post(&question.url, question.body);
    match shell.lend(|desk| desk.settle(&question.asked, answered)) {
        Some(Ok(progress)) => {
            shell.tell(&progress.stales.into_iter().collect::<Vec<_>>());
            if progress.more { End::More } else { End::Done }
        }
        Some(Err(refusal)) if refusal.code == Code::NotSignedIn => End::Nothing,
        Some(Err(_)) => {
            shell.tell(&[Tag::STATUS]);
            End::Failed
        }
        None => End::Nothing,
    }
}
