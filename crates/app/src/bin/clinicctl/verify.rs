//! Whether a certificate's code is genuine and what its paper must read, with the clinic's records or with nothing but a public key.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use app::verify::{MOST_BYTES, VerifiedCertificate, VerifyCertificate, code_in};
use app::{Clock, Refusal, SystemClock, Window};
use crypto::cose::PREFIX;
use crypto::issuing::public_from_pem;
use crypto::verify::as_read;
use domain::Zone;
use domain::certificates::Verdict;
use domain::verify::{Outcome, Says, Shown};

use crate::arguments::{Arguments, Verify};
use crate::session::{call, seated};
use crate::setup::zone_of_the_machine;
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Verifies; whatever does not hold is a refusal.
pub(crate) fn verify(arguments: &Arguments, asked: &Verify, terminal: &mut Terminal) -> Result<(), Stop> {
    let paper = paper_of(&asked.what)?;
    let verified = if asked.key.is_empty() {
        seated(arguments, |desk| call(desk, Window::Main, "verify_certificate", &paper))?
    } else {
        by_keys(&paper.text, &asked.key)?
    };
    if terminal.json {
        terminal.value(&verified)?;
    } else {
        in_words(&verified, terminal)?;
    }
    verified.refusal().map_or(Ok(()), |refusal| Err(refusal.into()))
}

fn by_keys(text: &str, files: &[std::path::PathBuf]) -> Result<VerifiedCertificate, Stop> {
    if !text.starts_with(PREFIX) {
        return Err(Stop::Usage(words::NUMBER_WITHOUT_RECORDS.to_owned()));
    }
    let mut keys = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| unread(file, &error))?;
        let key = public_from_pem(&text)
            .map_err(|_| Stop::Usage(fill(words::NOT_A_KEY, &[("file", &file.display().to_string())])))?;
        keys.push(key);
    }
    let zone = Zone::named(&zone_of_the_machine()).map_err(|_| Refusal::invalid("time_zone"))?;
    Ok(VerifiedCertificate::by_keys(text, &keys, &zone, SystemClock::new().now()))
}

/// The code in what was named: a file's, or itself.
fn paper_of(what: &str) -> Result<VerifyCertificate, Stop> {
    let path = Path::new(what);
    if !path.is_file() {
        let looks_like_a_path = !what.trim_start().starts_with(PREFIX) && what.contains(['/', '\\', '.']);
        return match looks_like_a_path {
            true => Err(unread(path, &io::Error::from(io::ErrorKind::NotFound))),
            false => Ok(VerifyCertificate { text: as_read(what), pdf: None }),
        };
    }
    let mut bytes = Vec::new();
    // One byte more than is taken, so that a file beyond the limit is seen to be so.
    let limit = MOST_BYTES as u64 + 1;
    let file = File::open(path).map_err(|error| unread(path, &error))?;
    file.take(limit).read_to_end(&mut bytes).map_err(|error| unread(path, &error))?;
    Ok(code_in(&bytes)?)
}

fn unread(file: &Path, error: &io::Error) -> Stop {
    let file = file.display().to_string();
    Stop::Usage(fill(words::NOT_READ, &[("file", &file), ("error", &error.to_string())]))
}

fn in_words(verified: &VerifiedCertificate, terminal: &mut Terminal) -> Result<(), Stop> {
    let Some(claims) = &verified.claims else { return Ok(()) };
    if verified.outcome == Outcome::Expired {
        terminal.line(words::EXPIRED)?;
    }
    terminal.line(match (verified.outcome.holds(), verified.shown) {
        (false, _) if verified.outcome == Outcome::Unrecorded => words::UNRECORDED,
        (false, _) => words::SIGNED_ONCE,
        (true, Shown::Code) => words::CODE_GENUINE,
        (true, Shown::Number) => words::NUMBER_ISSUED,
        (true, Shown::SameFile) => words::SAME_FILE,
        (true, Shown::OtherFile) => words::OTHER_FILE,
    })?;
    let width = words::CLAIM_NAMES.iter().map(|name| name.len()).max().unwrap_or_default();
    for (name, value) in words::CLAIM_NAMES.iter().zip(values(claims)) {
        if let Some(value) = value {
            terminal.line(&fill(words::CLAIM, &[("name", &format!("{name:width$}")), ("value", &value)]))?;
        }
    }
    if verified.outcome.holds() {
        terminal.line(&match &verified.revocations_as_of {
            Some(day) => fill(words::REVOCATION_KNOWN, &[("day", day)]),
            None => words::REVOCATION_UNKNOWN.to_owned(),
        })?;
    }
    Ok(())
}

fn values(claims: &Says) -> [Option<String>; 11] {
    let day = |day: &Option<domain::PartialDate>| day.map(|day| day.to_string());
    let finding = match claims.verdict {
        Verdict::Fit => words::FIT,
        Verdict::FitWithLimits => words::FIT_WITH_LIMITS,
        Verdict::NotFit => words::NOT_FIT,
        Verdict::Prescribed => words::PRESCRIBED,
    };
    let signer = match &claims.licence {
        Some(licence) => fill(words::SIGNER, &[("name", &claims.signer), ("licence", licence)]),
        None => claims.signer.clone(),
    };
    [
        Some(claims.kind.clone()),
        Some(claims.number.clone()),
        Some(claims.name.clone()),
        day(&claims.birth_date),
        claims.identifier.clone(),
        Some(finding.to_owned()),
        day(&claims.from),
        day(&claims.until),
        Some(signer),
        Some(claims.issuer.clone()),
        claims.issued_at.as_str().get(..10).map(ToOwned::to_owned),
    ]
}
