//! The resources that FHIR R4 (4.0.1) has, and what tells another version
//! (<https://hl7.org/fhir/R4/resourcelist.html>).

use super::elements::{element, is_kept};
use super::json::Node;
use super::plan::LeftOut;
use super::{Reason, Refused};

/// Refuses an element that R4 does not have in a resource that is kept.
pub(super) fn check(of: &str, resource: &Node<'_>, place: &str) -> Result<(), Refused> {
    let Node::Object(members) = resource else { return Ok(()) };
    match members.iter().find(|(key, _)| is_kept(of) && !has(of, key)) {
        None => Ok(()),
        Some((key, _)) => Err(Refused::at(format!("{place}{}", step(key)), Reason::NotR4)),
    }
}

/// Whether R4 has the member `key` in the resource `of`.
pub(super) fn has(of: &str, key: &str) -> bool {
    element(of, key.strip_prefix('_').unwrap_or(key)).is_some()
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
        "Medication" | "Binary" => LeftOut::NotReferredTo,
        _ if CLAIMS.split_whitespace().any(|claim| claim == of) => LeftOut::ClaimsNotKept,
        _ => LeftOut::KindNotKept,
    }
}

/// Whether R4 has resources of this type.
pub(super) fn is_known(of: &str) -> bool {
    resources().any(|known| known == of)
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
