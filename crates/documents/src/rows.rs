//! Blocks as rows: what can be parted at the end of a page, measured before a page is chosen for it.

use std::collections::BTreeSet;
use std::rc::Rc;

use domain::scene::Scene;

use crate::blocks::{Block, Boxes, Hand, Run, Table};
use crate::boxes::{self, signature_height};
use crate::error::{DocumentError, Part};
use crate::fonts::Weight;
use crate::layout::{Align, Column, Desk, Type};
use crate::length::{Area, Length};
use crate::page::{Color, INK, Item, LINE, MUTED, Role};
use crate::scenes;
use crate::secret::SecretPanel;
use crate::teeth::Odontogram;
use crate::text::{self, Line, Span};

/// What stands on one page, whole.
pub(crate) struct Row {
    what: What,
    /// Kept free above it unless it is the first of its page.
    pub before: Length,
    pub height: Length,
    /// Kept free below it unless it is the last of its page.
    pub after: Length,
    /// Its place in its block, from 0.
    pub index: usize,
    /// How many rows its block has from here on that must not be left alone, itself among them.
    pub left: usize,
    /// What is repeated above it where a page begins with it.
    pub heads: Option<Rc<Heads>>,
    /// Where it is read, once that is fixed: a line in one place, cells each in their own.
    read: Option<Vec<Option<usize>>>,
}

enum What {
    Line(LineRow),
    Cells { columns: Rc<[Column]>, cells: Vec<Vec<Line>>, look: (Type, Color), above: Length, ruled: bool },
    Teeth(Odontogram),
    Drawing(Scene),
    Boxes(Boxes),
    Agreement { words: Vec<Line>, boxes: Vec<String> },
    Secret(Box<SecretPanel>),
}

struct LineRow {
    line: Line,
    role: Role,
    place: (Column, Align),
    look: (Type, Color),
    /// Stands before the first line of a point.
    bullet: Option<Line>,
}

/// The heads of a table.
pub(crate) struct Heads {
    columns: Rc<[Column]>,
    labels: Vec<String>,
    pub height: Length,
}

/// A line of handwriting below the label; on a full page lines are lower, as far as a hand can still write in them.
const HAND: Length = Length::mm(8);
const LOWEST_HAND: Length = Length::mm(6);
/// Between paragraphs of a document, in hundredths of a line.
const PARAGRAPHS_APART: i64 = 45;

/// The rows of a document whose blocks begin below `head`, and the room above the first.
pub(crate) fn of_document(
    desk: &Desk<'_>,
    blocks: &[Block],
    head: Length,
    one_page: bool,
) -> Result<(Length, Vec<Row>), DocumentError> {
    let mut before = Length::ZERO;
    let mut rows: Vec<Row> = Vec::new();
    let hand = if one_page { hand(desk, blocks, head)? } else { HAND };
    for block in blocks {
        if let Block::Space(units) = block {
            let space = desk.grid.unit * i64::from(*units);
            match rows.last_mut() {
                Some(last) => last.after += space,
                None => before += space,
            }
            continue;
        }
        rows.extend(of_block(desk, block, hand)?);
    }
    Ok((before, rows))
}

/// The height of a line of handwriting, so that all boxes find room on the page with what stands beside them.
fn hand(desk: &Desk<'_>, blocks: &[Block], head: Length) -> Result<Length, DocumentError> {
    let grid = desk.grid;
    let (mut lines, mut taken) = (0_i64, head);
    for block in blocks {
        match block {
            Block::Boxes(Boxes { hand: Hand::Lines(count), .. }) => {
                lines += i64::from(*count);
                taken += grid.fine.leading + boxes::gap(desk);
            }
            Block::Space(units) => taken += grid.unit * i64::from(*units),
            _ => {}
        }
    }
    if lines == 0 {
        return Ok(HAND);
    }
    for block in blocks.iter().filter(|block| !matches!(block, Block::Boxes(_) | Block::Space(_))) {
        for row in of_block(desk, block, HAND)? {
            taken += row.height + row.after;
        }
    }
    let hand = HAND.min((grid.bottom + boxes::gap(desk) - taken) / lines);
    if hand < LOWEST_HAND { Err(DocumentError::DoesNotFit { part: Part::Text }) } else { Ok(hand) }
}

