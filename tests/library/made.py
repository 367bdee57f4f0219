"""Readings and records made by hand, in our own words."""

from __future__ import annotations

import datetime as dt

from pullquote.library.rows import Read
from pullquote.reading import (
    Credit,
    Evidence,
    Film,
    Mention,
    Opinion,
    Reading,
    Relation,
    Segment,
    StatedRating,
    Verdict,
)
from pullquote.sources.record import Rating, Record

MADE_BY = '"The Lamp 😀" was directed by Ana Róca.'
STORY = "Jon Vale plays Max, brother of Lily."
PRAISE = "Superb acting by Vale!"
TEXT = f"{MADE_BY} {STORY} {PRAISE} 8/10 é"


def span(words: str, text: str = TEXT) -> dict[str, int]:
    """Where ``words`` stand."""
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def reading(id: str = "a", model: str = "hand/1", text: str = TEXT) -> Reading:
    """A reading of the text with every kind of claim."""
    return Reading(
        id=id,
        model=model,
        film=Film(title="The Lamp 😀", confidence=0.9123, **span("The Lamp 😀", text)),
        segments=(
            Segment(role="context", polarity="neutral", spoiler=0.01, confidence=0.9, **span(MADE_BY, text)),
            Segment(role="plot", polarity="neutral", spoiler=0.71, confidence=0.8, **span(STORY, text)),
            Segment(role="opinion", polarity="positive", spoiler=0.02, confidence=0.7, **span(PRAISE, text)),
        ),
        mentions=(
            Mention(type="WORK", name="The Lamp 😀", **span("The Lamp 😀", text)),
            Mention(type="PERSON", name="Ana Róca", confidence=0.5, **span("Ana Róca", text)),
            Mention(type="PERSON", name="Jon Vale", **span("Jon Vale", text)),
            Mention(type="CHARACTER", name="Max", **span("Max", text)),
            Mention(type="CHARACTER", name="Lily", **span("Lily", text)),
            Mention(type="PERSON", name="Jon Vale", start=text.index("Vale!"), end=text.index("Vale!") + 4),
        ),
        credits=(
            Credit(person="Ana Róca", role="director", confidence=0.9, **span("directed by Ana Róca", text)),
            Credit(
                person="Jon Vale", role="actor", character="Max", confidence=0.8, **span("Jon Vale plays Max", text)
            ),
        ),
        relations=(
            Relation(subject="Max", relation="sibling of", object="Lily", **span("Max, brother of Lily", text)),
        ),
        opinions=(
            Opinion(
                quote="Superb acting", aspect="acting", polarity="positive", target="Jon Vale", confidence=0.83,
                **span("Superb acting", text),
            ),
        ),
        verdict=Verdict(
            sentiment=0.9321,
            stars=8.12,
            recommend="yes",
            stated_rating=StatedRating(text="8/10", value=8.0, scale=10.0, **span("8/10", text)),
            evidence=(Evidence(**span("Superb acting by Vale!", text)),),
        ),
        warnings=("a warning",),
    )  # fmt: skip


def record(id: str = "a", text: str = TEXT, **known: object) -> Record:
    """The review itself."""
    return Record(text, id, f"made.jsonl:{id}", **known)  # type: ignore[arg-type]


def read(
    id: str = "a", *, text: str = TEXT, source: str = "made.jsonl", model: str = "hand/1", **known: object
) -> Read:
    """Both, ready to be stored."""
    return Read(source, record(id, text, **known), reading(id, model, text))


RATED = {
    "film_id": "tt1",
    "title": "The Lamp",
    "year": 2001,
    "headline": "Bright!",
    "rating": Rating("4/5", 4.0, 5.0, 8.0),
    "author": "Kim O'Hara",
    "date": dt.date(2020, 2, 29),
    "url": "https://example.org/1",
}
