//! What is checked between the answers of a form.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::answer::{Answer, Answers, of_item};
use super::check::{Said, lens};
use super::lens::{Lens, apart, signed};
use super::remark::{Last, Remark, RemarkCode, Weight};
use super::spec::{Check, Place, Spec};

const EYES: [&str; 2] = ["R", "L"];

/// Twenty degrees (ours): a glass turned so far is noticed.
const AXIS_APART: u16 = 20;
/// An axis of a smaller cylinder is not sure enough to be asked about.
const CYLINDER_SURE: Decimal = Decimal::from_parts(75, 0, 0, false, 2);
/// A sphere so far from the autorefractor's or the glasses' is asked about (ours).
const SPHERE_APART: Decimal = Decimal::ONE;
/// The steps of trial lenses.
const LENS_STEP: Decimal = Decimal::from_parts(25, 0, 0, false, 2);
/// An acuity that is worse by so much logMAR is told (ours).
const WORSE: Decimal = Decimal::from_parts(15, 0, 0, false, 2);
/// The upper end of the usual pressures, in mmHg.
const USUAL_PRESSURE: Decimal = Decimal::from_parts(21, 0, 0, false, 0);
/// From this pressure somebody acts, in mmHg; the clinic's ophthalmologist confirms it.
const ACT_PRESSURE: Decimal = Decimal::from_parts(35, 0, 0, false, 0);
/// Pupils that differ by so many millimetres are told.
const PUPILS_APART: Decimal = Decimal::ONE;
/// Discs whose cups differ by so much are told.
const CUPS_APART: Decimal = Decimal::from_parts(2, 0, 0, false, 1);

/// What `check` has to say about `answers`.
pub(super) fn check(check: Check, spec: &Spec, answers: &Answers, last: &Last) -> Vec<Remark> {
    match check {
        Check::Lens => each(answers, "lens", |_, path, reading| lens_itself(path, reading)),
        Check::LensAgrees => {
            each(answers, "lens", |side, path, reading| lens_agrees(answers, last, side, path, reading))
        }
        Check::LensDry => each(answers, "lens", |_, path, reading| lens_dry(answers, path, reading)),
        Check::AcuityHolds => each(answers, "va", |side, path, reading| {
            acuity_holds(last, side, path, reading).into_iter().collect()
        }),
        Check::Pressure => {
            each(answers, "iop", |side, path, reading| pressure(answers, last, side, path, reading))
        }
        Check::PupilsAlike => alike(spec, answers, &["bright", "dim"], PUPILS_APART),
        Check::DiscsAlike => alike(spec, answers, &["cd_v", "cd_h"], CUPS_APART),
        Check::GumsByAge => gums_by_age(answers),
    }
}

/// What `say` says about each reading of an item, eye by eye.
fn each(answers: &Answers, item: &str, say: impl Fn(&str, &str, &Answer) -> Vec<Remark>) -> Vec<Remark> {
    let readings =
        EYES.into_iter().flat_map(|side| of_item(answers, item, Some(side)).map(move |of| (side, of)));
    let readings = readings.filter(|(_, (_, reading))| reading.x.is_none());
    readings.flat_map(|(side, (path, reading))| say(side, path, reading)).collect()
}

/// A lens has an axis if and only if it has a cylinder; all but a device's are in steps of a quarter.
fn lens_itself(path: &str, reading: &Answer) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let device = reading.code("method") == Some("autorefractor");
    for part in ["sph", "cyl", "add"] {
        let rest = reading.number(part).and_then(|power| power.checked_rem(LENS_STEP));
        if !device && rest.is_some_and(|rest| !rest.is_zero()) {
            let off =
                Said::new(RemarkCode::OffStep, Weight::Refused).with("step", "0.25").with("places", "2");
            remarks.push(off.at(path, Some(part)));
        }
    }
    let has_cylinder = reading.number("cyl").is_some_and(|cylinder| !cylinder.is_zero());
    match (has_cylinder, reading.number("axis")) {
        (true, None) => {
            remarks.push(Said::new(RemarkCode::AxisNeeded, Weight::Refused).at(path, Some("axis")));
        }
        (false, Some(_)) => {
            remarks.push(Said::new(RemarkCode::AxisAlone, Weight::Refused).at(path, Some("axis")));
        }
        (true, Some(axis)) if axis.is_zero() => {
            let mut zero = Said::new(RemarkCode::AxisZero, Weight::Refused);
            let mut offer = reading.clone();
            let half = Answer { n: Some(crate::Decimal::from(180)), ..Answer::default() };
            offer.p.get_or_insert_default().insert("axis".to_owned(), half);
            zero.offer = Some(offer);
            remarks.push(zero.at(path, Some("axis")));
        }
        _ => {}
    }
    remarks
}

/// The same lens with a minus cylinder, so that two can be compared.
fn minus(lens: Lens) -> Lens {
    if lens.cylinder > Decimal::ZERO { lens.transposed() } else { lens }
}

