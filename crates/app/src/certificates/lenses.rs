//! What the lenses of a certificate rest on: the refraction that they come from, and the glasses that were worn.

use domain::access::Permission;
use domain::certificates::{Certificate, lenses};
use domain::fhir::vision_prescription;
use domain::forms::{Answer, Answers, Filled, Last, LastAnswer, Remark, Weight, of_item};
use domain::record::Record;
use domain::{Instant, RecordId};

use super::{SaveCertificate, SavedCertificate, Standing, illegal, keep_copy, may};
use crate::addenda::amended;
use crate::records::Names;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// What there is to say about the lenses that `certificate` prescribes, beside what was measured of `patient`.
pub(super) fn remarks(
    seat: &Seat,
    certificate: &Certificate,
    patient: RecordId,
) -> Result<Vec<Remark>, Refusal> {
    if !certificate.prescribes() {
        return Ok(Vec::new());
    }
    let measured = measured(seat, certificate, patient)?;
    Ok(lenses::remarks(certificate, &measured, &worn(seat, certificate, patient)?))
}

/// When the eyes of `patient` had drops before they were measured.
pub(super) fn drops(
    seat: &Seat,
    certificate: &Certificate,
    patient: RecordId,
) -> Result<Option<String>, Refusal> {
    if !certificate.prescribes() {
        return Ok(None);
    }
    let answers = measured(seat, certificate, patient)?;
    let given = of_item(&answers, "drops_at", None).find_map(|(_, drops)| drops.t.clone());
    Ok(given)
}

/// Keeps spectacles as a FHIR `VisionPrescription` where the person chose.
pub(crate) fn export_spectacles(
    seat: &mut Seat,
    input: SaveCertificate,
) -> Result<SavedCertificate, Refusal> {
    let standing = Standing::of(seat, input.certificate)?;
    let signer = Names::default().of(seat, standing.certificate.signer)?.unwrap_or_default();
    let said = vision_prescription(input.certificate, &standing.certificate, &signer);
    let said = said.ok_or_else(|| illegal("status"))?;
    keep_copy(seat, &input.place, said.to_string().as_bytes())
}

/// That who writes may write of lenses, and that what they come from is a refraction of `patient`.
pub(super) fn fit(seat: &Seat, certificate: &Certificate, patient: RecordId) -> Result<(), Refusal> {
    if certificate.has_lenses() && !may(seat, Permission::ObservationRecord) {
        return Err(Refusal::new(Code::NotPermitted));
    }
    let Some(refraction) = certificate.refraction else { return Ok(()) };
    let invalid = || Refusal::invalid("refraction");
    let record = seat.read::<Filled>(refraction).map_err(|_| invalid())?;
    let filled: Filled = record.state.record();
    let is_one = filled.form.as_deref().is_some_and(lenses::is_refraction);
    if is_one && record.patient == Some(patient) { Ok(()) } else { Err(invalid()) }
}

/// That the refraction which the lenses come from stands: theirs and not withdrawn, signed, and nobody disagrees about
/// it. It may have been otherwise when the draft was written.
pub(super) fn rests(seat: &Seat, certificate: &Certificate, patient: RecordId) -> Result<(), Refusal> {
    fit(seat, certificate, patient)?;
    let Some(refraction) = certificate.refraction else { return Err(Refusal::missing("refraction")) };
    let record = seat.read::<Filled>(refraction)?;
    if record.state.signed.is_none() {
        return Err(Refusal::invalid("refraction"));
    }
    match record.state.unsettled(Filled::KIND).next() {
        Some(_) => Err(Refusal::new(Code::Disputed).with("field", "refraction")),
        None => Ok(()),
    }
}

/// What stands against prescribing: a lens that cannot be, and one that lies far from what was measured and that nobody
/// has said is meant.
pub(super) fn against(remarks: &[Remark]) -> Option<Refusal> {
    let grave = |remark: &&Remark| remark.weight != Weight::Told;
    let remark = remarks.iter().filter(grave).max_by_key(|remark| remark.weight)?;
    let code = match remark.weight {
        Weight::Refused => Code::Invalid,
        Weight::ToSign => Code::Missing,
        Weight::Asked | Weight::Told => Code::Implausible,
    };
    let field = remark.path.as_str();
    Some(Refusal::new(code).with("field", field).with("remark", remark.code.word()))
}

/// What the refraction in hand says, with what was added to it since.
fn measured(seat: &Seat, certificate: &Certificate, patient: RecordId) -> Result<Answers, Refusal> {
    let Some(refraction) = certificate.refraction else { return Ok(Answers::new()) };
    let Some(record) = seat.act.record(refraction)? else { return Ok(Answers::new()) };
    let mut answers = record.state.record::<Filled>().all();
    answers.extend(amended(seat, patient)?.remove(&refraction).unwrap_or_default());
    Ok(answers)
}

/// The own glasses that were measured last before the refraction in hand, by item and side.
fn worn(seat: &Seat, certificate: &Certificate, patient: RecordId) -> Result<Last, Refusal> {
    let records = seat.act.records(Filled::KIND.name, Some(patient))?.into_iter();
    let other = records.filter(|record| Some(record.id) != certificate.refraction);
    let mut amended = amended(seat, patient)?;
    let mut earlier: Vec<(Instant, Answers)> = other
        .filter_map(|record| {
            let filled: Filled = record.state.record();
            let is_one = filled.form.as_deref().is_some_and(lenses::is_refraction);
            let mut answers = filled.all();
            answers.extend(amended.remove(&record.id).unwrap_or_default());
            Some((filled.at.filter(|_| is_one)?, answers))
        })
        .collect();
    earlier.sort_by_key(|(at, _)| std::cmp::Reverse(at.milliseconds()));
    let mut last = Last::new();
    for (at, answers) in earlier {
        for side in ["R", "L"] {
            let own = |lens: &Answer| lens.code("method") == Some("own_glasses");
            let found = of_item(&answers, "lens", Some(side)).find(|(_, lens)| own(lens));
            let Some((_, answer)) = found else { continue };
            let said = LastAnswer { answer: answer.clone(), day: seat.place.zone.day(&at).to_string() };
            last.entry(format!("lens:{side}")).or_insert(said);
        }
    }
    Ok(last)
}
