use super::*;
use crate::access::{Licence, LicenceKind, Role};
use crate::patients::Identifier;
use crate::record::Entries;

/// The template of the drawn screen, with every field.
fn template() -> Template {
    Template {
        name: Some("Sick leave, student".into()),
        title: Some("MEDICAL CERTIFICATE".into()),
        form_code: Some("MED-01".into()),
        effective: "2026-06-01".parse().ok(),
        text: Some(
            "This certifies that {name}, born {birth_date}{number}{belongs}, was examined on {examined}.\n\n\
             Finding: {verdict} {purpose} from {from} to {until} ({days}). {return}{account}\n\n\
             {limits}\n\n{diagnosis}\n\n{recommendation}"
                .into(),
        ),
        purpose: Some("to attend classes".into()),
        paper: Some("a5".into()),
        language: Some("en".into()),
        ..Template::default()
    }
}

fn gustavo() -> Patient {
    let number =
        Identifier { system: Some("student".into()), value: Some("2019-104-883".into()), label: None };
    Patient {
        family: Some("Mejía".into()),
        given: Some("Gustavo".into()),
        birth_date: "1999-07-14".parse().ok(),
        course: Some("BS Tourism".into()),
        year_level: Some("4".into()),
        identifiers: Some(Entries([("1".to_owned(), number)].into())),
        ..Patient::default()
    }
}

fn sick() -> Certificate {
    Certificate {
        verdict: Some(Verdict::NotFit),
        examined: "2026-11-22".parse().ok(),
        from: "2026-11-21".parse().ok(),
        until: "2026-11-23".parse().ok(),
        limits: Some("none of this".into()),
        diagnosis: Some("dengue fever".into()),
        recommendation: Some("rest, fluids, and review at the clinic if fever continues. ".into()),
        ..Certificate::default()
    }
}

fn maria() -> User {
    let licence = |number: &str, until: &str| Licence {
        kind: (number == "tax").then_some(LicenceKind::Tax),
        number: Some(number.into()),
        issuer: None,
        until: until.parse().ok(),
    };
    // A paper bears the licence to practise, though another holds longer.
    let licences = [
        ("1", licence("lapsed", "2020")),
        ("2", licence("0104417", "2027-12-31")),
        ("3", licence("tax", "2099")),
    ];
    User {
        name: Some("Maria Reyes".into()),
        qualification: Some("MD".into()),
        role: Some(Role::Doctor),
        licences: Some(Entries(licences.map(|(id, licence)| (id.to_owned(), licence)).into())),
        ..User::default()
    }
}

fn facts(certificate: &Certificate, patient: &Patient, signer: Option<&User>) -> Facts {
    facts_on(&template(), certificate, patient, signer)
}

fn facts_on(
    template: &Template,
    certificate: &Certificate,
    patient: &Patient,
    signer: Option<&User>,
) -> Facts {
    let clinic = Clinic {
        name: Some("University Clinic".into()),
        services: Some("Medical and Dental Services".into()),
        address: Some("P. del Rosario St.".into()),
        contact: Some("clinic@example.edu".into()),
        ..Clinic::default()
    };
    Facts::of(&Known {
        certificate,
        template: (template, RecordId::new(1, &[1; 10]), 7),
        patient,
        extends: None,
        calendar: None,
        clinic: &clinic,
        site: &Site { name: Some("Main Campus".into()), ..Site::default() },
        drops: None,
        signer,
        server: Some("verify.example.edu"),
        at: &"2026-11-22T10:41:05+08:00".parse().unwrap(),
        day: "2026-11-22".parse().unwrap(),
    })
}

