//! The facts of a certificate as they stood, every word of its page among them: frozen at issue, so that
//! the page can be made again wherever its bytes are not.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::filling::{Paragraph, Run, fill, sentence};
use super::words::{self, Words};
use super::{Certificate, Days, Lenses, Template, Verdict};
use crate::access::{LicenceKind, User};
use crate::calendar::Calendar;
use crate::clinic::{Clinic, Site};
use crate::patients::Patient;
use crate::{Instant, PartialDate, RecordId};

/// The version of the facts that this program writes.
pub const FACTS: u64 = 1;

/// What is known of a certificate when it is shown or issued.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The certificate.
    pub certificate: &'a Certificate,
    /// Its template, with its id and version.
    pub template: (&'a Template, RecordId, i64),
    /// Whom it is about.
    pub patient: &'a Patient,
    /// The clinic.
    pub clinic: &'a Clinic,
    /// The site.
    pub site: &'a Site,
    /// The number of the certificate that it extends.
    pub extends: Option<&'a str>,
    /// When the school holds classes, where the clinic keeps its calendar.
    pub calendar: Option<&'a Calendar>,
    /// When the eyes had drops before they were measured, as a clock shows it.
    pub drops: Option<&'a str>,
    /// Who issues it; nobody while that is open.
    pub signer: Option<&'a User>,
    /// Where anybody can check it.
    pub server: Option<&'a str>,
    /// When it is or would be issued.
    pub at: &'a Instant,
    /// The day of that at the site.
    pub day: PartialDate,
}

/// The facts as they stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The version of this form.
    pub v: u64,
    /// The template.
    pub template: RecordId,
    /// Its version.
    pub template_version: i64,
    /// The language of the page.
    pub language: String,
    /// `a4` or `a5`.
    pub paper: String,
    /// The clinic, as the code names it.
    pub issuer: String,
    /// The name in the letterhead.
    pub clinic: String,
    /// The lines under it.
    pub lines: Vec<String>,
    /// The letters in the emblem.
    pub initials: String,
    /// Form code and effective date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// The date of issue as it is printed.
    pub date: String,
    /// The title.
    pub title: String,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<String>,
    /// The text; a paragraph without words is the place of the lenses.
    pub body: Vec<Paragraph>,
    /// The lenses that it prescribes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lenses: Option<Lenses>,
    /// Who signs: name with letters.
    pub signer: String,
    /// What they are.
    pub office: String,
    /// Their licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// How to check it.
    pub check_line: String,
    /// What sort of certificate.
    pub subject: String,
    /// The person.
    pub name: String,
    /// Their date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<PartialDate>,
    /// The number by which they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// What it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PartialDate>,
    /// When.
    pub at: Instant,
}

impl Facts {
    /// The facts of what is `known`.
    #[must_use]
    pub fn of(known: &Known) -> Self {
        let Known { certificate, template: (template, id, version), patient, clinic, .. } = *known;
        let language = text(&template.language, "en");
        let words = words::of(&language);
        let clinic_name = text(&clinic.name, "");
        let addressee = certificate.addressee.as_ref().or(template.addressee.as_ref());
        let licence = known.signer.and_then(|signer| licence(signer, known.day));
        let at = [&clinic.address, &clinic.contact].into_iter().flatten().map(String::as_str);
        let at = at.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · ");
        let lines = [text(&clinic.services, ""), at].into_iter().filter(|line| !line.is_empty()).collect();
        Self {
            v: FACTS,
            template: id,
            template_version: version,
            paper: text(&certificate.paper.clone().or(template.paper.clone()), "a4"),
            clinic: join(", ", [clinic_name.as_str(), known.site.name.as_deref().unwrap_or_default()]),
            initials: initials(&clinic_name),
            issuer: clinic_name,
            lines,
            form: form(template, words),
            date: words.date(known.day),
            title: text(&template.title, ""),
            addressee: addressee.filter(|text| !text.trim().is_empty()).cloned(),
            body: body(known, words),
            lenses: Lenses::of(certificate, words),
            signer: match known.signer {
                Some(signer) => self::signer(
                    signer.name.as_deref().unwrap_or_default(),
                    signer.qualification.as_deref().unwrap_or_default(),
                ),
                None => words.signer_at_issue.to_owned(),
            },
            office: known.signer.map(|signer| office(signer, words)).unwrap_or_default(),
            licence,
            check_line: match known.server {
                Some(server) => words.check_at.replace("{server}", server),
                None => words.check.to_owned(),
            },
            subject: text(&template.name, ""),
            name: name(patient),
            birth_date: patient.birth_date,
            identifier: patient.known_number().and_then(|number| number.value.clone()),
            verdict: certificate.verdict,
            from: certificate.from,
            until: certificate.until,
            at: known.at.clone(),
            language,
        }
    }

