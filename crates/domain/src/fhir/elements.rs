//! What becomes of each element of FHIR R4 (4.0.1) in the resources that are kept. `docs/formats/fhir.md` says
//! it to people, and a test holds both together.

use super::RESOURCES;

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// A field holds it, or it decides what the record is.
    Field,
    /// It stands in words among what else is said of the record.
    Words,
    /// It stands in `original` alone, where an export finds it and nobody reads it.
    Original,
    /// It is left out.
    LeftOut,
}

/// An element of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    /// The resource, or `*` for all.
    pub of: &'static str,
    /// The element, such as `valueQuantity`.
    pub name: &'static str,
    /// What becomes of it.
    pub becomes: Becomes,
    /// Whether the resource cannot stand where it is damaged.
    pub vital: bool,
}

/// All elements of the resources that are kept.
pub fn elements() -> impl Iterator<Item = Element> {
    tables().flat_map(|(of, words)| words.split_whitespace().map(move |word| read(of, word)))
}

/// The elements by resource: those that the mappers declare, and the others.
fn tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    let declared = RESOURCES.iter().map(|resource| (resource.of, resource.elements));
    declared.chain(ELEMENTS.iter().copied())
}

/// The element `name` of `of`; `None` where R4 does not have it.
pub(super) fn element(of: &str, name: &str) -> Option<Element> {
    let here = tables().filter(|(known, _)| *known == of || *known == "*");
    let mut all = here.flat_map(|(known, words)| words.split_whitespace().map(move |word| read(known, word)));
    all.find(|element| element.name == name)
}

/// Whether resources of this type are kept.
pub(super) fn is_kept(of: &str) -> bool {
    tables().any(|(known, _)| known == of && of != "*")
}

fn read(of: &'static str, word: &'static str) -> Element {
    let (vital, word) = word.strip_prefix('!').map_or((false, word), |word| (true, word));
    let marks = [('+', Becomes::Words), ('-', Becomes::Original), ('/', Becomes::LeftOut)];
    let marked = marks.into_iter().find_map(|(mark, becomes)| Some((word.strip_suffix(mark)?, becomes)));
    let (name, becomes) = marked.unwrap_or((word, Becomes::Field));
    Element { of, name, becomes, vital }
}

/// Those of the resources that no mapper declares, marked as there: of a person, of what becomes part of another record, and
/// of events.
const ELEMENTS: &[(&str, &str)] = &[
    ("*", "!resourceType id meta- !implicitRules/ language- text contained- extension- !modifierExtension/"),
    (
        "Patient",
        "active address birthDate communication contact deceasedBoolean deceasedDateTime gender \
         generalPractitioner- identifier link managingOrganization- maritalStatus multipleBirthBoolean- \
         multipleBirthInteger- name photo/ telecom",
    ),
    ("Binary", "contentType- data securityContext-"),
    ("Medication", "amount+ batch+ code form identifier- ingredient+ manufacturer- status+"),
    (
        "Procedure",
        "asserter- basedOn- bodySite+ category+ !code complication+ complicationDetail+ encounter \
         focalDevice+ followUp+ identifier- instantiatesCanonical- instantiatesUri- location+ note outcome+ \
         partOf- performedAge+ performedDateTime performedPeriod+ performedRange+ performedString+ \
         performer- reasonCode+ reasonReference+ recorder- report- !status statusReason+ !subject \
         usedCode+ usedReference+",
    ),
    (
        "CarePlan",
        "activity addresses+ author- basedOn- careTeam- category contributor- created+ description \
         encounter goal+ identifier- instantiatesCanonical- instantiatesUri- !intent note partOf- period+ \
         replaces- !status !subject supportingInfo- title",
    ),
    (
        "CareTeam",
        "category encounter identifier- managingOrganization+ name note participant+ period+ reasonCode+ \
         reasonReference+ !status !subject telecom+",
    ),
    (
        "DiagnosticReport",
        "basedOn- category- !code conclusion conclusionCode+ effectiveDateTime effectivePeriod+ encounter \
         identifier- imagingStudy- issued- media+ performer- presentedForm+ result- resultsInterpreter- \
         specimen+ !status !subject",
    ),
    (
        "Goal",
        "achievementStatus+ addresses+ category+ !description expressedBy- identifier- !lifecycleStatus \
         note outcomeCode+ outcomeReference+ priority+ startCodeableConcept+ startDate statusDate+ \
         statusReason+ !subject target+",
    ),
    (
        "ImagingStudy",
        "basedOn- description encounter endpoint- identifier- interpreter- location+ modality note \
         numberOfInstances- numberOfSeries- procedureCode procedureReference- reasonCode+ \
         reasonReference+ referrer- series- started !status !subject",
    ),
    (
        "MedicationAdministration",
        "category+ context device- dosage+ effectiveDateTime effectivePeriod+ eventHistory- identifier- \
         instantiates- !medicationCodeableConcept !medicationReference note partOf- performer- reasonCode+ \
         reasonReference+ request- !status statusReason+ !subject supportingInformation-",
    ),
    (
        "MedicationDispense",
        "authorizingPrescription- category+ context daysSupply+ destination- detectedIssue- \
         dosageInstruction+ eventHistory- identifier- location- !medicationCodeableConcept \
         !medicationReference note partOf- performer- quantity+ receiver- !status \
         statusReasonCodeableConcept+ statusReasonReference+ !subject substitution+ \
         supportingInformation- type+ whenHandedOver whenPrepared",
    ),
    (
        "ServiceRequest",
        "asNeededBoolean+ asNeededCodeableConcept+ authoredOn basedOn- bodySite+ category+ !code \
         !doNotPerform encounter identifier- instantiatesCanonical- instantiatesUri- insurance- !intent \
         locationCode+ locationReference- note occurrenceDateTime+ occurrencePeriod+ occurrenceTiming+ \
         orderDetail+ patientInstruction performer- performerType+ priority+ quantityQuantity+ \
         quantityRange+ quantityRatio+ reasonCode+ reasonReference+ relevantHistory- replaces- requester- \
         requisition- specimen- !status !subject supportingInfo-",
    ),
    (
        "ClinicalImpression",
        "assessor- code date description effectiveDateTime effectivePeriod+ encounter finding+ identifier- \
         investigation+ note previous- problem+ prognosisCodeableConcept+ prognosisReference- protocol- \
         !status statusReason+ !subject summary supportingInfo-",
    ),
    (
        "QuestionnaireResponse",
        "author- authored basedOn- encounter identifier- item+ partOf- questionnaire+ source+ !status !subject",
    ),
    (
        "EpisodeOfCare",
        "account- careManager- diagnosis+ identifier- managingOrganization+ !patient period+ \
         referralRequest- !status statusHistory- team- type",
    ),
    (
        "Device",
        "contact- definition- deviceName+ distinctIdentifier expirationDate+ identifier- location- \
         lotNumber+ manufactureDate+ manufacturer+ modelNumber+ note owner- parent- partNumber- !patient \
         property+ safety+ serialNumber+ specialization- status statusReason+ type udiCarrier- url- \
         version-",
    ),
];
