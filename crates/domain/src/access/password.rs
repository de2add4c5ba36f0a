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
    // Estimating looks at the first hundred characters; more never make a password weaker.
    let head: String = password.chars().take(100).collect();
    if zxcvbn::zxcvbn(&head, names).score() < zxcvbn::Score::Three {
        return Err(PasswordFault::Guessable);
    }
    Ok(())
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
            &"strange ".repeat(3).replace("strange ", "odd tin horse 41 "),
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
}
