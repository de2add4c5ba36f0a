//! The templates that every clinic begins with.

use domain::access::{Role, User};
use domain::certificates::{Template, Verdict};
use domain::record::{Record, Verb};
use domain::{ClinicId, RecordId};
use store::Draft;

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// The templates whose record follows from the clinic's, each one in a clinic, wherever and however often it is made.
pub(crate) fn derived_templates(clinic: ClinicId) -> [(RecordId, Template); 2] {
    [("MED-03", slips()), ("EYE-01", spectacles())]
        .map(|(form, template)| (RecordId::derived(format!("template {form} {clinic}").as_bytes()), template))
}

/// A clinic that was founded before there were slips, or spectacles, gets their templates when an administrator signs in,
/// in their name, as they made the others when they founded it. One that they closed since is there, and stays closed.
pub(crate) fn at_sign_in(desk: &mut Desk) {
    if desk.bars_writing().is_none() {
        // Whoever signs in works all the same; the next sign-in tries again.
        let _made = desk.quietly(with_templates);
    }
}

fn with_templates(seat: &mut Seat) -> Result<(), Refusal> {
    let user: User = seat.read::<User>(seat.sitting.user)?.state.record();
    let is_theirs = seat.subject.role == Some(Role::Administrator) && user.first_password != Some(true);
    // Without a template of the clinic its records have not come to this workstation yet.
    if !is_theirs || seat.act.records(Template::KIND.name, None)?.is_empty() {
        return Ok(());
    }
    let mut lacking = Vec::new();
    for (id, template) in derived_templates(seat.place.clinic) {
        if seat.act.record(id)?.is_none() {
            lacking.push((id, template));
        }
    }
    let Some((first, _)) = lacking.first() else { return Ok(()) };
    seat.about(Some(*first), None);
    seat.write(lacking.iter().map(|(id, made)| Draft::make(Verb::Create, *id, None, made)).collect())?;
    let made = seat.note("add_templates", None);
    Ok(seat.act.audit(&seat.place.key, &mut *seat.world.entropy, made)?)
}

/// The template of spectacles: half a sheet, which only who may prescribe them signs.
fn spectacles() -> Template {
    Template {
        name: Some("Spectacles".to_owned()),
        title: Some("SPECTACLES".to_owned()),
        form_code: Some("EYE-01".to_owned()),
        effective: "2026-12-01".parse().ok(),
        text: Some(
            "For {name}, born {birth_date}{number}{belongs}, whose eyes were examined at this clinic on {examined}, \
             spectacles {for} are {verdict}:\n\n\
             {lenses}\n\n\
             {pd} {drops}\n\n\
             Valid until {until}.\n\n{recommendation}"
                .to_owned(),
        ),
        purpose: None,
        addressee: None,
        verdicts: Some(vec![Verdict::Prescribed.word().to_owned()]),
        approvers: Some([Role::Optometrist, Role::Doctor].map(|role| role.word().to_owned()).to_vec()),
        paper: Some("a5".to_owned()),
        language: Some("en".to_owned()),
        active: Some(true),
    }
}

/// The template of the slip back to class or home: half a sheet, which nurses sign too.
fn slips() -> Template {
    let words = |words: &[Role]| words.iter().map(|role| role.word().to_owned()).collect();
    Template {
        name: Some("Slip, back to class or home".to_owned()),
        title: Some("CLINIC SLIP".to_owned()),
        form_code: Some("MED-03".to_owned()),
        effective: "2026-01-01".parse().ok(),
        text: Some(
            "{name}{number}{belongs} was at this clinic on {examined} from {came} to {left}.\n\n\
             Finding: {verdict} {purpose} from {from} to {until}. {sent}\n\n\
             {reason}\n\n{recommendation}"
                .to_owned(),
        ),
        purpose: Some("to attend classes".to_owned()),
        addressee: None,
        verdicts: Some([Verdict::Fit, Verdict::NotFit].map(|verdict| verdict.word().to_owned()).to_vec()),
        approvers: Some(words(&[Role::Nurse, Role::Doctor, Role::Dentist, Role::Optometrist])),
        paper: Some("a5".to_owned()),
        language: Some("en".to_owned()),
        active: Some(true),
    }
}

/// The two templates of certificates that every clinic begins with.
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
