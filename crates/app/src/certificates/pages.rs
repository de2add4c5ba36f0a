//! The page of a certificate: as it will be issued, and as it was.

use crypto::sha256;
use documents::blocks::{Block, Head, Run, Table};
use documents::certificates::{CertificatePage, Mark, Signer, Words, render};
use documents::{Emblem, Format, Letterhead, Paper, pixels, undrawn};
use domain::access::User;
use domain::calendar::Calendar;
use domain::certificates::{
    Certificate, CertificateText, Days, Facts, Known, Lenses, lacking, printed_name, words, wrong,
};
use domain::clinic::{Clinic, Site};
use domain::forms::Remark;
use domain::patients::Patient;
use domain::record::Record;
use domain::{PartialDate, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::issue::bars;
use super::{OfCertificate, Standing, lenses, may_issue, template, typed};
use crate::paper::{moment, unprintable};
use crate::pictures::Picture;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A certificate to look at.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PagesOf {
    /// The certificate.
    pub certificate: RecordId,
    /// How wide the pictures are to be, in pixels.
    pub width: u32,
}

/// What was typed so far of a certificate, to look at.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewCertificate {
    /// The patient.
    pub patient: RecordId,
    /// The visit in which it is written.
    pub visit: Option<RecordId>,
    /// What it says.
    pub details: CertificateText,
    /// How wide the pictures are to be, in pixels.
    pub width: u32,
}

/// A page as a picture.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct PagePicture {
    /// The id by which it is fetched once.
    pub picture: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// The pages of a certificate.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CertificatePages {
    /// The pages in order.
    pub pages: Vec<PagePicture>,
    /// Whether it is not issued yet: then it has DRAFT across it, and no number and no code.
    pub draft: bool,
    /// The words of its text, for who cannot see a picture.
    pub shown: String,
}

/// The pages of what was typed so far, with what the form is told about it.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CertificatePreview {
    /// The pages in order.
    pub pages: Vec<PagePicture>,
    /// Nothing that was only typed is issued.
    pub draft: bool,
    /// The words of its text, for who cannot see a picture.
    pub shown: String,
    /// The days that it covers; none before both ends are known.
    pub days: Option<Days>,
    /// The fields that must be given before it is issued.
    pub lacking: Vec<String>,
    /// What else stands in the way of issuing it.
    pub bars: Vec<Refusal>,
    /// What there is to say about the lenses that it prescribes.
    pub remarks: Vec<Remark>,
}

/// A file to fetch once.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CertificateFile {
    /// The id by which it is fetched once.
    pub picture: String,
    /// What the file may be called.
    pub name: String,
}

const WIDTHS: std::ops::RangeInclusive<u32> = 200..=2_400;
/// The fields of which a remark tells what is wrong with them.
const LENSES: [&str; 4] = ["right", "left", "pd", "pd_near"];
const PNG: &str = "image/png";
const PDF: &str = "application/pdf";

/// The pages of a certificate as it stands.
pub(crate) fn certificate_pages(seat: &mut Seat, input: PagesOf) -> Result<CertificatePages, Refusal> {
    let standing = Standing::of(seat, input.certificate)?;
    let paper = paper_of(seat, &standing)?;
    pictures(seat, paper, input.width)
}

/// The pages of what was typed, before anything is written.
pub(crate) fn preview_certificate(
    seat: &mut Seat,
    input: PreviewCertificate,
) -> Result<CertificatePreview, Refusal> {
    let certificate = typed(seat, input.patient, input.visit, input.details)?;
    // A lens that cannot be is told beside the page, key by key; everything else is refused at its field.
    if let Some(field) = wrong(&certificate, seat.moment.today).filter(|field| !LENSES.contains(field)) {
        return Err(Refusal::invalid(field));
    }
    let remarks = lenses::remarks(seat, &certificate, input.patient)?;
    let (template, ..) = template(seat, certificate.template)?;
    let lacking = lacking(&certificate, &template).into_iter().map(ToOwned::to_owned).collect();
    let facts = facts_as_they_stand(seat, &certificate, input.patient)?;
    undrawable(&facts, &certificate).map_or(Ok(()), Err)?;
    let calendar = calendar(seat)?;
    let paper = Sheets { bytes: drafted(&facts)?, draft: true, shown: facts.printed() };
    let CertificatePages { pages, draft, shown } = pictures(seat, paper, input.width)?;
    let bars = bars(seat, None, &certificate, input.patient)?;
    let days = Days::of(&certificate, calendar.as_ref());
    Ok(CertificatePreview { pages, draft, shown, days, lacking, bars, remarks })
}

/// The file of a certificate as it stands.
pub(crate) fn certificate_file(seat: &mut Seat, input: OfCertificate) -> Result<CertificateFile, Refusal> {
    let standing = Standing::of(seat, input.certificate)?;
    let sheets = paper_of(seat, &standing)?;
    // The number names no person, and neither does the file.
    let name = standing.certificate.number.unwrap_or_else(|| "draft".to_owned());
    let picture = seat.show(Picture { media_type: PDF, bytes: sheets.bytes });
    Ok(CertificateFile { picture, name: format!("{name}.pdf") })
}

