//! People from `Patient` (<https://hl7.org/fhir/R4/patient.html>).

use jiff::civil::Date;

use super::cursor::Cursor;
use super::datatypes::{full_name, joined, words};
use super::draft::{Case, Draft};
use super::json::Node;
use super::plan::{Left, LeftOut, Planned};
use super::when::When;
use super::{Reason, Refused};
use crate::patients::{Patient, unlikely};
use crate::record::Record;
use crate::{PartialDate, RecordId, Value};

const MARITAL: &str = "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus";

pub(super) fn map(case: &Case<'_, '_>) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut rest = case.node.clone();
    let mut from = Cursor::new(&mut rest, &entry.place);
    let mut draft = Draft::begin(case, Patient::KIND, &mut from)?;
    names(&mut draft, &mut from, case.today)?;
    if let Some(sex) = from.text("gender")? {
        if !["male", "female", "other", "unknown"].contains(&sex.as_str()) {
            return Err(from.refuse_at("gender", Reason::BadCode));
        }
        draft.set("sex", Value::Text(sex))?;
    }
    dates(&mut draft, &mut from, case.today)?;
    if matches!(from.node().get("deceasedBoolean"), Some(Node::Literal("true"))) {
        draft.put("deceased", from.truth("deceasedBoolean")?.map(Value::Bool))?;
    }
    // A record that another replaces, where that is elsewhere, is no longer in use either.
    let replaced =
        from.list("link")?.iter().any(|link| link.node().text_at(&["type"]) == Some("replaced-by"));
    if replaced || from.truth("active")? == Some(false) {
        draft.set("inactive", Value::Bool(true))?;
    }
    draft.text("civil_status", civil_status(case.node))?;
    language(&mut draft, &mut from)?;
    identifiers(&mut draft, &mut from, case.today)?;
    contacts(&mut draft, &mut from, case.today)?;
    addresses(&mut draft, &mut from, case.today)?;
    relations(&mut draft, &mut from, case.today)?;
    let retired = case.links.replaced(case.index).filter_map(|old| case.links.entry(old).ok());
    let retired = retired.map(|old| ("replaced", old.node.clone())).collect();
    draft.finish(rest, retired)
}

/// Birth and death, where they can be so.
fn dates(draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>, today: Date) -> Result<(), Refused> {
    let of = |when: Option<When>| when.and_then(|when| when.date());
    let [born, died] = [of(from.when("birthDate")?), of(from.when("deceasedDateTime")?)];
    let wrong = unlikely(born, died, today).map(|field| match field {
        "birth_date" => "birthDate",
        _ => "deceasedDateTime",
    });
    if let Some(name) = wrong {
        return Err(from.refuse_at(name, Reason::Unlikely));
    }
    for (name, path, date) in [("birthDate", "birth_date", born), ("deceasedDateTime", "died", died)] {
        draft.text(path, date.map(|date| date.to_string()))?;
        // A time says more than its day.
        if matches!(from.when(name)?, Some(When::Date(_))) {
            from.take(name);
        }
    }
    Ok(())
}

/// Whether something that has a `use` and a `period` is no longer in use, or not yet.
fn is_over(node: &Node<'_>, today: Date) -> bool {
    let end = |name: &str| {
        let text = node.get("period")?.text_at(&[name])?;
        When::read(text).ok()?.date()
    };
    node.text_at(&["use"]) == Some("old")
        || end("end").is_some_and(|end| end.latest() < today)
        || end("start").is_some_and(|start| start.earliest() > today)
}

/// Those of `list` that are in use; the others stay in the original and are told.
fn in_use<'n, 'a>(
    draft: &mut Draft<'_, '_>,
    list: Vec<Cursor<'n, 'a>>,
    today: Date,
) -> Vec<(usize, Cursor<'n, 'a>)> {
    let mut kept = Vec::new();
    for (index, item) in list.into_iter().enumerate() {
        if is_over(item.node(), today) {
            draft.leave(item.place().to_owned(), LeftOut::Ended);
        } else {
            kept.push((index, item));
        }
    }
    kept
}

