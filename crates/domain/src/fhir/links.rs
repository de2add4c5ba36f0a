//! What in a bundle refers to what (<https://hl7.org/fhir/R4/bundle.html#references>).

use std::collections::{BTreeMap, BTreeSet};

use super::datatypes::{full_name, words};
use super::json::Node;
use super::r4::step;
use super::{Reason, Refused};
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
    /// Its URL, where that names it outside of its file too: one on the web, or a true UUID or OID. `resource:0`,
    /// `urn:uuid:1` and `/Patient/1` are the names of many.
    fn known_url(&self) -> Option<&str> {
        let url = self.url.as_deref()?;
        let uuid = |text: &str| text.len() == 36 && text.parse::<uuid::Uuid>().is_ok();
        let known = url.starts_with("http://")
            || url.starts_with("https://")
            || url.starts_with("urn:oid:")
            || url.strip_prefix("urn:uuid:").is_some_and(uuid);
        known.then_some(url)
    }

    /// Whether it says that it may mean something else than it seems to.
    pub(super) fn is_obscure(&self) -> bool {
        ["modifierExtension", "implicitRules"].iter().any(|name| self.node.get(name).is_some())
    }

    fn id(&self) -> Option<&str> {
        self.node.text_at(&["id"])
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
    by_url: BTreeMap<String, usize>,
    /// By type and id, where these are the name of one.
    by_id: BTreeMap<String, Option<usize>>,
    /// Entries that have the name of an earlier one, and whether they say the same.
    again: BTreeMap<usize, bool>,
    /// The record that is used in place of one that its source has retired.
    successors: BTreeMap<usize, usize>,
}

impl<'a> Links<'a> {
    /// Indexes `entries`; refuses two people under one name.
    pub(super) fn new(entries: Vec<Entry<'a>>) -> Result<Self, Refused> {
        let mut links = Self {
            entries: Vec::new(),
            by_url: BTreeMap::new(),
            by_id: BTreeMap::new(),
            again: BTreeMap::new(),
            successors: BTreeMap::new(),
        };
        for (index, entry) in entries.iter().enumerate() {
            let local = entry.id().map(|id| format!("{}/{id}", entry.of));
            let known = match (&entry.url, &local) {
                (Some(url), _) => links.by_url.get(url).copied(),
                (None, Some(local)) => links.by_id.get(local).copied().flatten(),
                (None, None) => None,
            };
            if let Some(earlier) = known.and_then(|known| entries.get(known)) {
                let same = earlier.of == entry.of && earlier.node.rest() == entry.node.rest();
                if !same && (entry.of == "Patient" || earlier.of == "Patient") {
                    return Err(Refused::at(&entry.place, Reason::Duplicate));
                }
                links.again.insert(index, same);
                continue;
            }
            if let Some(local) = local {
                links.by_id.entry(local).and_modify(|known| *known = None).or_insert(Some(index));
            }
            links.by_url.extend(entry.url.clone().map(|url| (url, index)));
        }
        links.entries = entries;
        links.successors = links.successors();
        Ok(links)
    }

