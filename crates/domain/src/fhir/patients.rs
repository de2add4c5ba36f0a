//! People from `Patient` (<https://hl7.org/fhir/R4/patient.html>).

use super::cursor::Cursor;
use super::datatypes::{full_name, joined, words};
use super::draft::{Case, Draft};
use super::json::Node;
use super::links::Links;
use super::plan::Planned;
use super::{Reason, Refused};
use crate::patients::Patient;
use crate::record::Record;
use crate::{RecordId, Value};

const MARITAL: &str = "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus";

pub(super) fn map(links: &Links<'_>, index: usize) -> Result<Planned, Refused> {
    let entry = links.entry(index)?;
    if entry.is_obscure() {
        return Err(Refused::at(&entry.place, Reason::NotUnderstood));
    }
    let (_, patient) = entry.identity()?;
    let mut rest = entry.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(&Case { links, index, patient }, Patient::KIND, &mut from)?;
    names(&mut draft, &mut from)?;
    if let Some(sex) = from.text("gender")? {
        if !["male", "female", "other", "unknown"].contains(&sex.as_str()) {
            return Err(from.refuse_at("gender", Reason::BadCode));
        }
        draft.set("sex", Value::Text(sex))?;
    }
    draft.date(&mut from, "birthDate", "birth_date")?;
    draft.date(&mut from, "deceasedDateTime", "died")?;
    if matches!(from.node().get("deceasedBoolean"), Some(Node::Literal("true"))) {
        draft.put("deceased", from.truth("deceasedBoolean")?.map(Value::Bool))?;
    }
    draft.at = None;
    draft.text("civil_status", civil_status(&entry.node))?;
    language(&mut draft, &mut from)?;
    identifiers(&mut draft, &mut from)?;
    contacts(&mut draft, &mut from)?;
    addresses(&mut draft, &mut from)?;
    relations(&mut draft, &mut from)?;
    draft.finish(rest, Vec::new())
}

/// The official name, else the usual, else the first. Other names are known-as names and stay in the
/// original, because what they are for is said there.
fn names(draft: &mut Draft, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    let missing = from.refuse_at("name", Reason::Missing);
    let mut names = from.list("name")?;
    let of = |usage: &str| names.iter().position(|name| name.node().text_at(&["use"]) == Some(usage));
    let chosen = of("official").or_else(|| of("usual")).unwrap_or(0);
    let others: Vec<String> = names
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != chosen)
        .filter_map(|(_, name)| full_name(name.node()))
        .collect();
    let Some(name) = names.get_mut(chosen) else { return Err(missing) };
    if name.peek("use")?.as_deref() == Some("official") {
        name.take("use");
    }
    let family = name.text("family")?;
    let given = joined(name, "given", " ")?;
    draft.text("title", joined(name, "prefix", " ")?)?;
    draft.text("suffix", joined(name, "suffix", " ")?)?;
    let only = if family.is_none() && given.is_none() { name.text("text")? } else { None };
    // Somebody with one name has it as the family name.
    let (family, given) = match (family.or(only), given) {
        (None, Some(given)) => (given, None),
        (Some(family), given) => (family, given),
        (None, None) => return Err(missing),
    };
    draft.set("family", Value::Text(family))?;
    draft.text("given", given)?;
    draft.text("known_as", Some(others.join(", ")).filter(|names| !names.is_empty()))
}

/// The words of HL7's codes; the source's own stay in the original.
fn civil_status(patient: &Node<'_>) -> Option<String> {
    let status = patient.get("maritalStatus")?;
    let coding = status.get("coding").map_or(&[][..], Node::items);
    let coding = coding.iter().find(|coding| coding.text_at(&["system"]) == Some(MARITAL));
    let word = match coding.and_then(|coding| coding.text_at(&["code"])) {
        Some("A") => "annulled",
        Some("C") => "common law",
        Some("D") => "divorced",
        Some("I") => "interlocutory",
        Some("L") => "separated",
        Some("M") => "married",
        Some("P") => "polygamous",
        Some("S") => "single",
        Some("T") => "domestic partner",
        Some("U") => "unmarried",
        Some("W") => "widowed",
        _ => words(status)?,
    };
    Some(word.to_owned())
}

