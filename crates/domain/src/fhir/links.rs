//! What in a bundle refers to what (<https://hl7.org/fhir/R4/bundle.html#references>).

use std::collections::BTreeMap;

use super::datatypes::{full_name, words};
use super::json::Node;
use super::r4::step;
use super::{Reason, Refused, visits};
use crate::RecordId;

/// An entry of a bundle.
pub(super) struct Entry<'a> {
    /// The type of its resource.
    pub(super) of: String,
    /// Where its resource stands.
    pub(super) place: String,
    /// Its URL.
    pub(super) url: Option<String>,
    /// Its resource.
    pub(super) node: Node<'a>,
}

impl Entry<'_> {
    /// The URL, or the first identifier, or type and id; and the record id that follows from it, the
    /// same at each import and at each workstation. A number alone may be of several, as a laboratory's is
    /// of all findings of one sample: only people are known by it, and others by all that they say.
    pub(super) fn identity(&self) -> Result<(String, RecordId), Refused> {
        let id = self.node.text_at(&["id"]);
        let number =
            |node: &Node<'_>| Some(format!("{}|{}", node.text_at(&["system"])?, node.text_at(&["value"])?));
        let numbers = self.node.get("identifier").map_or(&[][..], Node::items);
        let source = self.url.clone().or_else(|| numbers.iter().find_map(number));
        let source = source.or_else(|| Some(format!("{}/{}", self.of, id?)));
        let source = source.ok_or_else(|| Refused::at(&self.place, Reason::NoIdentity))?;
        let bare = self.url.is_none() && id.is_none() && self.of != "Patient";
        let whole = if bare { self.node.rest() } else { None };
        let name = format!("fhir {source} {} {}", self.of, whole.as_deref().or(id).unwrap_or_default());
        Ok((source, RecordId::derived(name.as_bytes())))
    }

    /// Whether it says that it may mean something else than it seems to.
    pub(super) fn is_obscure(&self) -> bool {
        ["modifierExtension", "implicitRules"].iter().any(|name| self.node.get(name).is_some())
    }
}

/// Whom a resource is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The patient at this entry.
    Patient(usize),
    /// A group, a device, a place.
    Other,
}

/// The entries of a bundle and how they are found.
pub(super) struct Links<'a> {
    entries: Vec<Entry<'a>>,
    by_name: BTreeMap<String, usize>,
}

