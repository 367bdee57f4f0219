"""Clean text to tokens: runs of letters and digits, and single signs.

The cut is that of BERT's basic tokeniser (Devlin et al., 2019), whose word
pieces the encoder knows, with one difference: combining marks stay with
their letter, so that a decomposed "é" is not torn.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .clean import CleanText

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_CJK}]|(?:[^\W_{_CJK}][{_MARKS}]*)+|[^\s\w]|_")


class Tokens(NamedTuple):
    """Tokens in reading order, as parallel lists of equal length.

    ``forms`` are the clean characters; ``starts`` and ``ends`` are half-open
    spans in code points of the raw text, ordered and non-overlapping.
    """

    forms: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.forms)


def tokens(clean: CleanText) -> Tokens:
    """Cut clean text into tokens with raw offsets.

    >>> from pullquote.text.clean import clean_text
    >>> tokens(clean_text("Derbez's 8 1/2!")).forms
    ['Derbez', "'", 's', '8', '1', '/', '2', '!']
    """
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    raw_starts, raw_ends = clean.starts, clean.ends
    last = 0
    for match in _TOKEN.finditer(clean.text):
        start, end = match.span()
        raw_start, raw_end = raw_starts[start], raw_ends[end - 1]
        if raw_start < last:  # several clean characters of one raw one ("…"): keep the first
            continue
        forms.append(match.group())
        starts.append(raw_start)
        ends.append(raw_end)
        last = raw_end
    return Tokens(forms, starts, ends)
