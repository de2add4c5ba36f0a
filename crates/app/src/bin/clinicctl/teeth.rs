//! `teeth`: the mouth of a person on a day.

use app::Window;
use app::dental::{Mouth, MouthRow, ToothShown, TreatmentRow};
use domain::dental::{ProcedureStatus, Stands, Treatment};
use serde_json::json;

use crate::arguments::Arguments;
use crate::session::{call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Tells the mouth of `patient`: what is counted, each tooth of which something is found, and what is planned.
pub(crate) fn teeth(
    arguments: &Arguments,
    patient: &str,
    day: Option<&str>,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let input = json!({"patient": patient, "day": day});
    let mouth: Mouth = seated(arguments, |desk| ask(desk, Window::Main, "mouth", &input))?;
    if terminal.json {
        return terminal.value(&mouth);
    }
    let (permanent, milk) = (mouth.indices.permanent, mouth.indices.milk);
    let counts = [
        ("sum", permanent.sum()),
        ("decayed", permanent.decayed),
        ("missing", permanent.missing),
        ("filled", permanent.filled),
        ("seen", permanent.seen),
        ("of", permanent.of),
        ("milk_sum", milk.sum()),
        ("milk_decayed", milk.decayed),
        ("milk_missing", milk.missing),
        ("milk_filled", milk.filled),
        ("milk_seen", milk.seen),
        ("milk_of", milk.of),
    ];
    let mut named = vec![("day", mouth.day.to_string())];
    named.extend(counts.map(|(name, count)| (name, count.to_string())));
    let named: Vec<(&str, &str)> = named.iter().map(|(name, value)| (*name, value.as_str())).collect();
    terminal.line(&fill(words::TEETH, &named))?;
    let told = |tooth: &&ToothShown| {
        !tooth.marks.is_empty() || matches!(tooth.stands, Stands::Missing | Stands::NotSeen)
    };
    mouth.teeth.iter().filter(told).try_for_each(|tooth| terminal.line(&of_tooth(tooth)))?;
    let planned = mouth.rows.iter().filter_map(|MouthRow { treatment, .. }| treatment.as_ref());
    planned.map(of_plan).try_for_each(|line| terminal.line(&line))?;
    if mouth.more > 0 {
        terminal.line(&fill(words::MORE_TREATMENTS, &[("more", &mouth.more.to_string())]))?;
    }
    Ok(())
}

fn of_tooth(tooth: &ToothShown) -> String {
    let marks = tooth.marks.iter().map(|mark| match mark.surfaces {
        Some(surfaces) => format!("{} {}", mark.mark.word(), surfaces.said(tooth.tooth.is_front())),
        None => mark.mark.word().to_owned(),
    });
    let marks = marks.collect::<Vec<_>>().join(", ");
    fill(
        words::TOOTH,
        &[
            ("tooth", tooth.tooth.word()),
            ("code", &tooth.code.to_string()),
            ("stands", tooth.stands.word()),
            ("marks", &marks),
        ],
    )
}

fn of_plan(treatment: &TreatmentRow) -> String {
    let teeth = treatment.teeth.iter().map(|treated| match treated.surfaces {
        Some(surfaces) => format!("{} {}", treated.tooth.word(), surfaces.said(treated.tooth.is_front())),
        None => treated.tooth.word().to_owned(),
    });
    let teeth = teeth.collect::<Vec<_>>().join(", ");
    fill(
        words::PLANNED,
        &[
            ("treatment", treatment.treatment.map(Treatment::word).unwrap_or_default()),
            ("teeth", &teeth),
            ("status", treatment.status.map(ProcedureStatus::word).unwrap_or_default()),
        ],
    )
}
