"""The programs of the workspace: built beside each other, started with what they need, ended with this process."""

import json
import os
import pathlib
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
BIN = ROOT / "target" / os.environ.get("CLINICDESK_DEMO_PROFILE", "debug")


class Failed(Exception):
    """What went wrong, in a sentence for the person at the terminal."""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Running:
    """A program that goes on until it is ended, with its output in a log."""

    def __init__(self, name, words, log, environment=None, folder=None):
        self.name, self.log = name, log
        with open(log, "wb") as out:
            self.process = subprocess.Popen(
                [str(word) for word in words],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                cwd=folder or ROOT,
                start_new_session=True,
            )

    def wait_for(self, look, seconds=60):
        """Until `look` answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise Failed(f"{self.name} did not start:\n{self.log.read_text(errors='replace')}")

    def end(self):
        if self.process.poll() is None:
            # Its whole session: what it started ends with it.
            for how in (signal.SIGINT, signal.SIGKILL):
                try:
                    os.killpg(self.process.pid, how)
                    self.process.wait(timeout=10)
                    return
                except ProcessLookupError:
                    return
                except subprocess.TimeoutExpired:
                    continue


class Server:
    """The central server over a PostgreSQL of its own."""

    def __init__(self, folder):
        self.running = []
        log = folder / "database.log"
        database = self.start("PostgreSQL", [BIN / "database"], log)
        url = database.wait_for(lambda: next(iter(log.read_text().splitlines()), None))
        port = free_port()
        # The bytes of files lie here, sealed.
        media = folder.resolve() / "media"
        media.mkdir()
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {
            "CLINICDESK_DATABASE_URL": url,
            "CLINICDESK_LISTEN": f"127.0.0.1:{port}",
            "CLINICDESK_MEDIA": str(media),
            "CLINICDESK_MEDIA_KEY": secrets.token_hex(32),
        }
        serving = self.start("The server", [BIN / "clinicdesk-server", "serve"], folder / "server.log", self.environment)
        serving.wait_for(self.is_healthy)

    def start(self, name, words, log, environment=None):
        running = Running(name, words, log, environment)
        self.running.append(running)
        return running

    def is_healthy(self):
        try:
            with urllib.request.urlopen(f"{self.url}/api/utils/health/quick/", timeout=5) as answer:
                return json.load(answer)["status"] == "ok"
        except (urllib.error.URLError, OSError):
            return False

    def claim_code(self):
        """The code with which a clinic takes possession of it."""
        said = subprocess.run(
            [BIN / "clinicdesk-server", "claim-code"],
            env={**os.environ, **self.environment, "CLINICDESK_LOG": "error"},
            capture_output=True,
            text=True,
            check=False,
        )
        if said.returncode != 0:
            raise Failed(f"The server gave no code: {said.stderr}")
        return said.stdout.strip()

    def end(self):
        for running in reversed(self.running):
            running.end()
