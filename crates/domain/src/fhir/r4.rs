//! What FHIR R4 (4.0.1) has: its resources, and the elements of those that are kept
//! (<https://hl7.org/fhir/R4/resourcelist.html>).

use super::json::Node;
use super::plan::LeftOut;
use super::{Reason, Refused};

/// Refuses a resource that R4 does not have, an element that R4 does not have in a kept resource, and
/// what says itself that it is of another version.
pub(super) fn check(of: &str, resource: &Node<'_>, place: &str) -> Result<(), Refused> {
    if !resources().any(|known| known == of) {
        return Err(Refused::at(format!("{place}.resourceType"), Reason::NotR4));
    }
    check_version(resource, place)?;
    let (Some((_, elements)), Node::Object(members)) =
        (ELEMENTS.iter().find(|(known, _)| *known == of), resource)
    else {
        return Ok(());
    };
    let known = |name: &str| {
        EVERYWHERE.split_whitespace().chain(elements.split_whitespace()).any(|known| known == name)
    };
    match members.iter().find(|(key, _)| !known(key.strip_prefix('_').unwrap_or(key))) {
        None => Ok(()),
        Some((key, _)) => Err(Refused::at(format!("{place}{}", step(key)), Reason::NotR4)),
    }
}

/// Refuses what names a profile of another version of FHIR.
pub(super) fn check_version(resource: &Node<'_>, place: &str) -> Result<(), Refused> {
    let profiles = resource.get("meta").and_then(|meta| meta.get("profile")).map_or(&[][..], Node::items);
    let foreign = |profile: &Node<'_>| {
        let rest = profile.as_text().and_then(|url| url.strip_prefix("http://hl7.org/fhir/"));
        rest.is_some_and(|rest| {
            let folder = rest.split('/').next().filter(|folder| folder.contains('.'));
            let version = rest.strip_prefix("StructureDefinition/").and_then(|name| name.split_once('|'));
            let told = version.map(|(_, version)| version).or(folder);
            told.is_some_and(|told| told.split('.').next() != Some("4"))
        })
    };
    match profiles.iter().position(foreign) {
        None => Ok(()),
        Some(index) => Err(Refused::at(format!("{place}.meta.profile[{index}]"), Reason::NotR4)),
    }
}

/// The step of a place to a member; a key that cannot be an element's name might be data and is not shown.
pub(super) fn step(key: &str) -> String {
    let named = key.len() <= 40 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if named { format!(".{key}") } else { ".?".to_owned() }
}

/// Why resources of a type that is not about one patient's health are left out.
pub(super) fn left_out(of: &str) -> LeftOut {
    match of {
        "Organization" | "OrganizationAffiliation" | "HealthcareService" | "Endpoint" => {
            LeftOut::AboutOrganisation
        }
        "Practitioner" | "PractitionerRole" => LeftOut::AboutPractitioner,
        "Location" => LeftOut::AboutPlace,
        // One that a kept resource names is merged into that.
        "Medication" => LeftOut::NotReferredTo,
        _ if CLAIMS.split_whitespace().any(|claim| claim == of) => LeftOut::ClaimsNotKept,
        _ => LeftOut::KindNotKept,
    }
}

fn resources() -> impl Iterator<Item = &'static str> {
    RESOURCES.split_whitespace()
}

const CLAIMS: &str = "Account ChargeItem Claim ClaimResponse Contract Coverage CoverageEligibilityRequest \
    CoverageEligibilityResponse EnrollmentRequest EnrollmentResponse ExplanationOfBenefit InsurancePlan \
    Invoice PaymentNotice PaymentReconciliation";

