//! The plan on paper: the teeth, what is to be done by visit and order with what it costs, and a line to agree on.

use documents::blocks::{Block, Head, Table};
use documents::teeth::{Cell, Odontogram, Outline, Paint, Sign};
use domain::dental::{Mark, ProcedureStatus, Seen, Stands, Surfaces, Tooth, Treatment};
use domain::{Decimal, PartialDate, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::view::{open_rows, shares_a_sign};
use super::{FindingRow, Known, MouthRow, TreatmentRow, of_tooth};
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
const HEADS: [(&str, u16); 8] = [
    ("Visit", 8),
    ("Order", 9),
    ("Tooth", 12),
    ("Found", 19),
    ("Treatment", 21),
    ("Agreed", 15),
    ("Fee", 12),
    ("Paid by others", 12),
];
const FIGURE: &str =
    "The teeth, the patient's right on the left: dots are decay, solid is filled, stripes are planned.";
const KEY: &str = "Dots: decay. Solid: filled. Hollow: temporary filling. S: sealed. Thick frame: crown, veneer or implant. Line across: bridge. Bar: root treated. Zigzag: broken. Diamond: something else was found. ×: missing. Stroke: root remains. Circle: not come through; thick: impacted. ?: not seen. Light frame: not looked at. Stripes and dashes: planned; a dashed cross: to be taken out.";
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
    let today = seat.moment.today;
    let rows = rows(&open_rows(&known, &mouth, today, known.is_guarded(today)), universal);
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
fn rows(open: &[MouthRow], universal: bool) -> Vec<Vec<String>> {
    let ahead = |row: &&MouthRow| {
        use ProcedureStatus::{Planned, Postponed, Scheduled, UnderWay};
        let status = row.treatment.as_ref().and_then(|treatment| treatment.status);
        matches!(status, Some(Planned | Scheduled | UnderWay | Postponed))
    };
    let plan: Vec<(&[FindingRow], &TreatmentRow)> = open
        .iter()
        .filter(ahead)
        .filter_map(|row| Some((row.findings.as_slice(), row.treatment.as_ref()?)))
        .collect();
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let amount = |amount: &Option<Decimal>| amount.as_ref().map(Decimal::plain).unwrap_or_default();
    let row = |(findings, treatment): &(&[FindingRow], &TreatmentRow)| {
        let teeth = treatment.teeth.iter().map(|treated| placed(treated.tooth, treated.surfaces, universal));
        let what = treatment.treatment.map(words).unwrap_or_default().to_owned();
        let more = [&treatment.material, &treatment.text].into_iter().flatten().cloned();
        let what: Vec<String> = std::iter::once(what).chain(more).collect();
        let several = treatment.teeth.len() > 1;
        let found = findings.iter().map(|finding| found(finding, several, universal));
        vec![
            number(treatment.phase),
            number(treatment.plan_order),
            teeth.collect::<Vec<_>>().join(", "),
            found.collect::<Vec<_>>().join("; "),
            what.join(", "),
            treatment.agreed_by.clone().unwrap_or_default(),
            amount(&treatment.fee),
            amount(&treatment.cover),
        ]
    };
    let mut rows: Vec<Vec<String>> = plan.iter().map(row).collect();
    let sum = |of: fn(&TreatmentRow) -> &Option<Decimal>| {
        let amounts = plan.iter().filter_map(|(_, treatment)| of(treatment).as_ref()?.number());
        amounts.reduce(|one, other| one.saturating_add(other)).map(|sum| sum.to_string()).unwrap_or_default()
    };
    let (fees, covered) = (sum(|treatment| &treatment.fee), sum(|treatment| &treatment.cover));
    if !fees.is_empty() {
        let mut total = vec![String::new(); 4];
        total.extend(["Together".to_owned(), String::new(), fees, covered]);
        rows.push(total);
    }
    rows
}

/// A tooth with its surfaces, `36 MO`; they never stand on two lines.
fn placed(tooth: Tooth, surfaces: Option<Surfaces>, universal: bool) -> String {
    let surfaces = surfaces.map(|surfaces| format!("\u{a0}{}", surfaces.said(tooth.is_front())));
    format!("{}{}", called(tooth, universal), surfaces.unwrap_or_default())
}

/// What was found: `Caries, dentine`; of several teeth with the tooth before it.
fn found(finding: &FindingRow, several: bool, universal: bool) -> String {
    let mark = finding.mark.word().replace('_', " ");
    let mut letters = mark.chars();
    let mark: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let depth = finding.depth.map(|depth| depth.word().to_owned());
    let said = std::iter::once(mark).chain(depth).collect::<Vec<_>>().join(", ");
    if several { format!("{}: {said}", placed(finding.tooth, finding.surfaces, universal)) } else { said }
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
        _ if seen.has(Mark::RootRemains) => Outline::RootRemains,
        Stands::Missing if seen.has(Mark::Implant) || seen.has(Mark::Pontic) => Outline::Tooth,
        Stands::Present => Outline::Tooth,
        Stands::Missing => Outline::Gone,
        Stands::Unerupted if seen.has(Mark::Impacted) => Outline::Impacted,
        Stands::Unerupted => Outline::NotCome,
        Stands::Shed => Outline::Shed,
        Stands::NotSeen => Outline::NotSeen,
        Stands::Unknown => Outline::Unknown,
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
    // What lies below first: a filling with decay has it round it.
    for paint_of in [Paint::Decay, Paint::Filled, Paint::Temporary, Paint::Sealed] {
        for (_, mark) in &seen.marks {
            if mark.mark.and_then(surface_paint) == Some(paint_of) {
                paint(mark.surfaces, paint_of);
            }
        }
    }
    for (_, procedure) in &seen.planned {
        let surfaces =
            procedure.treated().find(|(tooth, _)| *tooth == seen.tooth).and_then(|(_, surfaces)| surfaces);
        if matches!(procedure.treatment, Some(Treatment::Filling | Treatment::Sealant)) {
            paint(surfaces, Paint::Planned);
        }
    }
    let signs = [
        (Sign::Crown, seen.marks.iter().any(|(_, mark)| mark.mark.is_some_and(is_crowned))),
        (Sign::Bridge, seen.has(Mark::Abutment) || seen.has(Mark::Pontic)),
        (Sign::Root, seen.has(Mark::RootFilled) || seen.has(Mark::PulpTreated)),
        (Sign::Broken, seen.has(Mark::Fractured)),
        (Sign::Other, seen.marks.iter().any(|(_, mark)| mark.mark.is_some_and(shares_a_sign))),
    ];
    cell.signs = signs.into_iter().filter_map(|(sign, is_there)| is_there.then_some(sign)).collect();
    let planned = seen.planned.iter().filter_map(|(_, procedure)| procedure.treatment.and_then(sign_ahead));
    cell.signs.extend(planned);
    cell
}

/// How a finding of a surface is painted.
fn surface_paint(mark: Mark) -> Option<Paint> {
    match mark {
        Mark::Caries => Some(Paint::Decay),
        Mark::Filled => Some(Paint::Filled),
        Mark::TemporaryFilling => Some(Paint::Temporary),
        Mark::Sealant => Some(Paint::Sealed),
        _ => None,
    }
}

fn is_crowned(mark: Mark) -> bool {
    matches!(mark, Mark::Crown | Mark::Veneer | Mark::Implant | Mark::Pontic)
}

/// The sign of what is planned for a whole tooth: of what it will leave.
fn sign_ahead(treatment: Treatment) -> Option<Sign> {
    use Treatment::{
        Bridge, Crown, Extraction, Filling, Implant, PulpTreatment, RootCanal, Sealant, SpaceMaintainer,
        Watch,
    };
    match treatment {
        Filling | Sealant | Watch => None,
        Crown | Bridge | Implant | SpaceMaintainer => Some(Sign::CrownAhead),
        Extraction => Some(Sign::LossAhead),
        RootCanal | PulpTreatment => Some(Sign::RootAhead),
        _ => Some(Sign::OtherAhead),
    }
}
