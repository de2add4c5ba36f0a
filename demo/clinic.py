"""The demonstration clinic: founded, staffed and filled by the same commands that a terminal gives."""

import json
import os
import re
import subprocess
import sys
import time

from programs import BIN, ROOT, Failed

# Everybody's: it is printed for whoever looks at the demonstration.
PASSWORD = "quiet tram under nine lemons"
# What an administrator gives a new colleague; changed at once, as each of them would at the first sign-in.
FIRST_PASSWORD = "first words for a new colleague"

# A line of a recovery paper.
SECRET = re.compile(r"(?:[0-9A-Z]{5}-){2}[0-9A-Z]{5}")


class Refused(Failed):
    """The clinic refused: with which code."""

    def __init__(self, words, refusal):
        super().__init__(f"clinicctl {' '.join(words)} was refused: {json.dumps(refusal)}")
        self.code = refusal["code"]


class Desk:
    """One data folder, reached by `clinicctl`."""

    def __init__(self, folder, first_user):
        self.folder, self.first_user = folder, first_user

    def run(self, *words, user=None, password=PASSWORD, typed=None):
        """The JSON that `clinicctl` answers for this person."""
        words = [str(word) for word in words]
        said = subprocess.run(
            [BIN / "clinicctl", "--data", self.folder, "--user", user or self.first_user, "--json", *words],
            env={**os.environ, "CLINICDESK_PASSWORD": password, "CLINICDESK_FIRST_PASSWORD": FIRST_PASSWORD},
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

    def call(self, command, details=None, user=None, password=PASSWORD):
        """What a command answers."""
        return self.run("call", command, "-", user=user, password=password, typed=json.dumps(details or {}))


def people():
    """The invented people, the administrator who founds the clinic first."""
    return json.loads((ROOT / "demo" / "people.json").read_text())


def found(folder, server):
    """Founds the clinic in `folder` with its people and attaches it to the server."""
    founder, *others = people()
    desk = Desk(folder / "desk", founder["sign_in"])
    sheet = folder / "recovery.txt"
    set_up = ["setup", "--clinic", "University Clinic", "--site", "Main Campus", "--site-code", "MAIN"]
    told = desk.run(
        *set_up, "--time-zone", "Asia/Manila", "--name", founder["name"], "--sign-in", founder["sign_in"], "--sheet", sheet
    )
    desk.call("confirm_sheet", {"characters": read_back(sheet, told["asked"])})
    for person in others:
        words = [f"--{key.replace('_', '-')}={value}" for key, value in person.items()]
        if "licence" in person:
            words.append("--licence-until=2031-12-31")
        desk.run("user", "add", *words)
        desk.call(
            "change_password",
            {"old": FIRST_PASSWORD, "new": PASSWORD},
            user=person["sign_in"],
            password=FIRST_PASSWORD,
        )
    desk.run("attach", "--server", server.url, "--code", server.claim_code())
    return desk


def read_back(sheet, asked):
    """The characters that are asked of the printed sheet."""
    secret = [line.replace("-", "") for line in SECRET.findall(sheet.read_text())]
    return "".join(secret[place["line"] - 1][place["character"] - 1] for place in asked)


def step(name, act, *words, **named):
    """One step of the day: a line when it is done, and the seconds that it took."""
    began = time.monotonic()
    answer = act(*words, **named)
    print(f"{name:<44} {time.monotonic() - began:5.1f} s", file=sys.stderr, flush=True)
    return answer
