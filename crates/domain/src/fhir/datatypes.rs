//! Data types of FHIR R4 as our fields hold them (<https://hl7.org/fhir/R4/datatypes.html>).

use std::collections::BTreeMap;

use super::cursor::Cursor;
use super::json::Node;
use super::words::amount;
use super::{Reason, Refused};
pub(super) use crate::visits::LOINC;
use crate::{Decimal, Value};

/// The terminologies from which a code is taken when a concept has several, beside LOINC: SNOMED CT.
pub(super) const SNOMED: &str = "http://snomed.info/sct";
/// Medicines (RxNorm).
pub(super) const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
/// Vaccines (CVX).
pub(super) const CVX: &str = "http://hl7.org/fhir/sid/cvx";

/// Takes one coding of the `CodeableConcept` at `from`: the first of the terminology `of`, else the
/// first. Its text is taken where the coding's words say the same, or where there is no coding.
pub(super) fn concept(from: &mut Cursor<'_, '_>, of: &str) -> Result<Option<Value>, Refused> {
    let words = from.peek("text")?;
    let mut codings = from.list("coding")?;
    let wanted = codings.iter().position(|coding| coding.node().text_at(&["system"]) == Some(of));
    let chosen = match codings.get_mut(wanted.unwrap_or(0)) {
        Some(chosen) => coding(chosen)?,
        None => None,
    };
    drop(codings);
    let display = chosen.as_ref().and_then(|coding| coding.get("display")).and_then(Value::as_text);
    if chosen.is_none() {
        let words = from.text("text")?;
        return Ok(words.map(|words| map([("display", Some(words))])));
    }
    if words.is_some() && words.as_deref() == display {
        from.take("text");
    }
    Ok(chosen)
}

/// Takes a concept as a code and as the words that people use for it; a code without any stands for itself.
pub(super) fn named(from: &mut Cursor<'_, '_>, of: &str) -> Result<(Option<String>, Option<Value>), Refused> {
    let coding = concept(from, of)?;
    let part = |name: &str| coding.as_ref().and_then(|coding| coding.get(name)).and_then(Value::as_text);
    let known = part("display").or_else(|| part("code")).map(str::to_owned);
    Ok((from.text("text")?.or(known), coding))
}

/// Takes a `Coding`; one that says nothing stays where it is.
pub(super) fn coding(from: &mut Cursor<'_, '_>) -> Result<Option<Value>, Refused> {
    if from.peek("code")?.is_none() && from.peek("display")?.is_none() {
        return Ok(None);
    }
    let system = from.text("system")?;
    Ok(Some(map([("system", system), ("code", from.text("code")?), ("display", from.text("display")?)])))
}

/// A number of the file as people write it.
pub(super) fn number(literal: &str) -> String {
    literal.parse::<Decimal>().map_or_else(|_| literal.to_owned(), |number| number.plain())
}

/// What a `Quantity` amounts to.
pub(super) enum Amount {
    /// A number with its unit.
    Exact(Value),
    /// With a comparator such as `<`: the number alone would say something else.
    Bounded {
        /// In words.
        words: String,
        /// `<`, `<=`, `>=`, `>`.
        comparator: String,
        /// The number with its unit.
        bound: Value,
    },
}

/// Takes a `Quantity`; one without a number stays where it is.
pub(super) fn quantity(from: &mut Cursor<'_, '_>) -> Result<Option<Amount>, Refused> {
    let words = amount(from.node());
    let comparator = from.peek("comparator")?;
    if comparator.as_deref().is_some_and(|word| !["<", "<=", ">=", ">"].contains(&word)) {
        return Err(from.refuse_at("comparator", Reason::BadCode));
    }
    let Some(number) = from.number("value")? else { return Ok(None) };
    let members = [
        ("value", Some(number.to_string())),
        ("unit", from.text("unit")?),
        ("system", from.text("system")?),
        ("code", from.text("code")?),
    ];
    from.take("comparator");
    Ok(Some(match (comparator, words) {
        (Some(comparator), Some(words)) => Amount::Bounded { words, comparator, bound: map(members) },
        _ => Amount::Exact(map(members)),
    }))
}