    /// The facts in this text, if it holds any that this program knows.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The words of the page's text, paragraphs apart by an empty line: what the code's digest is of.
    #[must_use]
    pub fn printed(&self) -> String {
        let said = |paragraph: &Paragraph| match &self.lenses {
            Some(lenses) if paragraph.runs.is_empty() => lenses.text(),
            _ => paragraph.text(),
        };
        self.body.iter().map(said).collect::<Vec<_>>().join("\n\n")
    }
}

fn text(text: &Option<String>, otherwise: &str) -> String {
    said(text).unwrap_or(otherwise).to_owned()
}

fn join<const N: usize>(between: &str, parts: [&str; N]) -> String {
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

fn said(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// The first letters of the first two words.
fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().find(|sign| sign.is_alphanumeric()));
    letters.take(2).flat_map(char::to_uppercase).collect()
}

fn form(template: &Template, words: &Words) -> Option<String> {
    let code = template.form_code.as_deref().filter(|code| !code.trim().is_empty())?;
    Some(match template.effective {
        Some(day) => words.form.replace("{form}", code).replace("{day}", &words.date(day)),
        None => code.to_owned(),
    })
}

/// A person's name as a certificate prints it.
#[must_use]
pub fn name(patient: &Patient) -> String {
    join(
        " ",
        [&patient.given, &patient.middle, &patient.family, &patient.suffix]
            .map(|part| part.as_deref().unwrap_or_default()),
    )
}

/// Whether `printed` is what [`name`] makes of a person of whom each part was one of those that `said` tells of its field, or
/// was left out.
pub(crate) fn is_name<'a>(printed: &str, said: impl Fn(&'static str) -> Vec<&'a str>) -> bool {
    // What is left of it behind the parts so far; together they may read in more than one way.
    let mut rests = BTreeSet::from([printed]);
    for field in ["given", "middle", "family", "suffix"] {
        let parts = said(field);
        rests = rests
            .iter()
            .flat_map(|rest| {
                let behind = parts.iter().filter_map(move |part| {
                    let behind = rest.strip_prefix(part.trim()).filter(|_| !part.trim().is_empty())?;
                    if behind.is_empty() { Some(behind) } else { behind.strip_prefix(' ') }
                });
                behind.chain([*rest])
            })
            .collect();
    }
    rests.contains("")
}

/// Who signs, as a certificate prints it: name with letters.
pub(crate) fn signer(name: &str, qualification: &str) -> String {
    join(", ", [name, qualification])
}

fn office(signer: &User, words: &Words) -> String {
    let position = text(&signer.position, "");
    if position.is_empty() { signer.role.map_or("", |role| words.role(role)).to_owned() } else { position }
}

/// The number of the licence to practise that lasts longest, of those that hold on `day`.
fn licence(signer: &User, day: PartialDate) -> Option<String> {
    let licences = signer.licences.iter().flat_map(|licences| licences.0.values());
    let holding = licences.filter(|licence| {
        licence.is(LicenceKind::Practice)
            && licence.number.is_some()
            && licence.until.is_none_or(|until| until.latest() >= day.earliest())
    });
    let last = |until: Option<PartialDate>| until.map_or(jiff::civil::Date::MAX, |until| until.latest());
    holding.max_by_key(|licence| last(licence.until))?.number.clone()
}

