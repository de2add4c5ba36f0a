//! Forms as they are shown: what there is, what was answered, last time's numbers.

use std::collections::BTreeMap;

use domain::access::{NotAllowed, Role};
use domain::forms::{
    self, Answer, Answers, Checked, Derived, Filled, Holds, Last, LastAnswer, Place, Spec, Words,
    answered_at, of_item, spec,
};
use domain::record::Record;
use domain::{Instant, RecordId};
use serde::Serialize;

use super::{
    CheckForm, FilledForms, FilledRow, FilledView, FormHead, FormView, Forms, LONGEST, ListFilled, OfFilled,
    OpenForm,
};
use crate::addenda::{AddendumRow, added_to, amended};
use crate::answer::{ANSWER_BYTES, fitting, length, shortened, within};
use crate::command::Nothing;
use crate::records::{Names, disputed};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::visits::{late_edits, weight_before};

/// The language of what is written for people here.
pub(super) const LANGUAGE: &str = "en";
/// An older weight is none that a dose is reckoned by, in milliseconds.
const HALF_A_YEAR: i64 = 183 * A_DAY;
const A_DAY: i64 = 86_400_000;
/// Rows of a page.
const PAGE_ROWS: usize = 40;
/// What the answers of a form, and those of last time, may take of an answer of this program.
const ANSWERS_BYTES: usize = 7_000;
/// What each of the things that are said about them may take.
const BESIDE_BYTES: usize = 2_500;

/// The form that `form` names.
pub(super) fn known(form: &str) -> Result<&'static Spec, Refusal> {
    spec(form).ok_or_else(|| Refusal::invalid("form"))
}

/// That this person's role is one of `named`.
pub(super) fn allow(seat: &Seat, named: &[Role]) -> Result<(), Refusal> {
    if may(seat, named) { Ok(()) } else { Err(NotAllowed::Role.into()) }
}

fn may(seat: &Seat, named: &[Role]) -> bool {
    seat.subject.role.is_some_and(|role| named.contains(&role))
}

/// The forms that there are.
pub(crate) fn forms(seat: &mut Seat, _: Nothing) -> Result<Forms, Refusal> {
    let head = |spec: &Spec| FormHead {
        form: spec.form(),
        title: spec.title.clone(),
        fill: spec.fill.clone(),
        sign: spec.sign.clone(),
        may_fill: may(seat, &spec.fill),
        may_sign: may(seat, &spec.sign),
    };
    Ok(Forms { forms: forms::newest().map(head).collect() })
}

/// A form as it is filled for somebody.
pub(crate) fn form(seat: &mut Seat, input: OpenForm) -> Result<FormView, Refusal> {
    seat.about(None, Some(input.patient));
    let spec = known(&input.form)?;
    let all = latest(seat, input.patient)?;
    let goes_on = |(record, filled): &&(store::Record, Filled)| {
        input.visit.is_some()
            && filled.visit == input.visit
            && filled.form.as_deref() == Some(input.form.as_str())
            && record.state.signed.is_none()
    };
    let open = all.iter().find(goes_on).map(|(record, _)| record);
    let mut last =
        last_of(seat, &all, &amended(seat, input.patient)?, &spec.code, open.map(|record| record.id));
    last.extend(weight(seat, input.patient, spec, seat.moment.wall.milliseconds())?);
    let last = room(last, ANSWERS_BYTES / 2).0;
    let open = open.map(|record| view(seat, &mut Names::default(), record)).transpose()?;
    Ok(FormView {
        may_fill: may(seat, &spec.fill),
        may_sign: may(seat, &spec.sign),
        open,
        last,
        spec: spec.clone(),
    })
}

/// The filled forms of somebody, latest first.
pub(super) fn latest(seat: &Seat, patient: RecordId) -> Result<Vec<(store::Record, Filled)>, Refusal> {
    let records = seat.act.records(Filled::KIND.name, Some(patient))?;
    let mut all: Vec<(store::Record, Filled)> = records
        .into_iter()
        .map(|record| {
            let filled = record.state.record();
            (record, filled)
        })
        .collect();
    all.sort_by_key(|(record, filled)| std::cmp::Reverse((when(filled), record.id)));
    Ok(all)
}

fn when(filled: &Filled) -> i64 {
    filled.at.as_ref().map(Instant::milliseconds).unwrap_or_default()
}

