//! The plan on paper: the teeth, what is to be done by visit and order with what it costs, and a line to agree on.

use std::collections::BTreeMap;

use documents::blocks::{Block, Head, Table};
use documents::teeth::{Cell, Odontogram, Outline, Paint};
use domain::dental::{Mark, Procedure, Seen, Stands, Surfaces, Tooth, Treatment};
use domain::{PartialDate, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Known, of_tooth};
use crate::answer::shortened;
use crate::certificates::{Printed, SavedCertificate, hand_over, keep_copy};
use crate::paper::sheet;
use crate::records::{day_on_paper, name_on_paper};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A plan to print.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintPlan {
    /// Whose.
    pub patient: RecordId,
    /// Where; nothing for the machine's default.
    pub printer: Option<String>,
    /// Whether teeth are named by their Universal numbers.
    pub universal: bool,
}

/// A plan to keep as a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SavePlan {
    /// Whose.
    pub patient: RecordId,
    /// The id of the place that the person chose.
    pub place: String,
    /// Whether teeth are named by their Universal numbers.
    pub universal: bool,
}

const TITLE: &str = "Dental treatment plan";
const HEADS: [(&str, u16); 7] = [
    ("Visit", 8),
    ("Order", 8),
    ("Tooth", 16),
    ("Treatment", 30),
    ("Agreed", 18),
    ("Fee", 10),
    ("Paid by others", 12),
];
const FIGURE: &str =
    "The teeth, the patient's right on the left: dots are decay, solid is filled, stripes are planned.";
const KEY: &str = "Dots: decay. Solid: filled. S: sealed. Thick frame: crown. Bar: root treated. Stripes: planned. ×: missing. Circle: not come through.";
const AGREEMENT: &str =
    "I was told what is planned, why, what else could be done and what it costs, and I agree to it.";
const BOXES: [&str; 4] = ["Name of who agrees", "Patient / guardian", "Signature", "Date"];

/// The rows of teeth as they are drawn, the patient's right on the left; a milk tooth stands beside its successor.
const ROWS: [[u8; 2]; 4] = [[1, 2], [5, 6], [8, 7], [4, 3]];

/// Prints the plan of somebody.
pub(crate) fn print_plan(seat: &mut Seat, input: PrintPlan) -> Result<Printed, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    let page = page(seat, input.patient, input.universal)?;
    // The spooler keeps titles where other people of the machine read them.
    hand_over(seat, input.printer, "treatment plan", 1, page)
}

/// Keeps the plan as a PDF where the person chose.
pub(crate) fn save_plan(seat: &mut Seat, input: SavePlan) -> Result<SavedCertificate, Refusal> {
    seat.about(Some(input.patient), Some(input.patient));
    let page = page(seat, input.patient, input.universal)?;
    keep_copy(seat, &input.place, &page)
}

fn page(seat: &Seat, patient: RecordId, universal: bool) -> Result<Vec<u8>, Refusal> {
    let known = Known::of(seat, patient)?;
    let mouth = known.mouth(seat.moment.today);
    let rows = rows(&known, universal);
    if rows.is_empty() {
        return Err(Refusal::new(Code::NothingPlanned));
    }
    let person = &known.patient;
    let born = person.birth_date.map(|born| format!(", born {}", day_on_paper(born))).unwrap_or_default();
    let number = person.known_number().and_then(|number| number.value.clone()).map(shortened);
    let number = number.map(|number| format!(", {number}")).unwrap_or_default();
    let heads = HEADS.map(|(label, share)| Head { label: label.to_owned(), share }).to_vec();
    let agreement =
        Block::Agreement { words: AGREEMENT.to_owned(), boxes: BOXES.map(ToOwned::to_owned).to_vec() };
    let blocks = vec![
        Block::Space(5),
        Block::Title(TITLE.to_owned()),
        Block::Space(1),
        Block::Small(format!("{}{born}{number}", name_on_paper(person))),
        Block::Small(format!("Teeth as on {}", day_on_paper(PartialDate::day(seat.moment.today)))),
        Block::Space(2),
        Block::Teeth(odontogram(&mouth, universal)),
        Block::Note(KEY.to_owned()),
        Block::Space(3),
        Block::Table(Table { heads, rows }),
        Block::Space(4),
        agreement,
    ];
    sheet(seat, TITLE, None, blocks)
}

/// A row for each treatment that is still to be done, and what all of them cost together.
fn rows(known: &Known, universal: bool) -> Vec<Vec<String>> {
    let mut plan: BTreeMap<(i64, i64, RecordId), &Procedure> = BTreeMap::new();
    for (id, procedure) in known.procedures.iter().filter(|(_, procedure)| procedure.is_ahead()) {
        let place = |place: Option<i64>| place.unwrap_or(i64::MAX);
        plan.insert((place(procedure.phase), place(procedure.plan_order), *id), procedure);
    }
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let row = |procedure: &&Procedure| {
        let teeth = procedure.treated().map(|(tooth, surfaces)| {
            let surfaces = surfaces.map(|surfaces| format!(" {}", surfaces.said(tooth.is_front())));
            format!("{}{}", called(tooth, universal), surfaces.unwrap_or_default())
        });
        let what = procedure.treatment.map(words).unwrap_or_default();
        let more = [&procedure.material, &procedure.text].into_iter().flatten().cloned().map(shortened);
        let what: Vec<String> = std::iter::once(what.to_owned()).chain(more).collect();
        let amount = |amount: &Option<domain::Decimal>| {
            amount.as_ref().map(domain::Decimal::plain).unwrap_or_default()
        };
        vec![
            number(procedure.phase),
            number(procedure.plan_order),
            teeth.collect::<Vec<_>>().join(", "),
            what.join(", "),
            procedure.agreed_by.clone().map(shortened).unwrap_or_default(),
            amount(&procedure.fee),
            amount(&procedure.cover),
        ]
    };
    let mut rows: Vec<Vec<String>> = plan.values().map(row).collect();
    let sum = |of: fn(&Procedure) -> &Option<domain::Decimal>| {
        let amounts = plan.values().filter_map(|procedure| of(procedure).as_ref()?.number());
        amounts.reduce(|one, other| one.saturating_add(other)).map(|sum| sum.to_string()).unwrap_or_default()
    };
    let (fees, covered) = (sum(|procedure| &procedure.fee), sum(|procedure| &procedure.cover));
    if !fees.is_empty() {
        let mut total = vec![String::new(); 3];
        total.extend(["Together".to_owned(), String::new(), fees, covered]);
        rows.push(total);
    }
    rows
}

