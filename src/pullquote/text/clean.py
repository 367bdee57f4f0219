"""Raw review to clean text, every character of which leads back to the raw text.

Reviews arrive with line-break tags, entities, curly quotes, no-break and
zero-width spaces. Readers downstream want plain prose; users want spans in
the text *they* handed in. So cleaning never edits in place: it builds a new
string and remembers, for each of its characters, the raw range it stands for.
"""

from __future__ import annotations

import html
import html.entities
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .remembered import Remembered

#: Tags that end a line; all other tags vanish without a trace.
_BREAKING_TAGS = frozenset(
    """
    address article aside blockquote br dd div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul
    """.split()
)

#: One character for one character, so that models see one kind of each sign.
_PLAIN = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'", "`": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u2026": "...", "\x85": "...",
    "\u2028": "\n", "\u2029": "\n", "\v": "\n", "\f": "\n", "\t": " ",
    "\x91": "'", "\x92": "'", "\x93": '"', "\x94": '"', "\x96": "-", "\x97": "-",
}  # fmt: skip
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: Invisible characters: zero-width, soft hyphen, bidi marks and overrides, BOM, other controls.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x90\x95\x98-\x9f\ud800-\udfff"
)

#: Every repeat is bounded or runs up to the next "<", so that no text takes more than linear time.
_DIRT = re.compile(
    r"(?P<tag></?(?P<name>[a-zA-Z][a-zA-Z0-9]{0,15})(?:\s[^<>]{0,2000})?/?>)"
    r"|(?P<comment><!--)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
    r"|(?P<crlf>\r\n?)"
    rf"|(?P<space>[{_SPACES}])"
    rf"|(?P<invisible>[{_INVISIBLE}]+)"
    rf"|(?P<plain>[{re.escape(''.join(_PLAIN))}])"
)
#: What every piece of dirt begins with; most characters are none of these.
_MAY_BE_DIRT = re.compile(rf"[<&\r{_SPACES}{_INVISIBLE}{re.escape(''.join(_PLAIN))}]")
#: What closes a stretch that readers never see.
_HIDDEN_ENDS = {
    "!--": re.compile("-->"),
    "script": re.compile("</script>", re.IGNORECASE | re.ASCII),
    "style": re.compile("</style>", re.IGNORECASE | re.ASCII),
}
_BY_KIND = {"space": " ", "crlf": "\n", "invisible": ""}
_IS_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_IS_SPACE = re.compile(f"[{_SPACES}]")


@dataclass(frozen=True, slots=True)
class CleanText:
    """Plain prose and the way back.

    ``text[i]`` stands for ``raw[starts[i]:ends[i]]``; both sequences rise, have
    ``len(text)`` items, and count Unicode code points of ``raw``.
    """

    raw: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw half-open span of ``text[start:end]``.

        Raises:
            ValueError: if the clean span is empty or outside the text.

        >>> clean_text("Tom &amp; Jerry").raw_span(4, 5)
        (4, 9)
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no clean span {start}-{end} in a text of {len(self.text)} characters")
        return self.starts[start], self.ends[end - 1]

    def clean_span(self, start: int, end: int) -> tuple[int, int]:
        """The clean half-open span covered by ``raw[start:end]``; empty where only dirt was there.

        >>> clean_text("Tom &amp; Jerry").clean_span(10, 15)
        (6, 11)
        """
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return first, max(first, last)


def clean_text(raw: str) -> CleanText:
    """Clean ``raw`` without losing where anything came from.

    Tags that break lines become a newline, other tags, comments, scripts and
    invisible characters nothing; entities become their character; all spaces,
    quotes and dashes become the ASCII ones.

    >>> clean_text("Great!<br /><br />\\u201cWow\\u201d &amp; more").text
    'Great!\\n\\n"Wow" & more'
    """
    edits = list(_edits(raw)) if _MAY_BE_DIRT.search(raw) else ()
    if not edits:
        return CleanText(raw, raw, range(len(raw)), range(1, len(raw) + 1))
    parts: list[str] = []
    places = np.arange(len(raw) + 1, dtype=np.uint32)
    ends = places[1:].copy()
    times = np.ones(len(raw), dtype=np.int64)  # how often each raw start stands in the clean text
    here = 0
    for start, end, new in edits:
        parts.append(raw[here:start])
        parts.append(new)
        if end - start != 1 or len(new) != 1:
            times[start:end] = 0
            times[start] = len(new)
            ends[start] = end
        here = end
    parts.append(raw[here:])
    return CleanText(raw, "".join(parts), _array(places[:-1].repeat(times)), _array(ends.repeat(times)))


def _array(values: NDArray[np.uint32]) -> array[int]:
    """The same numbers as plain ones, which cost less to look up one by one."""
    return array("I", values.tobytes())


def _edits(raw: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, new) for each stretch of ``raw`` that reads differently, in order."""
    here = 0
    unclosed: set[str] = set()  # openers known to have no end after this point; never searched again
    while suspect := _MAY_BE_DIRT.search(raw, here):
        start, here = suspect.span()
        found = _DIRT.match(raw, start)
        if found is None:
            continue
        here = found.end()
        opener, new = _READ_AS[found.group()]
        if opener and opener not in unclosed:
            close = _HIDDEN_ENDS[opener].search(raw, here)
            if close:
                here = close.end()
                yield start, here, ""
                continue
            unclosed.add(opener)
        if new is not None:
            yield start, here, new


def _read_as(dirt: str) -> tuple[str, str | None]:
    """The name of the hidden stretch that a piece of dirt opens, if any, and what the reader sees in its place.

    The latter is None where it is plain text after all.
    """
    found = _DIRT.match(dirt)
    kind = found.lastgroup if found else None
    if found is None or kind is None:
        return "", None
    if kind == "comment":
        return "!--", None  # a comment's start is text where the comment never ends
    if kind == "tag":
        name = found["name"].lower()
        return (
            name if name in _HIDDEN_ENDS and not dirt.startswith("</") else "",
            "\n" if name in _BREAKING_TAGS else "",
        )
    if kind == "entity":
        return "", _entity(dirt)
    return "", _PLAIN[dirt] if kind == "plain" else _BY_KIND[kind]


def _entity(found: str) -> str | None:
    """The character an entity stands for, itself made plain; None for an unknown name ("&you;")."""
    if found[1] != "#" and found[1:] not in html.entities.html5:
        return None
    new = html.unescape(found).replace("\r", "\n")
    return "".join(
        "" if _IS_INVISIBLE.match(sign) else " " if _IS_SPACE.match(sign) else _PLAIN.get(sign, sign) for sign in new
    )


_READ_AS = Remembered(_read_as)
