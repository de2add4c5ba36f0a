"""Ed25519 signatures over messages that say what they are: docs/formats/log.md."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .ids import sha256
from .wire import Malformed, Maybe, Message, data, digest, raw, u64, uid, word

Parts = Message(message=data, signer=raw(8), signature=raw(64))
Head = Message(
    v=u64, clinic=uid, incarnation=uid, scope=Maybe(uid), kind=word("ops", "audit"), size=u64,
    root=digest, hlc=u64,
)
HEAD = "clinicdesk/head/1"


class Refused(ValueError):
    """Not signed as this by this key; says why in one word."""


def public(seed):
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def key_id(key):
    return sha256(key)[:8]


def sign_as(seed, sort, message):
    return Ed25519PrivateKey.from_private_bytes(seed).sign(sort.encode() + b"\x00" + message)


def verify_as(key, sort, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, sort.encode() + b"\x00" + message)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign(seed, sort, message):
    """The signed message of a message's bytes."""
    parts = {"message": message, "signer": key_id(public(seed)), "signature": sign_as(seed, sort, message)}
    return Parts.encode(parts)


def open_signed(key, sort, shape, encoded):
    """The message, if the owner of `key` signed it as one of `sort`."""
    try:
        parts = Parts.decode(encoded)
    except Malformed as error:
        raise Refused("bytes") from error
    if parts["signer"] != key_id(key):
        raise Refused("signer")
    if not verify_as(key, sort, parts["message"], parts["signature"]):
        raise Refused("signature")
    try:
        return shape.decode(parts["message"])
    except Malformed as error:
        raise Refused("bytes") from error
