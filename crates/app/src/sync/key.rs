//! The key of the clinic's server. A workstation learns it when it comes to the server; afterwards the record of it says
//! which holds, and that is an administrator's signed word. A server with another key counts once one has compared it.

use crypto::root::Fingerprint;
use domain::RecordId;
use domain::clinic::Server;
use domain::record::{Hex, Record, Verb};
use domain::sync::Introduction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Act, Draft};
use ts_rs::TS;

use crate::command::Nothing;
use crate::place::Place;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sync::{doubt, introduction, server, welcomed};

/// A server whose key is another one now.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrustServer {
    /// The fingerprint of its key, as `clinicdesk-server fingerprint` printed it.
    pub fingerprint: String,
}

const KEY: &str = "server_key";

/// The key of the clinic's server, if it has one.
pub(crate) fn known(act: &Act) -> Result<Option<[u8; 32]>, Refusal> {
    Ok(act.local(KEY)?.and_then(|key| key.try_into().ok()))
}

/// Remembers `key` as the server's.
pub(crate) fn remember(act: &Act, key: &[u8; 32]) -> Result<(), Refusal> {
    Ok(act.set_local(KEY, key)?)
}

/// From now on the key holds that the record says, where there is one. Returns whether that is another.
pub(crate) fn follow(act: &Act, place: &Place) -> Result<bool, Refusal> {
    let key = recorded(act, place)?.and_then(|server| server.signs_with?.bytes().try_into().ok());
    let Some(key) = key else { return Ok(false) };
    let is_another = known(act)? != Some(key);
    if is_another {
        remember(act, &key)?;
    }
    Ok(is_another)
}

fn recorded(act: &Act, place: &Place) -> Result<Option<Server>, Refusal> {
    let record = act.record(Server::id(place.clinic))?.filter(|record| record.kind == Server::KIND.name);
    Ok(record.map(|record| record.state.record()))
}

/// Sets right what lies here of the server, where somebody changed its key or took its address away: the record of it holds.
/// Returns whether anything was.
pub(crate) fn mend(act: &Act, place: &Place) -> Result<bool, Refusal> {
    let followed = follow(act, place)?;
    let address = recorded(act, place)?.and_then(|server| server.address);
    let gone = address.filter(|_| !place.restored && server(act).is_ok_and(|known| known.is_none()));
    if let Some(address) = &gone {
        act.set_local("server", address.as_bytes())?;
    }
    Ok(followed || gone.is_some())
}

/// The fingerprint of the server's key, to be compared by eye.
pub(crate) fn fingerprint(act: &Act) -> Result<Option<String>, Refusal> {
    Ok(known(act)?.map(|key| Fingerprint::of(&key).to_string()))
}

/// Writes down which server the clinic has.
pub(crate) fn write(seat: &mut Seat, address: &str, key: &[u8; 32]) -> Result<RecordId, Refusal> {
    let id = Server::id(seat.place.clinic);
    let server = Server { signs_with: Some(Hex::of(key)), address: Some(address.to_owned()) };
    let known = seat.act.record(id)?;
    let verb = if known.is_some() { Verb::Patch } else { Verb::Create };
    let seen = known.map(|record| record.version);
    seat.write(vec![Draft { seen, ..Draft::make(verb, id, None, &server) }])?;
    Ok(id)
}

/// Takes the server's new key, once an administrator has compared its fingerprint with what whoever runs the server
/// told them; the record carries it to every other workstation.
pub(crate) fn trust_server(seat: &mut Seat, input: TrustServer) -> Result<Nothing, Refusal> {
    let address = server(seat.act)?.ok_or_else(|| Refusal::new(Code::NotAttached))?;
    let typed = input.fingerprint.to_lowercase();
    let typed: String = typed.chars().filter(char::is_ascii_hexdigit).collect();
    if typed.len() != 32 {
        return Err(Refusal::invalid("fingerprint"));
    }
    let introduction: Introduction = introduction(seat.act, seat.place, None)?;
    let welcome = welcomed(&*seat.world.transport, &address, &introduction)?;
    if domain::hex::encode(&Fingerprint::of(&welcome.server).0) != typed {
        return Err(doubt::doubted("other_fingerprint"));
    }
    let id = write(seat, &address, &welcome.server)?;
    seat.about(Some(id), None);
    remember(seat.act, &welcome.server)?;
    Ok(Nothing {})
}
