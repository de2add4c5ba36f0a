//! Files from `DocumentReference` (<https://hl7.org/fhir/R4/documentreference.html>), whose bytes stand in it or in a
//! `Binary` of the same bundle. Whether they are taken in is judged where files are taken in by hand, and not here.

use std::collections::{BTreeMap, BTreeSet};

use super::cursor::Cursor;
use super::datatypes::{LOINC, has_code};
use super::draft::{Case, Draft, Resource};
use super::json::Node;
use super::links::Links;
use super::plan::{Carried, Fate, Left, LeftOut, Planned};
use super::{Refused, events};
use crate::files::{Attachment, FileSort, LONGEST_TITLE};
use crate::record::Record;
use crate::{RecordId, Value};

pub(super) const RESOURCE: Resource = Resource {
    of: "DocumentReference",
    elements: "authenticator- author+ category+ content context+ custodian- date description !docStatus identifier- \
        masterIdentifier- relatesTo- securityLabel+ !status !subject type",
    is_one: names_files,
    map,
    past: false,
};

/// The sorts of files as this program writes them for others.
pub(super) const SORTS: &str = "urn:clinicdesk:file-sort";

/// What documents of each sort are called in LOINC, where it has a name for it; the first is the one that is written.
#[rustfmt::skip]
const CODES: &[(FileSort, &[&str])] = &[
    (FileSort::Consultation, &["11488-4", "11506-3", "34117-2"]),
    (FileSort::Laboratory, &["11502-2", "26436-6", "30954-2"]),
    (FileSort::Xray, &["18748-4", "18726-0", "30746-2"]),
    (FileSort::Prescription, &["57833-6"]),
    (FileSort::Consent, &["59284-0"]),
    (FileSort::Referral, &["57133-1"]),
    (FileSort::Insurance, &["64290-0"]),
    (FileSort::Photo, &["72170-4"]),
    (FileSort::Device, &["11524-6"]),
];

/// More files of one document are left out: each is a record with all that the document says.
const MOST: usize = 100;
/// What a file is called that nobody gave a name.
const UNNAMED: &str = "Document";

/// The code of LOINC by which others know a sort.
pub(super) fn loinc(sort: FileSort) -> Option<&'static str> {
    CODES.iter().find(|(of, _)| *of == sort)?.1.first().copied()
}

/// Whether it says of a file where its bytes are. One that does not is a fact of the timeline.
fn names_files(document: &Node<'_>) -> bool {
    contents(document).any(|(_, content)| {
        ["data", "url"].iter().any(|name| content.text_at(&["attachment", name]).is_some())
    })
}

fn contents<'n, 'a>(document: &'n Node<'a>) -> impl Iterator<Item = (usize, &'n Node<'a>)> {
    let all = document.get("content").map_or(&[][..], Node::items).iter().enumerate();
    all.filter(|(_, content)| !content.is_blank())
}

/// The records of a document known as `document` that has several files, in the order of these: each is known by what is
/// said of it, so that another order changes none.
pub(super) fn records(document: RecordId, node: &Node<'_>) -> Vec<RecordId> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let record = |(_, content): (usize, &Node<'_>)| {
        let mut said = content.clone();
        if let Some(Node::Object(attachment)) = said.get_mut("attachment") {
            attachment.retain(|(name, _)| !matches!(&**name, "data" | "url" | "id"));
        }
        let said = said.rest().unwrap_or_default();
        let before = seen.entry(said.clone()).or_default();
        *before += 1;
        RecordId::derived(format!("fhir {document} content {before} {said}").as_bytes())
    };
    let all: Vec<RecordId> = contents(node).map(record).collect();
    if all.len() > 1 { all } else { Vec::new() }
}

/// The `Binary` at the end of the address `url` in the entry at `from`.
fn binary(links: &Links<'_>, from: usize, url: &str) -> Option<usize> {
    let found = links.find(from, url)?;
    links.entries().get(found).filter(|entry| entry.of == "Binary").map(|_| found)
}

