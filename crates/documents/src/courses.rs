//! The course chart: readings of each eye over one axis of time, with what is usual and aimed at, what lies below every chart
//! in a lane under the axis, treatments as bands and what was done as marks. A value in, a drawing out.

mod axis;
mod lane;

use domain::scene::{Anchor, Drawn, Fill, Ink, Scene, Shape, Stroke};

use crate::fonts::Weight;
use crate::length::Length;
use crate::text::{self, Language, Setting};
use axis::{Axis, scale_of};

/// What is drawn. Times count in minutes since 1970, numbers in thousandths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// The words for who cannot see it.
    pub words: String,
    /// The first time on the axis.
    pub from: i64,
    /// The last.
    pub until: i64,
    /// The days that are written under the axis.
    pub days: Vec<(i64, String)>,
    /// What is usual.
    pub usual: Option<(i64, i64)>,
    /// Whether less is better, and stands higher.
    pub less_is_better: bool,
    /// The least that the scale spans.
    pub span: i64,
    /// What lies below every number, the best first: the lane under the axis, where something of it was found.
    pub below: Vec<String>,
    /// The eyes, from top to bottom.
    pub lanes: Vec<Lane>,
    /// What its signs mean.
    pub legend: Vec<(Sign, String)>,
}

/// An eye.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lane {
    /// Which.
    pub title: String,
    /// What is to be known of it.
    pub note: String,
    /// Its readings, the earliest first.
    pub readings: Vec<Reading>,
    /// What is aimed at, from when on; the earliest first.
    pub targets: Vec<(i64, i64)>,
    /// The times in which readings are counted.
    pub counted: Vec<(i64, i64)>,
    /// What goes on for a time.
    pub bands: Vec<Band>,
    /// What was done once.
    pub marks: Vec<(i64, String)>,
    /// The latest numbers as they are said, and whether they are raised.
    pub latest: Vec<(i64, String, bool)>,
}

/// A reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When.
    pub at: i64,
    /// What.
    pub value: Value,
    /// Whether it is raised.
    pub raised: bool,
    /// Whether its form is not signed yet.
    pub open: bool,
    /// Whether two people say something else of it: no line leads through it.
    pub disputed: bool,
}

/// Where a reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// On the scale.
    Number(i64),
    /// In the lane under it, in the row of this number from the top.
    Below(usize),
}

/// A treatment that goes on for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// From when.
    pub from: i64,
    /// Until when; none where it goes on.
    pub until: Option<i64>,
    /// What it is called.
    pub label: String,
    /// What is said behind its end.
    pub ended: Option<String>,
    /// Whether nobody wrote down which eye.
    pub unsure: bool,
}

/// A sign of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Of a raised reading.
    Raised,
    /// Of a reading that is not signed.
    Open,
    /// Of a reading about which two people disagree.
    Disputed,
    /// Of the target.
    Target,
    /// Of what is usual.
    Usual,
    /// Of counted times.
    Counted,
    /// Of a treatment of which nobody wrote down the eye.
    Unsure,
}

/// All lengths of a drawing in tenths of a point.
const WIDTH: i64 = 7_200;
/// Where the time begins.
const LEFT: i64 = 440;
/// Where it ends.
const RIGHT: i64 = 6_600;
/// The height of a line of text.
const LINE: i64 = 160;
/// From the middle of a line of text down to its baseline.
const DROP: i64 = 42;
/// The size of text.
const SIZE: i64 = 12;

/// Draws the chart.
#[must_use]
pub fn scene(chart: &Chart) -> Scene {
    let axis = Axis { from: chart.from, until: chart.until.max(chart.from + 1) };
    let scale = scale_of(chart);
    let mut scene = Scene { width: WIDTH, words: chart.words.clone(), ..Scene::default() };
    let mut top = 0;
    for lane in &chart.lanes {
        top = lane::put(&mut scene, chart, lane, (&axis, &scale), top);
    }
    for (at, label) in chart.days.iter().filter(|(at, _)| axis.holds(*at)) {
        text(&mut scene, Ink::Axis, [axis.x(*at) + 30, top + LINE / 2 + DROP], Anchor::Start, label);
    }
    top += LINE;
    scene.height = legend(&mut scene, &chart.legend, top + 40);
    scene
}

/// The legend, in as many lines as it needs, and the lower edge of it.
fn legend(scene: &mut Scene, signs: &[(Sign, String)], top: i64) -> i64 {
    const BOX: i64 = 120;
    let (mut left, mut middle) = (LEFT, top + LINE / 2);
    for (sign, words) in signs {
        let width = BOX + 60 + measure(words);
        if left > LEFT && left + width > WIDTH {
            (left, middle) = (LEFT, middle + LINE);
        }
        let (at, size) = ([left, middle - BOX / 2], [BOX, BOX]);
        let drawn = match sign {
            Sign::Raised => {
                Drawn::Marks { ink: Ink::Raised, shape: Shape::Up, at: vec![[left + BOX / 2, middle]] }
            }
            Sign::Open => {
                Drawn::Marks { ink: Ink::Reading, shape: Shape::Ring, at: vec![[left + BOX / 2, middle]] }
            }
            Sign::Disputed => {
                Drawn::Marks { ink: Ink::Reading, shape: Shape::Cross, at: vec![[left + BOX / 2, middle]] }
            }
            Sign::Target => Drawn::Line {
                ink: Ink::Target,
                stroke: Stroke::Dashed,
                at: vec![[left, middle], [left + BOX, middle]],
            },
            Sign::Usual => Drawn::Band { ink: Ink::Usual, fill: Fill::Even, at, size },
            Sign::Counted => Drawn::Band { ink: Ink::Counted, fill: Fill::Even, at, size },
            Sign::Unsure => Drawn::Band { ink: Ink::Unsure, fill: Fill::Hatched, at, size },
        };
        scene.items.push(drawn);
        text(scene, Ink::Note, [left + BOX + 60, middle + DROP], Anchor::Start, words);
        left += width + 240;
    }
    middle + LINE
}

fn text(scene: &mut Scene, ink: Ink, at: [i64; 2], anchor: Anchor, words: &str) {
    if !words.is_empty() {
        scene.items.push(Drawn::Text { ink, at, anchor, text: words.to_owned() });
    }
}

/// How wide a text is, by the faces of the paper, which are those of the page too. A sign that no face has is as wide as
/// two letters: the page finds one somewhere.
fn measure(words: &str) -> i64 {
    let language = Language::new("en");
    let setting =
        Setting { size: Length::pt(SIZE), width: Length::ZERO, tracking: Length::ZERO, language: &language };
    let count = i64::try_from(words.chars().count()).unwrap_or(i64::MAX);
    text::line(words, Weight::Regular, &setting)
        .map_or(count.saturating_mul(SIZE * 10), |line| line.width.thousandths() / 100)
}
