//! A declared form on paper: as it was filled, or blank for a hand.

use documents::blocks::{Block, Boxes, Hand, Head, Table};
use domain::forms::{
    self, Answer, Answers, Checked, Derived, Filled, Holds, Item, Last, Layout, Scale, Section, Sides, Spec,
    of_item, said, said_side,
};
use domain::patients::Patient;
use domain::record::Record;
use domain::{PartialDate, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::later::{Later, later};
use super::read::{LANGUAGE, known, weighed, written};
use crate::answer::shortened;
use crate::certificates::{Printed, SavedCertificate, hand_over, keep_copy};
use crate::paper::sheet;
use crate::records::{Names, disputed};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A form to print.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintForm {
    /// The form, such as `eye.pressure@1`: blank where no filled one is named.
    pub form: String,
    /// The filled one.
    pub filled: Option<RecordId>,
    /// Whether teeth are named by Universal numbers, and else by those of ISO 3950.
    pub universal: bool,
    /// Where; nothing for the machine's default.
    pub printer: Option<String>,
}

/// A form to keep as a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveFormPdf {
    /// The form, such as `eye.pressure@1`: blank where no filled one is named.
    pub form: String,
    /// The filled one.
    pub filled: Option<RecordId>,
    /// Whether teeth are named by Universal numbers, and else by those of ISO 3950.
    pub universal: bool,
    /// The id of the place that the person chose.
    pub place: String,
}

/// So many columns stand beside each other on a sheet.
const MOST_COLUMNS: usize = 7;
/// So many tenths of a sign a table of readings is wide.
const MOST_TENTHS: u16 = 940;
/// So many are kept free before the next column.
const GAP: usize = 16;
/// Of so many sides each has a column; of more each has a row.
const MOST_SIDES: usize = 3;
/// So many boxes stand beside each other.
const ACROSS: usize = 4;
/// So many boxes for places of a mouth stand beside each other.
const PLACES_ACROSS: usize = 8;
/// So many readings of one item a blank form has room for.
const BLANK_READINGS: usize = 2;
/// The language of a paper that names teeth by Universal numbers.
const BY_UNIVERSAL: &str = "en-universal";
const TEETH_BY: [&str; 2] = ["Teeth by Universal numbers.", "Teeth by FDI numbers (ISO 3950)."];
const NOT_EXAMINED: &str = "not examined";
const NOT_ASKED: &str = "{count} answers that are no longer asked are kept and not printed.";
const DISPUTED: &str = "Two people disagree about it: what stands here is not settled.";
const OPEN: &str = "not signed";
const ADDED: &str = "Added later";
const SEE_BELOW: &str = "see below what was signed";
const SIGNED_BOXES: [&str; 3] = ["Name and profession", "Signature", "Date and time"];

/// Prints a form as it was filled, or blank.
pub(crate) fn print_form(seat: &mut Seat, input: PrintForm) -> Result<Printed, Refusal> {
    let page = page(seat, &input.form, input.filled, language(input.universal))?;
    // The spooler keeps titles where other people of the machine read them.
    hand_over(seat, input.printer, "form", 1, page)
}

/// Keeps a form as a PDF where the person chose.
pub(crate) fn save_form_pdf(seat: &mut Seat, input: SaveFormPdf) -> Result<SavedCertificate, Refusal> {
    let page = page(seat, &input.form, input.filled, language(input.universal))?;
    keep_copy(seat, &input.place, &page)
}

/// The language of a paper, with the numbers by which it names teeth.
fn language(universal: bool) -> &'static str {
    if universal { BY_UNIVERSAL } else { LANGUAGE }
}

fn page(seat: &mut Seat, form: &str, filled: Option<RecordId>, language: &str) -> Result<Vec<u8>, Refusal> {
    let spec = known(form)?;
    let title = spec.title.said(language);
    let Some(filled) = filled else {
        return sheet(seat, title, Some(&edition(spec)), blank(spec, language));
    };
    let record = seat.read::<Filled>(filled)?;
    let patient = record.patient.ok_or_else(|| Refusal::new(Code::NotFound))?;
    seat.about(Some(filled), Some(patient));
    let of: Filled = record.state.record();
    if of.form.as_deref() != Some(form) {
        return Err(Refusal::invalid("form"));
    }
    let answers = of.all();
    let last: Last = weighed(seat, patient, spec, &of)?.into_iter().collect();
    let added = later(seat, &mut Names::default(), spec, &record, &answers, &last)?;
    let mut facts = facts(seat, spec, &record, patient, &of)?;
    if !added.is_empty() {
        facts.push((ADDED.to_owned(), SEE_BELOW.to_owned()));
    }
    let unsettled = !disputed(Filled::KIND, &record.state).is_empty();
    let printed = Printable { answers: &answers, last: &last, facts, added: &added, unsettled };
    sheet(seat, title, Some(&edition(spec)), on_paper(spec, printed, language))
}

