//! One round: the question and what its answer changes, each in one act of the store.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ::sync::{Transport, Trouble, Unreached, pack};
use crypto::exchange::{digest_of, introduced, known};
use crypto::{Signed, random};
use domain::access::User;
use domain::clinic::Server;
use domain::record::Record;
use domain::sync::{
    Answer, Ask, AuditPush, Cursor, LARGEST, LARGEST_PUSH, Looked, MOST_ASKED_AGAIN, PROTOCOL, Push,
    Question, Received,
};
use domain::wire::Message;
use domain::{Digest, Incarnation, Scope, TOLERANCE, kinds};
use store::{Act, Heard, Signer, Store, Unbelieved};

use crate::certificates::numbers_after;
use crate::command::Tag;
use crate::desk::{Desk, Phase};
use crate::findings;
use crate::people::refresh_people;
use crate::place::Place;
use crate::refusal::{Code, Refusal};
use crate::sitting::{Moment, floor, unseated};
use crate::sync::doubt::{self, Opened};
use crate::sync::{forks, introductions, key, receipt, rejoin, report};
use crate::trust::Vouched;
use crate::world::World;

/// A question on its way.
pub struct Outgoing {
    /// Where to.
    pub url: String,
    /// The body.
    pub body: Vec<u8>,
    /// What its answer answers.
    pub asked: Asked,
}

/// What is remembered of a question until its answer comes.
pub struct Asked {
    /// The digest by which the answer names it.
    pub digest: Digest,
    /// How far it tells who sat here, by scope.
    told: BTreeMap<Scope, u64>,
    /// The number of the last entry of the trail in it; zero for none.
    trail: u64,
    /// The logs of other workstations that it carries.
    carried: Vec<(Incarnation, Scope)>,
    /// Whether it introduces an installation that was let in while the server was out of reach.
    introduces: bool,
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
    /// Who looked at a chart elsewhere, where that was asked.
    pub looked: Option<Looked>,
}

