//! Medicines that a person takes.

mod allergies;
mod amounts;

pub use allergies::Meets;
pub use amounts::safely_written;

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