/// What is printed of a filled form.
struct Printable<'a> {
    answers: &'a Answers,
    /// What its sums are reckoned by beside its answers.
    last: &'a Last,
    facts: Vec<(String, String)>,
    added: &'a [Later],
    /// Whether two people disagree about it.
    unsettled: bool,
}

/// Whose it is, which form in which edition, who filled and who signed it.
fn facts(
    seat: &Seat,
    spec: &Spec,
    record: &store::Record,
    patient: RecordId,
    filled: &Filled,
) -> Result<Vec<(String, String)>, Refusal> {
    let person: Patient = seat.read::<Patient>(patient)?.state.record();
    let mut names = Names::default();
    let (author, signature) = written(seat, record, &mut names)?;
    let at = filled.at.as_ref().map(|at| wall(at.as_str())).unwrap_or_default();
    let signed = match signature {
        Some((at, by)) => format!("{}, {}", wall(&at), by.unwrap_or_default()),
        None => OPEN.to_owned(),
    };
    let born = person.birth_date.map(date).unwrap_or_default();
    let number = person.known_number().and_then(|number| number.value.clone()).map(shortened);
    let all = [
        ("Name", name(&person)),
        ("Born", born),
        ("Number", number.unwrap_or_default()),
        ("Form", edition(spec)),
        ("Begun", [Some(at), author].into_iter().flatten().collect::<Vec<_>>().join(", ")),
        ("Signed", signed),
    ];
    let given = all.into_iter().filter(|(_, value)| !value.is_empty());
    Ok(given.map(|(label, value)| (label.to_owned(), value)).collect())
}

fn edition(spec: &Spec) -> String {
    format!("{}, edition {}", spec.code, spec.version)
}