#[test]
fn the_page_says_what_the_drawn_one_says() {
    let facts = facts(&sick(), &gustavo(), Some(&maria()));
    assert_eq!(
        facts.printed(),
        "This certifies that Gustavo Mejía, born 14-Jul-1999, student number 2019-104-883, BS Tourism year\u{a0}4, \
         was examined on 22-Nov-2026.\n\n\
         Finding: not fit to attend classes from Sat 21-Nov-2026 to Mon 23-Nov-2026 (3\u{a0}days). \
         May return on Tue 24-Nov-2026. The day before the examination is by the patient’s account.\n\n\
         Recommendation: rest, fluids, and review at the clinic if fever continues."
    );
    let bold: Vec<&str> = facts
        .body
        .iter()
        .flat_map(|paragraph| &paragraph.runs)
        .filter(|run| run.bold)
        .map(|run| run.text.as_str())
        .collect();
    assert_eq!(bold, ["Gustavo Mejía", "not fit", "Sat 21-Nov-2026", "Mon 23-Nov-2026"]);
    let kept = |text: &str| {
        facts
            .body
            .iter()
            .flat_map(|paragraph| &paragraph.runs)
            .any(|run| run.keep_together && run.text == text)
    };
    assert!(kept("14-Jul-1999") && kept("2019-104-883") && kept("Tue 24-Nov-2026"));
    assert_eq!((facts.signer.as_str(), facts.office.as_str()), ("Maria Reyes, MD", "Physician"));
    assert_eq!(facts.licence.as_deref(), Some("0104417"));
    assert_eq!(facts.clinic, "University Clinic, Main Campus");
    assert_eq!(facts.lines, ["Medical and Dental Services", "P. del Rosario St. · clinic@example.edu"]);
    assert_eq!((facts.initials.as_str(), facts.paper.as_str()), ("UC", "a5"));
    assert_eq!(facts.form.as_deref(), Some("MED-01 · effective 01-Jun-2026"));
    assert_eq!(facts.check_line, "Check: scan, or verify.example.edu");
}

#[test]
fn the_diagnosis_is_printed_only_with_consent_and_limits_only_with_their_verdict() {
    let agreed = Certificate { diagnosis_agreed: Some(true), ..sick() };
    assert!(facts(&agreed, &gustavo(), None).printed().contains("\n\nDiagnosis: dengue fever\n\n"));
    assert!(!facts(&sick(), &gustavo(), None).printed().contains("dengue"));
    let limited = Certificate { verdict: Some(Verdict::FitWithLimits), ..sick() };
    let printed = facts(&limited, &gustavo(), None).printed();
    assert!(printed.contains("\n\nLimits: none of this\n\n") && !printed.contains("May return"), "{printed}");
    let refused = Certificate { diagnosis_agreed: Some(false), ..agreed };
    assert!(!facts(&refused, &gustavo(), None).printed().contains("dengue"));
}

#[test]
fn where_somebody_goes_is_said_with_whom_and_their_reason_only_with_consent() {
    let slip = |change: fn(&mut Certificate)| {
        let mut certificate = Certificate {
            came_at: Some("09:10".into()),
            left_at: Some("09:40".into()),
            sent_to: Some(crate::certificates::SentTo::Home),
            sent_with: Some("his mother".into()),
            reason: Some("headache".into()),
            ..sick()
        };
        change(&mut certificate);
        let text = "Here from {came} to {left}.\n\n{sent}\n\n{reason}";
        facts_on(&Template { text: Some(text.into()), ..template() }, &certificate, &gustavo(), None)
            .printed()
    };
    assert_eq!(slip(|_| {}), "Here from 09:10 to 09:40.\n\nGoes home with his mother.");
    assert_eq!(
        slip(|certificate| {
            certificate.sent_with = None;
            certificate.reason_agreed = Some(true);
        }),
        "Here from 09:10 to 09:40.\n\nGoes home.\n\nReason for coming: headache"
    );
}

#[test]
fn one_day_is_said_as_one() {
    let day = Certificate { until: sick().from, ..sick() };
    let printed = facts(&day, &gustavo(), None).printed();
    assert!(printed.contains("not fit to attend classes on Sat 21-Nov-2026 (1\u{a0}day). "), "{printed}");
}

#[test]
fn somebody_of_whom_little_is_known_is_certified_too() {
    let stranger = Patient { family: Some("Salonga".into()), ..Patient::default() };
    let facts = facts(&sick(), &stranger, None);
    let first = facts.body[0].text();
    assert_eq!(first, "This certifies that Salonga, born on a date not known, was examined on 22-Nov-2026.");
    assert_eq!((facts.signer.as_str(), facts.licence), ("Signer at issue", None));
}

#[test]
fn frozen_facts_read_back_as_they_were_and_no_others() {
    let facts = facts(&sick(), &gustavo(), Some(&maria()));
    let text = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<Facts>(&text).unwrap(), facts);
    assert!(!text.contains("dengue"), "what is not printed is not frozen");
    assert!(serde_json::from_str::<Facts>(&text.replacen("{", "{\"more\":1,", 1)).is_err());
}
