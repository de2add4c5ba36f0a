//! The forms of somebody as a table for a spreadsheet: a row for each, a column an item and side.

use domain::RecordId;
use domain::forms::{self, Answer, Answers, Filled, Holds, Item, Last, Spec, of_item, said};
use domain::record::Record;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::later::later;
use super::read::{LANGUAGE, known, latest, weighed, written};
use crate::cells;
use crate::certificates::{SavedCertificate, keep_copy};
use crate::records::{Names, disputed};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// Filled forms to keep as a table.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportForms {
    /// Whose.
    pub patient: RecordId,
    /// Which form, in this version: `eye.pressure@1`.
    pub form: String,
    /// The id of the place that the person chose.
    pub place: String,
}

/// What stands before the columns of the answers.
const ABOUT: [&str; 7] = ["begun", "author", "signed", "signer", "added later", "signed was", "disputed"];

/// Keeps the forms of one name as a table where the person chose, the oldest first.
pub(crate) fn export_forms(seat: &mut Seat, input: ExportForms) -> Result<SavedCertificate, Refusal> {
    seat.about(None, Some(input.patient));
    let spec = known(&input.form)?;
    let mut table = cells::BEGIN.to_owned();
    table.push_str(&cells::line(heads(spec)));
    for (record, filled) in latest(seat, input.patient)?.iter().rev() {
        if filled.form.as_deref() != Some(input.form.as_str()) {
            continue;
        }
        let mut names = Names::default();
        let last: Last = weighed(seat, input.patient, spec, filled)?.into_iter().collect();
        let signed = filled.all();
        let added = later(seat, &mut names, spec, record, &signed, &last)?;
        let mut stands = signed.clone();
        stands.extend(added.iter().flat_map(|later| later.row.answers.clone()));
        let added: Vec<String> = added.iter().map(|later| later.told(spec)).collect();
        let unsettled = !disputed(Filled::KIND, &record.state).is_empty();
        let (author, signature) = written(seat, record, &mut names)?;
        let (signed_at, signed_by) = signature.unzip();
        let at = filled.at.as_ref().map(|at| at.as_str().to_owned());
        let about = [at, author, signed_at, signed_by.flatten()].map(Option::unwrap_or_default);
        let since = [
            added.join("\n"),
            corrected(spec, &signed, &stands),
            if unsettled { "yes" } else { "" }.to_owned(),
        ];
        let cells = about.into_iter().chain(since).chain(row(spec, &stands, &last));
        table.push_str(&cells::line(cells));
    }
    keep_copy(seat, &input.place, table.as_bytes())
}

/// What was signed and holds no more: what was added later stands in its column.
fn corrected(spec: &Spec, signed: &Answers, stands: &Answers) -> String {
    let mut former = signed.clone();
    former.retain(|path, answer| stands.get(path) != Some(&*answer));
    forms::told(spec, &former, LANGUAGE)
}

/// A column of answers: an item, or a part of its readings, of one side.
struct Column<'a> {
    item: &'a Item,
    part: Option<&'a Item>,
    side: Option<&'static str>,
}

fn columns(spec: &Spec) -> Vec<Column<'_>> {
    let of_item = |item| {
        let of_side = move |side: &Option<&'static str>| {
            let column = move |part| Column { item, part, side: *side };
            let parts = item.parts().iter().map(move |part| column(Some(part)));
            let whole = item.parts().is_empty().then(|| column(None));
            parts.chain(whole).collect::<Vec<_>>()
        };
        item.sides.each().iter().flat_map(of_side)
    };
    spec.items().flat_map(of_item).collect()
}

fn heads(spec: &Spec) -> Vec<String> {
    let of = |Column { item, part, side }: Column| {
        let unit = match &part.unwrap_or(item).holds {
            Holds::Number(number) => number.units.first().map(|unit| format!(" ({unit})")),
            _ => None,
        };
        let side = side.map(|side| format!(":{side}"));
        let part = part.map(|part| format!("/{}", part.key));
        let behind = [side, part, unit].map(Option::unwrap_or_default).concat();
        format!("{}{behind}", item.key)
    };
    ABOUT.into_iter().map(ToOwned::to_owned).chain(columns(spec).into_iter().map(of)).collect()
}

/// What a form says in each column: a number alone where that is all it says; the readings of one item behind each other, each
/// part in the same order.
fn row(spec: &Spec, answers: &Answers, last: &Last) -> Vec<String> {
    let checked = forms::check(spec, answers, last);
    let shown: Answers = forms::asked(answers, &checked.hidden);
    let cell = |Column { item, part, side }: Column| {
        let of_part = |(path, answer): (&String, &Answer)| match part {
            None => plainly(item, answer),
            Some(part) if answer.x.is_some() => {
                if item.main_part() == Some(part) {
                    said(item, answer, LANGUAGE)
                } else {
                    String::new()
                }
            }
            Some(part) => {
                let sum = checked.derived.get(&format!("{path}/{}", part.key)).cloned();
                answer.part(&part.key).map(|answer| plainly(part, answer)).or(sum).unwrap_or_default()
            }
        };
        if matches!(item.holds, Holds::Derived(_)) {
            return checked.derived.get(&item.key).cloned().unwrap_or_default();
        }
        let given: Vec<String> = of_item(&shown, &item.key, side).map(of_part).collect();
        if given.iter().all(String::is_empty) { String::new() } else { given.join("; ") }
    };
    columns(spec).into_iter().map(cell).collect()
}

