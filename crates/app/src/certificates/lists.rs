//! Templates to choose from, and certificates in lists.

use domain::certificates::{Certificate, CertificateStatus, Lenses, Template, Verdict, words};
use domain::patients::Patient;
use domain::record::Record;
use domain::{PartialDate, RecordId, choice};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::List;
use ts_rs::TS;

use super::{may_issue, template};
use crate::answer::{ANSWER_BYTES, shortened, within};
use crate::command::Nothing;
use crate::records::{Names, OfPatient, PersonRow};
use crate::refusal::Refusal;
use crate::seat::Seat;

/// A template to choose.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct TemplateRow {
    /// The template.
    pub id: RecordId,
    /// Its version.
    pub version: i64,
    /// What it says.
    pub details: Template,
    /// Whether the person who asks may issue on it.
    pub may_issue: bool,
}

/// The templates that may be used, by name.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Templates {
    /// The templates.
    pub rows: Vec<TemplateRow>,
}

choice! {
    /// The lists of certificates.
    pub enum ListName {
        /// Waiting for somebody who may issue them, longest first.
        Waiting = "waiting",
        /// Being written, or sent back.
        Drafts = "drafts",
        /// Issued and valid.
        Issued = "issued",
        /// Issued, and their last day is near.
        Expiring = "expiring",
        /// Rejected, revoked or replaced.
        Ended = "ended",
    }
}

/// The last row of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateEnd {
    /// Its version.
    pub version: i64,
    /// The certificate.
    pub id: RecordId,
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListCertificates {
    /// Which list.
    pub list: ListName,
    /// Only those of people found so, or with this in their number; empty for all.
    pub text: String,
    /// The end of the page before.
    pub before: Option<CertificateEnd>,
}

/// A certificate in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CertificateRow {
    /// The certificate.
    pub id: RecordId,
    /// Its version.
    pub version: i64,
    /// Whose.
    pub person: PersonRow,
    /// Its title.
    pub title: String,
    /// What it says.
    pub verdict: Option<Verdict>,
    /// How far it is.
    pub status: CertificateStatus,
    /// Its number.
    pub number: Option<String>,
    /// The lenses that it prescribes, a line for each eye.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lenses: Option<String>,
    /// The first day.
    pub from: Option<PartialDate>,
    /// The last day.
    pub until: Option<PartialDate>,
    /// The day of its issue, or of its beginning.
    pub day: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Whether that is the person who asks.
    pub mine: bool,
    /// Why it was returned, rejected or revoked.
    pub reason: Option<String>,
    /// Who issued it.
    pub signer: Option<String>,
    /// Whether the person who asks may issue it.
    pub may_issue: bool,
}

/// How many certificates each list has.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CertificateCounts {
    /// Waiting.
    pub waiting: u64,
    /// Drafts.
    pub drafts: u64,
    /// Issued.
    pub issued: u64,
    /// Expiring.
    pub expiring: u64,
    /// Ended.
    pub ended: u64,
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Certificates {
    /// The rows.
    pub rows: Vec<CertificateRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<CertificateEnd>,
    /// How many each list has.
    pub counts: CertificateCounts,
}

/// The certificates of one person.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CertificatesOf {
    /// The rows, latest first; at most forty.
    pub rows: Vec<CertificateRow>,
    /// How many older ones there are; left out where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub more: Option<u32>,
}

const PAGE_ROWS: u32 = 40;
const MOST_PEOPLE: u32 = 200;
/// A certificate whose last day is within a week is about to run out.
const NEAR_DAYS: i64 = 7;

/// The templates that may be used.
pub(crate) fn templates(seat: &mut Seat, _: Nothing) -> Result<Templates, Refusal> {
    let records = seat.act.records(Template::KIND.name, None)?;
    let row = |record: store::Record| {
        let details: Template = record.state.record();
        let may_issue = may_issue(seat, &details);
        TemplateRow { id: record.id, version: record.version, details, may_issue }
    };
    let mut rows: Vec<TemplateRow> =
        records.into_iter().map(row).filter(|row| row.details.active == Some(true)).collect();
    rows.sort_by(|one, other| one.details.name.cmp(&other.details.name));
    Ok(Templates { rows })
}

