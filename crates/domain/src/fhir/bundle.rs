//! A bundle read: what cannot be judged as a whole is refused, and of the rest each thing stands for itself.

use std::collections::btree_map;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::datatypes::has_code;
use super::draft::{Case, Mapper};
use super::faults::{damaged, whole};
use super::json::{Node, parse};
use super::links::{Entry, Links, Subject};
use super::plan::{Fate, Left, LeftOut, Mistake};
use super::{RESOURCES, Reason, Refused};
use super::{documents, events, family, medicines, patients, r4};
use crate::RecordId;

/// A bundle in which everything was read: [`super::plan`] says what would be made of it.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub(super) fates: Vec<(String, Fate)>,
    pub(super) replaces: BTreeMap<RecordId, Vec<RecordId>>,
}

/// Reads the text of one FHIR R4 bundle, or of resources line by line (NDJSON), as of the day `today`.
///
/// # Errors
/// [`Refused`] with the place and the reason where the text is neither, where nobody is in it, and where it may
/// mix up people.
pub fn read(text: &str, today: Date) -> Result<Bundle, Refused> {
    let (entries, mut fates) = entries(text)?;
    let links = Links::new(entries)?;
    let mut stored: BTreeMap<usize, Fate> = BTreeMap::new();
    let mut people = BTreeMap::new();
    let none = BTreeMap::new();
    let of = |type_of: &'static str| {
        let all = links.entries().iter().enumerate();
        all.filter(move |(_, entry)| entry.of == type_of).map(|(index, _)| index)
    };
    for index in of("Patient") {
        let fate = person(&links, index, today)?;
        if let Fate::Stored(patient, ..) = &fate {
            people.insert(index, *patient);
        }
        stored.insert(index, fate);
    }
    nobody_twice(&links, &stored)?;
    if people.is_empty() {
        let first = stored.values().find_map(|fate| match fate {
            Fate::Faulty(Left { place, reason: LeftOut::NotR4 }) => Some(Refused::at(place, Reason::NotR4)),
            Fate::Faulty(Left { place, .. }) => Some(Refused::at(place, Reason::NotUnderstood)),
            _ => None,
        });
        return Err(first.unwrap_or_else(|| Refused::at("Bundle.entry", Reason::NoPatient)));
    }
    let mut visits = BTreeMap::new();
    for index in of("Encounter") {
        let fate = fate(&links, index, &people, &none, today)?;
        if let Fate::Stored(_, record, _) = &fate
            && record.kind == "visit"
        {
            visits.insert(index, record.record);
        }
        stored.insert(index, fate);
    }
    for index in 0..links.entries().len() {
        if let btree_map::Entry::Vacant(place) = stored.entry(index) {
            place.insert(fate(&links, index, &people, &visits, today)?);
        }
    }
    once(&links, &mut stored);
    for index in medicines::merged(&links, &stored).into_iter().chain(documents::merged(&links, &stored)) {
        stored.insert(index, Fate::Merged);
    }
    let replaces = people.iter().map(|(index, patient)| {
        let retired = links.replaced(*index).filter_map(|old| links.identity(old, None).ok());
        (*patient, retired.map(|(_, record)| record).collect())
    });
    let replaces = replaces.collect();
    let types = links.entries().iter().map(|entry| entry.of.clone());
    fates.extend(types.zip(stored.into_values()));
    Ok(Bundle { fates, replaces })
}

/// Refuses a file in which two people have one identity.
fn nobody_twice(links: &Links<'_>, people: &BTreeMap<usize, Fate>) -> Result<(), Refused> {
    let mut seen = BTreeSet::new();
    for (index, fate) in people {
        if let Fate::Stored(patient, ..) = fate
            && !seen.insert(*patient)
        {
            return Err(Refused::at(&links.entry(*index)?.place, Reason::Duplicate));
        }
    }
    Ok(())
}

/// Leaves each record once: who says the same again is part of the first, and who says something else is left
/// out.
fn once(links: &Links<'_>, stored: &mut BTreeMap<usize, Fate>) {
    let mut first = BTreeMap::new();
    let mut again = Vec::new();
    for (index, fate) in stored.iter() {
        let Fate::Stored(_, record, _) = fate else { continue };
        if let Some(earlier) = first.insert(record.record, *index) {
            first.insert(record.record, earlier);
            again.push((*index, earlier));
        }
    }
    for (index, earlier) in again {
        let same = match (stored.get(&index), stored.get(&earlier)) {
            (Some(Fate::Stored(_, one, _)), Some(Fate::Stored(_, other, _))) => {
                one.patch == other.patch && one.carried == other.carried
            }
            _ => false,
        };
        let place = links.entries().get(index).map(|entry| entry.place.clone()).unwrap_or_default();
        let twice = Fate::Faulty(Left { place, reason: LeftOut::Duplicate });
        stored.insert(index, if same { Fate::Merged } else { twice });
    }
}

