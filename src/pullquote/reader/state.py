"""What the encoder and the token heads know of a group of reviews, handed to every decoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..text import Document

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class State:
    """Reviews, encoded; their tokens lie end to end.

    ``edges`` holds the first token of each review, and the number of all tokens.

    *Shapes:* ``h`` ``(tokens, width)``; ``names``, ``descriptions``, ``opinions``
    tag probabilities, ``aspects`` logits, ``attend`` logits, all ``(tokens, labels)``.
    """

    docs: Sequence[Document]
    edges: Sequence[int]
    h: Floats
    names: Floats
    descriptions: Floats
    opinions: Floats
    aspects: Floats
    attend: Floats


def raw_span(doc: Document, first: int, last: int) -> tuple[int, int]:
    """Raw span of tokens ``first`` to ``last`` (half-open)."""
    return doc.tokens.starts[first], doc.tokens.ends[last - 1]


def words(doc: Document, first: int, last: int) -> str:
    """The raw text of tokens ``first`` to ``last`` (half-open), each run of white space a space."""
    return " ".join(doc.raw[doc.tokens.starts[first] : doc.tokens.ends[last - 1]].split())
