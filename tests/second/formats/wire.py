"""Messages: maps with declared members, docs/formats/cbor.md.

A message is a dict of plain values here; ids and digests are bytes. A type is a function that
returns whether a value fits.
"""

from . import cbor


class Malformed(ValueError):
    """Bytes without the declared shape."""


def u64(value):
    return type(value) is int and value >= 0


def text(value):
    return isinstance(value, str)


def data(value):
    return isinstance(value, bytes)


def flag(value):
    return isinstance(value, bool)


def anything(_value):
    return True


def raw(length):
    return lambda value: isinstance(value, bytes) and len(value) == length


uid = raw(16)
digest = raw(32)


def word(*words):
    return lambda value: isinstance(value, str) and value in words


def each(inner):
    return lambda value: isinstance(value, list) and all(map(inner, value))


def table(inner):
    return lambda value: isinstance(value, dict) and all(map(inner, value.values()))


def op_id(value):
    return isinstance(value, list) and len(value) == 3 and uid(value[0]) and uid(value[1]) and u64(value[2])


class Maybe:
    """A member that may be missing."""

    def __init__(self, inner):
        self.inner = inner


class Message:
    """A sort of message: its members by name."""

    def __init__(self, **members):
        self.members = members

    def __call__(self, value):
        """Whether a decoded value has this shape."""
        try:
            self.take(value)
        except Malformed:
            return False
        return True

    def plain(self, message):
        """The map of a message: members that are not there are left out."""
        unknown = set(message) - set(self.members)
        if unknown:
            raise Malformed(f"{unknown} is not declared")
        plain = {key: member for key, member in message.items() if member is not None}
        self.take(plain)
        return plain

    def encode(self, message):
        """The bytes of a message."""
        return cbor.encode(self.plain(message))

    def decode(self, encoded):
        """The message of these bytes, without members that are not declared."""
        try:
            return self.take(cbor.decode(encoded))
        except cbor.NotCanonical as error:
            raise Malformed(str(error)) from error

    def take(self, value):
        """The declared members of a decoded map; one that may be missing and is, is None."""
        if not isinstance(value, dict):
            raise Malformed("not a map")
        taken = {}
        for name, kind in self.members.items():
            member = value.get(name)
            may_miss = isinstance(kind, Maybe)
            inner = kind.inner if may_miss else kind
            if not (may_miss and member is None) and not inner(member):
                raise Malformed(f"{name} is missing or of another type")
            taken[name] = inner.take(member) if isinstance(inner, Message) and member is not None else member
        return taken
