//! Exchanging records with the clinic's server: attaching to it, and rounds of one question and one
//! answer. A round takes the desk only to put the question together and to take the answer in, so nobody
//! waits for a network; it goes on behind a locked screen.

use std::sync::Arc;

use ::sync::{Transport, Unreached, pack};
use crypto::certify::Subject;
use crypto::{Signed, sha256};
use domain::access::{Object, Permission, User, allowed};
use domain::kinds;
use domain::record::Record;
use domain::sync::{Answer, Cursor, Introduction, PROTOCOL, Question, Welcome};
use domain::wire::Message;
use domain::{Incarnation, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Act, Keys, Signer, Store, Unbelieved};
use ts_rs::TS;

use crate::clinic::refresh_people;
use crate::commands::{Nothing, quietly};
use crate::desk::{Desk, Phase, Place};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::trust;
use crate::world::World;

/// A server to attach the clinic to.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attach {
    /// The server's address.
    pub server: String,
    /// The one-time code that its operator gave out.
    pub code: String,
}

/// What a round of sync did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Synced {
    /// Rounds that were needed.
    pub rounds: u64,
    /// Ops of this workstation that the server has acknowledged in all.
    pub received: u64,
    /// Transactions of others that were taken in.
    pub applied: u64,
    /// Bytes sent.
    pub sent_bytes: u64,
    /// Bytes that came back.
    pub received_bytes: u64,
}

/// A question on its way.
pub struct Outgoing {
    /// Where to.
    pub url: String,
    /// The body.
    pub body: Vec<u8>,
}

/// What an answer changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Whether another round is worth it now.
    pub more: bool,
    /// Transactions of others that were taken in.
    pub applied: u64,
    /// Ops of this workstation that the server has.
    pub received: u64,
}

/// About so many bytes of ops go in one question.
const PUSH_BYTES: usize = 512 << 10;
const PUSH_AUDIT: u32 = 2_000;
/// A sync that still has more to do after so many rounds lets others work in between.
const MOST_ROUNDS: u64 = 500;

/// Attaches the clinic to a server that has none yet.
pub(crate) fn attach(seat: &mut Seat, input: Attach) -> Result<Nothing, Refusal> {
    let server = address(&input.server)?;
    // The code is read out and typed: only its letters and digits count.
    let claim = input.code.to_uppercase().replace(|sign: char| !sign.is_ascii_alphanumeric(), "");
    let introduction = Introduction {
        v: PROTOCOL,
        clinic: seat.place.clinic,
        root: seat.place.root,
        clinic_scope: seat.place.clinic_scope,
        workstation: seat.place.workstation,
        site_scope: seat.place.site_scope,
        chain: trust::own_chain(seat.act, seat.place)?,
        claim: Some(sha256(&[claim.as_bytes()])),
        ticket: None,
    };
    introduce(seat.act, &*seat.world.transport, &server, &introduction)?;
    Ok(Nothing {})
}

/// Introduces this workstation and remembers the server.
pub(crate) fn introduce(
    act: &Act,
    transport: &dyn Transport,
    server: &str,
    introduction: &Introduction,
) -> Result<Welcome, Refusal> {
    let answer = transport.post(&format!("{server}/introduce"), pack::pack(introduction)?)?;
    let welcome: Welcome = pack::unpack(&answer)?;
    if welcome.clinic != introduction.clinic {
        return Err(Refusal::new(Code::ServerNotBelieved));
    }
    act.set_local("server", server.as_bytes())?;
    act.set_local("server_key", &welcome.server)?;
    Ok(welcome)
}

/// An address without a slash at its end.
pub(crate) fn address(server: &str) -> Result<String, Refusal> {
    let server = server.trim().trim_end_matches('/');
    let known = ["https://", "http://"]
        .iter()
        .any(|scheme| server.len() > scheme.len() && server.starts_with(scheme));
    if known { Ok(server.to_owned()) } else { Err(Refusal::invalid("server")) }
}

