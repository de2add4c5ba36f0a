"""Base45 (RFC 9285)."""

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def encode(data):
    text = ""
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, digit = divmod(number, 45)
            text += LETTERS[digit]
    return text


def decode(text):
    """The bytes; ValueError for text that `encode` does not give."""
    data = b""
    for at in range(0, len(text), 3):
        digits = [LETTERS.index(sign) for sign in text[at : at + 3]]
        number = sum(digit * 45**place for place, digit in enumerate(digits))
        try:
            data += number.to_bytes(len(digits) - 1, "big")
        except OverflowError as error:
            raise ValueError("a group stands for too large a number") from error
    if encode(data) != text:
        raise ValueError("not the one text")
    return data
