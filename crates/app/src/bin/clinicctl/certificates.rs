//! Certificates as files, and the key by which anybody checks them.

use std::path::Path;

use app::certificates::{CertificateFile, Certificates, IssuingPublic};
use app::{Code, Desk, Refusal, Window};
use domain::certificates::numbers::canonical;
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::session::{call, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Writes the PDF of a certificate, named by its id or its number.
pub(crate) fn pdf(
    arguments: &Arguments,
    which: &str,
    out: &Path,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let (name, bytes) = seated(arguments, |desk| {
        let id = id(desk, which)?;
        let file: CertificateFile =
            call(desk, Window::Main, "certificate_file", &json!({"certificate": id}))?;
        let picture = desk.picture(&file.picture).ok_or_else(|| Refusal::new(Code::NotFound))?;
        Ok((file.name, picture.bytes))
    })?;
    write(out, &bytes)?;
    if terminal.json {
        return terminal.value(&json!({"name": name, "bytes": bytes.len(), "out": out}));
    }
    terminal.line(&fill(words::PDF_WRITTEN, &[("name", &name), ("file", &out.to_string_lossy())]))
}

/// Writes issued spectacles, named by their id or number, for another system.
pub(crate) fn fhir(
    arguments: &Arguments,
    which: &str,
    out: &Path,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let saved: Value = seated(arguments, |desk| {
        let input = json!({"certificate": id(desk, which)?, "place": desk.chose(out.to_owned())?});
        call(desk, Window::Main, "export_spectacles", &input)
    })?;
    if terminal.json {
        return terminal.value(&saved);
    }
    terminal.line(&fill(words::FILE_SAVED, &[("file", &out.to_string_lossy())]))
}

/// Writes the public key with which this person's certificates of this workstation are checked.
pub(crate) fn key(arguments: &Arguments, out: &Path, terminal: &mut Terminal) -> Result<(), Stop> {
    let key: IssuingPublic = seated(arguments, |desk| call(desk, Window::Main, "issuing_key", &json!({})))?;
    write(out, key.pem.as_bytes())?;
    if terminal.json {
        return terminal.value(&json!({"kid": key.kid, "out": out}));
    }
    terminal.line(&fill(words::KEY_WRITTEN, &[("kid", &key.kid), ("file", &out.to_string_lossy())]))
}

/// The id of a certificate that is named by id or number.
fn id(desk: &mut Desk, which: &str) -> Result<String, Stop> {
    if which.parse::<domain::RecordId>().is_ok() {
        return Ok(which.to_owned());
    }
    let number = canonical(which).ok_or_else(|| Refusal::new(Code::NotFound))?;
    for list in ["issued", "ended"] {
        let input = json!({"list": list, "text": which, "before": null});
        let found: Certificates = call(desk, Window::Main, "certificates", &input)?;
        let borne = |row: &&app::certificates::CertificateRow| {
            row.number.as_deref().and_then(canonical).as_ref() == Some(&number)
        };
        if let Some(row) = found.rows.iter().find(borne) {
            return Ok(row.id.to_string());
        }
    }
    Err(Refusal::new(Code::NotFound).into())
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Stop> {
    app::keep(file, bytes).map_err(|error| {
        let file = file.to_string_lossy();
        Stop::Usage(fill(words::FILE_NOT_WRITTEN, &[("file", &file), ("error", &error.to_string())]))
    })
}
