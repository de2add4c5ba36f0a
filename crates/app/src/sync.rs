//! Exchanging records with the clinic's server: attaching to it, and rounds of one question and one
//! answer, and between them the bytes of files. A round takes the desk only to put the question together and to take the answer in, so nobody
//! waits for a network; it goes on behind a locked screen.

mod disputed;
mod doubt;
mod files;
mod forks;
mod introductions;
mod key;
mod receipt;
mod rejoin;
mod report;
mod round;
pub mod rounds;

use std::collections::BTreeSet;

use ::sync::{Transport, Unreached, pack};
use crypto::certify::KeyCertificate;
use crypto::{Secret, Signed, SigningKey, sha256};
use domain::access::{Object, Permission, allowed};
use domain::clinic::Workstation;
use domain::sync::{Introduction, Leave, Ticket, VERSION, Welcome};
use domain::wire::{Bytes, Message};
use domain::{Digest, Incarnation, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Act;
use ts_rs::TS;

use crate::command::Nothing;
use crate::desk::Desk;
use crate::place::{self, Ids, Place};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::trust;

pub use disputed::{DisputedRow, WriteAnew};
pub(crate) use disputed::{disputed_rows, write_anew};
pub(crate) use doubt::doubted;
pub use files::{Errand, Ran};
pub use forks::{ForkedTrail, HeadShown};
pub(crate) use introductions::{WAITING, take_over};
pub use key::TrustServer;
pub(crate) use key::{fingerprint, known as known_server, mend as mend_server, trust_server};
pub(crate) use receipt::holding;
pub use rejoin::{Rejoin, Rejoined};
pub(crate) use rejoin::{at_sign_in, rejoin};
pub use report::{ReceiptShown, RefusedRow, SetAside, SyncReport, SyncTrouble, Waiting};
pub(crate) use report::{refused, send_now, server, set_aside, sync_report, trouble};
pub(crate) use round::TROUBLE;
pub use round::{Asked, Outgoing, Progress};
pub(crate) use round::{answer, question, server_clock};

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
    /// Bytes of files that went or came after the records.
    pub file_bytes: u64,
}

/// The server's code for another log under this workstation's name.
const FORK: &str = "fork";
/// The server's code for a protocol that it does not speak.
pub(crate) const WRONG_VERSION: &str = "wrong_version";
/// A sync that still has more to do after so many rounds lets others work in between.
const MOST_ROUNDS: u64 = 500;

/// Attaches the clinic to a server that has none yet.
pub(crate) fn attach(seat: &mut Seat, input: Attach) -> Result<Nothing, Refusal> {
    let server = address(&input.server)?;
    // The code is read out and typed: only its letters and digits count.
    let claim = input.code.to_uppercase().replace(|sign: char| !sign.is_ascii_alphanumeric(), "");
    let formers = formers(seat)?;
    let introduction =
        Introduction { formers, ..introduction(seat.act, seat.place, Some(sha256(&[claim.as_bytes()])))? };
    let welcome = introduce(seat.act, &*seat.world.transport, &server, &introduction)?;
    let id = key::write(seat, &server, &welcome.server)?;
    seat.about(Some(id), None);
    Ok(Nothing {})
}

/// Why a server that begins is to believe the installations whose logs come from here: those before this one, and those whose
/// backups were taken in. For one that nothing leads to any more the administrator who sits here vouches, by what is known of
/// it.
fn formers(seat: &Seat) -> Result<Option<Vec<Vec<Bytes>>>, Refusal> {
    let (mut chains, mut taken) = (Vec::new(), BTreeSet::from([seat.place.workstation]));
    for incarnation in seat.act.carrying()? {
        let kept = trust::former_chain(seat.act, incarnation)?;
        let kept = kept.filter(|chain| trust::subject(chain).is_some_and(|name| taken.insert(name)));
        chains.push(match kept {
            Some(chain) => chain,
            None => vouched(seat, incarnation, &mut taken)?,
        });
    }
    Ok(Some(chains).filter(|chains| !chains.is_empty()))
}

