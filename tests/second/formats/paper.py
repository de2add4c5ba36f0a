"""Secrets on paper and in shares: docs/formats/keys.md."""

from .ids import sha256

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = {"O": "0", "I": "1", "L": "1"}
LINES, DIGITS = 4, 14


class Mistyped(ValueError):
    """Says which line, or what else is wrong."""


def _double(digit):
    """Twice a digit in GF(32) modulo x^5 + x^2 + 1."""
    return digit << 1 ^ 0x25 if digit & 0x10 else digit << 1


def check(number, line):
    """The check digit: the sum of the line's number * 2^14 and of digit i, from 1, * 2^(15 - i)."""
    total = 0
    for weight, digit in zip([DIGITS, *range(DIGITS, 0, -1)], [number, *line]):
        for _ in range(weight):
            digit = _double(digit)
        total ^= digit
    return total


def _framed(tag, secret):
    body = bytes([tag]) + secret
    return body + sha256(b"clinicdesk/paper/1", body)[:2]


def show(tag, secret):
    """The four lines of a secret."""
    number = int.from_bytes(_framed(tag, secret), "big")
    digits = [number >> 5 * place & 31 for place in reversed(range(LINES * DIGITS))]
    lines = []
    for count in range(LINES):
        line = digits[count * DIGITS : (count + 1) * DIGITS]
        letters = "".join(LETTERS[digit] for digit in [*line, check(count + 1, line)])
        lines.append("-".join(letters[at : at + 5] for at in (0, 5, 10)))
    return lines


def read(typed):
    """The tag and the secret of what somebody typed."""
    bare = ["".join(sign for sign in line if not sign.isspace() and sign != "-") for line in typed.split("\n")]
    bare = [line for line in bare if line]
    if len(bare) == 1 and len(bare[0]) == LINES * (DIGITS + 1):
        bare = [bare[0][at : at + 15] for at in range(0, 60, 15)]
    if len(bare) != LINES:
        raise Mistyped("lines")
    for count, line in enumerate(bare, 1):
        if len(line) != DIGITS + 1:
            raise Mistyped(f"length {count}")
    number = 0
    for count, line in enumerate(bare, 1):
        letters = [ALIKE.get(sign, sign) for sign in line.upper()]
        if any(letter not in LETTERS for letter in letters):
            raise Mistyped(f"line {count}")
        *digits, last = map(LETTERS.index, letters)
        if last != check(count, digits):
            raise Mistyped(f"line {count}")
        for digit in digits:
            number = number << 5 | digit
    framed = number.to_bytes(35, "big")
    if _framed(framed[0], framed[1:33]) != framed:
        raise Mistyped("whole")
    return framed[0], framed[1:33]


def _times(a, b):
    """The product in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1."""
    product = 0
    for bit in range(8):
        if b >> bit & 1:
            product ^= a << bit
    for bit in range(14, 7, -1):
        if product >> bit & 1:
            product ^= 0x11B << bit - 8
    return product


def split(secret, slope):
    """The three shares: share n is secret + n * slope, byte by byte."""
    return [bytes(byte ^ _times(number, rise) for byte, rise in zip(secret, slope)) for number in (1, 2, 3)]


def combine(one, two):
    """The secret of two (number, share): the line through both, where it meets zero."""
    (x, a), (y, b) = one, two
    if x == y:
        raise ValueError("the same share twice")
    inverse = next(number for number in range(1, 256) if _times(number, x ^ y) == 1)
    left, right = _times(y, inverse), _times(x, inverse)
    return bytes(_times(left, p) ^ _times(right, q) for p, q in zip(a, b))
