//! What measured values ask for: a raised blood pressure is measured again before anybody believes it (ISH
//! 2020), and what is raised twice or critical is a clinician's.

use super::{Level, Levels, Measured, Observation, SignName};
use crate::choice;

choice! {
    /// What is to be done now, about what was measured.
    pub enum Advice {
        /// Measure the blood pressure once more after some minutes of rest.
        RepeatBloodPressure = "repeat_blood_pressure",
        /// Tell a clinician at once.
        TellClinician = "tell_clinician",
    }
}

/// How long a value asks for something, in milliseconds.
pub const ADVISED_FOR: i64 = 24 * 3_600_000;

/// What is to be done about a taking.
#[must_use]
pub fn advice(taken: &[Measured]) -> Vec<Advice> {
    let raised = taken.iter().any(|measured| is_raised(measured.sign, measured.level));
    listed(raised, taken.iter().any(|measured| measured.level.is_critical()))
}

/// What is to be done about the latest measurement of its sort, of which an earlier one was `raised_before`.
#[must_use]
pub fn advice_about(observation: &Observation, levels: &Levels, raised_before: bool) -> Vec<Advice> {
    let raised = is_raised_pressure(observation, levels);
    listed(raised && !raised_before, levels.whole.is_critical() || raised && raised_before)
}

/// Whether it is a blood pressure that is high in one of its parts.
#[must_use]
pub fn is_raised_pressure(observation: &Observation, levels: &Levels) -> bool {
    let own = (observation.code.as_ref(), levels.whole);
    let parts = observation.components.iter().flat_map(|components| &components.0);
    let parts = parts.map(|(entry, part)| (part.code.as_ref(), levels.parts.get(entry).copied()));
    let parts = parts.map(|(code, level)| (code, level.unwrap_or(Level::Unknown)));
    let mut all = std::iter::once(own).chain(parts);
    all.any(|(code, level)| code.and_then(SignName::of).is_some_and(|sign| is_raised(sign, level)))
}

fn is_raised(sign: SignName, level: Level) -> bool {
    matches!(sign, SignName::Systolic | SignName::Diastolic)
        && matches!(level, Level::High | Level::CriticalHigh)
}

fn listed(repeat: bool, tell: bool) -> Vec<Advice> {
    let advice = [(repeat, Advice::RepeatBloodPressure), (tell, Advice::TellClinician)];
    advice.into_iter().filter(|(due, _)| *due).map(|(_, advice)| advice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::{Typed, levels, observations, taking};
    use crate::{Age, Ages};

    const ADULT: Option<Ages> = Some(Ages::exactly(Age::Years(20)));

    fn taken(values: &[(SignName, &str)]) -> Vec<Measured> {
        let typed = |(sign, value): &(SignName, &str)| Typed {
            sign: *sign,
            value: value.parse().unwrap(),
            unit: None,
        };
        taking(&values.iter().map(typed).collect::<Vec<_>>(), &[], ADULT).unwrap()
    }

    fn pressure(upper: &'static str, lower: &'static str) -> [(SignName, &'static str); 2] {
        [(SignName::Systolic, upper), (SignName::Diastolic, lower)]
    }

    #[test]
    fn what_is_to_be_done_follows_from_the_levels() {
        use Advice::{RepeatBloodPressure, TellClinician};
        assert_eq!(advice(&taken(&pressure("120", "80"))), []);
        assert_eq!(advice(&taken(&pressure("90", "50"))), [TellClinician]);
        assert_eq!(advice(&taken(&pressure("135", "95"))), [RepeatBloodPressure]);
        assert_eq!(advice(&taken(&pressure("190", "95"))), [RepeatBloodPressure, TellClinician]);
        assert_eq!(advice(&taken(&[(SignName::Spo2, "88")])), [TellClinician]);
    }

    #[test]
    fn a_pressure_that_is_raised_again_is_a_clinicians() {
        let about = |values: &[(SignName, &str)], before| {
            let observation = observations(&taken(values), &Observation::default()).remove(0);
            advice_about(&observation, &levels(&observation, ADULT), before)
        };
        assert_eq!(about(&pressure("148", "92"), false), [Advice::RepeatBloodPressure]);
        assert_eq!(about(&pressure("148", "92"), true), [Advice::TellClinician]);
        assert_eq!(about(&pressure("128", "82"), true), []);
        assert_eq!(about(&[(SignName::Pulse, "110")], true), []);
    }
}