/// The name in use: the official, else the usual, else the first; of several the one that began last. A maiden name
/// and one that is over come after those in use. Others are names that people may still look for, and what they are
/// for is said in the original. Somebody whom nobody named is kept as unknown, as clinics do.
fn names(draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>, today: Date) -> Result<(), Refused> {
    let unnamed = format!("{}.name", from.place());
    let mut names = from.list("name")?;
    names.retain(|name| full_name(name.node()).is_some());
    let begun = |name: &Node<'_>| {
        let text = name.get("period").and_then(|period| period.text_at(&["start"]))?;
        When::read(text).ok()?.date().map(|date| date.earliest())
    };
    let ended = |name: &Node<'_>| {
        let text = name.get("period").and_then(|period| period.text_at(&["end"]))?;
        When::read(text).ok()?.date().map(|date| date.latest())
    };
    let rank = |name: &Node<'_>| {
        let usage = match name.text_at(&["use"]) {
            Some("official") => 0,
            Some("usual") => 1,
            None => 2,
            Some("nickname") => 4,
            Some("maiden") => 5,
            _ => 3,
        };
        let latest = std::cmp::Reverse(if is_over(name, today) { ended(name) } else { begun(name) });
        (is_over(name, today), usage, latest)
    };
    let chosen = (0..names.len()).min_by_key(|index| names.get(*index).map(|name| rank(name.node())));
    let others: Vec<String> = names
        .iter()
        .enumerate()
        .filter(|(index, _)| Some(*index) != chosen)
        .filter_map(|(_, name)| {
            if is_over(name.node(), today) {
                draft.leave(name.place().to_owned(), LeftOut::Ended);
            }
            full_name(name.node())
        })
        .collect();
    draft.text("known_as", Some(others.join(", ")).filter(|names| !names.is_empty()))?;
    let Some(name) = chosen.and_then(|chosen| names.get_mut(chosen)) else {
        draft.leave(unnamed, LeftOut::Missing);
        return draft.set("family", Value::text("Unknown"));
    };
    if name.peek("use")?.as_deref() == Some("official") {
        name.take("use");
    }
    let line = |text: Option<String>| text.map(|text| one_line(&text, " "));
    let family = line(name.text("family")?);
    let given = line(joined(name, "given", " ")?);
    draft.text("title", line(joined(name, "prefix", " ")?))?;
    draft.text("suffix", line(joined(name, "suffix", " ")?))?;
    let only = if family.is_none() && given.is_none() { line(name.text("text")?) } else { None };
    // Somebody with one name has it as the family name.
    let (family, given) = match (family.or(only), given) {
        (None, given) => (given, None),
        (family, given) => (family, given),
    };
    draft.text("family", family)?;
    draft.text("given", given)
}

