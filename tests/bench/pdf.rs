//! A certificate: how long its page takes, and how much it weighs.

use anyhow::Result;
use documents::certificates::render;
use serde_json::json;

use crate::Size;
use crate::figure::{by_criterion, ms, ratio, tell, timed};

#[path = "../../crates/documents/tests/documents/samples.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "the documents' own samples, of which one is measured")]
mod samples;

/// The most that a certificate may weigh.
const LIMIT: usize = 20_000;

pub fn run(size: Size) -> Result<()> {
    let page = samples::sick_leave();
    let (first, cold) = timed(|| render(&page));
    let bytes = first?.bytes.len();
    let warm = by_criterion("render-a-certificate", size.samples, || render(&page))?;
    tell(
        "pdf",
        json!({
            "bytes": bytes,
            "limit_bytes": LIMIT,
            "ratio_to_limit": ratio(bytes as f64, LIMIT as f64),
            "first_ms": ms(cold),
            "ms": warm,
        }),
    );
    Ok(())
}
