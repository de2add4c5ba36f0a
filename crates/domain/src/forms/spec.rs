//! What a form asks, as plain data: the screen, the checks, the line and the paper follow from it alone.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::sides::{self, UNIVERSAL};
use crate::access::Role;
use crate::dental::Tooth;
use crate::{Decimal, choice};

/// A form in one version. A version that was released never accepts less; another one gets another number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Spec {
    /// Its name, such as `eye.pressure`.
    pub code: String,
    /// Its version, from 1.
    pub version: u32,
    /// What people call it.
    pub title: Words,
    /// Who may fill it.
    pub fill: Vec<Role>,
    /// Who may sign it.
    pub sign: Vec<Role>,
    /// Its parts, in order.
    pub sections: Vec<Section>,
    /// What is checked between its answers.
    pub checks: Vec<Check>,
    /// The items that its line tells, in order.
    pub line: Vec<String>,
}

/// Text by language. What names teeth is there by their Universal numbers too, as `en-universal`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

/// Items that stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Section {
    /// Its name within the form.
    pub key: String,
    /// What stands above it.
    pub title: Words,
    /// How its items stand.
    pub layout: Layout,
    /// The items.
    pub items: Vec<Item>,
}

choice! {
    /// How the items of a section stand.
    pub enum Layout {
        /// A row for each reading, the right eye's above the left's.
        Rows = "rows",
        /// A column for each side, the right on the left as one faces the patient.
        Columns = "columns",
        /// One below the other.
        Stack = "stack",
        /// Where the teeth stand, as one faces the patient.
        Mouth = "mouth",
    }
}

/// One thing that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Item {
    /// Its name within the form, or within its reading.
    pub key: String,
    /// What people call it.
    pub label: Words,
    /// What an answer holds.
    pub holds: Holds,
    /// Of which sides it is asked.
    pub sides: Sides,
    /// Whether it may be answered more than once: each time is a reading of its own.
    pub many: bool,
    /// Whether two answers that differ are never settled by themselves; other answers show the later.
    pub critical: bool,
    /// Whether nothing is signed without it: of a side that is asked, unless why it is absent is said.
    pub to_sign: bool,
    /// When it is asked.
    pub show: Cond,
    /// The rows of numbers that it stands in; its screen needs none of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub measures: Vec<Measured>,
}

/// A row of numbers in which an answer stands beside those of other days: a curve, an outcome, a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Measured {
    /// What the row is called, such as `eye.iop`.
    pub code: String,
    /// What of the answer is the number.
    pub from: NumberOf,
    /// Which answers stand in it: a condition on the parts beside it, of an item alone on the items beside it.
    pub when: Cond,
    /// The part, or the item, beside it that says by what it was measured.
    pub by: Option<String>,
}

choice! {
    /// What of an answer is the number of a row.
    pub enum NumberOf {
        /// The answer itself.
        Itself = "itself",
        /// The spherical equivalent of a lens, in dioptres.
        Equivalent = "equivalent",
        /// Its cylinder at 180 and 90 as a vector, in dioptres.
        J0 = "j0",
        /// Its cylinder at 45 and 135 as a vector, in dioptres.
        J45 = "j45",
        /// Its cylinder, written as a minus, in dioptres.
        Cylinder = "cylinder",
    }
}

choice! {
    /// Of which sides an item is asked.
    pub enum Sides {
        /// Of none.
        One = "one",
        /// Of the right and of the left.
        RightLeft = "right_left",
        /// Of the right, of the left and of both together.
        RightLeftBoth = "right_left_both",
        /// Of each sixth of the mouth.
        Sextants = "sextants",
        /// Of the six teeth that stand for the others.
        IndexTeeth = "index_teeth",
        /// Of each tooth.
        Teeth = "teeth",
    }
}

/// What an answer holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "sort", content = "of")]
pub enum Holds {
    /// A number, in `n`, with its unit in `u` where that is not the first.
    Number(Numeric),
    /// One of a scale, in `c`.
    Choice(Scale),
    /// Normal or not examined in `c`, or what was found in `s`, more in words in `w`.
    Finding(Scale),
    /// Text in `t`, of at most so many characters.
    Text(u16),
    /// A time of the day in `t`, `09:38`.
    Time,
    /// A tooth in `t`, by ISO 3950.
    Tooth,
    /// How sharply an eye sees, as it was said in `t`. Its chart and its distance are the parts `chart` and `cm` beside it.
    Acuity,
    /// How small a print is read, as it was said in `t`. Its notation and its distance are the parts `notation` and `cm` beside it.
    Near,
    /// Several parts that were measured together, in `p`: one value.
    Reading(Reading),
    /// What is reckoned from the other parts; nobody answers it.
    Derived(Derived),
}