/// A lens that somebody found lies near the autorefractor's and near the own glasses'.
fn lens_agrees(answers: &Answers, last: &Last, side: &str, path: &str, reading: &Answer) -> Vec<Remark> {
    let found = |reading: &Answer| {
        matches!(reading.code("method"), Some("subjective" | "retinoscopy" | "cycloplegic"))
    };
    let Some(lens_found) = lens(reading).filter(|_| found(reading)).map(minus) else { return Vec::new() };
    let reference =
        |reading: &Answer| matches!(reading.code("method"), Some("autorefractor" | "own_glasses"));
    let here: Vec<&Answer> = of_item(answers, "lens", Some(side)).map(|(_, other)| other).collect();
    let before = last.get(&format!("lens:{side}")).map(|last| &last.answer);
    let own_here = here.iter().any(|other| other.code("method") == Some("own_glasses"));
    let before = before.filter(|last| !own_here && last.code("method") == Some("own_glasses"));
    let others = here.into_iter().filter(|other| reference(other)).chain(before).filter_map(lens).map(minus);
    let mut remarks = Vec::new();
    let weight = |part: &str| {
        let meant = reading.ok == Some(true) || reading.part(part).is_some_and(|part| part.ok == Some(true));
        if meant { Weight::Told } else { Weight::Asked }
    };
    for other in others {
        let sure = [lens_found, other].iter().all(|lens| lens.cylinder.abs() >= CYLINDER_SURE);
        if sure && apart(lens_found.axis, other.axis) > AXIS_APART {
            let far = Said::new(RemarkCode::AxisFar, weight("axis")).with("other", other.axis.to_string());
            remarks.push(far.at(path, Some("axis")));
        }
        if (lens_found.sphere - other.sphere).abs() >= SPHERE_APART {
            let far = Said::new(RemarkCode::SphereFar, weight("sph")).with("other", signed(other.sphere));
            remarks.push(far.at(path, Some("sph")));
        }
    }
    remarks
}

/// A lens of a method without drops is asked about where drops were given in this form, and kept when it is meant.
fn lens_dry(answers: &Answers, path: &str, reading: &Answer) -> Vec<Remark> {
    let at = of_item(answers, "drops_at", None).find_map(|(_, drops)| drops.t.clone());
    let dry = matches!(reading.code("method"), Some("autorefractor" | "retinoscopy" | "subjective"));
    let Some(at) = at.filter(|_| dry) else { return Vec::new() };
    let meant = reading.ok == Some(true) || reading.part("method").is_some_and(|part| part.ok == Some(true));
    let weight = if meant { Weight::Told } else { Weight::Asked };
    vec![Said::new(RemarkCode::AfterDrops, weight).with("at", at).at(path, Some("method"))]
}

/// Of an acuity with the best correction: it is not worse than last time's.
fn acuity_holds(last: &Last, side: &str, path: &str, reading: &Answer) -> Option<Remark> {
    let before = last.get(&format!("va:{side}"))?;
    let best = |reading: &Answer| reading.code("with") == Some("best");
    let worse = best(reading)
        && best(&before.answer)
        && reading.number("value")? - before.answer.number("value")? >= WORSE;
    let then = before.answer.part("value")?.t.clone().unwrap_or_default();
    let said = Said::new(RemarkCode::Worse, Weight::Told).with("last", then).with("on", before.day.clone());
    worse.then(|| said.at(path, Some("value")))
}

/// A pressure above its target, else above the usual; and one at which somebody acts.
fn pressure(answers: &Answers, last: &Last, side: &str, path: &str, reading: &Answer) -> Vec<Remark> {
    let Some(value) = reading.number("value") else { return Vec::new() };
    let here = of_item(answers, "target", Some(side)).map(|(_, target)| target).next();
    let target = here.or_else(|| last.get(&format!("target:{side}")).map(|last| &last.answer));
    let target = target.and_then(|target| target.n.as_ref()?.number());
    let told = |code, limit: Decimal| {
        Said::new(code, Weight::Told)
            .with("limit", limit.to_string())
            .with("unit", "mmHg")
            .at(path, Some("value"))
    };
    let mut remarks = Vec::new();
    match target {
        Some(target) if value > target => remarks.push(told(RemarkCode::AboveTarget, target)),
        // What somebody acts on now says so alone.
        None if value > USUAL_PRESSURE && value < ACT_PRESSURE => {
            remarks.push(told(RemarkCode::Raised, USUAL_PRESSURE))
        }
        _ => {}
    }
    if value >= ACT_PRESSURE {
        remarks.push(told(RemarkCode::ActNow, ACT_PRESSURE));
    }
    remarks
}

/// Both eyes' numbers of `items` lie closer than `limit`.
fn alike(spec: &Spec, answers: &Answers, items: &[&str], limit: Decimal) -> Vec<Remark> {
    let number = |item: &str, side: &str| answers.get(&format!("{item}:{side}"))?.n.as_ref()?.number();
    let known = items.iter().filter(|item| spec.item(item).is_some());
    let far = known.filter(|item| {
        let (right, left) = (number(item, "R"), number(item, "L"));
        right.zip(left).is_some_and(|(right, left)| (right - left).abs() >= limit)
    });
    let said = |item: &&str| {
        let unequal = Said::new(RemarkCode::Unequal, Weight::Told)
            .with("limit", limit.to_f64().unwrap_or_default().to_string());
        unequal.at(&format!("{item}:R"), None)
    };
    far.map(said).collect()
}

/// Of a child of 7 to 11 years no pocket is probed: a code above 2 is asked about.
fn gums_by_age(answers: &Answers) -> Vec<Remark> {
    let is_child = answers.get("teeth").is_some_and(|teeth| teeth.c.as_deref() == Some("child"));
    let pocket = |answer: &Answer| {
        answer.c.as_deref().is_some_and(|code| code.starts_with(['3', '4']) || code.ends_with('*'))
    };
    let codes =
        answers.iter().filter(|(path, answer)| is_child && Place::of(path).item == "code" && pocket(answer));
    let asked = |(path, answer): (&String, &Answer)| {
        let weight = if answer.ok == Some(true) { Weight::Told } else { Weight::Asked };
        Said::new(RemarkCode::NotAtThisAge, weight).at(path, None)
    };
    codes.map(asked).collect()
}
