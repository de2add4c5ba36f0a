"""The demonstration clinic, worked with by the commands that a terminal gives."""

import json
import os
import subprocess
import sys
import time

from programs import BIN, ROOT, Failed

# Everybody's, as `tests/src/demo.rs` has it: it is printed for whoever looks at the demonstration.
PASSWORD = "quiet tram under nine lemons"


class Refused(Failed):
    """The clinic refused: with which code."""

    def __init__(self, words, refusal):
        super().__init__(f"clinicctl {' '.join(words)} was refused: {json.dumps(refusal)}")
        self.code = refusal["code"]


def clinicctl(*words, environment=None, typed=None):
    """The JSON that `clinicctl` answers."""
    words = [str(word) for word in words]
    said = subprocess.run(
        [BIN / "clinicctl", "--json", *words],
        env={**os.environ, **(environment or {})},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode == 1:
        raise Refused(words, json.loads(said.stderr.splitlines()[-1]))
    if said.returncode != 0:
        raise Failed(f"clinicctl {' '.join(words)}: {said.stderr}")
    return json.loads(said.stdout) if said.stdout.strip() else None


class Desk:
    """One data folder, reached by `clinicctl`."""

    def __init__(self, folder, first_user):
        self.folder, self.first_user = folder, first_user
        # Where the spooler is, once there is one.
        self.environment = {}

    def run(self, *words, user=None, typed=None):
        """What it answers to this person."""
        signed_in = ["--data", self.folder, "--user", user or self.first_user]
        environment = {**self.environment, "CLINICDESK_PASSWORD": PASSWORD}
        return clinicctl(*signed_in, *words, environment=environment, typed=typed)

    def call(self, command, details=None, user=None):
        """What a command answers."""
        return self.run("call", command, "-", user=user, typed=json.dumps(details or {}))


def people():
    """The invented people, the administrator who founds the clinic first."""
    return json.loads((ROOT / "demo" / "people.json").read_text())


def found(folder, server):
    """Founds the clinic in `folder` with its people and attaches it to the server."""
    made = subprocess.run([BIN / "found", folder / "desk"], capture_output=True, text=True, check=False)
    must(made.returncode == 0, f"The clinic could not be founded: {made.stderr}")
    desk = Desk(folder / "desk", people()[0]["sign_in"])
    desk.run("attach", "--server", server.url, "--code", server.claim_code())
    return desk


def must(holds, sentence):
    """The day ends where something is not as it should be."""
    if not holds:
        raise Failed(sentence)


def step(name, act, *words, **named):
    """One step of the day: a line when it is done, and the seconds that it took."""
    began = time.monotonic()
    answer = act(*words, **named)
    print(f"{name:<44} {time.monotonic() - began:5.1f} s", file=sys.stderr, flush=True)
    return answer
