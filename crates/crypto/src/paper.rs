//! A secret on paper: letters and digits that a tired person can type back.
//!
//! Crockford's base 32 (no I, L, O, U): four lines of fifteen characters in groups of five, the last
//! one of a line a check character. The check is a sum over GF(32) in which each place has its own weight, and
//! each line its own start: any one wrong character, any two characters swapped within a line, and
//! any two lines swapped are found, and the line is named. The 35 bytes below are a tag, the secret
//! and the first two bytes of SHA-256 over `clinicdesk/paper/1`, tag and secret.

use zeroize::{Zeroize, Zeroizing};

use crate::digest::sha256;
use crate::secret::Secret;

/// How many lines a secret takes.
pub const LINES: usize = 4;

/// Text that is not the paper it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistyped {
    /// A character of this line, from 1, is wrong or not one of the alphabet.
    #[error("line {0} is mistyped")]
    Line(usize),
    /// This line, from 1, is too long or too short.
    #[error("line {0} has too many or too few characters")]
    Length(usize),
    /// Not as many lines as a paper has.
    #[error("the paper has four lines")]
    Lines,
    /// Each line is right by itself, and together they are not one paper.
    #[error("the lines are not of one paper")]
    Whole,
    /// Another sort of paper.
    #[error("this is another paper")]
    Kind,
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PER_LINE: usize = 14;
const TYPED: usize = PER_LINE + 1;
const BYTES: usize = 35;

/// The lines of `secret` under `tag`.
pub(crate) fn print(tag: u8, secret: &Secret<32>) -> [Zeroizing<String>; LINES] {
    let bytes = framed(tag, secret);
    let digits = digits(&bytes);
    let mut lines = digits.chunks(PER_LINE).zip(1..);
    std::array::from_fn(|_| {
        let mut text = Zeroizing::new(String::with_capacity(TYPED + 2));
        let (line, number) = lines.next().unwrap_or((&[], 0));
        let check = [check(number, line)];
        for (place, digit) in line.iter().chain(&check).enumerate() {
            if place > 0 && place % 5 == 0 {
                text.push('-');
            }
            text.push(char::from(letter(*digit)));
        }
        text
    })
}

/// The secret of lines that [`print()`] gave for `tag`: case, spaces and hyphens do not matter, O is 0,
/// I and L are 1. Line breaks may be missing, and what else stands on the paper may be there.
pub(crate) fn parse(text: &str) -> Result<(u8, Secret<32>), Mistyped> {
    let papers = papers(text).map_err(|(_, mistyped)| mistyped)?;
    let [paper] = <[_; 1]>::try_from(papers).map_err(|_| Mistyped::Lines)?;
    Ok(paper)
}

/// The tag and the secret of each paper in `text`. A line of a paper is known by its look; where too few look so, one of them is
/// too long or too short, and where still too few, whatever is there counts as a line.
pub(crate) fn papers(text: &str) -> Result<Vec<(u8, Secret<32>)>, (usize, Mistyped)> {
    let lines = lines(text);
    let mut fault = None;
    for looks in [Looks::Right, Looks::Typed, Looks::Near, Looks::Other] {
        let lines: Vec<&[u8]> =
            lines.iter().filter(|line| line.looks <= looks).map(|line| line.signs.as_slice()).collect();
        if lines.is_empty() || !lines.len().is_multiple_of(LINES) {
            continue;
        }
        let papers = lines.chunks(LINES).zip(1..);
        let read = papers.map(|(lines, place)| secret(lines).map_err(|mistyped| (place, mistyped)));
        match read.collect() {
            Ok(papers) => return Ok(papers),
            Err(found) => fault = fault.or(Some(found)),
        }
    }
    Err(fault.unwrap_or((1, Mistyped::Lines)))
}

