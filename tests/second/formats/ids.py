"""Identifiers and the clock: docs/formats/op.md."""

import hashlib
import uuid

NAMESPACE = uuid.UUID("5f0c7a3e-2d51-5b0e-9d0e-c11a1cde5c01")
LAST_MILLISECOND = 2**47 - 1


def derived(name):
    """The UUID version 5 (RFC 9562) of a name, 16 bytes."""
    return uuid.uuid5(NAMESPACE, name).bytes if isinstance(name, str) else _of_bytes(name)


def _of_bytes(name):
    digest = bytearray(hashlib.sha1(NAMESPACE.bytes + name).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return bytes(digest)


def timed(milliseconds, random):
    """A UUID version 7 (RFC 9562) of a time and ten random bytes, 16 bytes."""
    made = bytearray(milliseconds.to_bytes(6, "big") + random)
    made[6] = made[6] & 0x0F | 0x70
    made[8] = made[8] & 0x3F | 0x80
    return bytes(made)


def show(identifier):
    """An identifier as text."""
    return str(uuid.UUID(bytes=identifier))


def show_op(op):
    """An op's id as text."""
    incarnation, scope, seq = op
    return f"{show(incarnation)}/{show(scope)}/{seq}"


def sha256(*parts):
    """SHA-256 over parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def at(milliseconds):
    """The first stamp of a millisecond."""
    return min(milliseconds, LAST_MILLISECOND) << 16


def tick(previous, now):
    """The stamp of the next event after `previous`, at `now` in milliseconds."""
    return max(previous + 1, at(now))
