//! Whether two allergies may be to one thing, however it was spelt.

use super::{Allergy, search_words};

/// Words that tell two writings of one substance not apart.
const BESIDE: [&str; 8] = ["allergy", "and", "drug", "drugs", "medicine", "product", "products", "the"];

/// So many letters a word has at least in which one may be wrong.
const SLIPS_FROM: usize = 5;

impl Allergy {
    /// Whether both may be to one substance: all words of one are words of the other, but for a slip.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let (one, other) = (words(self), words(other));
        let (fewer, more) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        !fewer.is_empty() && fewer.iter().all(|word| more.iter().any(|other| is_one_word(word, other)))
    }
}

/// The words of a substance as they sound.
fn words(allergy: &Allergy) -> Vec<String> {
    let words = search_words(allergy.substance.as_deref().unwrap_or_default()).into_iter();
    words.filter(|word| !BESIDE.contains(&word.as_str())).map(|word| sound(&word)).collect()
}

/// A word with what people write in two ways written in one: `ph` and `f`, `y` and `i`, doubled letters, the plural.
fn sound(word: &str) -> String {
    let one = word.strip_suffix('s').filter(|one| one.chars().count() >= 3).unwrap_or(word);
    let mut sound: Vec<char> = one.replace("ph", "f").replace('y', "i").replace("oe", "e").chars().collect();
    sound.dedup();
    sound.into_iter().collect()
}

/// The first letter is seldom wrong, and often tells two substances apart.
fn is_one_word(one: &str, other: &str) -> bool {
    let shorter = one.chars().count().min(other.chars().count());
    let slips = usize::from(shorter >= SLIPS_FROM);
    one.chars().next() == other.chars().next() && strsim::osa_distance(one, other) <= slips
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_like(one: &str, other: &str) -> bool {
        let to = |substance: &str| Allergy { substance: Some(substance.to_owned()), ..Allergy::default() };
        assert_eq!(to(one).is_like(&to(other)), to(other).is_like(&to(one)), "{one} {other}");
        to(one).is_like(&to(other))
    }

    #[test]
    fn one_substance_is_known_however_it_is_spelt() {
        for (one, other) in [
            ("penicilin", "Penicillin"),
            ("Peniciline", "PENICILLIN"),
            ("penecillin", "Penicillin G"),
            ("Amoxycillin", "amoxicillin 500 mg"),
            ("ibuprophen", "Ibuprofen"),
            ("Sulphonamides", "sulfonamide"),
            ("asprin", "Aspirin"),
            ("Shelfish", "shellfish"),
            ("egg", "Eggs"),
            ("peanuts", "Peanut allergy"),
            ("milk", "cow milk"),
            ("Латекс", "латекс"),
            ("花生", "花生"),
        ] {
            assert!(is_like(one, other), "{one} {other}");
        }
    }

    #[test]
    fn two_substances_are_two_however_alike_they_are_written() {
        for (one, other) in [
            ("Amoxicillin", "Ampicillin"),
            ("Cefixime", "Cefotaxime"),
            ("Prednisone", "Prednisolone"),
            ("Penicillin", "Penicillamine"),
            ("Codeine", "Cocaine"),
            ("Peanut", "Walnut"),
            ("cow milk", "goat milk"),
            ("", "Egg"),
            ("allergy", "drugs"),
        ] {
            assert!(!is_like(one, other), "{one} {other}");
        }
    }
}
