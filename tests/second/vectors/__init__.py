"""The golden vectors: each module makes one file of tests/vectors, the same bytes at each run."""
