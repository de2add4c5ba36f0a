//! One taking of vital signs: what was typed, whether it can be so, and how it is written down.

use std::collections::BTreeMap;

use rust_decimal::Decimal as Number;

use super::units::{Unit, bmi};
use super::{Band, Component, Level, Observation, SignName, bands, judge};
use crate::record::{Entries, Quantity};
use crate::{Ages, Decimal};

/// A value as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Of what.
    pub sign: SignName,
    /// How much, digit for digit.
    pub value: Decimal,
    /// In which unit; nothing means the sign's first.
    pub unit: Option<String>,
}

/// A value that can be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Of what.
    pub sign: SignName,
    /// As it is written down.
    pub quantity: Quantity,
    /// How it lies to what is expected.
    pub level: Level,
    /// Whether it is unlikely, and meant.
    pub confirmed: bool,
    unit: Unit,
    in_first: Number,
}

/// Why a taking is not written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// It cannot be so.
    Impossible(SignName),
    /// It goes with another that was not given.
    Missing(SignName),
    /// Somebody has to say that they mean it.
    Implausible {
        /// Of what.
        sign: SignName,
        /// Within what it is plausible, in the sign's first unit.
        band: Band,
    },
}

/// Judges what was typed of somebody of one of `ages`, where `confirmed` are the signs of which an implausible value
/// is meant. Weight with height gives the body mass index, where it says something at that age.
///
/// # Errors
/// The first [`Objection`]; an impossible value before any that is only implausible.
pub fn taking(
    typed: &[Typed],
    confirmed: &[SignName],
    ages: Option<Ages>,
) -> Result<Vec<Measured>, Objection> {
    let mut taken: Vec<Measured> = Vec::new();
    for value in typed {
        let impossible = Objection::Impossible(value.sign);
        if value.sign.is_derived() || taken.iter().any(|other| other.sign == value.sign) {
            return Err(impossible);
        }
        let unit = Unit::written(value.sign, value.unit.as_deref());
        let measured = unit.and_then(|unit| measure(value.sign, value.value.clone(), unit, ages));
        taken.push(measured.ok_or(impossible)?);
    }
    let of = |sign| taken.iter().find(|measured| measured.sign == sign);
    match (of(SignName::Systolic), of(SignName::Diastolic)) {
        // A lower one alone means nothing; an upper one alone is felt at the wrist.
        (None, Some(_)) => return Err(Objection::Missing(SignName::Systolic)),
        (Some(upper), Some(lower)) if upper.in_first <= lower.in_first => {
            return Err(Objection::Impossible(SignName::Diastolic));
        }
        _ => {}
    }
    if let (Some(weight), Some(height), true) =
        (of(SignName::Weight), of(SignName::Height), SignName::Bmi.is_for(ages))
    {
        let index = bmi(weight.in_first, height.in_first);
        let unit = Unit::written(SignName::Bmi, None);
        let index = index.zip(unit).and_then(|(index, unit)| measure(SignName::Bmi, index, unit, ages));
        // Each is possible and both together are not: one of the two is a slip, mostly of the unit.
        taken.push(index.ok_or(Objection::Impossible(SignName::Weight))?);
    }
    for measured in &mut taken {
        let band = bands(measured.sign, ages).plausible;
        if !band.holds(measured.in_first) {
            if !confirmed.contains(&measured.sign) {
                return Err(Objection::Implausible { sign: measured.sign, band });
            }
            measured.confirmed = true;
        }
    }
    Ok(taken)
}

/// The value, where a living person can have it.
fn measure(sign: SignName, value: Decimal, unit: Unit, ages: Option<Ages>) -> Option<Measured> {
    let in_first = unit.in_first(&value)?;
    let possible = bands(sign, ages).possible.holds(in_first);
    possible.then(|| Measured {
        sign,
        quantity: unit.quantity(value),
        level: judge(sign, in_first, ages),
        confirmed: false,
        unit,
        in_first,
    })
}