/// The rows of one block; a line of handwriting is as high as `hand`.
fn of_block(desk: &Desk<'_>, block: &Block, hand: Length) -> Result<Vec<Row>, DocumentError> {
    let grid = desk.grid;
    let whole = (grid.whole(), Align::Start);
    let lines = |text: &str, weight, kind: Type| desk.set(text, weight, kind, grid.whole().width);
    Ok(match block {
        Block::Title(text) => {
            of_lines(lines(text, Weight::SemiBold, grid.title)?, Role::Title, whole, (grid.title, INK))
        }
        Block::Heading(text) => {
            let set = lines(text, Weight::SemiBold, grid.body)?;
            let mut rows = of_lines(set, Role::Paragraph, whole, (grid.body, INK));
            // What it heads stands on its page.
            rows.iter_mut().for_each(|row| (row.index, row.left) = (0, 2));
            rows
        }
        Block::Paragraph(runs) => paragraph(desk, runs)?,
        Block::Small(text) => {
            of_lines(lines(text, Weight::Regular, grid.small)?, Role::Paragraph, whole, (grid.small, INK))
        }
        Block::Note(text) => {
            of_lines(lines(text, Weight::Regular, grid.fine)?, Role::Paragraph, whole, (grid.fine, MUTED))
        }
        Block::Facts(facts) => of_facts(desk, facts)?,
        Block::List(points) => of_list(desk, points)?,
        Block::Table(table) => of_table(desk, table, shared(desk, table))?,
        Block::Fitted(table) => of_table(desk, table, fitted(desk, table)?)?,
        Block::Teeth(teeth) => {
            let height = teeth.height(desk)?;
            vec![Row { after: grid.unit, ..Row::alone(What::Teeth(teeth.clone()), height) }]
        }
        Block::Drawing(scene) => {
            let height = scenes::height(desk, scene);
            vec![Row { after: grid.unit, ..Row::alone(What::Drawing(scene.clone()), height) }]
        }
        Block::Boxes(boxes) => {
            let height = match boxes.hand {
                Hand::Signature => signature_height(desk),
                Hand::Lines(count) => grid.fine.leading + hand * i64::from(count),
            };
            vec![Row { after: boxes::gap(desk), ..Row::alone(What::Boxes(boxes.clone()), height) }]
        }
        Block::Agreement { words, boxes } => {
            let words = lines(words, Weight::Regular, grid.small)?;
            let count = i64::try_from(boxes.len().div_ceil(2)).unwrap_or(i64::MAX);
            let signed = (signature_height(desk) + boxes::gap(desk)) * count - boxes::gap(desk);
            let height = grid.small.height(&words) + grid.unit * 2 + signed;
            let what = What::Agreement { words, boxes: boxes.clone() };
            vec![Row { after: boxes::gap(desk), ..Row::alone(what, height) }]
        }
        Block::Secret(secret) => {
            let panel = SecretPanel::set(desk, secret)?;
            let height = panel.height;
            vec![Row::alone(What::Secret(Box::new(panel)), height)]
        }
        Block::Space(_) => Vec::new(),
    })
}

/// The rows of a body of running text, whose paragraphs stand `apart`.
pub(crate) fn of_body(desk: &Desk<'_>, body: &[Block], apart: Length) -> Result<Vec<Row>, DocumentError> {
    let mut rows = Vec::new();
    for block in body {
        let mut of_block = of_block(desk, block, HAND)?;
        if let Some(first) = of_block.first_mut() {
            first.before = apart;
        }
        if let Some(last) = of_block.last_mut() {
            last.after = Length::ZERO;
        }
        rows.extend(of_block);
    }
    Ok(rows)
}

