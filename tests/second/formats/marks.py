"""What lies beside a store: docs/formats/marks.md."""

from .wire import Maybe, Message, data, digest, each, u64, uid

Mark = Message(scope=Maybe(uid), size=u64, root=digest)
Marks = Message(v=u64, clinic=uid, incarnation=uid, number=u64, logs=each(Mark), position=u64)
Last = Message(v=u64, entry=Maybe(data), session=Maybe(data), trail=Maybe(data), detail=Maybe(data))
MARKS = "clinicdesk/marks/1"


def copy(content, sha256):
    """A copy as it lies on the disk."""
    return sha256(content) + content


def frames(bodies):
    """A file of the last entries, after its generation."""
    return b"".join(len(body).to_bytes(4, "big") + body for body in bodies)
