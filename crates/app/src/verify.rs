//! Whether a certificate that somebody shows is one of this clinic's, and still holds.
//!
//! What is checked is a code or a number. Only a file whose digest is the recorded one is itself compared:
//! of any other paper the answer says what it must read.

use crypto::certify::{KeyCertificate, Subject};
use crypto::cose;
use crypto::sha256;
use crypto::signed::key_id;
use crypto::verify::{Issuer, Knows, as_read};
pub use documents::scan::MOST_BYTES;
use documents::scan::{Unread, code};
use domain::certificates::numbers::{canonical, parted};
use domain::certificates::{self, Certificate};
use domain::clinic::{Clinic, Workstation};
use domain::record::{Hex, Record};
use domain::verify::{Outcome, Recorded, Says, Shown};
use domain::wire::Message;
use domain::{PartialDate, RecordId, Value, Zone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sync::number;
use crate::trust as vouch;

/// A certificate to verify.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyCertificate {
    /// The text of its code, or its number.
    pub text: String,
    /// The SHA-256 of the PDF file that the code was read from; a picture has nothing to compare.
    pub pdf: Option<Hex>,
}

/// What can be said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VerifiedCertificate {
    /// What can be said of its code.
    pub outcome: Outcome,
    /// What was handed over: nothing but the file that was issued is itself found to be genuine.
    pub shown: Shown,
    /// The number of the certificate that replaced it.
    pub superseded_by: Option<String>,
    /// The day until which revocations are known here; none where they never were.
    pub revocations_as_of: Option<String>,
    /// What was signed, and what the paper must read; nothing of what is not genuine.
    pub claims: Option<Says>,
    /// Its record; none where this workstation does not hold it.
    pub certificate: Option<RecordId>,
}

impl VerifiedCertificate {
    /// What is said of a code by whoever trusts `keys`, with no records at all.
    #[must_use]
    pub fn by_keys(text: &str, keys: &[[u8; 65]], zone: &Zone, now: u64) -> Self {
        let issuers: Vec<Issuer> = keys.iter().copied().map(Issuer::trusted).collect();
        let today = PartialDate::day(zone.day(&zone.instant(now)));
        let knows = Knows { recorded: None, names: &[], now, today };
        Self::new(crypto::verify::verify(text, &issuers, &knows), zone)
    }

    /// Why somebody who asks for a valid certificate should not take it; none where it holds, for its days.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        let code = match self.outcome {
            Outcome::Genuine | Outcome::Expired => return None,
            Outcome::Unrecorded => Code::Unrecorded,
            Outcome::Revoked => Code::CertificateRevoked,
            Outcome::Superseded => Code::CertificateSuperseded,
            Outcome::NotGenuine => Code::NotGenuine,
            Outcome::UnknownIssuer => Code::UnknownIssuer,
        };
        let refusal = Refusal::new(code);
        Some(match &self.superseded_by {
            Some(number) => refusal.with("number", number.as_str()),
            None => refusal,
        })
    }

    fn new(verified: crypto::verify::Verified, zone: &Zone) -> Self {
        Self {
            outcome: verified.outcome,
            shown: Shown::Code,
            superseded_by: verified.superseded_by,
            revocations_as_of: None,
            claims: verified.claims.map(|claims| claims.said(zone)),
            certificate: None,
        }
    }
}

/// The code in a file: a PDF, a picture, or the text itself.
///
/// # Errors
/// [`Code::UnreadableCode`].
pub fn code_in(file: &[u8]) -> Result<VerifyCertificate, Refusal> {
    let pdf = file.starts_with(b"%PDF").then(|| Hex::of(&sha256(&[file])));
    match (code(file, cose::PREFIX), str::from_utf8(file)) {
        (Ok(text), _) => Ok(VerifyCertificate { text, pdf }),
        (Err(Unread::Kind), Ok(text)) if as_read(text).starts_with(cose::PREFIX) => {
            Ok(VerifyCertificate { text: as_read(text), pdf })
        }
        (Err(reason), _) => Err(unreadable(reason)),
    }
}

fn unreadable(reason: Unread) -> Refusal {
    let refusal = Refusal::new(Code::UnreadableCode);
    match reason {
        Unread::Kind => refusal.with("reason", "kind"),
        Unread::TooLarge => refusal.with("reason", "too_large"),
        Unread::Damaged => refusal.with("reason", "damaged"),
        Unread::NoCode => refusal.with("reason", "no_code"),
        Unread::Several(count) => refusal.with("reason", "several").with("codes", count),
    }
}