/// The `Binary` resources whose bytes became files of documents.
pub(super) fn merged(links: &Links<'_>, fates: &BTreeMap<usize, Fate>) -> BTreeSet<usize> {
    let files = fates
        .iter()
        .filter(|(_, fate)| matches!(fate, Fate::Stored(_, record, _) if record.carried.is_some()));
    let urls = files.filter_map(|(from, _)| Some((*from, links.entries().get(*from)?)));
    let named = urls.flat_map(|(from, entry)| {
        let urls = contents(&entry.node).filter_map(|(_, content)| content.text_at(&["attachment", "url"]));
        urls.filter_map(move |url| binary(links, from, url)).collect::<Vec<_>>()
    });
    named.collect()
}

fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let place = |nth: usize| format!("{}.content[{nth}].attachment", entry.place);
    let mut left = Vec::new();
    let mut files = Vec::new();
    let several = records(case.links.identity(case.index, Some(case.patient))?.1, case.node);
    for (order, (nth, content)) in contents(case.node).enumerate() {
        let url = content.text_at(&["attachment", "url"]);
        let found = url.and_then(|url| binary(case.links, case.index, url));
        let found = found.and_then(|found| case.links.entries().get(found)).map(|entry| &entry.node);
        let data = content.text_at(&["attachment", "data"]).or_else(|| found?.text_at(&["data"]));
        match (data, url) {
            (Some(_), _) if files.len() == MOST => {
                left.push(Left { place: place(nth), reason: LeftOut::TooLong })
            }
            (Some(data), _) => {
                files.push((nth, several.get(order).copied(), data.to_owned(), found.cloned()))
            }
            (None, Some(_)) => {
                left.push(Left { place: format!("{}.url", place(nth)), reason: LeftOut::Elsewhere })
            }
            (None, None) => {}
        }
    }
    // Its words stand whatever becomes of its files.
    let bare = without_data(case.node);
    let (instead, words_left) = events::map(&Case { node: &bare, ..*case })?;
    let mut made: Option<Planned> = None;
    for (nth, record, data, from) in files {
        let (mut planned, more) = file(case, &bare, nth, record, from)?;
        let attachment = bare.get("content").and_then(|all| all.items().get(nth)?.get("attachment"));
        let said = |name: &str| match attachment?.get(name)? {
            Node::Literal(text) => Some((*text).to_owned()),
            Node::Text(text) => Some(text.clone().into_owned()),
            _ => None,
        };
        planned.carried = Some(Carried { data, size: said("size"), hash: said("hash"), place: place(nth) });
        // What is left out of each of them is told once.
        let more: Vec<Left> = more.into_iter().filter(|more| !left.contains(more)).collect();
        left.extend(more);
        match &mut made {
            None => made = Some(planned),
            Some(first) => first.beside.push(planned),
        }
    }
    match made {
        Some(first) => Ok((Planned { instead: Some(Box::new(instead)), ..first }, left)),
        None => {
            left.extend(words_left);
            Ok((instead, left))
        }
    }
}

/// The document without the bytes that stand in it.
fn without_data<'a>(document: &Node<'a>) -> Node<'a> {
    let mut bare = document.clone();
    if let Some(Node::List(contents)) = bare.get_mut("content") {
        for content in contents {
            if let Some(Node::Object(attachment)) = content.get_mut("attachment") {
                attachment.retain(|(name, _)| name != "data");
            }
        }
    }
    bare
}