/// The entries, and what becomes of those that hold no resource of R4.
#[expect(clippy::type_complexity, reason = "what can be read and what cannot are found in one go")]
fn entries(text: &str) -> Result<(Vec<Entry<'_>>, Vec<(String, Fate)>), Refused> {
    let mut list = match lines(text)? {
        Some(lines) => lines,
        None => bundled(parse(text)?)?,
    };
    let mut fates = Vec::new();
    let mut entries = Vec::new();
    for (node, place) in &mut list {
        node.tidy();
        let of = match node.get("resource").and_then(|node| node.get("resourceType")) {
            Some(Node::Text(of)) if r4::is_known(of) => of.clone().into_owned(),
            _ => "Resource".to_owned(),
        };
        match entry(std::mem::replace(node, Node::Taken), place) {
            Ok(entry) => entries.push(entry),
            Err(Refused { place, reason }) => {
                fates.push((of, Fate::Faulty(Left { place, reason: reason.into() })));
            }
        }
    }
    Ok((entries, fates))
}

/// The resources of a text that has one on each line, each as an entry with its place; `None` where the text is
/// something else.
fn lines(text: &str) -> Result<Option<Vec<(Node<'_>, String)>>, Refused> {
    let lines: Vec<(usize, &str)> = text
        .trim_start_matches('\u{feff}')
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .collect();
    // One resource alone may be laid out over several lines.
    let alone = [(0, text)];
    let lines = match lines.first().map(|(_, first)| parse(first)) {
        Some(Ok(_)) => lines.as_slice(),
        _ => &alone,
    };
    let mut resources = Vec::new();
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in lines {
        let node = match parse(line) {
            Ok(node) => node,
            Err(_) if lines.len() == 1 => return Ok(None),
            Err(Refused { place, reason }) => {
                let column = place.split_once(" column ").map_or("0", |(_, column)| column);
                return Err(Refused::at(format!("line {} column {column}", number + 1), reason));
            }
        };
        let of = node.get("resourceType").and_then(Node::as_text).unwrap_or_default();
        if resources.is_empty() && (of == "Bundle" || !r4::is_known(of) || node.get("entry").is_some()) {
            return Ok(None);
        }
        let of = if r4::is_known(of) { of } else { "Resource" };
        let count = counted.entry(of.to_owned()).or_default();
        let place = format!("{of}[{count}]");
        *count += 1;
        resources.push((Node::Object(vec![("resource".into(), node)]), place));
    }
    Ok(Some(resources))
}

/// The entries of a bundle, each with its place.
fn bundled(bundle: Node<'_>) -> Result<Vec<(Node<'_>, String)>, Refused> {
    let text = |name: &str| bundle.get(name).and_then(Node::as_text);
    if text("resourceType") != Some("Bundle") {
        return Err(Refused::at("Bundle.resourceType", Reason::NotABundle));
    }
    r4::check_version(&bundle, "Bundle")?;
    if !["transaction", "batch", "collection", "searchset", "document", "message"]
        .iter()
        .any(|known| text("type") == Some(known))
    {
        return Err(Refused::at("Bundle.type", Reason::UnknownBundleType));
    }
    let Node::Object(members) = bundle else { return Ok(Vec::new()) };
    let list = match members.into_iter().find(|(key, _)| key == "entry") {
        Some((_, Node::List(list))) => list,
        Some(_) => return Err(Refused::at("Bundle.entry", Reason::WrongType)),
        None => Vec::new(),
    };
    Ok(list
        .into_iter()
        .enumerate()
        .map(|(index, node)| (node, format!("Bundle.entry[{index}].resource")))
        .collect())
}

/// Reads an entry whose resource stands at `place`.
fn entry<'a>(node: Node<'a>, place: &str) -> Result<Entry<'a>, Refused> {
    let outer = place.strip_suffix(".resource").unwrap_or(place);
    let Node::Object(members) = node else { return Err(Refused::at(outer, Reason::WrongType)) };
    let (mut resource, mut url) = (None, None);
    for (key, member) in members {
        match key.as_ref() {
            "resource" => resource = Some(member),
            "fullUrl" => {
                let text = member.as_text();
                let text = text.ok_or_else(|| Refused::at(format!("{outer}.fullUrl"), Reason::WrongType))?;
                url = Some(text.to_owned()).filter(|url| !url.is_empty());
            }
            "request" if !matches!(member.text_at(&["method"]), Some("POST" | "PUT")) => {
                return Err(Refused::at(format!("{outer}.request.method"), Reason::UnknownRequest));
            }
            _ => {}
        }
    }
    let node = resource.ok_or_else(|| Refused::at(place, Reason::NoResource))?;
    if !matches!(node, Node::Object(_)) {
        return Err(Refused::at(place, Reason::WrongType));
    }
    let of = node.get("resourceType").and_then(Node::as_text);
    let of = of.filter(|of| r4::is_known(of));
    let of = of.ok_or_else(|| Refused::at(format!("{place}.resourceType"), Reason::NotR4))?.to_owned();
    Ok(Entry { of, place: place.to_owned(), url, node })
}

