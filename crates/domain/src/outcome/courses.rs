//! Courses: the stretches of time in which a medicine went into an eye at one dosage, and what was done to it.

use jiff::civil::Date;

use crate::measure::EyeSide;
use crate::medication::Medicine;
use crate::patients::{Background, BackgroundSort, BackgroundStatus};
use crate::visits::Event;
use crate::{Instant, PartialDate, choice};

choice! {
    /// What stands on the time axis of an eye.
    pub enum Sort {
        /// A medicine at one dosage: a band.
        Course = "course",
        /// Something that was done once: a mark.
        Procedure = "procedure",
    }
}

/// A day, as exactly as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The day; of a month or a year the first.
    pub day: Date,
    /// Whether it is that very day.
    pub exact: bool,
}

/// A treatment of an eye.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// What it is.
    pub sort: Sort,
    /// What people call it, with its dosage.
    pub label: String,
    /// Which eye.
    pub side: EyeSide,
    /// Its first day.
    pub from: Day,
    /// Its last day; none where it goes on, or has no length.
    pub until: Option<Day>,
    /// Why it was stopped.
    pub stopped: Option<String>,
}

impl Day {
    fn on(day: Date) -> Self {
        Self { day, exact: true }
    }

    /// The day at the place where the time was written down.
    fn of(at: &Instant) -> Option<Self> {
        at.as_str().get(..10)?.parse().ok().map(Self::on)
    }

    fn first(date: PartialDate) -> Self {
        Self { day: date.earliest(), exact: date.exact().is_some() && !date.is_estimated() }
    }

    fn last(date: PartialDate) -> Self {
        Self { day: date.latest(), ..Self::first(date) }
    }
}

/// What makes a dosage another one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Dosage {
    /// Name and strength.
    called: [Option<String>; 2],
    /// One dose, and how often.
    taken: [Option<String>; 2],
    /// Whether only as needed.
    needed: bool,
    side: Option<EyeSide>,
}

impl Dosage {
    fn of(medicine: &Medicine) -> Self {
        let text = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
        };
        Self {
            called: [text(&medicine.name), text(&medicine.strength)],
            taken: [text(&medicine.dose), text(&medicine.frequency)],
            needed: medicine.as_needed == Some(true),
            side: medicine.side.filter(|side| *side != EyeSide::NotRecorded),
        }
    }

    fn label(&self) -> String {
        let called = self.called.iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let needed = self.needed.then(|| "as needed".to_owned());
        let taken = self.taken.iter().flatten().cloned().chain(needed);
        std::iter::once(called).chain(taken).collect::<Vec<_>>().join(", ")
    }

    /// Whether it only says more than `before`, and nothing else.
    fn completes(&self, before: &Self) -> bool {
        let parts = |of: &Self| of.called.iter().chain(&of.taken).cloned().collect::<Vec<_>>();
        let adds = |(was, is): (Option<String>, Option<String>)| was.is_none() || was == is;
        parts(before).into_iter().zip(parts(self)).all(adds)
            && before.needed == self.needed
            && (before.side.is_none() || before.side == self.side)
    }
}

/// The courses of a medicine by its steps, each with the day on which it was written and what the record then said; the
/// last of them is how it stands. None of a medicine that goes into no eye. What was changed on the day on which it was
/// written, before the first day of the course, or once it was over was a slip and no other dosage; nor is it another one
/// where only more was said, such as the eye.
#[must_use]
pub fn courses(steps: &[(Date, Medicine)], today: Date) -> Vec<Course> {
    let (Some((made, first)), Some((_, now))) = (steps.first(), steps.last()) else { return Vec::new() };
    if !now.is_for_an_eye() {
        return Vec::new();
    }
    let ordered = || now.at.as_ref().and_then(Day::of);
    let begun = now.since.map(Day::first).or_else(ordered).unwrap_or(Day::on(*made));
    let over = |day: Date, medicine: &Medicine| {
        let ended = medicine.until.is_some_and(|until| until.latest() < day);
        ended || medicine.status.as_deref().is_some_and(|status| status != "active")
    };
    // Each stretch with the day on which its dosage was written last.
    let mut stretches = vec![(begun, Dosage::of(first), *made)];
    let mut was_over = over(*made, first);
    for (day, medicine) in steps.iter().skip(1) {
        let said = Dosage::of(medicine);
        if let Some(last) = stretches.last_mut().filter(|(_, known, _)| *known != said) {
            if *day <= last.2 || *day <= last.0.day || was_over || said.completes(&last.1) {
                last.1 = said;
            } else {
                stretches.push((Day::on(*day), said, *day));
            }
        }
        was_over = over(*day, medicine);
    }
    let ended = || {
        let words = |medicine: &Medicine| medicine.status.as_deref().is_some_and(|status| status != "active");
        let since = steps.iter().rev().take_while(|(_, medicine)| words(medicine)).last();
        since.map(|(day, _)| Day::on(*day))
    };
    // What was stopped before the last day that was planned ended when it was stopped.
    let end = now.until.map(Day::last).into_iter().chain(ended()).min().filter(|end| end.day <= today);
    let mut ends: Vec<Option<Day>> = stretches.iter().skip(1).map(|(from, ..)| Some(*from)).collect();
    ends.push(end);
    let last = stretches.len() - 1;
    let course = |(at, (from, dosage, until)): (usize, (Day, Dosage, Option<Day>))| Course {
        sort: Sort::Course,
        label: dosage.label(),
        side: dosage.side.unwrap_or(EyeSide::NotRecorded),
        from,
        until: until.map(|until| until.max(Day { day: from.day, ..until })),
        stopped: now.stopped.clone().filter(|_| at == last && until.is_some()),
    };
    let each = stretches.into_iter().zip(ends).map(|((from, dosage, _), until)| (from, dosage, until));
    each.enumerate().map(course).collect()
}

/// An operation of an eye as a mark: one of the patient's own that was done, on a day that is known. Where nobody chose the eye,
/// its name may say it.
#[must_use]
pub fn operation(background: &Background) -> Option<Course> {
    let done = background.sort == Some(BackgroundSort::Operation)
        && background.relative.is_none()
        && background.status != Some(BackgroundStatus::Never);
    let label = background.name.clone().or_else(|| background.code.clone()?.display).filter(|_| done)?;
    let side = background.side.or_else(|| EyeSide::named(&label))?;
    Some(mark(label, side, Day::first(background.when?)))
}

/// A procedure of an eye that was done elsewhere as a mark, where its source says which eye, by its site or in its name, and when.
/// What was not done has no code.
#[must_use]
pub fn procedure(event: &Event) -> Option<Course> {
    let is_procedure = event.category.as_deref() == Some("procedure");
    let done = is_procedure && event.status.as_deref() == Some("completed");
    let code = event.code.clone().filter(|_| done)?;
    let label = code.display.or(code.code)?;
    let side = event.side.or_else(|| EyeSide::named(&label))?;
    let day = event.at.as_ref().and_then(Day::of).or(event.day.map(Day::first))?;
    Some(mark(label, side, day))
}

fn mark(label: String, side: EyeSide, from: Day) -> Course {
    Course { sort: Sort::Procedure, label, side, from, until: None, stopped: None }
}
