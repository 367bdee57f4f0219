"""Which film of the catalogue a review is about, how likely, and what speaks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..reading import Reading
from .features import Candidate, Given, candidates, describe
from .keys import key
from .spans import Span, spans
from .store import Catalogue
from .weights import Weights, probabilities, shipped

#: Candidates whose people are looked up; the rest are too unlikely for people to save them.
_PEOPLE_FOR = 50


@dataclass(frozen=True, slots=True)
class Review:
    """What is known of a review before it is linked."""

    reading: Reading
    text: str
    given: Given = field(default_factory=Given)


@dataclass(frozen=True, slots=True)
class Link:
    """A review's film: ``evidence`` is plain data, ready for JSON (docs/catalogue.md lists its fields)."""

    film: str
    title: str
    year: int | None
    probability: float
    evidence: dict[str, Any]


def link(
    reading: Reading, text: str, catalogue: Catalogue, *, given: Given | None = None, threshold: float | None = None
) -> Link | None:
    """The film a review is about, or None where nothing is likely enough.

    Args:
        reading: the review's.
        text: the review to the letter.
        catalogue: where films are looked up.
        given: title and year, if its source tells them, and when it was written.
        threshold: least probability; None takes that which the weights come with.
    """
    return link_all([Review(reading, text, given or Given())], catalogue, threshold=threshold)[0]


def link_all(
    reviews: Sequence[Review], catalogue: Catalogue, *, threshold: float | None = None, weights: Weights | None = None
) -> list[Link | None]:
    """The same for many reviews at once, with two look-ups for all of them together."""
    weights = weights or shipped()
    least = weights.threshold if threshold is None else threshold
    linked = []
    for found in weigh(reviews, catalogue):
        best = _best(found, weights)
        linked.append(best if best is not None and best.probability >= least else None)
    return linked


def weigh(reviews: Sequence[Review], catalogue: Catalogue) -> list[list[Candidate]]:
    """The films that each review may be about, with what speaks for them."""
    places = [_places(review) for review in reviews]
    entries = catalogue.look_up({span.key for own in places for span in own})
    found = [candidates(own, entries, review.given) for own, review in zip(places, reviews, strict=True)]
    people = catalogue.people({c.film for own in found for c in own[:_PEOPLE_FOR]})
    for own, review in zip(found, reviews, strict=True):
        describe(own, review.reading, review.text, review.given, people)
    return found


def _places(review: Review) -> list[Span]:
    """Where the review may name a film; a title that the source gives goes before all that the text says."""
    if review.given.title is None:
        return spans(review.reading, review.text)
    found, article = key(review.given.title)
    return [Span(0, 0, found, article, 1, "text")] if found else []


def _best(found: Sequence[Candidate], weights: Weights) -> Link | None:
    if not found:
        return None
    chances = probabilities([c.values for c in found], weights.all)
    ranked = sorted(zip(chances, found, strict=True), key=lambda pair: (-pair[0], pair[1].film))
    chance, best = ranked[0]
    rivals = [{"film": c.film, "probability": round(p, 4)} for p, c in ranked[1:3] if p >= 0.005]
    # No link is beyond doubt, whatever the rounding.
    sure = min(round(chance, 4), 0.9999)
    return Link(best.film, best.entry.title, best.entry.year, sure, _evidence(best) | {"rivals": rivals})


def _evidence(best: Candidate) -> dict[str, Any]:
    span = max(best.spans, key=lambda s: ({"film": 2, "work": 1, "text": 0}[s.by], s.confidence, s.marked, -s.start))
    given = bool(best.values["given"])
    return {
        "by": "given" if given else span.by,
        "start": None if given else span.start,
        "end": None if given else span.end,
        "mentions": 0 if given else len(best.spans),
        "key": best.entry.extent if best.entry.extent == "short" else best.entry.origin,
        "sharing": best.entry.sharing,
        "year": best.entry.year if _says_year(best.values) else None,
        "people": [
            {"name": name, "person": who.person, "role": who.role} for name, who in best.people.items()
        ],
    }  # fmt: skip


def _says_year(values: Mapping[str, float]) -> bool:
    return any(values[name] for name in ("year_at", "year_any", "given_year"))
