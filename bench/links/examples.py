"""Reviews whose film is known, weighed against a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote import Reading
from pullquote.catalogue.features import Candidate
from pullquote.catalogue.fit import Example
from pullquote.catalogue.link import Review as Unlinked
from pullquote.catalogue.link import weigh
from pullquote.catalogue.store import Catalogue
from pullquote.reading import Verdict
from pullquote.training.data import Review

#: Reviews weighed at a time.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Weighed:
    """A review with its candidates; ``known`` is whether its film is in the catalogue."""

    review: Review
    known: bool
    candidates: list[Candidate]

    @property
    def example(self) -> Example:
        """What the fit sees of it."""
        films = [c.film for c in self.candidates]
        film = self.review["film"]
        return Example([c.values for c in self.candidates], films.index(film) if film in films else None)


def unread(id: str) -> Reading:
    """A reading that says nothing, for what is learned without one."""
    return Reading(id=id, verdict=Verdict(sentiment=0.5, stars=5.0, recommend="none"))


def weighed(reviews: Sequence[Review], readings: Sequence[Reading], catalogue: Catalogue) -> list[Weighed]:
    """Each review with the films that it may be about, by nothing but its text."""
    known = catalogue.titles({r["film"] for r in reviews})
    out: list[Weighed] = []
    for at in range(0, len(reviews), BATCH):
        part = reviews[at : at + BATCH]
        rows = [Unlinked(reading, r["text"]) for r, reading in zip(part, readings[at : at + BATCH], strict=True)]
        out += [
            Weighed(r, r["film"] in known, found) for r, found in zip(part, weigh(rows, catalogue), strict=True)
        ]  # fmt: skip
    return out
