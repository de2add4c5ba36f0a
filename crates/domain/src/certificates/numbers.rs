//! Numbers that no two papers share and no network is needed for: `MAIN-02-26-00418-K`.
//!
//! Site, block, year, serial number, check character. A block belongs to one workstation as it was
//! installed once. Its name is given by the workstation that gave it leave, in the very act of giving
//! leave: the first is `01`, its leaves are `02`, `03`, ..; what `02` lets in is `02A`, `02B`, ..; what
//! `02A` lets in is `02A1`, `02A2`. So a name is a path of words, each a run of digits or a run of
//! letters in turn, and nobody has to ask anybody else. `docs/decisions` gives the reasons.

/// The block of the workstation on which a clinic is founded.
pub const FIRST_BLOCK: &str = "01";

/// The signs of a number, each with a value of its own; what looks alike is one sign. The sum is taken
/// modulo their count, which is prime.
const SIGNS: &[u8; 31] = b"0123456789ACDEFGHJKMNPQRTUVWXYZ";

/// Generates all residues modulo 31 but nought: no two places of a number weigh the same.
const WEIGHT: usize = 3;

/// Letters that name blocks.
const LETTERS: &[u8; 21] = b"ACDEFGHJKMNPQRTUVWXYZ";

/// A number without its check character: what its parts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The letters of the site.
    pub site: &'a str,
    /// The block.
    pub block: &'a str,
    /// The year.
    pub year: i16,
    /// The serial number within block and year.
    pub serial: i64,
}

/// The name of the block of the `nth` workstation, from 1, that the workstation of block `giver` lets in.
#[must_use]
pub fn block_of(giver: &str, nth: u64) -> String {
    if giver == FIRST_BLOCK {
        return format!("{:02}", nth + 1);
    }
    let digits_last = giver.bytes().last().is_some_and(|sign| sign.is_ascii_digit());
    if digits_last { format!("{giver}{}", in_letters(nth)) } else { format!("{giver}{nth}") }
}

/// More workstations are let in by none, so that no block is named as one that goes on from an old copy.
pub const MOST_LET_IN: u64 = 21 + 21 * 21;

/// The name of the block of what the workstation of block `before` is when it goes on from an old copy of its folder for
/// the `nth` time, from 1. It stands behind all those that it lets in, so that both count apart: `02AAA` follows `02`,
/// `02A463` follows `02A`. What `01` lets in is named without its own name, so that `01A` is free to follow it.
#[must_use]
pub fn block_after(before: &str, nth: u64) -> String {
    if before == FIRST_BLOCK {
        return format!("{before}{}", in_letters(nth));
    }
    block_of(before, MOST_LET_IN + nth)
}

/// So many names there are for blocks that stand apart: each has four letters behind `01`.
pub const APART: u64 = 21 * 21 * 21 * 21;

/// The name of the block of what goes on from a backup of the workstation of block `first`, or of one that follows it, where
/// there is no server to say which names are given: `nth`, from 1 through [`APART`], is chance. It stands behind the names that
/// a server gives, and is as long however often somebody restores.
#[must_use]
pub fn block_apart(first: &str, nth: u64) -> String {
    block_after(first, 21 + 21 * 21 + 21 * 21 * 21 + nth)
}

/// `nth`, from 1, as a run of letters: A, C, D .. Z, AA, AC ..
pub(crate) fn in_letters(nth: u64) -> String {
    let base = LETTERS.len() as u64;
    let (mut rest, mut letters) = (nth, Vec::new());
    while rest > 0 {
        rest -= 1;
        let index = usize::try_from(rest % base).unwrap_or_default();
        letters.extend(LETTERS.get(index).copied().map(char::from));
        rest /= base;
    }
    letters.into_iter().rev().collect()
}

/// What stands before the serial number in every number of one block and year: `MAIN-02-26`.
#[must_use]
pub fn prefix(site: &str, block: &str, year: i16) -> String {
    format!("{site}-{block}-{:02}", year.rem_euclid(100))
}

/// The whole number.
#[must_use]
pub fn number(parts: Parts) -> String {
    let Parts { site, block, year, serial } = parts;
    let plain = format!("{}-{serial:05}", prefix(site, block, year));
    let check = check_sign(&plain);
    format!("{plain}-{check}")
}

/// What stands before the serial number in a printed number, and that as it is printed: block and place.
#[must_use]
pub fn parted(number: &str) -> Option<(&str, &str)> {
    let (prefix, serial) = number.rsplit_once('-')?.0.rsplit_once('-')?;
    let counted = !serial.is_empty() && serial.bytes().all(|sign| sign.is_ascii_digit());
    counted.then_some((prefix, serial))
}

/// The number as it is looked for: in capitals, without what stands between, and with one sign for those
/// that look alike. `None` when it is no whole number or was misread or mistyped.
#[must_use]
pub fn canonical(text: &str) -> Option<String> {
    let signs: String = text.chars().filter(char::is_ascii_alphanumeric).map(alike).collect();
    let foreign = text.chars().any(|sign| !sign.is_ascii_alphanumeric() && sign != '-' && sign != ' ');
    let fits = !foreign && (10..=30).contains(&signs.len());
    (fits && sum(&signs) == 0).then_some(signs)
}

/// The sign that makes the weighted sum nought.
fn check_sign(plain: &str) -> char {
    let open = sum(&format!("{plain}0"));
    let sign = (SIGNS.len() - open) % SIGNS.len();
    SIGNS.get(sign).copied().map_or('0', char::from)
}

