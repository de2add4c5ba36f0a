"""What the clinic keeps beside its records: a scan in a chart, and backups of everything on a stick."""

import struct
import zlib

from clinic import must


def scan(desk, patient, second):
    """A scan is filed at one workstation and opened at the other; what it is called."""
    path = desk.folder.parent / "Chest film.png"
    path.write_bytes(picture(480, 600))
    words = ("--patient", patient, "--sort", "xray", "--title", "Chest, PA")
    filed = desk.run("files", "add", path, *words, user="liza")
    again = desk.run("files", "add", path, *words, user="liza")
    must(again["twice"] == filed["id"], "The same scan twice is not noticed.")
    for each in (desk, second):
        each.run("sync", user="maria")
    # What somebody opens comes first.
    second.call("fetch_file", {"file": filed["id"]}, user="maria")
    second.run("sync", user="maria")
    copy = desk.folder.parent / "copy.png"
    second.run("files", "save", filed["id"], "--out", copy, user="maria")
    must(copy.stat().st_size > 1000, "The scan does not open at the second workstation.")
    return "Chest, PA"


def backup(desk):
    """A complete backup on a stick, read back and tried out; how many points there are."""
    stick = desk.folder.parent / "stick"
    stick.mkdir()
    desk.run("backup", "targets", "--add", stick, "--name", "Blue stick")
    desk.run("backup", "now", "--complete")
    desk.run("backup", "check", "Blue stick")
    desk.run("backup", "rehearse", "Blue stick")
    return desk.run("backup", "list")


def picture(width, height):
    """A grey picture with a light middle, as a PNG file (ISO/IEC 15948)."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        rows += bytes(max(0, 230 - abs(x - width // 2) * 2 - abs(y - height // 2) // 2 + (x * y) % 7) for x in range(width))
    part = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = part(b"IHDR", header) + part(b"IDAT", zlib.compress(bytes(rows))) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts
