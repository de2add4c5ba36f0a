//! The vital signs by name, with the codes of LOINC (<https://loinc.org>) under which they are written down
//! and met in imports.

use super::units::{self, Unit};
use crate::record::Coding;
use crate::{Age, Ages, choice};

choice! {
    /// A vital sign.
    pub enum SignName {
        /// The upper blood pressure.
        Systolic = "systolic",
        /// The lower blood pressure.
        Diastolic = "diastolic",
        /// Body temperature.
        Temperature = "temperature",
        /// Heart beats in a minute.
        Pulse = "pulse",
        /// Breaths in a minute.
        Respiration = "respiration",
        /// Oxygen saturation by pulse oximetry.
        Spo2 = "spo2",
        /// Pain as the person rates it, 0 to 10.
        Pain = "pain",
        /// Glucose in capillary blood, whenever the last meal was.
        Glucose = "glucose",
        /// Body weight.
        Weight = "weight",
        /// Body height or length.
        Height = "height",
        /// Body mass index, which follows from weight and height.
        Bmi = "bmi",
        /// The largest circumference of the head.
        Head = "head",
    }
}

/// The terminology of the codes.
pub(crate) const LOINC: &str = "http://loinc.org";

/// A sign as it is written down, and the other codes that mean the same. Rectal and core temperature and
/// fasting glucose are judged by bands of their own, which are not here: those stay unknown.
struct Known {
    sign: SignName,
    code: &'static str,
    display: &'static str,
    also: &'static [&'static str],
    places: u32,
    units: &'static [Unit],
}

const KNOWN: &[Known] = &[
    Known {
        sign: SignName::Systolic,
        code: "8480-6",
        display: "Systolic blood pressure",
        also: &[],
        places: 0,
        units: units::PRESSURE,
    },
    Known {
        sign: SignName::Diastolic,
        code: "8462-4",
        display: "Diastolic blood pressure",
        also: &[],
        places: 0,
        units: units::PRESSURE,
    },
    Known {
        sign: SignName::Temperature,
        code: "8310-5",
        display: "Body temperature",
        // Oral, tympanic.
        also: &["8331-1", "8333-7"],
        places: 1,
        units: units::TEMPERATURE,
    },
    Known {
        sign: SignName::Pulse,
        code: "8867-4",
        display: "Heart rate",
        also: &[],
        places: 0,
        units: units::RATE,
    },
    Known {
        sign: SignName::Respiration,
        code: "9279-1",
        display: "Respiratory rate",
        also: &[],
        places: 0,
        units: units::RATE,
    },
    Known {
        sign: SignName::Spo2,
        code: "59408-5",
        display: "Oxygen saturation in Arterial blood by Pulse oximetry",
        also: &["2708-6"],
        places: 0,
        units: units::FRACTION,
    },
    Known {
        sign: SignName::Pain,
        code: "72514-3",
        display: "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
        also: &[],
        places: 0,
        units: units::SCORE,
    },
    Known {
        sign: SignName::Glucose,
        code: "41653-7",
        display: "Glucose [Mass/volume] in Capillary blood by Glucometer",
        // In blood and serum by mass, and all three by amount of substance.
        also: &["2339-0", "2345-7", "14743-9", "15074-8", "14749-6"],
        places: 0,
        units: units::GLUCOSE,
    },
    Known {
        sign: SignName::Weight,
        code: "29463-7",
        display: "Body weight",
        also: &["3141-9"],
        places: 1,
        units: units::WEIGHT,
    },
    Known {
        sign: SignName::Height,
        code: "8302-2",
        display: "Body height",
        // Measured, lying.
        also: &["3137-7", "8306-3"],
        places: 1,
        units: units::LENGTH,
    },
    Known {
        sign: SignName::Bmi,
        code: "39156-5",
        display: "Body mass index (BMI) [Ratio]",
        also: &[],
        places: 1,
        units: units::RATIO,
    },
    Known {
        sign: SignName::Head,
        code: "9843-4",
        display: "Head Occipital-frontal circumference",
        // By tape measure.
        also: &["8287-5"],
        places: 1,
        units: units::LENGTH,
    },
];

impl SignName {
    /// Whether it is measured at `ages`: a body mass index says nothing before the second birthday (CDC, weight for
    /// length until then), and a head is measured until the third (WHO and CDC growth charts).
    #[must_use]
    pub fn is_for(self, ages: Option<Ages>) -> bool {
        match self {
            Self::Bmi => ages.is_none_or(|ages| ages.oldest >= Age::Years(2)),
            Self::Head => ages.is_some_and(|ages| ages.youngest < Age::Years(3)),
            _ => true,
        }
    }

    /// The sign that a code means.
    #[must_use]
    pub fn of(code: &Coding) -> Option<Self> {
        let word = code.code.as_deref()?;
        let known = KNOWN.iter().find(|known| known.code == word || known.also.contains(&word))?;
        (code.system.as_deref() == Some(LOINC)).then_some(known.sign)
    }

    /// The code under which it is written down, in `unit`.
    #[must_use]
    pub fn coding(self, unit: Unit) -> Coding {
        // LOINC tells a concentration by mass from one by amount of substance.
        if self == Self::Glucose && unit.code == "mmol/L" {
            return loinc("14743-9", "Glucose [Moles/volume] in Capillary blood by Glucometer");
        }
        self.known().map_or_else(Coding::default, |known| loinc(known.code, known.display))
    }

    /// The code under which both blood pressures are written down together.
    #[must_use]
    pub fn blood_pressure() -> Coding {
        loinc("85354-9", "Blood pressure panel with all children optional")
    }

    /// The decimal places in which it is judged and shown.
    #[must_use]
    pub fn places(self) -> u32 {
        self.known().map_or(0, |known| known.places)
    }

    /// The units in which it may be given; its bands are in the first.
    #[must_use]
    pub fn units(self) -> &'static [Unit] {
        self.known().map_or(&[], |known| known.units)
    }

    /// Whether it follows from others and is never typed.
    #[must_use]
    pub fn is_derived(self) -> bool {
        self == Self::Bmi
    }

    fn known(self) -> Option<&'static Known> {
        KNOWN.iter().find(|known| known.sign == self)
    }
}

fn loinc(code: &str, display: &str) -> Coding {
    Coding { system: Some(LOINC.to_owned()), code: Some(code.to_owned()), display: Some(display.to_owned()) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_sign_has_one_code_of_its_own_and_at_least_one_unit() {
        let mut codes = BTreeSet::new();
        for sign in SignName::ALL {
            let known = sign.known().unwrap();
            assert!(std::iter::once(&known.code).chain(known.also).all(|code| codes.insert(*code)));
            for unit in sign.units() {
                assert_eq!(SignName::of(&sign.coding(*unit)), Some(*sign), "{} {}", sign.word(), unit.code);
            }
            assert!(!sign.units().is_empty(), "{}", sign.word());
        }
    }

    #[test]
    fn a_code_of_another_terminology_is_no_sign_however_alike() {
        let code = |system: Option<&str>, code: &str| Coding {
            system: system.map(str::to_owned),
            code: Some(code.to_owned()),
            display: None,
        };
        assert_eq!(SignName::of(&code(Some(LOINC), "2708-6")), Some(SignName::Spo2));
        assert_eq!(SignName::of(&code(Some("http://snomed.info/sct"), "8867-4")), None);
        assert_eq!(SignName::of(&code(None, "8867-4")), None);
        assert_eq!(SignName::of(&code(Some(LOINC), "718-7")), None);
        assert_eq!(SignName::of(&Coding::default()), None);
    }
}
