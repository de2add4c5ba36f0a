//! Spectacles for other systems (<https://hl7.org/fhir/R4/visionprescription.html>).

use serde_json::{Map, Value, json};

use crate::RecordId;
use crate::certificates::{Certificate, CertificateStatus};
use crate::forms::Answer;

/// The product of each specification; R4 names lenses and contact lenses.
const PRODUCT: &str = "http://terminology.hl7.org/CodeSystem/ex-visionprescriptionproduct";

/// A prescription of spectacles as a `VisionPrescription`; nothing of a certificate that is no paper, or prescribes none. An
/// eye without a lens has no specification.
#[must_use]
pub fn vision_prescription(id: RecordId, certificate: &Certificate, prescriber: &str) -> Option<Value> {
    let issued = certificate.issued_at.as_ref().filter(|_| certificate.prescribes())?;
    let status = match certificate.status? {
        CertificateStatus::Issued => "active",
        CertificateStatus::Revoked | CertificateStatus::Superseded => "cancelled",
        _ => return None,
    };
    let eyes = [("right", &certificate.right), ("left", &certificate.left)];
    let lenses: Vec<Value> =
        eyes.into_iter().filter_map(|(eye, lens)| specified(eye, lens.as_ref()?)).collect();
    let number = certificate.number.as_ref();
    Some(json!({
        "resourceType": "VisionPrescription",
        "id": id.to_string(),
        "identifier": number.map(|number| vec![json!({"value": number})]),
        "status": status,
        "created": issued.as_str(),
        "patient": {"reference": format!("Patient/{}", certificate.patient?)},
        "dateWritten": issued.as_str(),
        "prescriber": {"display": prescriber},
        "lensSpecification": lenses,
    }))
}

fn specified(eye: &str, lens: &Answer) -> Option<Value> {
    let number =
        |key: &str| -> Option<Value> { serde_json::from_str(&lens.part(key)?.n.as_ref()?.plain()).ok() };
    let mut said = Map::new();
    said.insert("product".to_owned(), json!({"coding": [{"system": PRODUCT, "code": "lens"}]}));
    said.insert("eye".to_owned(), json!(eye));
    said.insert("sphere".to_owned(), number("sph")?);
    for (key, part) in [("cylinder", "cyl"), ("axis", "axis"), ("add", "add")] {
        said.extend(number(part).map(|number| (key.to_owned(), number)));
    }
    let prism =
        |(amount, base): (&str, &str)| Some(json!({"amount": number(amount)?, "base": lens.code(base)?}));
    let prisms: Vec<Value> =
        [("prism_h", "base_h"), ("prism_v", "base_v")].into_iter().filter_map(prism).collect();
    if !prisms.is_empty() {
        said.insert("prism".to_owned(), json!(prisms));
    }
    Some(Value::Object(said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificates::Verdict;

    fn lens(json: Value) -> Option<Answer> {
        serde_json::from_value(json).ok()
    }

    #[test]
    fn a_paper_becomes_a_prescription_with_a_specification_for_each_eye_that_has_a_lens() {
        let certificate = Certificate {
            patient: Some(RecordId::derived(b"patient")),
            verdict: Some(Verdict::Prescribed),
            status: Some(CertificateStatus::Issued),
            number: Some("MAIN-01-26-00001-K".to_owned()),
            issued_at: "2026-11-22T10:31:00+08:00".parse().ok(),
            right: lens(json!({"p": {
                "sph": {"n": "-2.25"}, "cyl": {"n": "-0.75"}, "axis": {"n": "90"},
                "prism_h": {"n": "2"}, "base_h": {"c": "in"},
            }})),
            left: lens(json!({"x": "eye_absent"})),
            ..Certificate::default()
        };
        let id = RecordId::derived(b"spectacles");
        let said = vision_prescription(id, &certificate, "Noel Uy, OD").unwrap();
        assert_eq!(
            (&said["status"], &said["prescriber"]["display"]),
            (&json!("active"), &json!("Noel Uy, OD"))
        );
        assert_eq!(said["lensSpecification"].as_array().unwrap().len(), 1);
        let right = &said["lensSpecification"][0];
        assert_eq!(
            (&right["eye"], &right["sphere"], &right["axis"]),
            (&json!("right"), &json!(-2.25), &json!(90))
        );
        assert_eq!(right["prism"], json!([{"amount": 2, "base": "in"}]));
        let revoked = Certificate { status: Some(CertificateStatus::Revoked), ..certificate.clone() };
        assert_eq!(vision_prescription(id, &revoked, "").unwrap()["status"], "cancelled");
        for none in [
            Certificate { status: Some(CertificateStatus::Draft), ..certificate.clone() },
            Certificate { verdict: Some(Verdict::Fit), ..certificate },
        ] {
            assert_eq!(vision_prescription(id, &none, ""), None);
        }
    }
}
