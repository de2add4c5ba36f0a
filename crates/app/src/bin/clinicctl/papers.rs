//! The recovery papers of a founding: the workstation's sheet and the clinic's three shares, each a
//! file of its own, because each goes into an envelope of its own.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use app::clinic::{FoundClinic, Founded};
use app::{Clock, SystemClock};
use documents::certificates::{Paragraph, Run};
use documents::sheets::{Secret, Sheet, render};
use documents::{DocumentError, Emblem, Format, Letterhead, Moment, Paper as Size};

use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// One paper.
pub(crate) struct Paper {
    title: String,
    before: String,
    lines: Vec<String>,
    clinic: String,
    site: String,
    fingerprint: String,
    made: String,
}

/// The papers of a founding: the sheet, then the shares.
pub(crate) fn of(founded: &Founded, input: &FoundClinic) -> Vec<Paper> {
    let zone = domain::Zone::named(&input.time_zone).ok();
    let made = zone.map(|zone| zone.instant(SystemClock::new().now()).to_string()).unwrap_or_default();
    let paper = |title: String, before: &str, lines: &[String]| Paper {
        title,
        before: fill(before, &[("clinic", &input.clinic), ("site", &input.site)]),
        lines: lines.to_vec(),
        clinic: input.clinic.clone(),
        site: input.site.clone(),
        fingerprint: founded.fingerprint.clone(),
        made: made.clone(),
    };
    let mut papers = vec![paper(words::SHEET_TITLE.to_owned(), words::SHEET_TEXT, &founded.sheet)];
    papers.extend(founded.shares.iter().zip(1..).map(|(share, number)| {
        let title = fill(words::SHARE_TITLE, &[("number", &format!("{number}"))]);
        paper(title, words::SHARE_TEXT, share)
    }));
    papers
}

/// Prints the papers on the terminal.
pub(crate) fn print(papers: &[Paper], terminal: &mut Terminal) -> Result<(), Stop> {
    terminal.line(words::PAPERS_HERE)?;
    papers.iter().try_for_each(|paper| paper.text().lines().try_for_each(|line| terminal.line(line)))
}

/// The files that the papers will fill, made before there is anything to lose.
pub(crate) struct Place {
    files: Vec<(PathBuf, File)>,
    as_pdf: bool,
}

impl Place {
    /// Makes the files; one that exists is somebody's paper and stays as it is.
    pub(crate) fn take(sheet: &Path) -> Result<Self, Stop> {
        let mut place = Self { files: Vec::new(), as_pdf: sheet.extension().is_some_and(|end| end == "pdf") };
        for path in names(sheet) {
            match create(&path) {
                Ok(file) => place.files.push((path, file)),
                Err(error) => {
                    place.give_back();
                    let file = path.display().to_string();
                    let error = error.to_string();
                    return Err(Stop::Usage(fill(words::NOT_MADE, &[("file", &file), ("error", &error)])));
                }
            }
        }
        Ok(place)
    }

    /// Removes the files again: nothing was founded.
    pub(crate) fn give_back(&self) {
        for (path, _) in &self.files {
            drop(fs::remove_file(path));
        }
    }

    /// Fills the files. Papers that cannot be filled are printed: they must not be lost.
    pub(crate) fn keep(mut self, papers: &[Paper], terminal: &mut Terminal) -> Result<(), Stop> {
        for (paper, (path, file)) in papers.iter().zip(&mut self.files) {
            let bytes = if self.as_pdf { paper.pdf() } else { Ok(paper.text().into_bytes()) };
            let kept = bytes.map_err(io::Error::other).and_then(|bytes| {
                file.write_all(&bytes)?;
                file.sync_all()
            });
            if let Err(error) = kept {
                terminal.remark(&fill(
                    words::PAPER_NOT_KEPT,
                    &[("file", &path.display().to_string()), ("error", &error.to_string())],
                ));
                print(std::slice::from_ref(paper), terminal)?;
            } else if !terminal.json {
                let file = path.display().to_string();
                terminal.line(&fill(words::PAPER_KEPT, &[("paper", &paper.title), ("file", &file)]))?;
            }
        }
        Ok(())
    }
}

