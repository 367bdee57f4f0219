"""All that the page of correcting shows: the sentences with their numbers, the chosen one's claims, the history."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...corrections.changes import Checked
from ...corrections.keep import Current, current
from ...corrections.record import in_force
from ...errors import InputError
from ...reading import Mention, Reading, Segment, Verdict
from ...render import words
from ..problems import Refused
from ..shown import Review, Sentence, shown
from .claims import Listed, key_of, kind_of, label, listed
from .selection import Laid, laid
from .told import Told, told

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Numbered:
    """A stretch of the text; ``at`` is where it begins in the shown text, ``number`` is None between sentences."""

    at: int
    number: int | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the chosen sentence; ``times`` says how often its name is named in the review."""

    key: str
    kind: str
    claim: Listed
    label: str
    words: str
    times: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sentence that is being corrected; ``earlier`` and ``later`` are the starts of its neighbours."""

    number: int
    key: str
    segment: Segment
    at: int
    text: str
    claims: tuple[Claim, ...]
    earlier: int | None
    later: int | None


@dataclass(frozen=True, slots=True)
class Desk:
    """A review on its desk; ``checked`` says that a reader found the whole right and nothing was changed since."""

    number: int
    title: str | None
    seen: int
    review: Review
    text: tuple[Numbered, ...]
    chosen: Chosen | None
    verdict: Verdict
    verdict_key: str
    film_key: str
    names: tuple[str, ...]
    history: tuple[Told, ...]
    checked: bool


def desk(connection: duckdb.DuckDBPyConnection, number: int, sentence: int | None) -> Desk:
    """The review of that number, with the sentence chosen that begins at ``sentence`` of the raw text.

    Raises:
        Refused: 404 if there is none.
    """
    known = known_review(connection, number)
    page, reading = laid(known.text), known.reading
    review = shown(reading, known.text)
    active = in_force(known.corrections)
    names = dict.fromkeys(words.plain(one.name) for one in reading.mentions)
    return Desk(
        number=number,
        title=title_of(connection, number) or review.outline.title,
        seen=known.number,
        review=review,
        text=_numbered(review),
        chosen=_chosen(reading, page, sentence),
        verdict=reading.verdict,
        verdict_key=key_of(reading.verdict),
        film_key=key_of(reading.film) if reading.film is not None else "",
        names=tuple(name for name in names if name),
        history=tuple(told(known.corrections, page, reading.segments)),
        checked=bool(active) and isinstance(active[-1].change, Checked),
    )


def known_review(connection: duckdb.DuckDBPyConnection, number: int) -> Current:
    """The review of that number.

    Raises:
        Refused: 404 if there is none.
    """
    try:
        return current(connection, number)
    except InputError:
        raise Refused(404, "No review of this library has that number.") from None


def title_of(connection: duckdb.DuckDBPyConnection, number: int) -> str | None:
    """The title of the film that a review is filed under."""
    query = "SELECT f.title FROM reviews r JOIN films f USING (film) WHERE r.review = ?"
    rows = connection.execute(query, [number]).fetchall()
    return rows[0][0] if rows else None


def _numbered(review: Review) -> tuple[Numbered, ...]:
    at = number = 0
    stretches = []
    for one in review.sentences:
        if one.start is not None:
            number += 1
        stretches.append(Numbered(at, number if one.start is not None else None, one))
        at += sum(len(piece.text) for piece in one.pieces)
    return tuple(stretches)


def _chosen(reading: Reading, page: Laid, start: int | None) -> Chosen | None:
    starts = [one.start for one in reading.segments]
    if start not in starts:
        return None
    at = starts.index(start)
    segment = reading.segments[at]
    # A claim that begins between two sentences is told with the one before it.
    own = [one for one in listed(reading) if max(bisect_right(starts, one.start) - 1, 0) == at]
    first, last = page.shown_span(segment.start, segment.end)
    return Chosen(
        number=at + 1,
        key=key_of(segment),
        segment=segment,
        at=first,
        text=page.text[first:last],
        claims=tuple(_claim(one, reading, page) for one in own),
        earlier=starts[at - 1] if at else None,
        later=starts[at + 1] if at + 1 < len(starts) else None,
    )


def _claim(claim: Listed, reading: Reading, page: Laid) -> Claim:
    first, last = page.shown_span(claim.start, claim.end)
    times = sum(one.name == claim.name for one in reading.mentions) if isinstance(claim, Mention) else 1
    return Claim(key_of(claim), kind_of(claim), claim, label(claim), page.text[first:last], times)