fn plainly(item: &Item, answer: &Answer) -> String {
    match (&item.holds, &answer.n) {
        (Holds::Number(_), Some(number)) if answer.u.is_none() => number.plain(),
        _ => said(item, answer, LANGUAGE),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::forms::{spec, specs};

    use super::super::later::samples;
    use super::*;

    fn table(spec: &Spec, answers: &Answers) -> Vec<(String, String)> {
        let heads = heads(spec).into_iter().skip(ABOUT.len());
        let row = row(spec, answers, &Last::new());
        assert_eq!(heads.len(), row.len(), "{}", spec.code);
        heads.zip(row).collect()
    }

    /// What is said at each place of `answers` that is asked, by the head of its column.
    fn places(spec: &Spec, answers: &Answers) -> Vec<(String, String)> {
        let mut places = Vec::new();
        for (path, answer) in answers {
            let (item, place) = spec.at(path).unwrap();
            let of_part = |part: &Item| Some((part.key.clone(), plainly(part, answer.part(&part.key)?)));
            let parts: Vec<_> = item.parts().iter().filter_map(of_part).collect();
            places
                .extend(parts.iter().map(|(part, text)| (format!("{}/{part}", place.sided()), text.clone())));
            if item.parts().is_empty() {
                places.push((place.sided(), plainly(item, answer)));
            }
        }
        places
    }

    /// Answers of each word of each scale, also without each part that another may be asked instead of.
    fn variants(spec: &Spec) -> Vec<Answers> {
        let parts: BTreeSet<&str> =
            spec.items().flat_map(Item::parts).map(|part| part.key.as_str()).chain([""]).collect();
        let without = |part: &str, turn| {
            let mut answers = samples(spec, turn);
            for parts in answers.values_mut().filter_map(|answer| answer.p.as_mut()) {
                parts.remove(part);
            }
            answers
        };
        (0..14).flat_map(|turn| parts.iter().map(move |part| without(part, turn))).collect()
    }

    #[test]
    fn every_answer_of_every_form_and_every_sum_stands_in_its_column() {
        for spec in specs() {
            let mut met = BTreeSet::new();
            for answers in variants(spec) {
                let checked = forms::check(spec, &answers, &Last::new());
                let sums = checked.derived.iter().map(|(path, text)| {
                    let (path, part) = path.split_once('/').unwrap_or((path, ""));
                    let place = forms::Place::of(path).sided();
                    (if part.is_empty() { place } else { format!("{place}/{part}") }, text.clone())
                });
                let mut expected = places(spec, &forms::asked(&answers, &checked.hidden));
                expected.extend(sums);
                let table = table(spec, &answers);
                for (head, text) in expected {
                    let column = table.iter().find(|(other, _)| other.split(" (").next() == Some(&head));
                    let (_, cell) = column.unwrap_or_else(|| panic!("{} has no column {head}", spec.code));
                    assert_eq!(*cell, text, "{} {head}", spec.code);
                    met.insert(head);
                }
            }
            let heads: BTreeSet<String> = table(spec, &Answers::new())
                .into_iter()
                .map(|(head, _)| head.split(" (").next().unwrap_or_default().to_owned())
                .collect();
            assert_eq!(met, heads, "{}", spec.code);
        }
    }

    #[test]
    fn parts_of_readings_keep_their_order_and_why_there_is_none_stands_where_the_value_would() {
        let spec = spec("eye.refraction@1").unwrap();
        let number = |number: &str| Answer { n: number.parse().ok(), ..Answer::default() };
        let lens = |parts: &[(&str, &str)]| Answer {
            p: Some(parts.iter().map(|(key, value)| ((*key).to_owned(), number(value))).collect()),
            ..Answer::default()
        };
        let absent = Answer { x: Some(forms::Absent::Unable), ..Answer::default() };
        let answers: Answers = [
            ("lens:R:a".to_owned(), lens(&[("sph", "-2.25")])),
            ("lens:R:b".to_owned(), lens(&[("sph", "-2.5"), ("add", "2.5")])),
            ("lens:L:a".to_owned(), absent),
        ]
        .into();
        let table = table(spec, &answers);
        let cell = |head: &str| table.iter().find(|(other, _)| other == head).map(|(_, cell)| cell.as_str());
        assert_eq!(cell("lens:R/sph (D)"), Some("-2.25; -2.5"));
        assert_eq!(cell("lens:R/add (D)"), Some("; 2.5"));
        assert_eq!((cell("lens:L/sph (D)"), cell("lens:L/add (D)")), (Some("unable"), Some("")));
    }
}