/// What is written down of a taking, each with the fields of `common`: the two blood pressures together and
/// first, everything else by itself in the order of `taken`.
#[must_use]
pub fn observations(taken: &[Measured], common: &Observation) -> Vec<Observation> {
    let is_pressure =
        |measured: &&Measured| matches!(measured.sign, SignName::Systolic | SignName::Diastolic);
    let meant = |confirmed: bool| confirmed.then_some(true);
    let pressures: Vec<&Measured> = taken.iter().filter(is_pressure).collect();
    let mut observations = Vec::new();
    if !pressures.is_empty() {
        let part = |measured: &&Measured| {
            let component = Component {
                code: Some(measured.sign.coding(measured.unit)),
                quantity: Some(measured.quantity.clone()),
                ..Component::default()
            };
            (measured.sign.word().to_owned(), component)
        };
        let observation = Observation {
            code: Some(SignName::blood_pressure()),
            components: Some(Entries(pressures.iter().map(part).collect::<BTreeMap<_, _>>())),
            confirmed: meant(pressures.iter().any(|measured| measured.confirmed)),
            ..common.clone()
        };
        observations.push(observation);
    }
    for measured in taken.iter().filter(|measured| !is_pressure(measured)) {
        let observation = Observation {
            code: Some(measured.sign.coding(measured.unit)),
            quantity: Some(measured.quantity.clone()),
            confirmed: meant(measured.confirmed),
            ..common.clone()
        };
        observations.push(observation);
    }
    observations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Age;

    const ADULT: Option<Ages> = Some(Ages::exactly(Age::Years(20)));

    fn typed(sign: SignName, value: &str, unit: Option<&str>) -> Typed {
        Typed { sign, value: value.parse().unwrap(), unit: unit.map(str::to_owned) }
    }

    fn plain(values: &[(SignName, &str)]) -> Vec<Typed> {
        values.iter().map(|(sign, value)| typed(*sign, value, None)).collect()
    }

    #[test]
    fn a_taking_keeps_what_was_typed_and_knows_the_body_mass_index() {
        let values = [
            typed(SignName::Weight, "154.3", Some("lb")),
            typed(SignName::Height, "1.75", Some("m")),
            typed(SignName::Systolic, "128", None),
            typed(SignName::Diastolic, "82", None),
        ];
        let taken = taking(&values, &[], ADULT).unwrap();
        let written = observations(&taken, &Observation::default());
        let codes: Vec<String> =
            written.iter().filter_map(|written| written.code.as_ref()?.code.clone()).collect();
        assert_eq!(codes, ["85354-9", "29463-7", "8302-2", "39156-5"]);
        let quantity = |index: usize| written[index].quantity.clone().unwrap();
        assert_eq!((quantity(1).value.as_str(), quantity(1).code.as_deref()), ("154.3", Some("[lb_av]")));
        assert_eq!(quantity(3).value.as_str(), "22.9");
        let parts = &written[0].components.as_ref().unwrap().0;
        assert_eq!(parts["diastolic"].quantity.as_ref().unwrap().value.as_str(), "82");
    }

    #[test]
    fn what_cannot_be_so_is_refused_whatever_is_confirmed() {
        let all = SignName::ALL;
        for (values, objection) in [
            (plain(&[(SignName::Pulse, "401")]), Objection::Impossible(SignName::Pulse)),
            (plain(&[(SignName::Pain, "11")]), Objection::Impossible(SignName::Pain)),
            (plain(&[(SignName::Bmi, "22")]), Objection::Impossible(SignName::Bmi)),
            (
                plain(&[(SignName::Pulse, "70"), (SignName::Pulse, "71")]),
                Objection::Impossible(SignName::Pulse),
            ),
            (plain(&[(SignName::Diastolic, "80")]), Objection::Missing(SignName::Systolic)),
            (
                plain(&[(SignName::Systolic, "80"), (SignName::Diastolic, "80")]),
                Objection::Impossible(SignName::Diastolic),
            ),
            (
                plain(&[(SignName::Weight, "600"), (SignName::Height, "20")]),
                Objection::Impossible(SignName::Weight),
            ),
            (
                vec![typed(SignName::Temperature, "37", Some("K"))],
                Objection::Impossible(SignName::Temperature),
            ),
        ] {
            assert_eq!(taking(&values, all, ADULT), Err(objection));
        }
    }

    #[test]
    fn what_is_unlikely_is_asked_once_and_kept_as_meant() {
        let values = plain(&[(SignName::Temperature, "98.6"), (SignName::Pulse, "240")]);
        // Degrees Fahrenheit in the field for Celsius are no temperature at all.
        assert_eq!(taking(&values, &[], ADULT), Err(Objection::Impossible(SignName::Temperature)));
        let values = plain(&[(SignName::Pulse, "240"), (SignName::Spo2, "98")]);
        let asked = taking(&values, &[SignName::Spo2], ADULT).unwrap_err();
        let Objection::Implausible { sign, band } = asked else { panic!("{asked:?}") };
        assert_eq!((sign, band.high.unwrap().as_str()), (SignName::Pulse, "220"));
        let taken = taking(&values, &[SignName::Pulse], ADULT).unwrap();
        assert_eq!(taken.iter().map(|one| one.confirmed).collect::<Vec<_>>(), [true, false]);
        assert!(taking(&plain(&[(SignName::Pulse, "240")]), &[], Some(Ages::exactly(Age::Weeks(5)))).is_ok());
    }

    #[test]
    fn weight_and_height_in_each_others_field_are_asked_about() {
        let values = plain(&[(SignName::Weight, "170"), (SignName::Height, "120")]);
        let asked = taking(&values, &[], ADULT).unwrap_err();
        assert!(matches!(asked, Objection::Implausible { sign: SignName::Bmi, .. }), "{asked:?}");
    }
}