/// The tag and the secret of the four lines of one paper.
fn secret(lines: &[&[u8]]) -> Result<(u8, Secret<32>), Mistyped> {
    if let Some(place) = lines.iter().position(|line| line.len() != TYPED) {
        return Err(Mistyped::Length(place + 1));
    }
    let mut digits = Zeroizing::new(Vec::with_capacity(PER_LINE * LINES));
    for (line, number) in lines.iter().zip(1u8..) {
        let wrong = Mistyped::Line(usize::from(number));
        let typed: Option<Vec<u8>> = line.iter().map(|letter| digit(*letter)).collect();
        let typed = Zeroizing::new(typed.ok_or(wrong)?);
        let (last, line) = typed.split_last().ok_or(wrong)?;
        if *last != check(number, line) {
            return Err(wrong);
        }
        digits.extend_from_slice(line);
    }
    let bytes = bytes(&digits);
    let (tag, rest) = bytes.split_first().ok_or(Mistyped::Whole)?;
    let secret = rest.get(..32).and_then(Secret::from_slice).ok_or(Mistyped::Whole)?;
    if framed(*tag, &secret) == bytes { Ok((*tag, secret)) } else { Err(Mistyped::Whole) }
}

fn framed(tag: u8, secret: &Secret<32>) -> Zeroizing<Vec<u8>> {
    let digest = sha256(&[b"clinicdesk/paper/1", &[tag], secret.expose()]);
    let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES));
    bytes.push(tag);
    bytes.extend_from_slice(secret.expose());
    bytes.extend_from_slice(&digest[..2]);
    bytes
}

/// How much something looks like a line of a paper.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Looks {
    /// Its check character is right, whichever line it is.
    Right,
    /// It has the characters of a line, in groups of five or in one.
    Typed,
    /// It has a few more or less.
    Near,
    /// Prose.
    Other,
}

/// Something that may be a line of a paper.
struct Line {
    looks: Looks,
    /// Its characters, without what only helps the eye.
    signs: Zeroizing<Vec<u8>>,
}

/// What stands in `text`, line by line; four lines that follow each other without a break are four.
fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for text in text.split(['\n', '\r']) {
        let groups = groups(without_number(text));
        let signs = |groups: &[&str]| Zeroizing::new(groups.concat().into_bytes());
        let whole = signs(&groups);
        if whole.len() == TYPED * LINES {
            lines.extend(whole.chunks(TYPED).map(|line| Line::of(Zeroizing::new(line.to_vec()), true)));
        } else if let [number, line @ ..] = groups.as_slice()
            && is_number(number)
            && line.first().is_some_and(|group| group.len() >= 5)
        {
            lines.push(Line::of(signs(line), is_grouped(line)));
        } else if !whole.is_empty() {
            lines.push(Line::of(whole, is_grouped(&groups)));
        }
    }
    lines
}

/// A line without the number and its sign that somebody typed before it, as `1.` or `2)`.
fn without_number(text: &str) -> &str {
    let number = text.trim_start().strip_prefix(['1', '2', '3', '4']);
    number.and_then(|rest| rest.strip_prefix(['.', ')', ':'])).unwrap_or(text)
}

/// What stands between spaces and hyphens, of whichever sort.
fn groups(text: &str) -> Vec<&str> {
    let helps = |sign: char| {
        sign.is_whitespace()
            || matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}' | '\u{feff}')
    };
    text.split(helps).filter(|group| !group.is_empty()).collect()
}

/// Whether it is the number that is printed before a line.
fn is_number(group: &str) -> bool {
    matches!(group.trim_end_matches(['.', ')', ':']), "1" | "2" | "3" | "4")
}

/// Whether a line is printed so, or without anything that helps the eye.
fn is_grouped(groups: &[&str]) -> bool {
    groups.len() == 1 || groups.iter().all(|group| group.len() == 5)
}

impl Line {
    fn of(signs: Zeroizing<Vec<u8>>, grouped: bool) -> Self {
        let (bare, has_digit) = (signs.is_ascii(), signs.iter().any(u8::is_ascii_digit));
        let bare = bare && signs.iter().all(u8::is_ascii_alphanumeric);
        let looks = match signs.len() {
            TYPED if bare && grouped && (1..=LINES).any(|number| is_checked(number, &signs)) => Looks::Right,
            TYPED if bare && grouped && has_digit => Looks::Typed,
            length if bare && has_digit && length.abs_diff(TYPED) <= 5 => Looks::Near,
            _ => Looks::Other,
        };
        Self { looks, signs }
    }
}

