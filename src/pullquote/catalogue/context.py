"""How much a text speaks for a film before any reading: "X is a fine film" is about X, "better than X" is not.

The weights were learned from rated reviews whose film is known (``python bench/linking.py --learn``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec

from .spans import Span

FILE = "text.json"
#: Words looked at on each side, and how many characters they may take up.
_WORDS = 3
_REACH = 45
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_NUMBER = re.compile(r"\d+")
#: Quotes around the title itself are told elsewhere, and would only stand in the way.
_OPENED = re.compile(r"[\"“”'‘’*_]+\Z")
_CLOSED = re.compile(r"\A[\"“”'‘’*_]+(?!\w)")


def context(text: str, span: Span) -> list[str]:
    """The words and signs around a span, each with its place: "b1" is the one just before, "a1" the one behind.

    >>> context("a remake of Alien.", Span(12, 17, "alien", "", 1, "text"))[:3]
    ['b1 of', 'b2 remake', 'b3 a']
    """
    left = _OPENED.sub("", text[max(0, span.start - _REACH) : span.start])
    right = _CLOSED.sub("", text[span.end : span.end + _REACH])
    before = list(reversed(_TOKEN.findall(left)[-_WORDS:]))
    after = _TOKEN.findall(right)[:_WORDS]
    return [*_placed("b", before, "^"), *_placed("a", after, "$")]


def _placed(side: str, found: list[str], end: str) -> Iterator[str]:
    folded = [_NUMBER.sub("0", one.lower().replace("’", "'")) for one in found] + [end]
    for at, one in enumerate(folded[:_WORDS], 1):
        yield f"{side}{at} {one}"
    if len(folded) > 1:
        yield f"{side}12 {folded[0]} {folded[1]}"


def surroundings(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, float]]:
    """The words around all places of a title, each with the share of the places that have it.

    Those of the first place come once more, marked as such: a review tends to introduce its film there.
    """
    for span in spans:
        for one in context(text, span):
            yield one, 1 / len(spans)
    for one in context(text, min(spans, key=lambda s: s.start)):
        yield f"first {one}", 1.0


class TextWeights(msgspec.Struct, frozen=True, kw_only=True):
    """Weights of features of `features.TEXT`, and of the words around a title (`surroundings`)."""

    features: dict[str, float]
    words: dict[str, float]


def score(values: Mapping[str, float], text: str, spans: Sequence[Span]) -> float:
    """How much the text speaks for a film that is named at ``spans``: a sum of weights.

    Args:
        values: the film's features.
        text: the review without markup.
        spans: where it is named.
    """
    weights = _weights()
    around = sum(weights.words.get(one, 0.0) * share for one, share in surroundings(text, spans))
    return sum(weight * values[name] for name, weight in weights.features.items()) + around


@lru_cache(maxsize=1)
def _weights() -> TextWeights:
    return msgspec.json.decode((files(__package__) / FILE).read_bytes(), type=TextWeights)