/// Last time's answers of a form, in any version: of each item and side the latest, but for the record that is under way.
pub(super) fn last(
    seat: &Seat,
    patient: RecordId,
    spec: &Spec,
    without: Option<RecordId>,
) -> Result<Last, Refusal> {
    let all = latest(seat, patient)?;
    let mut last = last_of(seat, &all, &amended(seat, patient)?, &spec.code, without);
    last.extend(weight(seat, patient, spec, seat.moment.wall.milliseconds())?);
    let begun = all.iter().find(|(record, _)| Some(record.id) == without);
    last.extend(now(seat, begun.and_then(|(_, filled)| filled.at.as_ref())));
    Ok(last)
}

/// The time of the day, while a form is written on the day on which it was begun; a new one begins now.
fn now(seat: &Seat, begun: Option<&Instant>) -> Option<(String, LastAnswer)> {
    let (day, time) = (seat.moment.wall.as_str().get(..10)?, seat.moment.wall.as_str().get(11..16)?);
    let is_today = begun.is_none_or(|begun| begun.as_str().get(..10) == Some(day));
    let answer = Answer { t: Some(time.to_owned()), ..Answer::default() };
    is_today.then(|| (forms::NOW.to_owned(), LastAnswer { answer, day: day.to_owned() }))
}

/// What a form that reckons by weight is told of it: the last weight of the half year before `at`, in milliseconds since 1970.
fn weight(
    seat: &Seat,
    patient: RecordId,
    spec: &Spec,
    at: i64,
) -> Result<Option<(String, LastAnswer)>, Refusal> {
    if !spec.items().any(|item| item.holds == Holds::Derived(Derived::AnaestheticGiven)) {
        return Ok(None);
    }
    let Some((weight, seen)) = weight_before(seat, patient, at, HALF_A_YEAR)? else { return Ok(None) };
    let answer = Answer { n: Some(weight), ..Answer::default() };
    let day = seat.place.zone.day(&seat.place.zone.instant(seen)).to_string();
    Ok(Some((forms::WEIGHT.to_owned(), LastAnswer { answer, day })))
}

fn last_of(
    seat: &Seat,
    all: &[(store::Record, Filled)],
    amended: &BTreeMap<RecordId, Answers>,
    code: &str,
    without: Option<RecordId>,
) -> BTreeMap<String, LastAnswer> {
    let mut last = Last::new();
    let earlier = all.iter().filter(|(record, filled)| {
        Some(record.id) != without && filled.form.as_deref().is_some_and(|form| code_of(form) == code)
    });
    for (record, filled) in earlier {
        let Some(at) = &filled.at else { continue };
        let day = seat.place.zone.day(at).to_string();
        let mut answers = filled.all();
        answers.extend(amended.get(&record.id).cloned().unwrap_or_default());
        for (path, answer) in answers.iter().filter(|(_, answer)| answer.x.is_none()) {
            let place = Place::of(path);
            // Of several readings of one form the one that was taken last.
            let taken = |answer: &Answer| answer.part("at").and_then(|at| at.t.clone());
            let newest = of_item(&answers, place.item, place.side)
                .filter(|(_, answer)| answer.x.is_none())
                .max_by_key(|(path, answer)| (taken(answer), *path));
            if newest.is_some_and(|(newest, _)| newest == path) {
                let said = LastAnswer { answer: answer.clone(), day: day.clone() };
                last.entry(place.sided()).or_insert(said);
            }
        }
    }
    last
}

fn code_of(form: &str) -> &str {
    form.split_once('@').map_or(form, |(code, _)| code)
}

/// Looks at answers while they are typed.
pub(crate) fn check_form(seat: &mut Seat, input: CheckForm) -> Result<Checked, Refusal> {
    seat.about(input.filled, Some(input.patient));
    let spec = known(&input.form)?;
    allow(seat, &spec.fill)?;
    if length(&input.answers) > LONGEST {
        return Err(Refusal::new(Code::TooLarge));
    }
    let last = last(seat, input.patient, spec, input.filled)?;
    let mut checked = forms::check(spec, &forms::settled(spec, input.answers), &last);
    checked.remarks = within(checked.remarks, ANSWER_BYTES / 2).0;
    Ok(checked)
}

