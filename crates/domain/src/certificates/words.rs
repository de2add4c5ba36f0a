//! The words of a printed document by its own language, which is apart from the program's.

use super::days::weekday;
use super::{LensesFor, SentTo, Verdict};
use crate::PartialDate;
use crate::access::Role;

/// What stands on paper in one language. Names in braces are filled in.
#[derive(Debug)]
pub struct Words {
    /// Before the number: `No. {number}`.
    pub number: &'static str,
    /// In the number's place before issue.
    pub number_at_issue: &'static str,
    /// In the code's box before issue.
    pub code_at_issue: &'static str,
    /// What the code is, for readers who cannot see it.
    pub code: &'static str,
    /// Page count of several pages: `{page}`, `{pages}`.
    pub page: &'static str,
    /// Across a page that was not issued.
    pub draft: &'static str,
    /// In the signer's place while nobody who looks may issue it.
    pub signer_at_issue: &'static str,
    /// Before the licence: `Licence {licence}`.
    pub licence: &'static str,
    /// In the circle kept free for a seal.
    pub seal: &'static str,
    /// Form code and since when it is used: `{form}`, `{day}`.
    pub form: &'static str,
    /// How anybody checks it, where there is no server.
    pub check: &'static str,
    /// How anybody checks it: `{server}`.
    pub check_at: &'static str,
    /// When the date of birth is not known.
    pub unknown_date: &'static str,
    /// An estimated date: `{day}`.
    pub about: &'static str,
    /// `{label}`, `{number}`, after the date of birth.
    pub known_by: &'static str,
    /// What the numbers of students, employees and all others are called.
    pub labels: [(&'static str, &'static str); 3],
    /// The year of a course: `{year}`.
    pub year: &'static str,
    /// What stands after the date of birth and number: `{belongs}`.
    pub belongs: &'static str,
    /// One day, several: `{count}`.
    pub days: [&'static str; 2],
    /// One class day, several: `{count}`.
    pub class_days: [&'static str; 2],
    /// How a template says a stretch of days, and how that is said of one day.
    pub one_day: &'static [(&'static str, &'static str)],
    /// What it extends: `{number}`.
    pub extends: &'static str,
    /// `{day}`.
    pub back_on: &'static str,
    /// One day before the examination, several: `{count}`.
    pub account: [&'static str; 2],
    /// Before the limits: `{limits}`.
    pub limits: &'static str,
    /// Before the diagnosis: `{diagnosis}`.
    pub diagnosis: &'static str,
    /// Before the reason for coming: `{reason}`.
    pub reason: &'static str,
    /// With whom they go: `{with}`.
    pub sent_with: &'static str,
    /// Before the recommendation: `{recommendation}`.
    pub recommendation: &'static str,
    /// From pupil to pupil, for near too, for near alone: `{pd}`, `{near}`.
    pub pd: [&'static str; 3],
    /// That the eyes had drops before they were measured: `{time}`.
    pub drops: &'static str,
    /// The right eye, the left.
    pub eyes: [&'static str; 2],
    /// The parts of a lens that stand in one column, and what it is called; the first three always stand there.
    pub lens: &'static [(&'static [&'static str], &'static str)],
    /// The language of what a form calls its answers.
    pub tag: &'static str,
    lenses_for: [&'static str; 6],
    sent_to: [&'static str; 5],
    verdicts: [&'static str; 4],
    months: [&'static str; 12],
    weekdays: [&'static str; 7],
    roles: [&'static str; 8],
}

const EN: Words = Words {
    number: "No. {number}",
    number_at_issue: "Number at issue",
    code_at_issue: "Code at issue",
    code: "Code that verifies this certificate",
    page: "Page {page} of {pages}",
    draft: "DRAFT - NOT VALID",
    signer_at_issue: "Signer at issue",
    licence: "Licence {licence}",
    seal: "Seal",
    form: "{form} · effective {day}",
    check: "Check: scan the code",
    check_at: "Check: scan, or {server}",
    unknown_date: "on a date not known",
    about: "about {day}",
    known_by: ", {label} {number}",
    labels: [("student", "student number"), ("employee", "employee number"), ("", "number")],
    year: "year\u{a0}{year}",
    belongs: ", {belongs}",
    days: ["{count}\u{a0}day", "{count}\u{a0}days"],
    class_days: ["{count}\u{a0}class\u{a0}day", "{count}\u{a0}class\u{a0}days"],
    one_day: &[("from {from} to {until}", "on {from}"), ("from {from} until {until}", "on {from}")],
    extends: "This certificate extends certificate No.\u{a0}{number}.",
    back_on: "May return on {day}.",
    account: [
        " The day before the examination is by the patient’s account.",
        " The {count} days before the examination are by the patient’s account.",
    ],
    limits: "Limits: {limits}",
    diagnosis: "Diagnosis: {diagnosis}",
    reason: "Reason for coming: {reason}",
    sent_with: " with {with}",
    recommendation: "Recommendation: {recommendation}",
    pd: [
        "From pupil to pupil: {pd}\u{a0}mm.",
        "From pupil to pupil: {pd}\u{a0}mm, for near {near}\u{a0}mm.",
        "From pupil to pupil for near: {near}\u{a0}mm.",
    ],
    drops: "Measured after drops at\u{a0}{time}.",
    eyes: ["Right", "Left"],
    lens: &[
        (&["sph"], "Sphere"),
        (&["cyl"], "Cylinder"),
        (&["axis"], "Axis"),
        (&["add"], "Addition"),
        (&["prism_h", "base_h", "prism_v", "base_v"], "Prism"),
        (&["vertex"], "Vertex"),
        (&["va"], "Acuity"),
    ],
    tag: "en",
    lenses_for: [
        "for distance",
        "for near",
        "for reading",
        "with bifocal lenses",
        "with progressive lenses",
        "for work",
    ],
    sent_to: [
        "Goes back to class{with}.",
        "Goes home{with}.",
        "Stays at the clinic to rest{with}.",
        "Goes on to be seen elsewhere{with}.",
        "Goes to hospital{with}.",
    ],
    verdicts: ["fit", "fit with limits", "not fit", "prescribed"],
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    roles: [
        "Administrator",
        "Physician",
        "Dentist",
        "Nurse",
        "Front desk",
        "Optometrist",
        "Pharmacist",
        "Auditor",
    ],
};

const ALL: &[(&str, &Words)] = &[("en", &EN)];

/// The words of `language` (BCP 47); English for one that nobody has written yet.
#[must_use]
pub fn of(language: &str) -> &'static Words {
    let primary = language.split('-').next().unwrap_or_default();
    ALL.iter().find(|(known, _)| *known == primary).map_or(&EN, |(_, words)| words)
}

impl Words {
    /// What is certified.
    #[must_use]
    pub fn verdict(&self, verdict: Verdict) -> &'static str {
        self.verdicts.get(verdict as usize).copied().unwrap_or_default()
    }

    /// At which distances lenses help.
    #[must_use]
    pub fn lenses_for(&self, lenses: LensesFor) -> &'static str {
        self.lenses_for.get(lenses as usize).copied().unwrap_or_default()
    }

    /// Where somebody goes from here.
    #[must_use]
    pub fn sent_to(&self, to: SentTo) -> &'static str {
        self.sent_to.get(to as usize).copied().unwrap_or_default()
    }

    /// What somebody of this role is called under their signature.
    #[must_use]
    pub fn role(&self, role: Role) -> &'static str {
        self.roles.get(role as usize).copied().unwrap_or_default()
    }

    /// A date as exactly as it is known: `14-Jul-1999`, `Jul-1999`, `about 1999`.
    #[must_use]
    pub fn date(&self, date: PartialDate) -> String {
        let text = date.to_string();
        let mut parts = text.trim_start_matches('~').splitn(3, '-');
        let year = parts.next().unwrap_or_default();
        let month = parts.next().and_then(|month| month.parse::<usize>().ok());
        let month = month.and_then(|month| self.months.get(month.checked_sub(1)?));
        let plain = match (parts.next(), month) {
            (Some(day), Some(month)) => format!("{day}-{month}-{year}"),
            (None, Some(month)) => format!("{month}-{year}"),
            _ => year.to_owned(),
        };
        if date.is_estimated() { self.about.replace("{day}", &plain) } else { plain }
    }

    /// A day with its weekday: `Sat 21-Nov-2026`.
    #[must_use]
    pub fn day(&self, date: PartialDate) -> String {
        let weekday = date.exact().and_then(|day| self.weekdays.get(weekday(day) as usize));
        match weekday {
            Some(weekday) => format!("{weekday} {}", self.date(date)),
            None => self.date(date),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_exactly_as_they_are_known() {
        let words = of("en");
        let written = |text: &str| words.date(text.parse().unwrap());
        assert_eq!(
            [written("1999-07-14"), written("1999-07"), written("1999"), written("~1999")],
            ["14-Jul-1999", "Jul-1999", "1999", "about 1999"]
        );
        assert_eq!(words.day("2026-11-21".parse().unwrap()), "Sat 21-Nov-2026");
        assert_eq!(words.day("2026-11".parse().unwrap()), "Nov-2026");
    }

    #[test]
    fn every_verdict_role_and_way_has_its_word() {
        let words = of("en-PH");
        assert_eq!(words.verdict(Verdict::NotFit), "not fit");
        assert!(Verdict::ALL.iter().all(|verdict| !words.verdict(*verdict).is_empty()));
        assert!(LensesFor::ALL.iter().all(|lenses| !words.lenses_for(*lenses).is_empty()));
        assert_eq!([words.role(Role::Doctor), words.role(Role::Optometrist)], ["Physician", "Optometrist"]);
        assert!(Role::ALL.iter().all(|role| !words.role(*role).is_empty()));
        assert!(SentTo::ALL.iter().all(|to| words.sent_to(*to).contains("{with}")));
    }
}
