"""The reviews of a library, each filed under its film in the catalogue."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..library.keys import film_key
from ..library.rebuild import readings
from ..library.rows import SURE_OF_FILM
from ..library.store import Store
from ..reading import Reading
from .features import Given
from .gathered import Gathered
from .link import Link, Review, alone, hear, together
from .store import Catalogue
from .together import Heard, Named
from .traits import traits
from .weights import shipped

#: Reviews in memory, and in one transaction.
BATCH = 500

_ALL = """
SELECT review, film, film_by, title, year, text, written FROM reviews WHERE review > ? ORDER BY review LIMIT ?
"""
_DUE = """
SELECT review, film, film_by, title, year FROM reviews
WHERE review > ? AND film_by IS DISTINCT FROM 'given' ORDER BY review LIMIT ?
"""


@dataclass(slots=True)
class Filed:
    """How a run went, in reviews: ``given`` came with the id of their film, ``unknown`` of these with one that the
    catalogue does not have; of all others ``linked`` were linked and ``unlinked`` were not."""

    given: int = 0
    unknown: int = 0
    linked: int = 0
    unlinked: int = 0


class _Row(NamedTuple):
    review: int
    film: str | None
    film_by: str | None
    title: str | None
    year: int | None
    text: str = ""
    written: dt.date | None = None


def link_library(
    store: Store, catalogue: Catalogue, *, threshold: float | None = None, show: Callable[[int], None] | None = None
) -> Filed:
    """Link every review of a library that has no film id of its own, and name the films of those that have.

    First every review is heard by itself; then each hears those that share names with it (`together`). A second run
    takes the place of the first: links that no longer hold are taken back. It may be stopped at any moment; what is
    done is kept, a batch whole or not at all.

    Args:
        store: the library, opened to write.
        catalogue: where films are looked up.
        threshold: least probability of a link; None takes that which the weights come with.
        show: called with the number of reviews heard and linked so far, of `steps`.

    Raises:
        LibraryError: if the library cannot be written.
    """
    filed, known = _given(store, catalogue)
    heard = 0
    with Gathered() as gathered:
        for batch in _batches(store, _ALL):
            gathered.add(_heard(store, batch, catalogue, known))
            heard += len(batch)
            if show is not None:
                show(heard)
        gathered.whole()
        for batch in _batches(store, _DUE):
            links = _linked(batch, gathered, threshold)
            with store.transaction():
                _write(store, batch, links)
            filed.linked += len(links)
            filed.unlinked += len(batch) - len(links)
            if show is not None:
                show(heard + filed.linked + filed.unlinked)
    return filed


def steps(store: Store) -> int:
    """What `link_library` will count up to: each review is heard, and each without an id is linked."""
    total, due = store.connection.execute(
        "SELECT count(*), count(*) FILTER (film_by IS DISTINCT FROM 'given') FROM reviews"
    ).fetchall()[0]
    return int(total) + int(due)


def _given(store: Store, catalogue: Catalogue) -> tuple[Filed, Mapping[str, tuple[str, int | None]]]:
    """Name the films whose ids came with their reviews, and give these back; a title that a source gave stays."""
    rows = store.connection.execute(
        "SELECT film, count(*) FROM reviews WHERE film_by = 'given' GROUP BY film"
    ).fetchall()  # fmt: skip
    known = catalogue.titles([film for film, _ in rows])
    with store.transaction():
        _name_films(store, known)
    unknown = sum(reviews for film, reviews in rows if film not in known)
    return Filed(given=sum(reviews for _, reviews in rows), unknown=unknown), known


def _batches(store: Store, query: str) -> Iterator[list[_Row]]:
    last = 0
    while batch := [_Row(*row) for row in store.connection.execute(query, [last, BATCH]).fetchall()]:
        yield batch
        last = batch[-1].review


def _heard(
    store: Store, batch: Sequence[_Row], catalogue: Catalogue, known: Mapping[str, tuple[str, int | None]]
) -> Iterator[Heard]:
    """What the reviews of a batch say by themselves; those that came with a film's id vouch for it."""
    read = readings(store.connection, [row.review for row in batch])
    reviews = {}
    for row in batch:
        if row.review not in read:
            continue
        reading = read[row.review]
        if row.film_by == "given":
            film = row.film or ""
            films = [Named(film, *known[film], 0.0, 1.0, {})] if film in known else []
            yield Heard(row.review, traits(reading, row.text), films, told=True)
        else:
            given = Given(row.title, row.year, row.written.year if row.written else None)
            reviews[row.review] = Review(reading, row.text, given)
    yield from hear(reviews, catalogue)


