"""The vector files: what they hold, as text."""

import json
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "vectors"
FILES = {
    "audit": "audit", "cbor": "cbor", "certificate-code": "code", "fold": "fold", "keys": "keys", "log": "log",
    "marks": "marks", "op": "op", "seal": "seal", "session": "session", "stream": "stream",
    "sync": "sync",
}


def content(name):
    """What the file should hold: JSON, one line for each item of a list."""
    made = import_module(f"vectors.{FILES[name]}").make()
    parts = []
    for part, items in made.items():
        if isinstance(items, list):
            lines = ",\n".join(f"  {dense(item)}" for item in items)
            parts.append(f" {json.dumps(part)}: [\n{lines}\n ]")
        else:
            parts.append(f" {json.dumps(part)}: {dense(items)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def dense(item):
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def load(name):
    """What the file holds."""
    return json.loads((FOLDER / f"{name}.json").read_text())
