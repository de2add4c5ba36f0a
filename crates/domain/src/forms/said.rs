//! Answers as people say them, and a form in a line.

use super::answer::{Absent, Answer, Answers, of_item};
use super::check::{asked, in_all};
use super::remark::Last;
use super::sides;
use super::spec::{Holds, Item, Numeric, Sides, Spec};

/// An answer of `item` as it is said, in `language`.
#[must_use]
pub fn said(item: &Item, answer: &Answer, language: &str) -> String {
    if let Some(absent) = answer.x {
        let why = answer.w.as_deref().map(|words| format!(" ({words})")).unwrap_or_default();
        return format!("{}{why}", why_absent(absent));
    }
    let words = || answer.w.clone().into_iter();
    match &item.holds {
        Holds::Number(number) => said_number(number, answer),
        Holds::Choice(scale) => {
            let code = answer.c.as_deref().map(|code| scale.said(code, language).to_owned());
            code.into_iter().chain(words()).collect::<Vec<_>>().join(", ")
        }
        Holds::Finding(scale) => {
            let state = answer.c.as_deref().map(|code| code.replace('_', " "));
            let found = answer.s.iter().flatten().map(|code| scale.said(code, language).to_owned());
            state.into_iter().chain(found).chain(words()).collect::<Vec<_>>().join(", ")
        }
        Holds::Tooth => answer.t.as_deref().map(|number| sides::tooth(number, language)).unwrap_or_default(),
        Holds::Text(_) | Holds::Time | Holds::Acuity | Holds::Near => answer.t.clone().unwrap_or_default(),
        Holds::Reading(reading) => {
            let part = |key: &str| {
                let item = reading.parts.iter().find(|part| part.key == key)?;
                Some(said(item, answer.part(key)?, language)).filter(|text| !text.is_empty())
            };
            let word = |word: &str| match word
                .split_once('{')
                .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
            {
                Some((before, (key, after))) => part(key).map(|text| format!("{before}{text}{after}")),
                None => Some(word.to_owned()),
            };
            reading.says.split(' ').filter_map(word).collect::<Vec<_>>().join(" ")
        }
        Holds::Derived(_) => String::new(),
    }
}

/// A number as it is said: a lens's without its unit, with its sign.
fn said_number(number: &Numeric, answer: &Answer) -> String {
    let Some(value) = &answer.n else { return String::new() };
    if number.signed {
        return value.number().map_or_else(|| value.plain(), super::lens::signed);
    }
    let unit = answer.u.as_deref().or(number.units.first().map(String::as_str)).unwrap_or_default();
    match unit {
        "" | "°" => value.plain(),
        unit => format!("{} {unit}", value.plain()),
    }
}

fn why_absent(absent: Absent) -> &'static str {
    match absent {
        Absent::NotTested => "not tested",
        Absent::Unable => "unable",
        Absent::Refused => "refused",
        Absent::EyeAbsent => "eye absent",
        Absent::DeviceFailed => "device failed",
    }
}

/// A form in a line, in `language`: the items of its line, the right before the left, without what is no longer asked; and
/// whatever else was found. What is normal there says so by its name: it speaks of nothing else.
#[must_use]
pub fn line(spec: &Spec, answers: &Answers, hidden: &[String], language: &str) -> String {
    let answers = asked(answers, hidden);
    let found = |item: &&Item| !spec.line.contains(&item.key) && is_found(item, &answers);
    let items: Vec<&Item> =
        spec.line.iter().filter_map(|key| spec.item(key)).chain(spec.items().filter(found)).collect();
    let labelled = items.len() > 1 || items.iter().any(|item| matches!(item.holds, Holds::Finding(_)));
    of_items(spec, &items, labelled, &answers, |item, answer| said(item, answer, language), language)
}

/// Whether an item of an eye was found otherwise than normal in one of them.
fn is_found(item: &Item, answers: &Answers) -> bool {
    let otherwise = |answer: &Answer| answer.c.is_none() && answer.x.is_none();
    matches!((&item.holds, item.sides), (Holds::Finding(_), Sides::RightLeft))
        && item
            .sides
            .each()
            .iter()
            .any(|side| of_item(answers, &item.key, *side).any(|(_, answer)| otherwise(answer)))
}

/// All that was answered in a line, in `language`.
#[must_use]
pub fn told(spec: &Spec, answers: &Answers, language: &str) -> String {
    let answered = |item: &&Item| {
        item.sides.each().iter().any(|side| of_item(answers, &item.key, *side).next().is_some())
    };
    let items: Vec<&Item> = spec.items().filter(answered).collect();
    of_items(spec, &items, true, answers, |item, answer| in_full(item, answer, language), language)
}

/// An answer as it is said, of a reading with every part that it has.
fn in_full(item: &Item, answer: &Answer, language: &str) -> String {
    let Holds::Reading(reading) = &item.holds else { return said(item, answer, language) };
    let others = reading.parts.iter().filter(|part| !reading.says.contains(&format!("{{{}}}", part.key)));
    let other = |part: &Item| {
        let text = said(part, answer.part(&part.key)?, language);
        Some(format!("{} {text}", part.label.said(language)))
    };
    std::iter::once(said(item, answer, language))
        .chain(others.filter_map(other))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The sixths of a mouth as dentists write them, the upper three from the patient's right and the lower three below them:
/// `2 1 2 / 3 1 X`. It names no teeth, so it is read by either numbers.
fn in_sextants(texts: impl Fn(Option<&'static str>) -> Vec<String>) -> Option<String> {
    let rows = [["S03", "S04", "S05"], ["S08", "S07", "S06"]];
    let rows = rows.map(|row| row.map(|side| texts(Some(side)).join(", ")));
    let code = |text: &String| if text.is_empty() { "-".to_owned() } else { text.clone() };
    let any = rows.iter().flatten().any(|text| !text.is_empty());
    any.then(|| rows.map(|row| row.iter().map(code).collect::<Vec<_>>().join(" ")).join(" / "))
}

fn of_items(
    spec: &Spec,
    items: &[&Item],
    labelled: bool,
    answers: &Answers,
    say: impl Fn(&Item, &Answer) -> String,
    language: &str,
) -> String {
    let of = |item: &&Item| {
        let label = if labelled { format!("{}: ", item.label.said(language)) } else { String::new() };
        if let Some(text) = in_all(item, spec, answers, &Last::new()) {
            return Some(format!("{label}{text}"));
        }
        let texts = |side: Option<&'static str>| -> Vec<String> {
            of_item(answers, &item.key, side).map(|(_, answer)| say(item, answer)).collect()
        };
        if item.sides == Sides::Sextants {
            return in_sextants(texts).map(|text| format!("{label}{text}"));
        }
        let of_side = |side: &Option<&'static str>| {
            let texts = texts(*side);
            let side = side.map(|side| format!("{} ", sides::said(side, language))).unwrap_or_default();
            (!texts.is_empty()).then(|| format!("{side}{}", texts.join(", ")))
        };
        let sides: Vec<String> = item.sides.each().iter().filter_map(of_side).collect();
        (!sides.is_empty()).then(|| format!("{label}{}", sides.join(" · ")))
    };
    items.iter().filter_map(of).collect::<Vec<_>>().join("; ")
}