def _linked(batch: Sequence[_Row], gathered: Gathered, threshold: float | None) -> dict[int, Link]:
    weights = shipped()
    links: dict[int, Link | None] = {}
    for row in batch:
        own = gathered.heard(row.review)
        if own is None:
            continue
        if own.told:
            links[row.review] = alone(own.films, weights.threshold if threshold is None else threshold)
        else:
            links[row.review] = together(own, gathered.kin(own, weights.kin), gathered.mass, threshold=threshold)
    return {review: link for review, link in links.items() if link is not None}


def _write(store: Store, batch: Sequence[_Row], links: Mapping[int, Link]) -> None:
    """Replace the links of a batch, and file its reviews anew."""
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    reviews = [row.review for row in batch]
    store.connection.execute("DELETE FROM links WHERE review IN (SELECT unnest(?))", [reviews])
    _with_rows(
        store,
        "INSERT INTO links BY NAME SELECT * FROM incoming",
        review=list(links),
        film=[link.film for link in links.values()],
        probability=[link.probability for link in links.values()],
        evidence=[json.dumps(link.evidence, ensure_ascii=False) for link in links.values()],
        linked_at=[now] * len(links),
    )
    _name_films(store, {link.film: (link.title, link.year) for link in links.values()})
    back = [row for row in batch if row.film_by == "link" and row.review not in links]
    old = readings(store.connection, [row.review for row in back])
    filings = {row.review: _unlinked(row, old[row.review]) for row in back}
    _know_films(store, [(film, title, year, by) for film, by, title, year in filings.values() if film])
    films: dict[int, tuple[str | None, str | None]] = {r: (link.film, "link") for r, link in links.items()}
    films |= {review: (film, by) for review, (film, by, *_) in filings.items()}
    changed = {
        row.review: films[row.review]
        for row in batch
        if row.review in films and films[row.review] != (row.film, row.film_by)
    }
    if changed:
        _with_rows(
            store,
            "UPDATE reviews SET film = incoming.film, film_by = incoming.film_by FROM incoming "
            "WHERE reviews.review = incoming.review",
            review=list(changed),
            film=[film for film, _ in changed.values()],
            film_by=[by for _, by in changed.values()],
        )
        store.changed()


def _unlinked(row: _Row, reading: Reading) -> tuple[str | None, str | None, str | None, int | None]:
    """What a review is filed under without a link, who says so, and that film's title and year."""
    if row.title:
        return film_key(row.title, row.year), "title", row.title, row.year
    if reading.film is not None and reading.film.confidence >= SURE_OF_FILM:
        return film_key(reading.film.title, None), "text", reading.film.title, None
    return None, None, None, None


def _know_films(store: Store, films: Sequence[tuple[str, str | None, int | None, str | None]]) -> None:
    """Add films known by their title alone, where they are not there."""
    told = {film: (title, year, "given" if by == "title" else "text") for film, title, year, by in films}
    _with_rows(
        store,
        "INSERT INTO films BY NAME SELECT * FROM incoming ANTI JOIN films USING (film)",
        film=list(told),
        title=[title for title, _, _ in told.values()],
        year=[year for _, year, _ in told.values()],
        title_by=[by for _, _, by in told.values()],
    )


def _name_films(store: Store, films: Mapping[str, tuple[str, int | None]]) -> None:
    """Give films the catalogue's title and year, adding those that are new; what a source gave stays."""
    columns: dict[str, list[Any]] = {
        "film": list(films),
        "title": [title for title, _ in films.values()],
        "year": [year for _, year in films.values()],
        "title_by": ["catalogue"] * len(films),
    }
    _with_rows(
        store,
        "UPDATE films SET year = coalesce(films.year, incoming.year), "
        "title = CASE WHEN films.title_by = 'given' THEN films.title ELSE incoming.title END, "
        "title_by = CASE WHEN films.title_by = 'given' THEN 'given' ELSE 'catalogue' END "
        "FROM incoming WHERE films.film = incoming.film",
        **columns,
    )
    _with_rows(store, "INSERT INTO films BY NAME SELECT * FROM incoming ANTI JOIN films USING (film)", **columns)


def _with_rows(store: Store, statement: str, **columns: list[Any]) -> None:
    """Run a statement with rows under the name ``incoming``; nothing is done without rows."""
    import pyarrow as pa

    if not next(iter(columns.values())):
        return
    kinds = {"review": pa.int64(), "probability": pa.float64(), "year": pa.int16(), "linked_at": pa.timestamp("us")}
    table = pa.table({name: pa.array(values, kinds.get(name, pa.string())) for name, values in columns.items()})
    store.connection.register("incoming", table)
    try:
        store.connection.execute(statement)
    finally:
        store.connection.unregister("incoming")
