"""How a token is written: the case that a lower-cased vocabulary forgets.

"Hope" the actress and "hope" the noun share a word piece; the encoder adds
an embedding of the shape to tell them apart. Shape also says whether a token
is glued to the one before, opens a line, or stands in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..text.remembered import Remembered

LOWER, TITLE, UPPER, MIXED, DIGIT, SIGN = range(6)
#: Added to the case code: token stands where any word would be capitalised.
_OPENING = 6
#: Added where the token stands inside double quotation marks.
_QUOTED = 12
#: Shape unknown: shouting texts, and the pieces that mark a window's ends.
UNKNOWN = 0
#: Number of distinct codes, the rows of the shape embedding.
SHAPES = 25
_STOPS = frozenset(".!?:\"'(*-")
#: Tokens of a quotation after which it is no title any more.
_LONGEST = 13


def _case(form: str) -> int:
    if form.islower():
        return LOWER
    if form.istitle() or (form[0].isupper() and form[1:].islower()):
        return TITLE
    if form.isupper():
        return UPPER if len(form) > 1 else TITLE
    if form.isdigit():
        return DIGIT
    return MIXED if form[0].isalnum() else SIGN


#: Facts of a token beside its case, all in one byte.
_OPENS, _MARKS, _WORD, _SHOUTED = 8, 16, 32, 64
_QUOTE_MARK = SIGN | _OPENS | _MARKS


def _facts(form: str) -> int:
    """Case, whether the next token is opened, whether it is a quotation mark, a word, a word in capitals."""
    word = len(form) > 1 and form.isalpha()
    shouted = word and form.isupper()
    return _case(form) | (form in _STOPS) * _OPENS | (form == '"') * _MARKS | word * _WORD | shouted * _SHOUTED


_FACTS = Remembered(_facts)
#: By facts: the code of the case, what is added to the next token's, and what to leave out in counting.
_CODES = bytes(1 + facts % _OPENS for facts in range(256))
_OPENS_NEXT = bytes(_OPENING if facts & _OPENS else 0 for facts in range(256))
_NO_WORDS = bytes(facts for facts in range(256) if not facts & _WORD)
_NOT_SHOUTED = bytes(facts for facts in range(256) if not facts & _SHOUTED)


def shapes(forms: Sequence[str], line_starts: frozenset[int] | set[int] = frozenset()) -> list[int]:
    """One code from 1 to 24 per token; 0, "unknown", throughout a text that shouts.

    Args:
        forms: clean tokens.
        line_starts: indices of tokens that open a line.
    """
    facts = bytes(map(_FACTS.__getitem__, forms))
    if not facts or _shouts(facts):
        return [UNKNOWN] * len(facts)
    openings = bytearray(b"%c%b" % (_OPENING, facts.translate(_OPENS_NEXT)))
    quotations = list(_quotations(facts))
    for _, last, closed in quotations:
        if closed:  # a quotation mark opens something only where a quotation begins
            openings[last + 1] = 0
    for line_start in line_starts:
        if 0 <= line_start < len(facts):
            openings[line_start] = _OPENING
    codes = np.frombuffer(facts.translate(_CODES), np.uint8) + np.frombuffer(openings, np.uint8)[:-1]
    for first, last, _ in quotations:
        codes[first:last] += _QUOTED
    found: list[int] = codes.tolist()
    return found


def _quotations(facts: bytes) -> Iterator[tuple[int, int, bool]]:
    """The tokens inside each pair of quotation marks, and whether a mark closes them.

    A quotation longer than `_LONGEST` tokens is speech or a stray mark, not a title.
    """
    first = 0  # after the mark that is open
    here = facts.find(_QUOTE_MARK)
    while here >= 0:
        if first and here < first + _LONGEST:
            yield first, here, True
            first = 0
        else:
            if first:
                yield first, first + _LONGEST, False
            first = here + 1
        here = facts.find(_QUOTE_MARK, here + 1)
    if first:
        yield first, first + _LONGEST, False


def _shouts(facts: bytes) -> bool:
    """Whether capitals say nothing, because most words are all capitals."""
    words = facts.translate(None, _NO_WORDS)
    return 2 * len(words.translate(None, _NOT_SHOUTED)) > len(words) > 0