/// `sheet.pdf`, `sheet-share-1.pdf` and so on.
fn names(sheet: &Path) -> Vec<PathBuf> {
    let stem = sheet.file_stem().unwrap_or_default().to_string_lossy();
    let end = sheet.extension().map(|end| format!(".{}", end.to_string_lossy())).unwrap_or_default();
    let shares = (1..=3).map(|number| sheet.with_file_name(format!("{stem}-share-{number}{end}")));
    std::iter::once(sheet.to_owned()).chain(shares).collect()
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl Paper {
    fn text(&self) -> String {
        let numbered = self.lines.iter().zip(1..).map(|(line, number)| format!("  {number}  {line}\n"));
        fill(
            words::PAPER,
            &[
                ("title", &self.title),
                ("clinic", &self.clinic),
                ("site", &self.site),
                ("text", &self.before),
                ("lines", &numbered.collect::<String>()),
                ("fingerprint", &self.fingerprint),
                ("made", &self.made),
            ],
        )
    }

    fn pdf(&self) -> Result<Vec<u8>, DocumentError> {
        let plain = |text: String| Paragraph { runs: vec![Run { text, bold: false, keep_together: false }] };
        let initial = self.clinic.chars().find(|sign| sign.is_alphanumeric());
        render(&Sheet {
            paper: Size::portrait(Format::A4),
            language: "en".to_owned(),
            letterhead: Letterhead {
                name: self.clinic.clone(),
                lines: vec![self.site.clone()],
                emblem: initial
                    .map_or(Emblem::None, |sign| Emblem::Initials(sign.to_uppercase().to_string())),
            },
            title: self.title.clone(),
            before: vec![plain(self.before.clone()), plain(words::TYPED_BACK.to_owned())],
            secret: Secret {
                label: words::SECRET_LABEL.to_owned(),
                lines: self.lines.iter().map(|line| line.split('-').map(str::to_owned).collect()).collect(),
                code: self.lines.concat().replace('-', ""),
                code_words: words::CODE_WORDS.to_owned(),
            },
            boxes: words::BOXES.map(str::to_owned).to_vec(),
            after: vec![plain(fill(words::FINGERPRINT, &[("fingerprint", &self.fingerprint)]))],
            foot: Some(fill(words::MADE, &[("made", &self.made)])),
            author: self.clinic.clone(),
            subject: self.title.clone(),
            created: moment(&self.made),
        })
    }
}

/// The moment of `2026-11-22T10:31:00+08:00`.
fn moment(text: &str) -> Moment {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u8>().ok());
    let hours = number(20, 22).unwrap_or_default();
    let east = i16::from(hours) * 60 + i16::from(number(23, 25).unwrap_or_default());
    Moment {
        year: text.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default(),
        month: number(5, 7).unwrap_or(1),
        day: number(8, 10).unwrap_or(1),
        hour: number(11, 13).unwrap_or_default(),
        minute: number(14, 16).unwrap_or_default(),
        second: number(17, 19).unwrap_or_default(),
        offset_minutes: if text.get(19..20) == Some("-") { -east } else { east },
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{moment, names};

    #[test]
    fn each_share_has_a_file_of_its_own_beside_the_sheet() {
        assert_eq!(
            names(Path::new("safe/sheet.pdf")),
            ["sheet.pdf", "sheet-share-1.pdf", "sheet-share-2.pdf", "sheet-share-3.pdf"]
                .map(|name| PathBuf::from("safe").join(name))
        );
        assert_eq!(names(Path::new("sheet"))[3], Path::new("sheet-share-3"));
    }

    #[test]
    fn a_paper_is_dated_by_the_wall_of_its_place() {
        let manila = moment("2026-11-22T10:31:07+08:00");
        assert_eq!((manila.year, manila.hour, manila.second, manila.offset_minutes), (2026, 10, 7, 480));
        assert_eq!(moment("2026-11-22T10:31:07-03:30").offset_minutes, -210);
    }
}
