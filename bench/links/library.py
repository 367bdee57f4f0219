"""The held-out reviews as one library, where each hears the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.catalogue.fit import Example
from pullquote.catalogue.gathered import Gathered
from pullquote.catalogue.kin import values
from pullquote.catalogue.link import named
from pullquote.catalogue.together import Heard, Option, options
from pullquote.catalogue.traits import traits
from pullquote.catalogue.weights import Weights
from pullquote.reading import Reading

from .examples import Weighed


@dataclass(frozen=True, slots=True)
class Joined:
    """A review with the films that it may be about once it has heard the others."""

    one: Weighed
    options: list[Option]

    @property
    def example(self) -> Example:
        """What the fit sees of it."""
        films = [o.film for o in self.options]
        film = self.one.review["film"]
        return Example([o.values for o in self.options], films.index(film) if film in films else None)


def gathered(reviews: Sequence[Weighed], read: Sequence[Reading], weights: Weights) -> Gathered:
    """All of them, numbered as they come."""
    library = Gathered()
    library.add(
        Heard(number, traits(reading, one.review["text"]), named(one.candidates, weights))
        for number, (one, reading) in enumerate(zip(reviews, read, strict=True))
    )
    library.whole()
    return library


def pairs(reviews: Sequence[Weighed], library: Gathered) -> Iterator[Example]:
    """Every two reviews that share a name, and whether they are of one film, as a choice of one or none."""
    for own in everyone(reviews, library):
        for other in library.sharing(own):
            if own.review < other.review:
                same = reviews[own.review].review["film"] == reviews[other.review].review["film"]
                yield Example([values(own.traits, other.traits)], 0 if same else None)


def joined(reviews: Sequence[Weighed], library: Gathered, weights: Weights) -> list[Joined]:
    """Each review with its options."""
    mass = library.mass
    return [
        Joined(reviews[own.review], options(own, library.kin(own, weights.kin), mass))
        for own in everyone(reviews, library)
    ]


def everyone(reviews: Sequence[Weighed], library: Gathered) -> Iterator[Heard]:
    """All of them as heard alone."""
    for number in range(len(reviews)):
        own = library.heard(number)
        assert own is not None
        yield own
