//! What the lenses of a certificate rest on: the refraction that they come from, and the glasses that were worn.

use domain::access::Permission;
use domain::certificates::{Certificate, lenses};
use domain::fhir::vision_prescription;
use domain::forms::{Answer, Answers, Filled, Last, LastAnswer, Remark, Weight, of_item};
use domain::record::Record;
use domain::{Instant, RecordId};

use super::{SaveCertificate, SavedCertificate, Standing, illegal, keep_copy, may};
use crate::addenda::{amended, answers_added};
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
    let Measured { answers, former } = measured(seat, certificate, patient)?;
    let mut remarks = lenses::remarks(certificate, &answers, &worn(seat, certificate, patient)?);
    remarks.extend(lenses::corrected(certificate, &answers, &former));
    Ok(remarks)
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
    let measured = measured(seat, certificate, patient)?;
    let given = of_item(&measured.answers, "drops_at", None).find_map(|(_, drops)| drops.t.clone());
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
    refraction(seat, certificate, patient).map(drop)
}

/// Whether what is written at `fields` says of lenses that they are meant, and nothing else.
pub(super) fn only_means<'a>(
    before: &Certificate,
    after: &Certificate,
    mut fields: impl Iterator<Item = &'a String>,
) -> bool {
    let means = |was: &Option<Answer>, is: &Option<Answer>| {
        was == is || was.clone().map(|lens| Answer { ok: Some(true), ..lens }) == *is
    };
    fields.all(|field| ["right", "left"].contains(&field.as_str()))
        && means(&before.right, &after.right)
        && means(&before.left, &after.left)
}

/// The refraction that the lenses come from: one of `patient` that was not withdrawn.
fn refraction(
    seat: &Seat,
    certificate: &Certificate,
    patient: RecordId,
) -> Result<Option<store::Record>, Refusal> {
    let Some(refraction) = certificate.refraction else { return Ok(None) };
    let is_one = |record: &store::Record| {
        let form = record.state.record::<Filled>().form;
        record.kind == Filled::KIND.name
            && record.patient == Some(patient)
            && form.is_some_and(|form| lenses::is_refraction(&form))
    };
    let record = seat.act.record(refraction)?.filter(is_one).ok_or_else(|| Refusal::invalid("refraction"))?;
    if record.state.voided.is_some() { Err(faulty("withdrawn")) } else { Ok(Some(record)) }
}

fn faulty(how: &str) -> Refusal {
    Refusal::invalid("refraction").with("reason", format!("refraction_{how}"))
}

/// That the refraction which the lenses come from stands: theirs and not withdrawn, signed, and nobody disagrees about
/// it. It may have been otherwise when the draft was written. That there is none is told as what lacks.
pub(super) fn rests(seat: &Seat, certificate: &Certificate, patient: RecordId) -> Result<(), Refusal> {
    match refraction(seat, certificate, patient)? {
        Some(record) if record.state.signed.is_none() => Err(faulty("unsigned")),
        Some(record) if record.state.unsettled(Filled::KIND).next().is_some() => {
            Err(Refusal::new(Code::Disputed).with("field", "refraction"))
        }
        _ => Ok(()),
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

/// What a refraction says.
#[derive(Default)]
struct Measured {
    /// With what was added to it since.
    answers: Answers,
    /// What it said before that, by the paths that were corrected.
    former: Vec<(String, Answer)>,
}

/// What the refraction in hand says, and what it said.
fn measured(seat: &Seat, certificate: &Certificate, patient: RecordId) -> Result<Measured, Refusal> {
    let mut measured = Measured::default();
    let Some(refraction) = certificate.refraction else { return Ok(measured) };
    let Some(record) = seat.act.record(refraction)? else { return Ok(measured) };
    measured.answers = record.state.record::<Filled>().all();
    for addendum in answers_added(seat, patient, refraction)? {
        let corrected = addendum.into_iter().filter_map(|(path, answer)| {
            let former = measured.answers.insert(path.clone(), answer)?;
            Some((path, former))
        });
        measured.former.extend(corrected);
    }
    Ok(measured)
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
