//! Where somebody studies, term by term.

use jiff::civil::Date;

use crate::{PartialDate, RecordId, choice, record};

choice! {
    /// How an enrolment stands.
    pub enum EnrolmentStatus {
        /// They study here.
        Enrolled = "enrolled",
        /// They left before the end.
        Left = "left",
        /// They finished.
        Graduated = "graduated",
        /// They are away for a time and will come back.
        OnLeave = "on_leave",
    }
}

record! {
    /// That somebody is enrolled in a school year, or in a term of it.
    pub struct Enrolment: "enrolment", Claim, Site;
    told EnrolmentText;
    verbs { Create: PatientEdit, Patch: PatientEdit, Void: PatientEdit, Resolve: ConflictResolve, }
    happened { from, }
    roles { source: source, original: original, }
    required { school_year, }
    over { |enrolment, today| {
        enrolment.until.is_some_and(|until| until.latest() < today)
            || matches!(enrolment.status, Some(EnrolmentStatus::Left | EnrolmentStatus::Graduated))
    } }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The school year: `2026-2027`.
        school_year: String, Ordinary;
        /// The term in it: `1st semester`.
        term: String, Ordinary;
        /// Course or programme.
        programme: String, Ordinary;
        /// Year of the course.
        year: String, Ordinary;
        /// Section or block.
        section: String, Ordinary;
        /// Campus.
        campus: String, Ordinary;
        /// How it stands.
        status: EnrolmentStatus, Ordinary;
        /// Its first day.
        from: PartialDate, Ordinary;
        /// Its last day.
        until: PartialDate, Ordinary;
        /// Remarks.
        remarks: String, Ordinary;
        /// The list that it was imported from.
        source: String, Fixed;
        /// What the source said and no field holds.
        original: String, Fixed;
    }
}

impl Enrolment {
    /// By what the latest of somebody's enrolments is told: the school year, in it the first day, and of two without one the
    /// term. One that has no school year comes before all.
    #[must_use]
    pub fn order(&self) -> (&str, Option<Date>, &str) {
        (
            self.school_year.as_deref().unwrap_or_default(),
            self.from.map(|from| from.earliest()),
            self.term.as_deref().unwrap_or_default(),
        )
    }
}

/// A school year as it is kept: `2026-27`, `2026 - 2027` and `SY 2026/2027` are one, and a school that counts by
/// calendar years writes `2026`. Nothing where it is none.
#[must_use]
pub fn school_year(written: &str) -> Option<String> {
    let parts: Vec<&str> =
        written.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let year = |text: &str| text.parse::<u16>().ok().filter(|year| (1900..2200).contains(year));
    match parts.as_slice() {
        [one] => year(one).map(|year| year.to_string()),
        [one, other] => {
            let (first, next) = (year(one)?, other.parse::<u16>().ok()?);
            let follows = next == first + 1 || (other.len() == 2 && next == (first + 1) % 100);
            follows.then(|| format!("{first}-{}", first + 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Enrolment, school_year};

    #[test]
    fn the_latest_enrolment_is_told_by_year_then_first_day_then_term() {
        let of = |school_year: &str, from: &str, term: &str| Enrolment {
            school_year: Some(school_year.to_owned()).filter(|year| !year.is_empty()),
            from: from.parse().ok(),
            term: Some(term.to_owned()),
            ..Enrolment::default()
        };
        let ordered = [
            of("", "2030-01-01", "2nd"),
            of("2025-2026", "2026-01-10", "2nd"),
            of("2026-2027", "", "1st"),
            of("2026-2027", "", "2nd"),
            of("2026-2027", "2026-08-10", "1st"),
            of("2026-2027", "2027-01", "1st"),
        ];
        assert!(ordered.is_sorted_by(|one, next| one.order() < next.order()));
    }

    #[test]
    fn a_school_year_is_one_however_it_is_written() {
        for written in ["2026-2027", "2026-27", "SY 2026 / 2027", "AY2026–2027"] {
            assert_eq!(school_year(written).as_deref(), Some("2026-2027"), "{written}");
        }
        assert_eq!(school_year("1999-00").as_deref(), Some("1999-2000"));
        assert_eq!(school_year("2026").as_deref(), Some("2026"));
        for wrong in ["", "next", "2026-2029", "26-27", "2026-2027-2028", "99999"] {
            assert_eq!(school_year(wrong), None, "{wrong}");
        }
    }
}
