"""How a token is written: the case that a lower-cased vocabulary forgets.

"Hope" the actress and "hope" the noun share a word piece; the encoder adds
an embedding of the shape to tell them apart. Shape also says whether a token
is glued to the one before, opens a line, or stands in quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence

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


def shapes(forms: Sequence[str], line_starts: frozenset[int] | set[int] = frozenset()) -> list[int]:
    """One code from 1 to 24 per token; 0, "unknown", throughout a text that shouts.

    Args:
        forms: clean tokens.
        line_starts: indices of tokens that open a line.
    """
    out: list[int] = []
    opening, quote_left = True, 0
    for i, form in enumerate(forms):
        case = _case(form)
        code = 1 + case
        if opening or i in line_starts:
            code += _OPENING
        if form == '"':
            # A quotation longer than 12 tokens is speech or a stray mark, not a title.
            quote_left = 0 if quote_left else 13
        elif quote_left:
            quote_left -= 1
            code += _QUOTED
        out.append(code)
        # A quotation mark opens something only where a quotation begins.
        opening = case == SIGN and form in _STOPS and (form != '"' or quote_left > 0)
    return [UNKNOWN] * len(out) if _shouts(forms) else out


def _shouts(forms: Sequence[str]) -> bool:
    """Whether capitals say nothing, because most words are all capitals."""
    words = [f for f in forms if len(f) > 1 and f.isalpha()]
    return 2 * sum(f.isupper() for f in words) > len(words) > 0
