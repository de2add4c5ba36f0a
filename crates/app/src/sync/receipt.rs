//! The server's signed word on what it has of this workstation: what a lost computer would not lose.

use crypto::Signed;
use domain::sync::{Receipt, Received, VERSION};
use domain::wire::{Bytes, Message};
use store::Act;

use crate::place::Place;
use crate::refusal::{Code, Refusal};
use crate::sync::key;

const KEPT: &str = "receipt";

/// Keeps a receipt that the server signed, for this workstation and over `received`; returns the server's time.
///
/// # Errors
/// [`Code::ServerNotBelieved`] when it says anything else.
pub(crate) fn keep(act: &Act, place: &Place, bytes: &Bytes, received: &[Received]) -> Result<u64, Refusal> {
    let receipt = open(act, place, &bytes.0)?.filter(|receipt| receipt.received == received);
    let receipt = receipt
        .ok_or_else(|| Refusal::new(Code::ServerNotBelieved).with("fault", "its receipt is not its own"))?;
    act.set_local(KEPT, &bytes.0)?;
    Ok(receipt.now)
}

/// The receipt that holds: signed by the server, and over nothing that the server has lost since.
pub(crate) fn holding(act: &Act, place: &Place) -> Result<Option<Receipt>, Refusal> {
    let Some(bytes) = act.local(KEPT)? else { return Ok(None) };
    let Some(receipt) = open(act, place, &bytes)? else { return Ok(None) };
    for received in &receipt.received {
        if received.through > act.acknowledged(received.scope)?.0 {
            return Ok(None);
        }
    }
    Ok(Some(receipt))
}

fn open(act: &Act, place: &Place, bytes: &[u8]) -> Result<Option<Receipt>, Refusal> {
    let signed = Signed::<Receipt>::from_bytes(bytes).ok();
    let receipt = key::known(act)?.zip(signed).and_then(|(key, signed)| signed.open(&key).ok());
    let whose = (VERSION, place.clinic, place.incarnation);
    Ok(receipt.filter(|receipt| (receipt.v, receipt.clinic, receipt.incarnation) == whose))
}