fn name(patient: &Patient) -> String {
    let part = |part: &Option<String>| part.clone().map(shortened).unwrap_or_default();
    let (family, given) = (part(&patient.family).to_uppercase(), part(&patient.given));
    [family, given].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn date(date: PartialDate) -> String {
    date.exact().map_or_else(|| date.to_string(), |day| day.strftime("%d-%b-%Y").to_string())
}

/// `2026-11-22T09:38:00+08:00` as a clock on the wall shows it.
fn wall(at: &str) -> String {
    let day = at.get(..10).and_then(|day| day.parse::<PartialDate>().ok()).map(date);
    [day, at.get(11..16).map(ToOwned::to_owned)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A form as it was filled: what is no longer asked is not printed, and a finding that nobody looked for says so.
fn on_paper(spec: &Spec, printed: Printable, language: &str) -> Vec<Block> {
    let Printable { answers, last, facts, added, unsettled } = printed;
    let checked = forms::check(spec, answers, last);
    let shown = forms::asked(answers, &checked.hidden);
    let mut blocks = head(spec, language);
    blocks.push(Block::Facts(facts));
    for section in &spec.sections {
        let tables = filled_section(section, &shown, &checked, NOT_EXAMINED, language);
        if !tables.is_empty() {
            blocks.extend([Block::Space(4), Block::Heading(section.title.said(language).to_owned())]);
            blocks.extend(tables);
        }
    }
    blocks.extend(added.iter().flat_map(|later| added_later(spec, later, language)));
    blocks.push(Block::Space(4));
    blocks.extend(numbers(spec, language));
    let hidden = checked.hidden.len();
    if hidden > 0 {
        blocks.push(Block::Note(NOT_ASKED.replace("{count}", &hidden.to_string())));
    }
    if unsettled {
        blocks.push(Block::Note(DISPUTED.to_owned()));
    }
    let editions = scales(spec).into_iter().filter(|(_, scale)| !scale.edition.is_empty());
    blocks.extend(editions.map(|(item, scale)| Block::Note(graded(item, scale, language))));
    blocks
}

/// An addendum: when and who, its answers with what is reckoned by them, its words, and why.
fn added_later(spec: &Spec, later: &Later, language: &str) -> Vec<Block> {
    let row = &later.row;
    let by = [Some(wall(&row.at)), row.author.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut blocks = vec![Block::Space(4), Block::Heading(format!("{ADDED}: {by}"))];
    let checked = Checked { derived: later.derived.clone(), ..Checked::default() };
    blocks.extend(
        spec.sections
            .iter()
            .flat_map(|section| filled_section(section, &row.answers, &checked, "", language)),
    );
    if !row.text.is_empty() {
        blocks.extend([Block::Space(2), Block::Small(row.text.clone())]);
    }
    blocks.extend([Block::Space(2), Block::Small(format!("Reason: {}", row.reason))]);
    blocks
}

/// A blank form, with room for a hand.
fn blank(spec: &Spec, language: &str) -> Vec<Block> {
    let mut blocks = head(spec, language);
    for labels in [["Family name, given names", "Number"], ["Born", "Date and time"]] {
        blocks.push(Block::Boxes(Boxes::lines(&labels, 1)));
    }
    for section in &spec.sections {
        blocks.extend([Block::Space(2), Block::Heading(section.title.said(language).to_owned())]);
        blocks.extend(blank_section(section, language));
    }
    blocks.push(Block::Space(2));
    blocks.extend(numbers(spec, language));
    blocks.extend(scales(spec).into_iter().map(|(item, scale)| {
        let states =
            if matches!(item.holds, Holds::Finding(_)) { &["normal", NOT_EXAMINED][..] } else { &[] };
        let offered = scale.options.iter().map(|offered| offered.label.said(language));
        let options: Vec<&str> = states.iter().copied().chain(offered).collect();
        Block::Note(format!("{}: {}", graded(item, scale, language), options.join(", ")))
    }));
    blocks.push(Block::Space(2));
    let labels = SIGNED_BOXES.map(ToOwned::to_owned).to_vec();
    blocks.push(Block::Boxes(Boxes { across: labels.len(), labels, hand: Hand::Signature }));
    blocks
}

fn head(spec: &Spec, language: &str) -> Vec<Block> {
    vec![Block::Space(5), Block::Title(spec.title.said(language).to_owned()), Block::Space(2)]
}

/// By which numbers a form names teeth; nothing where it names none.
fn numbers(spec: &Spec, language: &str) -> Option<Block> {
    let names = |item: &Item| {
        matches!(item.sides, Sides::Sextants | Sides::IndexTeeth | Sides::Teeth)
            || std::iter::once(item).chain(item.parts()).any(|part| matches!(part.holds, Holds::Tooth))
    };
    let [universal, fdi] = TEETH_BY;
    let by = if language == BY_UNIVERSAL { universal } else { fdi };
    spec.items().any(names).then(|| Block::Note(by.to_owned()))
}

/// The items of a form that are answered by a scale; of several with one scale the first.
fn scales(spec: &Spec) -> Vec<(&Item, &Scale)> {
    let mut scales: Vec<(&Item, &Scale)> = Vec::new();
    for item in spec.items().flat_map(|item| std::iter::once(item).chain(item.parts())) {
        if let Some(scale) = item.holds.scale().filter(|scale| scales.iter().all(|(_, known)| known != scale))
        {
            scales.push((item, scale));
        }
    }
    scales
}

/// What an item is called, with the edition of its scale: a grade is of its scale and of no other.
fn graded(item: &Item, scale: &Scale, language: &str) -> String {
    let label = item.label.said(language);
    if scale.edition.is_empty() {
        return label.to_owned();
    }
    format!("{label} ({} {})", scale.name, scale.edition)
}

/// What an item is called, with its unit.
fn label(item: &Item, language: &str) -> String {
    let unit = match &item.holds {
        Holds::Number(number) if !number.signed => number.units.first(),
        _ => None,
    };
    let label = item.label.said(language);
    unit.map_or_else(|| label.to_owned(), |unit| format!("{label}, {unit}"))
}

fn side_word(side: Option<&str>, language: &str) -> String {
    match side {
        Some("R") => "Right".to_owned(),
        Some("L") => "Left".to_owned(),
        Some("B") => "Both".to_owned(),
        Some(place) => said_side(place, language),
        None => String::new(),
    }
}

/// Columns under their heads, in as many tables as the sheet is too narrow for; the first column leads each.
fn tables(first: Vec<String>, columns: &[(String, Vec<String>)]) -> Vec<Block> {
    let table = |columns: &[(String, Vec<String>)]| {
        let head = |label: &str, share| Head { label: label.to_owned(), share };
        let heads = std::iter::once(head("", 4)).chain(columns.iter().map(|(label, _)| head(label, 6)));
        let row = |(at, first): (usize, &String)| {
            let cells = columns.iter().map(|(_, cells)| cells.get(at).cloned().unwrap_or_default());
            std::iter::once(first.clone()).chain(cells).collect()
        };
        Block::Table(Table { heads: heads.collect(), rows: first.iter().enumerate().map(row).collect() })
    };
    let mut blocks = Vec::new();
    for columns in columns.chunks(MOST_COLUMNS) {
        if !blocks.is_empty() {
            blocks.push(Block::Space(3));
        }
        blocks.push(table(columns));
    }
    blocks
}

/// The readings of an item, each in a row: `sides` with their `columns`, as wide as the longest word in each. Where they find no
/// room in one table, each row of the next one says again which reading it is.
fn reading_tables(sides: &[String], columns: &[(String, Vec<String>)]) -> Vec<Block> {
    let wide = |label: &str, cells: &[String]| {
        let words = cells.iter().map(String::as_str).chain([label]).flat_map(str::split_whitespace);
        let longest = words.map(|word| word.chars().count()).max().unwrap_or_default();
        u16::try_from(longest.clamp(4, 20) * 10 + GAP).unwrap_or(u16::MAX)
    };
    let again = |(at, side): (usize, &String)| {
        let way = columns.first().and_then(|(_, cells)| cells.get(at)).filter(|way| !way.is_empty());
        way.map_or_else(|| side.clone(), |way| format!("{side}, {way}"))
    };
    let mut first = sides.to_vec();
    let mut rest: &[(String, Vec<String>)] = columns;
    let mut blocks = Vec::new();
    while !rest.is_empty() {
        let lead = Head { label: String::new(), share: wide("", &first) };
        let mut heads = vec![lead];
        for (label, cells) in rest {
            let head = Head { label: label.clone(), share: wide(label, cells) };
            if heads.len() > 1 && heads.iter().map(|head| head.share).sum::<u16>() + head.share > MOST_TENTHS
            {
                break;
            }
            heads.push(head);
        }
        let (here, others) = rest.split_at(heads.len() - 1);
        let row = |(at, first): (usize, &String)| {
            let cells = here.iter().map(|(_, cells)| cells.get(at).cloned().unwrap_or_default());
            std::iter::once(first.clone()).chain(cells).collect()
        };
        let rows = first.iter().enumerate().map(row).collect();
        blocks.extend((!blocks.is_empty()).then_some(Block::Space(3)));
        blocks.push(Block::Fitted(Table { heads, rows }));
        first = sides.iter().enumerate().map(again).collect();
        rest = others;
    }
    blocks
}

/// An answer as it is printed: a sign that is missed is another lens, so the long one is printed.
fn printed(item: &Item, answer: &Answer, language: &str) -> String {
    let text = said(item, answer, language);
    match item.holds {
        Holds::Number(_) | Holds::Acuity | Holds::Near => text.replace('-', "\u{2212}"),
        _ => text,
    }
}

/// The answers of a section; `silence` is said of a finding that nobody gave.
fn filled_section(
    section: &Section,
    answers: &Answers,
    checked: &Checked,
    silence: &str,
    language: &str,
) -> Vec<Block> {
    let (readings, plain): (Vec<&Item>, Vec<&Item>) =
        section.items.iter().partition(|item| !item.parts().is_empty());
    let mut blocks: Vec<Block> =
        readings.into_iter().flat_map(|item| filled_readings(item, answers, checked, language)).collect();
    let cell = |item: &Item, side: Option<&'static str>| -> String {
        if !item.sides.each().contains(&side) {
            return String::new();
        }
        let given: Vec<String> = of_item(answers, &item.key, side)
            .map(|(_, answer)| printed(item, answer, language))
            .filter(|text| !text.is_empty())
            .collect();
        let path = side.map_or_else(|| item.key.clone(), |side| format!("{}:{side}", item.key));
        match (&item.holds, given.is_empty()) {
            (Holds::Derived(_), _) => checked.derived.get(&item.key).cloned().unwrap_or_default(),
            // Of a tooth that is not there nothing is said.
            (Holds::Finding(_), true) if item.sides != Sides::Teeth && !checked.hidden.contains(&path) => {
                silence.to_owned()
            }
            _ => given.join("; "),
        }
    };
    let (placed, sided) = sided(&plain);
    blocks.extend(filled_places(&placed, cell, language));
    let sides = sides_of(&sided);
    let mut rows = Vec::new();
    for item in sided {
        let cells: Vec<String> = sides.iter().map(|side| cell(item, *side)).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((item.label.said(language).to_owned(), cells));
        }
    }
    if !rows.is_empty() {
        let column = |(at, side): (usize, &Option<&'static str>)| {
            let cells = rows.iter().map(|(_, cells)| cells.get(at).cloned().unwrap_or_default()).collect();
            (side_word(*side, language), cells)
        };
        let columns: Vec<(String, Vec<String>)> = sides.iter().enumerate().map(column).collect();
        blocks.extend(tables(rows.iter().map(|(label, _)| label.clone()).collect(), &columns));
    }
    let once = plain.iter().filter(|item| item.sides == Sides::One);
    let once = once.map(|item| (item.label.said(language).to_owned(), cell(item, None)));
    let once: Vec<(String, String)> = once.filter(|(_, value)| !value.is_empty()).collect();
    if !once.is_empty() {
        blocks.extend([Block::Space(2), Block::Facts(once)]);
    }
    blocks
}

/// The items that are asked of places of a mouth, and those of sides that stand beside each other.
fn sided<'a>(plain: &[&'a Item]) -> (Vec<&'a Item>, Vec<&'a Item>) {
    let sided = plain.iter().copied().filter(|item| item.sides != Sides::One);
    sided.partition(|item| item.sides.each().len() > MOST_SIDES)
}

