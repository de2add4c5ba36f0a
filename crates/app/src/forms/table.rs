//! The forms of somebody as a table for a spreadsheet: a row for each, a column an item and side.

use domain::RecordId;
use domain::forms::{self, Answers, Filled, Holds, Item, Last, Spec, of_item, said};
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
        let added = later(seat, &mut names, spec, record, &filled.all(), &last)?;
        let added: Vec<String> = added.iter().map(|later| later.told(spec)).collect();
        let unsettled = !disputed(Filled::KIND, &record.state).is_empty();
        let (author, signature) = written(seat, record, &mut names)?;
        let (signed_at, signed_by) = signature.unzip();
        let at = filled.at.as_ref().map(|at| at.as_str().to_owned());
        let about = [at, author, signed_at, signed_by.flatten()].map(Option::unwrap_or_default);
        let since = [added.join("\n"), if unsettled { "yes" } else { "" }.to_owned()];
        let cells = about.into_iter().chain(since).chain(row(spec, filled, &last));
        table.push_str(&cells::line(cells));
    }
    keep_copy(seat, &input.place, table.as_bytes())
}

/// Each item with each of its sides.
fn columns(spec: &Spec) -> impl Iterator<Item = (&Item, Option<&'static str>)> {
    spec.items().flat_map(|item| item.sides.each().iter().map(move |side| (item, *side)))
}

fn heads(spec: &Spec) -> Vec<String> {
    let of = |(item, side): (&Item, Option<&str>)| {
        let unit = match &item.holds {
            Holds::Number(number) => number.units.first().map(|unit| format!(" ({unit})")),
            _ => None,
        };
        let side = side.map(|side| format!(":{side}")).unwrap_or_default();
        format!("{}{side}{}", item.key, unit.unwrap_or_default())
    };
    let about = ["begun", "author", "signed", "signer", "added later", "disputed"].map(ToOwned::to_owned);
    about.into_iter().chain(columns(spec).map(of)).collect()
}

/// What a filled form says in each column, as it was signed: a number alone where that is all it says; readings of one item
/// behind each other.
fn row(spec: &Spec, filled: &Filled, last: &Last) -> Vec<String> {
    let answers = filled.all();
    let checked = forms::check(spec, &answers, last);
    let shown: Answers = forms::asked(&answers, &checked.hidden);
    let cell = |(item, side): (&Item, Option<&'static str>)| {
        if matches!(item.holds, Holds::Derived(_)) {
            return checked.derived.get(&item.key).cloned().unwrap_or_default();
        }
        let given = of_item(&shown, &item.key, side).map(|(_, answer)| match (&item.holds, &answer.n) {
            (Holds::Number(_), Some(number)) if answer.u.is_none() => number.plain(),
            _ => said(item, answer, LANGUAGE),
        });
        given.collect::<Vec<_>>().join("; ")
    };
    columns(spec).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use domain::forms::{Answer, Given, spec, specs};
    use domain::record::Entries;

    use super::super::later::samples;
    use super::*;

    #[test]
    fn every_form_has_a_column_for_each_item_and_side() {
        for spec in specs() {
            let sides: usize = spec.items().map(|item| item.sides.each().len()).sum();
            assert_eq!(heads(spec).len(), 6 + sides, "{}", spec.code);
            assert_eq!(row(spec, &Filled::default(), &Last::new()).len(), sides);
        }
    }

    #[test]
    fn every_answer_of_every_form_and_every_sum_stands_in_its_column() {
        for spec in specs() {
            let answers = samples(spec);
            let checked = forms::check(spec, &answers, &Last::new());
            let given = answers.clone().into_iter().map(|(path, answer)| (path, Given { v: Some(answer) }));
            let filled = Filled { answers: Some(Entries(given.collect())), ..Filled::default() };
            let row = row(spec, &filled, &Last::new());
            let said = |(item, side): (&Item, Option<&'static str>)| {
                let asked = forms::asked(&answers, &checked.hidden);
                of_item(&asked, &item.key, side).next().is_some() || checked.derived.contains_key(&item.key)
            };
            for (cell, column) in row.iter().zip(columns(spec)) {
                assert_eq!(!cell.is_empty(), said(column), "{} {}: {cell}", spec.code, column.0.key);
            }
        }
    }

    #[test]
    fn a_number_stands_alone_under_its_unit_and_readings_stand_behind_each_other() {
        let spec = spec("eye.pressure@1").unwrap();
        let heads = heads(spec);
        assert!(heads.contains(&"iop:R".to_owned()) && heads.contains(&"target:L (mmHg)".to_owned()));
        assert!(heads.iter().all(|head| !head.contains("method:B")));
        let number = |number: &str| Answer { n: number.parse().ok(), ..Answer::default() };
        assert_eq!(said(spec.item("target").unwrap(), &number("18"), LANGUAGE), "18 mmHg");
    }
}
