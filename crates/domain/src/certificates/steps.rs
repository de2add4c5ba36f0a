//! What a certificate asks of its own steps: nothing but a signature issues, and what it sets is what the record says.

use super::numbers::{canonical, parted};
use super::{Certificate, CertificateStatus, Facts, Issuer, NumberBlock, Template, facts, lenses, words};
use crate::access::{NotAllowed, Object, Permission, Role, allowed};
use crate::fold::{State, fold};
use crate::forms::Filled;
use crate::op::Op;
use crate::record::{Record, Verb};
use crate::rule::{Asked, Fault, follows, is_near};
use crate::{Instant, PartialDate, RecordId, Value, settle};

/// That a certificate is superseded only where one in its stead is issued, earlier in the same transaction.
///
/// # Errors
/// [`Fault::IllegalMove`] for one in whose stead none is.
fn check_superseded(asked: &Asked) -> Result<(), Fault> {
    let header = &asked.op.header;
    let instead = |issued: &&Op| {
        let issued = &issued.header;
        let ops = asked.changed.get(&issued.record).map_or(&[][..], Vec::as_slice);
        let certificate = || fold(Certificate::KIND, issued.record, ops).record::<Certificate>();
        issued.kind == Certificate::KIND.name
            && issued.verb == Verb::Sign
            && issued.record != header.record
            && issued.patient == header.patient
            && certificate().replaces == Some(header.record)
    };
    match asked.earlier.iter().find(instead) {
        Some(_) => Ok(()),
        None => Err(Fault::IllegalMove("status".to_owned())),
    }
}

/// What is set when a certificate is issued, and only then.
const ISSUED_WITH: [&str; 6] = ["number", "signer", "issued_at", "facts", "payload", "pdf"];
/// What is written of lenses.
const LENSES: [&str; 4] = ["right", "left", "pd", "pd_near"];
/// The record of the key that signed the code.
const KEY: &str = "issuer";
/// Before these declarations no record said who issues where, and the workstation's key signed.
const FIRST_WITH_KEYS: u64 = 3;

/// The rule of certificates: whether the template lets this person sign, and whether there is a number to bear.
/// It is issued by its signature alone, and its signer is who signs, with their own key where they sit.
///
/// # Errors
/// [`Fault::NotAllowed`] when the template names other roles or the signer is somebody else,
/// [`Fault::Empty`] without number, code or key, [`Fault::IllegalMove`] for one that is issued unsigned or superseded
/// by none, [`Fault::Fixed`] for what only issuing sets, and for what issuing does not set, [`Fault::FalseCode`] for
/// a number that is not its own and for facts that are not what it says, another's name, or another day.
pub(crate) fn check_step(asked: &Asked) -> Result<(), Fault> {
    let Asked { view, subject, op, seen, .. } = asked;
    let text = |path: &str| op.value(path).and_then(Value::as_text);
    // Whoever settles which of two moves holds chooses among moves that were taken.
    let settles = op.header.verb == Verb::Resolve;
    let issues = !settles && text("status") == Some(CertificateStatus::Issued.word());
    if !settles && text("status") == Some(CertificateStatus::Superseded.word()) {
        check_superseded(asked)?;
    }
    // What an eye needs is for those to write who measure it.
    if !settles && LENSES.into_iter().any(|path| op.value(path).is_some()) {
        allowed(subject, Permission::ObservationRecord, Object::default()).map_err(Fault::NotAllowed)?;
    }
    if op.header.verb != Verb::Sign {
        let early = ISSUED_WITH.into_iter().chain([KEY]).find(|path| op.value(path).is_some());
        return match early {
            Some(path) => Err(Fault::Fixed(path.to_owned())),
            None if issues => Err(Fault::IllegalMove("status".to_owned())),
            None => Ok(()),
        };
    }
    if !issues || !ISSUED_WITH.into_iter().all(|path| text(path).is_some()) {
        return Err(Fault::Empty);
    }
    // What it says was there to be read, its template too, by which it is judged who may sign it.
    let sets = |path: &&str| !["status", KEY].contains(path) && !ISSUED_WITH.contains(path);
    if let Some(path) = op.sets().map(|(path, _)| path).find(sets) {
        return Err(Fault::Fixed(path.to_owned()));
    }
    if text("signer") != Some(subject.user.to_string().as_str()) {
        return Err(Fault::NotAllowed(NotAllowed::Author));
    }
    let certificate: Certificate = seen.record();
    let template = certificate.template.ok_or(Fault::Empty)?;
    let role = subject.role.map(Role::word);
    let names = |state: State| {
        let named = state.record::<Template>().approvers.unwrap_or_default();
        role.is_some_and(|role| named.iter().any(|approver| approver == role))
    };
    let may = names(fold(Template::KIND, template, &view.ops(template)))
        || view.formerly(Template::KIND, template).into_iter().any(names);
    if !may {
        return Err(Fault::NotAllowed(NotAllowed::Role));
    }
    if certificate.prescribes() {
        check_lenses(asked, &certificate)?;
    }
    check_number(asked)?;
    check_facts(asked, &certificate)
}

