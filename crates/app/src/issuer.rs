//! The key with which a person issues certificates at this workstation: made at their first sign-in here, sealed to
//! them, certified by them. What everybody's password opens issues nothing.

use crypto::issuing::IssuingKey;
use domain::RecordId;
use domain::access::{Permission, grants};
use domain::certificates::Issuer;
use domain::clinic::{Site, Workstation};
use domain::record::{Hex, Verb};
use store::Draft;
use uuid::Uuid;

use crate::desk::{Desk, Phase};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sitting::Issuing;
use crate::trust;

/// Where the key that was this workstation's own lay, before each approver had one: it is forgotten.
const BEFORE: &str = "issuing_key";

/// Opens the key of the person who has just signed in, or makes it. Without one they work all the same, and
/// issuing says what lacks.
pub(crate) fn at_sign_in(desk: &mut Desk) {
    // Nothing takes the place of entries that may still come back, and who was not let in yet makes nothing.
    if matches!(&desk.phase, Phase::Open(open) if open.store.missing() > 0 || open.place.restored) {
        return;
    }
    let opened = desk.quietly(opened);
    if let (Phase::Open(open), Ok(issuing)) = (&mut desk.phase, opened) {
        open.sitting.issuing = issuing;
    }
}

fn opened(seat: &mut Seat) -> Result<Option<Issuing>, Refusal> {
    seat.act.forget_local(BEFORE)?;
    if !seat.subject.role.is_some_and(|role| grants(role, Permission::CertificateApprove)) {
        return Ok(None);
    }
    let (user, incarnation) = (seat.sitting.user, seat.place.incarnation);
    let kept = seat.act.local(&name(user))?.unwrap_or_default();
    if let Some((record, sealed)) = kept.split_first_chunk::<16>()
        && let Ok(key) = IssuingKey::open(&seat.sitting.opens, user, incarnation, sealed)
    {
        let record = RecordId(Uuid::from_bytes(*record));
        // Who has the store's key could have laid another one there: no paper would be taken in that it signs.
        let told: Option<Issuer> = seat.act.record(record)?.map(|record| record.state.record());
        if told.and_then(|told| told.issues_with) == Some(Hex::of(key.public())) {
            return Ok(Some(Issuing { record, key }));
        }
    }
    made(seat)
}

/// A new key with its record; none where this workstation has no numbers to give.
fn made(seat: &mut Seat) -> Result<Option<Issuing>, Refusal> {
    let failed = || Refusal::new(Code::StoreFailed);
    let workstation: Workstation = seat.read::<Workstation>(seat.place.workstation)?.state.record();
    let site: Site = seat.read::<Site>(seat.place.site)?.state.record();
    let Some(block) = Issuer::block_of(&site, &workstation) else { return Ok(None) };
    let (user, incarnation) = (seat.sitting.user, seat.place.incarnation);
    let key = IssuingKey::generate().map_err(|_| failed())?;
    let sealed = key.sealed(&mut *seat.world.entropy, seat.sitting.opens.public(), user, incarnation);
    let record = seat.new_id();
    let kept = [record.0.as_bytes(), sealed.map_err(|_| failed())?.as_slice()].concat();
    seat.act.set_local(&name(user), &kept)?;
    let mut issuer = Issuer {
        user: Some(user),
        workstation: Some(seat.place.workstation),
        incarnation: Some(incarnation.to_string()),
        block: Some(block),
        issues_with: Some(Hex::of(key.public())),
        certificate: None,
    };
    trust::certify_issuer(&seat.sitting.key, seat.place, &mut issuer, seat.moment.now);
    seat.about(Some(record), None);
    seat.write(vec![Draft::make(Verb::Create, record, None, &issuer)])?;
    let made = seat.note("make_issuing_key", None);
    seat.act.audit(&seat.place.key, &mut *seat.world.entropy, made)?;
    Ok(Some(Issuing { record, key }))
}

/// Under which name the sealed key of `user` lies in the store, behind the id of its record.
fn name(user: RecordId) -> String {
    format!("issuing/{user}")
}
