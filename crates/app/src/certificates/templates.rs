//! The two templates that every clinic begins with.

use domain::access::Role;
use domain::certificates::{Template, Verdict};

/// The two templates that every clinic begins with.
pub(crate) fn seeded_templates() -> [Template; 2] {
    let template = |name: &str,
                    title: &str,
                    form: &str,
                    purpose: &str,
                    text: &str,
                    verdicts: &[Verdict],
                    paper: &str| Template {
        name: Some(name.to_owned()),
        title: Some(title.to_owned()),
        form_code: Some(form.to_owned()),
        effective: "2026-01-01".parse().ok(),
        text: Some(text.to_owned()),
        purpose: Some(purpose.to_owned()),
        addressee: Some("To whom it may concern".to_owned()),
        verdicts: Some(verdicts.iter().map(|verdict| verdict.word().to_owned()).collect()),
        approvers: Some(
            [Role::Doctor, Role::Dentist, Role::Optometrist].map(|role| role.word().to_owned()).to_vec(),
        ),
        paper: Some(paper.to_owned()),
        language: Some("en".to_owned()),
        active: Some(true),
    };
    [
        template(
            "Sick leave, student",
            "MEDICAL CERTIFICATE",
            "MED-01",
            "to attend classes",
            "This certifies that {name}, born {birth_date}{number}{belongs}, was examined at this clinic on {examined}.\n\n\
             Finding: {verdict} {purpose} from {from} to {until} ({days}). {return}{account}\n\n\
             {limits}\n\n{diagnosis}\n\n{recommendation}",
            &[Verdict::NotFit, Verdict::FitWithLimits, Verdict::Fit],
            "a5",
        ),
        template(
            "Fitness certificate",
            "CERTIFICATE OF FITNESS",
            "MED-02",
            "for the stated purpose",
            "This certifies that {name}, born {birth_date}{number}{belongs}, was examined at this clinic on {examined}.\n\n\
             Finding: {verdict} {purpose}. Valid from {from} until {until}.\n\n\
             {limits}\n\n{diagnosis}\n\n{recommendation}",
            &[Verdict::Fit, Verdict::FitWithLimits, Verdict::NotFit],
            "a4",
        ),
    ]
}
