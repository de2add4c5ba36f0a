//! Blank encounter forms, for a morning without power: they are typed in afterwards.

use documents::blocks::{Block, Boxes};
use documents::sheets::{Document, render};
use domain::Instant;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::certificates::{Printed, hand_over};
use crate::paper::{plain, unprintable};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// Blank encounter forms to print.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintEncounterForm {
    /// Where; nothing for the machine's default.
    pub printer: Option<String>,
    /// How many, 1 to 50.
    pub copies: u32,
}

const TITLE: &str = "Encounter form";
const FOOT: &str = "Patients' data once it is filled in: type it in, then keep it locked away.";
const MOST: u32 = 50;
/// The boxes from top to bottom, and how many lines each row holds.
const ROWS: [(&[&str], u16); 11] = [
    (&["Ticket", "Date", "Time of arrival", "Seen at"], 1),
    (&["Family name, given names", "Number"], 1),
    (&["Born", "Sex", "Course, year, section"], 1),
    (&["Allergies", "Reason for coming"], 2),
    (&["Temperature", "Pulse", "Respiration", "Blood pressure"], 1),
    (&["SpO2", "Weight", "Height", "Pain"], 1),
    (&["History", "Examination"], 4),
    (&["Diagnosis", "Treatment"], 3),
    (&["Plan"], 2),
    (&["Home / class / rest / referred / hospital", "With whom"], 1),
    (&["Seen by", "Signature"], 1),
];

/// Prints blank encounter forms.
pub(crate) fn print_encounter_form(seat: &mut Seat, input: PrintEncounterForm) -> Result<Printed, Refusal> {
    if !(1..=MOST).contains(&input.copies) {
        return Err(Refusal::invalid("copies"));
    }
    let form = form(&seat.place.clinic_name, &seat.place.site_name, &seat.moment.wall);
    let page = render(&form).map_err(unprintable)?;
    hand_over(seat, input.printer, "encounter form", input.copies, page)
}

/// The form of `clinic` at `site`.
fn form(clinic: &str, site: &str, at: &Instant) -> Document {
    let head = [Block::Space(6), Block::Title(TITLE.to_owned()), Block::Space(3)];
    let boxes = ROWS.iter().map(|(labels, lines)| Block::Boxes(Boxes::lines(labels, *lines)));
    let form = plain(clinic, site, TITLE, at, head.into_iter().chain(boxes).collect());
    Document { foot: FOOT.to_owned(), ..form }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_box_stands_on_one_page_under_the_longest_names_too() {
        let at = "2026-11-22T08:00:00+08:00".parse().unwrap();
        let clinic = "Saint Catherine of Alexandria University Medical and Dental Services Clinic ".repeat(2);
        let site = "Campus of Engineering, Architecture and Fine Arts, Building C, ground floor ".repeat(2);
        for (clinic, site) in [("Clinic", "Main"), (clinic.as_str(), site.as_str())] {
            let page = render(&form(clinic, site, &at)).unwrap();
            assert_eq!(documents::pixels::pages(&page), Ok(1), "{clinic}");
        }
    }
}
