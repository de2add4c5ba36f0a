"""A day of the clinic by itself, each step as the person whose work it is; what differs ends it."""

import json
import os
import shutil
import subprocess

import care
import keeping
import paper
from clinic import PASSWORD, Desk, must, people, step
from programs import BIN, ROOT


class Day:
    """The clinic in `folder`, its server, and what the day leaves behind in `kept`."""

    def __init__(self, folder, desk, server, imported):
        self.desk, self.server, self.imported = desk, server, imported
        self.folder, self.kept = folder, folder / "day"
        self.kept.mkdir()
        self.pictures = []

    def register(self):
        """The front desk registers somebody; typing the name first shows that nobody alike is here."""
        details = {
            "family": "Dimaculangan",
            "given": "Ligaya Pilar",
            "birth_date": "2004-02-29",
            "sex": "female",
            "category": "student",
            "identifiers": {"1": {"system": "student", "value": "2022-118-004"}},
        }
        alike = self.desk.call("similar_patients", {"details": details}, user="ben")
        must(alike["people"] == [], f"Somebody is said to be alike: {alike}")
        self.patient = self.desk.call("register_patient", {"details": details}, user="ben")["id"]
        # Misspelt, turned round and broken off.
        found = self.desk.run("find", "dimaculagan ligaya", user="ben")["people"]
        must([row["id"] for row in found[:1]] == [self.patient], "Who was registered is not found.")

    def visit(self):
        """Front desk, nurse and doctor see the person through a visit."""
        self.visited = care.visit(self.desk, self.patient)

    def queue(self):
        """A morning's people wait, are called, are moved on and leave."""
        self.queued = care.morning(self.desk)

    def slip(self):
        """A nurse signs the slip back to class."""
        self.slipped = care.slip(self.desk)

    def teeth(self):
        """A dentist charts the mouth and plans a filling."""
        self.mouth = care.teeth(self.desk, self.patient)

    def certify(self):
        """A certificate is issued and printed."""
        self.issued = care.certificate(self.desk, self.patient, self.visited)
        self.pdf, self.key = care.on_paper(self.desk, self.issued, self.kept)

    def import_again(self):
        """Taking the same files in again, and looking at them only, writes nothing."""
        for words in (["--dry-run"], []):
            again = self.desk.run("import", "fhir", ROOT / "demo" / "bundles", *words)
            must(again["records"] == 0, f"A second import would write {again['records']} records.")
            # What the first import wrote is known to the second.
            known = {
                kind: account | {"stored": 0, "known": account["known"] + account["stored"]}
                for kind, account in self.imported["by_type"].items()
            }
            must(again["by_type"] == known, "A second import accounts for other resources.")

    def sync(self):
        """What was written here reaches the server, all of it."""
        self.synced = self.desk.run("sync")
        status = self.desk.call("status")
        must(status["waiting"] == 0, f"{status['waiting']} ops still wait after a sync.")
        must(self.synced["received"] > 0, "The server has nothing of this workstation.")
        self.status = status

    def enrol(self):
        """A second workstation joins by a code that the administrator reads out."""
        code = self.desk.call("enrolment_code", {"name": "Room 2"})
        self.second = Desk(self.folder / "second", self.desk.first_user)
        self.second.run("enrol", "--server", self.server.url, "--code", " ".join(code["lines"]))
        # The new workstation's own record goes the other way.
        self.desk.run("sync")
        self.second_status = self.second.call("status")
        here, there = self.status["patients"], self.second_status["patients"]
        must(here == there, f"{here} patients here, {there} at the second workstation.")

    def compare(self):
        """The second workstation shows the same charts, to the doctor who signs in there."""
        for patient in [self.patient, *self.imported_patients()]:
            of = {"patient": patient}
            for command, details in (("chart", of), ("timeline", first_page(patient)), ("vital_signs", of), ("certificates_of", of)):
                here, there = (
                    without_places(desk.call(command, details, user="maria")) for desk in (self.desk, self.second)
                )
                must(here == there, f"{command} of {patient} differs at the second workstation.")

    def imported_patients(self):
        rows = self.desk.call("recent_patients", user="maria")["people"]
        return [row["id"] for row in rows if row["id"] != self.patient][:1]

    def scan(self):
        """A scan filed here is opened at the second workstation."""
        self.scanned = keeping.scan(self.desk, self.patient, self.second)

    def back_up(self):
        """Everything on a stick, read back and tried out."""
        self.backups = keeping.backup(self.desk)

    def verify(self):
        """The paper is genuine to everybody who asks."""
        self.verified = paper.verify(
            self.desk, self.second, self.server, self.issued["number"], self.pdf, self.key
        )

    def check(self):
        """Both workstations find themselves whole."""
        for desk in (self.desk, self.second):
            desk.run("rebuild", "--check")
            desk.run("audit", "verify")
            desk.run("doctor")

    def look(self):
        """The real windows of both workstations, photographed."""
        doctor = next(person for person in people() if person["sign_in"] == "maria")
        for desk, before in ((self.desk, "first-"), (self.second, "second-")):
            words = ["--data", desk.folder, "--out", self.kept, "--before", before]
            words += ["--name", f"{doctor['title']} {doctor['name']}"]
            words += ["--patient", "ligaya dimaculangan", "--patient", "gustavo mejia"]
            walked = subprocess.run(
                [BIN / "walk", *words],
                env={**os.environ, "CLINICDESK_PASSWORD": PASSWORD},
                capture_output=True,
                text=True,
                check=False,
            )
            must(walked.returncode == 0, f"The window of {before.strip('-')}: {walked.stderr}")
            self.pictures += walked.stdout.split()

    def run(self):
        """The whole day; what its last line says."""
        for name, act in (
            ("the front desk registers a person", self.register),
            ("a visit, vital signs, a signed note", self.visit),
            ("a morning's queue", self.queue),
            ("a slip back to class, signed by a nurse", self.slip),
            ("a mouth, charted by a dentist", self.teeth),
            ("a certificate, issued and printed", self.certify),
            ("the same bundles once more", self.import_again),
            ("sync", self.sync),
            ("a second workstation", self.enrol),
            ("the same charts at both", self.compare),
            ("a scan, opened at the second", self.scan),
            ("a backup on a stick, tried out", self.back_up),
            ("the paper verified", self.verify),
            ("tables, trail and store of both", self.check),
            ("the windows of both", self.look),
        ):
            step(name, act)
        shutil.copy(self.folder / "import.json", self.kept)
        observations = self.imported["by_type"]["Observation"]
        return {
            "patients": self.status["patients"],
            "queue": self.queued,
            "observations": observations["stored"],
            "slip_number": self.slipped,
            "mouth": self.mouth,
            "scan": self.scanned,
            "certificate_pdf": relative(self.pdf),
            "certificate_number": self.issued["number"],
            "verified": self.verified,
            "issuing_key": relative(self.key),
            "ops_synced": self.synced["received"],
            "second_workstation_patients": self.second_status["patients"],
            "screenshots": [relative(picture) for picture in self.pictures],
        }


def first_page(patient):
    return {"patient": patient, "kinds": [], "before": None}


def relative(path):
    return str(os.path.relpath(path, ROOT))


def without_places(answer):
    """An answer without the version tokens, which are places in a workstation's own log."""
    if isinstance(answer, dict):
        return {key: without_places(value) for key, value in answer.items() if key != "version"}
    if isinstance(answer, list):
        return [without_places(value) for value in answer]
    return answer


def last_line(account):
    print(json.dumps(account, ensure_ascii=False), flush=True)
