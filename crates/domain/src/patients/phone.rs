//! Telephone numbers as people write them, read alike wherever they are typed, stored or compared.

/// As short as a number that is given to others.
pub(super) const SHORTEST: usize = 7;
/// As long as a number can be with its country's (ITU-T E.164).
const LONGEST: usize = 15;
/// As long as a number within a country is; what stands before it is the country's or the trunk's.
pub(super) const NATIONAL: usize = 10;

/// A telephone number as it is known at home: `+63 917 555 0101` and `0917 555 0101` are one. Digits that nothing marks
/// as a telephone's, neither `+` nor a leading zero, stay as they are: other long numbers are typed too.
pub(super) fn at_home(written: &str) -> String {
    let digits = digits(written);
    let is_prefixed = written.trim_start_matches(['(', ' ']).starts_with(['+', '0']);
    if is_prefixed { last(&digits, NATIONAL).unwrap_or(&digits).to_owned() } else { digits }
}

/// The numbers in a field that is for telephone numbers, each in full and without its country, trunk or area.
pub(super) fn in_field(written: &str) -> Vec<Vec<String>> {
    let fields = written.split(['/', ';', ',']).map(digits).filter(|digits| !digits.is_empty());
    let forms = |digits: String| {
        let tails =
            [NATIONAL, SHORTEST].into_iter().filter_map(|length| last(&digits, length)).map(str::to_owned);
        std::iter::once(digits.clone()).chain(tails).collect()
    };
    fields.map(forms).collect()
}

/// Whether a field holds telephone numbers and nothing else.
#[must_use]
pub fn is_telephone(written: &str) -> bool {
    let is_number = |part: &str| {
        let count = digits(part).len();
        (SHORTEST..=LONGEST).contains(&count) && !part.contains(char::is_alphabetic)
    };
    let mut parts = written.split(['/', ';', ',']).map(str::trim).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(is_number)
}

/// Whether both fields hold one number.
#[must_use]
pub fn share(one: &str, other: &str) -> bool {
    let known = |written: &str| -> Vec<String> {
        let numbers = written.split(['/', ';', ',']).map(digits);
        let numbers = numbers.map(|digits| last(&digits, NATIONAL).unwrap_or(&digits).to_owned());
        numbers.filter(|digits| digits.len() >= SHORTEST).collect()
    };
    let others = known(other);
    known(one).iter().any(|number| others.contains(number))
}

/// The digits of `written`, of whatever script.
fn digits(written: &str) -> String {
    super::plain(written).chars().filter(char::is_ascii_digit).collect()
}

/// The last `length` digits of a longer number.
fn last(digits: &str, length: usize) -> Option<&str> {
    digits.len().checked_sub(length).filter(|start| *start > 0).and_then(|start| digits.get(start..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_for_telephones_holds_numbers_and_nothing_else() {
        for written in ["0917 555 0101", "+63 (917) 555-0101 / 555 0199", "9175550101"] {
            assert!(is_telephone(written), "{written}");
        }
        for written in ["", "n/a", "none", "12", "0917 555 0101 (mother)", "0917555010109175550101"] {
            assert!(!is_telephone(written), "{written}");
        }
    }

    #[test]
    fn one_number_is_one_with_its_country_its_trunk_or_neither() {
        for written in
            ["+63 917 555 0101", "0917 555 0101", "(0917) 555-0101", "0063 917 5550101", "９１７ 555 0101"]
        {
            assert_eq!(at_home(written), "9175550101", "{written}");
            assert!(share(written, "63-917-555-0101"), "{written}");
        }
        assert_eq!(at_home("201910488312"), "201910488312", "a number of something else");
        assert!(share("02 555 0199 / 0917 555 0101", "+639175550101"));
        assert!(!share("0917 555 0101", "0917 555 0102"));
        assert!(!share("12", "12"), "an extension");
        assert_eq!(in_field("0917 555 0101"), [["09175550101", "9175550101", "5550101"]]);
    }
}
