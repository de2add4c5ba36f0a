//! Every paper byte for byte as it was: a certificate is made again from its facts wherever its bytes are not, and its digest
//! must be the recorded one.

use documents::certificates::{Mark, render};
use documents::{Emblem, Format, Paper};

use crate::{forms, plans, samples, sheets, tables};

/// FNV-1a: enough to see that a byte differs.
fn digest(bytes: &[u8]) -> String {
    let mixed = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{} {mixed:016x}", bytes.len())
}

#[test]
fn every_paper_is_byte_for_byte_as_it_was() {
    let mut pictured = samples::sick_leave();
    pictured.letterhead.emblem = Emblem::Picture(samples::picture(image::ImageFormat::Png, 200, 120));
    pictured.mark = Mark::Foot("COPY 2".to_owned());
    let long_copy =
        documents::certificates::CertificatePage { mark: pictured.mark.clone(), ..samples::long() };
    let certificates = [
        ("a5", samples::sick_leave()),
        ("draft", samples::draft()),
        ("a4", samples::on(Paper::portrait(Format::A4), samples::sick_leave())),
        ("a5 lying", samples::on(Paper::landscape(Format::A5), samples::sick_leave())),
        ("a4 lying", samples::on(Paper::landscape(Format::A4), samples::draft())),
        ("scripts", samples::many_scripts()),
        ("arabic", samples::arabic()),
        ("long", samples::long()),
        ("long copy", long_copy),
        ("pictured", pictured),
        ("spectacles", samples::spectacles()),
    ];
    let certificates = certificates.map(|(name, page)| (name, render(&page).unwrap().bytes));
    let others = [
        ("recovery sheet", sheets::pdf()),
        ("list of a page", tables::pdf(7)),
        ("list of three pages", tables::pdf(120)),
        ("blank form", forms::pdf()),
        ("full blank form", forms::full_pdf()),
        ("plan", plans::pdf(1)),
        ("plan of pages", plans::pdf(60)),
        ("plan whose signature turns", plans::pdf(21)),
    ];
    let found: Vec<String> = certificates
        .into_iter()
        .chain(others)
        .map(|(name, bytes)| format!("{name}: {}", digest(&bytes)))
        .collect();
    let known: Vec<&str> = include_str!("golden.txt").lines().collect();
    assert_eq!(found, known, "\n{}\n", found.join("\n"));
}