impl<'a> Links<'a> {
    /// Indexes `entries`.
    pub(super) fn new(entries: Vec<Entry<'a>>) -> Result<Self, Refused> {
        let mut by_name = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let local = entry.node.text_at(&["id"]).map(|id| format!("{}/{id}", entry.of));
            let names = entry.url.iter().cloned().chain(local);
            for name in names {
                if by_name.insert(name, index).is_some_and(|other| other != index) {
                    return Err(Refused::at(&entry.place, Reason::Duplicate));
                }
            }
        }
        Ok(Self { entries, by_name })
    }

    /// All entries in order.
    pub(super) fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    /// The entry at `index`.
    pub(super) fn entry(&self, index: usize) -> Result<&Entry<'a>, Refused> {
        self.entries.get(index).ok_or_else(|| Refused::at("Bundle.entry", Reason::Missing))
    }

    /// The entry that `reference` in the entry at `from` leads to.
    pub(super) fn find(&self, from: usize, reference: &str) -> Option<usize> {
        let plain = reference.split_once("/_history/").map_or(reference, |(plain, _)| plain);
        let beside = || {
            let entry = self.entries.get(from)?;
            let url = entry.url.as_deref().filter(|url| url.starts_with("http"))?;
            let base = url.rsplitn(3, '/').nth(2)?;
            self.by_name.get(&format!("{base}/{plain}"))
        };
        self.by_name.get(plain).or_else(beside).copied()
    }

    /// Whom the entry at `index` is about; a refusal when it does not say.
    pub(super) fn subject(&self, index: usize) -> Result<Subject, Refused> {
        let entry = self.entry(index)?;
        for name in ["subject", "patient"] {
            let Some(subject) = entry.node.get(name) else { continue };
            let place = format!("{}.{name}", entry.place);
            let reference = subject.get("reference").ok_or_else(|| Refused::at(&place, Reason::NoSubject))?;
            let place = format!("{place}.reference");
            let text = reference.as_text().ok_or_else(|| Refused::at(&place, Reason::WrongType))?;
            let found =
                self.find(index, text).ok_or_else(|| Refused::at(&place, Reason::UnknownReference))?;
            let patient = self.entry(found)?.of == "Patient";
            return Ok(if patient { Subject::Patient(found) } else { Subject::Other });
        }
        Err(Refused::at(&entry.place, Reason::NoSubject))
    }

    /// The visit that the entry at `index` becomes, if it becomes one.
    pub(super) fn visit(&self, index: usize) -> Result<Option<RecordId>, Refused> {
        let entry = self.entry(index)?;
        let patient = matches!(self.subject(index), Ok(Subject::Patient(_)));
        if entry.of == "Encounter" && patient && !entry.is_obscure() && visits::is_visit(&entry.node) {
            entry.identity().map(|(_, record)| Some(record))
        } else {
            Ok(None)
        }
    }

    /// What people call the entry at `index`: a person's or a place's name, the words of a code.
    pub(super) fn name(&self, index: usize) -> Option<String> {
        let node = &self.entries.get(index)?.node;
        match node.get("name") {
            Some(Node::Text(name)) => Some(name.clone().into_owned()),
            Some(Node::List(names)) => names.first().and_then(full_name),
            _ => words(node.get("code")?).map(str::to_owned),
        }
    }

    /// Refuses references of the entry at `index` that must lead to something in the bundle and do not,
    /// and those that lead to what is about another patient.
    pub(super) fn check(&self, index: usize) -> Result<(), Refused> {
        let entry = self.entry(index)?;
        let own = self.patient(index);
        self.walk(index, own, &entry.node, &entry.place)
    }

    fn walk(&self, index: usize, own: Option<usize>, node: &Node<'_>, place: &str) -> Result<(), Refused> {
        match node {
            Node::List(items) => items
                .iter()
                .enumerate()
                .try_for_each(|(at, item)| self.walk(index, own, item, &format!("{place}[{at}]"))),
            Node::Object(members) => members.iter().try_for_each(|(key, member)| {
                let place = || format!("{place}{}", step(key));
                match member {
                    Node::Text(reference) if key == "reference" => {
                        self.lead(index, own, reference).map_err(|reason| Refused::at(place(), reason))
                    }
                    Node::List(_) | Node::Object(_) => self.walk(index, own, member, &place()),
                    _ => Ok(()),
                }
            }),
            _ => Ok(()),
        }
    }

    fn lead(&self, index: usize, own: Option<usize>, reference: &str) -> Result<(), Reason> {
        if let Some(local) = reference.strip_prefix('#') {
            let contained = self.entries.get(index).and_then(|entry| entry.node.get("contained"));
            let known = contained.map_or(&[][..], Node::items);
            let found = known.iter().any(|node| node.text_at(&["id"]) == Some(local));
            return if found || local.is_empty() { Ok(()) } else { Err(Reason::UnknownReference) };
        }
        match self.find(index, reference) {
            // Only a URL on the web can lead out of a bundle.
            None if reference.starts_with("urn:") => Err(Reason::UnknownReference),
            None => Ok(()),
            Some(found) => match (own, self.patient(found)) {
                (Some(own), Some(other)) if own != other => Err(Reason::TwoPatients),
                _ => Ok(()),
            },
        }
    }

    fn patient(&self, index: usize) -> Option<usize> {
        match self.subject(index) {
            Ok(Subject::Patient(patient)) => Some(patient),
            _ => None,
        }
    }
}
