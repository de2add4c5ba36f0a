//! Spectacles: the lenses that a certificate prescribes. Each eye's lens is one value, and is checked as a refraction's is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::words::Words;
use super::{Certificate, Verdict};
use crate::forms::{self, Answer, Answers, Item, Last, Place, Remark, RemarkCode, Weight};
use crate::{Decimal, choice};

choice! {
    /// At which distances the lenses help.
    pub enum LensesFor {
        /// Far away.
        Distance = "distance",
        /// Near.
        Near = "near",
        /// Reading.
        Reading = "reading",
        /// Far away and near, in two parts.
        Bifocal = "bifocal",
        /// At all distances.
        Progressive = "progressive",
        /// At a place of work.
        Occupational = "occupational",
    }
}

/// The form that measures lenses.
const REFRACTION: &str = "eye.refraction";
/// Where the fields of a certificate stand among the answers of a refraction.
const PLACES: [(&str, &str); 4] =
    [("right", "lens:R:prescribed"), ("left", "lens:L:prescribed"), ("pd", "pd"), ("pd_near", "pd_near")];

/// What is printed of the lenses: rows under heads, every word of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lenses {
    /// What the columns are called; nothing above the names of the eyes.
    pub heads: Vec<String>,
    /// A row for each eye.
    pub rows: Vec<Vec<String>>,
}

impl Certificate {
    /// Whether it prescribes lenses.
    #[must_use]
    pub fn prescribes(&self) -> bool {
        self.verdict == Some(Verdict::Prescribed)
    }

    /// Whether anything of it is what only a refraction gives.
    #[must_use]
    pub fn has_lenses(&self) -> bool {
        self.right.is_some() || self.left.is_some() || self.pd.is_some() || self.pd_near.is_some()
    }
}

/// Whether a filled form of this name is a refraction.
#[must_use]
pub fn is_refraction(form: &str) -> bool {
    form.split_once('@').is_some_and(|(code, _)| code == REFRACTION)
}

/// What there is to say about the lenses of `certificate`, by its own fields: beside what was `measured` in the refraction
/// that they come from, and what was worn at the `last`.
#[must_use]
pub fn remarks(certificate: &Certificate, measured: &Answers, last: &Last) -> Vec<Remark> {
    let Some(spec) = forms::newest().find(|spec| spec.code == REFRACTION) else { return Vec::new() };
    let mut answers = measured.clone();
    answers.retain(|path, _| path.starts_with("lens:") && PLACES.iter().all(|(_, place)| path != place));
    refer(&mut answers);
    answers.extend(of(certificate));
    let own = |remark: Remark| {
        let (field, _) = PLACES.iter().find(|(_, place)| *place == remark.path)?;
        Some(Remark { path: (*field).to_owned(), ..remark })
    };
    forms::check(spec, &answers, last).remarks.into_iter().filter_map(own).collect()
}

/// What of `certificate` is still as the refraction said before it was corrected, beside what is `measured` now; `former` is
/// what it said, by its paths.
#[must_use]
pub fn corrected(certificate: &Certificate, measured: &Answers, former: &[(String, Answer)]) -> Vec<Remark> {
    let written = of(certificate);
    let is_former = |(field, place): (&str, &str)| {
        let prescribed = written.get(place)?;
        let Place { item, side, .. } = Place::of(place);
        let there = |path: &str| {
            let Place { item: other, side: its, .. } = Place::of(path);
            (other, its) == (item, side)
        };
        let was = former.iter().any(|(path, was)| there(path) && is_same(was, prescribed));
        let is = forms::of_item(measured, item, side).any(|(_, is)| is_same(is, prescribed));
        // A distance is shown beside its field, and nobody is asked about it.
        let asked = item == "lens" && prescribed.ok != Some(true);
        (was && !is).then(|| Remark {
            path: field.to_owned(),
            part: None,
            code: RemarkCode::Corrected,
            weight: if asked { Weight::Asked } else { Weight::Told },
            fields: BTreeMap::new(),
            offer: None,
        })
    };
    PLACES.into_iter().filter_map(is_former).collect()
}

/// What makes a lens another one: how it was found and how well one sees with it do not.
const POWER: [&str; 9] = ["sph", "cyl", "axis", "add", "prism_h", "base_h", "prism_v", "base_v", "vertex"];

