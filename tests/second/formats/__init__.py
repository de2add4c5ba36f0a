"""The formats of docs/formats, read and written from their pages alone."""
