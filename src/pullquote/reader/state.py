"""What the encoder and the token heads know of one review, handed to every decoder."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..text import Document

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class State:
    """One review, encoded.

    *Shapes:* ``h`` ``(tokens, width)``; ``names``, ``descriptions``, ``opinions``
    tag probabilities, ``aspects`` logits, ``attend`` logits, all ``(tokens, labels)``.
    """

    doc: Document
    h: Floats
    names: Floats
    descriptions: Floats
    opinions: Floats
    aspects: Floats
    attend: Floats

    def raw_span(self, first: int, last: int) -> tuple[int, int]:
        """Raw span of tokens ``first`` to ``last`` (half-open)."""
        return self.doc.tokens.starts[first], self.doc.tokens.ends[last - 1]

    def words(self, first: int, last: int) -> str:
        """The raw text of tokens ``first`` to ``last`` (half-open)."""
        start, end = self.raw_span(first, last)
        return self.doc.raw[start:end]
