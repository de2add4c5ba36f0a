//! The whole list, command by command and role by role.

use app::command::Audit;
use app::commands::{COMMANDS, Command};
use app::{Code, Window};
use domain::access::{Permission, Role, grants};
use serde_json::{Value, json};
use tests::desk::{Clinic, sign_in_name, text};

use crate::inputs::{Targets, input, shaped, targets, whose};

/// The id of nothing.
pub const NO_RECORD: &str = "00000000-0000-0000-0000-000000000000";

/// The commands that need somebody at the desk.
pub fn needing() -> impl Iterator<Item = &'static Command> {
    COMMANDS.iter().filter(|command| command.permission.is_some())
}

/// Calls the whole list as `role` and returns what the trail should hold of it.
fn call_all(clinic: &mut Clinic, role: Role, targets: &Targets) -> Vec<(String, String)> {
    let mut expected = Vec::new();
    let mut opened = Value::Null;
    for command in needing() {
        let granted = command.permission.is_some_and(|permission| grants(role, permission))
            && is_named(command.name, role);
        let input = input(command, targets);
        let place = format!("{} as {}", command.name, role.word());
        let answer = clinic.call(command.name, input.clone());
        let refused = answer.as_ref().err().map(|refusal| refusal.code);
        assert_eq!(refused == Some(Code::NotPermitted), !granted, "{place}: {answer:?}");
        assert_ne!(refused, Some(Code::WrongInput), "{place}: give it an input");
        let due = match (refused, command.audit) {
            (Some(Code::NotPermitted), _) | (_, Audit::Always) => true,
            (_, Audit::Never) => false,
            (Some(_), Audit::Opening) => true,
            (None, Audit::Opening) => opened != whose(command, targets),
        };
        if refused.is_none() && command.audit == Audit::Opening {
            opened = whose(command, targets);
        }
        if due {
            let outcome = refused.map_or("done", Code::word);
            let opens = command.audit == Audit::Opening && command.permission == Some(Permission::ChartRead);
            let action = if opens && refused.is_none() { "chart" } else { command.name };
            expected.push((action.to_owned(), outcome.to_owned()));
        }
    }
    expected
}

/// Whether the form that is filled here names this role: it asks for that beside the permission.
fn is_named(command: &str, role: Role) -> bool {
    match command {
        "check_form" | "save_form" | "void_form" => {
            [Role::Nurse, Role::Optometrist, Role::Doctor].contains(&role)
        }
        "sign_form" | "amend_form" | "void_addendum" => [Role::Optometrist, Role::Doctor].contains(&role),
        _ => true,
    }
}

#[test]
fn a_command_is_refused_exactly_where_the_matrix_says_so_and_leaves_exactly_its_entry() {
    let mut clinic = Clinic::staffed();
    let targets = targets(&mut clinic, Role::ALL.len());
    let mut expected = Vec::new();
    for (role, targets) in Role::ALL.iter().zip(&targets) {
        let session = clinic.seat(*role);
        expected.push((session["user"].clone(), call_all(&mut clinic, *role, targets)));
        clinic.ok("sign_out", json!({}));
    }
    clinic.seat(Role::Auditor);
    let trail = clinic.trail();
    for (role, (user, expected)) in Role::ALL.iter().zip(expected) {
        let name = format!("{} {}", sign_in_name(*role), user);
        let of_user = clinic.ok("audit_trail", json!({"patient": null, "user": user, "before": null}));
        let owner = of_user["rows"][0]["user"].clone();
        let acts: Vec<(String, String)> = trail
            .iter()
            .filter(|row| row["user"] == owner)
            .map(|row| (text(&row["action"]), text(&row["outcome"])))
            .collect();
        let last = acts.iter().rposition(|(action, _)| action == "sign_out").unwrap_or(acts.len());
        let first = acts[..last].iter().rposition(|(action, _)| action == "sign_in").map_or(0, |at| at + 1);
        assert_eq!(acts[first..last], expected, "{name}");
    }
}

#[test]
fn nobody_signed_in_gets_nothing_from_the_main_window() {
    let mut clinic = Clinic::staffed();
    for command in needing() {
        let refusal = clinic.refused(command.name, input_without_records(command));
        assert_eq!(refusal.code, Code::NotSignedIn, "{}", command.name);
    }
    for name in ["lock", "sign_out"] {
        assert_eq!(clinic.refused(name, json!({})).code, Code::NotSignedIn, "{name}");
    }
    assert_eq!(clinic.refused("unlock", json!({"password": "x"})).code, Code::NotSignedIn);
}

#[test]
fn the_lock_window_cannot_name_a_main_command() {
    let mut clinic = Clinic::found();
    for command in needing() {
        let input = input_without_records(command).to_string();
        let refusal = clinic.call_from(Window::Lock, command.name, &input).unwrap_err();
        assert_eq!(refusal.code, Code::UnknownCommand, "{}", command.name);
    }
    assert_eq!(clinic.refused("no_such_command", json!({})).code, Code::UnknownCommand);
}

#[test]
fn a_locked_screen_refuses_every_main_command_and_leaves_no_entry() {
    let mut clinic = Clinic::found();
    let before = clinic.trail().len();
    clinic.ok("lock", json!({}));
    for command in needing() {
        let refusal = clinic.refused(command.name, input_without_records(command));
        assert_eq!(refusal.code, Code::ScreenLocked, "{}", command.name);
    }
    clinic.ok("unlock", json!({"password": tests::desk::PASSWORD}));
    let after: Vec<String> = clinic.trail()[before + 1..].iter().map(|row| text(&row["action"])).collect();
    assert_eq!(after, ["lock", "unlock"]);
}

/// An input of the right shape about nothing that is there.
pub fn input_without_records(command: &Command) -> Value {
    match command.name {
        "add_user" => tests::desk::colleague(Role::Nurse),
        "edit_user" => json!({"user": NO_RECORD, "version": 1, "patch": {}}),
        _ => shaped(command, NO_RECORD),
    }
}
