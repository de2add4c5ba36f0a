"""Sealed bytes: docs/formats/seal.md."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from . import cbor, hpke
from .wire import Malformed, Message, data, raw, text, u64

Sealed = Message(v=u64, kind=text, nonce=raw(12), text=data)
SealedTo = Message(v=u64, kind=text, enc=raw(32), text=data)


class NotOpened(ValueError):
    """Another key, another thing, or damage."""


def derive(secret, purpose):
    """The key for one purpose under a secret (HKDF-SHA256, RFC 5869)."""
    return hpke.expand(hpke.extract(b"", secret), b"clinicdesk/1/" + purpose.encode(), 32)


def about(kind, ids, epoch):
    return cbor.encode({"kind": kind, "ids": ids, "epoch": epoch})


def seal(entropy, key, kind, ids, epoch, plain):
    nonce = entropy.take(12)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, plain, about(kind, ids, epoch))
    return Sealed.encode({"v": 1, "kind": kind, "nonce": nonce, "text": sealed})


def unseal(key, kind, ids, epoch, encoded):
    sealed = _parse(Sealed, kind, encoded)
    try:
        return ChaCha20Poly1305(key).decrypt(sealed["nonce"], sealed["text"], about(kind, ids, epoch))
    except InvalidTag as error:
        raise NotOpened from error


def seal_to(entropy, recipient, kind, ids, epoch, plain):
    enc, sealed = hpke.seal(entropy.take(32), recipient, about(kind, ids, epoch), b"", plain)
    return SealedTo.encode({"v": 1, "kind": kind, "enc": enc, "text": sealed})


def unseal_with(private, kind, ids, epoch, encoded):
    sealed = _parse(SealedTo, kind, encoded)
    try:
        return hpke.unseal(private, sealed["enc"], about(kind, ids, epoch), b"", sealed["text"])
    except (InvalidTag, ValueError) as error:
        raise NotOpened from error


def _parse(shape, kind, encoded):
    try:
        sealed = shape.decode(encoded)
    except Malformed as error:
        raise NotOpened from error
    if sealed["v"] != 1 or sealed["kind"] != kind:
        raise NotOpened
    return sealed
