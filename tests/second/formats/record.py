"""What fields of a record hold: docs/formats/fold.md."""

import re
import unicodedata
import uuid
from datetime import datetime

from .code import last_day

LONGEST = 20_000
ENTRY = "[A-Za-z0-9._:-]{1,64}"
CODING = {"system": "text", "code": "text", "display": "text"}
QUANTITY = {"value": "decimal", "unit": "text", "system": "text", "code": "text"}


def field_of(kind, path):
    """The field that a path leads to and what it holds there; None where there is none."""
    name, *parts = path.split("/")
    field = kind["fields"].get(name)
    if field is None:
        return None
    holds = field["holds"]
    if isinstance(holds, dict) and "entries" in holds:
        if len(parts) == 2 and re.fullmatch(ENTRY, parts[0]) and parts[1] in holds["entries"]:
            return field, holds["entries"][parts[1]]
        return None
    return None if parts else (field, holds)


def moves(kind, path):
    """Whether a path goes on after signing: a state, or the reason of one."""
    states = {name for name, field in kind["fields"].items() if field["class"] == "state"}
    return field_of(kind, path) is not None and (path in states or path.removesuffix("_reason") in states)


def accepts(holds, value):
    """Whether a field of this type may hold a value; nothing at all it always may."""
    if value is None:
        return True
    if isinstance(holds, dict):
        return isinstance(value, str) and value in holds.get("choice", ())
    return TYPES[holds](value)


def plain(value):
    control = lambda sign: unicodedata.category(sign) == "Cc" and sign not in "\n\t"
    return isinstance(value, str) and len(value) <= LONGEST and not any(map(control, value))


def decimal(value):
    number = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?"
    return isinstance(value, str) and len(value) <= 64 and re.fullmatch(number, value) is not None


def instant(value):
    form = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"
    if not isinstance(value, str) or not re.fullmatch(form, value):
        return False
    try:
        datetime.fromisoformat(re.sub(r"\.[0-9]+", "", value))
    except ValueError:
        return False
    return True


def record_id(value):
    try:
        return isinstance(value, str) and bool(uuid.UUID(value))
    except ValueError:
        return False


def members(value, allowed, needed=()):
    return (
        isinstance(value, dict)
        and all(name in allowed and accepts(allowed[name], member) for name, member in value.items())
        and all(name in value for name in needed)
    )


TYPES = {
    "text": plain,
    "bool": lambda value: isinstance(value, bool),
    "int": lambda value: type(value) is int,
    "decimal": decimal,
    "date": lambda value: isinstance(value, str) and last_day(value) is not None,
    "instant": instant,
    "record": record_id,
    "hex": lambda value: isinstance(value, str) and re.fullmatch("([0-9a-f]{2})*", value) is not None,
    "words": lambda value: isinstance(value, list) and all(map(plain, value)),
    "coding": lambda value: members(value, CODING),
    "quantity": lambda value: members(value, QUANTITY, ["value"]),
}