fn paragraph(desk: &Desk<'_>, runs: &[Run]) -> Result<Vec<Row>, DocumentError> {
    let kind = desk.grid.body;
    let spans: Vec<Span<'_>> = runs.iter().map(Run::span).collect();
    let lines = text::lines(&spans, &desk.setting(kind.size, desk.grid.whole().width))?;
    let mut rows = of_lines(lines, Role::Paragraph, (desk.grid.whole(), Align::Start), (kind, INK));
    if let Some(last) = rows.last_mut() {
        last.after = kind.leading.times(PARAGRAPHS_APART, 100);
    }
    Ok(rows)
}

fn of_lines(lines: Vec<Line>, role: Role, place: (Column, Align), look: (Type, Color)) -> Vec<Row> {
    let count = lines.len();
    let row = |(index, line)| {
        let what = What::Line(LineRow { line, role: role.clone(), place, look, bullet: None });
        Row { index, left: count - index, ..Row::alone(what, look.0.leading) }
    };
    lines.into_iter().enumerate().map(row).collect()
}

fn of_list(desk: &Desk<'_>, points: &[String]) -> Result<Vec<Row>, DocumentError> {
    let (kind, whole) = (desk.grid.body, desk.grid.whole());
    let indent = desk.grid.unit * 4;
    let column = Column { start: indent, width: whole.width - indent };
    let mut rows = Vec::new();
    for point in points {
        let lines = desk.set(point, Weight::Regular, kind, column.width)?;
        let mut of_point = of_lines(lines, Role::Paragraph, (column, Align::Start), (kind, INK));
        if let Some(Row { what: What::Line(first), .. }) = of_point.first_mut() {
            first.bullet = Some(desk.fit("•", Weight::Regular, kind.size, indent)?);
        }
        rows.extend(of_point);
    }
    Ok(rows)
}

/// What each is called in a narrow column, what it is beside it.
fn of_facts(desk: &Desk<'_>, facts: &[(String, String)]) -> Result<Vec<Row>, DocumentError> {
    let (kind, whole) = (desk.grid.small, desk.grid.whole());
    let label = whole.width.times(28, 100);
    let columns: Rc<[Column]> = Rc::new([
        Column { start: Length::ZERO, width: label - desk.grid.unit * 2 },
        Column { start: label, width: whole.width - label },
    ]);
    let row = |(label, value): &(String, String)| {
        let cells = set(desk, &columns, &[label.clone(), value.clone()], Weight::Regular, kind)?;
        let height = height(&cells, kind);
        let what = What::Cells {
            columns: columns.clone(),
            cells,
            look: (kind, INK),
            above: Length::ZERO,
            ruled: false,
        };
        Ok(Row::alone(what, height))
    };
    facts.iter().map(row).collect()
}

fn of_table(desk: &Desk<'_>, table: &Table, widths: Vec<Length>) -> Result<Vec<Row>, DocumentError> {
    let (kind, unit) = (desk.grid.small, desk.grid.unit);
    let columns: Rc<[Column]> = columns(desk, widths).into();
    let labels: Vec<String> = table.heads.iter().map(|head| head.label.clone()).collect();
    let cells = set(desk, &columns, &labels, Weight::SemiBold, kind)?;
    let heads = Rc::new(Heads { columns: columns.clone(), labels, height: height(&cells, kind) + unit });
    let head = What::Cells {
        columns: columns.clone(),
        cells,
        look: (kind, MUTED),
        above: Length::ZERO,
        ruled: true,
    };
    let mut rows = vec![Row { left: 2, ..Row::alone(head, heads.height) }];
    for texts in &table.rows {
        let cells = set(desk, &columns, texts, Weight::Regular, kind)?;
        let height = height(&cells, kind) + unit * 3;
        let what =
            What::Cells { columns: columns.clone(), cells, look: (kind, INK), above: unit, ruled: true };
        rows.push(Row { heads: Some(heads.clone()), ..Row::alone(what, height) });
    }
    Ok(rows)
}

/// What stands between two columns.
fn gap(desk: &Desk<'_>) -> Length {
    desk.grid.unit * 2
}

/// The columns of these widths, a gap apart.
fn columns(desk: &Desk<'_>, widths: Vec<Length>) -> Vec<Column> {
    let mut start = Length::ZERO;
    let column = |width: Length| {
        let column = Column { start, width: width - gap(desk) };
        start += width;
        column
    };
    widths.into_iter().map(column).collect()
}

