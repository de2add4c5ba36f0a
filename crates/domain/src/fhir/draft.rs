//! A record in the making.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::cursor::{Cursor, fault};
use super::datatypes::named;
use super::elements::{Becomes, element};
use super::json::Node;
use super::links::Links;
use super::plan::{Left, LeftOut, Planned};
use super::when::{When, is_possible};
use super::words::{label, narrative, tell};
use super::{Reason, Refused};
use crate::record::{Kind, LONGEST_TEXT, Type};
use crate::{Instant, RecordId, Value};

/// What makes a record of a resource of one type, and says what was left out of it.
pub(super) type Mapper = fn(&Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused>;

/// A type of resource that becomes records of a kind of its own. The file of its mapper declares it.
pub(super) struct Resource {
    /// Its name in FHIR R4.
    pub(super) of: &'static str,
    /// Its elements: `!` before what it cannot stand without, `+` behind what is said in words, `-` behind what stays in
    /// the original, `/` behind what is left out.
    pub(super) elements: &'static str,
    /// Whether this one becomes such a record; another of its type is an event.
    pub(super) is_one: fn(&Node<'_>) -> bool,
    /// What makes the record.
    pub(super) map: Mapper,
    /// Whether none of its times can lie ahead.
    pub(super) past: bool,
}

/// What a mapper has before it: one resource of a bundle, whose it is, and the rest of the bundle.
pub(super) struct Case<'c, 'a> {
    /// The bundle.
    pub(super) links: &'c Links<'a>,
    /// Which of its entries.
    pub(super) index: usize,
    /// The resource, without what was damaged in it.
    pub(super) node: &'c Node<'a>,
    /// What was damaged, in words.
    pub(super) damage: &'c [String],
    /// Whose it is.
    pub(super) patient: RecordId,
    /// The encounters that become visits.
    pub(super) visits: &'c BTreeMap<usize, RecordId>,
    /// The day on which it is read.
    pub(super) today: Date,
    /// Whether none of its times can lie ahead.
    pub(super) past: bool,
}

impl Case<'_, '_> {
    /// What people call what `reference` leads to, unless that is about somebody else.
    pub(super) fn name(&self, reference: &str) -> Option<String> {
        self.links.name(self.index, reference)
    }

    /// What `node` says to a reader.
    pub(super) fn tell(&self, node: &Node<'_>) -> Option<String> {
        tell(node, &|reference| self.name(reference))
    }
}

/// A record in the making, whose values are all of their field's type.
pub(super) struct Draft<'c, 'a> {
    case: &'c Case<'c, 'a>,
    kind: &'static Kind,
    record: RecordId,
    place: String,
    patch: BTreeMap<String, Value>,
    /// What no field holds, in words, a line each.
    said: Vec<String>,
    /// What is left out of it.
    left: Vec<Left>,
    /// When it happened.
    pub(super) at: Option<Instant>,
}

impl<'c, 'a> Draft<'c, 'a> {
    /// Begins a record of `kind`: whose it is, where it comes from, and the visit.
    pub(super) fn begin(
        case: &'c Case<'c, 'a>,
        kind: &'static Kind,
        from: &mut Cursor<'_, '_>,
    ) -> Result<Self, Refused> {
        let entry = case.links.entry(case.index)?;
        let (source, record) = case.links.identity(case.index, Some(case.patient))?;
        let (place, said) = (entry.place.clone(), case.damage.to_vec());
        let mut draft =
            Self { case, kind, record, place, patch: BTreeMap::new(), said, left: Vec::new(), at: None };
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
                draft.visit(from, name)?;
            }
        }
        Ok(draft)
    }

    /// The visit, where the bundle has it: a reference to one elsewhere is allowed and stays.
    fn visit(&mut self, from: &mut Cursor<'_, '_>, name: &str) -> Result<(), Refused> {
        let Some(mut encounter) = from.field(name)? else { return Ok(()) };
        // The encounters that a document was written in are a part of its context.
        if !matches!(encounter.node().get("reference"), Some(Node::Text(_))) {
            return Ok(());
        }
        let Some(reference) = encounter.peek("reference")? else { return Ok(()) };
        let found = self.case.links.find(self.case.index, &reference);
        if let Some(visit) = found.and_then(|found| self.case.visits.get(&found)) {
            encounter.take("reference");
            self.set("visit", Value::Text(visit.to_string()))?;
        }
        Ok(())
    }

    /// The record's id.
    pub(super) fn record(&self) -> RecordId {
        self.record
    }

    /// Makes it the record `record`, where its resource becomes several.
    pub(super) fn becomes(&mut self, record: RecordId) {
        self.record = record;
    }

    /// Says `words` of what is called `of` among what no field holds.
    pub(super) fn say(&mut self, of: &str, words: Option<String>) {
        self.said.extend(words.map(|words| if of.is_empty() { words } else { format!("{of}: {words}") }));
    }

    /// Says what the element `name` says.
    pub(super) fn say_element(&mut self, from: &Cursor<'_, '_>, name: &str) {
        let words = from.node().get(name).and_then(|node| self.case.tell(node));
        self.say(&label(name), words);
    }

    /// Says what the elements of the list `name` after the first say, which alone has a field.
    pub(super) fn say_others(&mut self, from: &Cursor<'_, '_>, name: &str) {
        let others = from.node().get(name).map_or(&[][..], Node::items).iter().skip(1);
        let words: Vec<String> = others.filter_map(|other| self.case.tell(other)).collect();
        self.say(&label(name), Some(words.join("; ")).filter(|words| !words.is_empty()));
    }

    /// Tells that something is left out.
    pub(super) fn leave(&mut self, place: String, reason: LeftOut) {
        self.left.push(Left { place, reason });
    }

    /// Whether a field has a value by now.
    pub(super) fn has(&self, path: &str) -> bool {
        self.patch.contains_key(path)
    }

    /// Sets `path` to `value`, unless there is none.
    pub(super) fn put(&mut self, path: &str, value: Option<Value>) -> Result<(), Refused> {
        value.map_or(Ok(()), |value| self.set(path, value))
    }

    /// Takes the concept `name`, without which the record says nothing, into the text `path` and into `code`, which is of
    /// the terminology `of` where it has one of several.
    pub(super) fn named(
        &mut self,
        from: &mut Cursor<'_, '_>,
        name: &str,
        of: &str,
        path: &str,
    ) -> Result<(), Refused> {
        let Some(mut concept) = from.field(name)? else { return Err(from.refuse_at(name, Reason::Missing)) };
        let (words, coding) = named(&mut concept, of)?;
        let Some(words) = words else { return Err(concept.refuse(Reason::Missing)) };
        self.set(path, Value::Text(words))?;
        self.put("code", coding)
    }

    /// Sets `path` to `text`, unless there is none.
    pub(super) fn text(&mut self, path: &str, text: Option<String>) -> Result<(), Refused> {
        self.put(path, text.map(Value::Text))
    }

    /// Sets `path` to `value`. Text that is longer than a field is cut, and that is told.
    pub(super) fn set(&mut self, path: &str, value: Value) -> Result<(), Refused> {
        let holds = self.kind.field(path).map(|(_, holds)| holds);
        let value = match value {
            Value::Text(text) if holds == Some(Type::Text) && text.chars().count() > LONGEST_TEXT => {
                self.leave(self.place.clone(), LeftOut::TooLong);
                Value::Text(text.chars().take(LONGEST_TEXT - 1).chain(['…']).collect())
            }
            value => value,
        };
        if !holds.is_some_and(|holds| holds.accepts(&value)) {
            let wrong = value.as_text().and_then(fault).unwrap_or(Reason::WrongType);
            return Err(Refused::at(self.place.clone(), wrong));
        }
        match self.patch.insert(path.to_owned(), value) {
            None => Ok(()),
            // Two of `value[x]`, `onset[x]` and the like, of which R4 has one.
            Some(_) => Err(Refused::at(self.place.clone(), Reason::NotR4)),
        }
    }

    /// The time `name`, which stays where it is. Nothing was observed tomorrow, and nothing in the year 27.
    fn when(&mut self, from: &mut Cursor<'_, '_>, name: &str) -> Result<Option<When>, Refused> {
        let Some(when) = from.when(name)? else { return Ok(None) };
        if !is_possible(&when, self.case.today, self.case.past) {
            return Err(from.refuse_at(name, Reason::Unlikely));
        }
        if self.at.is_none() {
            self.at = when.order();
        }
        Ok(Some(when))
    }

    /// Takes the time `name` into `at`, or into `day` where only the date is known.
    pub(super) fn at(&mut self, from: &mut Cursor<'_, '_>, name: &str, at: &str) -> Result<(), Refused> {
        let Some(when) = self.when(from, name)? else { return Ok(()) };
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
        let Some(when) = self.when(from, name)? else { return Ok(()) };
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

    /// Says in words what the table of elements says so of, and keeps all that was not taken in `original`;
    /// `merged` are the rests of other resources.
    pub(super) fn finish(
        mut self,
        rest: Node<'_>,
        merged: Vec<(&'static str, Node<'_>)>,
    ) -> Result<(Planned, Vec<Left>), Refused> {
        let of = self.case.links.entry(self.case.index)?.of.clone();
        let mut members = match rest {
            Node::Object(members) => members,
            _ => Vec::new(),
        };
        self.say_rest(&of, &mut members);
        for (name, mut node) in merged {
            if let Node::Object(members) = &mut node {
                self.say_rest(name, members);
            }
            members.push((name.into(), node));
        }
        let said = Some(self.said.join("\n")).filter(|said| !said.is_empty());
        let path = ["remarks", "text", "note"].into_iter().find(|path| self.kind.field(path).is_some());
        if let Some(path) = path
            && let Some(said) = said
        {
            let before = self.patch.remove(path);
            let whole = [before.as_ref().and_then(Value::as_text).unwrap_or_default(), &said].join("\n");
            self.set(path, Value::text(whole.trim_start()))?;
        }
        let original = self.original(members);
        self.text("original", original)?;
        let Self { kind, record, place, patch, left, at, .. } = self;
        let planned = Planned {
            kind: kind.name,
            record,
            place,
            patch,
            at,
            beside: Vec::new(),
            carried: None,
            instead: None,
        };
        Ok((planned, left))
    }

    /// Says the elements that are said, and takes away those that are left out.
    fn say_rest(&mut self, of: &str, members: &mut Vec<(std::borrow::Cow<'_, str>, Node<'_>)>) {
        for (key, node) in members.iter_mut() {
            if let Some(bare) = key.strip_prefix('_') {
                let missing = node.get("extension").map_or(&[][..], Node::items).iter();
                let why = |one: &Node<'_>| {
                    let absent = one.text_at(&["url"])?.ends_with("/data-absent-reason");
                    one.text_at(&["valueCode"]).filter(|_| absent).map(str::to_owned)
                };
                for why in missing.filter_map(why).collect::<Vec<_>>() {
                    self.say(&label(bare), Some(format!("not given ({why})")));
                }
                continue;
            }
            match element(of, key).map(|element| element.becomes) {
                Some(Becomes::Words) => {
                    let words = self.case.tell(node);
                    self.say(&label(key), words);
                }
                Some(Becomes::LeftOut) => {
                    self.leave(format!("{}.{key}", self.place), LeftOut::TooLong);
                    *node = Node::Taken;
                }
                _ if key == "text" => {
                    // What its sender made of the rest says nothing more than the rest.
                    let more =
                        !matches!(node.text_at(&["status"]), Some("generated" | "extensions" | "empty"));
                    let words = node.text_at(&["div"]).filter(|_| more).map(narrative);
                    self.say("", words.filter(|words| !words.is_empty()));
                    *node = Node::Taken;
                }
                _ => {}
            }
            self.detach(key, node);
        }
    }

    /// Takes away the contents of attached files.
    fn detach(&mut self, key: &str, node: &mut Node<'_>) {
        let attached = node.get("contentType").is_some();
        match node {
            Node::List(items) => items.iter_mut().for_each(|item| self.detach(key, item)),
            Node::Object(members) => {
                for (name, member) in members {
                    match member {
                        Node::Text(data) if attached && name == "data" && data.len() > 1_000 => {
                            self.leave(format!("{}.{key}", self.place), LeftOut::TooLong);
                            *member = Node::Taken;
                        }
                        member => self.detach(key, member),
                    }
                }
            }
            _ => {}
        }
    }

    /// The members as text; where they are more than a field holds, without the longest of them.
    fn original(&mut self, mut members: Vec<(std::borrow::Cow<'_, str>, Node<'_>)>) -> Option<String> {
        loop {
            let length = |node: &Node<'_>| node.rest().map_or(0, |rest| rest.len());
            let whole = Node::Object(members.clone()).rest().filter(|rest| rest != "{}")?;
            if whole.chars().count() <= LONGEST_TEXT {
                return Some(whole);
            }
            let longest = members.iter_mut().max_by_key(|(_, node)| length(node))?;
            self.left.push(Left { place: format!("{}.{}", self.place, longest.0), reason: LeftOut::TooLong });
            longest.1 = Node::Taken;
        }
    }
}
