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
#: What closes a stretch that readers never see.
_HIDDEN_ENDS = {
    "!--": re.compile("-->"),
    "script": re.compile("</script>", re.IGNORECASE | re.ASCII),
    "style": re.compile("</style>", re.IGNORECASE | re.ASCII),
}
#: A comment's start is text where the comment never ends.
_BY_KIND = {"space": " ", "crlf": "\n", "invisible": "", "comment": None}
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
    if _DIRT.search(raw) is None:
        return CleanText(raw, raw, range(len(raw)), range(1, len(raw) + 1))
    parts: list[str] = []
    starts = array("I")
    ends = array("I")
    here = 0
    for start, end, new in _edits(raw):
        parts.append(raw[here:start])
        starts.extend(range(here, start))
        ends.extend(range(here + 1, start + 1))
        parts.append(new)
        starts.extend([start] * len(new))
        ends.extend([end] * len(new))
        here = end
    parts.append(raw[here:])
    starts.extend(range(here, len(raw)))
    ends.extend(range(here + 1, len(raw) + 1))
    return CleanText(raw, "".join(parts), starts, ends)


def _edits(raw: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, new) for each stretch of ``raw`` that reads differently, in order."""
    here = 0
    unclosed: set[str] = set()  # openers known to have no end after this point; never searched again
    while match := _DIRT.search(raw, here):
        start, here = match.span()
        opener = _opener(match)
        if opener and opener not in unclosed:
            close = _HIDDEN_ENDS[opener].search(raw, here)
            if close:
                here = close.end()
                yield start, here, ""
                continue
            unclosed.add(opener)
        new = _replacement(match)
        if new is not None:
            yield start, here, new


def _opener(match: re.Match[str]) -> str:
    """The name of the hidden stretch that opens here, or nothing."""
    if match["comment"]:
        return "!--"
    name = (match["name"] or "").lower()
    return name if name in _HIDDEN_ENDS and not match.group().startswith("</") else ""


def _replacement(found: re.Match[str]) -> str | None:
    """What the reader sees in place of this stretch; None where it is plain text after all."""
    kind = found.lastgroup or ""
    if kind == "plain":
        return _PLAIN[found.group()]
    if kind == "entity":
        return _entity(found.group())
    if kind == "tag":
        return "\n" if found["name"].lower() in _BREAKING_TAGS else ""
    return _BY_KIND[kind]


def _entity(found: str) -> str | None:
    """The character an entity stands for, itself made plain; None for an unknown name ("&you;")."""
    if found[1] != "#" and found[1:] not in html.entities.html5:
        return None
    new = html.unescape(found).replace("\r", "\n")
    return "".join(
        "" if _IS_INVISIBLE.match(sign) else " " if _IS_SPACE.match(sign) else _PLAIN.get(sign, sign) for sign in new
    )