/// Verifies the code that was read, or the one that is kept under a number.
pub(crate) fn verify_certificate(
    seat: &mut Seat,
    input: VerifyCertificate,
) -> Result<VerifiedCertificate, Refusal> {
    let typed = as_read(&input.text);
    if typed.is_empty() {
        return Err(Refusal::missing("text"));
    }
    let is_code = typed.starts_with(cose::PREFIX);
    let text = if is_code { typed } else { kept_under(seat, &typed)? };
    let held = match cose::claimed(&text) {
        Some(claims) => held(seat, &claims.number, &text)?,
        None => None,
    };
    if let Some((record, _)) = &held {
        seat.about(Some(record.id), record.patient);
    }
    let (record, recorded) = held.unzip();
    let issuers = issuers(seat, &text)?;
    let knows = Knows {
        recorded: recorded.as_ref(),
        names: &names(seat)?,
        now: seat.moment.now,
        today: PartialDate::day(seat.moment.today),
    };
    let verified = crypto::verify::verify(&text, &issuers, &knows);
    // Whoever holds a false paper under a true number does not learn whose the number is.
    let certificate = record.filter(|_| verified.claims.is_some()).map(|record| record.id);
    let shown = match (is_code, certificate, &input.pdf) {
        (false, ..) => Shown::Number,
        (true, Some(certificate), Some(pdf)) => compared(seat, certificate, &text, pdf)?,
        _ => Shown::Code,
    };
    let as_of = revocations_as_of(seat)?;
    Ok(VerifiedCertificate {
        shown,
        certificate,
        revocations_as_of: as_of,
        ..VerifiedCertificate::new(verified, &seat.place.zone)
    })
}

/// The code that was issued under `number`.
fn kept_under(seat: &Seat, number: &str) -> Result<String, Refusal> {
    canonical(number).ok_or_else(|| Refusal::invalid("text"))?;
    let number = number.to_uppercase().replace(' ', "-");
    let payload = bearing(seat, &number, "")?.map(|(_, recorded)| recorded.payload);
    payload.filter(|payload| !payload.is_empty()).ok_or_else(|| Refusal::new(Code::NotFound))
}

/// The certificate that bears `number`, and what it says of `text`.
fn bearing(seat: &Seat, number: &str, text: &str) -> Result<Option<(store::Record, Recorded)>, Refusal> {
    let mut found = Vec::new();
    for record in seat.act.listed(Certificate::KIND.name, "number", number)? {
        let replacements = match record.patient {
            Some(patient) => seat.act.replacements(record.id, patient)?,
            None => Vec::new(),
        };
        let mut numbers =
            replacements.iter().filter_map(|record| record.state.record::<Certificate>().number);
        let recorded = Recorded::of(&record.state, numbers.next());
        found.push((record, recorded));
    }
    Ok(Recorded::that_counts(found, text))
}

/// The certificate that bears `number`, or bore it in another of its signatures, and what it says of `text`.
fn held(seat: &Seat, number: &str, text: &str) -> Result<Option<(store::Record, Recorded)>, Refusal> {
    if let Some(found) = bearing(seat, number, text)? {
        return Ok(Some(found));
    }
    let Some((prefix, serial)) = parted(number) else { return Ok(None) };
    let Some(record) = seat.act.drawn_for(prefix, serial)? else { return Ok(None) };
    let steps = seat.act.steps(record.id)?;
    let carried = |said: &store::Said| said.op.value("payload").and_then(Value::as_text) == Some(text);
    let recorded = steps.iter().any(carried).then(|| Recorded::beside(&record.state, text));
    Ok(recorded.map(|recorded| (record, recorded)))
}

/// How the file `pdf` with the code `text` compares with the one that was issued with it.
fn compared(seat: &Seat, certificate: RecordId, text: &str, pdf: &Hex) -> Result<Shown, Refusal> {
    let steps = seat.act.steps(certificate)?;
    let value = |said: &store::Said, field: &str| {
        said.op.value(field).and_then(Value::as_text).map(ToOwned::to_owned)
    };
    let issued = steps.iter().find(|said| value(said, "payload").as_deref() == Some(text));
    Ok(match issued.and_then(|said| value(said, "pdf")) {
        Some(recorded) if recorded == pdf.0 => Shown::SameFile,
        Some(_) => Shown::OtherFile,
        None => Shown::Code,
    })
}

