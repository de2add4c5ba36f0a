//! A certificate's claims and its paper, for tests that read papers rather than issue them.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::process::Command;

use crypto::cose::Claims;
use documents::blocks::Block;
use documents::certificates::{CertificatePage, Mark, Signer, Words, render};
use documents::{Emblem, Format, Letterhead, Moment, Paper};
use domain::RecordId;
use domain::certificates::{FACTS, Facts, Paragraph, Run, Verdict};

/// The words of a PDF, as another program reads them.
///
/// # Panics
/// When `pdftotext` is not installed.
#[must_use]
pub fn words(pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), pdf).expect("room for it");
    let read =
        Command::new("pdftotext").args(["-raw"]).arg(file.path()).arg("-").output().expect("pdftotext");
    String::from_utf8_lossy(&read.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The number of the paper of a test, with the check character that fits.
pub const NUMBER: &str = "MAIN-01-26-00417-W";

/// What a sick leave of Gustavo Mejía says, from 21 to 25 November 2026, issued on the 22nd in the
/// morning of Manila.
///
/// # Panics
/// Never: the facts have a verdict.
#[must_use]
pub fn claims() -> Claims {
    Claims::of(&facts(), NUMBER).expect("a verdict")
}

/// The facts of that paper, on the template `template`.
///
/// # Panics
/// Never: the time is one.
#[must_use]
pub fn facts() -> Facts {
    let text = |text: &str| text.to_owned();
    let run = Run { text: text("Gustavo Mejía is not fit."), bold: false, keep_together: false };
    Facts {
        v: FACTS,
        template: RecordId::derived(b"template"),
        template_version: 1,
        language: text("en"),
        paper: text("a5"),
        issuer: text("University Clinic"),
        clinic: text("University Clinic, Main Campus"),
        lines: Vec::new(),
        initials: text("UC"),
        form: None,
        date: text("22-Nov-2026"),
        title: text("MEDICAL CERTIFICATE"),
        addressee: None,
        body: vec![Paragraph { runs: vec![run] }],
        lenses: None,
        signer: text("Dr. Ana Doctor"),
        office: text("Physician"),
        licence: Some(text("0104417")),
        check_line: text("Check: scan the code"),
        subject: text("Sick leave"),
        name: text("Gustavo Mejía"),
        birth_date: "1999-07-14".parse().ok(),
        identifier: Some(text("2019-104-883")),
        verdict: Some(Verdict::NotFit),
        from: "2026-11-21".parse().ok(),
        until: "2026-11-25".parse().ok(),
        at: "2026-11-22T10:31:00+08:00".parse().expect("an instant"),
    }
}

/// A PDF file with this code on it.
///
/// # Panics
/// When the code is too dense for a paper.
#[must_use]
pub fn paper(code: &str) -> Vec<u8> {
    let text = |text: &str| text.to_owned();
    let page = CertificatePage {
        paper: Paper::portrait(Format::A5),
        language: text("en"),
        letterhead: Letterhead {
            name: text("University Clinic"),
            lines: Vec::new(),
            emblem: Emblem::Initials(text("UC")),
        },
        form: None,
        number: Some(text("No. MAIN-01-26-00417-W")),
        date: text("22-Nov-2026"),
        title: text("MEDICAL CERTIFICATE"),
        addressee: None,
        body: vec![Block::plain("Gustavo Mejía is not fit to attend classes.")],
        signer: Signer {
            name: text("Dr. Ana Doctor"),
            qualification: text("Physician"),
            licence: text("Licence 0104417"),
            signature: None,
        },
        code: Some(code.to_owned()),
        check_line: text("Anybody can check this certificate by its code."),
        seal: None,
        mark: Mark::None,
        words: Words {
            number_at_issue: text("number at issue"),
            code_at_issue: text("code at issue"),
            code: text("The code of this certificate"),
            page: text("{page} of {pages}"),
        },
        author: text("University Clinic"),
        subject: text("Medical certificate"),
        created: Moment {
            year: 2026,
            month: 11,
            day: 22,
            hour: 10,
            minute: 41,
            second: 5,
            offset_minutes: 480,
        },
    };
    render(&page).expect("a page that fits").bytes
}