/// What makes a record of a resource, and whether none of its times can lie ahead; an event where it becomes no record of
/// a kind of its own.
fn mapper(of: &str, node: &Node<'_>) -> Option<(Mapper, bool)> {
    let own = RESOURCES.iter().find(|resource| resource.of == of && (resource.is_one)(node));
    let event: (Mapper, bool) = (events::map, false);
    own.map(|resource| (resource.map, resource.past)).or(events::is_known(of).then_some(event))
}

/// What becomes of a patient: with what is damaged left out, or part of the record that replaces it.
fn person(links: &Links<'_>, index: usize, today: Date) -> Result<Fate, Refused> {
    let entry = links.entry(index)?;
    if links.again(index).is_some() || links.successor(index).is_some() {
        return Ok(Fate::Merged);
    }
    if entry.is_obscure() {
        return Ok(Fate::Faulty(Left { place: entry.place.clone(), reason: LeftOut::NotUnderstood }));
    }
    if let Err(Refused { place, reason }) = r4::check_version(&entry.node, &entry.place) {
        return Ok(Fate::Faulty(Left { place, reason: reason.into() }));
    }
    let (_, patient) = links.identity(index, None)?;
    let none = BTreeMap::new();
    let case =
        Case { links, index, node: &entry.node, damage: &[], patient, visits: &none, today, past: false };
    Ok(match damaged(&case, patients::map) {
        Ok((record, cut)) => Fate::Stored(record.record, record, cut),
        Err(Refused { place, reason }) => Fate::Faulty(Left { place, reason: reason.into() }),
    })
}

fn fate(
    links: &Links<'_>,
    index: usize,
    people: &BTreeMap<usize, RecordId>,
    visits: &BTreeMap<usize, RecordId>,
    today: Date,
) -> Result<Fate, Refused> {
    let entry = links.entry(index)?;
    let faulty = |Refused { place, reason }| Ok(Fate::Faulty(Left { place, reason: reason.into() }));
    if let Err(refused) = r4::check_version(&entry.node, &entry.place) {
        return faulty(refused);
    }
    let Some((map, past)) = mapper(&entry.of, &entry.node) else {
        return Ok(Fate::Other(r4::left_out(&entry.of)));
    };
    if let Some(same) = links.again(index) {
        let place = entry.place.clone();
        return Ok(if same {
            Fate::Merged
        } else {
            Fate::Faulty(Left { place, reason: LeftOut::Duplicate })
        });
    }
    let patient = match links.subject(index) {
        Ok(Subject::Patient(patient)) => people.get(&patient).copied(),
        Ok(Subject::Other) => return Ok(Fate::Other(LeftOut::NotAboutAPatient)),
        // A device of the clinic belongs to nobody.
        Err(Refused { reason: Reason::NoSubject, .. }) if entry.of == "Device" => {
            return Ok(Fate::Other(LeftOut::NotAboutAPatient));
        }
        Err(refused) => return faulty(refused),
    };
    let Some(patient) = patient else { return faulty(Refused::at(&entry.place, Reason::NoSubject)) };
    if entry.is_obscure() {
        return faulty(Refused::at(&entry.place, Reason::NotUnderstood));
    }
    if is_mistake(&entry.node) {
        let place = entry.place.clone();
        let Ok((_, record)) = links.identity(index, Some(patient)) else {
            return Ok(Fate::Mistake(Vec::new()));
        };
        let parts =
            family::records(record, &entry.node).into_iter().chain(documents::records(record, &entry.node));
        let all = std::iter::once(record).chain(parts);
        return Ok(Fate::Mistake(all.map(|record| Mistake { record, place: place.clone() }).collect()));
    }
    if let Err(refused) = links.check(index) {
        // In the visit of somebody else it would be part of their record.
        let visit = ["encounter", "context"]
            .iter()
            .any(|link| refused.place.ends_with(&format!(".{link}.reference")));
        return if visit { Err(refused) } else { faulty(refused) };
    }
    if let Err(refused) = whole(entry) {
        return faulty(refused);
    }
    let case = Case { links, index, node: &entry.node, damage: &[], patient, visits, today, past };
    match damaged(&case, map) {
        Ok((record, cut)) => Ok(Fate::Stored(patient, record, cut)),
        Err(refused) => faulty(refused),
    }
}

fn is_mistake(resource: &Node<'_>) -> bool {
    let mistake = Some("entered-in-error");
    ["status", "lifecycleStatus", "docStatus"].iter().any(|name| resource.text_at(&[name]) == mistake)
        || has_code(resource, "verificationStatus", &["entered-in-error"])
}