/// A PDF with what must be known of it.
pub(crate) struct Sheets {
    pub(crate) bytes: Vec<u8>,
    pub(crate) draft: bool,
    pub(crate) shown: String,
}

/// The PDF of a certificate: the one that was issued, or the draft's.
pub(crate) fn paper_of(seat: &mut Seat, standing: &Standing) -> Result<Sheets, Refusal> {
    if standing.record.state.signed.is_none() {
        let facts = facts_as_they_stand(seat, &standing.certificate, standing.patient)?;
        undrawable(&facts, &standing.certificate).map_or(Ok(()), Err)?;
        return Ok(Sheets { bytes: drafted(&facts)?, draft: true, shown: facts.printed() });
    }
    let not_as_issued = || Refusal::new(Code::NotAsIssued);
    let certificate = &standing.certificate;
    let text = certificate.facts.as_deref().ok_or_else(not_as_issued)?;
    let facts: Facts = serde_json::from_str(text).map_err(|_| not_as_issued())?;
    let digest = certificate.pdf.as_ref().map(domain::record::Hex::bytes).unwrap_or_default();
    let bytes = match seat.act.whole_blob(&digest)? {
        Some(bytes) => bytes,
        None => issued(&facts, certificate)?.ok_or_else(not_as_issued)?,
    };
    if sha256(&[&bytes]).as_slice() != digest {
        return Err(not_as_issued());
    }
    seat.act.keep_blob(&mut *seat.world.entropy, PDF, &bytes)?;
    Ok(Sheets { bytes, draft: false, shown: facts.printed() })
}

/// The PDF that an issued certificate's facts, number and code give.
fn issued(facts: &Facts, certificate: &Certificate) -> Result<Option<Vec<u8>>, Refusal> {
    let (Some(number), Some(code)) = (&certificate.number, &certificate.payload) else { return Ok(None) };
    Ok(Some(finished(facts, number, code)?))
}

/// The PDF with number and code.
pub(crate) fn finished(facts: &Facts, number: &str, code: &str) -> Result<Vec<u8>, Refusal> {
    let number = words::of(&facts.language).number.replace("{number}", number);
    made(&CertificatePage { number: Some(number), code: Some(code.to_owned()), ..page(facts) })
}

/// The PDF before issue.
fn drafted(facts: &Facts) -> Result<Vec<u8>, Refusal> {
    let across = words::of(&facts.language).draft.to_owned();
    made(&CertificatePage { mark: Mark::Draft(across), ..page(facts) })
}

/// The page before it has a number and a code.
fn page(facts: &Facts) -> CertificatePage {
    let words = words::of(&facts.language);
    let format = if facts.paper == "a5" { Format::A5 } else { Format::A4 };
    let licence = facts.licence.as_deref().map(|licence| words.licence.replace("{licence}", licence));
    let run = |run: &domain::certificates::Run| Run {
        text: run.text.clone(),
        bold: run.bold,
        keep_together: run.keep_together,
    };
    let paragraph = |paragraph: &domain::certificates::Paragraph| match &facts.lenses {
        Some(lenses) if paragraph.runs.is_empty() => Block::Table(table(lenses)),
        _ => Block::Paragraph(paragraph.runs.iter().map(run).collect()),
    };
    CertificatePage {
        paper: Paper::portrait(format),
        language: facts.language.clone(),
        letterhead: Letterhead {
            name: facts.clinic.clone(),
            lines: facts.lines.clone(),
            emblem: Emblem::Initials(facts.initials.clone()),
        },
        form: facts.form.clone(),
        number: None,
        date: facts.date.clone(),
        title: facts.title.clone(),
        addressee: facts.addressee.clone(),
        body: facts.body.iter().map(paragraph).collect(),
        signer: Signer {
            name: facts.signer.clone(),
            qualification: facts.office.clone(),
            licence: licence.unwrap_or_default(),
            signature: None,
        },
        code: None,
        check_line: facts.check_line.clone(),
        seal: Some(words.seal.to_owned()),
        mark: Mark::None,
        words: Words {
            number_at_issue: words.number_at_issue.to_owned(),
            code_at_issue: words.code_at_issue.to_owned(),
            code: words.code.to_owned(),
            page: words.page.to_owned(),
        },
        author: facts.issuer.clone(),
        subject: facts.subject.clone(),
        created: moment(&facts.at),
    }
}

/// The lenses as a table: the eyes' names have more room than the numbers.
fn table(lenses: &Lenses) -> Table {
    let head =
        |(at, label): (usize, &String)| Head { label: label.clone(), share: if at == 0 { 3 } else { 4 } };
    Table { heads: lenses.heads.iter().enumerate().map(head).collect(), rows: lenses.rows.clone() }
}

