"""Deterministic CBOR: docs/formats/cbor.md."""

DEEPEST = 32
MOST = 131_072
LOWEST, HIGHEST = -(2**63), 2**63 - 1


class NotCanonical(ValueError):
    """Bytes that are not the one encoding of a value."""


class Tag:
    """A tagged value; only certificate codes have one."""

    def __init__(self, number, value):
        self.number, self.value = number, value

    def __eq__(self, other):
        return isinstance(other, Tag) and (self.number, self.value) == (other.number, other.value)


def head(major, number):
    """The shortest head of a major type with its number."""
    if number < 24:
        return bytes([major << 5 | number])
    for extra, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * width:
            return bytes([major << 5 | extra]) + number.to_bytes(width, "big")
    raise ValueError("a number of more than 64 bits")


def encode(value):
    """The one encoding of a value."""
    if value is None:
        return b"\xf6"
    if value is False or value is True:
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        text = value.encode()
        return head(3, len(text)) + text
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(encode, value))
    if isinstance(value, dict):
        members = sorted((encode(key), encode(member)) for key, member in value.items())
        return head(5, len(members)) + b"".join(key + member for key, member in members)
    if isinstance(value, Tag):
        return head(6, value.number) + encode(value.value)
    raise TypeError(f"{type(value)} has no encoding")


def decode(data, cose=False):
    """The value whose one encoding is `data`; with `cose`, keys may be numbers and values tagged."""
    value, end = _read(data, 0, 1, iter(range(MOST)), cose)
    if end != len(data):
        raise NotCanonical("bytes after the end")
    return value


def _read(data, at, level, left, cose):
    if level > DEEPEST or next(left, None) is None:
        raise NotCanonical("too deep, or too many values")
    major, number, at = _head(data, at)
    if major in (0, 1):
        value = number if major == 0 else -1 - number
        if not LOWEST <= value <= HIGHEST:
            raise NotCanonical("a number of more than 63 bits")
        return value, at
    if major in (2, 3):
        if number > len(data) - at:
            raise NotCanonical("cut off")
        value = bytes(data[at : at + number])
        return (value if major == 2 else _text(value)), at + number
    if major == 4:
        items = []
        for _ in range(number):
            item, at = _read(data, at, level + 1, left, cose)
            items.append(item)
        return items, at
    if major == 5:
        return _map(data, at, number, level, left, cose)
    if major == 6 and cose:
        value, at = _read(data, at, level + 1, left, cose)
        return Tag(number, value), at
    simple = {20: False, 21: True, 22: None}
    if major == 7 and number in simple and data[at - 1] >> 5 == 7:
        return simple[number], at
    raise NotCanonical("a sort of value that does not occur")


def _head(data, at):
    if at >= len(data):
        raise NotCanonical("cut off")
    major, extra = data[at] >> 5, data[at] & 31
    at += 1
    if extra < 24:
        return major, extra, at
    width = {24: 1, 25: 2, 26: 4, 27: 8}.get(extra)
    if width is None or at + width > len(data):
        raise NotCanonical("an indefinite length, or cut off")
    number = int.from_bytes(data[at : at + width], "big")
    if head(major, number) != data[at - 1 : at + width]:
        raise NotCanonical("a longer head than needed")
    return major, number, at + width


def _map(data, at, number, level, left, cose):
    members, last = {}, b""
    for _ in range(number):
        start = at
        key, at = _read(data, at, level + 1, iter(range(1)), cose)
        if not (isinstance(key, str) or (cose and type(key) is int)):
            raise NotCanonical("a key that is no text")
        if data[start:at] <= last:
            raise NotCanonical("keys out of order or twice")
        last = data[start:at]
        members[key], at = _read(data, at, level + 1, left, cose)
    return members, at


def _text(value):
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise NotCanonical("text that is not UTF-8") from error
