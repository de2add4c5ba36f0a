//! A FHIR R4 CodeSystem: its concepts and those below them, each with its designations.

use serde::Deserialize;

use super::{Format, Pack, Taken, Unreadable};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CodeSystem {
    resource_type: String,
    url: Option<String>,
    version: Option<String>,
    #[serde(default)]
    concept: Vec<Concept>,
}

#[derive(Deserialize)]
struct Concept {
    code: Option<String>,
    display: Option<String>,
    #[serde(default)]
    designation: Vec<Designation>,
    #[serde(default)]
    concept: Vec<Concept>,
}

#[derive(Deserialize)]
struct Designation {
    value: Option<String>,
}

/// Reads one.
pub(super) fn read(text: &str) -> Result<Pack, Unreadable> {
    // JSON nests no deeper than its reader goes, so that neither do the concepts.
    let system: CodeSystem = serde_json::from_str(text).map_err(|_| Unreadable::NotCodes)?;
    if system.resource_type != "CodeSystem" {
        return Err(Unreadable::NotCodes);
    }
    let mut taken = Taken::default();
    let mut number = 0;
    let mut waiting: Vec<Concept> = system.concept;
    waiting.reverse();
    while let Some(concept) = waiting.pop() {
        number += 1;
        let also = concept.designation.into_iter().filter_map(|other| other.value).collect();
        let (code, name) = (concept.code.unwrap_or_default(), concept.display.unwrap_or_default());
        taken.take(number, &code, &name, also)?;
        waiting.extend(concept.concept.into_iter().rev());
    }
    Ok(taken.pack(Format::CodeSystem, system.url, system.version))
}
