//! An answer: one value of a form, and the record that holds them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Place, Spec};
use crate::record::{Entries, Holds, Type, is_answer};
use crate::{Decimal, Instant, RecordId, Value, choice, entry, record};

choice! {
    /// Why there is no answer.
    pub enum Absent {
        /// Nobody tested it.
        NotTested = "not_tested",
        /// The patient could not do it.
        Unable = "unable",
        /// The patient did not want it.
        Refused = "refused",
        /// There is no such eye.
        EyeAbsent = "eye_absent",
        /// The device did not work.
        DeviceFailed = "device_failed",
    }
}

/// One answer. Which of its members it has, its item says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Answer {
    /// A number, digit for digit as it was typed; of an acuity its logMAR.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub n: Option<Decimal>,
    /// Its unit, where that is not the usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub u: Option<String>,
    /// A code of its scale; of an acuity below all numbers `cf`, `hm`, `pl` or `npl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub c: Option<String>,
    /// What was found: codes of its scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub s: Option<Vec<String>>,
    /// More in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub w: Option<String>,
    /// Text as it was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub t: Option<String>,
    /// Why there is no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub x: Option<Absent>,
    /// That it was asked about, and is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ok: Option<bool>,
    /// The parts of a reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub p: Option<BTreeMap<String, Answer>>,
}

/// Answers by their paths: `target:R`, or `iop:R:k3f9` for the reading `k3f9` of an item that is answered more than once.
pub type Answers = BTreeMap<String, Answer>;

entry! {
    /// An answer of a form; the entry's id is its path.
    pub struct Given {
        /// The answer.
        v: Answer,
    }
}

record! {
    /// A form that was filled for somebody: frozen when it is signed.
    pub struct Filled: "filled", Document, Site;
    verbs { Create: FormFill, Patch: FormFill, Sign: FormSign, Void: FormFill, Resolve: ConflictResolve, }
    signed_by_author { Sign, }
    happened { at, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The visit.
        visit: RecordId, Fixed;
        /// Which form in which version: `eye.pressure@1`.
        form: String, Fixed;
        /// When it was begun.
        at: Instant, Fixed;
        /// The answers.
        answers: Entries<Given>, Ordinary;
        /// The answers of which no two that differ are settled by themselves.
        critical: Entries<Given>, Critical;
    }
}

impl Holds for Answer {
    const TYPE: Type = Type::Answer;
}

impl Answer {
    /// The answer of a value, if it is one.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let Value::Map(_) = value else { return None };
        // Everything that an answer holds reads back from its JSON.
        let answer = serde_json::to_value(value).ok().and_then(|json| serde_json::from_value(json).ok());
        answer.filter(|_| is_answer(value))
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let text = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
        let parts = self.p.iter().flat_map(BTreeMap::values);
        self.n.is_none()
            && self.x.is_none()
            && [&self.c, &self.w, &self.t].into_iter().all(text)
            && self.s.as_ref().is_none_or(Vec::is_empty)
            && parts.into_iter().all(Self::is_empty)
    }

    /// The part of this name, where it says something.
    #[must_use]
    pub fn part(&self, key: &str) -> Option<&Self> {
        self.p.as_ref()?.get(key).filter(|part| !part.is_empty())
    }

    /// The code of a part.
    #[must_use]
    pub fn code(&self, key: &str) -> Option<&str> {
        self.part(key)?.c.as_deref()
    }

    /// The number of a part.
    #[must_use]
    pub fn number(&self, key: &str) -> Option<rust_decimal::Decimal> {
        self.part(key)?.n.as_ref()?.number()
    }

    /// The same without what says nothing.
    #[must_use]
    pub fn tidied(mut self) -> Option<Self> {
        let trimmed =
            |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        self.u = trimmed(self.u);
        self.c = trimmed(self.c);
        self.w = trimmed(self.w);
        self.t = trimmed(self.t);
        self.s = self.s.filter(|codes| !codes.is_empty());
        self.ok = self.ok.filter(|ok| *ok);
        let parts = self.p.into_iter().flatten();
        let parts: BTreeMap<_, _> = parts.filter_map(|(key, part)| Some((key, part.tidied()?))).collect();
        self.p = Some(parts).filter(|parts| !parts.is_empty());
        (!self.is_empty()).then_some(self)
    }

    /// What it says, by its codes: for whoever compares two answers without their form.
    #[must_use]
    pub fn plain(&self) -> String {
        let number = self.n.as_ref().filter(|_| self.t.is_none()).map(Decimal::plain);
        let absent = self.x.map(|absent| absent.word().replace('_', " "));
        let codes = self.c.iter().filter(|_| self.t.is_none()).chain(self.s.iter().flatten());
        let texts = [number, self.u.clone(), self.t.clone(), absent].into_iter().flatten();
        let parts = self.p.iter().flatten().map(|(key, part)| format!("{key} {}", part.plain()));
        let all = texts.chain(codes.cloned()).chain(self.w.clone()).chain(parts);
        all.collect::<Vec<_>>().join(", ")
    }

    /// The value that a record keeps.
    #[must_use]
    pub fn value(&self) -> Value {
        let json = serde_json::to_value(self).unwrap_or_default();
        serde_json::from_value(json).unwrap_or_default()
    }
}

