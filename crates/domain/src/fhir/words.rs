//! Elements in words, for a reader of what no field of ours holds.

use super::datatypes::{full_name, number, words};
use super::json::Node;

/// What an element says to a reader. `name` tells what a reference leads to; one that leads to nothing known
/// says nothing.
pub(super) fn tell(node: &Node<'_>, name: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    match node {
        Node::Taken | Node::Literal("null") => None,
        Node::Literal("true") => Some("yes".to_owned()),
        Node::Literal("false") => Some("no".to_owned()),
        Node::Literal(text) => Some(number(text)),
        Node::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Node::List(items) => joined(items.iter().map(|item| tell(item, name)), "; "),
        Node::Object(members) => object(node, members, name),
    }
}

fn object(node: &Node<'_>, members: &Members<'_>, name: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let text = |of: &str| node.text_at(&[of]);
    let has = |of: &str| matches!(node.get(of), Some(found) if !matches!(found, Node::Taken));
    let only = |known: &[&str]| members.iter().all(|(key, _)| known.contains(&&**key) || is_silent(key));
    if has("coding") && only(&["coding", "text"]) {
        return concept(node);
    }
    if has("numerator") || has("denominator") {
        return ratio(node, name);
    }
    if let Some(Node::Literal(_)) = node.get("value") {
        return amount(node);
    }
    if has("low") || has("high") {
        return joined([range(node), labelled(members, &["low", "high"], name)], ", ");
    }
    if has("linkId") {
        return answered(node, name);
    }
    if has("family") || has("given") {
        return full_name(node);
    }
    if has("repeat") || only(&["repeat", "event", "code"]) && text("code").is_none() {
        return timing(members, name);
    }
    if (has("start") || has("end")) && only(&["start", "end"]) {
        return Some(match (text("start"), text("end")) {
            (Some(start), Some(end)) => format!("{start} to {end}"),
            (Some(start), None) => format!("from {start}"),
            (None, end) => format!("until {}", end?),
        });
    }
    if only(&["reference", "display", "type", "identifier"]) && (has("reference") || has("display")) {
        return text("display").map(str::to_owned).or_else(|| name(text("reference")?));
    }
    if has("contentType") || has("data") && !has("origin") {
        let title = text("title").or(text("contentType")).unwrap_or("file");
        return Some(format!("attached: {title}"));
    }
    if only(&["code", "display", "system", "version", "userSelected"]) {
        return text("display").or(text("code")).map(str::to_owned);
    }
    if has("text") && only(&["text", "time", "authorString", "authorReference"]) {
        return annotation(node);
    }
    if has("value") && has("system") {
        return text("value").map(str::to_owned);
    }
    match members.as_slice() {
        [(key, member)] if key.starts_with("value") => tell(member, name),
        _ => labelled(members, &[], name),
    }
}

type Members<'a> = Vec<(std::borrow::Cow<'a, str>, Node<'a>)>;

/// Every member with what it is called.
fn labelled(members: &Members<'_>, but: &[&str], name: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let said = members.iter().filter(|(key, _)| !is_silent(key) && !but.contains(&&**key));
    joined(said.map(|(key, member)| Some(format!("{}: {}", label(key), tell(member, name)?))), ", ")
}

/// What says nothing to a reader: names inside the file, and extensions, which nobody here knows.
fn is_silent(key: &str) -> bool {
    key.starts_with('_') || matches!(key, "id" | "extension" | "modifierExtension" | "resourceType" | "div")
}

fn joined(said: impl IntoIterator<Item = Option<String>>, by: &str) -> Option<String> {
    let said: Vec<String> = said.into_iter().flatten().collect();
    Some(said.join(by)).filter(|said| !said.is_empty())
}

fn concept(node: &Node<'_>) -> Option<String> {
    words(node).or_else(|| node.text_at(&["coding", "code"])).map(str::to_owned)
}

/// The text of an annotation, with who said it when.
fn annotation(node: &Node<'_>) -> Option<String> {
    let by = [node.text_at(&["authorString"]), node.text_at(&["time"])].map(|by| by.map(str::to_owned));
    let text = node.text_at(&["text"])?.trim().to_owned();
    Some(joined(by, ", ").map_or(text.clone(), |by| format!("{text} ({by})")))
}

/// A question with its answers, and the questions under it.
fn answered(node: &Node<'_>, name: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let under = |node: &Node<'_>| node.get("item").and_then(|items| tell(items, name));
    let answers = node.get("answer").map_or(&[][..], Node::items).iter().map(|answer| match answer {
        Node::Object(members) => {
            let own = members.iter().find(|(key, _)| key.starts_with("value"));
            joined([own.and_then(|(_, value)| tell(value, name)), under(answer)], "; ")
        }
        _ => None,
    });
    let question = node.text_at(&["text"]).or(node.text_at(&["linkId"]))?;
    let said = joined(answers.chain([under(node)]), "; ")?;
    Some(format!("{question}: {said}"))
}

