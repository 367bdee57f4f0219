"""Where the strings that annotators copied stand in the text.

Annotators saw line-break tags as line breaks, so a quote may run across one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .gold import Gold

_BREAK = re.compile(r"<br\s*/?>")


def flat(text: str) -> str:
    """The text with a line break and spaces for each line-break tag; no character moves.

    >>> flat("so<br />good")
    'so\\n     good'
    """
    return _BREAK.sub(lambda tag: "\n".ljust(len(tag.group())), text)


def quote_place(gold: Gold, text: str, sentence: int, quote: str) -> tuple[int, int] | None:
    """The first place of ``quote`` in a sentence of the flat ``text``, whatever white space it holds."""
    found = re.compile(_words(quote)).search(text, *gold.sentences[sentence])
    return found.span() if found else None


def mention_places(gold: Gold, text: str) -> set[tuple[int, int, str]]:
    """Start, end and type of every occurrence of every annotated name in the flat ``text``.

    A name inside a longer one ("Derbez" in "Mr. Derbez") is no occurrence of its own.
    """
    longest_first = sorted(_occurrences(gold, text), key=lambda place: (place[0] - place[1], place[0]))
    kept: list[tuple[int, int, str]] = []
    for place in longest_first:
        if all(place[1] <= other[0] or place[0] >= other[1] for other in kept):
            kept.append(place)
    return set(kept)


def _occurrences(gold: Gold, text: str) -> Iterator[tuple[int, int, str]]:
    for entity in gold.ents:
        pattern = re.compile(rf"(?<!\w){_words(entity.form)}(?!\w)")
        for number, (start, end) in enumerate(gold.sentences):
            if entity.sentences is None or number in entity.sentences:
                for found in pattern.finditer(text, start, end):
                    yield found.start(), found.end(), entity.type


def _words(string: str) -> str:
    return r"\s+".join(re.escape(word) for word in string.split())