/// A page of a list of certificates.
pub(crate) fn certificates(seat: &mut Seat, input: ListCertificates) -> Result<Certificates, Refusal> {
    let count = |name| Ok::<u64, Refusal>(seat.act.list_count(&list(seat, name))?);
    let counts = CertificateCounts {
        waiting: count(ListName::Waiting)?,
        drafts: count(ListName::Drafts)?,
        issued: count(ListName::Issued)?,
        expiring: count(ListName::Expiring)?,
        ended: count(ListName::Ended)?,
    };
    let text = input.text.trim();
    let about = match text {
        "" => None,
        text => {
            let (names, born) = domain::patients::split_birth_date(text, seat.moment.today);
            let hits = seat.act.find(&names, born, MOST_PEOPLE)?;
            Some((hits.into_iter().map(|hit| hit.patient).collect(), "number", text.to_uppercase()))
        }
    };
    let list = List { about, ..list(seat, input.list) };
    let page = seat.act.list(&list, input.before.map(|end| (end.version, end.id)), PAGE_ROWS)?;
    let (rows, more) = within(rows(seat, page.rows)?, ANSWER_BYTES);
    let next = match rows.last() {
        Some(CertificateRow { version, id, .. }) if more > 0 => {
            Some(CertificateEnd { version: *version, id: *id })
        }
        _ => page.next.map(|(version, id)| CertificateEnd { version, id }),
    };
    Ok(Certificates { rows, next, counts })
}

fn list(seat: &Seat, name: ListName) -> List {
    use CertificateStatus::{Draft, Issued, Rejected, Returned, Revoked, Submitted, Superseded};
    let statuses: &[CertificateStatus] = match name {
        ListName::Waiting => &[Submitted],
        ListName::Drafts => &[Draft, Returned],
        ListName::Issued | ListName::Expiring => &[Issued],
        ListName::Ended => &[Rejected, Revoked, Superseded],
    };
    let words: Vec<&str> = statuses.iter().map(|status| status.word()).collect();
    let by_status = List::of(Certificate::KIND.name, "status", &words);
    if name != ListName::Expiring {
        return List { oldest_first: name == ListName::Waiting, ..by_status };
    }
    let days = (0..=NEAR_DAYS).map(|days| seat.moment.today.saturating_add(days.days()).to_string());
    let also = Some(("status", Issued.word().to_owned()));
    List { field: "until", keys: days.collect(), also, ..by_status }
}

/// The certificates of one person, latest first.
pub(crate) fn certificates_of(seat: &mut Seat, input: OfPatient) -> Result<CertificatesOf, Refusal> {
    seat.read::<Patient>(input.patient)?;
    let mut records = seat.act.records(Certificate::KIND.name, Some(input.patient))?;
    records.sort_by_key(|record| std::cmp::Reverse(record.state.made));
    let all = records.len();
    records.truncate(PAGE_ROWS as usize);
    let (rows, _) = within(rows(seat, records)?, ANSWER_BYTES);
    let more = u32::try_from(all.saturating_sub(rows.len())).ok();
    Ok(CertificatesOf { rows, more: more.filter(|more| *more > 0) })
}

fn rows(seat: &Seat, records: Vec<store::Record>) -> Result<Vec<CertificateRow>, Refusal> {
    let mut names = Names::default();
    let mut rows = Vec::new();
    for record in records {
        let certificate: Certificate = record.state.record();
        let Some(patient) = record.patient.map(|patient| seat.act.record(patient)).transpose()?.flatten()
        else {
            continue;
        };
        let template =
            template(seat, certificate.template).map(|(template, ..)| template).unwrap_or_default();
        let status = certificate.status.unwrap_or(CertificateStatus::Draft);
        let open = [CertificateStatus::Draft, CertificateStatus::Submitted].contains(&status);
        let begun = seat.place.zone.instant(record.state.made.milliseconds());
        let day = seat.place.zone.day(certificate.issued_at.as_ref().unwrap_or(&begun));
        let author = seat.act.steps(record.id)?.first().map(|step| step.author);
        rows.push(CertificateRow {
            id: record.id,
            version: record.version,
            person: PersonRow::of(patient.id, patient.state.record(), seat),
            may_issue: open && may_issue(seat, &template),
            title: template.name.unwrap_or_default(),
            lenses: Lenses::of(&certificate, words::of("en")).map(|lenses| lenses.text()),
            verdict: certificate.verdict,
            status,
            number: certificate.number,
            from: certificate.from,
            until: certificate.until,
            day: day.to_string(),
            author: names.of(seat, author)?,
            mine: author == Some(seat.sitting.user),
            reason: certificate
                .status_reason
                .filter(|_| !open && status != CertificateStatus::Issued)
                .map(shortened),
            signer: names.of(seat, certificate.signer)?,
        });
    }
    Ok(rows)
}
