"""The audit log: docs/formats/audit.md."""

from . import merkle
from .ids import sha256
from .wire import Malformed, Maybe, Message, anything, digest, raw, text, u64, uid

AuditEntry = Message(
    v=u64, workstation=uid, seq=u64, hlc=u64, wall=text, session=Maybe(uid), user=Maybe(uid),
    role=Maybe(text), action=text, object=Maybe(uid), patient=Maybe(uid), outcome=text, reason=Maybe(text),
    digest=Maybe(digest),
)
Detail = Message(salt=raw(16), value=Maybe(anything))


def detail_digest(detail):
    return sha256(Detail.encode(detail))


def check(workstation, entries, checkpoints):
    """The root over all entries, or the first damage as a tuple: what, and where."""
    leaves, clock, whole = [], 0, 0
    ahead = list(checkpoints)
    for encoded in [None, *entries]:
        if encoded is not None:
            seq = len(leaves) + 1
            try:
                entry = AuditEntry.decode(encoded)
            except Malformed:
                return "entry", seq
            if (entry["workstation"], entry["seq"]) != (workstation, seq) or entry["hlc"] <= clock:
                return "entry", seq
            clock = entry["hlc"]
            leaves.append(merkle.leaf(encoded))
        while ahead and ahead[0][0] == len(leaves):
            size, root = ahead.pop(0)
            if merkle.root(leaves) != root:
                return "between", whole, size
            whole = size
    if ahead:
        return "short", ahead[0][0]
    return "whole", merkle.root(leaves)
