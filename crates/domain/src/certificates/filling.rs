//! A template's text with its fields filled in.

use serde::{Deserialize, Serialize};

/// A paragraph of the printed text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Paragraph {
    /// Its stretches, spaces included.
    pub runs: Vec<Run>,
}

/// A stretch of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Set in semibold.
    #[serde(default, skip_serializing_if = "is_false")]
    pub bold: bool,
    /// Not broken over two lines, as a date is not.
    #[serde(default, skip_serializing_if = "is_false")]
    pub keep_together: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Run {
    /// Running text.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), bold: false, keep_together: false }
    }

    /// A date or number, which stays on one line.
    #[must_use]
    pub fn kept(text: &str) -> Self {
        Self { keep_together: true, ..Self::plain(text) }
    }

    /// The same in semibold.
    #[must_use]
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

impl Paragraph {
    /// Its words.
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// The paragraphs of `text`, apart by empty lines, with each `{field}` filled in by `value`; a name in
/// braces that `value` does not know stays as it is. A paragraph whose fields are all empty vanishes, and
/// where an empty field stood between two spaces one of them does.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<Vec<Run>>) -> Vec<Paragraph> {
    text.split("\n\n").filter_map(|paragraph| fill_paragraph(paragraph.trim(), &value)).collect()
}

/// The stretches of one sentence with its fields filled in.
pub(super) fn sentence(text: &str, value: impl Fn(&str) -> Option<Vec<Run>>) -> Vec<Run> {
    fill_paragraph(text, &value).map(|paragraph| paragraph.runs).unwrap_or_default()
}

fn fill_paragraph(text: &str, value: &impl Fn(&str) -> Option<Vec<Run>>) -> Option<Paragraph> {
    let mut paragraph = Paragraph::default();
    let (mut fields, mut filled) = (0, 0);
    let mut rest = text;
    while let Some((before, field, after)) = next_field(rest) {
        rest = after;
        paragraph.add(Run::plain(before));
        match value(field) {
            Some(runs) => {
                fields += 1;
                filled += usize::from(!runs.is_empty());
                runs.into_iter().for_each(|run| paragraph.add(run));
            }
            None => paragraph.add(Run::plain(&format!("{{{field}}}"))),
        }
    }
    paragraph.add(Run::plain(rest));
    paragraph.end();
    let said = fields == 0 || filled > 0;
    (said && !paragraph.runs.is_empty()).then_some(paragraph)
}

/// What stands before the first field, its name, and what stands after it.
fn next_field(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (field, after) = rest.split_once('}')?;
    Some((before, field, after))
}

impl Paragraph {
    fn add(&mut self, mut run: Run) {
        let open = self.runs.last().is_none_or(|last| last.text.ends_with(' '));
        if open && run.text.starts_with(' ') {
            run.text = run.text.trim_start_matches(' ').to_owned();
        }
        if run.text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if !last.keep_together && !run.keep_together && last.bold == run.bold => {
                last.text.push_str(&run.text);
            }
            _ => self.runs.push(run),
        }
    }

    /// Takes the space from its end.
    fn end(&mut self) {
        while let Some(last) = self.runs.last_mut() {
            let end = last.text.trim_end_matches(' ').len();
            last.text.truncate(end);
            if !last.text.is_empty() {
                return;
            }
            self.runs.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn filled(text: &str, name: &str, limits: &str) -> Vec<String> {
        let run = |text: &str| if text.is_empty() { Vec::new() } else { vec![Run::plain(text)] };
        let paragraphs = fill(text, |field| match field {
            "name" => Some(run(name)),
            "limits" => Some(run(limits)),
            _ => None,
        });
        paragraphs.iter().map(Paragraph::text).collect()
    }

    #[test]
    fn fields_are_filled_in_and_a_paragraph_of_empty_ones_vanishes() {
        let text = "This certifies {name}.\n\nLimits: {limits}\n\nPlain.";
        assert_eq!(filled(text, "Ana", ""), ["This certifies Ana.", "Plain."]);
        assert_eq!(filled(text, "Ana", "no stairs"), ["This certifies Ana.", "Limits: no stairs", "Plain."]);
        assert_eq!(filled("{limits} {name}", "Ana", ""), ["Ana"]);
        assert_eq!(filled("Fit. {limits} So {name} {limits}", "Ana", ""), ["Fit. So Ana"]);
    }

    #[test]
    fn what_is_no_field_and_what_somebody_typed_stay_as_they_are() {
        assert_eq!(filled("{nobody} {name", "Ana", ""), ["{nobody} {name"]);
        assert_eq!(filled("{name}", "{limits}", "no stairs"), ["{limits}"]);
    }

    #[test]
    fn stretches_of_one_kind_become_one() {
        let runs = sentence("a {b} c", |_| Some(vec![Run::plain("b"), Run::kept("d").bold()]));
        assert_eq!(runs, [Run::plain("a b"), Run::kept("d").bold(), Run::plain(" c")]);
    }

    proptest! {
        #[test]
        fn filling_never_drops_a_word(
            words in prop::collection::vec("[a-z]{1,5}|\\{name\\}|\\{limits\\}", 0..20),
            name in "[A-Z{}]{0,6}",
            limits in "[0-9 ]{0,6}",
        ) {
            let text = words.join(" ");
            let limits = limits.trim();
            let printed = filled(&text, &name, limits).concat();
            let bare = |text: &str| text.replace(' ', "");
            let expected = words.iter().map(|word| match word.as_str() {
                "{name}" => name.clone(),
                "{limits}" => limits.to_owned(),
                word => word.to_owned(),
            });
            let fields = words.iter().filter(|word| word.starts_with('{')).count();
            let any = words.iter().any(|word| word == "{name}" && !name.is_empty() || word == "{limits}" && !limits.is_empty());
            let expected = if fields > 0 && !any { String::new() } else { expected.collect::<String>() };
            prop_assert_eq!(bare(&printed), bare(&expected));
        }
    }
}
