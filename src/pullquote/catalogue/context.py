"""What the words around a title say of it: "X is a fine film" is about X, "better than X" is not.

The weights were learned from rated reviews whose film is known (``python bench/linking.py --count``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from .spans import Span

FILE = "context.json"
#: Words looked at on each side, and how many characters they may take up.
_WORDS = 3
_REACH = 45
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_NUMBER = re.compile(r"\d+")


def context(text: str, span: Span) -> list[str]:
    """The words and signs around a span, each with its place: "b1" is the one just before, "a1" the one behind.

    >>> context("a remake of Alien.", Span(12, 17, "alien", "", 1, "text"))[:3]
    ['b1 of', 'b2 remake', 'b3 a']
    """
    before = list(reversed(_TOKEN.findall(text[max(0, span.start - _REACH) : span.start])[-_WORDS:]))
    after = _TOKEN.findall(text[span.end : span.end + _REACH])[:_WORDS]
    return [*_placed("b", before, "^"), *_placed("a", after, "$")]


def _placed(side: str, found: list[str], end: str) -> Iterator[str]:
    folded = [_NUMBER.sub("0", one.lower().replace("’", "'")) for one in found] + [end]
    for at, one in enumerate(folded[:_WORDS], 1):
        yield f"{side}{at} {one}"
    if len(folded) > 1:
        yield f"{side}12 {folded[0]} {folded[1]}"


def score(text: str, span: Span) -> float:
    """How much the surroundings speak for the film under review: a sum of weights, about 0 where they say nothing."""
    weights = _weights()
    return sum(weights.get(one, 0.0) for one in context(text, span))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    kept: dict[str, float] = json.loads((files(__package__) / FILE).read_text(encoding="utf-8"))
    return kept
