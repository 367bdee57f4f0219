"""Clean text to blocks: which line breaks end something, and which only wrap a line.

An empty line always ends a block. A single line break may be a wrapped line of
an e-mail or a deliberate new line; the width of the lines around it tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Between these widths a full line is taken for a wrapped one.
_WRAP_WIDTHS = range(40, 121)

_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_ITEM = re.compile(r"(?:[-*\u2022\u00b7+>]|\d{1,2}[.):])[^\S\n]+\S")
_FIRST_WORD = re.compile(r"[^\S\n]*(\S*)")


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of ``text`` that no sentence crosses, in order.

    >>> text = "A title\\n\\nFirst.\\n- one\\n- two"
    >>> [text[start:end] for start, end in blocks(text)]
    ['A title', 'First.', '- one', '- two']
    """
    here = 0
    for gap in _EMPTY_LINES.finditer(text):
        yield from _lines(text, here, gap.start())
        here = gap.end()
    yield from _lines(text, here, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run of lines at each break that does not merely wrap."""
    if text.find("\n", start, end) < 0:
        if start < end:
            yield start, end
        return
    lengths = [len(line) for line in text[start:end].split("\n")]
    widest = max(lengths)
    block, line = start, start
    for length in lengths[:-1]:
        line_end = line + length
        if line_end > block and not _wraps(text, line_end, length, widest):
            yield block, line_end
            block = line_end + 1
        line = line_end + 1
    if block < end:
        yield block, end


def _wraps(text: str, line_end: int, length: int, widest: int) -> bool:
    """Whether the line break at ``line_end`` stands inside a sentence."""
    following = _FIRST_WORD.match(text, line_end + 1)
    word = following[1] if following else ""
    if not word:
        return True
    if _ITEM.match(text, line_end + 1) or length > _WRAP_WIDTHS[-1]:
        return False
    if word[0].islower():
        return True
    # A full line had no room for the word that opens the next one.
    return widest in _WRAP_WIDTHS and length + 1 + len(word) > widest
