//! The machine's print spooler. It gets the PDF itself, byte for byte, and never what a web view drew.

use std::io::Cursor;
use std::time::Duration;

use ipp::attribute::{IppAttribute, IppAttributeGroup};
use ipp::model::{DelimiterTag, IppVersion, Operation};
use ipp::operation::PrintJob;
use ipp::payload::IppPayload;
use ipp::prelude::{IppClient, IppValue, Uri};
use ipp::request::IppRequestResponse;

/// A printer of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    /// Its name, by which it is printed to.
    pub name: String,
    /// What people call it.
    pub said: String,
    /// Whether it is printed to when no other is named.
    pub default: bool,
}

/// Why nothing was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unprinted {
    /// There is no such printer, or none at all.
    #[error("there is no such printer")]
    NoPrinter,
    /// The spooler did not take it.
    #[error("the spooler did not take it")]
    Refused,
}

/// What takes documents to print.
pub trait Spooler: Send {
    /// The printers; none where there is no spooler.
    fn printers(&self) -> Vec<Printer>;

    /// Hands over a PDF; returns the job's name.
    ///
    /// # Errors
    /// [`Unprinted`].
    fn print(&self, printer: &str, title: &str, copies: u32, pdf: Vec<u8>) -> Result<String, Unprinted>;
}

/// CUPS, which speaks the Internet Printing Protocol (RFC 8011) on this machine.
pub struct Cups {
    server: String,
}

/// The spooler is on this machine: what it has not answered by then it will not.
const PATIENCE: Duration = Duration::from_secs(15);

impl Cups {
    /// The spooler of this machine: where `CUPS_SERVER` says, as for CUPS' own programs, else at its port.
    #[must_use]
    pub fn here() -> Self {
        Self::at(address(&std::env::var("CUPS_SERVER").unwrap_or_default()))
    }

    /// The spooler that listens at `address`.
    #[must_use]
    pub fn at(address: &str) -> Self {
        Self { server: format!("http://{address}") }
    }

    fn ask(&self, path: &str, request: IppRequestResponse) -> Option<IppRequestResponse> {
        let uri: Uri = format!("{}{path}", self.server).parse().ok()?;
        let client = IppClient::builder(uri).request_timeout(PATIENCE).build();
        client.send(request).ok()
    }

    fn question(&self, operation: Operation) -> Vec<Printer> {
        let asked = IppRequestResponse::new(IppVersion::v1_1(), operation, None).ok();
        let answer = asked.and_then(|request| self.ask("/", request));
        let Some(answer) = answer.filter(|answer| answer.header().status_code().is_success()) else {
            return Vec::new();
        };
        answer.attributes().groups_of(DelimiterTag::PrinterAttributes).filter_map(printer).collect()
    }
}

/// Host and port of a `CUPS_SERVER` (cups.conf(5)), which may name a version behind them, or a socket, which
/// is not spoken to here.
fn address(server: &str) -> &str {
    match server.split('/').next() {
        Some(address) if !address.is_empty() => address,
        _ => "localhost:631",
    }
}

impl Spooler for Cups {
    fn printers(&self) -> Vec<Printer> {
        let default = self.question(Operation::CupsGetDefault).pop().map(|printer| printer.name);
        let mut printers = self.question(Operation::CupsGetPrinters);
        for printer in &mut printers {
            printer.default = Some(&printer.name) == default.as_ref();
        }
        printers
    }

    fn print(&self, printer: &str, title: &str, copies: u32, pdf: Vec<u8>) -> Result<String, Unprinted> {
        // A name of another shape would lead elsewhere than to a printer.
        let plain = |sign: char| sign.is_alphanumeric() || "-_.+@".contains(sign);
        if printer.is_empty()
            || !printer.chars().all(plain)
            || !self.printers().iter().any(|known| known.name == printer)
        {
            return Err(Unprinted::NoPrinter);
        }
        let path = format!("/printers/{printer}");
        let uri: Uri = format!("{}{path}", self.server).parse().map_err(|_| Unprinted::NoPrinter)?;
        let payload = IppPayload::new(Cursor::new(pdf));
        let user: Option<&str> = None;
        let mut job = PrintJob::new(uri, payload, user, Some(title), Some("application/pdf"))
            .map_err(|_| Unprinted::Refused)?;
        let count = IppValue::Integer(i32::try_from(copies).map_err(|_| Unprinted::Refused)?);
        job.add_attribute(IppAttribute::with_name("copies", count).map_err(|_| Unprinted::Refused)?);
        let answer = self.ask(&path, job.into()).ok_or(Unprinted::Refused)?;
        if !answer.header().status_code().is_success() {
            return Err(Unprinted::Refused);
        }
        let number =
            answer.attributes().first_of(DelimiterTag::JobAttributes).and_then(|group| text(group, "job-id"));
        Ok(format!("{printer}-{}", number.unwrap_or_default()))
    }
}

fn printer(group: &IppAttributeGroup) -> Option<Printer> {
    let name = text(group, "printer-name")?;
    let said = text(group, "printer-info").filter(|said| !said.is_empty()).unwrap_or_else(|| name.clone());
    Some(Printer { name, said, default: false })
}

fn text(group: &IppAttributeGroup, name: &str) -> Option<String> {
    group.get(name).map(|attribute| attribute.value().to_string())
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_spooler_is_where_its_own_programs_are_told_to_look() {
        for (told, found) in [
            ("", "localhost:631"),
            ("127.0.0.1:8631", "127.0.0.1:8631"),
            ("print.example.edu:631/version=1.1", "print.example.edu:631"),
            ("/run/cups/cups.sock", "localhost:631"),
        ] {
            assert_eq!(address(told), found, "{told}");
        }
    }
}
