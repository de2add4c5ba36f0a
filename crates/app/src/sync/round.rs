//! One round: the question and what its answer changes, each in one act of the store.

use std::collections::BTreeSet;
use std::sync::Arc;

use ::sync::{Transport, Trouble, Unreached, pack};
use crypto::Signed;
use crypto::exchange::introduced;
use domain::access::User;
use domain::record::Record;
use domain::sync::{Answer, Cursor, LARGEST, LARGEST_PUSH, PROTOCOL, Push, Question};
use domain::wire::Message;
use domain::{TOLERANCE, kinds};
use store::{Act, Signer, Store, Unbelieved};

use crate::command::Tag;
use crate::desk::{Desk, Phase};
use crate::people::refresh_people;
use crate::place::Place;
use crate::refusal::{Code, Refusal};
use crate::sitting::{Moment, unseated};
use crate::sync::{forks, receipt};
use crate::trust::Vouched;
use crate::world::World;

/// A question on its way.
pub struct Outgoing {
    /// Where to.
    pub url: String,
    /// The body.
    pub body: Vec<u8>,
}

/// What an answer changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Whether another round is worth it now.
    pub more: bool,
    /// Transactions of others that were taken in.
    pub applied: u64,
    /// Ops of this workstation that the server has.
    pub received: u64,
    /// The tags that went stale.
    pub stales: BTreeSet<Tag>,
}

/// So many bytes of ops go in one question, or one larger transaction after them.
const PUSH_BYTES: usize = 512 << 10;
const PUSH_AUDIT: u32 = 2_000;
const PUSH_AUDIT_BYTES: usize = 1 << 20;
// All of it together is a question that a server takes.
const _: () = assert!(PUSH_BYTES + LARGEST_PUSH + PUSH_AUDIT_BYTES + (256 << 10) < LARGEST);
/// What goes wrong with the rounds, as this workstation remembers it.
const TROUBLE: &str = "trouble";
const SERVER_CLOCK: &str = "server_clock";
/// Set while the feeds are read anew because something in them did not follow.
const ANEW: &str = "anew";

impl Desk {
    /// The way to the server, to be used without holding the desk.
    #[must_use]
    pub fn transport(&self) -> Arc<dyn Transport> {
        Arc::clone(&self.world.transport)
    }

    /// The next question to the server; `None` while nobody is signed in or there is no server.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn question(&mut self) -> Result<Option<Outgoing>, Refusal> {
        let Phase::Open(open) = &mut self.phase else { return Ok(None) };
        question(&mut open.store, &open.place, &self.world)
    }

    /// Takes in what came back. What others wrote, how far ours was received, and the place in every
    /// feed change together; what went wrong is remembered with its beginning.
    ///
    /// # Errors
    /// [`Code::NotSignedIn`] when whoever was signed in left meanwhile; [`Code::Offline`] and the other
    /// refusals of a server that is not reached; [`Code::ServerNotBelieved`] when anything of the answer
    /// is not what its author signed: then nothing of it was taken in.
    pub fn settle(&mut self, answered: Result<Vec<u8>, Unreached>) -> Result<Progress, Refusal> {
        let Phase::Open(open) = &mut self.phase else { return Err(Refusal::new(Code::NotSignedIn)) };
        let settled = match answered {
            Ok(body) => answer(&mut open.store, &open.place, &mut self.world, &body),
            Err(unreached) => Err(unreached.into()),
        };
        if let Err(refusal) = &settled {
            let reason = refusal.fields.get("reason").and_then(serde_json::Value::as_str);
            let act = open.store.act()?;
            let now = self.world.clock.now();
            let trouble = Trouble::after(trouble(&act)?, refusal.code.word(), reason, now);
            act.set_local(TROUBLE, &trouble.to_bytes())?;
            act.commit()?;
        }
        settled
    }
}

/// What goes wrong with the rounds now.
pub(crate) fn trouble(act: &Act) -> Result<Option<Trouble>, Refusal> {
    Ok(act.local(TROUBLE)?.and_then(|bytes| Trouble::from_bytes(&bytes).ok()))
}

/// Puts the next question together; `None` without a server.
pub(crate) fn question(store: &mut Store, place: &Place, world: &World) -> Result<Option<Outgoing>, Refusal> {
    let act = store.act()?;
    let Some(server) = act.local("server")?.and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return Ok(None);
    };
    let now = world.clock.now();
    let signer = Signer { clinic: place.clinic, incarnation: place.incarnation, key: &place.key, now };
    let mut pushes = Vec::new();
    let mut cursors = Vec::new();
    for scope in [place.clinic_scope, place.site_scope] {
        // What a site writes may rest on what the clinic wrote before: that goes first, all of it.
        let room = PUSH_BYTES.saturating_sub(pushes.iter().map(Push::bytes).sum());
        if room > 0 && act.unsent_ends(&signer, &pushes)? {
            pushes.extend(act.unsent(&signer, scope, room)?);
        }
        cursors.push(Cursor { scope, position: act.cursor(scope)? });
    }
    let question = Question {
        v: PROTOCOL,
        clinic: place.clinic,
        workstation: place.workstation,
        incarnation: place.incarnation,
        schema: kinds::SCHEMA,
        epoch: super::number(&act, "epoch")?,
        pushes,
        cursors,
        audit: act.unsent_audit(&signer, PUSH_AUDIT, PUSH_AUDIT_BYTES)?,
        budget: ::sync::plan::FIRST_BUDGET,
    };
    let body = pack::pack(&Signed::new(&place.key, &question))?;
    Ok(Some(Outgoing { url: format!("{server}/sync"), body }))
}

