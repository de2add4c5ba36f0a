"""Files in chunks, and their names."""

from formats.ids import sha256
from formats.stream import CHUNK, name, seal, unseal

SHORT = [0, 1, 100]
LONG = [CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5]


def make():
    key = sha256(b"a store key")
    return {
        "key": key.hex(),
        "names": [named(key, sha256(text)) for text in (b"a scan", b"an X-ray")],
        "streams": [stream(key, size) for size in SHORT + LONG],
    }


def named(key, digest):
    return {"sha256": digest.hex(), "name": name(key, digest).hex()}


def stream(key, size):
    salt = sha256(b"salt", size.to_bytes(8, "big"))
    plain = bytes(at % 251 for at in range(size))
    chunks = seal(key, salt, plain)
    assert unseal(key, salt, chunks) == plain
    case = {"salt": salt.hex(), "size": size}
    if size in SHORT:
        return case | {"sealed": b"".join(chunks).hex()}
    return case | {"chunks": [sha256(chunk).hex() for chunk in chunks]}
