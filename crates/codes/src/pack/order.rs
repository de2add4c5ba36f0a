//! The order file of ICD-10-CM, as the Centers for Medicare & Medicaid Services publish it: order number in columns 1-5,
//! code in 7-13 without its dot, in 15 whether it may be used, the short name in 17-76, the long one from 78 on.

use super::{Fault, Format, Left, Pack, Taken, Unreadable};
use crate::ICD_10_CM;

/// Whether `text` is one, by its first line.
pub(super) fn is_one(text: &str) -> bool {
    text.lines().find(|line| !line.trim().is_empty()).and_then(parts).is_some()
}

/// Code, whether it may be used, short name, long name.
fn parts(line: &str) -> Option<(&str, bool, &str, &str)> {
    let number = line.get(..5)?;
    let code = line.get(6..13)?.trim_end();
    let usable = match line.get(14..15)? {
        "0" => false,
        "1" => true,
        _ => return None,
    };
    let counted = number.bytes().all(|sign| sign.is_ascii_digit());
    let shaped = code.len() >= 3 && code.bytes().all(|sign| sign.is_ascii_alphanumeric());
    let short = line.get(16..76.min(line.len())).unwrap_or_default();
    (counted && shaped).then_some((code, usable, short, line.get(77..).unwrap_or_default()))
}

/// Reads one.
pub(super) fn read(text: &str) -> Result<Pack, Unreadable> {
    let mut taken = Taken::default();
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let Some((code, usable, short, long)) = parts(line) else {
            taken.left.push(Left { line: number, fault: Fault::Short });
            continue;
        };
        // A heading is no code: nobody may write it.
        if !usable {
            continue;
        }
        let name = if long.trim().is_empty() { short } else { long };
        taken.take(number, &dotted(code), name, vec![short.to_owned()])?;
    }
    Ok(taken.pack(Format::OrderFile, Some(ICD_10_CM.to_owned()), None))
}

/// The code with its dot behind the third sign.
fn dotted(code: &str) -> String {
    match code.split_at_checked(3) {
        Some((category, rest)) if !rest.is_empty() => format!("{category}.{rest}"),
        _ => code.to_owned(),
    }
}
