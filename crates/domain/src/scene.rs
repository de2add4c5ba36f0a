//! A drawing as a value: what the page shows and what the paper bears is one picture.
//!
//! Places count in tenths of a point from the upper left corner, finer than any printer's dot. Colours are no part of it:
//! each thing says what it is, and the page and the paper each have their ink for that.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::choice;

/// A place: from the left, and from the top.
pub type Place = [i64; 2];

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Scene {
    /// Its width.
    pub width: i64,
    /// Its height.
    pub height: i64,
    /// The words for who cannot see it.
    pub words: String,
    /// What is drawn, the lowest first.
    pub items: Vec<Drawn>,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "draw")]
pub enum Drawn {
    /// A line through these places.
    Line {
        /// What it is.
        ink: Ink,
        /// How it is drawn.
        stroke: Stroke,
        /// Through what.
        at: Vec<Place>,
    },
    /// An area with straight edges.
    Band {
        /// What it is.
        ink: Ink,
        /// How it is filled.
        fill: Fill,
        /// Its upper left corner.
        at: Place,
        /// Its width and its height.
        size: Place,
    },
    /// The same sign at each of these places.
    Marks {
        /// What they are.
        ink: Ink,
        /// Their shape.
        shape: Shape,
        /// Where: their middles, of a pointer its tip.
        at: Vec<Place>,
    },
    /// A line of text.
    Text {
        /// What it is.
        ink: Ink,
        /// Where its baseline begins, has its middle, or ends.
        at: Place,
        /// Which of these.
        anchor: Anchor,
        /// The text.
        text: String,
    },
}

choice! {
    /// What something in a drawing is.
    pub enum Ink {
        /// A line of the grid.
        Grid = "grid",
        /// A number or a day at an axis.
        Axis = "axis",
        /// A word that names a part.
        Title = "title",
        /// A word beside it.
        Note = "note",
        /// What is usual.
        Usual = "usual",
        /// What is aimed at.
        Target = "target",
        /// A time in which readings are counted.
        Counted = "counted",
        /// A reading, and the line from one to the next.
        Reading = "reading",
        /// A reading that is raised.
        Raised = "raised",
        /// A treatment that goes on for a time.
        Course = "course",
        /// One of which nobody wrote down the eye.
        Unsure = "unsure",
        /// Something that was done once.
        Procedure = "procedure",
    }
}

choice! {
    /// How a line is drawn.
    pub enum Stroke {
        /// Whole.
        Whole = "whole",
        /// In dashes.
        Dashed = "dashed",
        /// In dots.
        Dotted = "dotted",
    }
}

choice! {
    /// How an area is filled.
    pub enum Fill {
        /// Even.
        Even = "even",
        /// Even, within a line.
        Framed = "framed",
        /// In stripes, within a line.
        Hatched = "hatched",
    }
}

choice! {
    /// The shape of a sign.
    pub enum Shape {
        /// A disc.
        Disc = "disc",
        /// A ring.
        Ring = "ring",
        /// A triangle that points up.
        Up = "up",
        /// A triangle that points up, empty.
        UpOpen = "up_open",
        /// A cross.
        Cross = "cross",
        /// A small triangle that points down.
        Down = "down",
        /// A triangle that points to the right.
        Onward = "onward",
    }
}

choice! {
    /// Where a text stands by its place.
    pub enum Anchor {
        /// It begins there.
        Start = "start",
        /// Its middle is there.
        Middle = "middle",
        /// It ends there.
        End = "end",
    }
}
