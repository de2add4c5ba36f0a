//! A finished document file: pages, structure and metadata, the same bytes for the same value.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat, text_string};
use printpdf::{CustomPdfConformance, PdfConformance, PdfSaveOptions};

use crate::error::DocumentError;
use crate::moment::Moment;
use crate::page::Canvas;
use crate::{pdf, tags};

/// What a document says of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About<'a> {
    pub language: &'a str,
    pub title: &'a str,
    pub author: &'a str,
    pub subject: &'a str,
    pub created: Moment,
}

/// The program named as maker.
const PRODUCER: &str = "ClinicDesk";

/// Writes the file. Nothing in it claims an archive or printing standard, since none is checked.
pub(crate) fn write(canvas: &Canvas, about: &About<'_>) -> Result<Vec<u8>, DocumentError> {
    let mut drawn = pdf::draw(canvas)?;
    drawn.document.metadata.info.conformance = PdfConformance::Custom(CustomPdfConformance {
        requires_icc_profile: false,
        requires_xmp_metadata: false,
        ..CustomPdfConformance::default()
    });
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    let mut document = printpdf::to_lopdf_doc(&drawn.document, &options, &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(failed(&warning.msg));
    }
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let root = tags::add(&mut document, canvas, &drawn.sequences, &pages);
    describe(&mut document, about, root)?;
    document.version = "1.7".to_owned();
    document.compress();
    identify(&mut document)?;
    bytes(document)
}

fn describe(document: &mut Document, about: &About<'_>, root: ObjectId) -> Result<(), DocumentError> {
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).map_err(|e| failed(&e))?;
    let date = Object::String(about.created.to_pdf().into_bytes(), StringFormat::Literal);
    let words = [("Title", about.title), ("Author", about.author), ("Subject", about.subject)];
    let mut facts = Dictionary::from_iter([
        ("Creator", text_string(PRODUCER)),
        ("Producer", text_string(PRODUCER)),
        ("CreationDate", date.clone()),
        ("ModDate", date),
    ]);
    for (key, value) in words.into_iter().filter(|(_, value)| !value.is_empty()) {
        facts.set(key, text_string(value));
    }
    document.set_object(info, facts);
    let catalog = document.catalog_mut().map_err(|error| failed(&error))?;
    catalog.remove(b"PageLayout");
    catalog.remove(b"PageMode");
    catalog.set("Lang", text_string(about.language));
    catalog.set("MarkInfo", Dictionary::from_iter([("Marked", Object::Boolean(true))]));
    catalog.set("StructTreeRoot", Object::Reference(root));
    let shown = Dictionary::from_iter([("DisplayDocTitle", Object::Boolean(true))]);
    catalog.set("ViewerPreferences", shown);
    Ok(())
}

/// Names the file by its content (ISO 32000-1, 14.4): 128 bits of FNV-1a, a name and not a seal.
fn identify(document: &mut Document) -> Result<(), DocumentError> {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    document.trailer.remove(b"ID");
    let digest = bytes(document.clone())?
        .iter()
        .fold(BASIS, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME));
    let name = Object::String(digest.to_be_bytes().to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", Object::Array(vec![name.clone(), name]));
    Ok(())
}

fn bytes(mut document: Document) -> Result<Vec<u8>, DocumentError> {
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .compression_level(9)
        .max_objects_per_stream(1000)
        .build();
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options).map_err(|error| failed(&error))?;
    Ok(bytes)
}

fn failed(reason: &dyn ToString) -> DocumentError {
    DocumentError::Writer { reason: reason.to_string() }
}
