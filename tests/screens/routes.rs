//! Nothing of the window is left without a visit.

use std::collections::BTreeSet;
use std::fs;

use anyhow::Result;
use tests::root;

use crate::places::visits;

/// The texts between `before` and the next quotation mark, wherever `before` stands.
fn quoted(source: &str, before: &str) -> BTreeSet<String> {
    let rests = source.split(before).skip(1);
    rests.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

fn read(name: &str) -> Result<String> {
    Ok(fs::read_to_string(root().join("ui/src/app").join(name))?)
}

/// The words after `key=` in the visits' addresses, each up to what ends a word.
fn visited(key: &str) -> BTreeSet<String> {
    let key = format!("{key}=");
    let rests = visits().into_iter().filter_map(|visit| Some(visit.search.split_once(key.as_str())?.1));
    rests.map(|rest| rest.split(['&', '.', ' ']).next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_route_of_the_window_is_visited_and_no_visit_goes_elsewhere() -> Result<()> {
    let mut routes = quoted(&read("router.tsx")?, "path: \"");
    // It leads on to Today.
    assert!(routes.remove("/") && routes.len() > 5, "{routes:?}");
    let visited: BTreeSet<String> = visits().iter().map(|visit| visit.route.to_owned()).collect();
    assert_eq!(visited, routes);
    Ok(())
}

#[test]
fn every_tab_and_every_form_of_the_chart_is_visited() -> Result<()> {
    let parts = read("chart-parts.ts")?;
    let mut tabs = quoted(&parts, "name: \"");
    let mut tasks = BTreeSet::new();
    for declared in fs::read_dir(root().join("ui/src/records/kinds"))? {
        let declared = fs::read_to_string(declared?.path())?;
        // Behind its words.
        let Some((_, kind)) = declared.split_once("export const kind: ") else { continue };
        tasks.extend(quoted(kind, "KindOf<\""));
        if kind.contains("  tab: true") {
            tabs.extend(quoted(kind, "many: \""));
        }
    }
    assert!(tabs.contains("timeline"), "{tabs:?}");
    assert_eq!(visited("tab"), tabs);
    let others = parts.split_once("CHART_TASKS: ChartTasks = {").and_then(|(_, rest)| rest.split_once('}'));
    let others = others.map(|(others, _)| others).unwrap_or_default();
    tasks.extend(others.lines().filter_map(|line| Some(line.trim().split_once(':')?.0.to_owned())));
    assert!(tasks.contains("allergy") && tasks.contains("note"), "{tasks:?}");
    assert_eq!(visited("task"), tasks);
    Ok(())
}
