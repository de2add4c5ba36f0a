//! The password policy: length, strength and a blocklist, each refusal with its reason; no rules of
//! composition and no forced change (NIST SP 800-63B, section 5.1.1.2).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

/// The least length in characters where there is no second factor.
pub const SHORTEST: usize = 15;
/// More characters than this are refused, so that stretching stays bounded.
pub const LONGEST: usize = 512;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PasswordFault {
    /// Fewer than [`SHORTEST`] characters.
    Short,
    /// More than [`LONGEST`] characters.
    Long,
    /// It can be guessed: common words, a pattern, a date or a repetition.
    Guessable,
    /// It holds the person's or the clinic's name.
    Personal,
}

/// Whether `password` may be used by somebody known by `names`.
///
/// # Errors
/// The first fault, in the order of [`PasswordFault`].
pub fn check_password(password: &str, names: &[&str]) -> Result<(), PasswordFault> {
    let password: String = password.nfkc().collect();
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(PasswordFault::Short);
    }
    if length > LONGEST {
        return Err(PasswordFault::Long);
    }
    let lower = password.to_lowercase();
    let words = names.iter().flat_map(|name| name.split_whitespace());
    let mut rest = lower.clone();
    for word in words.filter(|word| word.chars().count() >= 4) {
        rest = rest.replace(&word.to_lowercase(), "");
    }
    if rest.chars().count() < SHORTEST && rest != lower {
        return Err(PasswordFault::Personal);
    }
    if is_of_a_clinics_kind(&lower) {
        return Err(PasswordFault::Guessable);
    }
    // Estimating looks at the first hundred characters; more never make a password weaker.
    let head: String = password.chars().take(100).collect();
    if zxcvbn::zxcvbn(&head, names).score() < zxcvbn::Score::Three {
        return Err(PasswordFault::Guessable);
    }
    Ok(())
}

/// Phrases that many people know by heart, in the languages of the clinics, by their letters and figures alone.
const PHRASES: [&str; 39] = [
    "abcdefghijklmnopqrstuvwxyz",
    "akoaypilipino",
    "amanaminsumasalangitka",
    "anappleadaykeepsthedoctoraway",
    "bahaykubokahitmunti",
    "bayangmagiliw",
    "correcthorsebatterystaple",
    "dontforgetyourpassword",
    "enunlugardelamancha",
    "firstdonoharm",
    "forgodsolovedtheworld",
    "hailmaryfullofgrace",
    "happybirthdaytoyou",
    "humptydumptysatonawall",
    "iloveyou",
    "itwasthebestoftimes",
    "jesuslovesyou",
    "letmeinplease",
    "loremipsumdolorsitamet",
    "lupanghinirang",
    "magandangumagapo",
    "magandangarawpo",
    "mahalkita",
    "maligayangpasko",
    "maytheforcebewithyou",
    "maryhadalittlelamb",
    "onceuponatime",
    "opensesame",
    "ourfatherwhoartinheaven",
    "padrenuestroqueestasenelcielo",
    "perlasngsilanganan",
    "primumnonnocere",
    "salamatpo",
    "thelordismyshepherd",
    "thequickbrownfoxjumpsoverthelazydog",
    "tobeornottobethatisthequestion",
    "twinkletwinklelittlestar",
    "wewishyouamerrychristmas",
    "youshallnotpass",
];

/// Words that stand on every wall of a clinic, and those that people put before and behind a password.
const WORDS: [&str; 72] = [
    "administrator",
    "admin",
    "ambulance",
    "april",
    "appointment",
    "august",
    "birthday",
    "bukas",
    "certificate",
    "clinica",
    "clinic",
    "december",
    "default",
    "dentist",
    "department",
    "doctor",
    "doktor",
    "emergency",
    "enero",
    "february",
    "friday",
    "gamot",
    "health",
    "hospital",
    "infirmary",
    "january",
    "july",
    "june",
    "kalusugan",
    "klinika",
    "linggo",
    "local",
    "login",
    "lunes",
    "manila",
    "march",
    "martes",
    "medical",
    "medicine",
    "miyerkules",
    "mobile",
    "monday",
    "number",
    "november",
    "nurse",
    "october",
    "ospital",
    "password",
    "passwort",
    "patient",
    "pasyente",
    "pharmacy",
    "philippines",
    "phone",
    "telephone",
    "pilipinas",
    "reception",
    "sabado",
    "saturday",
    "school",
    "secret",
    "september",
    "staff",
    "student",
    "summer",
    "sunday",
    "thursday",
    "tuesday",
    "university",
    "wednesday",
    "welcome",
    "winter",
];