/// A page of the forms that were filled for somebody.
pub(crate) fn filled_forms(seat: &mut Seat, input: ListFilled) -> Result<FilledForms, Refusal> {
    seat.about(None, Some(input.patient));
    let mut all = latest(seat, input.patient)?;
    all.retain(|(_, filled)| {
        let of_code = |code: &String| filled.form.as_deref().is_some_and(|form| code_of(form) == code);
        (input.visit.is_none() || filled.visit == input.visit) && input.code.as_ref().is_none_or(of_code)
    });
    let after = input.after.and_then(|after| all.iter().position(|(record, _)| record.id == after));
    let rest = all.get(after.map_or(0, |after| after + 1)..).unwrap_or_default();
    let mut names = Names::default();
    let amended = amended(seat, input.patient)?;
    let mut rows = Vec::new();
    for (record, filled) in rest.iter().take(PAGE_ROWS) {
        rows.push(row(seat, &mut names, record, filled, amended.contains_key(&record.id))?);
    }
    let (rows, _) = fitting(rows);
    let next = rows.last().map(|row| row.id).filter(|_| rows.len() < rest.len());
    Ok(FilledForms { rows, next })
}

fn row(
    seat: &Seat,
    names: &mut Names,
    record: &store::Record,
    filled: &Filled,
    amended: bool,
) -> Result<FilledRow, Refusal> {
    let first = seat.act.first_said(record.id)?;
    let form = filled.form.clone().unwrap_or_default();
    Ok(FilledRow {
        id: record.id,
        version: record.version,
        visit: filled.visit,
        title: title(&form),
        at: filled.at.as_ref().map(|at| at.as_str().to_owned()).unwrap_or_default(),
        author: names.of(seat, first.map(|said| said.author))?,
        signed: record.state.signed.is_some(),
        line: line(filled),
        amended,
        disputed: !disputed(Filled::KIND, &record.state).is_empty(),
        form,
    })
}

/// What people call a form; its name where nobody here knows it.
fn title(form: &str) -> Words {
    spec(form).map_or_else(|| Words::english(form), |spec| spec.title.clone())
}

/// When a form was signed, and by whom.
pub(super) type Signature = (String, Option<String>);

/// Who began a form, and its signature.
pub(super) fn written(
    seat: &Seat,
    record: &store::Record,
    names: &mut Names,
) -> Result<(Option<String>, Option<Signature>), Refusal> {
    let first = seat.act.first_said(record.id)?.map(|said| said.author);
    let signature = match record.state.signed {
        Some(op) => seat.act.said(op)?,
        None => None,
    };
    let author = names.of(seat, first)?;
    Ok(match signature {
        Some(said) => (author, Some((said.wall, names.of(seat, Some(said.author))?))),
        None => (author, None),
    })
}

/// The answers of a filled form in a line; nothing of a form that nobody here knows.
pub(crate) fn line(filled: &Filled) -> String {
    let Some(spec) = filled.form.as_deref().and_then(spec) else { return String::new() };
    let answers = filled.all();
    let checked = forms::check(spec, &answers, &Last::new());
    shortened(forms::line(spec, &answers, &checked.hidden, LANGUAGE))
}

/// A filled form.
pub(crate) fn filled(seat: &mut Seat, input: OfFilled) -> Result<FilledView, Refusal> {
    let record = seat.read::<Filled>(input.filled)?;
    seat.about(Some(input.filled), record.patient);
    view(seat, &mut Names::default(), &record)
}

