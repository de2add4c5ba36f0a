//! Prints what would be made of the FHIR bundle at the path given on the day given, as JSON.

use std::process::ExitCode;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a command whose answer is its output")]
fn main() -> ExitCode {
    let path = std::env::args().nth(1).unwrap_or_default();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let day = std::env::args().nth(2).and_then(|day| day.parse().ok()).unwrap_or(jiff::civil::Date::MAX);
    let planned = domain::fhir::read(&text, day).map_err(|refused| refused.to_string());
    match planned.and_then(|bundle| {
        serde_json::to_string_pretty(&domain::fhir::plan(bundle)).map_err(|error| error.to_string())
    }) {
        Ok(plan) => {
            println!("{plan}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
