//! The clinic from a terminal: set it up, look at it, call any of its commands.
//!
//! Exit 0; 1 where the clinic refuses, with `{code, message, fields}` on standard error; 2 for wrong
//! usage.

mod arguments;
mod backup;
mod certificates;
mod chart;
mod codes;
mod doctor;
mod exchange;
mod files;
mod forms;
mod import;
mod lists;
mod measures;
mod outcome;
mod papers;
mod person;
mod reasons;
mod restore;
mod session;
mod setup;
mod stop;
mod teeth;
mod terminal;
mod users;
mod verbs;
mod verify;
mod words;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Verb};
use crate::stop::Stop;
use crate::terminal::Terminal;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(asked) => {
            // A closed pipe is nothing to complain about.
            drop(asked.print());
            return ExitCode::from(u8::try_from(asked.exit_code()).unwrap_or(2));
        }
    };
    let mut terminal = Terminal::new(arguments.json);
    let done = run(&arguments, &mut terminal).and_then(|()| terminal.flush());
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            terminal.complain(&stop);
            stop.exit_code()
        }
    }
}

fn run(arguments: &Arguments, terminal: &mut Terminal) -> Result<(), Stop> {
    match &arguments.verb {
        Verb::Setup(setup) => setup::setup(arguments, setup, terminal),
        Verb::Find { text } => verbs::find(arguments, &text.join(" "), terminal),
        Verb::Chart { person } => chart::chart(arguments, &person.join(" "), terminal),
        Verb::Import { verb: arguments::Import::Fhir { paths, dry_run } } => {
            import::fhir(arguments, paths, *dry_run, terminal)
        }
        Verb::Codes { verb: arguments::Codes::TakeIn(asked) } => codes::take_in(arguments, asked, terminal),
        Verb::Codes { verb: arguments::Codes::Find { text } } => {
            codes::find(arguments, &text.join(" "), terminal)
        }
        Verb::Import { verb: arguments::Import::List(given) } => lists::list(arguments, given, terminal),
        Verb::Forms { patient, table: Some(form), out: Some(out), .. } => {
            forms::table(arguments, patient, form, out, terminal)
        }
        Verb::Forms { patient, code, .. } => forms::forms(arguments, patient, code.as_deref(), terminal),
        Verb::FormPdf { form, filled, universal, out } => {
            forms::pdf(arguments, (form, filled.as_deref(), *universal), out, terminal)
        }
        Verb::Measures { patient, code } => measures::measures(arguments, patient, code.as_deref(), terminal),
        Verb::Outcome { patient, code, about } => {
            outcome::outcome(arguments, patient, code.as_deref(), about.as_deref(), terminal)
        }
        Verb::Teeth { patient, day } => teeth::teeth(arguments, patient, day.as_deref(), terminal),
        Verb::Attach(server) => exchange::attach(arguments, server, terminal),
        Verb::Enrol(server) => exchange::enrol(arguments, server, terminal),
        Verb::Sync => exchange::sync(arguments, terminal),
        Verb::Rejoin(input) => exchange::rejoin(arguments, input, terminal),
        Verb::Commands => verbs::commands(terminal),
        Verb::Call { command, input } => verbs::call(arguments, command, input.as_deref(), terminal),
        Verb::Audit { verb: arguments::Audit::Verify } => verbs::verify_audit(arguments, terminal),
        Verb::Audit { verb: arguments::Audit::Looked { patient } } => {
            exchange::looked(arguments, patient, terminal)
        }
        Verb::Verify(asked) => verify::verify(arguments, asked, terminal),
        Verb::Rebuild { check } => verbs::rebuild(arguments, *check, terminal),
        Verb::Certificate { verb: arguments::Certificate::Pdf { which, out } } => {
            certificates::pdf(arguments, which, out, terminal)
        }
        Verb::Certificate { verb: arguments::Certificate::Fhir { which, out } } => {
            certificates::fhir(arguments, which, out, terminal)
        }
        Verb::Certificate { verb: arguments::Certificate::Key { out } } => {
            certificates::key(arguments, out, terminal)
        }
        Verb::Files { verb: arguments::Files::Add(asked) } => files::add(arguments, asked, terminal),
        Verb::Files { verb: arguments::Files::List { patient } } => files::list(arguments, patient, terminal),
        Verb::Files { verb: arguments::Files::Export { patient, sort, out } } => {
            files::export(arguments, (patient, sort.as_deref()), out, terminal)
        }
        Verb::Files { verb: arguments::Files::Save { file, out } } => {
            files::save(arguments, file, out, terminal)
        }
        Verb::Restore(given) => restore::restore(arguments, given, terminal),
        Verb::Open(given) => restore::open(arguments, given, terminal),
        Verb::Backup { verb } => backup::backup(arguments, verb, terminal),
        Verb::Doctor => doctor::doctor(arguments, terminal),
        Verb::User { verb: arguments::User::List } => users::list(arguments, terminal),
        Verb::User { verb: arguments::User::Add(user) } => users::add(arguments, user, terminal),
    }
}