/// Whether two lenses, or distances, are one and the same, however they are written.
fn is_same(one: &Answer, other: &Answer) -> bool {
    let said = |answer: &Answer| (answer.n.as_ref().and_then(Decimal::number), answer.c.clone());
    let of = |lens: &Answer, part: &str| lens.part(part).map(said);
    (one.x, said(one)) == (other.x, said(other)) && POWER.iter().all(|part| of(one, part) == of(other, part))
}

/// Makes each eye's last subjective lens one that another is compared with, as an autorefractor's is: a sign that slips
/// while a lens is copied is asked about.
fn refer(answers: &mut Answers) {
    for side in ["R", "L"] {
        let found = forms::of_item(answers, "lens", Some(side));
        let found = found.filter(|(_, lens)| lens.code("method") == Some("subjective")).last();
        let Some(path) = found.map(|(path, _)| path.clone()) else { continue };
        let compared = Answer { c: Some("autorefractor".to_owned()), ..Answer::default() };
        if let Some(parts) = answers.get_mut(&path).and_then(|lens| lens.p.as_mut()) {
            parts.insert("method".to_owned(), compared);
        }
    }
}

/// The lenses as a refraction would have found them.
fn of(certificate: &Certificate) -> Answers {
    let number = |number: &Option<Decimal>| Answer { n: number.clone(), ..Answer::default() };
    let found = |lens: &Answer| {
        let mut lens = lens.clone();
        let subjective = Answer { c: Some("subjective".to_owned()), ..Answer::default() };
        if let Some(parts) = lens.p.as_mut() {
            parts.insert("method".to_owned(), subjective);
        }
        lens
    };
    let lens = |lens: &Option<Answer>| lens.as_ref().map(found).unwrap_or_default();
    let Certificate { right, left, pd, pd_near, .. } = certificate;
    let all = [lens(right), lens(left), number(pd), number(pd_near)];
    let placed = PLACES.into_iter().zip(all).filter(|(_, answer)| !answer.is_empty());
    placed.map(|((_, place), answer)| (place.to_owned(), answer)).collect()
}

/// The fields of the lenses that lack before they are prescribed: an open axis is no lens.
pub(super) fn lacking(certificate: &Certificate) -> Vec<&'static str> {
    let remarks = remarks(certificate, &Answers::new(), &Last::new());
    let open = |field: &str| {
        remarks.iter().any(|remark| {
            let is_open = remark.weight == Weight::ToSign || remark.code == RemarkCode::AxisNeeded;
            remark.path == field && is_open
        })
    };
    let rules = [
        ("lenses_for", certificate.lenses_for.is_none()),
        ("right", certificate.right.is_none() || open("right")),
        ("left", certificate.left.is_none() || open("left")),
        ("refraction", certificate.refraction.is_none()),
    ];
    rules.into_iter().filter(|(_, lacks)| *lacks).map(|(field, _)| field).collect()
}

/// The field of the lenses that cannot be so; what is only open yet can.
pub(super) fn wrong(certificate: &Certificate) -> Option<&'static str> {
    if !certificate.has_lenses() {
        return None;
    }
    let remarks = remarks(certificate, &Answers::new(), &Last::new());
    let refused = |remark: &Remark| remark.weight == Weight::Refused && remark.code != RemarkCode::AxisNeeded;
    let path = &remarks.iter().find(|remark| refused(remark))?.path;
    PLACES.iter().find(|(field, _)| path == field).map(|(field, _)| *field)
}

impl Lenses {
    /// What `certificate` prescribes, in the words of its paper; nothing of one that prescribes none.
    #[must_use]
    pub fn of(certificate: &Certificate, words: &Words) -> Option<Self> {
        if !certificate.prescribes() {
            return None;
        }
        let eyes = [(words.eyes[0], &certificate.right), (words.eyes[1], &certificate.left)];
        let columns: Vec<(&str, [String; 2])> = words
            .lens
            .iter()
            .map(|(parts, head)| (*head, eyes.map(|(_, lens)| cell(lens.as_ref(), parts, words))))
            .collect();
        let always = |at: usize| at < 3;
        let shown = columns
            .iter()
            .enumerate()
            .filter(|(at, (_, cells))| always(*at) || cells.iter().any(|cell| !cell.is_empty()));
        let shown: Vec<&(&str, [String; 2])> = shown.map(|(_, column)| column).collect();
        let heads = std::iter::once(String::new()).chain(shown.iter().map(|(head, _)| (*head).to_owned()));
        let row = |eye: usize| {
            let cells = shown.iter().map(|(_, cells)| cells[eye].clone());
            std::iter::once(eyes[eye].0.to_owned()).chain(cells).collect()
        };
        Some(Self { heads: heads.collect(), rows: vec![row(0), row(1)] })
    }