/// The word of the administrator who sits here for an installation that is known here. Two that were restored from one backup
/// bear one name: the server knows the second by another.
fn vouched(
    seat: &Seat,
    incarnation: Incarnation,
    taken: &mut BTreeSet<RecordId>,
) -> Result<Vec<Bytes>, Refusal> {
    let unknown = || Refusal::new(Code::ServerRefused).with("reason", "unknown_former");
    let known = seat.act.peer(incarnation)?.and_then(|bytes| KeyCertificate::from_bytes(&bytes).ok());
    let known = known.ok_or_else(unknown)?;
    let mut names = std::iter::once(known.subject)
        .chain((1..=MOST_COPIES).map(|nth| Workstation::after(known.subject, nth)));
    let workstation = names.find(|name| taken.insert(*name)).ok_or_else(unknown)?;
    let ids = Ids { workstation, incarnation, ..place::ids(seat.act, seat.place)? };
    let (leave, by) = (&seat.sitting.key, seat.sitting.user);
    let above = trust::chain_of(seat.act, by)?;
    let mut chain: Vec<_> = above.iter().map(|certificate| Bytes(certificate.to_bytes())).collect();
    let key = known.signs_with.ok_or_else(unknown)?;
    chain.push(trust::certify_installation(leave, by, &ids, &key, seat.moment.now));
    Ok(chain)
}

/// So many installations that bear one name are told apart.
const MOST_COPIES: u64 = 50;

/// What this workstation says of itself to a server that it knows, or claims for its clinic.
pub(crate) fn introduction(act: &Act, place: &Place, claim: Option<Digest>) -> Result<Introduction, Refusal> {
    Ok(Introduction {
        v: VERSION,
        clinic: place.clinic,
        root: place.root,
        clinic_scope: place.clinic_scope,
        workstation: place.workstation,
        site_scope: place.site_scope,
        chain: trust::own_chain(act, place)?,
        claim,
        ticket: None,
        formers: None,
    })
}

/// A ticket holds for ten minutes, in milliseconds.
pub(crate) const HOLDS: u64 = 10 * 60_000;

/// The leave of the administrator who sits here for the workstation `workstation`, which proves by the key `seed` that it
/// is meant, for so many milliseconds. `clinic_key` is what it needs and does not have yet, sealed to its code.
pub(crate) fn leave(
    seat: &Seat,
    workstation: RecordId,
    seed: &[u8; 32],
    clinic_key: Vec<u8>,
    holds: u64,
) -> Result<Leave, Refusal> {
    let place = seat.place;
    key::follow(seat.act, place)?;
    let ticket = Ticket {
        v: VERSION,
        clinic: place.clinic,
        root: place.root,
        clinic_scope: place.clinic_scope,
        site: place.site,
        site_scope: place.site_scope,
        workstation,
        seed: *seed,
        clinic_key: Bytes(clinic_key),
        by: seat.sitting.user,
        until: seat.moment.now + holds,
        server: key::known(seat.act)?,
    };
    let chain = trust::chain_of(seat.act, seat.sitting.user)?;
    Ok(Leave {
        ticket: Bytes(Signed::new(&seat.sitting.key, &ticket).to_bytes()),
        chain: chain.iter().map(|certificate| Bytes(certificate.to_bytes())).collect(),
    })
}

/// What the installation `ids`, whose key is `key`, says of itself with the leave of the administrator who sits here, which holds
/// for so many milliseconds. The seed that the leave names is used up with it, and the clinic's key stays where it is.
pub(crate) fn introduced(
    seat: &mut Seat,
    ids: &Ids,
    key: &SigningKey,
    holds: u64,
) -> Result<Introduction, Refusal> {
    let seed = SigningKey::from_seed(Secret::random(&mut *seat.world.entropy));
    let Leave { ticket, mut chain } = leave(seat, ids.workstation, seed.public(), Vec::new(), holds)?;
    chain.push(trust::certify_installation(&seed, seat.sitting.user, ids, key.public(), seat.moment.now));
    let workstation = ids.workstation;
    Ok(Introduction { workstation, chain, ticket: Some(ticket), ..introduction(seat.act, seat.place, None)? })
}