/// Parts that were measured together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Reading {
    /// How it is said: words apart, a word with a part that lacks is left out.
    pub says: String,
    /// Its parts.
    pub parts: Vec<Item>,
}

/// A number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Numeric {
    /// Its units as they are written, the usual first; none of a bare number.
    pub units: Vec<String>,
    /// How many digits behind the point it may have.
    pub places: u8,
    /// It is a multiple of this.
    pub step: Option<Decimal>,
    /// Nothing outside can be, in the first unit.
    pub possible: Limits,
    /// What is outside is asked about once.
    pub plausible: Option<Limits>,
    /// So far from the last time it is asked about once.
    pub since_last: Option<Decimal>,
    /// Whether a sign stands before it, as of a lens.
    pub signed: bool,
}

/// From a number to a number, both within.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Limits {
    /// The lowest.
    pub low: Decimal,
    /// The highest.
    pub high: Decimal,
}

/// Words to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Scale {
    /// What it is called; a grade is of its scale and never of another.
    pub name: String,
    /// Its edition, where it has several.
    pub edition: String,
    /// The words.
    pub options: Vec<Offered>,
}

/// A word of a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Offered {
    /// The code that is kept.
    pub code: String,
    /// What people say.
    pub label: Words,
}

/// When an item is asked: a condition on what stands before it, of the same reading, else of the same side. Every condition
/// has an answer, for every answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "when", content = "of")]
pub enum Cond {
    /// Always.
    Always,
    /// That item was answered.
    Answered(String),
    /// That item has this code, among others or alone.
    Is(String, String),
    /// The number of that item is this or more.
    AtLeast(String, Decimal),
    /// Not so.
    Not(Box<Cond>),
    /// All of these.
    All(Vec<Cond>),
    /// One of these.
    Any(Vec<Cond>),
}

choice! {
    /// What is reckoned.
    pub enum Derived {
        /// The logMAR of an acuity.
        LogMar = "log_mar",
        /// The letters of an acuity (Gregori 2010).
        Letters = "letters",
        /// The logMAR of a near acuity.
        NearLogMar = "near_log_mar",
        /// The spherical equivalent of a lens.
        SphericalEquivalent = "spherical_equivalent",
        /// The lens with the other sign of cylinder.
        Transposed = "transposed",
        /// The lens at the cornea.
        AtCornea = "at_cornea",
        /// How much of an anaesthetic a dose held, in mg.
        AnaestheticDose = "anaesthetic_dose",
        /// How much of each anaesthetic was given in all, in mg and by weight.
        AnaestheticGiven = "anaesthetic_given",
        /// The simplified oral hygiene index.
        OralHygiene = "oral_hygiene",
        /// The share of surfaces with plaque.
        PlaqueRecord = "plaque_record",
    }
}

choice! {
    /// What is checked between answers.
    pub enum Check {
        /// A lens has an axis if and only if it has a cylinder.
        Lens = "lens",
        /// A lens is near the autorefractor's and near the last own glasses.
        LensAgrees = "lens_agrees",
        /// A lens that was found without drops was not found after this visit's drops.
        LensDry = "lens_dry",
        /// The best corrected acuity is not worse than last time.
        AcuityHolds = "acuity_holds",
        /// A pressure is not above its target, nor so high that somebody has to act.
        Pressure = "pressure",
        /// Both pupils are alike.
        PupilsAlike = "pupils_alike",
        /// Both discs are alike.
        DiscsAlike = "discs_alike",
        /// The codes of the gums are those that are taken at this age.
        GumsByAge = "gums_by_age",
    }
}

/// The path of an answer: an item, its side and, of one that may be answered more than once, its reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The item.
    pub item: &'a str,
    /// The side: `R`, `L` or `B` of an eye, `S03` of a sixth of the mouth, `T36` of a tooth.
    pub side: Option<&'a str>,
    /// The reading.
    pub reading: Option<&'a str>,
}

impl Words {
    /// These words in English; a tooth stands in them as `{16}`.
    #[must_use]
    pub fn english(text: &str) -> Self {
        let by = |number: fn(Tooth) -> String| {
            let word = |part: &str| part.parse().map_or_else(|_| part.to_owned(), number);
            let parts = text.split(['{', '}']).enumerate();
            parts.map(|(at, part)| if at % 2 == 1 { word(part) } else { part.to_owned() }).collect()
        };
        let (fdi, universal): (String, String) = (by(|tooth| tooth.word().to_owned()), by(Tooth::universal));
        let other = (universal != fdi).then(|| (format!("en{UNIVERSAL}"), universal));
        Self([("en".to_owned(), fdi)].into_iter().chain(other).collect())
    }

