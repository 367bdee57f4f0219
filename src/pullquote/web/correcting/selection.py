"""Words that a reader selected on a page, and where they stand in the raw review.

A page shows the clean text without what cannot be seen, so a place on it is not a place in the review. Scripts count
in UTF-16, too; the page's own script has turned that into code points before anything comes here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ...errors import InputError
from ...render.words import visible
from ...text.clean import CleanText, clean_text

#: Most words that a form may name, in characters.
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Laid:
    """A review's text as a page shows it; ``text[i]`` is the character ``kept[i]`` of the clean text."""

    text: str
    clean: CleanText
    kept: Sequence[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw half-open span of the shown ``text[start:end]``, without white space around the words.

        Raises:
            InputError: if there are no words in it.
        """
        start, end = max(start, 0), min(end, len(self.text))
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if not words.strip():
            raise InputError("no words are selected; select some in the text, or type them")
        return self.clean.raw_span(self.kept[start], self.kept[end - 1] + 1)

    def shown_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the raw span is shown; empty where nothing of it can be seen."""
        first, last = self.clean.clean_span(start, end)
        return bisect_left(self.kept, first), bisect_left(self.kept, last)


def laid(raw: str) -> Laid:
    """A raw review as a page shows it.

    >>> laid("A <b>fine</b>&nbsp;cast").text
    'A fine cast'
    """
    clean = clean_text(raw)
    hidden = {character for character in set(clean.text) if not visible(character)}
    if not hidden:
        return Laid(clean.text, clean, range(len(clean.text)))
    kept = [i for i, character in enumerate(clean.text) if character not in hidden]
    return Laid("".join(clean.text[i] for i in kept), clean, kept)


def selected(
    page: Laid, words: str, place: tuple[int, int] | None, sentence: tuple[int, int], which: int = 1
) -> tuple[int, int]:
    """The raw span of words that a reader selected or typed.

    Args:
        words: as they were selected or typed; a field has taken their line breaks out.
        place: where they were selected, in code points of the shown text; None if they were typed.
        sentence: shown span in which words that were typed are looked for.
        which: the how manieth of them, from 1.

    Raises:
        InputError: if they are not there.
    """
    wanted = words.split()
    if place is not None and page.text[max(place[0], 0) : place[1]].split() == wanted:
        return page.raw_span(*place)
    if not wanted:
        raise InputError("no words are selected; select some in the text, or type them")
    if len(words) > LONGEST:
        raise InputError(f"these are too many words; select at most {LONGEST:,} characters")
    start, end = sentence
    spelled = re.compile(r"\s+".join(map(re.escape, wanted)))
    found = [match.span() for match in spelled.finditer(page.text, start, end)]
    if not found:
        raise InputError("these words do not stand in the sentence; type them exactly as they stand there")
    if not 1 <= which <= len(found):
        raise InputError(f"these words stand in the sentence only {len(found)} times")
    return page.raw_span(*found[which - 1])
