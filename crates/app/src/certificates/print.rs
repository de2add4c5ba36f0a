//! Certificates to the printer.

use domain::{RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::pages::paper_of;
use super::{Printing, Standing};
use crate::command::Nothing;
use crate::records::Names;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::spooler::Unprinted;

/// A printer of this machine.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PrinterRow {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub said: String,
    /// Whether it is printed to when no other is named.
    pub default: bool,
}

/// The printers of this machine.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Printers {
    /// The printers.
    pub rows: Vec<PrinterRow>,
}

/// A certificate to print.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintCertificate {
    /// The certificate.
    pub certificate: RecordId,
    /// Where; nothing for the machine's default.
    pub printer: Option<String>,
    /// How many copies, 1 to 20.
    pub copies: u32,
}

/// A certificate that was handed to the spooler.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Printed {
    /// The spooler's name of the job.
    pub job: String,
    /// How many copies.
    pub copies: u32,
    /// Where.
    pub printer: String,
}

/// More copies nobody prints at once.
pub(crate) const MOST_COPIES: u32 = 20;
/// Printings that are shown, the last.
const MOST_SHOWN: usize = 60;
/// The command whose entries in the trail are the copy counter.
const ACTION: &str = "print_certificate";

/// The printers of this machine.
pub(crate) fn printers(seat: &mut Seat, _: Nothing) -> Result<Printers, Refusal> {
    let printers = seat.world.spooler.printers().into_iter();
    let row = |printer: crate::spooler::Printer| PrinterRow {
        name: printer.name,
        said: printer.said,
        default: printer.default,
    };
    Ok(Printers { rows: printers.map(row).collect() })
}

/// Prints a certificate: the PDF that was issued, or the draft with DRAFT across it.
pub(crate) fn print_certificate(seat: &mut Seat, input: PrintCertificate) -> Result<Printed, Refusal> {
    let standing = Standing::of(seat, input.certificate)?;
    if !(1..=MOST_COPIES).contains(&input.copies) {
        return Err(Refusal::invalid("copies"));
    }
    let sheets = paper_of(seat, &standing)?;
    // The spooler keeps titles where other people of the machine read them: no name in it.
    let title = standing.certificate.number.as_deref().unwrap_or("draft");
    let printed = hand_over(seat, input.printer, title, input.copies, sheets.bytes)?;
    seat.detail = Some(Value::Map(
        [
            ("copies".to_owned(), Value::Int(i64::from(input.copies))),
            ("draft".to_owned(), Value::Bool(sheets.draft)),
            ("printer".to_owned(), Value::text(&printed.printer)),
        ]
        .into(),
    ));
    Ok(printed)
}

/// Hands a PDF to the spooler. Where no printer is named it goes to the machine's default, else to the first.
pub(crate) fn hand_over(
    seat: &Seat,
    printer: Option<String>,
    title: &str,
    copies: u32,
    pdf: Vec<u8>,
) -> Result<Printed, Refusal> {
    let printer = match printer {
        Some(printer) => printer,
        None => {
            let printers = seat.world.spooler.printers();
            let usual = printers.iter().find(|printer| printer.default).or(printers.first());
            usual.ok_or_else(|| Refusal::new(Code::NoPrinter).with("reason", "none"))?.name.clone()
        }
    };
    let job = seat.world.spooler.print(&printer, title, copies, pdf).map_err(|reason| {
        let code = match reason {
            Unprinted::NoPrinter => Code::NoPrinter,
            Unprinted::Refused => Code::NotPrinted,
        };
        Refusal::new(code).with("printer", printer.as_str())
    })?;
    Ok(Printed { job, copies, printer })
}

/// When the certificate was printed here, oldest first, as the trail tells it.
pub(super) fn printed(
    seat: &Seat,
    (certificate, patient): (RecordId, RecordId),
    names: &mut Names,
) -> Result<Vec<Printing>, Refusal> {
    let mut printed = Vec::new();
    let entries = seat.act.audit_details(ACTION, certificate, patient)?;
    let surplus = entries.len().saturating_sub(MOST_SHOWN);
    for entry in entries.into_iter().skip(surplus) {
        let detail = entry.detail.unwrap_or_default();
        let Some(Value::Int(copies)) = detail.get("copies") else { continue };
        printed.push(Printing {
            at: entry.row.wall,
            who: names.of(seat, entry.row.user)?,
            copies: u32::try_from(*copies).unwrap_or_default(),
            printer: detail.get("printer").and_then(Value::as_text).unwrap_or_default().to_owned(),
            draft: detail.get("draft") == Some(&Value::Bool(true)),
        });
    }
    Ok(printed)
}