/// A paragraph of this alone in a template's text is the place of the lenses.
const LENSES: &str = "{lenses}";

fn body(known: &Known, words: &Words) -> Vec<Paragraph> {
    let (template, ..) = known.template;
    let text = template.text.clone().unwrap_or_default();
    let one_day = known.certificate.from.is_some() && known.certificate.from == known.certificate.until;
    let text = match one_day {
        true => words.one_day.iter().fold(text, |text, (stretch, day)| text.replace(stretch, day)),
        false => text,
    };
    let part = |part: &str| match part.trim() == LENSES && known.certificate.prescribes() {
        true => vec![Paragraph::default()],
        false => fill(part, |field| value(known, words, field)),
    };
    let mut body: Vec<Paragraph> = text.split("\n\n").flat_map(part).collect();
    if let Some(number) = known.extends {
        let runs = sentence(words.extends, |field| (field == "number").then(|| vec![Run::kept(number)]));
        body.push(Paragraph { runs });
    }
    body
}

/// The stretches of one field of a template's text; `None` for a name that is no field.
fn value(known: &Known, words: &Words, field: &str) -> Option<Vec<Run>> {
    let Known { certificate, template: (template, ..), patient, .. } = *known;
    let typed = |phrase: &str, field: &str, text: &Option<String>| match said(text) {
        Some(text) => sentence(phrase, |name| (name == field).then(|| vec![Run::plain(text)])),
        None => Vec::new(),
    };
    let dated = |date: Option<PartialDate>| {
        date.map(|date| vec![Run::kept(&words.day(date)).bold()]).unwrap_or_default()
    };
    Some(match field {
        "name" => vec![Run::plain(&name(patient)).bold()],
        "birth_date" => match patient.birth_date {
            Some(born) => vec![Run::kept(&words.date(born))],
            None => vec![Run::plain(words.unknown_date)],
        },
        "number" => known_by(patient, words),
        "belongs" => belongs(patient, words),
        "examined" => certificate.examined.map(|day| vec![Run::kept(&words.date(day))]).unwrap_or_default(),
        "verdict" => certificate
            .verdict
            .map(|verdict| vec![Run::plain(words.verdict(verdict)).bold()])
            .unwrap_or_default(),
        "purpose" => said(&template.purpose).map(|purpose| vec![Run::plain(purpose)]).unwrap_or_default(),
        "from" => dated(certificate.from),
        "until" => dated(certificate.until),
        "days" => Days::of(certificate, known.calendar).map(|days| counted(days, words)).unwrap_or_default(),
        "return" => back_on(known, words),
        "account" => by_account(known, words),
        "limits" if certificate.verdict == Some(Verdict::FitWithLimits) => {
            typed(words.limits, "limits", &certificate.limits)
        }
        "diagnosis" if certificate.diagnosis_agreed == Some(true) => {
            typed(words.diagnosis, "diagnosis", &certificate.diagnosis)
        }
        "reason" if certificate.reason_agreed == Some(true) => {
            typed(words.reason, "reason", &certificate.reason)
        }
        "limits" | "diagnosis" | "reason" => Vec::new(),
        "came" => clock(&certificate.came_at),
        "left" => clock(&certificate.left_at),
        "sent" => sent(certificate, words),
        "for" => certificate
            .lenses_for
            .map(|lenses| vec![Run::plain(words.lenses_for(lenses)).bold()])
            .unwrap_or_default(),
        "pd" => pupils(certificate, words),
        "drops" => {
            known.drops.map(|time| vec![Run::plain(&words.drops.replace("{time}", time))]).unwrap_or_default()
        }
        "lenses" => Vec::new(),
        "recommendation" => typed(words.recommendation, "recommendation", &certificate.recommendation),
        _ => return None,
    })
}

