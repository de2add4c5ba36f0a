//! The kinds that are said of a person, as the tests of all of them need them: one line a kind.

/// A kind that is said of a person.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Its name.
    pub kind: &'static str,
    /// The command of its card.
    pub card: &'static str,
    /// The field without which it says nothing.
    pub field: &'static str,
    /// What its form calls that field.
    pub label: &'static str,
    /// Something that it may say.
    pub says: &'static str,
}

const fn claim(
    kind: &'static str,
    card: &'static str,
    field: &'static str,
    label: &'static str,
    says: &'static str,
) -> Claim {
    Claim { kind, card, field, label, says }
}

/// All of them.
pub const CLAIMS: [Claim; 7] = [
    claim("allergy", "allergies", "substance", "Allergic to", "penicillin"),
    claim("problem", "problems", "name", "Problem", "Asthma, mild intermittent"),
    claim("background", "backgrounds", "name", "Who of the family", "Appendectomy"),
    claim("immunisation", "immunisations", "vaccine", "Vaccine", "Influenza, seasonal"),
    claim("medicine", "medicines", "name", "Generic name", "salbutamol"),
    claim("banner_alert", "banner_alerts", "text", "What everyone must know", "Falls"),
    claim("enrolment", "enrolments", "school_year", "School year", "2026-2027"),
];