/// Exchanges records until neither side lacks any, for the person who is signed in.
///
/// # Errors
/// [`Code::Offline`] without an answer; what was acknowledged until then stays so.
pub fn sync(desk: &mut Desk) -> Result<Synced, Refusal> {
    quietly(desk, |seat| Ok(allowed(&seat.subject, Permission::SyncRun, Object::default())?))?;
    let transport = desk.transport();
    let mut synced = Synced::default();
    while synced.rounds < MOST_ROUNDS {
        let question = desk.question()?.ok_or_else(|| Refusal::new(Code::NotAttached))?;
        synced.rounds += 1;
        synced.sent_bytes += question.body.len() as u64;
        let answer = transport.post(&question.url, question.body)?;
        synced.received_bytes += answer.len() as u64;
        let progress = desk.answer(&answer)?;
        synced.applied += progress.applied;
        synced.received = progress.received;
        if !progress.more {
            break;
        }
    }
    Ok(synced)
}

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

    /// Takes an answer in: what others wrote, how far ours was received, and the place in every feed
    /// change together.
    ///
    /// # Errors
    /// [`Code::ServerNotBelieved`] when anything of it is not what its author signed; then nothing of
    /// it was taken in.
    pub fn answer(&mut self, body: &[u8]) -> Result<Progress, Refusal> {
        let Phase::Open(open) = &mut self.phase else { return Ok(Progress::default()) };
        answer(&mut open.store, &open.place, &mut self.world, body)
    }
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
        if act.unsent_ends(&signer, &pushes)? {
            pushes.extend(act.unsent(&signer, scope, PUSH_BYTES)?);
        }
        cursors.push(Cursor { scope, position: act.cursor(scope)? });
    }
    let question = Question {
        v: PROTOCOL,
        clinic: place.clinic,
        workstation: place.workstation,
        incarnation: place.incarnation,
        schema: kinds::SCHEMA,
        epoch: number(&act, "epoch")?,
        pushes,
        cursors,
        audit: act.unsent_audit(&signer, PUSH_AUDIT)?,
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
    let (act, folder) = store.act_and_folder()?;
    let epoch = number(&act, "epoch")?;
    if epoch != 0 && epoch != answer.epoch {
        act.forget_cursors()?;
    }
    act.set_local("epoch", &answer.epoch.to_be_bytes())?;
    for present in &answer.present {
        if let Some(certificate) = trust::check_present(&place.root, place.clinic, present) {
            act.keep_peer(present.incarnation, &certificate.to_bytes())?;
        }
    }
    let mut progress = Progress::default();
    let mut people = false;
    for page in &answer.pages {
        let applied = act.apply(place.incarnation, &Vouched { place }, page).map_err(not_believed)?;
        progress.applied += applied.transactions;
        progress.more |= page.more;
        for record in &applied.records {
            people |= act.record(*record)?.is_some_and(|record| record.kind == User::KIND.name);
        }
    }
    for received in &answer.received {
        act.acknowledge(place.incarnation, received)?.map_err(|_| Refusal::new(Code::Forked))?;
        progress.received += received.through;
    }
    if let Some(receipt) = &answer.receipt {
        act.set_local("receipt", &receipt.0)?;
    }
    act.acknowledge_audit(answer.audit)?;
    act.set_local("synced", &world.clock.now().to_be_bytes())?;
    if people {
        refresh_people(&act, folder, place, &mut *world.entropy)?;
    }
    progress.more |= act.waiting(place.incarnation)?.0 > 0;
    act.commit()?;
    Ok(progress)
}

/// A number that this workstation remembers; zero for none.
pub(crate) fn number(act: &Act, name: &str) -> Result<u64, Refusal> {
    let kept = act.local(name)?.and_then(|bytes| bytes.try_into().ok());
    Ok(kept.map(u64::from_be_bytes).unwrap_or_default())
}

fn not_believed(fault: Unbelieved) -> Refusal {
    match fault {
        Unbelieved::Store(error) => error.into(),
        fault => Refusal::new(Code::ServerNotBelieved).with("fault", fault.to_string()),
    }
}

/// The keys that the clinic's own records and certificates vouch for.
struct Vouched<'a> {
    place: &'a Place,
}

impl Keys for Vouched<'_> {
    fn author(&self, act: &Act, user: RecordId) -> Option<[u8; 32]> {
        let record = act.record(user).ok()??;
        let user_record: User = (record.kind == User::KIND.name).then(|| record.state.record())?;
        trust::check_user(act, self.place, user, &user_record).ok()?;
        user_record.signs_with?.bytes().try_into().ok()
    }

    fn workstation(&self, act: &Act, incarnation: Incarnation) -> Option<[u8; 32]> {
        let certificate = crypto::certify::KeyCertificate::from_bytes(&act.peer(incarnation).ok()??).ok()?;
        (certificate.kind == Subject::Workstation).then_some(certificate.signs_with?)
    }
}

impl From<Unreached> for Refusal {
    fn from(unreached: Unreached) -> Self {
        match unreached {
            Unreached::Address => Self::invalid("server"),
            Unreached::Offline => Self::new(Code::Offline),
            Unreached::Refused(reason) => Self::new(Code::ServerRefused).with("reason", reason),
            Unreached::Answer => Self::new(Code::ServerNotBelieved),
        }
    }
}