/// What people call a tooth.
fn called(tooth: Tooth, universal: bool) -> String {
    if universal { tooth.universal() } else { tooth.word().to_owned() }
}

fn words(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Consultation => "Consultation",
        Treatment::Cleaning => "Cleaning",
        Treatment::Filling => "Filling",
        Treatment::Extraction => "Extraction",
        Treatment::RootCanal => "Root canal treatment",
        Treatment::PulpTreatment => "Pulp treatment",
        Treatment::Crown => "Crown",
        Treatment::Bridge => "Bridge",
        Treatment::Implant => "Implant",
        Treatment::Orthodontic => "Orthodontic treatment",
        Treatment::Periodontal => "Gum treatment",
        Treatment::Prophylaxis => "Prophylaxis",
        Treatment::Fluoride => "Fluoride",
        Treatment::Sealant => "Fissure sealant",
        Treatment::Whitening => "Whitening",
        Treatment::Xray => "X-ray",
        Treatment::Referral => "Referral",
        Treatment::SpaceMaintainer => "Space maintainer",
        Treatment::Watch => "Look again",
        Treatment::Other => "Other",
    }
}

/// The teeth as they are drawn; rows of milk teeth only where somebody has seen or found one.
fn odontogram(mouth: &[Seen], universal: bool) -> Odontogram {
    let is_known = |row: &&[u8; 2]| {
        let milk = row.iter().all(|quadrant| *quadrant > 4);
        let known = |seen: &Seen| {
            row.contains(&seen.tooth.quadrant()) && !matches!(seen.stands, Stands::Unknown | Stands::Shed)
        };
        !milk || mouth.iter().any(known)
    };
    let cells = |[right, left]: &[u8; 2]| -> Vec<Option<Cell>> {
        let of = |quadrant: u8, place: u8| {
            let tooth =
                Tooth::ALL.iter().find(|tooth| tooth.quadrant() == quadrant && tooth.place() == place)?;
            of_tooth(mouth, *tooth).map(|seen| cell(seen, universal))
        };
        let right = (1..=8).rev().map(|place| of(*right, place));
        right.chain((1..=8).map(|place| of(*left, place))).collect()
    };
    Odontogram { words: FIGURE.to_owned(), rows: ROWS.iter().filter(is_known).map(cells).collect() }
}

fn cell(seen: &Seen, universal: bool) -> Cell {
    let outline = match seen.stands {
        Stands::Missing if seen.has(Mark::Implant) || seen.has(Mark::Pontic) => Outline::Tooth,
        Stands::Present => Outline::Tooth,
        Stands::Missing => Outline::Gone,
        Stands::Unerupted => Outline::NotCome,
        Stands::Shed => Outline::Shed,
        Stands::NotSeen | Stands::Unknown => Outline::Unknown,
    };
    let mut cell = Cell { label: called(seen.tooth, universal), outline, ..Cell::default() };
    let quadrant = seen.tooth.quadrant();
    // Left of the middle of the picture mesial lies at the right, and above its middle buccal lies at the top.
    let (right, upper) = (matches!(quadrant, 1 | 4 | 5 | 8), matches!(quadrant, 1 | 2 | 5 | 6));
    let mut paint = |surfaces: Option<Surfaces>, with: Paint| {
        let word = surfaces.map_or("O", Surfaces::word);
        for letter in word.chars() {
            let zone = match letter {
                'M' if right => &mut cell.right,
                'M' => &mut cell.left,
                'D' if right => &mut cell.left,
                'D' => &mut cell.right,
                'B' if upper => &mut cell.top,
                'B' => &mut cell.bottom,
                'L' if upper => &mut cell.bottom,
                'L' => &mut cell.top,
                _ => &mut cell.centre,
            };
            zone.push(with);
        }
    };
    for (_, mark) in &seen.marks {
        match mark.mark {
            Some(Mark::Caries) => paint(mark.surfaces, Paint::Decay),
            Some(Mark::Filled | Mark::TemporaryFilling) => paint(mark.surfaces, Paint::Filled),
            Some(Mark::Sealant) => paint(mark.surfaces, Paint::Sealed),
            _ => {}
        }
    }
    for (_, procedure) in &seen.planned {
        let surfaces =
            procedure.treated().find(|(tooth, _)| *tooth == seen.tooth).and_then(|(_, surfaces)| surfaces);
        paint(surfaces, Paint::Planned);
    }
    cell.crown =
        [Mark::Crown, Mark::Veneer, Mark::Implant, Mark::Pontic].into_iter().any(|mark| seen.has(mark));
    cell.root = seen.has(Mark::RootFilled) || seen.has(Mark::PulpTreated);
    cell
}
