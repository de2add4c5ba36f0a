//! Taking in bundles by the terminal: how many a second, and how much memory it needs at most.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use ::tests::desk::PASSWORD;
use ::tests::{program, root, wait};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::Size;
use crate::clinic::{ADMINISTRATOR, found};
use crate::figure::{empty_folder, ms, ratio, round, tell, timed};

/// What a bundle should weigh, in bytes.
const A_BUNDLE: usize = 1_000_000;
/// The most memory that an import may need, in bytes.
const LIMIT: u64 = 300_000_000;

pub fn run(size: Size) -> Result<()> {
    let bundles = empty_folder("bundles")?;
    let bytes = write_bundles(&bundles, size.bundles)?;
    let (values, parsed) = timed(|| parse(&bundles));
    values?;
    let clinic = empty_folder("import")?;
    drop(found(&clinic)?);
    let ((told, peak), took) = {
        let (done, took) = timed(|| import(&clinic, &["fhir"], &bundles));
        (done?, took)
    };
    ensure!(told["files"] == json!(size.bundles), "{told}");
    tell(
        "import",
        json!({
            "bundles": size.bundles,
            "bytes": bytes,
            "patients": told["patients"],
            "records": told["records"],
            "seconds": round(took.as_secs_f64(), 2),
            "bundles_per_s": round(size.bundles as f64 / took.as_secs_f64(), 2),
            "records_per_s": round(told["records"].as_f64().unwrap_or_default() / took.as_secs_f64(), 0),
            "only_parsed_ms": ms(parsed),
            "ratio_to_only_parsed": ratio(ms(took), ms(parsed)),
            "peak_bytes": peak,
            "limit_peak_bytes": LIMIT,
            "ratio_to_limit": ratio(peak as f64, LIMIT as f64),
        }),
    );
    Ok(())
}

/// Bundles of about [`A_BUNDLE`], each of several people of the demonstration with ids of their own.
pub fn write_bundles(folder: &Path, count: u64) -> Result<usize> {
    let mut sources = vec![];
    for entry in fs::read_dir(root().join("demo/bundles"))?.flatten() {
        if entry.path().extension().is_some_and(|end| end == "json") {
            sources.push(fs::read_to_string(entry.path())?);
        }
    }
    sources.sort();
    let mut bytes = 0;
    let mut taken = 0_usize;
    for number in 0..count {
        let mut entries: Vec<Value> = vec![];
        let mut length = 0;
        while length < A_BUNDLE {
            let source = sources.get(taken % sources.len()).context("demo/bundles holds bundles")?;
            taken += 1;
            let mut bundle: Value = serde_json::from_str(&renamed(source, u32::try_from(taken)?))?;
            length += bundle["entry"].to_string().len();
            if let Value::Array(list) = bundle["entry"].take() {
                entries.extend(list);
            }
        }
        let text = json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string();
        bytes += text.len();
        fs::write(folder.join(format!("{number:03}.json")), text)?;
    }
    Ok(bytes)
}

/// `text` with every UUID in it moved by `by`, the same one to the same.
fn renamed(text: &str, by: u32) -> String {
    let shape = |bytes: &[u8]| {
        bytes.iter().enumerate().all(|(at, sign)| match at {
            8 | 13 | 18 | 23 => *sign == b'-',
            _ => sign.is_ascii_hexdigit(),
        })
    };
    let (bytes, mut out, mut at) = (text.as_bytes(), String::with_capacity(text.len()), 0);
    let mut copied = 0;
    while let Some(window) = bytes.get(at..at + 36) {
        if !shape(window) {
            at += 1;
            continue;
        }
        let first = u32::from_str_radix(&text[at..at + 8], 16).unwrap_or_default();
        out.push_str(&text[copied..at]);
        out.push_str(&format!("{:08x}", first.wrapping_add(by.wrapping_mul(0x9e37_79b9))));
        out.push_str(&text[at + 8..at + 36]);
        at += 36;
        copied = at;
    }
    out.push_str(&text[copied..]);
    out
}

fn parse(bundles: &Path) -> Result<u64> {
    let mut entries = 0;
    for entry in fs::read_dir(bundles)?.flatten() {
        let bundle: Value = serde_json::from_str(&fs::read_to_string(entry.path())?)?;
        entries += bundle["entry"].as_array().map_or(0, Vec::len) as u64;
    }
    Ok(entries)
}

/// What `clinicctl` says of an import of `what`, and the most memory that it held.
pub fn import(clinic: &Path, words: &[&str], what: &Path) -> Result<(Value, u64)> {
    let mut import = Command::new(program("clinicctl")?)
        .args(["--json", "--user", ADMINISTRATOR, "--data"])
        .arg(clinic)
        .arg("import")
        .args(words)
        .arg(what)
        .env("CLINICDESK_PASSWORD", PASSWORD)
        .stdout(Stdio::piped())
        .spawn()?;
    let status = format!("/proc/{}/status", import.id());
    let (mut peak, mut signed_in) = (0, false);
    wait::until("the import", Duration::from_secs(3600), || {
        let text = fs::read_to_string(&status).unwrap_or_default();
        peak = memory(&text, "VmHWM").unwrap_or(peak);
        // The password's key is derived in much memory, which is given back: from there the kernel counts anew (proc(5)).
        let now = memory(&text, "VmRSS").unwrap_or(peak);
        if !signed_in && now + DERIVED < peak {
            fs::write(format!("/proc/{}/clear_refs", import.id()), "5")?;
            signed_in = true;
        }
        Ok(import.try_wait()?)
    })?;
    let output = import.wait_with_output()?;
    ensure!(output.status.success(), "the import was refused");
    Ok((serde_json::from_slice(&output.stdout)?, peak))
}

/// The least memory in which a password's key is derived, in bytes.
const DERIVED: u64 = 64 * 1024 * 1024;

/// What is resident (`VmRSS`, proc(5)), or was at most (`VmHWM`), in bytes.
fn memory(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::{memory, renamed};

    #[test]
    fn the_same_id_is_renamed_to_the_same_and_nothing_else_changes() {
        let id = "59a8543c-e24f-4a01-b28b-47ccde6bc11d";
        let text = renamed(&format!("{{\"é\": \"urn:uuid:{id}\", \"b\": \"{id}\", \"c\": \"{id}"), 1);
        let (begins, rest) = text.split_once("urn:uuid:").unwrap();
        assert_eq!(begins, "{\"é\": \"");
        let new = &rest[..36];
        assert_eq!(text.matches(new).count(), 3);
        assert!(new != id && new[8..] == id[8..]);
        assert_eq!(renamed("no id 59a8543c-e24f", 1), "no id 59a8543c-e24f");
    }

    #[test]
    fn the_most_memory_is_read_from_what_linux_tells() {
        assert_eq!(memory("Name:\tx\nVmHWM:\t   2048 kB\nVmRSS:\t 1 kB", "VmHWM"), Some(2_097_152));
        assert_eq!(memory("Name:\tx", "VmHWM"), None);
    }
}
