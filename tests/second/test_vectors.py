"""The golden vectors are what this implementation writes, to the byte."""

import unittest

from vectors.files import FILES, FOLDER, content


class Vectors(unittest.TestCase):
    def test_each_file_holds_what_is_written_today(self):
        for name in FILES:
            with self.subTest(name):
                self.assertEqual((FOLDER / f"{name}.json").read_text(), content(name))

    def test_every_file_is_one_of_ours(self):
        self.assertEqual(sorted(path.stem for path in FOLDER.glob("*.json")), sorted(FILES))
