//! Declared forms: what an examination asks is one value, [`Spec`], from which its screen, its checks, its record and its line
//! follow.
//!
//! A form is declared with [`form!`](crate::form) and filled as a [`Filled`] record; [`check`] says the same of its answers at
//! each keystroke, when they are kept, and in admission.

mod acuity;
mod answer;
mod between;
mod check;
pub(crate) mod declare;
mod dose;
mod eye;
mod hygiene;
mod lens;
mod measured;
mod remark;
mod rule;
mod said;
mod sides;
mod spec;
mod teeth;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

pub use acuity::{Below, Seen, WrongNotation, acuity, letters, near};
pub use answer::{Absent, Answer, Answers, Filled, Given, answered_at, kept_at, of_item};
pub use check::{NOW, asked, check, settled};
pub use dose::{WEIGHT, milligrams};
pub use hygiene::{OralHygiene, PlaqueRecord, oral_hygiene, plaque_record};
pub use lens::{Lens, PowerVector, apart, signed};
pub(crate) use measured::of_filled;
pub use remark::{Checked, Last, LastAnswer, Remark, RemarkCode, Weight};
pub(crate) use rule::check_filled;
pub use said::{line, said, told};
pub use sides::said as said_side;
pub use spec::{
    Check, Cond, Derived, Holds, Item, Layout, Limits, Measured, NumberOf, Numeric, Offered, Place, Reading,
    Scale, Section, Sides, Spec, Words,
};

static FORMS: LazyLock<Vec<Spec>> =
    LazyLock::new(|| eye::forms().into_iter().chain(teeth::forms()).collect());

/// Every form that there is, in every version.
#[must_use]
pub fn specs() -> &'static [Spec] {
    &FORMS
}

/// The form that a record names: `eye.pressure@1`.
#[must_use]
pub fn spec(form: &str) -> Option<&'static Spec> {
    let (code, version) = form.split_once('@')?;
    let version: u32 = version.parse().ok().filter(|known: &u32| known.to_string() == version)?;
    FORMS.iter().find(|spec| spec.code == code && spec.version == version)
}

/// The newest version of each form, in the order of their declaration.
pub fn newest() -> impl Iterator<Item = &'static Spec> {
    let is_newest =
        |spec: &&Spec| !FORMS.iter().any(|other| other.code == spec.code && other.version > spec.version);
    FORMS.iter().filter(is_newest)
}

/// What each form accepts, a line each: for the declarations, of which none may ever be missing.
pub(crate) fn declared() -> Vec<String> {
    specs().iter().flat_map(of_form).collect()
}

fn of_form(spec: &Spec) -> Vec<String> {
    let form = format!("form {}", spec.form());
    let mut lines: Vec<String> = Vec::new();
    lines.extend(spec.fill.iter().map(|role| format!("{form} filled by {}", role.word())));
    lines.extend(spec.sign.iter().map(|role| format!("{form} signed by {}", role.word())));
    for item in spec.items() {
        let path = format!("{form}.{}", item.key);
        let many = if item.many { " many" } else { "" };
        let class = if item.critical { "critical" } else { "ordinary" };
        lines.push(format!("{path} {class} {}{many}", item.sides.word()));
        of_item_lines(&path, item, &mut lines);
    }
    lines
}

fn of_item_lines(path: &str, item: &Item, lines: &mut Vec<String>) {
    lines.extend(
        item.measures
            .iter()
            .map(|measured| format!("shown {path} measured as {} {}", measured.code, measured.from.word())),
    );
    if !item.to_sign {
        lines.push(format!("{path} signed without"));
    }
    match &item.holds {
        Holds::Number(number) => {
            let Limits { low, high } = &number.possible;
            let step = number.step.as_ref().map(|step| format!(" by {step}")).unwrap_or_default();
            let units = number.units.join(" ");
            lines.push(format!("{path} holds {low} to {high} in {} places{step} {units}", number.places));
        }
        Holds::Choice(scale) | Holds::Finding(scale) => {
            lines.extend(scale.options.iter().map(|offered| format!("{path} is {}", offered.code)));
        }
        Holds::Text(longest) => lines.push(format!("{path} holds text of {longest}")),
        Holds::Time => lines.push(format!("{path} holds a time")),
        Holds::Tooth => lines.push(format!("{path} holds a tooth")),
        Holds::Acuity => lines.push(format!("{path} holds an acuity")),
        Holds::Near => lines.push(format!("{path} holds a near acuity")),
        Holds::Derived(derived) => lines.push(format!("shown {path} as {}", derived.word())),
        Holds::Reading(reading) => {
            for part in &reading.parts {
                of_item_lines(&format!("{path}/{}", part.key), part, lines);
            }
        }
    }
}
