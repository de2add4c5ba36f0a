//! Files that come with records are judged as by hand: by their bytes, the limit of their sort, and whom they name. Nobody
//! is there to confirm that one is of this person although it names another, so that one is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::fhir::{Account, Carried, Left, LeftOut, PatientPlan, Planned};
use domain::files::{Attachment, FileSort, differs};
use domain::fold::State;
use domain::patients::Patient;
use domain::record::Record;
use domain::{RecordId, Value};
use store::patch_of;

use super::MOST_LEFT;
use crate::brought::Ready;
use crate::files::made_of;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// The files of one import that are taken in, by their records.
pub(super) type Files = BTreeMap<RecordId, Arc<Ready>>;

/// Judges the files of a patient. What is not taken in is told, and of a resource that loses all of its files the words
/// stay as a fact of the timeline.
pub(super) fn judge(
    seat: &mut Seat,
    plan: &mut PatientPlan,
    types: &BTreeMap<RecordId, String>,
    (accounts, left): (&mut BTreeMap<String, Account>, &mut Vec<Left>),
) -> Result<Files, Refusal> {
    let mut files = Files::new();
    if plan.records.iter().all(|record| record.carried.is_none()) {
        return Ok(files);
    }
    let person = person(seat, plan)?;
    let mut kept: BTreeMap<String, bool> = BTreeMap::new();
    let (mut unfit, mut instead) = (BTreeSet::new(), Vec::new());
    for record in &mut plan.records {
        let Some(carried) = record.carried.take() else { continue };
        let words = record.instead.take();
        instead.extend(words.map(|words| *words));
        let stands = kept.entry(record.place.clone()).or_default();
        match taken_in(seat, record, &carried, &person) {
            Ok(ready) => {
                *stands = true;
                record.patch.extend(by_its_bytes(&ready));
                files.insert(record.record, ready);
            }
            Err(reason) => {
                unfit.insert(record.record);
                if let Some(account) = types.get(&record.record).and_then(|of| accounts.get_mut(of)) {
                    *account.cut.entry(reason).or_default() += 1;
                }
                if left.len() < MOST_LEFT {
                    left.push(Left { place: carried.place, reason });
                }
            }
        }
    }
    plan.records.retain(|record| !unfit.contains(&record.record));
    instead.retain(|words: &Planned| kept.get(&words.place) == Some(&false));
    plan.records.extend(instead);
    Ok(files)
}

/// Keeps the bytes of the file that `record` is, where it is one.
pub(super) fn keep(seat: &mut Seat, files: &Files, record: RecordId) -> Result<(), Refusal> {
    let Some(ready) = files.get(&record) else { return Ok(()) };
    ready.keep(seat.act, &mut *seat.world.entropy)?;
    Ok(())
}

/// The person as they stand here, else as the file tells of them.
fn person(seat: &Seat, plan: &PatientPlan) -> Result<Patient, Refusal> {
    if let Some(here) = seat.act.record(plan.patient)? {
        return Ok(here.state.record());
    }
    let told = plan.records.iter().find(|record| record.record == plan.patient);
    let told = told.map(|record| State::default().with(&record.patch).record());
    Ok(told.unwrap_or_default())
}

fn taken_in(
    seat: &mut Seat,
    record: &Planned,
    carried: &Carried,
    person: &Patient,
) -> Result<Arc<Ready>, LeftOut> {
    let data: String = carried.data.chars().filter(|sign| !sign.is_ascii_whitespace()).collect();
    let bytes: Arc<[u8]> = STANDARD.decode(data).map_err(|_| LeftOut::BadText)?.into();
    let other_size = carried.size.as_ref().is_some_and(|size| *size != bytes.len().to_string());
    let digest = || STANDARD.encode(crypto::sha1(&bytes));
    if other_size || carried.hash.as_ref().is_some_and(|hash| hash.trim() != digest()) {
        return Err(LeftOut::NotAsTold);
    }
    let word = record.patch.get("sort").and_then(Value::as_text);
    let sort =
        FileSort::ALL.iter().copied().find(|sort| Some(sort.word()) == word).unwrap_or(FileSort::Other);
    if bytes.len() as u64 > sort.largest() {
        return Err(LeftOut::FileTooLarge);
    }
    let ready = seat.brought.ready(&bytes, sort.keeps_size()).map_err(|_| LeftOut::Unfit)?;
    match ready.header.as_ref().map(|header| differs(header, person)) {
        Some(differs) if !differs.is_empty() => Err(LeftOut::NamesAnother),
        _ => Ok(ready),
    }
}

/// The fields that the bytes of a file say of it.
fn by_its_bytes(ready: &Ready) -> BTreeMap<String, Value> {
    let (file, thumb) = ready.named();
    let mut patch = patch_of(&made_of(ready, file, thumb));
    patch.retain(|name, value| !value.is_null() && Attachment::KIND.field(name).is_some());
    patch
}
