//! Whether this machine says that it is to be spared: it runs on a battery that is low, or over a line that is paid for by
//! what goes over it. Where it says nothing it is not.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::patience::within;

/// A battery with so many per cent or less is low.
const LOW: u64 = 20;
/// Nobody waits longer for the word of the network's manager.
const A_WORD: Duration = Duration::from_secs(3);

/// Whether this machine is to be spared now.
#[must_use]
pub(crate) fn here() -> bool {
    is_low(Path::new("/sys/class/power_supply")) || within("network", A_WORD, metered).unwrap_or(false)
}

/// Whether a battery of the machine itself is low and gives power, as the kernel says in `supplies`.
fn is_low(supplies: &Path) -> bool {
    let said = |supply: &Path, what: &str| fs::read_to_string(supply.join(what)).unwrap_or_default();
    let supplies = fs::read_dir(supplies).into_iter().flatten().flatten().map(|entry| entry.path());
    supplies.into_iter().any(|supply| {
        let low = said(&supply, "capacity").trim().parse::<u64>().is_ok_and(|left| left <= LOW);
        // Mice and keyboards have batteries of their own.
        let own = said(&supply, "type").trim() == "Battery" && said(&supply, "scope").trim() != "Device";
        own && low && said(&supply, "status").trim() == "Discharging"
    })
}

/// Whether a line in use is paid for by what goes over it, as NetworkManager knows or guesses.
fn metered() -> bool {
    let asked = Command::new("nmcli").args(["-g", "GENERAL.METERED", "device", "show"]).output();
    asked.is_ok_and(|told| is_metered(&String::from_utf8_lossy(&told.stdout)))
}

/// `yes` or `yes (guessed)` of any device.
fn is_metered(told: &str) -> bool {
    told.lines().any(|line| line.trim().starts_with("yes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_low_battery_that_gives_power_is_spared_and_no_other() {
        let supplies = std::env::temp_dir().join(format!("clinicdesk-supplies-{}", std::process::id()));
        let told = |scope: &str, status: &str, capacity: &str| {
            let supply = supplies.join("BAT0");
            fs::create_dir_all(&supply).unwrap();
            let files = [("type", "Battery"), ("scope", scope), ("status", status), ("capacity", capacity)];
            files.iter().for_each(|(name, text)| fs::write(supply.join(name), format!("{text}\n")).unwrap());
            is_low(&supplies)
        };
        assert!(told("System", "Discharging", "20"));
        assert!(!told("System", "Discharging", "21"));
        assert!(!told("System", "Charging", "5"));
        assert!(!told("Device", "Discharging", "5"), "a mouse");
        fs::remove_dir_all(&supplies).unwrap();
        assert!(!is_low(&supplies), "nothing is said");
    }

    #[test]
    fn a_line_is_metered_where_the_manager_says_or_guesses_so() {
        assert!(is_metered("no\nyes (guessed)\n"));
        assert!(is_metered("yes\n"));
        for told in ["", "no (guessed)\nunknown\n", "Error: NetworkManager is not running.\n"] {
            assert!(!is_metered(told), "{told}");
        }
    }
}
