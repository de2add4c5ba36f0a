//! A bundle read and judged as a whole.

use std::collections::BTreeSet;

use super::datatypes::has_code;
use super::draft::Case;
use super::json::{Node, parse};
use super::links::{Entry, Links, Subject};
use super::plan::{Fate, LeftOut, Mistake, Planned};
use super::{Reason, Refused};
use super::{allergies, events, immunisations, medicines, observations, patients, problems, r4, visits};

/// A bundle in which everything was read: [`super::plan`] says what would be made of it.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub(super) fates: Vec<(String, Fate)>,
}

/// Reads the text of one FHIR R4 bundle.
///
/// # Errors
/// [`Refused`] with the place and the reason where the text is no bundle of FHIR R4, or a damaged one.
pub fn read(text: &str) -> Result<Bundle, Refused> {
    let links = Links::new(entries(parse(text)?)?)?;
    if !links.entries().iter().any(|entry| entry.of == "Patient") {
        return Err(Refused::at("Bundle.entry", Reason::NoPatient));
    }
    for index in 0..links.entries().len() {
        links.check(index)?;
    }
    let fates = links.entries().iter().enumerate().map(|(index, entry)| fate(&links, index, entry));
    let mut fates = fates.collect::<Result<Vec<_>, _>>()?;
    let mut stored = BTreeSet::new();
    for (entry, fate) in links.entries().iter().zip(&fates) {
        if let Fate::Stored(_, record) = fate
            && !stored.insert(record.record)
        {
            return Err(Refused::at(&entry.place, Reason::Duplicate));
        }
    }
    for index in medicines::merged(&links, &fates) {
        if let Some(fate) = fates.get_mut(index) {
            *fate = Fate::Merged;
        }
    }
    let types = links.entries().iter().map(|entry| entry.of.clone());
    Ok(Bundle { fates: types.zip(fates).collect() })
}

fn entries(bundle: Node<'_>) -> Result<Vec<Entry<'_>>, Refused> {
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
    list.into_iter().enumerate().map(|(index, node)| entry(node, &format!("Bundle.entry[{index}]"))).collect()
}

fn entry<'a>(node: Node<'a>, place: &str) -> Result<Entry<'a>, Refused> {
    let Node::Object(members) = node else { return Err(Refused::at(place, Reason::WrongType)) };
    let (mut resource, mut url) = (None, None);
    for (key, member) in members {
        let place = || format!("{place}.{key}");
        match key.as_ref() {
            "resource" => resource = Some(member),
            "fullUrl" => {
                let text = member.as_text().ok_or_else(|| Refused::at(place(), Reason::WrongType))?;
                url = Some(text.to_owned()).filter(|url| !url.is_empty());
            }
            "request" => {
                let keeps = matches!(member.text_at(&["method"]), Some("POST" | "PUT"));
                if !keeps {
                    return Err(Refused::at(format!("{}.method", place()), Reason::UnknownRequest));
                }
            }
            _ => {}
        }
    }
    let place = format!("{place}.resource");
    let node = resource.ok_or_else(|| Refused::at(&place, Reason::NoResource))?;
    if !matches!(node, Node::Object(_)) {
        return Err(Refused::at(place, Reason::WrongType));
    }
    let of = node.get("resourceType").and_then(Node::as_text);
    let of = of.ok_or_else(|| Refused::at(format!("{place}.resourceType"), Reason::NotR4))?.to_owned();
    r4::check(&of, &node, &place)?;
    Ok(Entry { of, place, url, node })
}

type Mapper = fn(&Case<'_, '_>) -> Result<Planned, Refused>;

fn mapper(entry: &Entry<'_>) -> Option<Mapper> {
    Some(match entry.of.as_str() {
        "Encounter" if visits::is_visit(&entry.node) => visits::map,
        "Observation" if observations::is_made(&entry.node) => observations::map,
        "Condition" => problems::map,
        "AllergyIntolerance" if allergies::is_had(&entry.node) => allergies::map,
        "Immunization" => immunisations::map,
        "MedicationRequest" | "MedicationStatement" if medicines::is_taken(&entry.node) => medicines::map,
        of if events::is_known(of) => events::map,
        _ => return None,
    })
}

fn fate(links: &Links<'_>, index: usize, entry: &Entry<'_>) -> Result<Fate, Refused> {
    if entry.of == "Patient" {
        let record = patients::map(links, index)?;
        return Ok(Fate::Stored(record.record, record));
    }
    let Some(map) = mapper(entry) else { return Ok(Fate::LeftOut(r4::left_out(&entry.of))) };
    let patient = match links.subject(index) {
        Ok(Subject::Patient(patient)) => patient,
        Ok(Subject::Other) => return Ok(Fate::LeftOut(LeftOut::NotAboutAPatient)),
        // A device of the clinic belongs to nobody.
        Err(Refused { reason: Reason::NoSubject, .. }) if entry.of == "Device" => {
            return Ok(Fate::LeftOut(LeftOut::NotAboutAPatient));
        }
        Err(refused) => return Err(refused),
    };
    if entry.is_obscure() {
        return Ok(Fate::LeftOut(LeftOut::NotUnderstood));
    }
    if is_mistake(&entry.node) {
        let place = entry.place.clone();
        return Ok(Fate::Mistake(entry.identity().ok().map(|(_, record)| Mistake { record, place })));
    }
    let (_, patient) = links.entry(patient)?.identity()?;
    match map(&Case { links, index, patient }) {
        Ok(record) => Ok(Fate::Stored(patient, record)),
        // A visit has to stand, because others name it.
        Err(Refused { reason: Reason::TooLong, .. }) if entry.of != "Encounter" => {
            Ok(Fate::LeftOut(LeftOut::TooLong))
        }
        Err(refused) => Err(refused),
    }
}

fn is_mistake(resource: &Node<'_>) -> bool {
    let mistake = Some("entered-in-error");
    resource.text_at(&["status"]) == mistake
        || resource.text_at(&["lifecycleStatus"]) == mistake
        || has_code(resource, "verificationStatus", &["entered-in-error"])
}