/// Text of several lines in one.
fn one_line(text: &str, by: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(by)
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
fn language(draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>) -> Result<(), Refused> {
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

fn entry(draft: &Draft<'_, '_>, list: &str, index: usize) -> String {
    let id = RecordId::derived(format!("{} {list} {index}", draft.record()).as_bytes());
    format!("{list}/{id}/")
}

fn identifiers(draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>, today: Date) -> Result<(), Refused> {
    let list = from.list("identifier")?;
    for (index, mut number) in in_use(draft, list, today) {
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

/// Telephone and e-mail that are in use; other ways stay in the original.
fn contacts(draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>, today: Date) -> Result<(), Refused> {
    let list = from.list("telecom")?;
    for (index, mut contact) in in_use(draft, list, today) {
        let system = contact.peek("system")?;
        let usage = contact.peek("use")?;
        if !matches!(system.as_deref(), Some("phone" | "email")) {
            continue;
        }
        let Some(value) = contact.text("value")? else { continue };
        let path = entry(draft, "contacts", index);
        draft.set(&format!("{path}value"), Value::Text(one_line(&value, " ")))?;
        draft.text(&format!("{path}system"), contact.text("system")?)?;
        if let Some(rank) = contact.number("rank")?.and_then(|rank| rank.to_string().parse().ok()) {
            draft.set(&format!("{path}rank"), Value::Int(rank))?;
        }
        if matches!(usage.as_deref(), Some("home" | "work" | "mobile")) {
            draft.text(&format!("{path}purpose"), contact.text("use")?)?;
        }
    }
    Ok(())
}

/// Addresses that are in use; of several homes the one that began last is the present one.
fn addresses(draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>, today: Date) -> Result<(), Refused> {
    let list = from.list("address")?;
    let list = in_use(draft, list, today);
    let begun = |address: &Cursor<'_, '_>| {
        let start = address.node().get("period").and_then(|period| period.text_at(&["start"]));
        start.and_then(|start| When::read(start).ok()).and_then(|when| when.date())
    };
    let homes = list.iter().filter(|(_, address)| address.node().text_at(&["use"]) == Some("home"));
    let begun: Vec<(usize, Option<PartialDate>)> = homes.map(|(index, home)| (*index, begun(home))).collect();
    let present = begun.iter().max_by_key(|(index, begun)| (*begun, std::cmp::Reverse(*index)));
    let present = present.map(|(index, _)| *index);
    for (index, mut address) in list {
        if address.peek("use")?.as_deref() == Some("billing") {
            continue;
        }
        let path = entry(draft, "addresses", index);
        let line = joined(&mut address, "line", ", ")?;
        let parts = ["city", "district", "state", "postalCode", "country"];
        let bare = line.is_none() && parts.iter().all(|part| address.node().get(part).is_none());
        let line = if bare { address.text("text")? } else { line };
        draft.text(&format!("{path}line"), line.map(|line| one_line(&line, ", ")))?;
        let region = [address.text("district")?, address.text("state")?].into_iter().flatten();
        let region = region.collect::<Vec<_>>().join(", ");
        draft.text(&format!("{path}region"), Some(region).filter(|region| !region.is_empty()))?;
        for (name, part) in [("city", "city"), ("postalCode", "postcode"), ("country", "country")] {
            draft.text(&format!("{path}{part}"), address.text(name)?)?;
        }
        if Some(index) == present {
            draft.set(&format!("{path}purpose"), Value::text("present"))?;
        }
    }
    Ok(())
}

/// People to call who still are, each by the number that comes first.
fn relations(draft: &mut Draft<'_, '_>, from: &mut Cursor<'_, '_>, today: Date) -> Result<(), Refused> {
    let list = from.list("contact")?;
    for (index, mut contact) in in_use(draft, list, today) {
        let path = entry(draft, "relations", index);
        let organisation = contact.node().text_at(&["organization", "display"]).map(str::to_owned);
        let name = contact.field("name")?.and_then(|name| full_name(name.node())).or(organisation);
        let relation = contact.first("relationship")?.and_then(|of| words(of.node()).map(str::to_owned));
        let mut numbers = in_use(draft, contact.list("telecom")?, today);
        numbers.retain(|(_, number)| number.node().text_at(&["system"]) == Some("phone"));
        let rank = |node: &Node<'_>| match node.get("rank") {
            Some(Node::Literal(rank)) => rank.parse::<u32>().unwrap_or(u32::MAX),
            _ => u32::MAX,
        };
        numbers.sort_by_key(|(index, number)| (rank(number.node()), *index));
        let phone = match numbers.first_mut() {
            Some((_, number)) => number.text("value")?,
            None => None,
        };
        draft.text(&format!("{path}name"), name.map(|name| one_line(&name, " ")))?;
        draft.text(&format!("{path}relation"), relation)?;
        draft.text(&format!("{path}phone"), phone)?;
    }
    Ok(())
}
