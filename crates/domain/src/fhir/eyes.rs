//! Which eye a site of the body is.

use std::collections::BTreeSet;

use super::datatypes::{SNOMED, words};
use super::json::Node;
use crate::measure::EyeSide;

/// The eye that a `site` names, by its code or by plain words.
pub(super) fn eye(site: &Node<'_>) -> Option<EyeSide> {
    const EYES: [(EyeSide, &str, [&str; 4]); 3] = [
        (EyeSide::Right, "right eye", ["18944008", "362502000", "OD", "right"]),
        (EyeSide::Left, "left eye", ["8966001", "362503005", "OS", "left"]),
        (EyeSide::Both, "both eyes", ["40638003", "362508001", "OU", "both"]),
    ];
    // SNOMED CT; HL7 v2 table 0163 under both its names; the eyes of a VisionPrescription.
    const SYSTEMS: [&str; 4] = [
        SNOMED,
        "http://terminology.hl7.org/CodeSystem/v2-0163",
        "http://hl7.org/fhir/v2/0163",
        "http://hl7.org/fhir/vision-eye-codes",
    ];
    let codings = site.get("coding").map_or(&[][..], Node::items);
    let code = |coding: &Node<'_>| {
        let known = coding.text_at(&["system"]).is_some_and(|system| SYSTEMS.contains(&system));
        coding.text_at(&["code"]).filter(|_| known).map(str::to_owned)
    };
    let codes: Vec<String> = codings.iter().filter_map(code).collect();
    let said = words(site).map(|words| words.trim().to_lowercase());
    let names = |(_, name, known): &&(EyeSide, &str, [&str; 4])| {
        codes.iter().any(|code| known.contains(&code.as_str()))
            || (codes.is_empty() && said.as_deref() == Some(*name))
    };
    let mut named = EYES.iter().filter(names).map(|(side, ..)| *side);
    // Two codes that name different eyes name none.
    named.next().filter(|_| named.next().is_none())
}

/// The eye that sites name together: both, where they name the one and the other.
pub(super) fn eyes(sites: &Node<'_>) -> Option<EyeSide> {
    let named: BTreeSet<EyeSide> = sites.items().iter().filter_map(eye).collect();
    if named.len() > 1 { Some(EyeSide::Both) } else { named.first().copied() }
}
