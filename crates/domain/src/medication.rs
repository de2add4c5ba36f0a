//! Medicines that a person takes.

mod allergies;
mod amounts;

pub use allergies::Meets;
pub use amounts::safely_written;

use crate::measure::EyeSide;
use crate::record::Coding;
use crate::{Instant, PartialDate, RecordId, choice, record};

choice! {
    /// Whether a medicine is taken.
    pub enum Taken {
        /// Now.
        Active = "active",
        /// To its end.
        Completed = "completed",
        /// Not to its end.
        Stopped = "stopped",
    }
}

record! {
    /// A medicine that a person takes or took.
    pub struct Medicine: "medicine", Claim, Site;
    told MedicineText;
    verbs { Create: MedicineEdit, Patch: MedicineEdit, Void: MedicineEdit, Resolve: ConflictResolve, }
    happened { at, since, }
    roles { source: source, original: original, }
    required { name, }
    over { |medicine, today| {
        let ended = medicine.until.is_some_and(|until| until.latest() < today);
        ended || medicine.status.as_deref().is_some_and(|status| status != "active")
    } }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// Generic name, never cut or abbreviated.
        name: String, Ordinary;
        /// Its code.
        code: Coding, Ordinary;
        /// Brand.
        brand: String, Ordinary;
        /// Strength with its unit spelt out.
        strength: String, Ordinary;
        /// Form: tablet, syrup, inhaler.
        form: String, Ordinary;
        /// One dose: amount and unit.
        dose: String, Ordinary;
        /// Route.
        route: String, Ordinary;
        /// Of one that goes into an eye, into which.
        side: EyeSide, Ordinary;
        /// How often.
        frequency: String, Ordinary;
        /// Whether only as needed.
        as_needed: bool, Ordinary;
        /// Since when.
        since: PartialDate, Ordinary;
        /// When it was ordered, to the second, where that is known.
        at: Instant, Fixed;
        /// Until when, once it is stopped.
        until: PartialDate, Ordinary;
        /// Why it was stopped.
        stopped: String, Ordinary;
        /// What it is for.
        reason: String, Ordinary;
        /// Why it is taken although it meets an allergy.
        despite: String, Ordinary;
        /// Remarks.
        remarks: String, Ordinary;
        /// Whether it is taken now, was completed or was stopped.
        status: String as Taken, Ordinary;
        /// The visit in which it was ordered.
        visit: RecordId, Fixed;
        /// The system and id that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
}

impl Medicine {
    /// Whether it goes into an eye: somebody said into which, or its route or form is of an eye.
    #[must_use]
    pub fn is_for_an_eye(&self) -> bool {
        let said = [&self.route, &self.form].into_iter().flatten();
        self.side.is_some()
            || said.flat_map(|text| text.split(|sign: char| !sign.is_alphabetic())).any(is_of_an_eye)
    }
}

/// Whether a word of a route or a form is of an eye. `OD`, `OS` and `OU` are the right, the left and both: as they are
/// written, for `od` may be once a day.
fn is_of_an_eye(word: &str) -> bool {
    let small = word.to_lowercase();
    let parts = ["ophthalm", "ocular", "vitreal", "conjunctiv", "intracameral"];
    ["eye", "eyes", "eyedrop", "eyedrops"].contains(&small.as_str())
        || ["OD", "OS", "OU"].contains(&word)
        || parts.iter().any(|part| small.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_medicine_is_for_an_eye_by_its_route_or_its_form_or_by_the_eye_that_somebody_named() {
        let of = |route: &str, form: &str| {
            let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            Medicine { route: said(route), form: said(form), ..Medicine::default() }.is_for_an_eye()
        };
        for (route, form) in [
            ("eye", ""),
            ("Ophthalmic route", ""),
            ("into both eyes", ""),
            ("OU", ""),
            ("", "eye drops"),
            ("intravitreal", ""),
        ] {
            assert!(of(route, form), "{route} {form}");
        }
        for (route, form) in
            [("oral", "tablet"), ("od", ""), ("", ""), ("ear", "drops"), ("", "eyebrow pencil")]
        {
            assert!(!of(route, form), "{route} {form}");
        }
        assert!(Medicine { side: Some(EyeSide::NotRecorded), ..Medicine::default() }.is_for_an_eye());
    }
}
