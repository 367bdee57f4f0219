"""A sentence of a review with the quotes in it lit."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ..render.words import visible
from ..text.clean import clean_text

#: Longest sentence shown, in characters.
_MOST = 1_200


def lit(sentence: str, quotes: Iterable[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """The sentence as stretches of text, each with the polarity of the quote that covers it, empty for none.

    Args:
        sentence: as it stands in the review, tags and all.
        quotes: start, end and polarity of each quote, counted in code points of the sentence; what lies beyond its
            ends is cut off.

    >>> lit("A <b>fine</b> cast.", [(2, 18, "positive")])
    [('A ', ''), ('fine cast', 'positive'), ('.', '')]
    """
    clean = clean_text(sentence)
    spans = [(*clean.clean_span(max(start, 0), min(end, len(sentence))), side) for start, end, side in quotes]
    first = min(((start, end) for start, end, _ in spans if start < end), default=(0, 0))
    # Of an endless sentence the stretch around the first quote is shown.
    begin = max(0, first[0] - _MOST // 2) if first[1] > _MOST else 0
    close = min(len(clean.text), begin + _MOST)
    bounds = sorted({begin, close, *(min(max(at, begin), close) for span in spans for at in span[:2])})
    found = [("…", "")] if begin else []
    for start, end in pairwise(bounds):
        side = next((side for one, last, side in spans if one <= start and end <= last), "")
        found.append((visible(clean.text[start:end]), side))
    return [*found, ("…", "")] if close < len(clean.text) else found