    /// All entries in order.
    pub(super) fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    /// The entry at `index`.
    pub(super) fn entry(&self, index: usize) -> Result<&Entry<'a>, Refused> {
        self.entries.get(index).ok_or_else(|| Refused::at("Bundle.entry", Reason::Missing))
    }

    /// Whether the entry at `index` has the name of an earlier one, and whether it then says the same.
    pub(super) fn again(&self, index: usize) -> Option<bool> {
        self.again.get(&index).copied()
    }

    /// What the source calls the entry at `index`, and the record id that follows from it, the same at each
    /// import and at each workstation: its URL, its first identifier, type and id. A number alone may be of
    /// several, as a laboratory's is of all findings of one sample: only people are known by it, and others by
    /// all that they say about `patient`.
    pub(super) fn identity(
        &self,
        index: usize,
        patient: Option<RecordId>,
    ) -> Result<(String, RecordId), Refused> {
        let entry = self.entry(index)?;
        let number =
            |node: &Node<'_>| Some(format!("{}|{}", node.text_at(&["system"])?, node.text_at(&["value"])?));
        let number = entry.node.get("identifier").map_or(&[][..], Node::items).iter().find_map(number);
        let url = entry.known_url();
        // An id without a URL names the resource on one server, and beside a URL of one file alone nothing.
        let id = entry.id().filter(|_| url.is_some() || entry.url.is_none());
        let source = url.map(str::to_owned).or_else(|| number.clone());
        let Some(source) = source.or_else(|| Some(format!("{}/{}", entry.of, id?))) else {
            let whose = patient.filter(|_| entry.of != "Patient").map(|patient| patient.to_string());
            let name = format!("fhir {} {} {}", whose.unwrap_or_default(), entry.of, self.content(index));
            return Ok((entry.of.clone(), RecordId::derived(name.as_bytes())));
        };
        let bare = entry.url.is_none() && id.is_none() && entry.of != "Patient";
        let within = url.is_none() && entry.url.is_some() && entry.of != "Patient";
        let whole = match (bare, within) {
            (true, _) => entry.node.rest(),
            (_, true) => Some(self.content(index)),
            _ => None,
        };
        let name = format!("fhir {source} {} {}", entry.of, whole.as_deref().or(id).unwrap_or_default());
        Ok((source, RecordId::derived(name.as_bytes())))
    }

    /// All that the entry at `index` says, without the names that things have in this file.
    fn content(&self, index: usize) -> String {
        let Some(entry) = self.entries.get(index) else { return String::new() };
        let mut node = entry.node.clone();
        if let Node::Object(members) = &mut node {
            members.retain(|(key, _)| !matches!(&**key, "id" | "meta" | "text" | "link"));
        }
        self.unname(index, &mut node);
        node.rest().unwrap_or_default()
    }

    fn unname(&self, index: usize, node: &mut Node<'a>) {
        match node {
            Node::List(items) => items.iter_mut().for_each(|item| self.unname(index, item)),
            Node::Object(members) => {
                for (key, member) in members {
                    match member {
                        Node::Text(reference) if key == "reference" => {
                            let found = self.find(index, reference).and_then(|found| self.entries.get(found));
                            if let Some(found) = found {
                                *member = Node::Text(found.of.clone().into());
                            }
                        }
                        member => self.unname(index, member),
                    }
                }
            }
            _ => {}
        }
    }

    /// The entry that `reference` in the entry at `from` leads to.
    pub(super) fn find(&self, from: usize, reference: &str) -> Option<usize> {
        let plain = reference.split_once("/_history/").map_or(reference, |(plain, _)| plain);
        let beside = || {
            let entry = self.entries.get(from)?;
            let url = entry.url.as_deref().filter(|url| url.starts_with("http"))?;
            let base = url.rsplitn(3, '/').nth(2)?;
            self.by_url.get(&format!("{base}/{plain}"))
        };
        let local = || self.by_id.get(plain).copied().flatten();
        self.by_url.get(plain).or_else(beside).copied().or_else(local)
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
            let patient = patient.then(|| self.successor(found).unwrap_or(found));
            return Ok(patient.map_or(Subject::Other, Subject::Patient));
        }
        Err(Refused::at(&entry.place, Reason::NoSubject))
    }

    /// The patient whose record replaces that at `index`.
    pub(super) fn successor(&self, index: usize) -> Option<usize> {
        self.successors.get(&index).copied()
    }

    /// The retired records that the patient at `index` replaces.
    pub(super) fn replaced(&self, index: usize) -> impl Iterator<Item = usize> {
        self.successors.iter().filter(move |(_, to)| **to == index).map(|(from, _)| *from)
    }

    /// Which patient is to be used in place of which, as both sides of a `link` may say. Chains end at the one
    /// that nothing replaces; a circle, and two who cannot be one person, replace nobody.
    fn successors(&self) -> BTreeMap<usize, usize> {
        let mut next = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate().filter(|(_, entry)| entry.of == "Patient") {
            for link in entry.node.get("link").map_or(&[][..], Node::items) {
                let other = link.text_at(&["other", "reference"]).and_then(|other| self.find(index, other));
                let Some(other) = other.filter(|other| self.are_alike(index, *other)) else { continue };
                match link.text_at(&["type"]) {
                    Some("replaced-by") => next.insert(index, other),
                    Some("replaces") => next.insert(other, index),
                    _ => None,
                };
            }
        }
        let end = |from: usize| {
            let mut seen = BTreeSet::from([from]);
            let mut at = from;
            while let Some(to) = next.get(&at) {
                if !seen.insert(*to) {
                    return None;
                }
                at = *to;
            }
            Some((from, at)).filter(|_| at != from)
        };
        next.keys().filter_map(|from| end(*from)).collect()
    }

    /// Whether nothing that both say of birth and sex differs.
    fn are_alike(&self, one: usize, other: usize) -> bool {
        let [Some(one), Some(other)] = [one, other].map(|index| self.entries.get(index)) else {
            return false;
        };
        let same = |name: &str| match (one.node.text_at(&[name]), other.node.text_at(&[name])) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        other.of == "Patient" && same("birthDate") && same("gender")
    }

    /// What people call what `reference` in the entry at `from` leads to: a person's or a place's name, the words
    /// of a code; nothing where it is about somebody else.
    pub(super) fn name(&self, from: usize, reference: &str) -> Option<String> {
        let node = match reference.strip_prefix('#') {
            Some(local) => {
                let contained = self.entries.get(from)?.node.get("contained").map_or(&[][..], Node::items);
                contained.iter().find(|node| node.text_at(&["id"]) == Some(local))?
            }
            None => {
                let found = self.find(from, reference)?;
                if let (Some(own), Some(other)) = (self.patient(from), self.patient(found))
                    && own != other
                {
                    return None;
                }
                &self.entries.get(found)?.node
            }
        };
        match node.get("name") {
            Some(Node::Text(name)) => Some(name.clone().into_owned()),
            Some(Node::List(names)) => names.first().and_then(full_name),
            _ => words(node.get("code").or(node.get("description"))?).map(str::to_owned),
        }
    }

    /// Refuses a resource of which a reference leads to what is about another patient. The encounter of a
    /// newborn is a part of the mother's, and somebody's observation may be about another's body.
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
            Node::Object(members) => members
                .iter()
                .filter(|(key, _)| !matches!(&**key, "partOf" | "focus" | "contained"))
                .try_for_each(|(key, member)| {
                    let place = || format!("{place}{}", step(key));
                    match member {
                        Node::Text(reference) if key == "reference" => {
                            let other = self.find(index, reference).and_then(|found| self.patient(found));
                            match (own, other) {
                                (Some(own), Some(other)) if own != other => {
                                    Err(Refused::at(place(), Reason::TwoPatients))
                                }
                                _ => Ok(()),
                            }
                        }
                        Node::List(_) | Node::Object(_) => self.walk(index, own, member, &place()),
                        _ => Ok(()),
                    }
                }),
            _ => Ok(()),
        }
    }

    fn patient(&self, index: usize) -> Option<usize> {
        match self.subject(index) {
            Ok(Subject::Patient(patient)) => Some(patient),
            _ => None,
        }
    }
}
