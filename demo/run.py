"""The demonstration: `run.py` opens the window on it, `run.py --check` does a day by itself."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import registrar
from clinic import PASSWORD, found, must, people, step
from day import Day, last_line
from programs import BIN, ROOT, Failed, Server

FOLDER = ROOT / "target" / "demo"


# A day by itself has other things to do than to register a whole school.
STUDENTS, STUDENTS_OF_A_DAY = 2_000, 200


def enrol_students(folder, desk, count):
    """The registrar's list, twice: the second time everybody is known."""
    registrar.write(folder / "students.csv", count)
    words = ["import", "list", folder / "students.csv", "--school-year", "2026-2027", "--term", "1st semester"]
    for outcome in ("new", "returning"):
        told = desk.run(*words, *(["--dry-run"] if outcome == "returning" else []))
        counts = {row["outcome"]: row["all"] for row in told["counts"]}
        must(counts == {outcome: count}, f"The list comes to {counts}, and {told['bad']}.")


def prepare(folder, server, students):
    desk = step("the clinic and its people", found, folder, server)
    step("the registrar's list", enrol_students, folder, desk, students)
    imported = step("the bundles", desk.run, "import", "fhir", ROOT / "demo" / "bundles")
    (folder / "import.json").write_text(json.dumps(imported, indent=1))
    return desk, imported


def open_window(desk):
    print("\nSign in with any of these names:\n")
    for person in people():
        print(f"  {person['sign_in']:<8} {person.get('title', ''):<6}{person['name']:<20} {person['role'].replace('_', ' ')}")
    print(f"\nThe password of each is: {PASSWORD}\nThe demonstration ends when its window is closed.\n", flush=True)
    words = [BIN / "clinicdesk", "--data", desk.folder]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no display: the window opens in Xvfb, unseen. Ctrl C ends it.", flush=True)
        words = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", *words]
    return subprocess.run(words, check=False).returncode


def main():
    began = time.monotonic()
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        print("script/demo [--check]", file=sys.stderr)
        return 2
    os.environ["RUST_BACKTRACE"] = "0"
    # A request to end ends the programs that were started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    server = None
    try:
        server = Server(FOLDER)
        desk, imported = prepare(FOLDER, server, STUDENTS_OF_A_DAY if check else STUDENTS)
        if not check:
            step("sync", desk.run, "sync")
            return open_window(desk)
        account = Day(FOLDER, desk, server, imported).run()
        last_line({**account, "seconds": round(time.monotonic() - began, 1)})
        return 0
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        if server:
            server.end()


sys.exit(main())