/// What of the page no face can draw, by the field in which it was written: the first such field, with its signs.
pub(crate) fn undrawable(facts: &Facts, certificate: &Certificate) -> Option<Refusal> {
    let page =
        [&facts.addressee, &facts.form, &facts.licence].map(|part| part.as_deref().unwrap_or_default());
    let body = facts.printed();
    let others = [&body, &facts.clinic, &facts.title, &facts.signer, &facts.office, &facts.check_line];
    let parts =
        page.into_iter().chain(others.map(String::as_str)).chain(facts.lines.iter().map(String::as_str));
    let lost = undrawn(&parts.collect::<Vec<_>>().join(" "));
    let Certificate { limits, recommendation, diagnosis, addressee, .. } = certificate;
    let fields = [
        ("name", Some(&facts.name)),
        ("addressee", addressee.as_ref()),
        ("limits", limits.as_ref()),
        ("diagnosis", diagnosis.as_ref()),
        ("recommendation", recommendation.as_ref()),
    ];
    let of = |text: &str| undrawn(text).into_iter().filter(|sign| lost.contains(sign)).collect::<Vec<_>>();
    let found = fields.into_iter().filter_map(|(field, text)| Some((field, of(text?))));
    let written = found.into_iter().find(|(_, signs)| !signs.is_empty());
    let (field, signs) = written.or_else(|| (!lost.is_empty()).then_some(("page", lost)))?;
    let codes: Vec<String> = signs.iter().map(|sign| format!("U+{:04X}", u32::from(*sign))).collect();
    let refusal = Refusal::new(Code::Unprintable).with("reason", "no_glyph").with("field", field);
    Some(refusal.with("character", codes.join(" ")))
}

fn made(page: &CertificatePage) -> Result<Vec<u8>, Refusal> {
    Ok(render(page).map_err(unprintable)?.bytes)
}

/// The clinic's calendar; the first that was made, where two administrators each made one while apart.
pub(crate) fn calendar(seat: &Seat) -> Result<Option<Calendar>, Refusal> {
    let first = seat.act.records(Calendar::KIND.name, None)?.into_iter().min_by_key(|record| record.id);
    Ok(first.map(|record| record.state.record()))
}

/// The facts of a certificate that is not issued, as they stand now: signed by the person who looks, if
/// they may issue it.
pub(crate) fn facts_as_they_stand(
    seat: &Seat,
    certificate: &Certificate,
    patient: RecordId,
) -> Result<Facts, Refusal> {
    let (template, id, version) = template(seat, certificate.template)?;
    let drops = lenses::drops(seat, certificate, patient)?;
    let patient: Patient = seat.read::<Patient>(patient)?.state.record();
    let patient = match patient.in_latin_letters() {
        Some(latin) if !undrawn(&printed_name(&patient)).is_empty() => latin,
        _ => patient,
    };
    let clinic = seat.act.records(Clinic::KIND.name, None)?.into_iter().next();
    let clinic: Clinic = clinic.map(|record| record.state.record()).unwrap_or_default();
    let site: Site = seat.read::<Site>(seat.place.site)?.state.record();
    let signer: User = seat.read::<User>(seat.sitting.user)?.state.record();
    let calendar = calendar(seat)?;
    let extends = match certificate.extends {
        Some(other) => seat.act.record(other)?.and_then(|other| other.state.record::<Certificate>().number),
        None => None,
    };
    let server = seat.act.local("server")?.and_then(|bytes| String::from_utf8(bytes).ok());
    let server = server.as_deref().and_then(|server| server.split("//").last());
    Ok(Facts::of(&Known {
        certificate,
        signer: may_issue(seat, &template).then_some(&signer),
        template: (&template, id, version),
        patient: &patient,
        extends: extends.as_deref(),
        calendar: calendar.as_ref(),
        clinic: &clinic,
        site: &site,
        drops: drops.as_deref(),
        server,
        at: &seat.moment.wall,
        day: PartialDate::day(seat.moment.today),
    }))
}

fn pictures(seat: &mut Seat, sheets: Sheets, width: u32) -> Result<CertificatePages, Refusal> {
    if !WIDTHS.contains(&width) {
        return Err(Refusal::invalid("width"));
    }
    let failed = |_| Refusal::new(Code::Unprintable).with("reason", "writer");
    let count = pixels::pages(&sheets.bytes).map_err(failed)?;
    let mut pages = Vec::with_capacity(count);
    for number in 1..=count {
        let bytes = pixels::page(&sheets.bytes, number, width).map_err(failed)?;
        let height = height_of(&bytes);
        pages.push(PagePicture { picture: seat.show(Picture { media_type: PNG, bytes }), width, height });
    }
    Ok(CertificatePages { pages, draft: sheets.draft, shown: sheets.shown })
}

/// The height that a PNG's header states.
fn height_of(png: &[u8]) -> u32 {
    png.get(20..24).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_height_is_read_from_the_picture_itself() {
        assert_eq!(height_of(&[0; 8]), 0);
        let mut png = vec![0; 33];
        png[23] = 7;
        assert_eq!(height_of(&png), 7);
    }
}
