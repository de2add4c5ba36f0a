//! Introductions that wait: a restored installation was let in while the server was out of reach, and the next exchange
//! introduces it there by the leave that was given then.

use ::sync::{Unreached, pack};
use domain::cbor;
use domain::sync::{Introduction, Welcome};
use domain::wire::{Bytes, Message, Wire};
use store::{Act, Store};

use crate::command::Tag;
use crate::place::Place;
use crate::refusal::{Code, Refusal};
use crate::sync::doubt::{self, doubted};
use crate::sync::key;
use crate::sync::round::Progress;

/// Where they are kept, the first one first. A backup has them too: whoever restores it introduces the installation before.
pub(crate) const WAITING: &str = "introductions";

/// The leave in one of them holds so long, in milliseconds: the server may be away for weeks.
pub(super) const HOLDS: u64 = 90 * 86_400_000;

/// What the server says where asking again changes nothing: somebody has to give leave anew.
const FOR_GOOD: [&str; 8] = [
    "no_leave",
    "not_allowed",
    "not_trusted",
    "revoked",
    "ticket_expired",
    "ticket_used",
    "workstation_exists",
    "wrong_clinic",
];

/// Those that wait.
fn waiting(act: &Act) -> Result<Vec<Bytes>, Refusal> {
    let kept = act.local(WAITING)?;
    Ok(kept.as_deref().and_then(read).unwrap_or_default())
}

fn read(kept: &[u8]) -> Option<Vec<Bytes>> {
    Vec::from_value(&cbor::decode(kept).ok()?)
}

fn write(act: &Act, waiting: Vec<Bytes>) -> Result<(), Refusal> {
    if waiting.is_empty() {
        return Ok(act.forget_local(WAITING)?);
    }
    Ok(act.set_local(WAITING, &cbor::encode(&waiting.to_value()))?)
}

/// Keeps one for the next exchange.
pub(super) fn keep(act: &Act, introduction: &Introduction) -> Result<(), Refusal> {
    let mut all = waiting(act)?;
    all.push(Bytes(introduction.to_bytes()));
    write(act, all)
}

/// Keeps those that another installation `kept`, as its backup has them.
pub(crate) fn take_over(act: &Act, kept: &[u8]) -> Result<(), Refusal> {
    let mut all = waiting(act)?;
    let fresh: Vec<_> = read(kept).unwrap_or_default().into_iter().filter(|one| !all.contains(one)).collect();
    all.extend(fresh);
    write(act, all)
}

/// The next one, as the server takes it.
pub(super) fn next(act: &Act) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(first) = waiting(act)?.into_iter().next() else { return Ok(None) };
    let introduction = Introduction::from_bytes(&first.0).map_err(|_| Refusal::new(Code::StoreDamaged))?;
    Ok(Some(pack::pack(&introduction)?))
}

/// Takes in what the server said to the next one. One that it refuses for good waits no longer: that the server does not know
/// this workstation comes with its next answer, and an administrator introduces it again.
pub(super) fn settle(
    store: &mut Store,
    place: &Place,
    answered: Result<Vec<u8>, Unreached>,
) -> Result<Progress, Refusal> {
    let act = store.act()?;
    match answered {
        Ok(body) => {
            let welcome: Welcome = pack::unpack(&body)?;
            if welcome.clinic != place.clinic {
                return Err(Refusal::new(Code::ServerNotBelieved));
            }
            if key::known(&act)? != Some(welcome.server) {
                return Err(doubted("other_key"));
            }
        }
        Err(Unreached::Refused(reason)) if FOR_GOOD.contains(&reason.as_str()) => {}
        Err(unreached) => return doubt::refused(&act, unreached),
    }
    let mut rest = waiting(&act)?;
    rest.drain(..rest.len().min(1));
    write(&act, rest)?;
    act.commit()?;
    Ok(Progress { more: true, stales: [Tag::STATUS].into(), ..Progress::default() })
}