/// A row for each place of which anything was said, a column for each item.
fn filled_places(
    items: &[&Item],
    cell: impl Fn(&Item, Option<&'static str>) -> String,
    language: &str,
) -> Vec<Block> {
    let is_said = |side: &Option<&'static str>| items.iter().any(|item| !cell(item, *side).is_empty());
    let places: Vec<Option<&'static str>> = sides_of(items).into_iter().filter(is_said).collect();
    if places.is_empty() {
        return Vec::new();
    }
    let column = |item: &&Item| {
        let cells = places.iter().map(|side| cell(item, *side)).collect();
        (item.label.said(language).to_owned(), cells)
    };
    let columns: Vec<(String, Vec<String>)> = items.iter().map(column).collect();
    tables(places.iter().map(|side| side_word(*side, language)).collect(), &columns)
}

/// The sides of which anything of `items` is asked, in their order.
fn sides_of(items: &[&Item]) -> Vec<Option<&'static str>> {
    let mut sides = Vec::new();
    for side in items.iter().flat_map(|item| item.sides.each()) {
        if !sides.contains(side) {
            sides.push(*side);
        }
    }
    sides
}

/// The readings of an item, each with the right above the left; a part that none of them has is left out.
fn filled_readings(item: &Item, answers: &Answers, checked: &Checked, language: &str) -> Vec<Block> {
    let mut readings: Vec<(Option<&str>, &String)> = Vec::new();
    let mut names: Vec<Option<&str>> = Vec::new();
    for path in answers.keys().filter(|path| forms::Place::of(path).item == item.key) {
        let name = forms::Place::of(path).reading;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    // What was taken of the right alone stands above what was taken of the left alone.
    let of_right = |name: &Option<&str>| {
        let mut right = of_item(answers, &item.key, Some("R"));
        right.any(|(path, _)| forms::Place::of(path).reading == *name)
    };
    names.sort_by_key(|name| !of_right(name));
    for name in names {
        for side in item.sides.each() {
            let at =
                of_item(answers, &item.key, *side).find(|(path, _)| forms::Place::of(path).reading == name);
            readings.extend(at.map(|(path, _)| (*side, path)));
        }
    }
    if readings.is_empty() {
        return Vec::new();
    }
    let told = |part: &&Item| !matches!(&part.holds, Holds::Derived(derived) if !is_told(*derived));
    let cell = |path: &String, part: &Item| {
        let Some(answer) = answers.get(path) else { return String::new() };
        if answer.x.is_some() {
            let main = item.main_part() == Some(part);
            return if main { said(item, answer, language) } else { String::new() };
        }
        match &part.holds {
            Holds::Derived(_) => {
                let sum = checked.derived.get(&format!("{path}/{}", part.key));
                sum.map(|text| text.replace('-', "\u{2212}")).unwrap_or_default()
            }
            _ => answer.part(&part.key).map(|given| printed(part, given, language)).unwrap_or_default(),
        }
    };
    let of_part = |part: &Item| {
        let cells: Vec<String> = readings.iter().map(|(_, path)| cell(path, part)).collect();
        (part.label.said(language).to_owned(), cells)
    };
    let columns: Vec<(String, Vec<String>)> = item.parts().iter().filter(told).map(of_part).collect();
    let columns: Vec<_> =
        columns.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
    let sides: Vec<String> = readings.iter().map(|(side, _)| side_word(*side, language)).collect();
    reading_tables(&sides, &columns)
}

/// What is reckoned and printed: numbers, not lenses written out.
fn is_told(derived: Derived) -> bool {
    !matches!(derived, Derived::Transposed | Derived::AtCornea)
}

fn blank_section(section: &Section, language: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (readings, plain): (Vec<&Item>, Vec<&Item>) =
        section.items.iter().partition(|item| !item.parts().is_empty());
    for item in readings {
        let times = if item.many { BLANK_READINGS } else { 1 };
        let sides = item.sides.each().iter().map(|side| side_word(*side, language));
        let named = |time: usize| {
            let number = if times > 1 { format!(" {time}") } else { String::new() };
            sides.clone().map(move |side| format!("{side}{number}"))
        };
        let first: Vec<String> = (1..=times).flat_map(named).collect();
        let asked = item.parts().iter().filter(|part| !matches!(part.holds, Holds::Derived(_)));
        let columns: Vec<(String, Vec<String>)> =
            asked.map(|part| (label(part, language), Vec::new())).collect();
        blocks.extend(tables(first, &columns));
    }
    let (placed, sided) = sided(&plain);
    blocks.extend(placed.into_iter().flat_map(|item| blank_places(item, language)));
    if !sided.is_empty() {
        let columns: Vec<(String, Vec<String>)> =
            sides_of(&sided).into_iter().map(|side| (side_word(side, language), Vec::new())).collect();
        blocks.extend(tables(sided.iter().map(|item| label(item, language)).collect(), &columns));
    }
    let once: Vec<String> =
        plain.iter().filter(|item| item.sides == Sides::One).map(|item| label(item, language)).collect();
    for row in once.chunks(ACROSS) {
        let labels: Vec<&str> = row.iter().map(String::as_str).collect();
        let lines = if section.layout == Layout::Stack { 2 } else { 1 };
        blocks.extend([
            Block::Space(2),
            Block::Boxes(Boxes { across: ACROSS, ..Boxes::lines(&labels, lines) }),
        ]);
    }
    blocks
}

/// A box for each place of an item.
fn blank_places(item: &Item, language: &str) -> Vec<Block> {
    let places: Vec<String> = item.sides.each().iter().map(|side| side_word(*side, language)).collect();
    let across = places.len().min(PLACES_ACROSS);
    let rows = places
        .chunks(PLACES_ACROSS)
        .map(|row| row.iter().map(String::as_str).collect::<Vec<_>>())
        .flat_map(|row| [Block::Space(2), Block::Boxes(Boxes { across, ..Boxes::lines(&row, 1) })]);
    [Block::Space(2), Block::Small(label(item, language))].into_iter().chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use domain::forms::specs;

    use super::super::later::samples;
    use super::*;

    fn texts(blocks: &[Block]) -> String {
        let of = |block: &Block| match block {
            Block::Table(table) | Block::Fitted(table) => {
                let heads = table.heads.iter().map(|head| head.label.clone());
                heads.chain(table.rows.iter().flatten().cloned()).collect::<Vec<_>>().join("|")
            }
            Block::Facts(facts) => facts.iter().map(|(label, value)| format!("{label}={value}")).collect(),
            Block::Title(text) | Block::Heading(text) | Block::Small(text) | Block::Note(text) => {
                text.clone()
            }
            _ => String::new(),
        };
        blocks.iter().map(of).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn printed(spec: &Spec, answers: &Answers) -> Vec<Block> {
        let last = Last::new();
        let facts = Vec::new();
        on_paper(spec, Printable { answers, last: &last, facts, added: &[], unsettled: false }, LANGUAGE)
    }

    /// What stands in each cell, and beside each label.
    fn cells(blocks: &[Block]) -> Vec<String> {
        let of = |block: &Block| match block {
            Block::Table(table) | Block::Fitted(table) => {
                table.rows.iter().flat_map(|row| row.iter().skip(1)).cloned().collect()
            }
            Block::Facts(facts) => facts.iter().map(|(_, value)| value.clone()).collect(),
            _ => Vec::new(),
        };
        blocks.iter().flat_map(of).collect()
    }

    /// What the parts of an answer say, or the answer.
    fn says(item: &Item, answer: &Answer) -> Vec<String> {
        let parts = item
            .parts()
            .iter()
            .filter_map(|part| Some(super::printed(part, answer.part(&part.key)?, LANGUAGE)));
        if item.parts().is_empty() { vec![super::printed(item, answer, LANGUAGE)] } else { parts.collect() }
    }

    #[test]
    fn every_answer_of_every_form_and_every_sum_stands_on_its_paper() {
        for spec in specs() {
            let answers = samples(spec, 0);
            let checked = forms::check(spec, &answers, &Last::new());
            let on_paper = cells(&printed(spec, &answers));
            let mut expected: Vec<String> = checked
                .derived
                .iter()
                .filter(|(path, _)| spec.item(path).is_some())
                .map(|(_, text)| text.clone())
                .collect();
            for (path, answer) in &forms::asked(&answers, &checked.hidden) {
                let (item, _) = spec.at(path).unwrap();
                expected.extend(says(item, answer));
            }
            for text in &expected {
                let times = |all: &[String]| all.iter().filter(|other| *other == text).count();
                assert!(times(&on_paper) >= times(&expected), "{} {text}: {on_paper:?}", spec.code);
            }
        }
        let gums = forms::spec("dental.bpe@1").unwrap();
        let said = texts(&printed(gums, &samples(gums, 0)));
        assert!(said.contains("|Code|17-14|X|13-23|X"), "{said}");
    }

    #[test]
    fn a_blank_paper_has_a_box_for_each_place_of_a_mouth() {
        let hygiene = forms::spec("dental.hygiene@1").unwrap();
        let labels: Vec<String> = blank(hygiene, LANGUAGE)
            .into_iter()
            .flat_map(|block| if let Block::Boxes(boxes) = block { boxes.labels } else { Vec::new() })
            .collect();
        let times = |place: &str| labels.iter().filter(|label| *label == place).count();
        assert_eq!((times("16"), times("48"), times("85")), (3, 1, 1), "{labels:?}");
    }

    #[test]
    fn a_paper_that_names_teeth_says_by_which_numbers_and_has_no_other() {
        let gums = forms::spec("dental.bpe@1").unwrap();
        let filled = |language| {
            let (last, answers) = (Last::new(), samples(gums, 0));
            let facts = Vec::new();
            let printed = Printable { answers: &answers, last: &last, facts, added: &[], unsettled: false };
            texts(&on_paper(gums, printed, language))
        };
        let universal = filled(BY_UNIVERSAL);
        assert!(universal.contains("|Code|2-5|X|6-11|X") && universal.contains(TEETH_BY[0]), "{universal}");
        assert!(!universal.contains("17-14") && filled(LANGUAGE).contains(TEETH_BY[1]));
        let hygiene = texts(&blank(forms::spec("dental.hygiene@1").unwrap(), BY_UNIVERSAL));
        assert!(hygiene.contains("Hygiene index: 3 8 14 24 outside, 19 30 inside"), "{hygiene}");
        let eye = texts(&blank(forms::spec("eye.disc@1").unwrap(), BY_UNIVERSAL));
        assert!(!eye.contains("Teeth by"), "{eye}");
        let visit = forms::spec("dental.visit@1").unwrap();
        let tooth = Answer { t: Some("36".to_owned()), ..Answer::default() };
        let dose = visit.item("dose").unwrap().parts().iter().find(|part| part.key == "tooth").unwrap();
        assert_eq!(
            (said(dose, &tooth, LANGUAGE), said(dose, &tooth, BY_UNIVERSAL)),
            ("36".into(), "19".into())
        );
    }

    #[test]
    fn every_form_has_its_name_and_every_item_on_its_blank_paper() {
        for spec in specs() {
            let said = texts(&blank(spec, LANGUAGE));
            assert!(said.contains(spec.title.said(LANGUAGE)), "{}", spec.code);
            let boxes = format!("{:?}", blank(spec, LANGUAGE));
            for item in spec.items().filter(|item| item.parts().is_empty()) {
                assert!(boxes.contains(item.label.said(LANGUAGE)), "{} {}", spec.code, item.key);
            }
        }
    }

    #[test]
    fn a_finding_that_nobody_looked_for_says_so_and_what_is_hidden_is_not_printed() {
        let spec = forms::spec("eye.disc@1").unwrap();
        let normal = Answer { c: Some("normal".to_owned()), ..Answer::default() };
        let said = texts(&printed(spec, &[("rim:R".to_owned(), normal)].into()));
        assert!(said.contains("normal|not examined"), "{said}");
        let pressure = forms::spec("eye.pressure@1").unwrap();
        let code = |code: &str| Answer { c: Some(code.to_owned()), ..Answer::default() };
        let hidden: Answers = [("cct_method:R".to_owned(), code("oct"))].into();
        let said = texts(&printed(pressure, &hidden));
        assert!(!said.contains("OCT") && said.contains("1 answers that are no longer asked"), "{said}");
    }

    #[test]
    fn each_row_says_which_reading_it_is_and_no_word_is_parted() {
        let spec = forms::spec("eye.refraction@1").unwrap();
        let answers = |method: &str| {
            let mut answers = samples(spec, 0);
            for answer in answers.values_mut().filter_map(|answer| answer.p.as_mut()) {
                answer
                    .insert("method".to_owned(), Answer { c: Some(method.to_owned()), ..Answer::default() });
            }
            answers
        };
        let blocks = printed(spec, &answers("autorefractor"));
        let tables: Vec<&Table> = blocks
            .iter()
            .filter_map(|block| if let Block::Fitted(table) = block { Some(table) } else { None })
            .collect();
        assert_eq!(
            (tables[0].rows[0][0].as_str(), tables[1].rows[0][0].as_str()),
            ("Right", "Right, autorefractor")
        );
        let of_method = tables[0].heads.iter().find(|head| head.label == "Method").unwrap().share;
        assert!(of_method > tables[0].heads.iter().find(|head| head.label == "Axis").unwrap().share);
        assert!(
            tables.iter().all(|table| table.heads.iter().map(|head| head.share).sum::<u16>() <= MOST_TENTHS)
        );
        let minus = Answer { n: "-2.25".parse().ok(), ..Answer::default() };
        let lens = Answer { p: Some([("sph".to_owned(), minus)].into()), ..Answer::default() };
        assert!(
            texts(&printed(spec, &[("lens:R:a".to_owned(), lens)].into())).contains("Right|\u{2212}2.25")
        );
    }

    #[test]
    fn the_right_stands_above_the_left_and_a_part_that_nobody_gave_has_no_column() {
        let spec = forms::spec("eye.pressure@1").unwrap();
        let part = |key: &str, answer: Answer| (key.to_owned(), answer);
        let number = |number: &str| Answer { n: number.parse().ok(), ..Answer::default() };
        let iop =
            |value: &str| Answer { p: Some([part("value", number(value))].into()), ..Answer::default() };
        let answers: Answers = [("iop:L:b".to_owned(), iop("17")), ("iop:R:a".to_owned(), iop("18"))].into();
        let said = texts(&printed(spec, &answers));
        assert!(said.contains("|Pressure|Right|18 mmHg|Left|17 mmHg"), "{said}");
        assert!(!said.contains("Posture"), "{said}");
    }
}
