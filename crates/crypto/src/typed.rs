//! Papers as somebody typed them or handed them over: one or several, with whatever else stands on them.

use crate::paper::{Mistyped, papers};
use crate::shares::Share;
use crate::sheet::Sheet;

/// A paper that was typed.
#[derive(Clone, Debug)]
pub enum Paper {
    /// A workstation's recovery sheet.
    Sheet(Sheet),
    /// A share of the clinic's root.
    Share(Share),
    /// Another one, such as a code to enrol with.
    Other,
}

/// All papers in `text`, one below the other.
///
/// # Errors
/// What is wrong, and with which of them, from 1.
pub fn read(text: &str) -> Result<Vec<Paper>, (usize, Mistyped)> {
    let paper = |(tag, secret)| match tag {
        Sheet::TAG => Paper::Sheet(Sheet::of(secret)),
        tag => Share::of(tag, secret).map_or(Paper::Other, Paper::Share),
    };
    Ok(papers(text)?.into_iter().map(paper).collect())
}

#[cfg(test)]
mod tests {
    use super::{Paper, read};
    use crate::paper::Mistyped;
    use crate::root::Root;
    use crate::sheet::Sheet;
    use crate::testing::TestEntropy;

    #[test]
    fn several_papers_are_told_one_by_one_and_a_wrong_line_with_its_paper() {
        let entropy = &mut TestEntropy::new(1);
        let printed = |title: &str, lines: &[zeroize::Zeroizing<String>; 4]| -> String {
            let lines: String =
                lines.iter().zip(1..).map(|(line, at)| format!("  {at}  {}\n", **line)).collect();
            format!("==== {title} ====\nUniversity Clinic\n\n{lines}\nMade 2026-12-02T08:59:58+08:00\n")
        };
        let sheet = printed("Recovery sheet", &Sheet::random(entropy).lines());
        let [share, ..] = Root::random(entropy).shares(entropy);
        let lines = share.lines();
        let share = printed("Share 1 of 3", &lines);
        let both = read(&format!("{sheet}{share}")).unwrap();
        assert!(matches!(both.as_slice(), [Paper::Sheet(_), Paper::Share(share)] if share.number() == 1));
        let wrong = share.replace(lines[0].as_str(), &lines[0].replacen(&lines[0][..1], "U", 1));
        assert!(matches!(read(&format!("{sheet}{wrong}")), Err((2, Mistyped::Line(1)))));
    }
}