/// The code of the terminology `system` in the concept `name`, which stays where it is. Where a coding
/// names no terminology, it is taken for the one that FHIR R4 binds there.
pub(super) fn code(from: &mut Cursor<'_, '_>, name: &str, system: &str) -> Result<Option<String>, Refused> {
    let Some(mut concept) = from.field(name)? else { return Ok(None) };
    match coded_in(&mut concept, system)? {
        Some(mut coding) => coding.peek("code"),
        None => Ok(None),
    }
}

/// Whether one of the codes of the concept `name` of `resource` is among `known`.
pub(super) fn has_code(resource: &Node<'_>, name: &str, known: &[&str]) -> bool {
    let codings = resource.get(name).and_then(|concept| concept.get("coding")).map_or(&[][..], Node::items);
    codings.iter().filter_map(|coding| coding.text_at(&["code"])).any(|code| known.contains(&code))
}

/// Takes the code of `system` in the concept `name`, where a field of ours says exactly the same.
pub(super) fn take_code(from: &mut Cursor<'_, '_>, name: &str, system: &str) -> Result<(), Refused> {
    let Some(mut concept) = from.field(name)? else { return Ok(()) };
    if let Some(mut coding) = coded_in(&mut concept, system)? {
        coding.take("system");
        coding.take("code");
    }
    Ok(())
}

/// The coding of `system` in `concept`, else the first that names no system.
fn coded_in<'c, 'a>(
    concept: &'c mut Cursor<'_, 'a>,
    system: &str,
) -> Result<Option<Cursor<'c, 'a>>, Refused> {
    let mut codings = concept.list("coding")?;
    let mut chosen = None;
    for (index, coding) in codings.iter_mut().enumerate() {
        match coding.peek("system")? {
            Some(named) if named == system => {
                chosen = Some(index);
                break;
            }
            None if chosen.is_none() => chosen = Some(index),
            _ => {}
        }
    }
    Ok(chosen.map(|index| codings.swap_remove(index)))
}

/// Takes the texts of the annotations `name`, apart by an empty line.
pub(super) fn notes(from: &mut Cursor<'_, '_>, name: &str) -> Result<Option<String>, Refused> {
    let mut texts = Vec::new();
    for mut note in from.list(name)? {
        texts.extend(note.text("text")?);
    }
    Ok(Some(texts.join("\n\n")).filter(|text| !text.is_empty()))
}

/// Takes the texts of the list `name`, joined.
pub(super) fn joined(from: &mut Cursor<'_, '_>, name: &str, by: &str) -> Result<Option<String>, Refused> {
    let Some(mut list) = from.field(name)? else { return Ok(None) };
    let texts = list.texts()?;
    Ok(Some(texts.join(by)).filter(|text| !text.is_empty()))
}

/// A person's name as one line.
pub(super) fn full_name(name: &Node<'_>) -> Option<String> {
    let words = |part: &str| {
        let list = name.get(part).map_or(&[][..], Node::items);
        list.iter().filter_map(Node::as_text).map(str::to_owned).collect::<Vec<_>>()
    };
    let whole = name.text_at(&["text"]).map(str::to_owned);
    whole.or_else(|| {
        let family = name.text_at(&["family"]).map(str::to_owned);
        let parts: Vec<_> =
            [words("prefix"), words("given"), family.into_iter().collect(), words("suffix")].concat();
        Some(parts.join(" ")).filter(|name| !name.is_empty())
    })
}

/// The words of a concept and of each of its codings.
pub(super) fn each_words<'n>(concept: &'n Node<'_>) -> impl Iterator<Item = &'n str> {
    let codings = concept.get("coding").map_or(&[][..], Node::items);
    let displays = codings.iter().filter_map(|coding| coding.text_at(&["display"]));
    concept.text_at(&["text"]).into_iter().chain(displays)
}

/// The words of a concept: its own, else those of its first coding.
pub(super) fn words<'n>(concept: &'n Node<'_>) -> Option<&'n str> {
    concept.text_at(&["text"]).or_else(|| concept.text_at(&["coding", "display"]))
}

fn map<const N: usize>(members: [(&str, Option<String>); N]) -> Value {
    let there = members.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::Text(text?))));
    Value::Map(there.collect::<BTreeMap<_, _>>())
}