    /// The words in `language`, else in English.
    #[must_use]
    pub fn said(&self, language: &str) -> &str {
        self.0.get(language).or_else(|| self.0.get("en")).map_or("", String::as_str)
    }
}

impl Spec {
    /// How a record names it: `eye.pressure@1`.
    #[must_use]
    pub fn form(&self) -> String {
        format!("{}@{}", self.code, self.version)
    }

    /// Its items, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// The item of this name.
    #[must_use]
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items().find(|item| item.key == key)
    }

    /// The item that `path` leads to, where it can be answered there.
    #[must_use]
    pub fn at<'a>(&self, path: &'a str) -> Option<(&Item, Place<'a>)> {
        let place = Place::of(path);
        let item = self.item(place.item)?;
        let sided = item.sides.each().contains(&place.side);
        let read = place.reading.is_some_and(is_reading);
        (sided && read == item.many && place.reading.is_some() == item.many).then_some((item, place))
    }
}

/// A reading's name: small letters and digits, so that it is one word of a path.
fn is_reading(name: &str) -> bool {
    (1..=24).contains(&name.len())
        && name.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit())
}

impl Sides {
    /// Each side as a path names it.
    #[must_use]
    pub fn each(self) -> &'static [Option<&'static str>] {
        match self {
            Self::One => &[None],
            Self::RightLeft => &[Some("R"), Some("L")],
            Self::RightLeftBoth => &[Some("R"), Some("L"), Some("B")],
            Self::Sextants => sides::SEXTANTS,
            Self::IndexTeeth => sides::INDEX_TEETH,
            Self::Teeth => sides::TEETH,
        }
    }
}

impl<'a> Place<'a> {
    /// What `path` names: `iop:R:k3f9` is the reading `k3f9` of the item `iop` on the right.
    #[must_use]
    pub fn of(path: &'a str) -> Self {
        let mut parts = path.split(':');
        let item = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        // A reading's name has no great letter.
        let is_side = |part: &&str| part.starts_with(|sign: char| sign.is_ascii_uppercase());
        let side = rest.first().copied().filter(|part| is_side(part));
        let reading = rest.get(usize::from(side.is_some())).copied();
        // More parts than these lead nowhere.
        if rest.len() > usize::from(side.is_some()) + usize::from(reading.is_some()) {
            return Self { item: "", side: None, reading: None };
        }
        Self { item, side, reading }
    }

    /// The path without its reading.
    #[must_use]
    pub fn sided(&self) -> String {
        self.side.map_or_else(|| self.item.to_owned(), |side| format!("{}:{side}", self.item))
    }
}

impl Limits {
    /// Whether `number` lies within.
    #[must_use]
    pub fn holds(&self, number: &Decimal) -> bool {
        let above = number.compare(&self.low).is_some_and(std::cmp::Ordering::is_ge);
        above && number.compare(&self.high).is_some_and(std::cmp::Ordering::is_le)
    }
}

impl Item {
    /// The parts of a reading; none of anything else.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match &self.holds {
            Holds::Reading(reading) => &reading.parts,
            _ => &[],
        }
    }

    /// The part of a reading that it cannot be without: where it is said why there is none.
    #[must_use]
    pub fn main_part(&self) -> Option<&Self> {
        let is_main = |part: &&Self| {
            part.to_sign && matches!(part.holds, Holds::Number(_) | Holds::Acuity | Holds::Near)
        };
        self.parts().iter().find(is_main).or(self.parts().first())
    }
}

impl Holds {
    /// Its scale, where it has one.
    #[must_use]
    pub fn scale(&self) -> Option<&Scale> {
        match self {
            Self::Choice(scale) | Self::Finding(scale) => Some(scale),
            _ => None,
        }
    }
}

impl Scale {
    /// The label of a code, in `language`; the code itself where it is none of these.
    #[must_use]
    pub fn said<'a>(&'a self, code: &'a str, language: &str) -> &'a str {
        let offered = self.options.iter().find(|offered| offered.code == code);
        offered.map_or(code, |offered| offered.label.said(language))
    }

    /// Whether it has this code.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.options.iter().any(|offered| offered.code == code)
    }
}
