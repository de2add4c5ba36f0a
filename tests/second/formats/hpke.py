"""HPKE base mode, single shot (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305."""

import hmac
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEM = b"KEM" + (0x0020).to_bytes(2, "big")
SUITE = b"HPKE" + b"".join(code.to_bytes(2, "big") for code in (0x0020, 0x0001, 0x0003))


def extract(salt, material):
    return hmac.digest(salt, material, sha256)


def expand(key, info, length):
    made, block = b"", b""
    for count in range(1, -(-length // 32) + 1):
        block = hmac.digest(key, block + info + bytes([count]), sha256)
        made += block
    return made[:length]


def labeled_extract(suite, salt, label, material):
    return extract(salt, b"HPKE-v1" + suite + label + material)


def labeled_expand(suite, key, label, info, length):
    return expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


def derive_private(material):
    """DeriveKeyPair (7.1.3): the private key of 32 random bytes."""
    return labeled_expand(KEM, labeled_extract(KEM, b"", b"dkp_prk", material), b"sk", b"", 32)


def public(private):
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def agree(private, peer):
    """The shared point; ValueError where it is nothing."""
    return X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(peer))


def shared_secret(point, enc, recipient):
    """ExtractAndExpand (4.1)."""
    key = labeled_extract(KEM, b"", b"eae_prk", point)
    return labeled_expand(KEM, key, b"shared_secret", enc + recipient, 32)


def key_and_nonce(shared, info):
    """KeySchedule (5.1) in base mode for the first message."""
    context = b"\x00" + labeled_extract(SUITE, b"", b"psk_id_hash", b"")
    context += labeled_extract(SUITE, b"", b"info_hash", info)
    secret = labeled_extract(SUITE, shared, b"secret", b"")
    return (
        labeled_expand(SUITE, secret, b"key", context, 32),
        labeled_expand(SUITE, secret, b"base_nonce", context, 12),
    )


def seal(material, recipient, info, aad, plain):
    """The encapsulated key and the cipher text; `material` is 32 random bytes."""
    ephemeral = derive_private(material)
    enc = public(ephemeral)
    key, nonce = key_and_nonce(shared_secret(agree(ephemeral, recipient), enc, recipient), info)
    return enc, ChaCha20Poly1305(key).encrypt(nonce, plain, aad)


def unseal(private, enc, info, aad, text):
    """The plain text; InvalidTag or ValueError where it does not open."""
    shared = shared_secret(agree(private, enc), enc, public(private))
    key, nonce = key_and_nonce(shared, info)
    return ChaCha20Poly1305(key).decrypt(nonce, text, aad)