/// So few letters beside what is known are soon guessed.
const LEAST_BESIDE: usize = 8;

/// Whether little is left of `lower` once dates, telephone numbers, repetitions, well-known phrases and the words of
/// every clinic are taken out: what an estimate of general use takes for long and therefore strong.
fn is_of_a_clinics_kind(lower: &str) -> bool {
    // A date, a telephone number, the number of a form: figures and what stands between them.
    if lower.chars().filter(|sign| sign.is_alphabetic()).count() < 4 {
        return true;
    }
    let words: std::collections::BTreeSet<&str> =
        lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let distinct: usize = words.iter().map(|word| word.chars().count()).sum();
    let mut rest: String = lower.chars().filter(|sign| sign.is_alphanumeric()).collect();
    if distinct < LEAST_BESIDE || is_repeated(&rest) {
        return true;
    }
    let whole = rest.len();
    for phrase in PHRASES {
        rest = rest.replace(phrase, "");
    }
    for word in WORDS {
        rest = rest.replace(word, "");
    }
    let beside = rest.chars().filter(|sign| sign.is_alphabetic()).count();
    beside < LEAST_BESIDE && rest.len() < whole
}

/// A stretch of so many signs is no weaker for being typed again.
const LEAST_REPEATED: usize = 12;

/// Whether `text` is a short beginning of itself again and again.
fn is_repeated(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    (1..=signs.len() / 2).any(|length| {
        length < LEAST_REPEATED && signs.iter().zip(signs.iter().skip(length)).all(|(one, next)| one == next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_unlikely_phrase_in_any_script_is_taken() {
        for good in [
            "quiet tram under nine lemons",
            "tahimik na tren sa ilalim",
            "тихий трамвай под лимоном",
            "odd tin horse 41 under a wet slate roof with four blue jars",
            &"otter lamp tide 7 ".repeat(28),
        ] {
            assert_eq!(check_password(good, &["Maria Reyes"]), Ok(()), "{good}");
        }
    }

    #[test]
    fn each_fault_is_named() {
        let names = ["Maria Reyes", "University Clinic"];
        assert_eq!(check_password("tram9lemons", &names), Err(PasswordFault::Short));
        assert_eq!(check_password(&"ab cd ".repeat(100), &names), Err(PasswordFault::Long));
        assert_eq!(check_password("passwordpassword", &names), Err(PasswordFault::Guessable));
        assert_eq!(check_password("aaaaaaaaaaaaaaaaaaaa", &names), Err(PasswordFault::Guessable));
        assert_eq!(check_password("maria reyes clinic", &names), Err(PasswordFault::Personal));
    }

    #[test]
    fn what_people_of_a_clinic_would_choose_and_guess_is_refused() {
        for weak in [
            "22 November 2026 22 November",
            "12/05/1990 - 13/06/1991",
            "0917 123 4567 0917 123 4567",
            "+63 917 123 4567 local 12",
            "turnip turnip turnip turnip",
            "zebra9zebra9zebra9zebra9",
            "mahal kita mahal kita 123",
            "The quick brown fox jumps over the lazy dog",
            "To be or not to be, that is the question",
            "Magandang umaga po 2026!!",
            "Welcome to the clinic 2026",
            "University Hospital Nurse 1",
            "administrator password 2026",
            "Bahay kubo, kahit munti",
            "primum non nocere 12345",
        ] {
            assert_eq!(check_password(weak, &[]), Err(PasswordFault::Guessable), "{weak}");
        }
        for good in
            ["eleven doctors paint a violin", "the clinic of purple walruses", "violet 41 kettle moss 1990"]
        {
            assert_eq!(check_password(good, &[]), Ok(()), "{good}");
        }
    }
}
