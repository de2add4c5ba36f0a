"""Bundles and slots: docs/formats/keys.md."""

import unicodedata

from argon2.low_level import Type, hash_secret_raw

from .seal import NotOpened, derive, seal, seal_to, unseal, unseal_with
from .wire import Malformed, Message, data, raw, text, u64

SealedBundle = Message(v=u64, epoch=u64, salt=raw(16), memory=u64, passes=u64, sealed=data)
Slot = Message(v=u64, kind=text, epoch=u64, sealed=data)
FLOOR = (64 * 1024, 3)
CEILING = (1024 * 1024, 64)


def stretch(password, salt, memory, passes):
    """The key of a password (Argon2id, RFC 9106): memory in KiB, one lane."""
    normal = unicodedata.normalize("NFKC", password).encode()
    return hash_secret_raw(normal, salt, passes, memory, 1, 32, Type.ID, 19)


def seal_bundle(entropy, password, cost, user, bundle):
    """`bundle` is the X25519 key, the Ed25519 seed, the second factor's seed or None, and the epoch."""
    sealing, signing, factor, epoch = bundle
    salt = entropy.take(16)
    key = derive(stretch(password, salt, *cost), "bundle")
    sealed = seal(entropy, key, "bundle", [user], epoch, sealing + signing + (factor or b""))
    memory, passes = cost
    return SealedBundle.encode(
        {"v": 1, "epoch": epoch, "salt": salt, "memory": memory, "passes": passes, "sealed": sealed}
    )


def open_bundle(password, encoded, user, floor=FLOOR):
    try:
        message = SealedBundle.decode(encoded)
    except Malformed as error:
        raise NotOpened from error
    cost = message["memory"], message["passes"]
    bounds = zip(floor, cost, CEILING)
    if message["v"] != 1 or not all(low <= number <= high for low, number, high in bounds):
        raise NotOpened
    key = derive(stretch(password, message["salt"], *cost), "bundle")
    plain = unseal(key, "bundle", [user], message["epoch"], message["sealed"])
    if len(plain) < 64:
        raise NotOpened
    return plain[:32], plain[32:64], plain[64:] or None, message["epoch"]


def _slot(kind, epoch, sealed):
    return Slot.encode({"v": 1, "kind": kind, "epoch": epoch, "sealed": sealed})


def _parse(kind, encoded):
    try:
        slot = Slot.decode(encoded)
    except Malformed as error:
        raise NotOpened from error
    if slot["v"] != 1 or slot["kind"] != kind:
        raise NotOpened
    return slot["epoch"], slot["sealed"]


def _contents(store, workstation, epoch):
    return store + workstation + epoch.to_bytes(8, "big")


def _take(plain, workstation, epoch):
    store = plain[:48]
    if plain != _contents(store, workstation, epoch) or len(store) != 48:
        raise NotOpened
    return store, epoch


def user_slot(entropy, device, recipient, user, workstation, store, epoch):
    ids = [user, workstation]
    inner = seal_to(entropy, recipient, "slot/user", ids, epoch, _contents(store, workstation, epoch))
    return _slot("slot/user", epoch, seal(entropy, device, "slot/user", ids, epoch, inner))


def open_user_slot(device, private, user, workstation, encoded):
    epoch, sealed = _parse("slot/user", encoded)
    inner = unseal(device, "slot/user", [user, workstation], epoch, sealed)
    return _take(unseal_with(private, "slot/user", [user, workstation], epoch, inner), workstation, epoch)


def sheet_slot(entropy, sheet, workstation, store, epoch):
    plain = _contents(store, workstation, epoch)
    sealed = seal(entropy, derive(sheet, "sheet"), "slot/sheet", [workstation], epoch, plain)
    return _slot("slot/sheet", epoch, sealed)


def open_sheet_slot(sheet, workstation, encoded):
    epoch, sealed = _parse("slot/sheet", encoded)
    plain = unseal(derive(sheet, "sheet"), "slot/sheet", [workstation], epoch, sealed)
    return _take(plain, workstation, epoch)


def clinic_slot(entropy, recovery, workstation, store, epoch):
    plain = _contents(store, workstation, epoch)
    return _slot("slot/clinic", epoch, seal_to(entropy, recovery, "slot/clinic", [workstation], epoch, plain))


def open_clinic_slot(private, workstation, encoded):
    epoch, sealed = _parse("slot/clinic", encoded)
    return _take(unseal_with(private, "slot/clinic", [workstation], epoch, sealed), workstation, epoch)