fn view(seat: &Seat, names: &mut Names, record: &store::Record) -> Result<FilledView, Refusal> {
    let filled: Filled = record.state.record();
    let patient = record.patient.ok_or_else(|| Refusal::new(Code::NotFound))?;
    let form = filled.form.clone().unwrap_or_default();
    let known = spec(&form);
    let answers = filled.all();
    let before = match known {
        Some(spec) => earlier_than(seat, patient, spec, record.id, &filled)?,
        None => Last::new(),
    };
    let checked = known.map(|spec| forms::check(spec, &answers, &before)).unwrap_or_default();
    let first = seat.act.first_said(record.id)?.map(|said| said.author);
    let (author, signature) = written(seat, record, names)?;
    let (signed_at, signed_by) = signature.unzip();
    let addenda = match record.state.signed {
        Some(_) => added_to(seat, names, patient, "document", record.id)?,
        None => Vec::new(),
    };
    let in_brief = |row: AddendumRow| match length(&row) > BESIDE_BYTES {
        true => AddendumRow { text: shortened(row.text), reason: shortened(row.reason), ..row },
        false => row,
    };
    let handed_back = handed_back(seat, record, &answers, &addenda)?;
    let (answers, is_cut) = room(answers, ANSWERS_BYTES);
    Ok(FilledView {
        id: record.id,
        version: record.version,
        patient,
        visit: filled.visit,
        title: title(&form),
        known: known.is_some(),
        at: filled.at.as_ref().map(|at| at.as_str().to_owned()).unwrap_or_default(),
        author,
        signed_by: signed_by.flatten(),
        signed_at,
        by: room(givers(seat, names, record, first, &answers)?, BESIDE_BYTES).0,
        remarks: within(checked.remarks, BESIDE_BYTES).0,
        hidden: within(checked.hidden, BESIDE_BYTES).0,
        derived: room(checked.derived, BESIDE_BYTES).0,
        line: line(&filled),
        late: within(late_edits(seat, record)?, BESIDE_BYTES).0,
        handed_back: room(handed_back, BESIDE_BYTES).0,
        addenda: within(addenda.into_iter().map(in_brief).collect(), ANSWERS_BYTES).0,
        disputed: disputed(Filled::KIND, &record.state),
        answers,
        shortened: is_cut,
        form,
    })
}

/// What was answered elsewhere and came after the signature, the last of each answer, without what stands.
fn handed_back(
    seat: &Seat,
    record: &store::Record,
    signed: &Answers,
    addenda: &[AddendumRow],
) -> Result<Answers, Refusal> {
    let mut late = Answers::new();
    for op in &record.state.late {
        let Some(said) = seat.act.said(*op)? else { continue };
        for (path, value) in said.op.sets() {
            if let (Some((_, path)), Some(answer)) = (answered_at(path), Answer::read(value)) {
                late.insert(path.to_owned(), answer);
            }
        }
    }
    let added = |path: &String| addenda.iter().rev().find_map(|addendum| addendum.answers.get(path));
    late.retain(|path, answer| added(path).or_else(|| signed.get(path)) != Some(&*answer));
    Ok(late)
}

/// Last time's answers as they stood before this form was begun.
fn earlier_than(
    seat: &Seat,
    patient: RecordId,
    spec: &Spec,
    id: RecordId,
    filled: &Filled,
) -> Result<Last, Refusal> {
    let mut all = latest(seat, patient)?;
    all.retain(|(_, other)| when(other) <= when(filled));
    let mut last = last_of(seat, &all, &amended(seat, patient)?, &spec.code, Some(id));
    last.extend(weighed(seat, patient, spec, filled)?);
    Ok(last)
}

/// What a filled form that reckons by weight is told of it: all that its sums need of other records.
pub(super) fn weighed(
    seat: &Seat,
    patient: RecordId,
    spec: &Spec,
    filled: &Filled,
) -> Result<Option<(String, LastAnswer)>, Refusal> {
    // What was weighed in the same visit counts, also where the form was begun before.
    weight(seat, patient, spec, when(filled).saturating_add(A_DAY))
}

/// As many entries as `bytes` hold, and whether some were left out.
fn room<T: Serialize>(entries: BTreeMap<String, T>, bytes: usize) -> (BTreeMap<String, T>, bool) {
    let count = entries.len();
    let mut room = bytes;
    let fits = |(path, value): &(String, T)| {
        room = room.saturating_sub(path.len() + length(value) + 4);
        room > 0
    };
    let kept: BTreeMap<String, T> = entries.into_iter().filter(fits).collect();
    let is_cut = kept.len() < count;
    (kept, is_cut)
}

/// Who gave each answer that somebody else than `first` gave.
fn givers(
    seat: &Seat,
    names: &mut Names,
    record: &store::Record,
    first: Option<RecordId>,
    answers: &Answers,
) -> Result<BTreeMap<String, String>, Refusal> {
    let mut by = BTreeMap::new();
    for (path, settled) in &record.state.fields {
        let Some((_, answer)) = answered_at(path).filter(|(_, answer)| answers.contains_key(*answer)) else {
            continue;
        };
        let Some(head) = settled.heads.last() else { continue };
        let author = seat.act.said(*head)?.map(|said| said.author).filter(|author| Some(*author) != first);
        if let Some(name) = names.of(seat, author)? {
            by.insert(answer.to_owned(), name);
        }
    }
    Ok(by)
}
