//! The recovery papers of a founding: the workstation's sheet and the clinic's three shares, each a
//! file of its own, because each goes into an envelope of its own.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use app::clinic::{FoundClinic, Founded, Letter, Paper};
use app::{Clock, SystemClock};

use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// The papers of a founding: the sheet, then the shares.
pub(crate) fn of(founded: &Founded, input: &FoundClinic) -> Vec<Paper> {
    let zone = domain::Zone::named(&input.time_zone).ok();
    let letter = Letter {
        clinic: input.clinic.clone(),
        site: input.site.clone(),
        fingerprint: founded.fingerprint.clone(),
        made: zone.map(|zone| zone.instant(SystemClock::new().now()).to_string()).unwrap_or_default(),
    };
    let mut papers = vec![Paper::sheet(&letter, &founded.sheet)];
    papers.extend(founded.shares.iter().zip(1..).map(|(share, number)| Paper::share(&letter, number, share)));
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

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::names;

    #[test]
    fn each_share_has_a_file_of_its_own_beside_the_sheet() {
        assert_eq!(
            names(Path::new("safe/sheet.pdf")),
            ["sheet.pdf", "sheet-share-1.pdf", "sheet-share-2.pdf", "sheet-share-3.pdf"]
                .map(|name| PathBuf::from("safe").join(name))
        );
        assert_eq!(names(Path::new("sheet"))[3], Path::new("sheet-share-3"));
    }
}
