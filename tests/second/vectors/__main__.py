"""Writes all vector files: python -m vectors, in tests/second."""

from vectors.files import FILES, FOLDER, content

for name in FILES:
    (FOLDER / f"{name}.json").write_text(content(name))
