//! The other ways in which one name is written: shortened, with small words or without them, with its
//! parts together or apart.

/// Short writings of given names and of parts of names, as they stand on cards and papers. A name may have several.
const SHORT: [(&str, &str); 22] = [
    ("abd", "abdul"),
    ("ant", "antonio"),
    ("chas", "charles"),
    ("chr", "christian"),
    ("fco", "francisco"),
    ("fdo", "fernando"),
    ("geo", "george"),
    ("gpe", "guadalupe"),
    ("jas", "james"),
    ("jos", "joseph"),
    ("ma", "maria"),
    ("md", "mohammad"),
    ("mohd", "mohammad"),
    ("muh", "muhammad"),
    ("ntra", "nuestra"),
    ("sra", "senora"),
    ("st", "saint"),
    ("sta", "santa"),
    ("ste", "sainte"),
    ("sto", "santo"),
    ("thos", "thomas"),
    ("wm", "william"),
];

/// Words that stand beside a name: particles, titles and what tells a son from his father. They tell people apart
/// where they are written, and whoever leaves one out means the same person.
const BESIDE: [&str; 45] = [
    "abu", "al", "atty", "bin", "binti", "bint", "da", "das", "de", "del", "dela", "delas", "delos", "den",
    "der", "di", "dos", "dr", "dra", "du", "el", "engr", "ibn", "ii", "iii", "iv", "jr", "junior", "la",
    "las", "los", "miss", "mr", "mrs", "ms", "nee", "prof", "senior", "sir", "sr", "ter", "van", "vd", "von",
    "zu",
];

/// The words that a plain `word` of a name stands for, or that stand for it: `ma` and `maria`.
pub fn other_writings(word: &str) -> impl Iterator<Item = &'static str> {
    let pairs = SHORT.iter().flat_map(|(short, long)| [(*short, *long), (*long, *short)]);
    pairs.filter(move |(one, _)| *one == word).map(|(_, other)| other)
}

/// A plain `word` written in full.
#[must_use]
pub fn in_full(word: &str) -> &str {
    SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long)
}

/// Whether a plain word stands beside a name and is left out as often as not.
#[must_use]
pub fn stands_beside(word: &str) -> bool {
    BESIDE.contains(&word)
}

/// The ways to part a plain word in two that may each be words of a name: a letter alone is a name only in scripts
/// that write a name in one sign.
pub fn parted(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let least = if word.is_ascii() { 2 } else { 1 };
    let parts = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
    parts.filter(move |(one, rest)| one.chars().count() >= least && rest.chars().count() >= least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_writing_and_a_full_one_lead_to_each_other() {
        assert_eq!(other_writings("ma").collect::<Vec<_>>(), ["maria"]);
        assert_eq!(other_writings("mohammad").collect::<Vec<_>>(), ["md", "mohd"]);
        assert_eq!(other_writings("reyes").next(), None);
        assert_eq!([in_full("sto"), in_full("santo"), in_full("reyes")], ["santo", "santo", "reyes"]);
        assert!(stands_beside("dela") && !stands_beside("cruz"));
    }

    #[test]
    fn a_word_is_parted_where_both_parts_may_be_names() {
        assert_eq!(parted("elyu").collect::<Vec<_>>(), [("el", "yu")]);
        assert_eq!(parted("王小明").collect::<Vec<_>>(), [("王", "小明"), ("王小", "明")]);
        assert_eq!(parted("ana").next(), None);
    }
}
