//! The files of a chart for another system: one FHIR R4 bundle, where the person chose.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::files::{Attachment, FileSort};
use domain::patients::Patient;
use domain::record::Record;
use domain::visits::Visit;
use domain::{RecordId, fhir};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::digest_of;
use crate::certificates::{SavedCertificate, keep_copy, not_saved};
use crate::records::Names;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// Files of a chart to hand over.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportFiles {
    /// Whose.
    pub patient: RecordId,
    /// Of one sort, or of all.
    #[serde(default)]
    pub sort: Option<FileSort>,
    /// The id of the place that the person chose.
    pub place: String,
}

/// Files that were handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FilesExported {
    /// The name that the person gave the bundle.
    pub name: String,
    /// How many files it has.
    pub files: u64,
    /// How many of them are there without their bytes, because these are not at this workstation.
    pub absent: u64,
}

/// More bytes of files do not go into one bundle.
const MOST_BYTES: u64 = 200_000_000;

/// Writes the files of a chart for another system.
pub(crate) fn export_files(seat: &mut Seat, input: ExportFiles) -> Result<FilesExported, Refusal> {
    let ExportFiles { patient, sort, place } = input;
    seat.about(Some(patient), Some(patient));
    let person: Patient = seat.read::<Patient>(patient)?.state.record();
    let mut files: Vec<(store::Record, Attachment)> = Vec::new();
    for record in seat.act.records(Attachment::KIND.name, Some(patient))? {
        let attachment: Attachment = record.state.record();
        if sort.is_none() || attachment.sort == sort {
            files.push((record, attachment));
        }
    }
    let bytes: u64 = files.iter().filter_map(|(_, file)| Some(file.file.as_ref()?.size)).sum();
    if bytes > MOST_BYTES {
        return Err(not_saved("too_large").with("most", MOST_BYTES / 1_000_000));
    }
    let visits = visits(seat, &files)?;
    let mut names = Names::default();
    let mut said = Vec::new();
    for (record, attachment) in &files {
        let first = seat.act.first_said(record.id)?;
        let author = names.of(seat, first.as_ref().map(|said| said.author))?;
        let bytes = seat.act.whole_blob(&digest_of(attachment)?)?;
        let bytes = bytes.map(|bytes| fhir::Encoded {
            hash: STANDARD.encode(crypto::sha1(&bytes)),
            data: STANDARD.encode(bytes),
        });
        said.push((record.id, attachment, first.map(|said| said.wall).unwrap_or_default(), author, bytes));
    }
    let absent = said.iter().filter(|(.., bytes)| bytes.is_none()).count() as u64;
    let documents = said.iter_mut().map(|(record, attachment, filed, author, bytes)| fhir::Document {
        record: *record,
        attachment,
        filed,
        author: author.as_deref(),
        bytes: bytes.take(),
    });
    let bundle = fhir::documents((patient, &person), &visits, documents.collect());
    let SavedCertificate { name } = keep_copy(seat, &place, bundle.to_string().as_bytes())?;
    Ok(FilesExported { name, files: files.len() as u64, absent })
}

/// The visits to which these files belong.
fn visits(seat: &Seat, files: &[(store::Record, Attachment)]) -> Result<Vec<(RecordId, Visit)>, Refusal> {
    let mut visits: Vec<(RecordId, Visit)> = Vec::new();
    for about in files.iter().filter_map(|(_, file)| file.about) {
        let record = seat.act.record(about)?.filter(|record| record.kind == Visit::KIND.name);
        if let Some(record) = record.filter(|_| visits.iter().all(|(visit, _)| *visit != about)) {
            visits.push((about, record.state.record()));
        }
    }
    Ok(visits)
}