/// A `Quantity`: `< 0.1 mg/dL`.
pub(super) fn amount(node: &Node<'_>) -> Option<String> {
    let Some(Node::Literal(value)) = node.get("value") else { return None };
    let unit = node.text_at(&["unit"]).or(node.text_at(&["code"])).filter(|unit| *unit != "1");
    let parts =
        [node.text_at(&["comparator"]), Some(&number(value)), unit].map(|part| part.map(str::to_owned));
    joined(parts, " ")
}

/// A `Range`: `2 to 5 mmol/L`.
pub(super) fn range(node: &Node<'_>) -> Option<String> {
    match (node.get("low").and_then(amount), node.get("high").and_then(amount)) {
        (Some(low), Some(high)) => {
            let unit = |end: &str| end.split_once(' ').map(|(_, unit)| unit.to_owned());
            let bare = low.split(' ').next().filter(|_| unit(&low) == unit(&high));
            Some(format!("{} to {high}", bare.unwrap_or(&low)))
        }
        (Some(low), None) => Some(format!("at least {low}")),
        (None, high) => Some(format!("at most {}", high?)),
    }
}

/// A `Ratio`: `1:128`, or `5 mg in 1 mL`.
pub(super) fn ratio(node: &Node<'_>, name: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let part = |of: &str| node.get(of).and_then(|part| amount(part).or_else(|| tell(part, name)));
    match (part("numerator"), part("denominator")) {
        (Some(one), Some(other)) if !one.contains(' ') && !other.contains(' ') => {
            Some(format!("{one}:{other}"))
        }
        (Some(one), Some(other)) => Some(format!("{one} in {other}")),
        (one, other) => one.or(other),
    }
}

/// A `Timing`: its code, how often, and when.
fn timing(members: &Members<'_>, name: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let said = members.iter().filter(|(key, _)| !is_silent(key)).map(|(key, member)| match &**key {
        "repeat" => match often(member) {
            Some((often, more)) => joined([Some(often), more], ", "),
            None => tell(member, name),
        },
        _ => tell(member, name),
    });
    joined(said, "; ")
}

/// How often, such as `2 times in 1 day`, from a `Timing.repeat`, and what else that says.
pub(super) fn often(repeat: &Node<'_>) -> Option<(String, Option<String>)> {
    let Node::Object(members) = repeat else { return None };
    let text = |of: &str| match repeat.get(of) {
        Some(Node::Literal(text)) => Some(number(text)),
        _ => None,
    };
    let plural = |number: &str| if number == "1" { "" } else { "s" };
    let (times, period) = (text("frequency").unwrap_or_else(|| "1".to_owned()), text("period")?);
    let unit = match repeat.text_at(&["periodUnit"])? {
        "s" => "second",
        "min" => "minute",
        "h" => "hour",
        "d" => "day",
        "wk" => "week",
        "mo" => "month",
        "a" => "year",
        _ => return None,
    };
    let more = labelled(members, &["frequency", "period", "periodUnit"], &|_| None);
    Some((format!("{times} time{} in {period} {unit}{}", plural(&times), plural(&period)), more))
}

/// What people call an element: `bodySite` is `body site`, `onsetAge` is `onset`.
pub(super) fn label(element: &str) -> String {
    // The elements whose names end in their type.
    const STEMS: &str = "abatement|age|allowed|asNeeded|born|complication|conclusion|deceased|detail|dose|doseNumber|due|\
        effective|item|location|medication|occurrence|onset|outcome|performed|procedure|product|prognosis|quantity|\
        rate|reason|reported|scheduled|seriesDoses|start|statusReason|used|value";
    let stem = STEMS.split('|').filter(|stem| {
        let rest = element.strip_prefix(stem);
        rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
    });
    let mut label = String::new();
    for sign in stem.max_by_key(|stem| stem.len()).unwrap_or(element).chars() {
        if sign.is_ascii_uppercase() {
            label.push(' ');
        }
        label.push(sign.to_ascii_lowercase());
    }
    label
}

/// The words of a narrative, without its marks.
pub(super) fn narrative(div: &str) -> String {
    let mut said = String::new();
    let mut inside = false;
    for sign in div.chars() {
        match sign {
            '<' => {
                inside = true;
                said.push(' ');
            }
            '>' if inside => inside = false,
            _ if inside => {}
            sign => said.push(sign),
        }
    }
    let plain = said.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    let plain = plain.replace("&nbsp;", " ").replace("&#160;", " ").replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
