"""Files in chunks: docs/formats/stream.md."""

import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from . import hpke
from .seal import NotOpened, derive

CHUNK = 65_536
TAG = 16


def name(store_key, digest):
    """Under which name the file with this digest lies."""
    return hmac.digest(derive(derive(store_key, "files"), "name"), digest, "sha256")


def seal(store_key, salt, plain):
    """The sealed chunks of a file."""
    cipher = _cipher(store_key, salt)
    chunks = [plain[at : at + CHUNK] for at in range(0, len(plain), CHUNK)] or [b""]
    return [cipher.encrypt(_nonce(number, len(chunks)), chunk, None) for number, chunk in enumerate(chunks)]


def unseal(store_key, salt, chunks):
    cipher = _cipher(store_key, salt)
    try:
        opened = [cipher.decrypt(_nonce(number, len(chunks)), chunk, None) for number, chunk in enumerate(chunks)]
    except InvalidTag as error:
        raise NotOpened from error
    return b"".join(opened)


def _cipher(store_key, salt):
    key = hpke.expand(hpke.extract(salt, derive(store_key, "files")), b"clinicdesk/1/stream", 32)
    return ChaCha20Poly1305(key)


def _nonce(number, count):
    return number.to_bytes(11, "big") + bytes([number + 1 == count])
