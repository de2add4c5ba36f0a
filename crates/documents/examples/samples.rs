//! Writes every sample document into a folder, to be looked at.

#![expect(clippy::unwrap_used, reason = "an example fails by panicking")]

use std::path::PathBuf;

use documents::certificates::Mark;
use documents::{Emblem, Format, Paper};

#[path = "../tests/documents/samples.rs"]
mod samples;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap());
    let mut pictured = samples::sick_leave();
    pictured.letterhead.emblem = Emblem::Picture(samples::picture(image::ImageFormat::Jpeg, 200, 120));
    pictured.signer.signature = Some(samples::picture(image::ImageFormat::Png, 400, 120));
    pictured.mark = Mark::Foot("COPY 2".to_owned());
    let draft_of_long = documents::certificates::CertificatePage {
        number: None,
        code: None,
        mark: samples::draft().mark,
        ..samples::long()
    };
    for (name, page) in [
        ("a5", samples::sick_leave()),
        ("draft", samples::draft()),
        ("a4", samples::on(Paper::portrait(Format::A4), samples::sick_leave())),
        ("a5-lying", samples::on(Paper::landscape(Format::A5), samples::sick_leave())),
        ("a4-lying", samples::on(Paper::landscape(Format::A4), samples::draft())),
        ("scripts", samples::many_scripts()),
        ("arabic", samples::arabic()),
        ("long", samples::long()),
        ("long-draft", draft_of_long),
        ("pictures", pictured),
        ("spectacles", samples::spectacles()),
    ] {
        let rendered = documents::certificates::render(&page).unwrap();
        std::fs::write(folder.join(format!("{name}.pdf")), rendered.bytes).unwrap();
    }
    std::fs::write(folder.join("sheet.pdf"), documents::sheets::render(&samples::recovery()).unwrap())
        .unwrap();
}
