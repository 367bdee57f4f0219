"""Document to reading: one pass of the encoder, many heads, and the decoding that makes claims of scores."""

from .reader import Reader

__all__ = ["Reader"]