/// The widths of the columns by their shares, each with its gap.
fn shared(desk: &Desk<'_>, table: &Table) -> Vec<Length> {
    let all: i64 = table.heads.iter().map(|head| i64::from(head.share)).sum();
    let whole = desk.grid.whole().width;
    table.heads.iter().map(|head| whole.times(i64::from(head.share), all.max(1))).collect()
}

/// The same, where a column that is narrower than a word in it takes from the others what they can spare.
fn fitted(desk: &Desk<'_>, table: &Table) -> Result<Vec<Length>, DocumentError> {
    let mut widths = shared(desk, table);
    let needs = (0..widths.len()).map(|at| Ok(longest_word(desk, table, at)? + gap(desk)));
    let needs = needs.collect::<Result<Vec<Length>, DocumentError>>()?;
    let sum = |of: fn(Length, Length) -> Length| -> Length {
        widths.iter().zip(&needs).map(|(width, need)| of(*width, *need).max(Length::ZERO)).sum()
    };
    let (lacking, spare) = (sum(|width, need| need - width), sum(|width, need| width - need));
    if lacking > Length::ZERO && lacking <= spare {
        for (width, need) in widths.iter_mut().zip(&needs) {
            let over = (*width - *need).max(Length::ZERO);
            *width = (*width).max(*need) - over.times(lacking.thousandths(), spare.thousandths());
        }
    }
    Ok(widths)
}

/// How wide the longest word of a column is.
fn longest_word(desk: &Desk<'_>, table: &Table, at: usize) -> Result<Length, DocumentError> {
    /// So many words are measured, those of the most letters.
    const MEASURED: usize = 3;
    let label = table.heads.get(at).map(|head| head.label.as_str()).unwrap_or_default();
    let cells = table.rows.iter().filter_map(|row| row.get(at)).flat_map(|text| text.split_whitespace());
    let mut words: Vec<&str> = cells.collect::<BTreeSet<_>>().into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let words = words.into_iter().take(MEASURED).map(|word| (word, Weight::Regular));
    let mut longest = Length::ZERO;
    for (word, weight) in label.split_whitespace().map(|word| (word, Weight::SemiBold)).chain(words) {
        let lines = desk.set(word, weight, desk.grid.small, desk.grid.whole().width)?;
        longest = lines.iter().map(|line| line.width).fold(longest, Length::max);
    }
    Ok(longest)
}

fn set(
    desk: &Desk<'_>,
    columns: &[Column],
    texts: &[String],
    weight: Weight,
    kind: Type,
) -> Result<Vec<Vec<Line>>, DocumentError> {
    let cells = columns.iter().zip(texts);
    cells
        .map(|(column, text)| match text.trim() {
            "" => Ok(Vec::new()),
            text => desk.set(text, weight, kind, column.width),
        })
        .collect()
}

fn height(cells: &[Vec<Line>], kind: Type) -> Length {
    cells.iter().map(|lines| kind.height(lines)).max().unwrap_or_default().max(kind.leading)
}

/// Puts the rows of the page `index` one below the other from `top` on.
pub(crate) fn put_page(
    desk: &mut Desk<'_>,
    page: Vec<Row>,
    index: usize,
    top: Length,
    last: &mut Option<usize>,
) -> Result<(), DocumentError> {
    let mut top = repeat_heads(desk, &page, index, top)?;
    for (place, row) in page.into_iter().enumerate() {
        if place > 0 {
            top += row.before;
        }
        let (height, after) = (row.height, row.after);
        row.put(desk, last, top)?;
        top += height + after;
    }
    Ok(())
}

