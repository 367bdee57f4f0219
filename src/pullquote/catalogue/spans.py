"""Places in a review that may name a film: what the reader takes for titles, and words in capitals or quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..reading import Reading
from .keys import key

#: Who takes the words for a title: the reader for that of the film, or for that of some work; or nobody yet.
By = Literal["film", "work", "text"]

_TRUST: dict[By, int] = {"text": 0, "work": 1, "film": 2}
_MARKUP = re.compile(r"<[^<>]{1,200}>")
_AND = re.compile(r"&amp;")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_QUOTED = re.compile(r"(?<!\w)([\"“”'‘*_])(?=\w)([^\"“”*_\n]{1,80}?)(?<=[\w.!?])[\"“”'’*_](?!\w)")
_BREAK = re.compile(r"[\n()\[\]{}\"“”;*]|[.!?…](?=\s)|\s[-–—]+\s|--")
_STOP = re.compile(r"[.!?…\n:\"“”)]")
#: After these a full stop ends no sentence.
_SHORTENED = frozenset("mr mrs ms dr st vs vol jr sr prof lt sgt capt no pt".split())
#: Words that stay small within a title in capitals.
_SMALL = frozenset(
    "a an and the of in on at to for with from by is it be or as my your his her no not de la le du des les el del da "
    "di un une und der die das y et vs into over upon who that than".split()
)
#: Most words of a title; longer ones are found only where the reader claims them.
_LONGEST = 9
#: Where more of the words than this are in capitals, capitals say nothing.
_SHOUTING = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """Words that may be a title.

    ``article`` is the English one before or within them ("" if none), ``words`` how many they are, ``confidence``
    the reader's where ``by`` is not text. ``marked`` is whether they stand in quotes or in full capitals, ``free``
    whether more than the beginning of a sentence calls for their capitals.
    """

    start: int
    end: int
    key: str
    article: str
    words: int
    by: By
    confidence: float = 0.0
    marked: bool = False
    free: bool = True


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    form: str
    #: Whether the token before it is in the same phrase, and whether it begins a sentence.
    joined: bool
    first: bool

    @property
    def capital(self) -> bool:
        return not self.form[0].islower()

    @property
    def upper(self) -> bool:
        return len(self.form) > 1 and self.form.isupper()


def plain(text: str) -> str:
    """The text without markup, every character at its place."""
    blank = _MARKUP.sub(lambda m: "\n" * len(m[0]), text)
    return _AND.sub("&    ", blank)


def spans(reading: Reading, text: str) -> list[Span]:
    """All places that may name a film, in order; several may overlap.

    Args:
        reading: the review's; its film and its mentions of works are taken.
        text: the review to the letter.
    """
    text = plain(text)
    return merged([*_claimed(reading, text), *written(text)])


def written(text: str) -> list[Span]:
    """Those of them that its writing gives away: quotes and capitals; ``text`` has no markup (`plain`)."""
    return [*_quoted(text), *_capitals(text, list(_tokens(text)))]


def merged(found: Sequence[Span]) -> list[Span]:
    """Each place once: of spans with one key that overlap, what the reader says, and marks from all of them."""
    out: list[Span] = []
    for span in sorted(found, key=lambda s: (s.key, s.start, -s.end)):
        last = out[-1] if out else None
        if last is None or last.key != span.key or span.start >= last.end:
            out.append(span)
            continue
        told = max(last, span, key=lambda s: (_TRUST[s.by], s.confidence))
        out[-1] = replace(
            told,
            start=min(last.start, span.start),
            end=max(last.end, span.end),
            article=last.article or span.article,
            marked=last.marked or span.marked,
            free=last.free or span.free,
        )
    return sorted(out, key=lambda s: (s.start, -s.end))


def _claimed(reading: Reading, text: str) -> Iterator[Span]:
    marks = {(m.start(2), m.end(2)) for m in _QUOTED.finditer(text)}
    claims: list[tuple[int, int, By, float]] = []
    if reading.film is not None:
        claims.append((reading.film.start, reading.film.end, "film", reading.film.confidence))
    claims += [(m.start, m.end, "work", m.confidence) for m in reading.mentions if m.type == "WORK"]
    for start, end, by, confidence in claims:
        words = text[start:end]
        marked = (start, end) in marks or (words.isupper() and len(words) > 3)
        yield from _span(text, start, end, by, confidence=confidence, marked=marked)


def _quoted(text: str) -> Iterator[Span]:
    for match in _QUOTED.finditer(text):
        # "I'm" and "the boys' own" look like quotes when the sign is a single one.
        single = match[1] in "'‘"
        words = match[2].split()
        if len(words) <= _LONGEST and (not single or len(words) > 2 or words[0][0].isupper()):
            end = match.end(2)
            while end > match.start(2) and text[end - 1] in ".,":
                end -= 1
            yield from _span(text, match.start(2), end, "text", marked=True)


def _capitals(text: str, tokens: list[_Token]) -> Iterator[Span]:
    shouting = sum(t.upper for t in tokens) > _SHOUTING * len(tokens)
    if shouting:
        return
    for first, token in enumerate(tokens):
        if not token.capital:
            continue
        capitals = 0
        for last in range(first, min(first + _LONGEST, len(tokens))):
            end = tokens[last]
            if last > first and not end.joined:
                break
            capitals += end.capital
            if not end.capital:
                if end.form.lower() not in _SMALL:
                    break
                continue
            alone = last == first
            if alone and token.first and token.form.lower() in _SMALL:
                continue
            upper = all(t.upper or not t.form.isalpha() or t.form == "A" for t in tokens[first : last + 1])
            free = not (token.first and capitals == 1) and not (token.first and capitals == 2 and _small(token))
            yield from _span(text, token.start, end.end, "text", marked=upper and end.end - token.start > 3, free=free)


def _small(token: _Token) -> bool:
    return token.form.lower() in _SMALL


def _span(
    text: str, start: int, end: int, by: By, *, confidence: float = 0.0, marked: bool = False, free: bool = True
) -> Iterator[Span]:
    surface = text[start:end]
    found, article = key(surface)
    if found:
        if not article and (before := re.search(r"\b(the|an?)\s+[\"“'‘*]?$", text[max(0, start - 7) : start], re.I)):
            article = before[1].lower()
        yield Span(start, end, found, article, len(surface.split()), by, confidence, marked, free)


def _tokens(text: str) -> Iterator[_Token]:
    previous = ""
    at = 0
    for match in _TOKEN.finditer(text):
        gap = text[at : match.start()]
        stopped = bool(_STOP.search(gap)) and not (
            gap.strip() == "." and (previous.lower() in _SHORTENED or len(previous) == 1)
        )
        broken = bool(_BREAK.search(gap)) and (stopped or gap.strip() != ".")
        yield _Token(match.start(), match.end(), match[0], not broken, stopped or not previous)
        previous, at = match[0], match.end()