    /// The same in words, a line for each eye.
    #[must_use]
    pub fn text(&self) -> String {
        let said = |row: &Vec<String>| {
            let named = self.heads.iter().zip(row).skip(1).filter(|(_, cell)| !cell.is_empty());
            let parts: Vec<String> = named.map(|(head, cell)| format!("{head} {cell}")).collect();
            format!("{}: {}", row.first().map_or("", String::as_str), parts.join(", "))
        };
        self.rows.iter().map(said).collect::<Vec<_>>().join("\n")
    }
}

/// The parts of a lens as they are printed in one column, or why there is no lens in the first.
fn cell(lens: Option<&Answer>, parts: &[&str], words: &Words) -> String {
    let spec = forms::newest().find(|spec| spec.code == REFRACTION);
    let (Some(spec), Some(lens)) = (spec, lens) else { return String::new() };
    let Some(item) = spec.item("lens") else { return String::new() };
    if lens.x.is_some() {
        let first = parts.first() == Some(&"sph");
        return if first { forms::said(item, lens, words.tag) } else { String::new() };
    }
    let of_part = |item: &Item, key: &&str| {
        let part = item.parts().iter().find(|part| part.key == **key)?;
        let said = forms::said(part, lens.part(key)?, words.tag);
        // A sign that is missed is another lens: the long one is printed.
        Some(said.replace('-', "\u{2212}"))
    };
    parts.iter().filter_map(|key| of_part(item, key)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RecordId;
    use crate::certificates::words;

    fn lens(parts: &[(&str, &str)]) -> Answer {
        let part = |(key, value): &(&str, &str)| {
            let answer = match *key {
                "base_h" | "base_v" | "method" => {
                    Answer { c: Some((*value).to_owned()), ..Answer::default() }
                }
                "va" => Answer { t: Some((*value).to_owned()), ..Answer::default() },
                _ => Answer { n: value.parse().ok(), ..Answer::default() },
            };
            ((*key).to_owned(), answer)
        };
        Answer { p: Some(parts.iter().map(part).collect()), ..Answer::default() }
    }

    fn number(number: &str) -> Answer {
        Answer { n: number.parse().ok(), ..Answer::default() }
    }

    fn spectacles(right: Answer, left: Answer) -> Certificate {
        Certificate {
            verdict: Some(Verdict::Prescribed),
            lenses_for: Some(LensesFor::Distance),
            refraction: Some(RecordId::derived(b"refraction")),
            right: Some(right),
            left: Some(left),
            ..Certificate::default()
        }
    }

    fn plain() -> Answer {
        lens(&[("sph", "-2.25"), ("cyl", "-0.75"), ("axis", "90")])
    }

    #[test]
    fn lenses_are_printed_under_what_they_say_with_the_long_minus() {
        let right = lens(&[
            ("sph", "-2.25"),
            ("cyl", "-0.75"),
            ("axis", "90"),
            ("add", "2.5"),
            ("prism_h", "2"),
            ("base_h", "in"),
            ("va", "6/6-1"),
        ]);
        let absent = Answer { x: Some(forms::Absent::EyeAbsent), ..Answer::default() };
        let printed = Lenses::of(&spectacles(right, absent), words::of("en")).unwrap();
        assert_eq!(printed.heads, ["", "Sphere", "Cylinder", "Axis", "Addition", "Prism", "Acuity"]);
        assert_eq!(printed.rows[0], ["Right", "−2.25", "−0.75", "90", "+2.50", "2 Δ in", "6/6−1"]);
        assert_eq!(printed.rows[1], ["Left", "eye absent", "", "", "", "", ""]);
        assert_eq!(
            printed.text(),
            "Right: Sphere −2.25, Cylinder −0.75, Axis 90, Addition +2.50, Prism 2 Δ in, Acuity 6/6−1\n\
             Left: Sphere eye absent"
        );
        assert_eq!(Lenses::of(&Certificate::default(), words::of("en")), None);
    }

    #[test]
    fn an_open_axis_lacks_and_what_no_lens_has_cannot_be() {
        let whole = spectacles(plain(), plain());
        assert_eq!((lacking(&whole), wrong(&whole)), (vec![], None));
        let open = spectacles(lens(&[("sph", "-2.25"), ("cyl", "-0.75")]), lens(&[("add", "2.00")]));
        assert_eq!((lacking(&open), wrong(&open)), (vec!["right", "left"], None));
        assert_eq!(lacking(&Certificate::default()), ["lenses_for", "right", "left", "refraction"]);
        for (parts, at) in [
            (&[("sph", "-2.25"), ("cyl", "-0.75"), ("axis", "200")][..], "left"),
            (&[("sph", "-2.25"), ("axis", "90")], "left"),
            (&[("sph", "-2.30")], "left"),
            (&[("sph", "0"), ("cyl", "-1"), ("axis", "0")], "left"),
        ] {
            assert_eq!(wrong(&spectacles(plain(), lens(parts))), Some(at), "{parts:?}");
        }
        let far = Certificate { pd: "31".parse().ok(), ..whole };
        assert_eq!(wrong(&far), Some("pd"));
    }

    #[test]
    fn a_lens_far_from_the_autorefractors_is_asked_about_until_it_is_meant() {
        let auto = lens(&[("method", "autorefractor"), ("sph", "-2.25"), ("cyl", "-1.00"), ("axis", "60")]);
        let measured: Answers = [("lens:R:k1".to_owned(), auto)].into();
        let codes = |right: Answer| -> Vec<(RemarkCode, Weight)> {
            let remarks = remarks(&spectacles(right, plain()), &measured, &Last::new());
            remarks.into_iter().filter(|remark| remark.path == "right").map(|r| (r.code, r.weight)).collect()
        };
        assert_eq!(codes(plain()), [(RemarkCode::AxisFar, Weight::Asked)]);
        assert_eq!(codes(Answer { ok: Some(true), ..plain() }), [(RemarkCode::AxisFar, Weight::Told)]);
        let strong = lens(&[("sph", "-3.25"), ("cyl", "-0.75"), ("axis", "70")]);
        assert_eq!(codes(strong), [(RemarkCode::SphereFar, Weight::Asked)]);
    }

    #[test]
    fn a_lens_that_is_as_it_was_found_before_a_correction_is_asked_about_until_it_is_meant_or_another() {
        let found = |sph: &str| lens(&[("method", "subjective"), ("sph", sph), ("va", "6/6")]);
        let former = [("lens:R:k1".to_owned(), found("-2.50")), ("pd".to_owned(), number("62"))];
        let measured: Answers = [
            ("lens:R:k1".to_owned(), found("-2.25")),
            ("lens:L:k1".to_owned(), found("-2.50")),
            ("pd".to_owned(), number("63")),
        ]
        .into();
        let told = |right: Answer, pd: &str| -> Vec<(String, Weight)> {
            let written = Certificate { pd: pd.parse().ok(), ..spectacles(right, lens(&[("sph", "-2.50")])) };
            let remarks = corrected(&written, &measured, &former);
            assert!(remarks.iter().all(|remark| remark.code == RemarkCode::Corrected));
            remarks.into_iter().map(|remark| (remark.path, remark.weight)).collect()
        };
        let old = lens(&[("sph", "-2.5")]);
        assert_eq!(told(old.clone(), "63"), [("right".to_owned(), Weight::Asked)]);
        assert_eq!(told(Answer { ok: Some(true), ..old }, "63"), [("right".to_owned(), Weight::Told)]);
        assert_eq!(told(lens(&[("sph", "-2.25")]), "62"), [("pd".to_owned(), Weight::Told)]);
        assert_eq!(told(lens(&[("sph", "-2.00")]), "64"), []);
        // The same lens was found by another reading, which stands.
        let twice = [("lens:L:k0".to_owned(), found("-2.50"))];
        assert_eq!(corrected(&spectacles(plain(), lens(&[("sph", "-2.50")])), &measured, &twice), []);
    }

    #[test]
    fn a_sign_that_slips_from_the_last_subjective_lens_is_asked_about() {
        let found = |sph: &str| lens(&[("method", "subjective"), ("sph", sph)]);
        let measured: Answers =
            [("lens:R:k1".to_owned(), found("2.25")), ("lens:R:k2".to_owned(), found("-2.25"))].into();
        let codes = |sph: &str| -> Vec<RemarkCode> {
            let remarks = remarks(&spectacles(lens(&[("sph", sph)]), plain()), &measured, &Last::new());
            remarks.into_iter().map(|remark| remark.code).collect()
        };
        assert!(codes("-2.25").is_empty());
        assert_eq!(codes("2.25"), [RemarkCode::SphereFar]);
    }
}
