//! Forms that are declared: which there are, what was answered, and whether it is signed.

mod amend;
mod later;
mod paper;
mod read;
mod table;
mod write;

use std::collections::BTreeMap;

use domain::forms::{Answers, LastAnswer, Remark, Spec, Words};
use domain::{RecordId, access::Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use amend::AmendForm;
pub(crate) use amend::amend_form;
pub use paper::{PrintForm, SaveFormPdf};
pub(crate) use paper::{print_form, save_form_pdf};
pub(crate) use read::{check_form, filled, filled_forms, form, forms, line};
pub use table::ExportForms;
pub(crate) use table::export_forms;
pub(crate) use write::{save_form, sign_form, void_form};

use crate::addenda::AddendumRow;
use crate::visits::LateEdit;

/// The answers of one form have no more bytes together: they are shown in one answer, beside what the form asks.
pub(crate) const LONGEST: usize = 6_000;

/// The forms that there are.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Forms {
    /// Each in its newest version.
    pub forms: Vec<FormHead>,
}

/// A form in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct FormHead {
    /// Its name and version, such as `eye.pressure@1`.
    pub form: String,
    /// What people call it.
    pub title: Words,
    /// Who may fill it.
    pub fill: Vec<Role>,
    /// Who may sign it.
    pub sign: Vec<Role>,
    /// Whether this person may fill it.
    pub may_fill: bool,
    /// Whether this person may sign it.
    pub may_sign: bool,
}

/// Which form, of whom.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenForm {
    /// The form, such as `eye.pressure@1`.
    pub form: String,
    /// Whose.
    pub patient: RecordId,
    /// The visit: an open one of it comes along.
    pub visit: Option<RecordId>,
}

/// A form as it is filled for somebody.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct FormView {
    /// What it asks.
    pub spec: Spec,
    /// Whether this person may fill it.
    pub may_fill: bool,
    /// Whether this person may sign it.
    pub may_sign: bool,
    /// The open one of this visit, which goes on; nothing where none was begun.
    pub open: Option<FilledView>,
    /// Last time's answers of this form, by item and side: `iop:R`.
    pub last: BTreeMap<String, LastAnswer>,
}

/// Which filled form.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfFilled {
    /// The record.
    pub filled: RecordId,
}

/// A filled form.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct FilledView {
    /// The record.
    pub id: RecordId,
    /// The version to send back when it is written again.
    pub version: i64,
    /// Whose.
    pub patient: RecordId,
    /// The visit.
    pub visit: Option<RecordId>,
    /// The form, such as `eye.pressure@1`.
    pub form: String,
    /// What people call it; the form's name where this version does not know it.
    pub title: Words,
    /// Whether this version of the program knows the form: where it does not, it is shown and not changed.
    pub known: bool,
    /// When it was begun, at the place where it was.
    pub at: String,
    /// Who began it, with the title.
    pub author: Option<String>,
    /// When it was signed, at the place where it was; nothing while it is open.
    pub signed_at: Option<String>,
    /// Who signed it, with the title.
    pub signed_by: Option<String>,
    /// The answers by their paths.
    pub answers: Answers,
    /// Who gave each answer, where that is not who began it.
    pub by: BTreeMap<String, String>,
    /// What is to be said about them.
    pub remarks: Vec<Remark>,
    /// The paths, and `path/part`, of what is no longer asked.
    pub hidden: Vec<String>,
    /// What is reckoned, as it is said, by `path/part`.
    pub derived: BTreeMap<String, String>,
    /// All of it in a line.
    pub line: String,
    /// What was written elsewhere and came after the signature: not part of the form, and its writer's to add.
    pub late: Vec<LateEdit>,
    /// The answers among them that neither the form nor what was added to it says: they come back as the beginning of an
    /// addendum.
    pub handed_back: Answers,
    /// What was added after the signature, oldest first; the form itself stays as it was signed.
    pub addenda: Vec<AddendumRow>,
    /// The fields about which two people disagree.
    pub disputed: Vec<String>,
    /// Whether answers were left out here, because there are too many to show at once.
    pub shortened: bool,
}

/// Which filled forms.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListFilled {
    /// Whose.
    pub patient: RecordId,
    /// Of this visit alone.
    pub visit: Option<RecordId>,
    /// Of this form alone, in any version: `eye.pressure`.
    pub code: Option<String>,
    /// The last row of the page before.
    pub after: Option<RecordId>,
}

/// A page of filled forms, latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct FilledForms {
    /// The rows.
    pub rows: Vec<FilledRow>,
    /// After which row the next page begins, when there is one.
    pub next: Option<RecordId>,
}

/// A filled form in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct FilledRow {
    /// The record.
    pub id: RecordId,
    /// The version to send back when it is withdrawn.
    pub version: i64,
    /// The visit.
    pub visit: Option<RecordId>,
    /// The form, such as `eye.pressure@1`.
    pub form: String,
    /// What people call it.
    pub title: Words,
    /// When it was begun, at the place where it was.
    pub at: String,
    /// Who began it, with the title.
    pub author: Option<String>,
    /// Whether it is signed.
    pub signed: bool,
    /// All of it in a line, as it was signed.
    pub line: String,
    /// Whether something was added since.
    pub amended: bool,
    /// Whether two people disagree about something in it.
    pub disputed: bool,
}

/// Answers to look at, as they stand on the screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckForm {
    /// The form, such as `eye.pressure@1`.
    pub form: String,
    /// Whose.
    pub patient: RecordId,
    /// The record that goes on: it is not last time's.
    pub filled: Option<RecordId>,
    /// All answers by their paths.
    pub answers: Answers,
}

/// A form as it was filled.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteForm {
    /// The form, such as `eye.pressure@1`.
    pub form: String,
    /// Whose.
    pub patient: RecordId,
    /// The visit.
    pub visit: Option<RecordId>,
    /// The record, where there is one already.
    pub filled: Option<RecordId>,
    /// The version of it that was seen.
    pub version: Option<i64>,
    /// All answers by their paths; what is left out it does not say.
    pub answers: Answers,
}
