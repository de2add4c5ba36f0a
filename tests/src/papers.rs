//! A certificate's claims and its paper, for tests that read papers rather than issue them.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use crypto::cose::Claims;
use documents::certificates::{CertificatePage, Mark, Paragraph, Run, Signer, Words, render};
use documents::{Emblem, Format, Letterhead, Moment, Paper};
use domain::certificates::Verdict;

/// What a sick leave of Gustavo Mejía says, from 21 to 25 November 2026, issued on the 22nd in the
/// morning of Manila.
#[must_use]
pub fn claims() -> Claims {
    Claims {
        issuer: "University Clinic".to_owned(),
        number: "MAIN-01-26-00417-K".to_owned(),
        name: "Gustavo Mejía".to_owned(),
        birth_date: "1999-07-14".parse().ok(),
        identifier: Some("2019-104-883".to_owned()),
        verdict: Verdict::NotFit,
        from: "2026-11-21".parse().ok(),
        until: "2026-11-25".parse().ok(),
        signer: "Dr. Ana Doctor".to_owned(),
        licence: Some("0104417".to_owned()),
        text_digest: [7; 32],
        issued_at: 1_795_314_660,
        kind: "MEDICAL CERTIFICATE".to_owned(),
    }
}

/// A PDF file with this code on it.
///
/// # Panics
/// When the code is too dense for a paper.
#[must_use]
pub fn paper(code: &str) -> Vec<u8> {
    let text = |text: &str| text.to_owned();
    let run =
        Run { text: text("Gustavo Mejía is not fit to attend classes."), bold: false, keep_together: false };
    let page = CertificatePage {
        paper: Paper::portrait(Format::A5),
        language: text("en"),
        letterhead: Letterhead {
            name: text("University Clinic"),
            lines: Vec::new(),
            emblem: Emblem::Initials(text("UC")),
        },
        form: None,
        number: Some(text("No. MAIN-01-26-00417-K")),
        date: text("22-Nov-2026"),
        title: text("MEDICAL CERTIFICATE"),
        addressee: None,
        body: vec![Paragraph { runs: vec![run] }],
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