const RESOURCES: &str = "Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse \
    AuditEvent Basic Binary BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement \
    CarePlan CareTeam CatalogEntry ChargeItem ChargeItemDefinition Claim ClaimResponse \
    ClinicalImpression CodeSystem Communication CommunicationRequest CompartmentDefinition \
    Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest \
    CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest \
    DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis \
    Encounter Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare EventDefinition Evidence \
    EvidenceVariable ExampleScenario ExplanationOfBenefit FamilyMemberHistory Flag Goal \
    GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization \
    ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice \
    Library Linkage List Location Measure MeasureReport Media Medication MedicationAdministration \
    MedicationDispense MedicationKnowledge MedicationRequest MedicationStatement MedicinalProduct \
    MedicinalProductAuthorization MedicinalProductContraindication MedicinalProductIndication \
    MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured \
    MedicinalProductPackaged MedicinalProductPharmaceutical MedicinalProductUndesirableEffect \
    MessageDefinition MessageHeader MolecularSequence NamingSystem NutritionOrder Observation \
    ObservationDefinition OperationDefinition OperationOutcome Organization OrganizationAffiliation \
    Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner \
    PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson \
    RequestGroup ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject \
    RiskAssessment RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot Specimen \
    SpecimenDefinition StructureDefinition StructureMap Subscription Substance SubstanceNucleicAcid \
    SubstancePolymer SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial \
    SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities TestReport \
    TestScript ValueSet VerificationResult VisionPrescription";

/// The elements of every resource.
const EVERYWHERE: &str =
    "resourceType id meta implicitRules language text contained extension modifierExtension";