/// Whether the check character of a line is that of the line with this number.
fn is_checked(number: usize, line: &[u8]) -> bool {
    let digits: Option<Vec<u8>> = line.iter().map(|letter| digit(*letter)).collect();
    let Some(digits) = digits.map(Zeroizing::new) else { return false };
    let number = u8::try_from(number).unwrap_or_default();
    digits.split_last().is_some_and(|(last, line)| *last == check(number, line))
}

fn letter(digit: u8) -> u8 {
    ALPHABET.get(usize::from(digit)).copied().unwrap_or_default()
}

fn digit(letter: u8) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        letter => letter,
    };
    let place = ALPHABET.iter().position(|known| *known == letter)?;
    u8::try_from(place).ok()
}

/// Eight digits of five bits for each five bytes, highest bit first.
fn digits(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    regroup(bytes, 8, 5)
}

fn bytes(digits: &[u8]) -> Zeroizing<Vec<u8>> {
    regroup(digits, 5, 8)
}

fn regroup(from: &[u8], width: u32, into: u32) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(from.len() * 2));
    let (mut held, mut bits) = (0u32, 0);
    for group in from {
        held = held << width | u32::from(*group);
        bits += width;
        while bits >= into {
            bits -= into;
            out.push(u8::try_from(held >> bits & ((1 << into) - 1)).unwrap_or_default());
        }
        held &= (1 << bits) - 1;
    }
    held.zeroize();
    out
}

/// The sum over GF(32) of the digits, each times its own power of two, begun with the line's number.
fn check(number: u8, line: &[u8]) -> u8 {
    line.iter().fold(number, |sum, digit| double(sum) ^ double(*digit))
}

