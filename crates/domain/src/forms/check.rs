//! What there is to say about the answers of a form: the same at each keystroke, when they are kept, and in admission.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::acuity::{self, Seen, WrongNotation};
use super::answer::{Answer, Answers, of_item};
use super::lens::Lens;
use super::remark::{Checked, Last, Remark, RemarkCode, Weight};
use super::spec::{Cond, Derived, Holds, Item, Numeric, Place, Spec};
use super::{between, dose, hygiene};
use crate::dental::Tooth;

/// Under this name the time of the day stands among what was known before, while a form is written on the day on which it was
/// begun: nothing was measured or given later than that.
pub const NOW: &str = "now";

/// A remark before it is placed.
pub(super) struct Said {
    pub(super) code: RemarkCode,
    pub(super) weight: Weight,
    pub(super) fields: Vec<(&'static str, String)>,
    pub(super) offer: Option<Answer>,
}

impl Said {
    pub(super) fn new(code: RemarkCode, weight: Weight) -> Self {
        Self { code, weight, fields: Vec::new(), offer: None }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    pub(super) fn at(self, path: &str, part: Option<&str>) -> Remark {
        Remark {
            path: path.to_owned(),
            part: part.map(ToOwned::to_owned),
            code: self.code,
            weight: self.weight,
            fields: self.fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            offer: self.offer,
        }
    }
}

/// The answers with what is kept beside them: of an acuity its logMAR, or its code below all numbers. What says nothing is
/// left out.
#[must_use]
pub fn settled(spec: &Spec, answers: Answers) -> Answers {
    let settle = |(path, answer): (String, Answer)| {
        let mut answer = answer.tidied()?;
        let item = spec.at(&path).map(|(item, _)| item);
        if let Some(Holds::Reading(reading)) = item.map(|item| &item.holds) {
            for part in &reading.parts {
                let Some(read) = seen(part, &answer) else { continue };
                let Some(kept) = answer.p.as_mut().and_then(|parts| parts.get_mut(&part.key)) else {
                    continue;
                };
                (kept.n, kept.c) = read.map_or((None, None), kept_of);
            }
        }
        Some((path, answer))
    };
    answers.into_iter().filter_map(settle).collect()
}

/// What is kept beside the text of an acuity.
fn kept_of(seen: Seen) -> (Option<crate::Decimal>, Option<String>) {
    match seen {
        Seen::LogMar(number) => {
            (Decimal::from_f64(number).and_then(|number| decimal(number.round_dp(3))), None)
        }
        Seen::Below(below) => (None, Some(below.code().to_owned())),
        Seen::Words => (None, None),
    }
}

fn decimal(number: Decimal) -> Option<crate::Decimal> {
    number.normalize().to_string().parse().ok()
}

/// What the acuity in `part` of a reading says; nothing where it is none, or says nothing.
fn seen(part: &Item, reading: &Answer) -> Option<Result<Seen, WrongNotation>> {
    let text = reading.part(&part.key)?.t.as_deref()?;
    let centimetres = reading.number("cm").and_then(|number| number.to_f64());
    match part.holds {
        Holds::Acuity => Some(acuity::acuity(text, reading.code("chart")?, centimetres)),
        Holds::Near => Some(acuity::near(text, reading.code("notation")?, centimetres)),
        _ => None,
    }
}

/// What there is to say about `answers` of `spec`, where `last` are those of the time before.
#[must_use]
pub fn check(spec: &Spec, answers: &Answers, last: &Last) -> Checked {
    let mut checked = Checked::default();
    for (path, answer) in answers {
        match spec.at(path) {
            None => checked.remarks.push(Said::new(RemarkCode::NotOffered, Weight::Refused).at(path, None)),
            Some((item, place)) if !is_shown(&item.show, None, answers, place.side) => {
                checked.hidden.push(path.clone());
                if !fits(&item.holds, answer) {
                    checked.remarks.push(Said::new(RemarkCode::NotOffered, Weight::Refused).at(path, None));
                }
            }
            Some((item, place)) => check_item(item, path, answer, answers, place, last, &mut checked),
        }
    }
    let shown = asked(answers, &checked.hidden);
    for item in spec.items().filter(|item| item.to_sign) {
        // Of both eyes together nothing is ever needed: each is asked by itself.
        for side in item.sides.each().iter().filter(|side| **side != Some("B")) {
            let is_asked = is_shown(&item.show, None, answers, *side);
            if is_asked && of_item(&shown, &item.key, *side).next().is_none() {
                let path = Place { item: &item.key, side: *side, reading: None }.sided();
                checked.remarks.push(Said::new(RemarkCode::Needed, Weight::ToSign).at(&path, None));
            }
        }
    }
    for item in spec.items() {
        let is_asked = is_shown(&item.show, None, answers, None);
        if let Some(text) = in_all(item, spec, &shown, last).filter(|_| is_asked) {
            checked.derived.insert(item.key.clone(), text);
        }
    }
    for check in &spec.checks {
        checked.remarks.extend(between::check(*check, spec, &shown, last));
    }
    checked
}

/// The answers, and the parts, that are still asked.
#[must_use]
pub fn asked(answers: &Answers, hidden: &[String]) -> Answers {
    let mut asked = answers.clone();
    for hidden in hidden {
        match hidden.split_once('/') {
            None => _ = asked.remove(hidden),
            Some((path, part)) => {
                let parts = asked.get_mut(path).and_then(|answer| answer.p.as_mut());
                parts.and_then(|parts| parts.remove(part));
            }
        }
    }
    asked
}

/// Whether an item is asked: `reading` holds the parts beside it, `answers` those of the form.
pub(super) fn is_shown(cond: &Cond, reading: Option<&Answer>, answers: &Answers, side: Option<&str>) -> bool {
    let beside = |key: &str| -> Vec<Answer> {
        match reading {
            Some(reading) => reading.part(key).cloned().into_iter().collect(),
            None => {
                let own = of_item(answers, key, side);
                let shared = of_item(answers, key, None).filter(|_| side.is_some());
                own.chain(shared).map(|(_, answer)| answer.clone()).collect()
            }
        }
    };
    match cond {
        Cond::Always => true,
        Cond::Answered(key) => beside(key).iter().any(|answer| answer.x.is_none()),
        Cond::Is(key, code) => beside(key).iter().any(|answer| {
            answer.c.as_ref() == Some(code) || answer.s.as_ref().is_some_and(|codes| codes.contains(code))
        }),
        Cond::AtLeast(key, least) => beside(key).iter().any(|answer| {
            answer.n.as_ref().and_then(|number| number.compare(least)).is_some_and(std::cmp::Ordering::is_ge)
        }),
        Cond::Not(cond) => !is_shown(cond, reading, answers, side),
        Cond::All(all) => all.iter().all(|cond| is_shown(cond, reading, answers, side)),
        Cond::Any(any) => any.iter().any(|cond| is_shown(cond, reading, answers, side)),
    }
}

fn check_item(
    item: &Item,
    path: &str,
    answer: &Answer,
    answers: &Answers,
    place: Place,
    last: &Last,
    checked: &mut Checked,
) {
    let before = last.get(&place.sided());
    let before = before.map(|last| (&last.answer, last.day.as_str()));
    if let Holds::Reading(reading) = &item.holds
        && answer.x.is_none()
        && fits(&item.holds, answer)
    {
        let parts = answer.p.iter().flatten();
        for (key, part) in parts {
            let Some(asked) = reading.parts.iter().find(|asked| asked.key == *key) else {
                checked.remarks.push(Said::new(RemarkCode::NotOffered, Weight::Refused).at(path, Some(key)));
                continue;
            };
            if !is_shown(&asked.show, Some(answer), answers, place.side) {
                checked.hidden.push(format!("{path}/{key}"));
                continue;
            }
            let before = before.and_then(|(last, day)| Some((last.part(key)?, day)));
            let meant = answer.ok == Some(true) || part.ok == Some(true);
            let mut said = Vec::new();
            one(asked, part, meant, before, &mut said);
            said.extend(later_than_now(asked, part, meant, last));
            if let Some(Err(wrong)) = seen(asked, answer) {
                said.push(wrong_notation(&wrong, answer));
            } else if let Some(Ok(read)) = seen(asked, answer) {
                said.extend(not_as_kept(read, part));
            }
            checked.remarks.extend(said.into_iter().map(|said| said.at(path, Some(key))));
        }
        for asked in reading.parts.iter().filter(|part| part.to_sign) {
            if answer.part(&asked.key).is_none() && is_shown(&asked.show, Some(answer), answers, place.side) {
                checked
                    .remarks
                    .push(Said::new(RemarkCode::Needed, Weight::ToSign).at(path, Some(&asked.key)));
            }
        }
        for part in &reading.parts {
            if let Holds::Derived(derived) = part.holds
                && let Some(text) = reckoned(derived, answer)
            {
                checked.derived.insert(format!("{path}/{}", part.key), text);
            }
        }
        return;
    }
    let mut said = Vec::new();
    one(item, answer, answer.ok == Some(true), before, &mut said);
    said.extend(later_than_now(item, answer, answer.ok == Some(true), last));
    checked.remarks.extend(said.into_iter().map(|said| said.at(path, None)));
}

/// What there is to say about one answer, or one part, by itself.
fn one(item: &Item, answer: &Answer, meant: bool, last: Option<(&Answer, &str)>, said: &mut Vec<Said>) {
    if !fits(&item.holds, answer) {
        said.push(Said::new(RemarkCode::NotOffered, Weight::Refused));
    } else if let (Holds::Number(number), Some(value)) = (&item.holds, &answer.n) {
        said.extend(number_said(number, value, answer.u.as_deref(), meant, last));
    } else if let (Holds::Tooth, Some(text)) = (&item.holds, &answer.t)
        && text.parse::<Tooth>().is_err()
    {
        said.push(Said::new(RemarkCode::NoSuchTooth, Weight::Refused).with("tooth", text.as_str()));
    }
}

/// That a time of the day lies ahead.
fn later_than_now(item: &Item, answer: &Answer, meant: bool, last: &Last) -> Option<Said> {
    let now = last.get(NOW)?.answer.t.as_deref()?;
    let is_later = item.holds == Holds::Time && answer.t.as_deref().is_some_and(|time| time > now);
    let weight = if meant { Weight::Told } else { Weight::Asked };
    is_later.then(|| Said::new(RemarkCode::LaterThanNow, weight).with("at", now))
}

/// Whether `answer` has what its item holds and nothing else: a code of its scale, a time, a text that is not too long.
fn fits(holds: &Holds, answer: &Answer) -> bool {
    let Answer { n, u, c, s, w, t, x, ok: _, p } = answer;
    let none = |has: [bool; 6]| has.into_iter().all(|has| !has);
    let has = [n.is_some(), u.is_some(), c.is_some(), s.is_some(), t.is_some(), p.is_some()];
    if x.is_some() {
        // Why may be said in words too.
        return none(has) && !matches!(holds, Holds::Derived(_));
    }
    let [number, unit, code, codes, text, parts] = has;
    let wordless = w.is_none();
    match holds {
        Holds::Number(_) => number && !(code || codes || text || parts) && wordless,
        Holds::Choice(scale) => {
            c.as_ref().is_some_and(|code| scale.has(code)) && none([number, unit, codes, text, parts, false])
        }
        Holds::Finding(scale) => {
            let told = c.as_deref().is_none_or(|code| ["normal", "not_examined"].contains(&code));
            let found = s.iter().flatten().all(|code| scale.has(code));
            // Normal, or not examined, with something found says two things.
            told && found
                && !(code && codes)
                && (code || codes || w.is_some())
                && none([number, unit, text, parts, false, false])
        }
        Holds::Text(longest) => {
            let short = t.as_ref().is_some_and(|text| text.chars().count() <= usize::from(*longest));
            short && none([number, unit, code, codes, parts, !wordless])
        }
        Holds::Time => {
            let time = t
                .as_ref()
                .is_some_and(|text| jiff::civil::Time::strptime("%H:%M", text).is_ok() && text.len() == 5);
            time && none([number, unit, code, codes, parts, !wordless])
        }
        Holds::Tooth => {
            let short = t.as_ref().is_some_and(|text| text.len() <= 8);
            short && none([number, unit, code, codes, parts, !wordless])
        }
        Holds::Acuity | Holds::Near => {
            let short = t.as_ref().is_some_and(|text| text.chars().count() <= 40);
            short && none([unit, codes, parts, !wordless, false, false])
        }
        Holds::Reading(_) => parts && none([number, unit, code, codes, text, !wordless]),
        Holds::Derived(_) => false,
    }
}

fn number_said(
    number: &Numeric,
    value: &crate::Decimal,
    unit: Option<&str>,
    meant: bool,
    last: Option<(&Answer, &str)>,
) -> Vec<Said> {
    let usual = number.units.first().map(String::as_str).unwrap_or_default();
    if let Some(unit) = unit
        && !number.units.iter().any(|known| known == unit)
    {
        return vec![Said::new(RemarkCode::WrongUnit, Weight::Refused).with("unit", number.units.join(", "))];
    }
    let within = |said: Said, limits: &super::Limits| {
        said.with("low", limits.low.plain()).with("high", limits.high.plain()).with("unit", usual)
    };
    if !number.possible.holds(value) {
        return vec![within(Said::new(RemarkCode::Impossible, Weight::Refused), &number.possible)];
    }
    let mut said = Vec::new();
    let plain = value.plain();
    let places = plain.split_once('.').map_or(0, |(_, digits)| digits.trim_end_matches('0').len());
    let steps = number.step.as_ref().and_then(|step| value.number()?.checked_rem(step.number()?));
    if places > usize::from(number.places) || steps.is_some_and(|rest| !rest.is_zero()) {
        let off = Said::new(RemarkCode::OffStep, Weight::Refused).with("places", number.places.to_string());
        let step = number.step.as_ref().map(crate::Decimal::plain);
        return vec![match step {
            Some(step) => off.with("step", step),
            None => off,
        }];
    }
    let weight = if meant { Weight::Told } else { Weight::Asked };
    if let Some(plausible) = number.plausible.as_ref().filter(|plausible| !plausible.holds(value)) {
        said.push(within(Said::new(RemarkCode::Implausible, weight), plausible));
    }
    if let (Some(limit), Some((before, on))) = (&number.since_last, last)
        && let (Some(far), Some(now), Some(then)) =
            (limit.number(), value.number(), before.n.as_ref().and_then(crate::Decimal::number))
        && (now - then).abs() >= far
    {
        let far = Said::new(RemarkCode::FarFromLast, weight).with("limit", limit.plain());
        let last = before.n.as_ref().map(crate::Decimal::plain).unwrap_or_default();
        said.push(far.with("last", last).with("on", on).with("unit", usual));
    }
    said
}

/// That a text is not how its chart is read, with the chart that is read so.
fn wrong_notation(wrong: &WrongNotation, reading: &Answer) -> Said {
    let chart = reading.code("chart").or(reading.code("notation")).unwrap_or_default();
    let mut said =
        Said::new(RemarkCode::WrongNotation, Weight::Refused).with("example", acuity::example(chart));
    if let Some(chart) = wrong.chart {
        let mut offer = reading.clone();
        let code = Answer { c: Some(chart.to_owned()), ..Answer::default() };
        offer.p.get_or_insert_default().insert("chart".to_owned(), code);
        said = said.with("chart", chart);
        said.offer = Some(offer);
    }
    said
}

/// That what is kept beside an acuity is not what its text says. The logarithms of two machines differ less than this.
fn not_as_kept(read: Seen, part: &Answer) -> Option<Said> {
    const NEARLY: f64 = 0.002;
    let kept = part.n.as_ref().and_then(crate::Decimal::number).and_then(|number| number.to_f64());
    let agrees = match (read, kept, part.c.as_deref()) {
        (_, None, None) => true,
        (Seen::LogMar(number), Some(kept), None) => (number - kept).abs() < NEARLY,
        (Seen::Below(below), None, Some(code)) => below.code() == code,
        _ => false,
    };
    (!agrees).then(|| Said::new(RemarkCode::NotOffered, Weight::Refused))
}

/// The lens of a reading: a sphere, and an axis if and only if there is a cylinder.
pub(super) fn lens(reading: &Answer) -> Option<Lens> {
    let sphere = reading.number("sph")?;
    let cylinder = reading.number("cyl").unwrap_or_default();
    let axis = reading.number("axis").and_then(|axis| axis.to_u16());
    match (cylinder.is_zero(), axis) {
        (true, _) => Some(Lens { sphere, cylinder, axis: 180 }),
        (false, Some(axis)) if (1..=180).contains(&axis) => Some(Lens { sphere, cylinder, axis }),
        (false, _) => None,
    }
}

fn reckoned(derived: Derived, reading: &Answer) -> Option<String> {
    let centimetres = reading.number("cm").and_then(|number| number.to_f64());
    let log_mar = || -> Option<f64> {
        let text = reading.part("value")?.t.as_deref()?;
        acuity::acuity(text, reading.code("chart")?, centimetres).ok()?.log_mar()
    };
    match derived {
        Derived::LogMar => Some(format!("{:.2}", positive(log_mar()?))),
        Derived::Letters => Some(acuity::letters(log_mar()?).to_string()),
        Derived::NearLogMar => {
            let text = reading.part("value")?.t.as_deref()?;
            let near = acuity::near(text, reading.code("notation")?, centimetres).ok()?.log_mar()?;
            Some(format!("{:.2}", positive(near)))
        }
        Derived::SphericalEquivalent => Some(super::lens::signed(lens(reading)?.equivalent())),
        Derived::Transposed => {
            let lens = lens(reading)?;
            (!lens.cylinder.is_zero()).then(|| lens.transposed().written())
        }
        Derived::AtCornea => Some(lens(reading)?.at_cornea(reading.number("vertex")?)?.written()),
        Derived::AnaestheticDose => Some(format!("{} mg", dose::rounded(dose::milligrams(reading)?, 1))),
        Derived::AnaestheticGiven | Derived::OralHygiene | Derived::PlaqueRecord => None,
    }
}

/// What is reckoned from all answers of a form.
pub(super) fn in_all(item: &Item, spec: &Spec, answers: &Answers, last: &Last) -> Option<String> {
    match item.holds {
        Holds::Derived(Derived::AnaestheticGiven) => dose::given(spec, answers, last),
        Holds::Derived(Derived::OralHygiene) => Some(hygiene::oral_hygiene(answers)?.said()),
        Holds::Derived(Derived::PlaqueRecord) => Some(hygiene::plaque_record(answers)?.said()),
        _ => None,
    }
}

/// No number is written `-0.00`.
fn positive(number: f64) -> f64 {
    if number.abs() < 0.005 { 0.0 } else { number }
}