const ELEMENTS: &[(&str, &str)] = &[
    (
        "Patient",
        "active address birthDate communication contact deceasedBoolean deceasedDateTime gender \
         generalPractitioner identifier link managingOrganization maritalStatus multipleBirthBoolean \
         multipleBirthInteger name photo telecom",
    ),
    (
        "RelatedPerson",
        "active address birthDate communication gender identifier name patient period photo \
         relationship telecom",
    ),
    (
        "Encounter",
        "account appointment basedOn class classHistory diagnosis episodeOfCare hospitalization \
         identifier length location partOf participant period priority reasonCode reasonReference \
         serviceProvider serviceType status statusHistory subject type",
    ),
    (
        "Observation",
        "basedOn bodySite category code component dataAbsentReason derivedFrom device \
         effectiveDateTime effectiveInstant effectivePeriod effectiveTiming encounter focus \
         hasMember identifier interpretation issued method note partOf performer referenceRange \
         specimen status subject valueBoolean valueCodeableConcept valueDateTime valueInteger \
         valuePeriod valueQuantity valueRange valueRatio valueSampledData valueString valueTime",
    ),
    (
        "Condition",
        "abatementAge abatementDateTime abatementPeriod abatementRange abatementString asserter \
         bodySite category clinicalStatus code encounter evidence identifier note onsetAge \
         onsetDateTime onsetPeriod onsetRange onsetString recordedDate recorder severity stage \
         subject verificationStatus",
    ),
    (
        "AllergyIntolerance",
        "asserter category clinicalStatus code criticality encounter identifier lastOccurrence note \
         onsetAge onsetDateTime onsetPeriod onsetRange onsetString patient reaction recordedDate \
         recorder type verificationStatus",
    ),
    (
        "Immunization",
        "doseQuantity education encounter expirationDate fundingSource identifier isSubpotent \
         location lotNumber manufacturer note occurrenceDateTime occurrenceString patient performer \
         primarySource programEligibility protocolApplied reaction reasonCode reasonReference \
         recorded reportOrigin route site status statusReason subpotentReason vaccineCode",
    ),
    (
        "MedicationRequest",
        "authoredOn basedOn category courseOfTherapyType detectedIssue dispenseRequest doNotPerform \
         dosageInstruction encounter eventHistory groupIdentifier identifier instantiatesCanonical \
         instantiatesUri insurance intent medicationCodeableConcept medicationReference note \
         performer performerType priorPrescription priority reasonCode reasonReference recorder \
         reportedBoolean reportedReference requester status statusReason subject substitution \
         supportingInformation",
    ),
    (
        "MedicationStatement",
        "basedOn category context dateAsserted derivedFrom dosage effectiveDateTime effectivePeriod \
         identifier informationSource medicationCodeableConcept medicationReference note partOf \
         reasonCode reasonReference status statusReason subject",
    ),
    ("Medication", "amount batch code form identifier ingredient manufacturer status"),
    (
        "Procedure",
        "asserter basedOn bodySite category code complication complicationDetail encounter \
         focalDevice followUp identifier instantiatesCanonical instantiatesUri location note outcome \
         partOf performedAge performedDateTime performedPeriod performedRange performedString \
         performer reasonCode reasonReference recorder report status statusReason subject usedCode \
         usedReference",
    ),
    (
        "CarePlan",
        "activity addresses author basedOn careTeam category contributor created description \
         encounter goal identifier instantiatesCanonical instantiatesUri intent note partOf period \
         replaces status subject supportingInfo title",
    ),
    (
        "CareTeam",
        "category encounter identifier managingOrganization name note participant period reasonCode \
         reasonReference status subject telecom",
    ),
    (
        "DiagnosticReport",
        "basedOn category code conclusion conclusionCode effectiveDateTime effectivePeriod encounter \
         identifier imagingStudy issued media performer presentedForm result resultsInterpreter \
         specimen status subject",
    ),
    (
        "Goal",
        "achievementStatus addresses category description expressedBy identifier lifecycleStatus \
         note outcomeCode outcomeReference priority startCodeableConcept startDate statusDate \
         statusReason subject target",
    ),
    (
        "ImagingStudy",
        "basedOn description encounter endpoint identifier interpreter location modality note \
         numberOfInstances numberOfSeries procedureCode procedureReference reasonCode \
         reasonReference referrer series started status subject",
    ),
    (
        "MedicationAdministration",
        "category context device dosage effectiveDateTime effectivePeriod eventHistory identifier \
         instantiates medicationCodeableConcept medicationReference note partOf performer reasonCode \
         reasonReference request status statusReason subject supportingInformation",
    ),
    (
        "MedicationDispense",
        "authorizingPrescription category context daysSupply destination detectedIssue \
         dosageInstruction eventHistory identifier location medicationCodeableConcept \
         medicationReference note partOf performer quantity receiver status \
         statusReasonCodeableConcept statusReasonReference subject substitution \
         supportingInformation type whenHandedOver whenPrepared",
    ),
    (
        "DocumentReference",
        "authenticator author category content context custodian date description docStatus \
         identifier masterIdentifier relatesTo securityLabel status subject type",
    ),
    (
        "ServiceRequest",
        "asNeededBoolean asNeededCodeableConcept authoredOn basedOn bodySite category code \
         doNotPerform encounter identifier instantiatesCanonical instantiatesUri insurance intent \
         locationCode locationReference note occurrenceDateTime occurrencePeriod occurrenceTiming \
         orderDetail patientInstruction performer performerType priority quantityQuantity \
         quantityRange quantityRatio reasonCode reasonReference relevantHistory replaces requester \
         requisition specimen status subject supportingInfo",
    ),
    (
        "FamilyMemberHistory",
        "ageAge ageRange ageString bornDate bornPeriod bornString condition dataAbsentReason date \
         deceasedAge deceasedBoolean deceasedDate deceasedRange deceasedString estimatedAge \
         identifier instantiatesCanonical instantiatesUri name note patient reasonCode \
         reasonReference relationship sex status",
    ),
    (
        "ClinicalImpression",
        "assessor code date description effectiveDateTime effectivePeriod encounter finding \
         identifier investigation note previous problem prognosisCodeableConcept prognosisReference \
         protocol status statusReason subject summary supportingInfo",
    ),
    (
        "QuestionnaireResponse",
        "author authored basedOn encounter identifier item partOf questionnaire source status \
         subject",
    ),
    (
        "EpisodeOfCare",
        "account careManager diagnosis identifier managingOrganization patient period \
         referralRequest status statusHistory team type",
    ),
    (
        "Device",
        "contact definition deviceName distinctIdentifier expirationDate identifier location \
         lotNumber manufactureDate manufacturer modelNumber note owner parent partNumber patient \
         property safety serialNumber specialization status statusReason type udiCarrier url version",
    ),
    ("Flag", "author category code encounter identifier period status subject"),
];
