//! Finding a name among as many as a whole classification has, keystroke by keystroke, and taking such a file in.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::Size;
use crate::clinic::{answer, call, found, seat_doctor};
use crate::figure::{empty_folder, ms, percentile, round, tell, timed};

/// What a doctor would feel, in milliseconds.
const LIMIT: f64 = 8.0;
/// What is typed, and by which the name is known that is meant.
const TYPED: &str = include_str!("../../crates/codes/tests/typed.tsv");
/// The names by their ids.
const NAMES: &str = include_str!("../../crates/codes/data/names.tsv");
/// Of which names of a large classification are made: kinds, parts, sides and circumstances.
const KINDS: [&str; 20] = [
    "Fracture",
    "Dislocation",
    "Sprain",
    "Open wound",
    "Contusion",
    "Burn",
    "Abscess",
    "Cellulitis",
    "Ulcer",
    "Infection",
    "Inflammation",
    "Tumour",
    "Cyst",
    "Stiffness",
    "Pain",
    "Swelling",
    "Paralysis",
    "Deformity",
    "Haemorrhage",
    "Necrosis",
];
const PARTS: [&str; 50] = [
    "skull",
    "jaw",
    "cheek",
    "eyelid",
    "orbit",
    "nose",
    "ear",
    "neck",
    "collarbone",
    "shoulder",
    "upper arm",
    "elbow",
    "forearm",
    "wrist",
    "thumb",
    "index finger",
    "middle finger",
    "ring finger",
    "little finger",
    "palm",
    "chest",
    "rib",
    "breast",
    "upper back",
    "lower back",
    "pelvis",
    "hip",
    "groin",
    "thigh",
    "knee",
    "kneecap",
    "lower leg",
    "calf",
    "ankle",
    "heel",
    "foot",
    "great toe",
    "second toe",
    "lesser toe",
    "abdomen",
    "liver",
    "spleen",
    "kidney",
    "bladder",
    "stomach",
    "bowel",
    "lung",
    "heart",
    "spine",
    "buttock",
];
const SIDES: [&str; 4] = ["right", "left", "both sides", "side not said"];
const STAGES: [&str; 28] = [
    "first visit",
    "later visit",
    "late effect",
    "closed",
    "open",
    "displaced",
    "not displaced",
    "with infection",
    "without infection",
    "healing",
    "delayed healing",
    "not healing",
    "with nerve injury",
    "with vessel injury",
    "mild",
    "moderate",
    "severe",
    "recurrent",
    "acute",
    "chronic",
    "subacute",
    "traumatic",
    "congenital",
    "drug induced",
    "postoperative",
    "in pregnancy",
    "in a newborn",
    "in an aged person",
];

pub fn run(size: Size) -> Result<()> {
    let mut desk = found(&empty_folder("codes")?)?;
    let (taken, took) = timed(|| take_in(&mut desk, size.codes));
    taken?;
    seat_doctor(&mut desk)?;
    // The first look puts the names together.
    let (first, first_took) = timed(|| answer(&mut desk, "find_codes", &json!({"text": "a"}).to_string()));
    first?;
    let mut keystrokes: Vec<Duration> = vec![];
    let (mut whole, mut met) = (0_u64, 0_u64);
    for line in TYPED.lines().take(size.codes_typed) {
        let (typed, id) = line.split_once('\t').context("a line of what is typed")?;
        let meant = NAMES.lines().find(|line| line.split('\t').next() == Some(id));
        let meant = meant.and_then(|line| line.split('\t').nth(2)).context("the name that is meant")?;
        let mut last = String::new();
        for end in typed.char_indices().map(|(at, sign)| at + sign.len_utf8()) {
            let input = json!({"text": &typed[..end]}).to_string();
            let (said, took) = timed(|| answer(&mut desk, "find_codes", &input));
            last = said?;
            keystrokes.push(took);
        }
        let found: Value = serde_json::from_str(&last)?;
        whole += 1;
        let mut five = found["rows"].as_array().into_iter().flatten().take(5);
        met += u64::from(five.any(|row| row["name"] == meant));
    }
    let shown = |percent| ms(percentile(&keystrokes, percent));
    tell(
        "codes",
        json!({
            "names": size.codes,
            "keystrokes": keystrokes.len(),
            "p50_ms": shown(50),
            "p95_ms": shown(95),
            "most_ms": shown(100),
            "limit_p95_ms": LIMIT,
            "found_in_first_five": round(met as f64 / whole as f64, 3),
            "first_ms": ms(first_took),
            "taken_in_ms": ms(took),
        }),
    );
    Ok(())
}

/// Takes a file in of so many invented names.
fn take_in(desk: &mut app::Desk, names: usize) -> Result<()> {
    let mut text = "code,name\n".to_owned();
    let all = KINDS.iter().flat_map(|kind| PARTS.iter().map(move |part| (kind, part)));
    let all = all.flat_map(|of| SIDES.iter().map(move |side| (of, side)));
    let all = all.flat_map(|of| STAGES.iter().map(move |stage| (of, stage)));
    for (at, (((kind, part), side), stage)) in all.take(names).enumerate() {
        text.push_str(&format!("X{at:06},\"{kind} of {part}, {side}, {stage}\"\n"));
    }
    let input = json!({
        "text": text, "system": "urn:bench", "version": "1", "language": "en", "licence": "invented", "confirmed": true,
        "dry_run": false,
    });
    call(desk, "take_in_codes", &input)?;
    Ok(())
}
