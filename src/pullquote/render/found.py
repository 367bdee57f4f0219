"""Answers of a search for the terminal: each quote lit in its sentence, and under it film and review."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from ..search.found import Found, Quote
from . import words

_COLOURS = {"positive": "green", "negative": "red", "mixed": "yellow"}


def listing(found: Sequence[Found]) -> RenderableType:
    """All answers, best first. All that comes from reviews is cleaned of what could steer the terminal."""
    return Group(*(part for one in found for part in (_sentence(one), _source(one), Text())))


def _sentence(one: Found) -> Text:
    shown = Text()
    here = one.start
    for quote in sorted(one.quotes, key=lambda q: q.start):
        start, end = max(quote.start, here), min(quote.end, one.end)
        if start < end:
            shown.append(_plain(one, here, start))
            shown.append(_plain(one, start, end), style=f"bold {_COLOURS[quote.polarity]}")
            here = end
    shown.append(_plain(one, here, one.end))
    return shown


def _source(one: Found) -> Text:
    film = one.title or one.film or "film unknown"
    parts = [f"{film} ({one.year})" if one.title and one.year else film, f"review {one.review}, {one.id}"]
    if one.author:
        parts.append(one.author)
    if one.written:
        parts.append(one.written.isoformat())
    if one.stars is not None:
        parts.append(f"{one.stars:g}/10" if one.stars_given else f"about {one.stars:.1f}/10")
    parts += [_judgement(quote) for quote in one.quotes]
    if one.spoiler >= words.SPOILER_FROM:
        parts.append("gives the story away")
    return Text("  " + " · ".join(words.plain(part) for part in parts), style="dim")


def _judgement(quote: Quote) -> str:
    return f"{words.SIGNS[quote.polarity]} {quote.aspect}"


def _plain(one: Found, start: int, end: int) -> str:
    """Part of the sentence, given in code points of the review, on one line; white space at its ends stays."""
    raw = one.words[start - one.start : end - one.start]
    cleaned = words.plain(raw)
    if not cleaned:
        return " " if raw else ""
    before, after = raw[:1].isspace(), raw[-1:].isspace()
    return " " * before + cleaned + " " * after