/// The language that is preferred, else the first.
fn language(draft: &mut Draft, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    let mut known = from.list("communication")?;
    let wanted = |one: &Cursor<'_, '_>| matches!(one.node().get("preferred"), Some(Node::Literal("true")));
    let chosen = known.iter().position(wanted).unwrap_or(0);
    let Some(chosen) = known.get_mut(chosen) else { return Ok(()) };
    let Some(mut language) = chosen.field("language")? else { return Ok(()) };
    let said = words(language.node()).map(str::to_owned);
    let coded = match language.first("coding")? {
        Some(mut coding) => {
            if coding.peek("system")?.as_deref() == Some("urn:ietf:bcp:47") {
                coding.take("system");
            }
            coding.text("code")?
        }
        None => None,
    };
    draft.text("language", coded.or(said))
}

fn entry(draft: &Draft, list: &str, index: usize) -> String {
    let id = RecordId::derived(format!("{} {list} {index}", draft.record()).as_bytes());
    format!("{list}/{id}/")
}

fn identifiers(draft: &mut Draft, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    for (index, mut number) in from.list("identifier")?.into_iter().enumerate() {
        let Some(value) = number.text("value")? else { continue };
        let path = entry(draft, "identifiers", index);
        draft.set(&format!("{path}value"), Value::Text(value))?;
        draft.text(&format!("{path}system"), number.text("system")?)?;
        let Some(mut of) = number.field("type")? else { continue };
        let label = words(of.node()).map(str::to_owned);
        if of.text("text")?.is_some()
            && of.node().text_at(&["coding", "display"]) == label.as_deref()
            && let Some(mut coding) = of.first("coding")?
        {
            coding.take("display");
        }
        draft.text(&format!("{path}label"), label)?;
    }
    Ok(())
}

/// Telephone and e-mail that are in use; others stay in the original.
fn contacts(draft: &mut Draft, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    for (index, mut contact) in from.list("telecom")?.into_iter().enumerate() {
        let system = contact.peek("system")?;
        let usage = contact.peek("use")?;
        if !matches!(system.as_deref(), Some("phone" | "email")) || usage.as_deref() == Some("old") {
            continue;
        }
        let Some(value) = contact.text("value")? else { continue };
        let path = entry(draft, "contacts", index);
        draft.set(&format!("{path}value"), Value::Text(value))?;
        draft.text(&format!("{path}system"), contact.text("system")?)?;
        if matches!(usage.as_deref(), Some("home" | "work" | "mobile")) {
            draft.text(&format!("{path}purpose"), contact.text("use")?)?;
        }
    }
    Ok(())
}

/// Addresses that are in use; others stay in the original.
fn addresses(draft: &mut Draft, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    for (index, mut address) in from.list("address")?.into_iter().enumerate() {
        let usage = address.peek("use")?;
        if matches!(usage.as_deref(), Some("old" | "billing")) {
            continue;
        }
        let path = entry(draft, "addresses", index);
        let line = joined(&mut address, "line", ", ")?;
        let parts = ["city", "state", "postalCode", "country"];
        let bare = line.is_none() && parts.iter().all(|part| address.node().get(part).is_none());
        let line = if bare { address.text("text")? } else { line };
        draft.text(&format!("{path}line"), line)?;
        for (name, part) in parts.iter().zip(["city", "region", "postcode", "country"]) {
            draft.text(&format!("{path}{part}"), address.text(name)?)?;
        }
        if usage.as_deref() == Some("home") {
            draft.set(&format!("{path}purpose"), Value::text("present"))?;
        }
    }
    Ok(())
}

/// People to call.
fn relations(draft: &mut Draft, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
    for (index, mut contact) in from.list("contact")?.into_iter().enumerate() {
        let path = entry(draft, "relations", index);
        let name = contact.field("name")?.and_then(|name| full_name(name.node()));
        let relation = contact.first("relationship")?.and_then(|of| words(of.node()).map(str::to_owned));
        let mut phone = None;
        for mut number in contact.list("telecom")? {
            if phone.is_none() && number.peek("system")?.as_deref() == Some("phone") {
                phone = number.text("value")?;
            }
        }
        draft.text(&format!("{path}name"), name)?;
        draft.text(&format!("{path}relation"), relation)?;
        draft.text(&format!("{path}phone"), phone)?;
    }
    Ok(())
}
