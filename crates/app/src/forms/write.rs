//! A form as it is kept, signed and withdrawn.

use std::collections::BTreeMap;

use domain::forms::{self, Answers, Filled, Remark, Spec, Weight, answered_at, kept_at};
use domain::record::{Record, Verb};
use domain::visits::Visit;
use domain::{RecordId, Value};
use store::Draft;

use super::read::{allow, known, last};
use super::{LONGEST, WriteForm};
use crate::answer::length;
use crate::records::{Kept, VoidClaim, disputed, void};
use crate::refusal::{Code, Refusal};
use crate::scratch;
use crate::seat::Seat;

/// Keeps a form and leaves it open.
pub(crate) fn save_form(seat: &mut Seat, input: WriteForm) -> Result<Kept, Refusal> {
    write(seat, input, false)
}

/// Keeps a form and signs it.
pub(crate) fn sign_form(seat: &mut Seat, input: WriteForm) -> Result<Kept, Refusal> {
    write(seat, input, true)
}

fn write(seat: &mut Seat, input: WriteForm, sign: bool) -> Result<Kept, Refusal> {
    let patient = input.patient;
    seat.about(input.filled, Some(patient));
    let spec = known(&input.form)?;
    allow(seat, if sign { &spec.sign } else { &spec.fill })?;
    if let Some(visit) = input.visit {
        let of_them = seat.read::<Visit>(visit)?.patient == Some(patient);
        if !of_them {
            return Err(Refusal::new(Code::NotFound));
        }
    }
    let answers = forms::settled(spec, input.answers);
    if answers.is_empty() {
        return Err(Refusal::missing("answers"));
    }
    if length(&answers) > LONGEST {
        return Err(Refusal::new(Code::TooLarge));
    }
    fit(seat, spec, patient, input.filled, &answers, sign)?;
    let says = patch(spec, &answers);
    let (id, seen, mut drafts) = match input.filled {
        Some(id) => {
            let seen = input.version.ok_or_else(|| Refusal::missing("version"))?;
            let changed = changes(seat, id, patient, &input.form, says, seen)?;
            let drafts = match changed.is_empty() {
                true => Vec::new(),
                false => vec![Draft::patch::<Filled>(id, Some(patient), changed, Some(seen))],
            };
            (id, Some(seen), drafts)
        }
        None => {
            // Who signs a new one may fill it too.
            allow(seat, &spec.fill)?;
            let id = seat.new_id();
            let made = Filled {
                patient: Some(patient),
                visit: input.visit,
                form: Some(input.form),
                at: Some(seat.moment.wall.clone()),
                ..Filled::default()
            };
            let mut made = Draft::make(Verb::Create, id, Some(patient), &made);
            made.patch.extend(says);
            (id, None, vec![made])
        }
    };
    seat.about(Some(id), Some(patient));
    if sign {
        let nothing = Draft::patch::<Filled>(id, Some(patient), BTreeMap::new(), seen);
        drafts.push(Draft { verb: Verb::Sign, ..nothing });
    }
    seat.act.forget_scratch(seat.sitting.user, patient, &scratch::of_form(&spec.code, input.visit))?;
    match (drafts.is_empty(), seen) {
        // Saved again as it stands.
        (true, Some(version)) => Ok(Kept { id, version, conflict: false }),
        _ => Ok(Kept::of(id, seat.write(drafts)?)),
    }
}

/// That the answers can be, and are meant where that is asked; of a form that is signed, that none lacks.
fn fit(
    seat: &Seat,
    spec: &Spec,
    patient: RecordId,
    filled: Option<RecordId>,
    answers: &Answers,
    sign: bool,
) -> Result<(), Refusal> {
    let checked = forms::check(spec, answers, &last(seat, patient, spec, filled)?);
    let stands = |weight: Weight| {
        matches!(weight, Weight::Refused | Weight::Asked) || (sign && weight == Weight::ToSign)
    };
    let mut against: Vec<_> = checked.remarks.iter().filter(|remark| stands(remark.weight)).collect();
    against.sort_by_key(|remark| std::cmp::Reverse(remark.weight));
    against.first().map_or(Ok(()), |remark| Err(refused(remark)))
}

/// The refusal of what `remark` is about.
pub(super) fn refused(remark: &Remark) -> Refusal {
    let code = match remark.weight {
        Weight::Refused => Code::Invalid,
        Weight::ToSign => Code::Missing,
        Weight::Asked | Weight::Told => Code::Implausible,
    };
    let field = match &remark.part {
        Some(part) => format!("{}/{part}", remark.path),
        None => remark.path.clone(),
    };
    Refusal::new(code).with("field", field).with("remark", remark.code.word())
}

/// The answers at the paths at which the record keeps them.
fn patch(spec: &Spec, answers: &Answers) -> BTreeMap<String, Value> {
    answers.iter().filter_map(|(path, answer)| Some((kept_at(spec, path)?, answer.value()))).collect()
}

/// What was changed of the open form that was seen in version `seen`; what it no longer says is cleared.
fn changes(
    seat: &Seat,
    id: RecordId,
    patient: RecordId,
    form: &str,
    mut says: BTreeMap<String, Value>,
    seen: i64,
) -> Result<BTreeMap<String, Value>, Refusal> {
    let record = seat.read::<Filled>(id)?;
    let stands: Filled = record.state.record();
    if record.patient != Some(patient) || stands.form.as_deref() != Some(form) {
        return Err(Refusal::invalid("filled"));
    }
    if record.state.signed.is_some() {
        return Err(Refusal::new(Code::Frozen));
    }
    let said = seat.act.record_at(Filled::KIND.name, id, seen)?;
    for path in said.fields.keys().filter(|path| answered_at(path).is_some()) {
        says.entry(path.clone()).or_insert(Value::Null);
    }
    // Of what two edits disagree about the writer now says what holds: once signed nobody could settle it.
    let disputed = disputed(Filled::KIND, &said);
    says.retain(|path, value| said.value(path) != value || disputed.contains(path));
    Ok(says)
}

/// Withdraws an open form.
pub(crate) fn void_form(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    let record = seat.read::<Filled>(input.id)?;
    if record.state.signed.is_some() {
        return Err(Refusal::new(Code::Frozen));
    }
    let filled: Filled = record.state.record();
    let spec = known(filled.form.as_deref().unwrap_or_default())?;
    allow(seat, &spec.fill)?;
    void::<Filled>(seat, input)
}