/// That who prescribes lenses may, and prescribes whole ones that come from a refraction of this person.
fn check_lenses(asked: &Asked, certificate: &Certificate) -> Result<(), Fault> {
    allowed(asked.subject, Permission::SpectaclesSign, Object::default()).map_err(Fault::NotAllowed)?;
    if let Some(field) = lenses::lacking(certificate).first() {
        return Err(Fault::Lacking((*field).to_owned()));
    }
    if let Some(field) = lenses::wrong(certificate) {
        return Err(Fault::WrongType(field.to_owned()));
    }
    let refraction = certificate.refraction.ok_or(Fault::Empty)?;
    let measured: Filled = fold(Filled::KIND, refraction, &asked.view.ops(refraction)).record();
    let theirs = measured.patient.is_some() && measured.patient == asked.op.header.patient;
    let is_one = measured.form.as_deref().is_some_and(lenses::is_refraction);
    if theirs && is_one { Ok(()) } else { Err(Fault::NoRecord) }
}

/// That it bears a number that is nobody else's, drawn for it in this very transaction from the block of the key that
/// signs.
fn check_number(asked: &Asked) -> Result<(), Fault> {
    let Asked { view, subject, schema, op, .. } = asked;
    let text = |path: &str| op.value(path).and_then(Value::as_text);
    let number = text("number").ok_or(Fault::Empty)?;
    if view.bearing(number).into_iter().any(|other| other != op.header.record) {
        return Err(Fault::FalseCode);
    }
    let here = op.header.incarnation;
    // Whoever says that they write as a program of before has no key, and draws from the block of where they sit all the
    // same. What is no number of this form, was never one.
    if *schema < FIRST_WITH_KEYS && text(KEY).is_none() {
        let drawn = || Issuer::gives_here(asked, here, number) && is_drawn(asked, number, &here.to_string());
        return if canonical(number).is_none() || drawn() { Ok(()) } else { Err(Fault::FalseCode) };
    }
    let key: RecordId = text(KEY).and_then(|id| id.parse().ok()).ok_or(Fault::Empty)?;
    let ops = view.ops(key);
    if ops.is_empty() || ops.iter().any(|op| op.header.kind != Issuer::KIND.name) {
        return Err(Fault::NoRecord);
    }
    // One clock stamps the key and what it signs.
    let mut makes = ops.iter().filter(|op| op.header.verb.makes());
    if !makes.all(|made| follows(*view, asked.op, made)) {
        return Err(Fault::Clock);
    }
    let key: Issuer = fold(Issuer::KIND, key, &ops).record();
    let here = here.to_string();
    let theirs = key.user == Some(subject.user) && key.incarnation.as_deref() == Some(here.as_str());
    let gives = key.block.is_some_and(|block| Issuer::gives(&block, number));
    if theirs && gives && is_drawn(asked, number, &here) { Ok(()) } else { Err(Fault::FalseCode) }
}

