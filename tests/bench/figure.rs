//! Figures: how they are taken, and how they are told.

#![expect(clippy::disallowed_methods, reason = "a bench looks at the wall clock")]

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use criterion::{Bencher, Criterion};
use serde_json::{Value, json};

/// Prints one line of figures.
pub fn tell(bench: &str, mut figures: Value) {
    figures["bench"] = json!(bench);
    figures["build"] = json!(if cfg!(debug_assertions) { "debug" } else { "release" });
    #[expect(clippy::print_stdout, reason = "the figures are what it is for")]
    {
        println!("{figures}");
    }
}

/// A watch that runs.
pub struct Watch(Instant);

impl Watch {
    /// Starts it.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// What has passed.
    pub fn so_far(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The answer of `act` and how long it took.
pub fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let watch = Watch::start();
    let answer = act();
    (answer, watch.so_far())
}

/// Milliseconds, to the microsecond.
pub fn ms(duration: Duration) -> f64 {
    round(duration.as_secs_f64() * 1000.0, 3)
}

/// `value` with so many digits behind the point.
pub fn round(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}

/// How many times `one` is `other`.
pub fn ratio(one: f64, other: f64) -> f64 {
    round(one / other, 2)
}

/// The value below which `percent` of `values` lie (nearest rank).
pub fn percentile(values: &[Duration], percent: usize) -> Duration {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// The middle one of `values`.
pub fn median(values: &[Duration]) -> Duration {
    percentile(values, 50)
}

/// The median of `act` in milliseconds, by criterion, whose own report goes to the same output.
pub fn by_criterion<T>(name: &str, samples: usize, mut act: impl FnMut() -> T) -> Result<f64> {
    measured(name, samples, |bencher| bencher.iter(&mut act))
}

/// The same of what says itself how long it took: what stands before and after it is not measured.
pub fn by_criterion_timed(name: &str, samples: usize, mut act: impl FnMut() -> Duration) -> Result<f64> {
    measured(name, samples, |bencher| bencher.iter_custom(|times| (0..times).map(|_| act()).sum()))
}

fn measured(name: &str, samples: usize, act: impl FnMut(&mut Bencher)) -> Result<f64> {
    let folder = folder()?.join("criterion");
    let mut criterion = Criterion::default()
        .output_directory(&folder)
        .sample_size(samples.max(10))
        .without_plots()
        .measurement_time(Duration::from_secs(if samples > 10 { 8 } else { 1 }))
        .warm_up_time(Duration::from_secs(1));
    criterion.bench_function(name, act);
    let file = folder.join(name).join("new/estimates.json");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let estimates: Value = serde_json::from_str(&text)?;
    let nanoseconds = estimates["median"]["point_estimate"].as_f64().context("criterion's median")?;
    Ok(round(nanoseconds / 1e6, 3))
}

/// Where benches keep what they make: on the disk that the workspace is on, never in memory.
pub fn folder() -> Result<PathBuf> {
    let folder = ::tests::root().join("target/bench");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A new empty folder for `name`.
pub fn empty_folder(name: &str) -> Result<PathBuf> {
    let folder = folder()?.join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_taken() {
        let values: Vec<Duration> = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!(percentile(&values, 50), Duration::from_millis(100));
        assert_eq!(percentile(&values, 95), Duration::from_millis(190));
        assert_eq!(percentile(&values[..1], 95), Duration::from_millis(200));
        assert_eq!(median(&[]), Duration::ZERO);
    }
}
