"""Values and their one encoding, and bytes that are none."""

from formats.cbor import encode

from .tagged import tagged

NUMBERS = [
    0, 1, 23, 24, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**63 - 1, -1, -24, -25, -256, -257, -65536, -65537,
    -(2**32), -(2**32) - 1, -(2**63),
]
VALUES = [
    None, False, True, *NUMBERS, "", "a", "IETF", "ü", "水", "𐅑", "a" * 23, "a" * 24, "a" * 256, b"", b"\x00\xff",
    b"\x01" * 255, b"\x01" * 256, [], [1, [2, [3, None]]], [0] * 24, {}, {"b": 1, "aa": 2, "a": {"z": []}},
    {"ü": 1, "zz": 2, "z": 3, "": 4}, {"a" * 24: 1, "b" * 23: 2}, {str(number): number for number in range(30)},
]
REFUSED = [
    ("one in two bytes", "1801"), ("a length in two bytes", "5800"), ("255 in three bytes", "1900ff"),
    ("65535 in five bytes", "1a0000ffff"), ("4294967295 in nine bytes", "1b00000000ffffffff"),
    ("an indefinite list", "9f01ff"), ("an indefinite map", "bf616101ff"), ("indefinite text", "7f6161ff"),
    ("indefinite bytes", "5f4101ff"), ("keys out of order", "a2616201616102"),
    ("a longer key before a shorter one", "a262616101616202"), ("a key twice", "a2616101616102"),
    ("a tag", "c101"), ("a half float", "f93c00"), ("a float", "fb3ff0000000000000"), ("undefined", "f7"),
    ("a simple value", "f0"), ("true in two bytes", "f815"), ("a break alone", "ff"), ("a number as key", "a10101"),
    ("bytes as key", "a1416101"), ("a number beyond 63 bits", "1b8000000000000000"),
    ("a negative number beyond 63 bits", "3b8000000000000000"), ("bytes after the end", "0101"),
    ("text that is not UTF-8", "61ff"), ("a surrogate in text", "63eda080"),
    ("a list longer than its bytes", "9b7fffffffffffffff"), ("text longer than its bytes", "6261"),
    ("a cut head", "19ff"), ("nothing", ""), ("33 levels", "81" * 33), ("a reserved length", "1c"),
]


def nested(levels):
    value = []
    for _ in range(levels - 1):
        value = [value]
    return value


def make():
    values = [{"value": tagged(value), "bytes": encode(value).hex()} for value in [*VALUES, nested(32)]]
    refused = [{"why": why, "bytes": text} for why, text in [*REFUSED, ("33 levels of lists", encode(nested(33)).hex())]]
    return {"values": values, "refused": refused}
