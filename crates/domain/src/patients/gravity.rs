//! Which allergy is read first.

use super::{Allergy, Severity, plain};

/// Beginnings of words that name a reaction of which people die, in English and as it is written in Spanish and Filipino
/// charts. Who wrote one of these and no severity has said how bad it was.
const DEADLY: [&str; 11] = [
    "anaphyla",
    "anafila",
    "angioedema",
    "angio-edema",
    "angiooedema",
    "angio-oedema",
    "stevens",
    "necrolysis",
    "shock",
    "collapse",
    "bronchospasm",
];

/// From here on an allergy is severe.
pub const SEVERE: u8 = 3;

impl Allergy {
    /// How grave it is, the graver the greater: by severity, by reactions of which people die, and by how dangerous
    /// another exposure is. What nobody has said may be worse than mild.
    #[must_use]
    pub fn gravity(&self) -> u8 {
        let reaction = plain(self.reaction.as_deref().unwrap_or_default());
        let is_deadly = DEADLY.iter().any(|word| reaction.contains(word));
        match self.severity {
            _ if is_deadly => 4,
            Some(Severity::Severe) => 3,
            // The next time may be worse than what was seen.
            _ if self.criticality.as_deref() == Some("high") => 3,
            Some(Severity::Moderate) => 2,
            None => 1,
            Some(Severity::Mild) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allergy(substance: &str, reaction: &str, severity: Option<Severity>) -> Allergy {
        Allergy {
            substance: Some(substance.to_owned()),
            reaction: Some(reaction.to_owned()),
            severity,
            ..Allergy::default()
        }
    }

    #[test]
    fn the_one_of_which_people_die_is_the_gravest_whatever_else_was_said() {
        let gravest = [
            allergy("Cefuroxime", "Anaphylaxis", None),
            allergy("Latex", "hives", Some(Severity::Severe)),
            allergy("Eggs", "vomiting", Some(Severity::Moderate)),
            allergy("Dust", "", None),
            allergy("Penicillin", "rash", Some(Severity::Mild)),
        ];
        let gravities: Vec<u8> = gravest.iter().map(Allergy::gravity).collect();
        assert_eq!(gravities, [4, 3, 2, 1, 0]);
        let critical =
            Allergy { criticality: Some("high".into()), ..allergy("Bee", "rash", Some(Severity::Mild)) };
        assert_eq!(critical.gravity(), 3);
        assert_eq!(allergy("Ibuprofen", "angio-oedema", Some(Severity::Mild)).gravity(), 4);
    }
}