/// Takes an answer in.
pub(crate) fn answer(
    store: &mut Store,
    place: &Place,
    world: &mut World,
    body: &[u8],
) -> Result<Progress, Refusal> {
    let answer: Answer = pack::unpack(body)?;
    match take_in(store, place, world, &answer)? {
        Ok(progress) => Ok(progress),
        Err(Unbelieved::Order(_)) if read_anew(store)? => Ok(Progress { more: true, ..Progress::default() }),
        Err(fault) => Err(Refusal::new(Code::ServerNotBelieved).with("fault", fault.to_string())),
    }
}

/// The same, with what is not believed apart: all of it or nothing.
fn take_in(
    store: &mut Store,
    place: &Place,
    world: &mut World,
    answer: &Answer,
) -> Result<Result<Progress, Unbelieved>, Refusal> {
    let (act, folder) = store.act_and_folder()?;
    let epoch = super::number(&act, "epoch")?;
    if epoch != 0 && epoch != answer.epoch {
        act.forget_cursors()?;
    }
    act.set_local("epoch", &answer.epoch.to_be_bytes())?;
    for present in &answer.present {
        if let Some(certificate) = introduced(&place.root, place.clinic, present) {
            act.keep_peer(present.incarnation, &certificate.to_bytes())?;
        }
    }
    let waited = act.counters(place.incarnation)?.waiting;
    let mut progress = Progress { stales: [Tag::STATUS].into(), ..Progress::default() };
    let mut people = false;
    let (mut moved, mut rest) = (false, false);
    for page in &answer.pages {
        let applied = match act.apply(place.incarnation, &Vouched { place }, page) {
            Ok(applied) => applied,
            Err(Unbelieved::Store(error)) => return Err(error.into()),
            Err(fault) => return Ok(Err(fault)),
        };
        progress.applied += applied.transactions;
        moved |= applied.moved;
        rest |= page.more;
        let kinds = act.kinds_of(&applied.records)?;
        people |= kinds.contains(User::KIND.name);
        progress.stales.extend(kinds.iter().filter_map(|kind| kinds::kind(kind)).map(Tag::of));
    }
    // An answer that leads nowhere is not asked for again at once; one feed may have left no room for the other.
    progress.more |= moved && rest;
    for received in &answer.received {
        act.acknowledge(place.incarnation, received)?.map_err(|_| Refusal::new(Code::Forked))?;
        progress.received += received.through;
    }
    if let Some(receipt) = &answer.receipt {
        let server = receipt::keep(&act, place, receipt, &answer.received)?;
        compare_clocks(&act, place, world, server)?;
    }
    act.acknowledge_audit(answer.audit)?;
    forks::keep(&act, place, world, answer.forks.as_deref())?;
    act.set_local("synced", &world.clock.now().to_be_bytes())?;
    act.forget_local(TROUBLE)?;
    if people {
        refresh_people(&act, folder, place, &mut *world.entropy)?;
    }
    // What waits is sent at once while that leads somewhere.
    let waits = act.counters(place.incarnation)?.waiting;
    progress.more |= waits > 0 && waits != waited;
    if !progress.more {
        act.forget_local(ANEW)?;
    }
    act.commit()?;
    Ok(Ok(progress))
}

/// Keeps how far the server's signed time is from this computer's. Where both agree, whatever was written down here
/// under a clock that ran ahead is left behind: two witnesses stand against it.
fn compare_clocks(act: &Act, place: &Place, world: &mut World, server: u64) -> Result<(), Refusal> {
    let now = world.clock.now();
    act.set_local(SERVER_CLOCK, &server.cast_signed().saturating_sub(now.cast_signed()).to_be_bytes())?;
    if server.abs_diff(now) > TOLERANCE || !Moment::at(act.clock()?, &place.zone).is_ahead_of(now) {
        return Ok(());
    }
    let said = unseated(&Moment::at(now, &place.zone), "correct_clock");
    act.audit(&place.key, &mut *world.entropy, said)?;
    Ok(act.set_clock_back(place.incarnation, now)?)
}

/// By how many milliseconds the server's clock was ahead of this computer's when it last signed a receipt.
pub(crate) fn server_clock(act: &Act) -> Result<i64, Refusal> {
    let kept = act.local(SERVER_CLOCK)?.and_then(|bytes| bytes.try_into().ok());
    Ok(kept.map(i64::from_be_bytes).unwrap_or_default())
}

/// A feed that does not follow from what is here may be that of a server which was put back to an older
/// copy and has grown since: the feeds are read from their beginning, where what is known is skipped.
/// Once: `false` when they are being read so already.
fn read_anew(store: &mut Store) -> Result<bool, Refusal> {
    let act = store.act()?;
    if act.local(ANEW)?.is_some() {
        return Ok(false);
    }
    act.forget_cursors()?;
    act.set_local(ANEW, &[1])?;
    act.commit()?;
    Ok(true)
}
