//! The program: its settings, its health, its headers and its end.

use std::process::Stdio;
use std::time::Duration;

use tests::wait;
use tokio::process::Command;

use crate::world::World;

const HEALTH: &str = "/api/utils/health/quick/";

fn program() -> Command {
    let mut command = Command::new(tests::program("clinicdesk-server").unwrap());
    command.env_clear().stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn health_is_told_to_everybody_and_names_the_database() {
    let world = World::empty().await;
    let url = format!("{}{HEALTH}", world.address);
    let response = world.http.get(&url).send().await.unwrap();
    assert_eq!(response.status(), 200);
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("strict-transport-security", "max-age=31536000"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(response.headers()[name], value, "{name}");
    }
    let body: serde_json::Value = response.json().await.unwrap();
    assert_eq!((&body["status"], &body["database"]), (&"ok".into(), &"ok".into()));
    drop(world.database);
    let response = world.http.get(&url).send().await.unwrap();
    assert_eq!(response.status(), 503);
    assert_eq!(response.json::<serde_json::Value>().await.unwrap()["status"], "unavailable");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_every_question_is_answered_as_unavailable() {
    let world = World::empty().await;
    let desk = world.claimed().await;
    let question = desk.idle();
    let World { database, address, .. } = &world;
    world.sql().await.execute("drop table workstation", &[]).await.unwrap();
    let refused = world.ask(&desk, &question).await.unwrap_err();
    assert_eq!((refused.status, refused.code.as_str()), (503, "database_unavailable"), "{address}");
    assert!(!refused.body.to_string().contains("workstation"), "{database:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_wrong_setting_is_named_and_no_secret_is() {
    let missing = program().arg("serve").output().await.unwrap();
    assert!(!missing.status.success());
    let told = String::from_utf8(missing.stderr).unwrap();
    assert!(told.contains("CLINICDESK_DATABASE_URL"), "{told}");
    let wrong = program()
        .args(["serve"])
        .env("CLINICDESK_DATABASE_URL", "postgres://desk:hunter2@127.0.0.1:1/none")
        .env("CLINICDESK_LISTEN", "nowhere")
        .output()
        .await
        .unwrap();
    let told = String::from_utf8(wrong.stderr).unwrap();
    assert!(!wrong.status.success() && told.contains("the setting listen is wrong"), "{told}");
    let gone = program()
        .args(["migrate"])
        .env("CLINICDESK_DATABASE_URL", "postgres://desk:hunter2@127.0.0.1:1/none")
        .env("RUST_BACKTRACE", "1")
        .output()
        .await
        .unwrap();
    let told = String::from_utf8(gone.stderr).unwrap();
    assert!(!gone.status.success() && !told.contains("hunter2"), "{told}");
    let last = told.lines().last().unwrap();
    assert!(last.starts_with("clinicdesk-server: the database cannot be brought up to date: "), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_migrates_gives_out_a_code_serves_and_ends_when_it_is_asked_to() {
    let database = tests::postgres::database().unwrap();
    let port = wait::free_port().unwrap();
    let start = |verb: &str| {
        let mut command = program();
        command.arg(verb).env("CLINICDESK_DATABASE_URL", database.url());
        command.env("CLINICDESK_LISTEN", format!("127.0.0.1:{port}"));
        command
    };
    let migrated = start("migrate").output().await.unwrap();
    assert!(migrated.status.success(), "{}", String::from_utf8_lossy(&migrated.stderr));
    let code = start("claim-code").output().await.unwrap();
    assert_eq!(String::from_utf8(code.stdout).unwrap().trim().len(), 14);
    let serving = start("serve").spawn().unwrap();
    wait::until("serving", Duration::from_secs(20), || Ok(wait::listens(port).then_some(()))).unwrap();
    tests::choose_tls();
    let response = reqwest::get(format!("http://127.0.0.1:{port}{HEALTH}")).await.unwrap();
    assert_eq!(response.status(), 200);
    let id = serving.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    let ended = serving.wait_with_output().await.unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.success(), "{told}");
    let lines: Vec<serde_json::Value> =
        told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.last().unwrap()["fields"]["message"], "stopped");
}