/// Until when this workstation knows of revocations: today where nobody else could write one.
fn revocations_as_of(seat: &Seat) -> Result<Option<String>, Refusal> {
    if seat.act.local("server")?.is_none() {
        return Ok(Some(seat.moment.today.to_string()));
    }
    let synced = Some(number(seat.act, "synced")?).filter(|at| *at > 0);
    Ok(synced.map(|at| seat.place.zone.day(&seat.place.zone.instant(at)).to_string()))
}

/// The names that the clinic has had, as its papers print them.
fn names(seat: &Seat) -> Result<Vec<String>, Refusal> {
    let mut names = Vec::new();
    for clinic in seat.act.records(Clinic::KIND.name, None)? {
        let steps = seat.act.steps(clinic.id)?;
        let said = steps.iter().filter_map(|said| said.op.value("name")?.as_text());
        names.extend(said.map(|name| name.trim().to_owned()));
    }
    Ok(names)
}

/// The keys that may have signed this code: those of people, and those that workstations had before.
fn issuers(seat: &Seat, text: &str) -> Result<Vec<Issuer>, Refusal> {
    let Some(wanted) = cose::issuer_of(text) else { return Ok(Vec::new()) };
    let workstations = seat.act.records(Workstation::KIND.name, None)?;
    let is_active = |id: RecordId| {
        let found = workstations.iter().find(|record| record.id == id);
        found.is_some_and(|record| record.state.record::<Workstation>().active == Some(true))
    };
    let mut issuers = of_people(seat, wanted, is_active)?;
    issuers.extend(of_workstations(seat, wanted, &workstations, is_active)?);
    Ok(issuers)
}

/// One for whose key nobody vouches any more still shows what the records hold.
fn of_people(
    seat: &Seat,
    wanted: [u8; 8],
    is_active: impl Fn(RecordId) -> bool,
) -> Result<Vec<Issuer>, Refusal> {
    let mut issuers = Vec::new();
    for record in seat.act.records(certificates::Issuer::KIND.name, None)? {
        let held: certificates::Issuer = record.state.record();
        let key = held.issues_with.as_ref().and_then(|key| key.bytes().try_into().ok());
        let Some(key) = key.filter(|key: &[u8; 65]| key_id(key) == wanted) else { continue };
        let vouched = vouch::certified_issuer(seat.act, seat.place, &held)?;
        let incarnation = held.incarnation.as_deref().and_then(|text| text.parse().ok());
        issuers.push(Issuer {
            key,
            only_recorded: vouched.is_none() || !held.workstation.is_some_and(&is_active),
            since: vouched.map(|certificate| certificate.issued).unwrap_or_default(),
            block: held.block,
            told: match incarnation {
                Some(incarnation) => seat.act.last_word(incarnation, seat.place.clinic_scope)?,
                None => None,
            },
        });
    }
    Ok(issuers)
}

/// Those that somebody vouches for: of workstations that were introduced, this one among them, and of those that an
/// administrator certified in a record.
fn of_workstations(
    seat: &Seat,
    wanted: [u8; 8],
    workstations: &[store::Record],
    is_active: impl Fn(RecordId) -> bool,
) -> Result<Vec<Issuer>, Refusal> {
    let mut certified: Vec<KeyCertificate> = Vec::new();
    for bytes in seat.act.peers()? {
        certified.extend(KeyCertificate::from_bytes(&bytes).ok());
    }
    for record in workstations {
        let workstation = record.state.record();
        certified.extend(vouch::certified_workstation(seat.act, seat.place, record.id, &workstation)?);
    }
    certified.extend(vouch::own_certificate(seat.act, seat.place)?);
    let is_wanted = |certificate: &&KeyCertificate| {
        certificate.kind == Subject::Workstation
            && certificate.issues_with.is_some_and(|key| key_id(&key) == wanted)
            && workstations.iter().any(|record| record.id == certificate.subject)
    };
    let wanted = certified.iter().filter(is_wanted);
    Ok(wanted
        .filter_map(|certificate| Issuer::of(certificate, !is_active(certificate.subject), None))
        .collect())
}
