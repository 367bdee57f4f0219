"""Readings made by hand: what is said of a review's words is found in its text."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote import Reading
from pullquote.reading import Credit, Film, Mention, Verdict


def reading(
    text: str,
    *,
    film: str | None = None,
    confidence: float = 0.97,
    works: Sequence[str] = (),
    people: Sequence[str] = (),
    characters: Sequence[str] = (),
    director: str | None = None,
    id: str = "r",
) -> Reading:
    """A reading that names the film, other works, people and characters at their first place in ``text``."""
    mentions = [_mention(text, word, "WORK") for word in (*([film] if film else []), *works)]
    mentions += [_mention(text, name, "PERSON") for name in (*people, *([director] if director else []))]
    mentions += [_mention(text, name, "CHARACTER") for name in characters]
    at = text.index(film) if film else 0
    return Reading(
        id=id,
        model="by hand",
        verdict=Verdict(sentiment=0.5, stars=5.0, recommend="none"),
        film=Film(title=film, start=at, end=at + len(film), confidence=confidence) if film else None,
        mentions=tuple(sorted(mentions, key=lambda m: m.start)),
        credits=(_credit(text, director),) if director else (),
    )


def _mention(text: str, words: str, kind: str) -> Mention:
    at = text.index(words)
    return Mention(type=kind, name=words, start=at, end=at + len(words), confidence=0.9)  # type: ignore[arg-type]


def _credit(text: str, name: str) -> Credit:
    at = text.index(name)
    return Credit(person=name, role="director", start=at, end=at + len(name))