/// Twice a digit in GF(32), modulo x⁵ + x² + 1.
fn double(digit: u8) -> u8 {
    let doubled = digit << 1;
    if doubled & 0x20 == 0 { doubled } else { doubled ^ 0x25 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn printed(tag: u8, secret: [u8; 32]) -> Vec<String> {
        print(tag, &Secret::new(&secret)).iter().map(|line| line.to_string()).collect()
    }

    fn read(lines: &[String]) -> Result<(u8, [u8; 32]), Mistyped> {
        parse(&lines.join("\n")).map(|(tag, secret)| (tag, *secret.expose()))
    }

    fn swap(line: &str, a: usize, b: usize) -> String {
        let mut signs: Vec<char> = line.chars().collect();
        signs.swap(a, b);
        signs.into_iter().collect()
    }

    #[test]
    fn a_line_is_three_groups_of_five() {
        let lines = printed(1, [0xa5; 32]);
        let groups = |line: &String| line.split('-').map(str::len).collect::<Vec<_>>();
        assert!(lines.iter().all(|line| groups(line) == [5, 5, 5]), "{lines:?}");
    }

    proptest! {
        #[test]
        fn what_was_printed_is_read_however_it_is_typed(tag: u8, secret: [u8; 32]) {
            let lines = printed(tag, secret);
            prop_assert_eq!(read(&lines), Ok((tag, secret)));
            let careless = lines.join("\r\n\n ").to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "l");
            prop_assert_eq!(parse(&careless).map(|(_, read)| *read.expose()), Ok(secret));
            prop_assert_eq!(parse(&lines.concat().replace('1', "I")).map(|(tag, _)| tag), Ok(tag));
        }

        #[test]
        fn one_wrong_character_is_found_and_its_line_named(
            secret: [u8; 32], line in 0..LINES, place in 0usize..17, other in 0usize..32,
        ) {
            let mut lines = printed(2, secret);
            let mut signs = lines[line].clone().into_bytes();
            prop_assume!(signs[place] != b'-' && signs[place] != ALPHABET[other]);
            signs[place] = ALPHABET[other];
            lines[line] = String::from_utf8(signs).unwrap();
            prop_assert_eq!(read(&lines), Err(Mistyped::Line(line + 1)));
        }

        #[test]
        fn two_swapped_characters_or_lines_are_found(
            secret: [u8; 32], line in 0..LINES, a in 0usize..17, b in 0usize..17, other in 0..LINES,
        ) {
            let lines = printed(2, secret);
            let sign = |place: usize| lines[line].as_bytes()[place];
            if sign(a) != b'-' && sign(b) != b'-' && sign(a) != sign(b) {
                let mut swapped = lines.clone();
                swapped[line] = swap(&swapped[line], a, b);
                prop_assert_eq!(read(&swapped), Err(Mistyped::Line(line + 1)));
            }
            if line != other {
                let mut swapped = lines.clone();
                swapped.swap(line, other);
                prop_assert_eq!(read(&swapped), Err(Mistyped::Line(line.min(other) + 1)));
            }
        }
    }

    #[test]
    fn lines_are_read_with_the_numbers_and_the_ends_that_people_type() {
        let lines = printed(2, [0x3c; 32]);
        let numbered = |before: [&str; 4], end: &str| {
            let lines = before.iter().zip(&lines).map(|(number, line)| format!("{number}{line}{end}"));
            parse(&lines.collect::<String>()).map(|(_, secret)| *secret.expose())
        };
        for before in [["", "", "", ""], ["1. ", "2) ", "3: ", "4 "], ["1.", "2)", "3:", "4."]] {
            for end in ["\n", "\r\n", "\r"] {
                assert_eq!(numbered(before, end), Ok([0x3c; 32]), "{before:?} {end:?}");
            }
        }
    }

    #[test]
    fn a_missing_line_a_short_line_and_a_strange_character_are_named() {
        let lines = printed(0, [7; 32]);
        assert_eq!(read(&lines[..3]), Err(Mistyped::Lines));
        assert_eq!(read(&[]), Err(Mistyped::Lines));
        for (line, wrong) in [
            (&lines[2][..16], Mistyped::Length(3)),
            (&lines[2].replace('-', "--5"), Mistyped::Length(3)),
            (&lines[2].replacen(&lines[2][..1], "U", 1), Mistyped::Line(3)),
            (&lines[2].replacen(&lines[2][..1], "é", 1), Mistyped::Length(3)),
        ] {
            let mut typed = lines.clone();
            typed[2] = line.to_owned();
            assert_eq!(read(&typed), Err(wrong), "{line}");
        }
    }

    #[test]
    fn a_paper_is_read_with_all_that_stands_on_it_however_it_was_copied() {
        let lines = printed(0, [7; 32]);
        let numbered = |lines: &[String]| -> String {
            lines.iter().zip(1..).map(|(line, number)| format!("  {number}  {line}\r\n")).collect()
        };
        let around = |lines: &str| {
            format!(
                "\u{feff}\n==== Recovery sheet ====\nUniversity Clinic, Main Campus\n\nSealed after Whole \
                 months.\nthese three words\n\n{lines}\n\nThe clinic's fingerprint: 236a c696 6c68 5db5 0613 81db \
                 07be b31c\nMade 2026-12-02T08:59:58+08:00\n"
            )
        };
        let file = around(&numbered(&lines));
        let dots = numbered(&lines).replace("  1  ", "1. ").replace("  2  ", "2) ");
        for text in [
            file.clone(),
            numbered(&lines),
            dots,
            file.replace('-', "\u{2013}").replace("  ", "\u{a0}"),
            around(&lines.concat()),
            format!("{}{}", around(""), lines.join("\n")),
        ] {
            assert_eq!(parse(&text).map(|(tag, secret)| (tag, *secret.expose())), Ok((0, [7; 32])), "{text}");
        }
        // What is wrong in it is named as ever.
        let other = if lines[2].ends_with('0') { "2" } else { "0" };
        let wrong = format!("{}{other}", &lines[2][..16]);
        assert_eq!(parse(&file.replace(&lines[2], &wrong)).unwrap_err(), Mistyped::Line(3));
        assert_eq!(parse(&file.replace(&lines[1], &lines[1][..16])).unwrap_err(), Mistyped::Length(2));
        assert_eq!(parse(&file.replace(&lines[3], "")).unwrap_err(), Mistyped::Lines);
    }

    #[test]
    fn lines_of_two_papers_do_not_make_one() {
        let (mut one, two) = (printed(0, [1; 32]), printed(0, [2; 32]));
        one[1] = two[1].clone();
        assert_eq!(read(&one), Err(Mistyped::Whole));
    }
}
