"""The random bytes of test vectors: SHA-256 over a seed and a counter, both 64 bits, highest byte first.

Each request begins a new block, so that what a request gets depends on how many blocks went before.
"""

from .ids import sha256


class Entropy:
    def __init__(self, seed):
        self.seed, self.block = seed, 0

    def take(self, length):
        made = b""
        while len(made) < length:
            made += sha256(self.seed.to_bytes(8, "big"), self.block.to_bytes(8, "big"))
            self.block += 1
        return made[:length]
