//! A copy of a file on paper: each page says that it is a copy, whose, and which of how many.

use documents::copies::{Content, Copy, MOST_PAGES, render};
use documents::{Format, Paper, dicom, pixels};
use domain::files::FileSort;
use domain::patients::Patient;
use domain::{PartialDate, RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Standing;
use super::pages::{JPEG, PNG, bytes_of};
use crate::answer::shortened;
use crate::brought::drawn;
use crate::certificates::{MOST_COPIES, Printed, hand_over};
use crate::paper::{moment, unprintable};
use crate::records::{Names, day_on_paper, name_on_paper};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A file to print a copy of.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintFile {
    /// The file.
    pub file: RecordId,
    /// Where; nothing for the machine's default.
    pub printer: Option<String>,
    /// How many copies, 1 to 20.
    pub copies: u32,
}

const MARK: &str = "COPY";
const FOOT: &str =
    "{site}, printed {time} by {name}. Patients' data: keep it locked away. · Page {page} of {pages}";
/// How wide a page of a PDF is drawn, in pixels: 240 dots an inch on A4.
const WIDTH: u32 = 2_000;

/// Prints a copy of a file.
pub(crate) fn print_file(seat: &mut Seat, input: PrintFile) -> Result<Printed, Refusal> {
    let standing = Standing::of(seat, input.file)?;
    if !(1..=MOST_COPIES).contains(&input.copies) {
        return Err(Refusal::invalid("copies"));
    }
    let sheets = sheets(seat, &standing)?;
    // The spooler keeps titles where other people of the machine read them.
    let printed = hand_over(seat, input.printer, "copy of a file", input.copies, sheets)?;
    seat.detail = Some(Value::Map(
        [
            ("copies".to_owned(), Value::Int(i64::from(input.copies))),
            ("printer".to_owned(), Value::text(&printed.printer)),
        ]
        .into(),
    ));
    Ok(printed)
}

/// The file as a PDF of marked pages.
fn sheets(seat: &Seat, standing: &Standing) -> Result<Vec<u8>, Refusal> {
    let (media_type, bytes) = bytes_of(seat, standing)?;
    let attachment = &standing.attachment;
    let title = attachment.title.clone().map(shortened).unwrap_or_default();
    let content = match media_type.as_str() {
        "application/pdf" => Content::Pictures(pdf_pages(&bytes)?, title.clone()),
        "text/plain" => Content::Text(plain(&bytes)),
        "application/dicom" => {
            let drawn = dicom::picture(&bytes).map_err(|_| unprinted("unseen"))?;
            Content::Pictures(vec![drawn.png], title.clone())
        }
        PNG | JPEG => Content::Pictures(vec![bytes], title.clone()),
        _ => return Err(unprinted("unseen")),
    };
    let person: Patient = seat.read::<Patient>(standing.patient)?.state.record();
    let born = person.birth_date.map(|born| format!(", born {}", day_on_paper(born))).unwrap_or_default();
    let number = person.known_number().and_then(|number| number.value.clone()).map(shortened);
    let number = number.map(|number| format!(", {number}")).unwrap_or_default();
    let sort = attachment.sort.map(words).unwrap_or_default();
    let of = attachment.taken_on.map(|day| format!(", {}", day_on_paper(day))).unwrap_or_default();
    let by = Names::default().of(seat, Some(seat.sitting.user))?.unwrap_or_default();
    let time = seat.moment.wall.as_str().get(11..16).unwrap_or_default();
    let today = day_on_paper(PartialDate::day(seat.moment.today));
    let copy = Copy {
        paper: Paper::portrait(Format::A4),
        language: "en".to_owned(),
        mark: MARK.to_owned(),
        facts: vec![
            format!("{}{born}{number}", name_on_paper(&person.in_latin_letters().unwrap_or(person))),
            format!("{sort}: {title}{of}"),
        ],
        content,
        foot: FOOT
            .replace("{site}", &seat.place.site_name)
            .replace("{time}", &format!("{today} {time}"))
            .replace("{name}", &by),
        author: seat.place.clinic_name.clone(),
        subject: MARK.to_owned(),
        created: moment(&seat.moment.wall),
    };
    render(&copy).map_err(unprintable)
}

fn unprinted(reason: &str) -> Refusal {
    Refusal::new(Code::Unprintable).with("reason", reason)
}

fn pdf_pages(pdf: &[u8]) -> Result<Vec<Vec<u8>>, Refusal> {
    let count = drawn(|| pixels::pages(pdf)).ok_or_else(|| unprinted("unseen"))?;
    if count > MOST_PAGES {
        return Err(unprinted("too_many_pages").with("most", MOST_PAGES));
    }
    let page = |number| drawn(|| pixels::page(pdf, number, WIDTH)).ok_or_else(|| unprinted("unseen"));
    (1..=count).map(page).collect()
}

/// A text without what no paper shows.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    text.replace('\t', "    ").trim_start_matches('\u{feff}').to_owned()
}

fn words(sort: FileSort) -> &'static str {
    match sort {
        FileSort::Consultation => "Consultation",
        FileSort::Laboratory => "Laboratory",
        FileSort::Xray => "X-ray",
        FileSort::Prescription => "Prescription",
        FileSort::Consent => "Consent",
        FileSort::Referral => "Referral",
        FileSort::Insurance => "Insurance",
        FileSort::Photo => "Photo",
        FileSort::Device => "Device result",
        FileSort::OutsideCertificate => "Outside certificate",
        FileSort::Identity => "Identity",
        FileSort::Other => "Document",
    }
}
