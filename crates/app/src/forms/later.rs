//! What was added to a form after its signature, as paper and tables say it.

use std::collections::BTreeMap;

use domain::forms::{self, Answers, Last, Spec};

use super::read::LANGUAGE;
use crate::addenda::{AddendumRow, added_to};
use crate::records::Names;
use crate::refusal::Refusal;
use crate::seat::Seat;

const NO_LONGER: &str = "no longer reckoned";

/// An addendum, and what is reckoned because of it.
pub(super) struct Later {
    /// The addendum.
    pub(super) row: AddendumRow,
    /// What is reckoned from then on, as it is said, by `path/part`: where that is other than before.
    pub(super) derived: BTreeMap<String, String>,
}

/// What was added to the form of `record`, oldest first; nothing to one that is open.
pub(super) fn later(
    seat: &Seat,
    names: &mut Names,
    spec: &Spec,
    record: &store::Record,
    signed: &Answers,
    last: &Last,
) -> Result<Vec<Later>, Refusal> {
    let (Some(_), Some(patient)) = (record.state.signed, record.patient) else { return Ok(Vec::new()) };
    let mut stands = signed.clone();
    let mut before = forms::check(spec, &stands, last).derived;
    let mut all = Vec::new();
    for row in added_to(seat, names, patient, "document", record.id)? {
        stands.extend(row.answers.clone());
        let now = forms::check(spec, &stands, last).derived;
        all.push(Later { row, derived: anew(&before, &now) });
        before = now;
    }
    Ok(all)
}

/// What of `now` is other than `before`, and what is there no more.
fn anew(before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let gone = gone.map(|path| (path.clone(), NO_LONGER.to_owned()));
    let other = now.iter().filter(|(path, text)| before.get(*path) != Some(*text));
    gone.chain(other.map(|(path, text)| (path.clone(), text.clone()))).collect()
}

impl Later {
    /// All of it in a cell: when and who, the answers, what is reckoned by them, the words, and why.
    pub(super) fn told(&self, spec: &Spec) -> String {
        let row = &self.row;
        let reckoned = spec.items().filter_map(|item| {
            let text = self.derived.get(&item.key)?;
            Some(format!("{}: {text}", item.label.said(LANGUAGE)))
        });
        let answers = forms::told(spec, &row.answers, LANGUAGE);
        let said = std::iter::once(answers).chain(reckoned).chain([row.text.clone()]);
        let said: Vec<String> = said.filter(|text| !text.is_empty()).collect();
        let author = row.author.as_deref().unwrap_or_default();
        format!("{} {author}: {} ({})", row.at, said.join("; "), row.reason)
    }
}

/// An answer of each item of a form at each of its sides: of each scale the last word, on the next `turn` the one before it.
#[cfg(test)]
pub(super) fn samples(spec: &Spec, turn: usize) -> Answers {
    use domain::forms::{Answer, Holds, Item, Scale};
    fn sample(item: &Item, turn: usize) -> Option<Answer> {
        let text = |text: &str| Answer { t: Some(text.to_owned()), ..Answer::default() };
        let code = |scale: &Scale| Some(scale.options.iter().rev().cycle().nth(turn)?.code.clone());
        Some(match &item.holds {
            Holds::Number(number) => {
                let usual = number.plausible.as_ref().unwrap_or(&number.possible);
                Answer { n: Some(usual.high.clone()), ..Answer::default() }
            }
            Holds::Choice(scale) => Answer { c: code(scale), ..Answer::default() },
            Holds::Finding(_) if turn == 0 => Answer { c: Some("normal".to_owned()), ..Answer::default() },
            Holds::Finding(scale) => {
                Answer { s: Some([code(scale)?].into()), w: Some("in words".to_owned()), ..Answer::default() }
            }
            Holds::Text(_) => text("as before"),
            Holds::Time => text("09:38"),
            Holds::Tooth => text("36"),
            Holds::Acuity => text("6/9"),
            Holds::Near => text("N5"),
            Holds::Reading(reading) => {
                let parts =
                    reading.parts.iter().filter_map(|part| Some((part.key.clone(), sample(part, turn)?)));
                Answer { p: Some(parts.collect()), ..Answer::default() }
            }
            Holds::Derived(_) => return None,
        })
    }
    let at = |(item, side): (&Item, &Option<&str>)| {
        let side = side.map(|side| format!(":{side}")).unwrap_or_default();
        let reading = if item.many { ":a1" } else { "" };
        Some((format!("{}{side}{reading}", item.key), sample(item, turn)?))
    };
    spec.items()
        .flat_map(|item| item.sides.each().iter().map(move |side| (item, side)))
        .filter_map(at)
        .collect()
}
