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
from .together import Heard, Mass, Named, options
from .traits import traits
from .weights import Weights, probabilities, score, shipped, softmax

#: Candidates whose people are looked up; the rest are too unlikely for people to save them.
_PEOPLE_FOR = 50
#: Candidates kept while reviews hear each other.
_KEPT = 20


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
    weights = shipped()
    (found,) = weigh([Review(reading, text, given or Given())], catalogue)
    return alone(named(found, weights), weights.threshold if threshold is None else threshold)


def hear(reviews: Mapping[int, Review], catalogue: Catalogue) -> list[Heard]:
    """What reviews, given by their numbers in the library, say by themselves, before any hears the others."""
    weights = shipped()
    return [
        Heard(number, traits(one.reading, one.text), named(found, weights), one.given.title is not None)
        for (number, one), found in zip(reviews.items(), weigh(list(reviews.values()), catalogue), strict=True)
    ]


def alone(films: Sequence[Named], threshold: float) -> Link | None:
    """The film of a review by itself, or None where none is likely enough."""
    return _likeliest([(one.chance, one.film, one.title, one.year, one.evidence) for one in films], threshold)


def together(
    own: Heard, kin: Sequence[tuple[float, Heard]], mass: Mass, *, threshold: float | None = None
) -> Link | None:
    """The film of a review among others, or None where none is likely enough.

    Args:
        own: the review.
        kin: reviews that are likely of the same film (`Gathered.kin`).
        mass: of all reviews.
        threshold: least probability; None takes that which the weights come with.
    """
    weights = shipped()
    found = options(own, kin, mass)
    chances = softmax([score(one.values, weights.together) for one in found])
    ranked = [(p, o.film, o.title, o.year, o.evidence) for p, o in zip(chances, found, strict=True)]
    return _likeliest(ranked, weights.threshold_together if threshold is None else threshold)


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


def named(found: Sequence[Candidate], weights: Weights) -> list[Named]:
    """The likeliest of a review's candidates."""
    chances = probabilities([c.values for c in found], weights.all)
    ranked = sorted(zip(chances, found, strict=True), key=lambda pair: (-pair[0], pair[1].film))
    return [
        Named(c.film, c.entry.title, c.entry.year, score(c.values, weights.all), chance, _evidence(c))
        for chance, c in ranked[:_KEPT]
    ]


def _likeliest(found: Sequence[tuple[float, str, str, int | None, dict[str, Any]]], threshold: float) -> Link | None:
    if not found:
        return None
    (chance, film, title, year, evidence), *others = sorted(found, key=lambda one: (-one[0], one[1]))
    # No link is beyond doubt, whatever the rounding.
    sure = min(round(chance, 4), 0.9999)
    if sure < threshold:
        return None
    rivals = [{"film": one[1], "probability": round(one[0], 4)} for one in others[:2] if one[0] >= 0.005]
    return Link(film, title, year, sure, evidence | {"rivals": rivals})


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