/// So many bytes of ops go in one question, or one larger transaction after them.
const PUSH_BYTES: usize = 512 << 10;
const PUSH_AUDIT: u32 = 2_000;
const PUSH_AUDIT_BYTES: usize = 1 << 20;
// All of it together is a question that a server takes.
const _: () = assert!(PUSH_BYTES + LARGEST_PUSH + PUSH_AUDIT_BYTES + (256 << 10) < LARGEST);
/// What goes wrong with the rounds, as this workstation remembers it.
pub(crate) const TROUBLE: &str = "trouble";
const SERVER_CLOCK: &str = "server_clock";
/// Up to which local position the server was asked who sat where something was written, and how often for that.
const ASKED_UP_TO: &str = "asked_who_sat_up_to";
const ASKED: &str = "asked_who_sat";
/// So many sittings ask for the same: a server that does not tell it by then never will.
const MOST_ASKED: u64 = 3;
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
        question(&mut open.store, &open.place, &mut self.world, open.sitting.asks())
    }

    /// Takes in what came back to `question`. What others wrote, how far ours was received, and the place in every
    /// feed change together; what went wrong is remembered with its beginning.
    ///
    /// # Errors
    /// [`Code::NotSignedIn`] when whoever was signed in left meanwhile; [`Code::Offline`] and the other
    /// refusals of a server that is not reached; [`Code::ServerNotBelieved`] when the clinic's server did not sign
    /// it to this question, or anything in it is not what its author signed: then nothing of it was taken in.
    pub fn settle(
        &mut self,
        question: &Asked,
        answered: Result<Vec<u8>, Unreached>,
    ) -> Result<Progress, Refusal> {
        let Phase::Open(open) = &mut self.phase else { return Err(Refusal::new(Code::NotSignedIn)) };
        let mut settled = match answered {
            answered if question.introduces => introductions::settle(&mut open.store, &open.place, answered),
            Ok(body) => answer(&mut open.store, &open.place, &mut self.world, question, &body),
            // What it does not take from here is in the way of nothing else.
            Err(Unreached::Refused(reason)) if !question.carried.is_empty() && bars_carried(&reason) => {
                carry_no_more(&mut open.store, &open.place, &mut self.world)
            }
            Err(unreached) => doubt::refused(&open.store.act()?, unreached),
        };
        open.carrying.look_again();
        if let Some(told) = settled.as_mut().ok().and_then(|progress| progress.looked.take()) {
            open.sitting.hears(told);
        }
        let ended = settled.as_ref().is_ok_and(|progress| !progress.more);
        if ended && self.bars_writing().is_none() {
            let Phase::Open(open) = &mut self.phase else { return settled };
            match (rejoin::after_round(open, &mut self.world), &mut settled) {
                (Ok(again), Ok(progress)) => {
                    progress.more = again.written;
                    progress.stales.extend(again.stales);
                }
                // What cannot be written again now is tried after the next round; that the store is damaged is told at once.
                (Err(refusal), _) => drop(self.heard(refusal)),
                _ => {}
            }
        }
        let Phase::Open(open) = &mut self.phase else { return settled };
        // Once a sitting, so that a server which leaves that out costs no more.
        if let Ok(progress) = &mut settled
            && !progress.more
            && !open.sitting.asked_who_sat.get()
            && ask_who_sat(&mut open.store)?
        {
            open.sitting.asked_who_sat.set(true);
            progress.more = true;
        }
        if let Err(refusal) = &settled {
            let reason = refusal.fields.get("reason").and_then(serde_json::Value::as_str);
            let act = open.store.act()?;
            let now = self.world.clock.now();
            let trouble = Trouble::after(trouble(&act)?, refusal.code.word(), reason, now);
            act.set_local(TROUBLE, &trouble.to_bytes())?;
            // The next honest answer ends the trouble; that there was reason to doubt stays on record.
            if refusal.code == Code::ServerNotBelieved && trouble.since == trouble.tried {
                let moment = Moment::at(floor(&act, now)?, &open.place.zone);
                act.audit(&open.place.key, &mut *self.world.entropy, doubt::said(&moment, refusal))?;
            }
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
pub(crate) fn question(
    store: &mut Store,
    place: &Place,
    world: &mut World,
    looked: Option<Ask>,
) -> Result<Option<Outgoing>, Refusal> {
    let act = store.act()?;
    let Some(server) = act.local("server")?.and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return Ok(None);
    };
    // The server knows nobody by this name before an administrator has given leave.
    if place.restored {
        return Ok(None);
    }
    if let Some(body) = introductions::next(&act)? {
        return Ok(Some(Outgoing {
            url: format!("{server}/introduce"),
            body,
            asked: Asked {
                digest: Digest::default(),
                told: BTreeMap::new(),
                trail: 0,
                carried: Vec::new(),
                introduces: true,
            },
        }));
    }
    let now = world.clock.now();
    let signer = Signer { clinic: place.clinic, incarnation: place.incarnation, key: &place.key, now };
    // What is carried comes before all that was written here, which may rest on it.
    let store::Carrying { mut pushes, stays } = act.carried(place.clinic_scope, PUSH_BYTES)?;
    findings::not_carried(&act, place, world, stays)?;
    let carried: Vec<_> = pushes.iter().filter_map(|push| Some((push.incarnation?, push.scope))).collect();
    let mut cursors = Vec::new();
    for scope in [place.clinic_scope, place.site_scope] {
        // What a site writes may rest on what the clinic wrote before: that goes first, all of it.
        let room = PUSH_BYTES.saturating_sub(pushes.iter().map(Push::bytes).sum());
        if carried.is_empty() && room > 0 && act.unsent_ends(&signer, &pushes)? {
            pushes.extend(act.unsent(&signer, scope, room)?);
        }
        cursors.push(Cursor { scope, position: act.cursor(scope)? });
    }
    let question = Question {
        pushes,
        cursors,
        budget: ::sync::plan::FIRST_BUDGET,
        disputed: Some(act.disputed_names(MOST_ASKED_AGAIN)?).filter(|disputed| !disputed.is_empty()),
        known: Some(known(&acknowledged(&act, place)?)),
        looked,
        ..of_trail(&act, place, &signer, world)?
    };
    let signed = Signed::new(&place.key, &question);
    let outgoing = Outgoing {
        url: format!("{server}/sync"),
        body: pack::pack_briefly(&signed)?,
        asked: Asked {
            digest: digest_of(&signed),
            told: store::told(&question.pushes),
            trail: question.audit.as_ref().map_or(0, AuditPush::through),
            carried,
            introduces: false,
        },
    };
    if stays > 0 {
        act.commit()?;
    }
    Ok(Some(outgoing))
}

/// The question that tells the next of the trail, and asks for nothing.
pub(super) fn of_trail(
    act: &Act,
    place: &Place,
    signer: &Signer,
    world: &mut World,
) -> Result<Question, Refusal> {
    Ok(Question {
        audit: act.unsent_audit(signer, PUSH_AUDIT, PUSH_AUDIT_BYTES)?,
        epoch: super::number(act, "epoch")?,
        ..of_nothing(place, world)
    })
}

/// The question that tells and asks for nothing.
pub(super) fn of_nothing(place: &Place, world: &mut World) -> Question {
    Question {
        v: PROTOCOL,
        clinic: place.clinic,
        workstation: place.workstation,
        incarnation: place.incarnation,
        schema: kinds::SCHEMA,
        epoch: 0,
        pushes: Vec::new(),
        cursors: Vec::new(),
        audit: None,
        budget: 0,
        act: Some(random(&mut *world.entropy)),
        disputed: None,
        report: None,
        known: None,
        looked: None,
    }
}

/// Takes in the answer to `question`.
pub(crate) fn answer(
    store: &mut Store,
    place: &Place,
    world: &mut World,
    question: &Asked,
    body: &[u8],
) -> Result<Progress, Refusal> {
    let act = store.act()?;
    // Whatever lies here as the server's key: an administrator's record of it counts.
    if key::follow(&act, place)? {
        act.commit()?;
    } else {
        drop(act);
    }
    let act = store.act()?;
    let opened = doubt::opened(&act, &question.digest, body)?;
    drop(act);
    let taken = take_in(store, place, world, question, &opened)?;
    if let (true, Some(refusal)) = (taken.is_err(), opened.stranger()) {
        return Err(refusal);
    }
    match taken {
        Ok(progress) => {
            // What was missing here and the server had is back; what it had not, nobody has.
            if store.missing() > 0 && !progress.more {
                findings::look_again(store, place, world)?;
            }
            Ok(progress)
        }
        Err(Unbelieved::Order(_) | Unbelieved::LeftOut) if read_anew(store)? => {
            Ok(Progress { more: true, ..Progress::default() })
        }
        Err(fault) => Err(doubt::unbelieved(&fault)),
    }
}

/// The same, with what is not believed apart: all of it or nothing.
fn take_in(
    store: &mut Store,
    place: &Place,
    world: &mut World,
    question: &Asked,
    opened: &Opened,
) -> Result<Result<Progress, Unbelieved>, Refusal> {
    let answer = &opened.answer;
    let (act, folder) = store.act_and_folder()?;
    let epoch = super::number(&act, "epoch")?;
    if epoch != 0 && epoch != answer.epoch {
        act.forget_cursors()?;
        act.forget_blob_receipts()?;
    }
    act.set_local("epoch", &answer.epoch.to_be_bytes())?;
    for present in &answer.present {
        if let Some(certificate) = introduced(&place.root, place.clinic, present) {
            act.keep_peer(present.incarnation, &certificate.to_bytes())?;
        }
    }
    let waited = act.counters(place.incarnation)?.waiting;
    let now = floor(&act, world.clock.now())?;
    let looked = answer.looked.clone();
    let mut progress = Progress { stales: [Tag::STATUS].into(), looked, ..Progress::default() };
    let mut records = BTreeSet::new();
    let clock = world.clock.now();
    let heard = Heard { now, server: answer.now, agrees: clock.abs_diff(answer.now) <= TOLERANCE };
    let (mut moved, mut rest, mut given_back, mut dated_back) = (false, false, 0, 0);
    for page in &answer.pages {
        let applied = match act.apply(place.incarnation, &Vouched { place }, page, heard) {
            Ok(applied) => applied,
            Err(Unbelieved::Store(error)) => return Err(error.into()),
            Err(fault) => return Ok(Err(fault)),
        };
        progress.applied += applied.transactions;
        given_back += applied.given_back;
        dated_back += applied.dated_back;
        moved |= applied.moved;
        rest |= page.more;
        records.extend(applied.records);
    }
    for judged in &answer.verdicts {
        records.extend(act.heed(place.incarnation, &Vouched { place }, judged)?);
    }
    let kinds = act.kinds_of(&records)?;
    progress.stales.extend(kinds.iter().filter_map(|kind| kinds::kind(kind)).map(Tag::of));
    opened.prove(&act, place, &question.digest)?;
    if leaves_out(&act, place, answer)? {
        return Ok(Err(Unbelieved::LeftOut));
    }
    if kinds.contains(Server::KIND.name) {
        key::follow(&act, place)?;
    }
    for scope in [place.clinic_scope, place.site_scope] {
        if !goes_on(answer, scope) {
            act.read_to_end(place.incarnation, scope, heard)?;
        }
    }
    doubt::dated_back(&act, place, world, dated_back)?;
    // An answer that leads nowhere is not asked for again at once; one feed may have left no room for the other.
    progress.more |= moved && rest;
    if given_back > 0 {
        numbers_after(&act, given_back, 0)?;
    }
    for received in &answer.received {
        // What was written here and is gone comes back first, page by page.
        if rest && received.through > act.written(place.incarnation, received.scope)? {
            continue;
        }
        act.acknowledge(place.incarnation, received)?.map_err(|_| Refusal::new(Code::Forked))?;
    }
    if let Some(receipt) = &answer.receipt {
        let server = receipt::keep(&act, place, receipt, &answer.received)?;
        compare_clocks(&act, place, world, server)?;
    }
    let heard = act.hear_carried(&question.carried, answer.carried.as_deref().unwrap_or_default())?;
    findings::not_carried(&act, place, world, heard.stays)?;
    progress.more |= heard.moved;
    act.acknowledge_audit(answer.audit, question.trail)?;
    forks::keep(&act, place, world, answer.forks.as_deref())?;
    act.acknowledge_sessions(&question.told)?;
    doubt::spoke(&act)?;
    act.set_local("synced", &world.clock.now().to_be_bytes())?;
    act.forget_local(TROUBLE)?;
    if kinds.contains(User::KIND.name) {
        refresh_people(&act, folder, place, &mut *world.entropy)?;
    }
    // What waits is sent at once while that leads somewhere.
    let counters = act.counters(place.incarnation)?;
    let waits = counters.waiting;
    progress.received = counters.received;
    progress.more |= waits > 0 && waits != waited;
    if !progress.more {
        act.forget_local(ANEW)?;
    }
    act.commit()?;
    Ok(Ok(progress))
}

/// Whether the server refuses what is carried for another workstation, by its code, and not whoever carries it.
fn bars_carried(reason: &str) -> bool {
    [
        "fork",
        "false_head",
        "false_signature",
        "foreign_incarnation",
        "forged_scope",
        "not_told",
        "torn",
        "too_large",
    ]
    .contains(&reason)
}

/// Carries nothing for anybody any more: it stays here, and is told.
fn carry_no_more(store: &mut Store, place: &Place, world: &mut World) -> Result<Progress, Refusal> {
    let act = store.act()?;
    let stays = act.forget_carried()?;
    findings::not_carried(&act, place, world, stays)?;
    act.commit()?;
    Ok(Progress { more: true, stales: [Tag::STATUS].into(), ..Progress::default() })
}

/// What the server has of this workstation, as it last said, in the order of scopes.
fn acknowledged(act: &Act, place: &Place) -> Result<Vec<Received>, Refusal> {
    let mut received = Vec::new();
    for scope in BTreeSet::from([place.clinic_scope, place.site_scope]) {
        let (through, frontier) = act.acknowledged(scope)?;
        if through > 0 {
            received.push(Received { scope, through, root: frontier.root() });
        }
    }
    Ok(received)
}

/// Whether the server says that it has more of this workstation's own ops than the feeds, read to their end, told back.
fn leaves_out(act: &Act, place: &Place, answer: &Answer) -> Result<bool, Refusal> {
    // An answer that says nothing of it says that it is as it was.
    let before = if answer.received.is_empty() { acknowledged(act, place)? } else { Vec::new() };
    for scope in [place.clinic_scope, place.site_scope] {
        let received = answer.received.iter().chain(&before).filter(|received| received.scope == scope);
        let received = received.map(|received| received.through).max().unwrap_or_default();
        if !goes_on(answer, scope) && act.told(scope)?.is_some_and(|told| told < received) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether there is more of the feed of `scope` than `answer` tells.
fn goes_on(answer: &Answer, scope: Scope) -> bool {
    answer.pages.iter().any(|page| page.scope == scope && page.more)
}

/// Has the feeds read from their beginning once more: a server tells who sat there with the entry alone. For what is held
/// because nobody told that, unless it was set aside, and at most [`MOST_ASKED`] times for the same.
fn ask_who_sat(store: &mut Store) -> Result<bool, Refusal> {
    let act = store.act()?;
    let aside = report::aside(&act)?;
    let unseated = act.unseated()?.into_iter().map(i64::unsigned_abs).filter(|tx| !aside.contains(tx));
    let Some(newest) = unseated.max() else { return Ok(false) };
    let asked = if super::number(&act, ASKED_UP_TO)? < newest { 0 } else { super::number(&act, ASKED)? };
    if asked >= MOST_ASKED {
        return Ok(false);
    }
    act.set_local(ASKED_UP_TO, &newest.to_be_bytes())?;
    act.set_local(ASKED, &(asked + 1).to_be_bytes())?;
    act.forget_cursors()?;
    act.commit()?;
    Ok(true)
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