/// Introduces this workstation once more, by the leave of the administrator who sits here, to a server that does not know
/// it: one that was put back to before it joined. What it lacks is offered with the next round.
pub(crate) fn introduce_again(seat: &mut Seat, _: Nothing) -> Result<Nothing, Refusal> {
    let url = server(seat.act)?.ok_or_else(|| Refusal::new(Code::NotAttached))?;
    let place = seat.place;
    key::follow(seat.act, place)?;
    let ids = place::ids(seat.act, place)?;
    let introduction = introduced(seat, &ids, &place.key, HOLDS)?;
    let welcome = welcomed(&*seat.world.transport, &url, &introduction)?;
    if key::known(seat.act)? != Some(welcome.server) {
        return Err(doubted("other_key"));
    }
    trust::keep_chain(seat.act, &introduction.chain)?;
    seat.about(Some(ids.workstation), None);
    Ok(Nothing {})
}

/// Introduces this workstation and remembers the server.
pub(crate) fn introduce(
    act: &Act,
    transport: &dyn Transport,
    server: &str,
    introduction: &Introduction,
) -> Result<Welcome, Refusal> {
    let welcome = welcomed(transport, server, introduction)?;
    act.set_local("server", server.as_bytes())?;
    key::remember(act, &welcome.server)?;
    Ok(welcome)
}

/// What the server at this address answers to an introduction.
pub(crate) fn welcomed(
    transport: &dyn Transport,
    server: &str,
    introduction: &Introduction,
) -> Result<Welcome, Refusal> {
    let answer = transport.post(&format!("{server}/introduce"), pack::pack(introduction)?).map_err(needed)?;
    let welcome: Welcome = pack::unpack(&answer)?;
    if welcome.clinic == introduction.clinic {
        Ok(welcome)
    } else {
        Err(Refusal::new(Code::ServerNotBelieved))
    }
}

/// What it means that the server was not reached where nothing can go on without it.
pub(crate) fn needed(unreached: Unreached) -> Refusal {
    match unreached {
        Unreached::Offline => Refusal::new(Code::Offline).with("reason", "server_needed"),
        unreached => unreached.into(),
    }
}

/// An address without a slash at its end.
pub(crate) fn address(server: &str) -> Result<String, Refusal> {
    let server = server.trim().trim_end_matches('/');
    let known = ["https://", "http://"]
        .iter()
        .any(|scheme| server.len() > scheme.len() && server.starts_with(scheme));
    if known { Ok(server.to_owned()) } else { Err(Refusal::invalid("server")) }
}

/// Exchanges records until neither side lacks any, for the person who is signed in, and then the bytes of files as far as
/// they go now.
///
/// # Errors
/// [`Code::Offline`] without an answer; what was acknowledged until then stays so.
pub fn sync(desk: &mut Desk) -> Result<Synced, Refusal> {
    desk.quietly(|seat| {
        allowed(&seat.subject, Permission::SyncRun, Object::default())?;
        // The server is asked nothing before somebody has let it in.
        if seat.place.restored { Err(Refusal::new(Code::Restored)) } else { Ok(()) }
    })?;
    let transport = desk.transport();
    let mut synced = Synced::default();
    while synced.rounds < MOST_ROUNDS {
        let question = desk.question()?.ok_or_else(|| Refusal::new(Code::NotAttached))?;
        synced.rounds += 1;
        synced.sent_bytes += question.body.len() as u64;
        let answer = transport.post(&question.url, question.body);
        synced.received_bytes += answer.as_ref().map_or(0, |answer| answer.len() as u64);
        let progress = desk.settle(&question.asked, answer)?;
        synced.applied += progress.applied;
        synced.received = progress.received;
        if !progress.more {
            break;
        }
    }
    files::carry(desk, &*transport, &mut synced);
    Ok(synced)
}

/// A number that this workstation remembers; zero for none.
pub(crate) fn number(act: &Act, name: &str) -> Result<u64, Refusal> {
    let kept = act.local(name)?.and_then(|bytes| bytes.try_into().ok());
    Ok(kept.map(u64::from_be_bytes).unwrap_or_default())
}

impl From<Unreached> for Refusal {
    fn from(unreached: Unreached) -> Self {
        match unreached {
            Unreached::Address => Self::invalid("server"),
            Unreached::Offline => Self::new(Code::Offline),
            // The server compared first.
            Unreached::Refused(reason) if reason == FORK => Self::new(Code::Forked),
            Unreached::Refused(reason) => Self::new(Code::ServerRefused).with("reason", reason),
            Unreached::Answer => Self::new(Code::ServerNotBelieved),
        }
    }
}
