//! The data folder and its store, as a desk meets them.

use std::fs;

use app::{Code, Desk, Refusal};
use domain::access::Role;
use serde_json::json;
use store::Folder;
use tests::desk::{Clinic, password};

#[test]
fn a_second_program_is_refused_while_the_first_holds_the_folder() {
    let mut clinic = Clinic::found();
    let second = Desk::take(clinic.world());
    assert_eq!(second.err().map(|refusal| refusal.code), Some(Code::StoreInUse));
    clinic.stop();
    assert!(Desk::take(clinic.world()).is_ok());
}

#[test]
fn a_restore_that_is_held_up_within_its_swap_is_told_as_begun_and_the_next_start_ends_it() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::take(root.path()).unwrap();
    let stage = folder.stage().unwrap();
    fs::write(stage.root().join("more"), "new").unwrap();
    let way = root.path().join("more");
    fs::create_dir_all(way.join("in the way")).unwrap();
    assert_eq!(Refusal::from(folder.swap(stage).unwrap_err()).code, Code::RestoreBegun);
    fs::remove_dir_all(&way).unwrap();
    folder.end_swap().unwrap();
    assert_eq!(fs::read(&way).unwrap(), b"new");
}

#[test]
fn what_was_acknowledged_is_there_after_the_program_is_killed() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    clinic.restart();
    clinic.seat(Role::Nurse);
    assert_eq!(clinic.ok("patient", json!({"patient": patient}))["details"]["family"], "Salonga");
    assert_eq!(clinic.ok("check_store", json!({}))["whole"], true);
    let report = clinic.ok("rebuild", json!({"check": true}));
    assert_eq!(report["differing"], json!([]));
    assert!(report["records"].as_u64().unwrap() > 10);
}

#[test]
fn a_store_damaged_from_its_first_page_is_refused_and_the_door_stays() {
    let mut clinic = Clinic::staffed();
    clinic.stop();
    let database = clinic.folder().join("clinic.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[100] ^= 1;
    fs::write(&database, &bytes).unwrap();
    clinic.restart();
    let sign_in = json!({"who": "nurse", "password": password(Role::Nurse)});
    assert_eq!(clinic.refused("sign_in", sign_in.clone()).code, Code::StoreDamaged);
    assert_eq!(clinic.ok("door", json!({}))["state"], "locked");
    bytes[100] ^= 1;
    fs::write(&database, bytes).unwrap();
    clinic.ok("sign_in", sign_in);
}

#[test]
fn a_page_that_was_changed_is_found_by_the_check() {
    let mut clinic = Clinic::staffed();
    clinic.stop();
    let database = clinic.folder().join("clinic.db");
    let mut bytes = fs::read(&database).unwrap();
    let last = bytes.len() - 2000;
    bytes[last] ^= 1;
    fs::write(&database, bytes).unwrap();
    clinic.restart();
    let sign_in = json!({"who": "nurse", "password": password(Role::Nurse)});
    // Where the page is needed to sign in, nobody gets as far as the check.
    match clinic.call("sign_in", sign_in) {
        Ok(_) => {
            let checked = clinic.call("check_store", json!({})).ok();
            assert_ne!(checked.map(|checked| checked["whole"].clone()), Some(json!(true)));
        }
        Err(refusal) => {
            assert!([Code::StoreDamaged, Code::StoreFailed].contains(&refusal.code), "{refusal:?}")
        }
    }
}

#[test]
fn another_key_of_the_workstation_opens_nothing() {
    let mut clinic = Clinic::staffed();
    clinic.stop();
    let key = [7; 32];
    let file = [crypto::sha256(&[&key]).as_slice(), &key].concat();
    for copy in ["device.a", "device.b"] {
        fs::write(clinic.folder().join(copy), &file).unwrap();
    }
    clinic.restart();
    let sign_in = json!({"who": "nurse", "password": password(Role::Nurse)});
    assert_eq!(clinic.refused("sign_in", sign_in).code, Code::StoreDamaged);
}

#[test]
fn a_damaged_page_stops_writing_and_says_what_is_only_here_and_the_check_names_the_page() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    for number in 0..60 {
        clinic.register(&format!("Lito {number}"), "Salonga");
    }
    clinic.ok("sign_out", json!({}));
    clinic.stop();
    let database = clinic.folder().join("clinic.db");
    let whole = fs::read(&database).unwrap();
    let sign_in = json!({"who": "nurse", "password": password(Role::Nurse)});
    let (mut met, mut named) = (0, 0);
    for page in (8..whole.len() / 4096).step_by(3) {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 700] ^= 1;
        fs::write(&database, &bytes).unwrap();
        drop(["clinic.db-wal", "clinic.db-shm"].map(|name| fs::remove_file(clinic.folder().join(name))));
        clinic.restart();
        if clinic.call("sign_in", sign_in.clone()).is_ok() {
            let checked = clinic.call("check_store", json!({})).unwrap_or_else(|refusal| {
                // Who sits here is asked of the store too.
                assert_eq!(refusal.code, Code::StoreDamaged, "page {page}");
                json!({"whole": false})
            });
            let place = format!("page {}", page + 1);
            named += usize::from(checked["faults"].to_string().contains(&place));
            assert_eq!(checked["whole"], false, "page {page}");
            let found = clinic.call("find_patients", json!({"text": "salonga"}));
            if found.is_err_and(|refusal| refusal.code == Code::StoreDamaged) {
                met += 1;
                let details = json!({"details": {"given": "Ana", "family": "Lim"}});
                let refused = clinic.refused("register_patient", details);
                assert_eq!((refused.code, &refused.fields["reason"]), (Code::StoreDamaged, &json!("page")));
            }
        }
        clinic.stop();
    }
    assert!(named > 10, "{named}");
    assert!(met > 0);
}

