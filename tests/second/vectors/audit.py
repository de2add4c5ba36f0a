"""An audit log with checkpoints, and what is found when it is damaged."""

from formats import audit, merkle
from formats.entropy import Entropy
from formats.ids import at

from .tagged import DOCTOR, INCARNATION, PATIENT, SESSION, WORKSTATION, sample, tagged


def entries():
    entropy, made = Entropy(21), []
    for seq in range(1, 12):
        detail = {"salt": entropy.take(16), "value": {"command": "open_chart", "times": seq}}
        entry = {
            "v": 1, "workstation": INCARNATION, "seq": seq, "hlc": at(1_795_000_000_000) + seq,
            "wall": f"2026-11-22T10:31:{seq:02}+08:00", "action": "chart.read" if seq > 1 else "sign_in",
            "outcome": "refused" if seq == 1 else "done",
        }
        if seq > 1:
            entry |= {"session": SESSION, "user": DOCTOR, "role": "doctor", "object": PATIENT, "patient": PATIENT}
            entry |= {"digest": audit.detail_digest(detail)}
        if seq % 4 == 0:
            entry |= {"reason": "an emergency"}
        made.append((entry, detail))
    return made


def make():
    made = entries()
    log = [audit.AuditEntry.encode(entry) for entry, _ in made]
    leaves = list(map(merkle.leaf, log))
    points = [(size, merkle.root(leaves[:size])) for size in (0, 4, 4, 9)]
    salted = [detail for _, detail in made][:3] + [{"salt": bytes(16)}]
    return {
        "workstation": INCARNATION.hex(),
        "entries": [sample(audit.AuditEntry, "AuditEntry", entry) for entry, _ in made],
        "details": [
            sample(audit.Detail, "Detail", detail) | {"digest": audit.detail_digest(detail).hex()} for detail in salted
        ],
        "checkpoints": [{"size": size, "root": root.hex()} for size, root in points],
        "root": merkle.root(leaves).hex(),
        "damaged": damaged(log),
    }


def damaged(log):
    """Logs checked against the checkpoints above, and the first damage found."""
    other = lambda place, **change: audit.AuditEntry.encode(audit.AuditEntry.decode(log[place]) | change)
    changed = lambda place, **change: [*log[:place], other(place, **change), *log[place + 1 :]]
    cases = [
        ("the third is gone", ["entry", 3], [*log[:2], *log[3:]]),
        ("two change places", ["entry", 5], [*log[:4], log[5], log[4], *log[6:]]),
        ("one stands twice", ["entry", 3], [*log[:2], log[1], *log[2:]]),
        ("one is no entry", ["entry", 2], [log[0], b"\xff", *log[2:]]),
        ("one is another workstation's", ["entry", 7], changed(6, workstation=WORKSTATION)),
        ("the clock stands still", ["entry", 6], changed(5, hlc=at(1_795_000_000_000) + 5)),
        ("words of the second are changed", ["between", 0, 4], changed(1, action="patient.read")),
        ("words of the sixth are changed", ["between", 4, 9], changed(5, outcome="failed")),
        ("it is cut", ["short", 9], log[:7]),
        ("it is empty", ["short", 4], []),
    ]
    return [{"why": why, "damage": damage, "entries": [entry.hex() for entry in made]} for why, damage, made in cases]
