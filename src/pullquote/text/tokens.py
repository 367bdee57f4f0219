"""Clean text to tokens: runs of letters and digits, and single signs.

The cut is that of BERT's basic tokeniser (Devlin et al., 2019), whose word
pieces the encoder knows, with one difference: combining marks stay with
their letter, so that a decomposed "é" is not torn.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .clean import CleanText

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_CJK}]|(?:[^\W_{_CJK}][{_MARKS}]*)+|[^\s\w]|_")

_SPACE, _SIGN, _PART = range(3)


def _kind(character: str) -> int:
    """Whether a character is no token, a token of its own, or part of a word."""
    if _TOKEN.match(character) is None:
        return _SPACE
    return _PART if _TOKEN.fullmatch(character * 2) else _SIGN


#: The kind of each Latin-1 character: text of these alone is cut without the pattern.
_KINDS = bytes(_kind(chr(code)) for code in range(256))


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
    text = clean.text
    try:
        first, last = _edges(text.encode("latin-1"))
    except UnicodeEncodeError:
        first, last = np.array([match.span() for match in _TOKEN.finditer(text)], dtype=np.int64).reshape(-1, 2).T
    starts, ends = first.tolist(), last.tolist()
    forms = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    if isinstance(clean.starts, range) or not forms:  # nothing was cleaned away
        return Tokens(forms, starts, ends)
    raw_first, raw_last = np.asarray(clean.starts)[first], np.asarray(clean.ends)[last - 1]
    cut = Tokens(forms, raw_first.tolist(), raw_last.tolist())
    return _distinct(cut) if (raw_first[1:] < raw_last[:-1]).any() else cut


def _edges(codes: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where tokens start and end in a Latin-1 text."""
    kinds = np.frombuffer(b"\0%b\0" % codes.translate(_KINDS), dtype=np.uint8)
    before, after = kinds[:-1], kinds[1:]
    starts = (after == _SIGN) | ((after > before) & (after == _PART))
    ends = (before == _SIGN) | ((before > after) & (before == _PART))
    return starts.nonzero()[0], ends.nonzero()[0]


def _distinct(cut: Tokens) -> Tokens:
    """Of several tokens of one raw character ("\u2026") only the first."""
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for form, start, end in zip(*cut, strict=True):
        if start >= last:
            forms.append(form)
            starts.append(start)
            ends.append(end)
            last = end
    return Tokens(forms, starts, ends)