impl Filled {
    /// All its answers by their paths, those about which people disagree as they were last agreed.
    #[must_use]
    pub fn all(&self) -> Answers {
        let given = [&self.answers, &self.critical].into_iter().flatten().flat_map(|entries| &entries.0);
        given.filter_map(|(path, given)| Some((path.clone(), given.v.clone()?))).collect()
    }
}

/// The path at which a record of `spec` keeps the answer of `path`; none where nothing can be answered there.
#[must_use]
pub fn kept_at(spec: &Spec, path: &str) -> Option<String> {
    let (item, _) = spec.at(path)?;
    let field = if item.critical { "critical" } else { "answers" };
    Some(format!("{field}/{path}/v"))
}

/// The path of the answer that a record keeps at `path`, with the field that it stands in.
#[must_use]
pub fn answered_at(path: &str) -> Option<(&str, &str)> {
    let (field, rest) = path.split_once('/')?;
    let answer = rest.strip_suffix("/v")?;
    matches!(field, "answers" | "critical").then_some((field, answer))
}

/// The answers of one item on one side, by their paths.
pub fn of_item<'a>(
    answers: &'a Answers,
    item: &'a str,
    side: Option<&'a str>,
) -> impl Iterator<Item = (&'a String, &'a Answer)> {
    answers.iter().filter(move |(path, _)| {
        let place = Place::of(path);
        place.item == item && place.side == side
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::LONGEST_ANSWER;

    fn value(json: serde_json::Value) -> Value {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn an_answer_has_known_members_of_their_types_and_no_part_within_a_part() {
        for right in [
            serde_json::json!({"n": "18"}),
            serde_json::json!({"x": "refused"}),
            serde_json::json!({"s": ["oedema", "scar"], "w": "below"}),
            serde_json::json!({"p": {"sph": {"n": "-2.25"}, "method": {"c": "subjective"}}, "ok": true}),
        ] {
            let value = value(right);
            assert!(Type::Answer.accepts(&value));
            assert_eq!(Answer::read(&value).unwrap().value(), value);
        }
        for wrong in [
            serde_json::json!("18"),
            serde_json::json!({"n": 18}),
            serde_json::json!({"n": null}),
            serde_json::json!({"x": "lazy"}),
            serde_json::json!({"later": "18"}),
            serde_json::json!({"p": {"sph": {"p": {"n": {"n": "1"}}}}}),
            serde_json::json!({"w": "x".repeat(LONGEST_ANSWER + 1)}),
            serde_json::json!({"p": (0..25).map(|at| (format!("k{at}"), serde_json::json!({"n": "1"}))).collect::<serde_json::Map<_, _>>()}),
        ] {
            assert!(!Type::Answer.accepts(&value(wrong.clone())), "{wrong}");
        }
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let blank = Answer { t: Some("  ".to_owned()), ok: Some(true), ..Answer::default() };
        assert_eq!(blank.clone().tidied(), None);
        let number = Answer { n: "18".parse().ok(), ..Answer::default() };
        let parts = [("value".to_owned(), number.clone()), ("at".to_owned(), blank)];
        let reading = Answer { p: Some(parts.into()), ..Answer::default() };
        assert_eq!(reading.tidied().unwrap().p.unwrap().into_values().collect::<Vec<_>>(), [number]);
    }
}