/// Repeats the heads of the table that goes on at the top of a page after the first, and gives the lower edge.
fn repeat_heads(
    desk: &mut Desk<'_>,
    page: &[Row],
    index: usize,
    top: Length,
) -> Result<Length, DocumentError> {
    let heads = page.first().and_then(|row| row.heads.clone()).filter(|_| index > 0);
    let Some(heads) = heads else { return Ok(top) };
    let kind = desk.grid.small;
    let cells = set(desk, &heads.columns, &heads.labels, Weight::SemiBold, kind)?;
    let read = reserve_cells(desk, &cells);
    put_cells(desk, &heads.columns, (cells, read), top, (kind, MUTED));
    put_rule(desk, top + heads.height);
    Ok(top + heads.height)
}

/// Where each cell is read; nowhere what is empty.
fn reserve_cells(desk: &mut Desk<'_>, cells: &[Vec<Line>]) -> Vec<Option<usize>> {
    let of = |lines: &Vec<Line>| if lines.is_empty() { None } else { desk.canvas.block(Role::Paragraph) };
    cells.iter().map(of).collect()
}

fn put_cells(
    desk: &mut Desk<'_>,
    columns: &[Column],
    (cells, read): (Vec<Vec<Line>>, Vec<Option<usize>>),
    top: Length,
    look: (Type, Color),
) {
    for ((column, lines), block) in columns.iter().zip(cells).zip(read) {
        desk.put_lines(block, lines, (*column, Align::Start), top, look);
    }
}

fn put_rule(desk: &mut Desk<'_>, top: Length) {
    let area = Area { left: desk.grid.left, right: desk.grid.right, top, bottom: top + Length::milli(400) };
    desk.canvas.put(None, Item::Fill { area, color: LINE });
}

impl Row {
    /// A row that stands for itself.
    fn alone(what: What, height: Length) -> Self {
        Self {
            what,
            before: Length::ZERO,
            height,
            after: Length::ZERO,
            index: 0,
            left: 1,
            heads: None,
            read: None,
        }
    }

    /// Fixes where a line is read, before anything that is put down later. `last` is where the line before it is.
    pub(crate) fn reserve(&mut self, desk: &mut Desk<'_>, last: &mut Option<usize>) {
        let read = match &self.what {
            What::Line(line) => {
                if self.index == 0 {
                    *last = desk.canvas.block(line.role.clone());
                }
                vec![*last]
            }
            What::Cells { cells, .. } => reserve_cells(desk, cells),
            _ => Vec::new(),
        };
        self.read = Some(read);
    }

    /// Puts it on the last page.
    fn put(
        mut self,
        desk: &mut Desk<'_>,
        last: &mut Option<usize>,
        top: Length,
    ) -> Result<(), DocumentError> {
        if self.read.is_none() {
            self.reserve(desk, last);
        }
        let read = self.read.unwrap_or_default();
        match self.what {
            What::Line(LineRow { line, place, look: (kind, color), bullet, .. }) => {
                let block = read.first().copied().flatten();
                if let Some(bullet) = bullet {
                    let before = (desk.grid.whole(), Align::Start);
                    desk.put_line(block, bullet, before, top + kind.drop(), color);
                }
                desk.put_line(block, line, place, top + kind.drop(), color);
            }
            What::Cells { columns, cells, look, above, ruled } => {
                put_cells(desk, &columns, (cells, read), top + above, look);
                if ruled {
                    put_rule(desk, top + self.height);
                }
            }
            What::Teeth(teeth) => teeth.put(desk, top)?,
            What::Drawing(scene) => scenes::put(desk, &scene, top)?,
            What::Boxes(boxes) => {
                let across = i64::try_from(boxes.across).unwrap_or(i64::MAX);
                boxes::put(desk, &boxes.labels, across, self.height, top)?;
            }
            What::Agreement { words, boxes } => {
                let (small, start) = (desk.grid.small, (desk.grid.whole(), Align::Start));
                let block = desk.canvas.block(Role::Paragraph);
                let mut top = desk.put_lines(block, words, start, top, (small, INK)) + desk.grid.unit * 2;
                for pair in boxes.chunks(2) {
                    boxes::put(desk, pair, 2, signature_height(desk), top)?;
                    top += signature_height(desk) + boxes::gap(desk);
                }
            }
            What::Secret(panel) => panel.put(desk, top),
        }
        Ok(())
    }
}
