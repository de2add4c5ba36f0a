//! What there is to say about an answer.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Answer;
use crate::choice;

choice! {
    /// What is to be said about an answer.
    pub enum RemarkCode {
        /// It is none that its item takes.
        NotOffered = "not_offered",
        /// It cannot be: it lies outside of `low` to `high`.
        Impossible = "impossible",
        /// It is no multiple of `step`, or has more than `places` digits behind the point.
        OffStep = "off_step",
        /// Its item has no such unit.
        WrongUnit = "wrong_unit",
        /// It lacks, and nothing is signed without it.
        Needed = "needed",
        /// A cylinder has an axis.
        AxisNeeded = "axis_needed",
        /// An axis is of a cylinder.
        AxisAlone = "axis_alone",
        /// An axis of 0 is written 180.
        AxisZero = "axis_zero",
        /// It is not how this chart is read.
        WrongNotation = "wrong_notation",
        /// It lies outside of `low` to `high`, which hardly ever is so.
        Implausible = "implausible",
        /// It lies `limit` or more from `last`, that side's last.
        FarFromLast = "far_from_last",
        /// Its axis lies more than 20 degrees from `other`, that of the autorefractor or of the own glasses.
        AxisFar = "axis_far",
        /// Its sphere lies 1.00 or more from `other`, that of the autorefractor or of the own glasses.
        SphereFar = "sphere_far",
        /// It is of an eye without drops, and drops were given at `at`.
        AfterDrops = "after_drops",
        /// It is later than `at`, when it is written.
        LaterThanNow = "later_than_now",
        /// It is as it was measured before that was corrected.
        Corrected = "corrected",
        /// It is worse than `last`.
        Worse = "worse",
        /// It is above the target `limit`.
        AboveTarget = "above_target",
        /// It is above `limit`, the usual.
        Raised = "raised",
        /// It is `limit` or more: somebody acts now.
        ActNow = "act_now",
        /// The two sides differ by `limit` or more.
        Unequal = "unequal",
        /// There is no such tooth.
        NoSuchTooth = "no_such_tooth",
        /// At this age the gums are told by 0, 1 and 2 alone.
        NotAtThisAge = "not_at_this_age",
    }
}

choice! {
    /// What follows from a remark, the gravest last.
    pub enum Weight {
        /// It is shown.
        Told = "told",
        /// It is asked about once, and kept when it is meant.
        Asked = "asked",
        /// Nothing is signed before.
        ToSign = "to_sign",
        /// It is not taken.
        Refused = "refused",
    }
}

/// What there is to say about an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Remark {
    /// The path of the answer, or of the one that lacks; `iop:R` where a first reading lacks.
    pub path: String,
    /// The part of the reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub part: Option<String>,
    /// What it is.
    pub code: RemarkCode,
    /// What follows from it.
    pub weight: Weight,
    /// What its sentence needs: `low`, `high`, `unit`, `step`, `places`, `last`, `on`, `other`, `limit`, `chart`,
    /// `example`, `at`.
    pub fields: BTreeMap<String, String>,
    /// The whole answer as it may be meant: one key takes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub offer: Option<Answer>,
}

/// An answer of an earlier form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LastAnswer {
    /// The answer.
    pub answer: Answer,
    /// The day at the site, `2026-11-22`.
    pub day: String,
}

/// Last time's answers, by item and side: `iop:R`.
pub type Last = BTreeMap<String, LastAnswer>;

/// What a form comes to, as it is filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Checked {
    /// What there is to say about its answers.
    pub remarks: Vec<Remark>,
    /// The paths, and `path/part`, of answers that are no longer asked: they stay, and are not signed, told or printed.
    pub hidden: Vec<String>,
    /// What is reckoned, as it is said, by `path/part`.
    pub derived: BTreeMap<String, String>,
}

impl Checked {
    /// The first remark of this weight or a graver one.
    #[must_use]
    pub fn worst(&self, least: Weight) -> Option<&Remark> {
        let mut grave: Vec<&Remark> = self.remarks.iter().filter(|remark| remark.weight >= least).collect();
        grave.sort_by_key(|remark| std::cmp::Reverse(remark.weight));
        grave.first().copied()
    }
}