/// A file system in memory of so many megabytes; ends with the value.
#[cfg(target_os = "linux")]
pub struct SmallDisk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl SmallDisk {
    /// With nothing on it; `None` where this process may not mount.
    pub fn empty(megabytes: u32) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(place.path())
            .output();
        mounted.ok().filter(|done| done.status.success())?;
        Some(Self(place))
    }

    /// Where it is.
    pub fn path(&self) -> &std::path::Path {
        self.0.path()
    }

    /// Lets nobody write on it.
    pub fn lock(&self) {
        let locked = std::process::Command::new("mount").args(["-o", "remount,ro"]).arg(self.path()).status();
        assert!(locked.unwrap().success());
    }

    /// Around a copy of the clinic's folder.
    fn around(clinic: &Clinic, megabytes: u32) -> Option<Self> {
        let disk = Self::empty(megabytes)?;
        let from = clinic.folder().join(".");
        let copied =
            std::process::Command::new("cp").arg("-r").arg(from).arg(disk.0.path()).status().unwrap();
        assert!(copied.success());
        Some(disk)
    }

    /// Leaves so many bytes free.
    pub fn fill(&self, left: u64) {
        let filler = self.0.path().join("filler");
        drop(fs::remove_file(&filler));
        let mut file = fs::File::create(filler).unwrap();
        let block = [1; 4096];
        while std::io::Write::write_all(&mut file, &block).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length.saturating_sub(left)).unwrap();
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(std::process::Command::new("umount").arg("--lazy").arg(self.0.path()).status());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_people_sign_in_and_read_and_nothing_new_is_begun() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    clinic.ok("sign_out", json!({}));
    clinic.stop();
    let Some(disk) = SmallDisk::around(&clinic, 16) else { return };
    let world = || app::World { folder: disk.0.path().to_owned(), ..clinic.world() };
    disk.fill(0);
    let sign_in = json!({"who": "nurse", "password": password(Role::Nurse)}).to_string();
    let wrong = json!({"who": "nurse", "password": "not the password at all"}).to_string();
    for _ in 0..5 {
        let mut desk = Desk::take(world()).unwrap();
        let mut call = |name: &str, input: &str| app::call(&mut desk, app::Window::Main, name, input);
        assert_eq!(call("sign_in", &wrong).unwrap_err().code, Code::NotRecognised);
        call("sign_in", &sign_in).unwrap();
        let of = json!({"patient": patient}).to_string();
        assert!(call("banner", &of).unwrap().contains("Salonga"));
        let status: serde_json::Value = serde_json::from_str(&call("status", "{}").unwrap()).unwrap();
        assert_eq!(status["disk_short"], true);
        let new = json!({"details": {"given": "Ana", "family": "Lim"}}).to_string();
        assert_eq!(call("register_patient", &new).unwrap_err().code, Code::DiskFull);
        call("lock", "{}").unwrap();
        call("sign_out", "{}").unwrap();
    }
    // Without the reserve nothing can note that somebody leaves: the desk is closed all the same.
    let mut desk = Desk::take(world()).unwrap();
    let mut call = |name: &str, input: &str| app::call(&mut desk, app::Window::Main, name, input);
    call("sign_in", &sign_in).unwrap();
    drop(fs::remove_file(disk.0.path().join("reserve")));
    disk.fill(0);
    let unnoted = call("sign_out", "{}").unwrap_err();
    assert!(
        unnoted.code == Code::DiskFull && app::commands::closes("sign_out", Some(&unnoted)),
        "{unnoted:?}"
    );
    let nobody = call("session", "{}").unwrap_err();
    assert!(
        nobody.code == Code::NotSignedIn && !app::commands::closes("sign_out", Some(&nobody)),
        "{nobody:?}"
    );
    drop(desk);
    fs::remove_file(disk.0.path().join("filler")).unwrap();
    let mut desk = Desk::take(world()).unwrap();
    app::call(&mut desk, app::Window::Main, "sign_in", &sign_in).unwrap();
    let new = json!({"details": {"given": "Ana", "family": "Lim"}}).to_string();
    app::call(&mut desk, app::Window::Main, "register_patient", &new).unwrap();
    assert!(disk.0.path().join("reserve").is_file(), "the reserve is there for the next time");
}