/// From pupil to pupil, for near too, or for near alone.
fn pupils(certificate: &Certificate, words: &Words) -> Vec<Run> {
    let [far, both, near] = words.pd;
    let said = match (&certificate.pd, &certificate.pd_near) {
        (Some(_), Some(_)) => both,
        (Some(_), None) => far,
        (None, Some(_)) => near,
        (None, None) => return Vec::new(),
    };
    let plain =
        |number: &Option<crate::Decimal>| number.as_ref().map(crate::Decimal::plain).unwrap_or_default();
    let said = said.replace("{pd}", &plain(&certificate.pd));
    vec![Run::plain(&said.replace("{near}", &plain(&certificate.pd_near)))]
}

fn clock(time: &Option<String>) -> Vec<Run> {
    said(time).map(|time| vec![Run::kept(time).bold()]).unwrap_or_default()
}

/// Where they go from here, and with whom.
fn sent(certificate: &Certificate, words: &Words) -> Vec<Run> {
    let Some(to) = certificate.sent_to else { return Vec::new() };
    let with = said(&certificate.sent_with).map(|with| words.sent_with.replace("{with}", with));
    vec![Run::plain(&words.sent_to(to).replace("{with}", &with.unwrap_or_default()))]
}

fn known_by(patient: &Patient, words: &Words) -> Vec<Run> {
    let Some(number) = patient.known_number() else { return Vec::new() };
    let system = number.system.as_deref().unwrap_or_default();
    let own = words.labels.iter().find(|(of, _)| *of == system).map(|(_, label)| *label);
    let other = words.labels.iter().find(|(of, _)| of.is_empty()).map(|(_, label)| *label);
    let label = own.or(number.label.as_deref()).or(other).unwrap_or_default();
    sentence(words.known_by, |field| match field {
        "label" => Some(vec![Run::plain(label)]),
        "number" => Some(vec![Run::kept(number.value.as_deref().unwrap_or_default())]),
        _ => None,
    })
}

/// Course and year, else department, else school.
fn belongs(patient: &Patient, words: &Words) -> Vec<Run> {
    let year = patient.year_level.as_deref().map(str::trim).unwrap_or_default();
    let counted = !year.is_empty() && year.chars().all(|sign| sign.is_ascii_digit());
    let year = if counted { words.year.replace("{year}", year) } else { year.to_owned() };
    let course = patient.course.as_deref().map(|course| join(" ", [course, &year]));
    let belongs = course.or(patient.department.clone()).or(patient.school.clone());
    match belongs.filter(|belongs| !belongs.trim().is_empty()) {
        Some(belongs) => {
            sentence(words.belongs, |field| (field == "belongs").then(|| vec![Run::plain(&belongs)]))
        }
        None => Vec::new(),
    }
}

fn in_number(forms: [&'static str; 2], count: u32) -> String {
    let [one, several] = forms;
    if count == 1 { one } else { several }.replace("{count}", &count.to_string())
}

fn counted(days: Days, words: &Words) -> Vec<Run> {
    let all = Run::kept(&in_number(words.days, days.count));
    let Some(class) = days.class_days else { return vec![all] };
    vec![all, Run::plain(", "), Run::kept(&in_number(words.class_days, class))]
}

/// Only who is kept away returns.
fn back_on(known: &Known, words: &Words) -> Vec<Run> {
    let certificate = known.certificate;
    let away = certificate.verdict == Some(Verdict::NotFit);
    match Days::of(certificate, known.calendar).and_then(|days| days.return_day).filter(|_| away) {
        Some(day) => {
            sentence(words.back_on, |field| (field == "day").then(|| vec![Run::kept(&words.day(day))]))
        }
        None => Vec::new(),
    }
}

fn by_account(known: &Known, words: &Words) -> Vec<Run> {
    let certificate = known.certificate;
    match Days::of(certificate, known.calendar).map(|days| days.before_examination) {
        Some(count @ 1..) => vec![Run::plain(&in_number(words.account, count))],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