/// The record of the file `nth` of a document, with all that the document says.
fn file(
    case: &Case<'_, '_>,
    bare: &Node<'_>,
    nth: usize,
    record: Option<RecordId>,
    binary: Option<Node<'_>>,
) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = bare.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Attachment::KIND, &mut from)?;
    if let Some(record) = record {
        draft.becomes(record);
    }
    draft.set("came_by", Value::text("import"))?;
    let (sort, is_ours) = sort(bare, nth);
    draft.set("sort", Value::text(sort.word()))?;
    let of_type = from.node().get("type").and_then(|of| case.tell(of)).filter(|_| !is_ours);
    if is_ours {
        from.take("type");
    }
    let mut title = None;
    for (at, mut content) in from.list("content")?.into_iter().enumerate() {
        if at != nth {
            content.take_all();
            continue;
        }
        if let Some(mut attachment) = content.field("attachment")? {
            title = attachment.text("title")?;
            draft.date(&mut attachment, "creation", "taken_on")?;
        }
    }
    let superseded = match from.text("status")?.as_deref() {
        None | Some("current") => false,
        Some("superseded") => true,
        Some(other) => {
            draft.say("status", Some(other.to_owned()));
            false
        }
    };
    draft.say("document status", from.text("docStatus")?);
    let names = [("title", title), ("description", from.text("description")?), ("type", of_type)];
    let mut names = names.into_iter().filter_map(|(of, name)| Some((of, name?)));
    let name = names.next().map_or_else(|| UNNAMED.to_owned(), |(_, name)| name);
    let whole = if superseded { format!("Superseded: {name}") } else { name };
    let short = shortened(&whole);
    if short != whole {
        draft.say("", Some(whole));
    }
    draft.set("title", Value::Text(short))?;
    names.for_each(|(of, name)| draft.say(if of == "type" { of } else { "" }, Some(name)));
    visit(case, &mut draft, &mut from)?;
    match draft.has("taken_on") {
        true => draft.say_element(&from, "date"),
        false => draft.date(&mut from, "date", "taken_on")?,
    }
    let binary = binary.map(|mut node| {
        if let Node::Object(members) = &mut node {
            members.retain(|(name, _)| name != "data" && name != "resourceType");
        }
        ("Binary", node)
    });
    draft.finish(rest, binary.into_iter().collect())
}

/// A title that is no longer than one.
fn shortened(title: &str) -> String {
    let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST_TITLE {
        return line;
    }
    line.chars().take(LONGEST_TITLE - 1).chain(['…']).collect()
}

/// Sets what the file belongs to: the first encounter that is a visit of the bundle.
fn visit(case: &Case<'_, '_>, draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    let Some(mut context) = from.field("context")? else { return Ok(()) };
    for mut encounter in context.list("encounter")? {
        let found =
            encounter.peek("reference")?.and_then(|reference| case.links.find(case.index, &reference));
        if let Some(visit) = found.and_then(|found| case.visits.get(&found))
            && !draft.has("about")
        {
            encounter.take("reference");
            draft.set("about", Value::Text(visit.to_string()))?;
        }
    }
    Ok(())
}

fn known(word: &str) -> Option<FileSort> {
    FileSort::ALL.iter().copied().find(|sort| sort.word() == word)
}

/// What the file is, by its document's type, and whether the type says nothing else. A DICOM file is a picture of the
/// inside, whatever it is called.
fn sort(document: &Node<'_>, nth: usize) -> (FileSort, bool) {
    let codings = document.get("type").and_then(|of| of.get("coding")).map_or(&[][..], Node::items);
    let ours = codings.iter().filter(|coding| coding.text_at(&["system"]) == Some(SORTS));
    if let Some(sort) = ours.filter_map(|coding| coding.text_at(&["code"])).find_map(known) {
        return (sort, codings.len() <= 1 + usize::from(loinc(sort).is_some()));
    }
    let foreign =
        codings.iter().any(|coding| coding.text_at(&["system"]).is_some_and(|system| system != LOINC));
    let found = CODES.iter().filter(|_| !foreign).find(|(_, codes)| has_code(document, "type", codes));
    if let Some((sort, _)) = found {
        return (*sort, false);
    }
    let content = document.get("content").and_then(|contents| contents.items().get(nth));
    let media = content.and_then(|content| content.text_at(&["attachment", "contentType"]));
    let is_dicom = media.is_some_and(|media| media.starts_with("application/dicom"));
    (if is_dicom { FileSort::Xray } else { FileSort::Other }, false)
}
