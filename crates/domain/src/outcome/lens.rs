//! The measures that are held against treatments.

/// A measure, and how it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Its code.
    pub code: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Digits behind the point of a mean.
    pub places: u32,
    /// What is usual, in thousandths.
    pub usual: Option<(i64, i64)>,
    /// Above this it is raised where no target was set, in thousandths.
    pub raised: Option<i64>,
    /// The measure that says what is aimed at: this or less.
    pub target: Option<&'static str>,
    /// Whether less is better, so that it is drawn higher.
    pub less_is_better: bool,
    /// The one way of measuring of which readings are compared before and after; none where all ways are.
    pub compared_by: Option<&'static str>,
    /// The least that its scale spans, in thousandths.
    pub span: i64,
}

const PLAIN: Lens = Lens {
    code: "",
    title: "",
    unit: "",
    places: 1,
    usual: None,
    raised: None,
    target: None,
    less_is_better: false,
    compared_by: None,
    span: 1_000,
};

const ACUITY: Lens = Lens { unit: "logMAR", places: 2, less_is_better: true, span: 500, ..PLAIN };

/// What the eye answers itself: a lens that a machine found, or that was found under drops, differs from it by the way.
const REFRACTION: Lens = Lens { unit: "D", places: 2, compared_by: Some("subjective"), ..PLAIN };

/// All of them. The usual pressure is 10 to 21 mmHg; acuity is logMAR, of which less is better. Near acuity is none: with and
/// without an addition are two numbers, and its measure does not say which.
pub const LENSES: &[Lens] = &[
    Lens {
        code: "eye.iop",
        title: "Pressure",
        unit: "mmHg",
        usual: Some((10_000, 21_000)),
        raised: Some(21_000),
        target: Some("eye.target"),
        span: 15_000,
        ..PLAIN
    },
    Lens { code: "eye.va.best", title: "Acuity, best corrected", ..ACUITY },
    Lens { code: "eye.va.aided", title: "Acuity with own glasses or lenses", ..ACUITY },
    Lens { code: "eye.va.unaided", title: "Acuity, unaided", ..ACUITY },
    Lens { code: "eye.va.pinhole", title: "Acuity, pinhole", ..ACUITY },
    Lens { code: "eye.se", title: "Refraction, equivalent sphere", ..REFRACTION },
    Lens { code: "eye.cyl", title: "Refraction, cylinder", ..REFRACTION },
    Lens { code: "eye.cd", title: "Cup to disc, vertical", places: 2, span: 300, ..PLAIN },
    Lens { code: "eye.cct", title: "Corneal thickness", unit: "µm", places: 0, span: 50_000, ..PLAIN },
];

/// The measure of this code.
#[must_use]
pub fn lens(code: &str) -> Option<&'static Lens> {
    LENSES.iter().find(|lens| lens.code == code)
}