/// Whether a block of this installation says in the same transaction that `number` was used for this certificate.
fn is_drawn(asked: &Asked, number: &str, incarnation: &str) -> bool {
    let Some((prefix, serial)) = parted(number) else { return false };
    let path = format!("uses/{serial}/certificate");
    let drawn = asked.earlier.iter().filter(|op| op.header.kind == NumberBlock::KIND.name);
    let mut for_this = drawn.filter(|op| {
        let certificate = op.value(&path).and_then(Value::as_text);
        certificate == Some(asked.op.header.record.to_string().as_str())
    });
    for_this.any(|op| {
        let ops = asked.changed.get(&op.header.record).map_or(&[][..], Vec::as_slice);
        let block: NumberBlock = fold(NumberBlock::KIND, op.header.record, ops).record();
        block.prefix.as_deref() == Some(prefix) && block.incarnation.as_deref() == Some(incarnation)
    })
}

/// That the frozen facts are of this certificate as its signer saw it, of this clinic and the person whom it is about, of
/// who signs, and of the time of the step.
fn check_facts(asked: &Asked, certificate: &Certificate) -> Result<(), Fault> {
    let text = |path: &str| asked.op.value(path).and_then(Value::as_text);
    let facts = text("facts").and_then(Facts::read).ok_or(Fault::FalseCode)?;
    let at: Option<Instant> = text("issued_at").and_then(|at| at.parse().ok());
    let same = Some(facts.template) == certificate.template
        && (facts.verdict, facts.from, facts.until)
            == (certificate.verdict, certificate.from, certificate.until)
        && Some(&facts.at) == at.as_ref();
    let theirs = is_called(asked, &facts.signer)
        && holds_office(asked, &facts)
        && is_near(asked.op.header.hlc, &facts.at);
    let is_what = is_of_clinic(asked, &facts) && is_of_template(asked, &facts);
    if same && theirs && is_what && is_about(asked, certificate, &facts) {
        Ok(())
    } else {
        Err(Fault::FalseCode)
    }
}

/// Whether the clinic was ever called what is printed, in the code and, before the site, in the letterhead.
fn is_of_clinic(asked: &Asked, facts: &Facts) -> bool {
    let ops: Vec<Op> = asked.view.clinics().into_iter().flat_map(|clinic| asked.ops(clinic)).collect();
    if !can_judge(&ops) {
        return true;
    }
    let behind = facts.clinic.strip_prefix(&facts.issuer);
    let heads =
        behind.is_some_and(|site| site.is_empty() || facts.issuer.is_empty() || site.starts_with(", "));
    heads && said(&ops, "name").any(|name| name.trim() == facts.issuer)
}

/// Whether the template was ever called, entitled and coded as the paper and its code say: who may sign a slip makes no paper of
/// another sort of it.
fn is_of_template(asked: &Asked, facts: &Facts) -> bool {
    let ops = asked.ops(facts.template);
    if !can_judge(&ops) {
        return true;
    }
    let is_said = |field: &str, printed: &str| {
        printed.is_empty() || said(&ops, field).any(|said| said.trim() == printed.trim())
    };
    let coded = facts.form.as_deref();
    let mut codes = said(&ops, "form_code").map(str::trim).filter(|code| !code.is_empty());
    is_said("name", &facts.subject)
        && is_said("title", &facts.title)
        && coded.is_none_or(|form| codes.any(|code| form.contains(code)))
}

/// Whether whoever signs ever had the licence and the office that are printed under their name.
fn holds_office(asked: &Asked, facts: &Facts) -> bool {
    let ops = asked.ops(asked.subject.user);
    if !can_judge(&ops) {
        return true;
    }
    let is_licence = |path: &str| path.starts_with("licences/") && path.ends_with("/number");
    let licences = || ops.iter().flat_map(Op::sets).filter(|(path, _)| is_licence(path));
    let had = |licence: &str| licences().any(|(_, value)| value.as_text() == Some(licence));
    let words = words::of(&facts.language);
    let of_role =
        |said: &str| Role::ALL.iter().find(|role| role.word() == said).map(|role| words.role(*role));
    let mut offices = said(&ops, "position").map(str::trim).chain(said(&ops, "role").filter_map(of_role));
    facts.licence.as_deref().is_none_or(had)
        && (facts.office.is_empty() || offices.any(|office| office == facts.office))
}

