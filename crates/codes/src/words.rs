//! What stands for a name when it is looked for: its words, how they sound, and how far two are apart.

use domain::patients::plain;

/// The words of `text`, without accents, capitals and marks; a code such as `J03.9` is one word, `j039`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let plain = plain(text);
    let parts = plain.split(|sign: char| sign.is_whitespace() || ",;()[]/".contains(sign));
    let mut words = Vec::new();
    for part in parts {
        if is_code(part) {
            words.push(part.replace('.', ""));
        } else {
            words.extend(part.split(|sign: char| !sign.is_alphanumeric()).map(ToOwned::to_owned));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A letter, a digit, and then letters, digits and dots: as the codes of ICD are written.
fn is_code(part: &str) -> bool {
    let mut signs = part.chars();
    signs.next().is_some_and(|sign| sign.is_ascii_alphabetic())
        && signs.next().is_some_and(|sign| sign.is_ascii_digit())
        && signs.all(|sign| sign.is_ascii_alphanumeric() || sign == '.')
}

/// Words that say little: whoever leaves them out or puts another means the same.
pub(crate) fn is_small(word: &str) -> bool {
    const SMALL: [&str; 24] = [
        "a", "an", "and", "ang", "at", "for", "from", "in", "may", "na", "naay", "ng", "nga", "of", "og",
        "on", "or", "sa", "the", "to", "ug", "with", "by", "not",
    ];
    SMALL.contains(&word)
}

/// How a word sounds to somebody who writes as they hear, in English, Filipino or Cebuano: `pharyngitis`, `farengitis`;
/// `infection`, `impeksyon`; `diarrhoea`, `diarya`. Vowels that are taken for each other are one, and so are f and p, v
/// and b. What is not written in Latin letters sounds as it is written.
#[must_use]
pub fn sound(word: &str) -> String {
    if !word.bytes().all(|sign| sign.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    for (start, said) in
        [("pn", "n"), ("ps", "s"), ("pt", "t"), ("kn", "n"), ("gn", "n"), ("wr", "r"), ("x", "s")]
    {
        if let Some(after) = rest.strip_prefix(start) {
            out.push_str(said);
            rest = after;
            break;
        }
    }
    while let Some(first) = rest.chars().next() {
        let written = WRITTEN.iter().find(|(written, _)| rest.starts_with(written));
        let (length, said) = written.map_or((1, ""), |(written, said)| (written.len(), *said));
        if written.is_some() {
            out.push_str(said);
        } else {
            push(&mut out, first, rest.chars().nth(1));
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    let mut once = String::with_capacity(out.len());
    for sign in out.chars() {
        // Of doubled letters one is heard, and before p and b an n is an m.
        if (sign == 'p' || sign == 'b') && once.ends_with('n') {
            once.pop();
            once.push('m');
        }
        if !once.ends_with(sign) {
            once.push(sign);
        }
    }
    once
}

/// Letters that together sound like others, the longer first.
const WRITTEN: [(&str, &str); 18] = [
    ("tion", "siun"),
    ("sth", "s"),
    ("sch", "sk"),
    ("tch", "k"),
    ("ch", "k"),
    ("ck", "k"),
    ("ph", "p"),
    ("th", "t"),
    ("sh", "s"),
    ("sce", "si"),
    ("sci", "si"),
    ("dg", "j"),
    ("ae", "i"),
    ("oe", "i"),
    ("eu", "u"),
    ("oo", "u"),
    ("ou", "u"),
    ("gh", "g"),
];

fn push(out: &mut String, sign: char, next: Option<char>) {
    match sign {
        'c' if matches!(next, Some('e' | 'i' | 'y')) => out.push('s'),
        'c' | 'q' => out.push('k'),
        'x' => out.push_str("ks"),
        'z' => out.push('s'),
        'f' => out.push('p'),
        'v' => out.push('b'),
        'e' | 'y' => out.push('i'),
        'o' | 'w' => out.push('u'),
        // An h is heard at the beginning alone.
        'h' if !out.is_empty() => {}
        other => out.push(other),
    }
}

/// The letters of a word as bits: two words that differ in many are far apart, which is known without comparing them.
pub(crate) fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |bits, sign| bits | 1 << (sign - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_written_as_they_are_heard_sound_alike() {
        for (one, other) in [
            ("pharyngitis", "farengitis"),
            ("tonsillitis", "tonselitis"),
            ("diarrhoea", "diarrhea"),
            ("diarrhoea", "diarya"),
            ("asthma", "asma"),
            ("pneumonia", "numonia"),
            ("psychosis", "sycosis"),
            ("eczema", "exema"),
            ("bronchitis", "bronkitis"),
            ("haemorrhoids", "hemoroids"),
            ("infection", "impeksyon"),
            ("diabetes", "dyabetis"),
            ("scabies", "skabis"),
            ("fever", "pever"),
            ("vertigo", "bertigo"),
        ] {
            assert_eq!(sound(one), sound(other), "{one} {other}");
        }
        for (one, other) in [("ubo", "hika"), ("sipon", "sugat"), ("burn", "bite"), ("lagnat", "lason")] {
            assert_ne!(sound(one), sound(other), "{one} {other}");
        }
        assert_eq!(sound("covid19"), "covid19");
    }

    #[test]
    fn a_code_is_one_word_and_marks_are_none() {
        assert_eq!(words("Acute tonsillitis, J03.9"), ["acute", "tonsillitis", "j039"]);
        assert_eq!(words("Ménière's disease (left)"), ["menieres", "disease", "left"]);
        assert_eq!(words("COVID-19 / flu"), ["covid", "19", "flu"]);
        assert_eq!(words(" ·—"), [""; 0]);
    }
}
