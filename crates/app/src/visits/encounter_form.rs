//! Blank encounter forms, for a morning without power: they are typed in afterwards.

use documents::forms::{Boxes, Form, render};
use documents::{Emblem, Format, Letterhead, Paper};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::certificates::{Printed, hand_over, moment, unprintable};
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
const FOOT: &str = "{site}. Patients' data once it is filled in: type it in, then keep it locked away.";
const MOST: u32 = 50;
/// The boxes from top to bottom, and how many lines each row holds.
const ROWS: [(&[&str], u16); 10] = [
    (&["Ticket", "Date", "Time of arrival", "Seen at"], 1),
    (&["Family name, given names", "Number"], 1),
    (&["Born", "Sex", "Course, year, section"], 1),
    (&["Allergies", "Reason for coming"], 2),
    (&["Temperature", "Pulse", "Respiration", "Blood pressure", "SpO2", "Weight", "Height", "Pain"], 1),
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
    let boxes = |(labels, lines): &(&[&str], u16)| Boxes {
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        lines: *lines,
    };
    let form = Form {
        paper: Paper::portrait(Format::A4),
        language: "en".to_owned(),
        letterhead: Letterhead {
            name: seat.place.clinic_name.clone(),
            lines: vec![seat.place.site_name.clone()],
            emblem: Emblem::None,
        },
        title: TITLE.to_owned(),
        rows: ROWS.iter().map(boxes).collect(),
        foot: FOOT.replace("{site}", &seat.place.site_name),
        author: seat.place.clinic_name.clone(),
        subject: TITLE.to_owned(),
        created: moment(&seat.moment.wall),
    };
    let page = render(&form).map_err(unprintable)?;
    hand_over(seat, input.printer, "encounter form", input.copies, page)
}