/// The sum of all signs, each weighed by its place from the right, modulo 31.
fn sum(text: &str) -> usize {
    let values = text.chars().filter(char::is_ascii_alphanumeric).map(alike);
    let values = values.map(|sign| SIGNS.iter().position(|known| char::from(*known) == sign).unwrap_or(0));
    values.fold(0, |sum, value| (sum * WEIGHT + value) % SIGNS.len())
}

/// The one sign for those that look alike.
fn alike(sign: char) -> char {
    match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'S' => '5',
        'B' => '8',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn sample(site: &str, block: &str, serial: i64) -> String {
        number(Parts { site, block, year: 2026, serial })
    }

    #[test]
    fn a_number_names_site_block_year_and_place() {
        let number = sample("MAIN", "02", 418);
        assert!(number.starts_with("MAIN-02-26-00418-"), "{number}");
        assert_eq!(number.len(), "MAIN-02-26-00418-K".len());
        assert!(sample("MAIN", "02", 100_000).starts_with("MAIN-02-26-100000-"));
        assert_eq!(parted(&number), Some(("MAIN-02-26", "00418")));
        for wrong in ["MAIN", "MAIN--K", "MAIN-0\"-K", "MAIN-٣-K"] {
            assert_eq!(parted(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_number_is_read_in_small_letters_without_hyphens_and_with_signs_that_look_alike() {
        let number = sample("SOLB", "01", 18);
        let canonical_of = canonical(&number);
        assert!(canonical_of.is_some());
        for read in [
            number.to_lowercase(),
            number.replace('-', ""),
            number.replace('0', "O"),
            number.replace('1', "l"),
        ] {
            assert_eq!(canonical(&read), canonical_of, "{read}");
        }
        for wrong in ["", "MAIN", "MAIN-02-26-00418", &format!("{number};"), &"0".repeat(31)] {
            assert_eq!(canonical(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn blocks_are_named_after_who_gave_leave() {
        assert_eq!([block_of("01", 1), block_of("01", 2), block_of("01", 99)], ["02", "03", "100"]);
        assert_eq!([block_of("02", 1), block_of("02", 2), block_of("02", 22)], ["02A", "02C", "02AA"]);
        assert_eq!([block_of("02A", 1), block_of("02A1", 1)], ["02A1", "02A1A"]);
    }

    #[test]
    fn a_block_that_follows_another_is_named_as_none_that_is_let_in() {
        assert_eq!(
            [block_after("01", 1), block_after("02", 1), block_after("02A", 1)],
            ["01A", "02AAA", "02A463"]
        );
        for before in [FIRST_BLOCK, "02", "02A", "02A463"] {
            let let_in: BTreeSet<String> = (1..=MOST_LET_IN).map(|nth| block_of(before, nth)).collect();
            let after: BTreeSet<String> = (1..50).map(|nth| block_after(before, nth)).collect();
            assert_eq!((after.len(), after.intersection(&let_in).count()), (49, 0), "{before}");
        }
    }

    #[test]
    fn a_block_that_stands_apart_is_named_as_none_that_is_let_in_or_follows_by_a_servers_word() {
        assert_eq!([block_apart("01", 1), block_apart("01", APART)], ["01AAAA", "01ZZZZ"]);
        for before in [FIRST_BLOCK, "02", "02A", "02A463"] {
            let apart: BTreeSet<String> =
                (1..APART).step_by(97).map(|nth| block_apart(before, nth)).collect();
            let others = (1..=MOST_LET_IN).map(|nth| block_of(before, nth));
            let mut others = others.chain((1..=1_000).map(|nth| block_after(before, nth)));
            assert_eq!(
                (apart.len() as u64, others.find(|name| apart.contains(name))),
                (APART / 97 + 1, None)
            );
        }
    }

    /// A path of leaves down from the founding workstation, as the ordinals in which they were given.
    fn name(path: &[u64]) -> String {
        path.iter().fold(FIRST_BLOCK.to_owned(), |giver, nth| block_of(&giver, *nth))
    }

    proptest! {
        #[test]
        fn two_workstations_never_share_a_block_however_apart_they_were_let_in(
            paths in prop::collection::btree_set(prop::collection::vec(1_u64..500, 0..4), 1..60)
        ) {
            let names: BTreeSet<String> = paths.iter().map(|path| name(path)).collect();
            prop_assert_eq!(names.len(), paths.len());
        }

        #[test]
        fn numbers_of_two_blocks_or_places_never_print_the_same(
            one in (prop::collection::vec(1_u64..60, 0..3), 1_i64..200_000),
            other in (prop::collection::vec(1_u64..60, 0..3), 1_i64..200_000),
        ) {
            let printed = |(path, serial): &(Vec<u64>, i64)| sample("MAIN", &name(path), *serial);
            prop_assert_eq!(printed(&one) == printed(&other), one == other);
        }

        #[test]
        fn one_changed_sign_and_two_exchanged_ones_are_caught(
            serial in 1_i64..100_000,
            site in "[A-Z0-9]{2,6}",
            at in any::<prop::sample::Index>(),
            to in any::<prop::sample::Index>(),
            with in prop::sample::select(&SIGNS[..]),
        ) {
            let number = sample(&site, "02", serial);
            let whole = canonical(&number);
            prop_assert!(whole.is_some(), "{}", number);
            let whole = whole.unwrap_or_default().into_bytes();
            let (at, to) = (at.index(whole.len()), to.index(whole.len()));
            let mut changed = whole.clone();
            changed[at] = with;
            let text = String::from_utf8_lossy(&changed).into_owned();
            prop_assert_eq!(canonical(&text).is_some(), changed == whole);
            let mut exchanged = whole.clone();
            exchanged.swap(at, to);
            let text = String::from_utf8_lossy(&exchanged).into_owned();
            prop_assert_eq!(canonical(&text).is_some(), exchanged == whole);
        }
    }
}