/// Whether the person whom the certificate is about was ever called, born and numbered as it prints. Each part may be of
/// another version of their record: whoever issued had seen some of what was changed elsewhere, and not all.
fn is_about(asked: &Asked, certificate: &Certificate, facts: &Facts) -> bool {
    let (named, patient) = (certificate.patient, asked.op.header.patient);
    if named.is_some() && patient.is_some() && named != patient {
        return false;
    }
    let ops = named.or(patient).map(|patient| asked.ops(patient)).unwrap_or_default();
    if !can_judge(&ops) {
        return true;
    }
    let is_number = |path: &str| path.starts_with("identifiers/") && path.ends_with("/value");
    let numbers = || ops.iter().flat_map(Op::sets).filter(|(path, _)| is_number(path));
    let is_theirs = |number: &str| numbers().any(|(_, value)| value.as_text() == Some(number));
    let is_born = |born: PartialDate| said(&ops, "birth_date").any(|day| day.parse() == Ok(born));
    (facts::is_name(&facts.name, |field| said(&ops, field).collect())
        || said(&ops, "latin").any(|latin| latin.trim() == facts.name))
        && facts.birth_date.is_none_or(is_born)
        && facts.identifier.as_deref().is_none_or(is_theirs)
}

/// Whether all that was ever said of a record is known here: it may have come to nobody here yet, or be erased.
fn can_judge(ops: &[Op]) -> bool {
    !ops.is_empty() && ops.iter().all(|op| op.body.is_some())
}

/// Everything that was ever said in `field`.
fn said<'a>(ops: &'a [Op], field: &'a str) -> impl Iterator<Item = &'a str> {
    ops.iter().filter_map(move |op| op.value(field)?.as_text())
}

/// Whether whoever signs was ever called what is printed: nobody puts a colleague's name under their own signature. Which of
/// their names they knew is not asked.
fn is_called(asked: &Asked, printed: &str) -> bool {
    let ops = asked.ops(asked.subject.user);
    said(&ops, "name").any(|name| {
        let mut qualifications = said(&ops, "qualification").chain([""]);
        qualifications.any(|qualification| facts::signer(name, qualification) == printed)
    })
}

/// The rule of blocks of numbers: an installation draws from its own, and another one only closes what is left of it. Who
/// settles which paper of one draft holds says so of their numbers in the same transaction, about which nobody disagrees.
///
/// # Errors
/// [`Fault::FalseCode`] for what another installation says; [`Fault::IllegalMove`] for another word about a number than its
/// outcome, and for numbers of no such papers.
pub(crate) fn check_block(asked: &Asked) -> Result<(), Fault> {
    let Asked { op, seen, earlier, .. } = asked;
    if op.header.verb != Verb::Resolve {
        let block: NumberBlock = asked.after().record();
        let own = block.incarnation == Some(op.header.incarnation.to_string());
        let closes =
            op.header.verb == Verb::Patch && op.sets().all(|said| said == ("closed", &Value::Bool(true)));
        return if own || closes { Ok(()) } else { Err(Fault::FalseCode) };
    }
    let settled = |certificate: &str| {
        let settles =
            |step: &&Op| step.header.verb == Verb::Resolve && step.header.kind == Certificate::KIND.name;
        earlier.iter().filter(settles).any(|step| step.header.record.to_string() == certificate)
    };
    let follows = |path: &str| {
        let (number, part) = path.rsplit_once('/')?;
        let certificate = seen.value(&format!("{number}/certificate")).as_text()?;
        (["outcome", "reason"].contains(&part) && settled(certificate)).then_some(())
    };
    let whole = op.sets().next().is_none();
    if !whole && op.sets().all(|(path, _)| follows(path).is_some()) {
        return Ok(());
    }
    let ops = asked.changed.get(&op.header.record).map_or(&[][..], Vec::as_slice);
    settle::check(NumberBlock::KIND, op, ops, seen)
}
