//! A record in the making.

use std::collections::BTreeMap;

use super::cursor::{Cursor, fault};
use super::json::Node;
use super::links::Links;
use super::plan::Planned;
use super::when::When;
use super::{Reason, Refused};
use crate::record::Kind;
use crate::{Instant, RecordId, Value};

/// What a mapper has before it: one resource of a bundle, whose it is, and the rest of the bundle.
pub(super) struct Case<'c, 'a> {
    /// The bundle.
    pub(super) links: &'c Links<'a>,
    /// Which of its entries.
    pub(super) index: usize,
    /// Whose it is.
    pub(super) patient: RecordId,
}

/// A record in the making, whose values are all of their field's type.
pub(super) struct Draft {
    kind: &'static Kind,
    record: RecordId,
    place: String,
    patch: BTreeMap<String, Value>,
    /// When it happened.
    pub(super) at: Option<Instant>,
}

impl Draft {
    /// Begins a record of `kind`: whose it is, where it comes from, and the visit.
    pub(super) fn begin(
        case: &Case<'_, '_>,
        kind: &'static Kind,
        from: &mut Cursor<'_, '_>,
    ) -> Result<Self, Refused> {
        let entry = case.links.entry(case.index)?;
        let (source, record) = entry.identity()?;
        let place = entry.place.clone();
        let mut draft = Self { kind, record, place, patch: BTreeMap::new(), at: None };
        from.take("resourceType");
        let names = |id: &str| source.strip_suffix(id).is_some_and(|base| base.ends_with(['/', ':']));
        if from.peek("id")?.is_some_and(|id| names(&id)) {
            from.take("id");
        }
        draft.set("source", Value::Text(source))?;
        if kind.field("patient").is_some() {
            draft.set("patient", Value::Text(case.patient.to_string()))?;
            for name in ["subject", "patient"] {
                if let Some(mut subject) = from.field(name)? {
                    subject.take("reference");
                }
            }
        }
        if kind.field("visit").is_some() {
            for name in ["encounter", "context"] {
                draft.visit(case, from, name)?;
            }
        }
        Ok(draft)
    }

    fn visit(&mut self, case: &Case<'_, '_>, from: &mut Cursor<'_, '_>, name: &str) -> Result<(), Refused> {
        let Some(mut encounter) = from.field(name)? else { return Ok(()) };
        let Some(reference) = encounter.peek("reference")? else { return Ok(()) };
        let found = case.links.find(case.index, &reference);
        let found = found.ok_or_else(|| encounter.refuse_at("reference", Reason::UnknownReference))?;
        if let Some(visit) = case.links.visit(found)? {
            encounter.take("reference");
            self.set("visit", Value::Text(visit.to_string()))?;
        }
        Ok(())
    }

    /// The record's id.
    pub(super) fn record(&self) -> RecordId {
        self.record
    }

    /// Sets `path` to `value`, unless there is none.
    pub(super) fn put(&mut self, path: &str, value: Option<Value>) -> Result<(), Refused> {
        value.map_or(Ok(()), |value| self.set(path, value))
    }

    /// Sets `path` to `text`, unless there is none.
    pub(super) fn text(&mut self, path: &str, text: Option<String>) -> Result<(), Refused> {
        self.put(path, text.map(Value::Text))
    }

    /// Sets `path` to `value`.
    pub(super) fn set(&mut self, path: &str, value: Value) -> Result<(), Refused> {
        let fits = self.kind.field(path).is_some_and(|(_, holds)| holds.accepts(&value));
        if !fits {
            let wrong = value.as_text().and_then(fault).unwrap_or(Reason::WrongType);
            return Err(Refused::at(self.place.clone(), wrong));
        }
        match self.patch.insert(path.to_owned(), value) {
            None => Ok(()),
            // Two of `value[x]`, `onset[x]` and the like, of which R4 has one.
            Some(_) => Err(Refused::at(self.place.clone(), Reason::NotR4)),
        }
    }

    /// Takes the time `name` into `at`, or into `day` where only the date is known.
    pub(super) fn at(&mut self, from: &mut Cursor<'_, '_>, name: &str, at: &str) -> Result<(), Refused> {
        let Some(when) = from.when(name)? else { return Ok(()) };
        if self.at.is_none() {
            self.at = when.order();
        }
        let (path, value) = match when {
            When::Instant(instant) => (at, instant.to_string()),
            When::Date(date) => ("day", date.to_string()),
        };
        from.take(name);
        self.set(path, Value::Text(value))
    }

    /// Sets the date `path` from the time `name`, which is taken unless it says more than the date, and
    /// not even then where `at` has it.
    pub(super) fn date(&mut self, from: &mut Cursor<'_, '_>, name: &str, path: &str) -> Result<(), Refused> {
        let Some(when) = from.when(name)? else { return Ok(()) };
        if self.at.is_none() {
            self.at = when.order();
        }
        self.text(path, when.date().map(|date| date.to_string()))?;
        match when {
            When::Date(_) => from.take(name),
            When::Instant(instant) if self.kind.field("at").is_some() && path != "until" => {
                from.take(name);
                self.set("at", Value::Text(instant.to_string()))?;
            }
            When::Instant(_) => {}
        }
        Ok(())
    }

    /// The record with all that was not taken in `original`; `merged` are the rests of other resources.
    pub(super) fn finish(
        mut self,
        rest: Node<'_>,
        merged: Vec<(&'static str, Node<'_>)>,
    ) -> Result<Planned, Refused> {
        let mut members = match rest {
            Node::Object(members) => members,
            _ => Vec::new(),
        };
        members.extend(merged.into_iter().map(|(name, node)| (name.into(), node)));
        let original = Node::Object(members).rest().filter(|rest| rest != "{}");
        self.text("original", original)?;
        let Self { kind, record, place, patch, at } = self;
        Ok(Planned { kind: kind.name, record, place, patch, at })
    }
}
