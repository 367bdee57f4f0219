"""Storing: reviews with their readings into the library's tables, a batch in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..reading import Reading
from .keys import film_key, name_key
from .rebuild import readings as rebuilt
from .refit import SetAside, refit
from .rows import SURE_OF_FILM, Read, claim_rows, reading_rows, review_rows
from .store import Store

if TYPE_CHECKING:
    import pyarrow as pa

#: Tables that hold the claims of readings in force.
CLAIMS = ("segments", "mentions", "entities", "credits", "relations", "opinions", "verdicts")


def now() -> dt.datetime:
    """This moment in UTC, as the library keeps times: without a zone."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def add(store: Store, batch: Sequence[Read]) -> None:
    """Store new reviews with their readings; the caller has seen that none of them is there yet.

    Raises:
        LibraryError: if the file cannot be written; nothing of the batch is stored then.
    """
    if not batch:
        return
    with store.transaction():
        time = now()
        first = _next(store, "reviews", "review")
        reviews = list(range(first, first + len(batch)))
        _insert(store, "reviews", review_rows(batch, first, time))
        _store_readings(store, [one.reading for one in batch], reviews, time)
        _know_films(store, batch)
        _forget_failures(store, batch)
        store.changed()


def replace(store: Store, fresh: Mapping[int, Reading]) -> list[SetAside]:
    """Put new readings of reviews that are there in force; the old ones are kept whole in ``readings.replaced``.

    Corrections go on the new readings.

    Args:
        fresh: the new reading of each review, by the review's number.

    Returns:
        The corrections that do not fit the new readings.

    Raises:
        LibraryError: if the file cannot be written; nothing is replaced then.
    """
    if not fresh:
        return []
    reviews = sorted(fresh)
    with store.transaction():
        time = now()
        for review, old in rebuilt(store.connection, reviews).items():
            store.connection.execute(
                "UPDATE readings SET replaced_at = ?, replaced = coalesce(machine, ?), machine = NULL "
                "WHERE review = ? AND replaced_at IS NULL",
                [time, old.to_json().decode(), review],
            )
        corrected, aside = refit(store.connection, fresh)
        _put_in_place(store, {**fresh, **corrected}, time)
        _keep_machine(store, {review: fresh[review] for review in corrected})
        store.changed()
    return aside


def restate(store: Store, review: int, reading: Reading, machine: Reading | None) -> None:
    """Put ``reading`` in the place of the one in force after a correction; to be called inside a transaction.

    It takes the next number, so that what is derived from readings can tell.

    Args:
        machine: what the machine read, to be kept beside; None if ``reading`` is that.
    """
    row = store.one("SELECT read_at FROM readings WHERE review = ? AND replaced_at IS NULL", [review])
    assert row is not None
    first = _next(store, "readings", "reading")
    store.connection.execute("DELETE FROM readings WHERE review = ? AND replaced_at IS NULL", [review])
    _put_in_place(store, {review: reading}, row[0], first)
    if machine is not None:
        _keep_machine(store, {review: machine})
    store.changed()


def _put_in_place(store: Store, readings: Mapping[int, Reading], time: dt.datetime, first: int | None = None) -> None:
    """Claims and films of some reviews are those of ``readings`` now, which are numbered from ``first``."""
    reviews = sorted(readings)
    for table in CLAIMS:
        store.connection.execute(f"DELETE FROM {table} WHERE review IN (SELECT unnest(?))", [reviews])
    _store_readings(store, [readings[review] for review in reviews], reviews, time, first)
    for review in reviews:
        # Only where nothing but the old reading said which film it is.
        film = readings[review].film
        key = film_key(film.title, None) if film and film.confidence >= SURE_OF_FILM else None
        store.connection.execute(
            "UPDATE reviews SET film = ?, film_by = CASE WHEN ? IS NULL THEN NULL ELSE 'text' END "
            "WHERE review = ? AND (film_by = 'text' OR film IS NULL) AND film IS DISTINCT FROM ?",
            [key, key, review, key],
        )
        if film and key:
            know_film(store, [(key, film.title, None, "text")])


def _keep_machine(store: Store, readings: Mapping[int, Reading]) -> None:
    for review, reading in readings.items():
        store.connection.execute(
            "UPDATE readings SET machine = ? WHERE review = ? AND replaced_at IS NULL",
            [reading.to_json().decode(), review],
        )


def fail(store: Store, failures: Iterable[tuple[str, str, str]]) -> None:
    """Note what could not be read, as (source, origin, reason); a place fails once, with its latest reason."""
    rows = {(source, origin): reason for source, origin, reason in failures}
    if not rows:
        return
    with store.transaction():
        time = now()
        for (source, origin), reason in rows.items():
            store.connection.execute("DELETE FROM failures WHERE source = ? AND origin = ?", [source, origin])
            store.connection.execute("INSERT INTO failures VALUES (?, ?, ?, ?)", [source, origin, reason, time])


def title_films(store: Store) -> None:
    """Give films without a title the one that most reviews of them use."""
    with store.transaction():
        ((titled,),) = store.connection.execute(
            """
            UPDATE films SET title = told.title, title_by = 'text' FROM (
                SELECT r.film, arg_max(d.film_title, d.votes) AS title
                FROM (SELECT review, film_title, count(*) OVER (PARTITION BY film_title) AS votes
                      FROM readings WHERE replaced_at IS NULL AND film_title IS NOT NULL) d
                JOIN reviews r USING (review) GROUP BY r.film
            ) told
            WHERE films.film = told.film AND (films.title IS NULL OR films.title_by = 'text')
              AND films.title IS DISTINCT FROM told.title
            """
        ).fetchall()
        if titled:
            store.changed()


def _store_readings(
    store: Store, readings: Sequence[Reading], reviews: Sequence[int], time: dt.datetime, first: int | None = None
) -> None:
    first = first or _next(store, "readings", "reading")
    _insert(store, "readings", reading_rows(readings, reviews, first, time))
    for table, rows in claim_rows(readings, reviews).items():
        _insert(store, table, rows)
    _know_people(store, readings)


def _next(store: Store, table: str, column: str) -> int:
    row = store.one(f"SELECT coalesce(max({column}), 0) + 1 FROM {table}")
    return int(row[0]) if row else 1


def _insert(store: Store, table: str, rows: pa.Table) -> None:
    store.connection.register("batch", rows)
    try:
        store.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM batch")
    finally:
        store.connection.unregister("batch")


def _know_films(store: Store, batch: Sequence[Read]) -> None:
    from .rows import film_of

    rows: list[tuple[str, str | None, int | None, str | None]] = []
    for one in batch:
        film, by = film_of(one.record, one.reading.film)
        if film is None:
            continue
        if one.record.title:
            rows.append((film, one.record.title, one.record.year, "given"))
        elif by == "text" and one.reading.film is not None:
            rows.append((film, one.reading.film.title, None, "text"))
        else:
            rows.append((film, None, one.record.year, None))
    know_film(store, rows)


def know_film(store: Store, rows: Sequence[tuple[str, str | None, int | None, str | None]]) -> None:
    """Add films not known yet, and the titles of films that had none."""
    best: dict[str, tuple[str, str | None, int | None, str | None]] = {}
    for row in rows:
        if row[0] not in best or (best[row[0]][1] is None and row[1] is not None):
            best[row[0]] = row
    if not best:
        return
    import pyarrow as pa

    columns = list(zip(*best.values(), strict=True))
    table = pa.table(
        {
            "film": pa.array(columns[0], pa.string()),
            "title": pa.array(columns[1], pa.string()),
            "year": pa.array(columns[2], pa.int16()),
            "title_by": pa.array(columns[3], pa.string()),
        }
    )
    store.connection.register("told", table)
    try:
        store.connection.execute(
            "UPDATE films SET title = told.title, title_by = told.title_by, year = coalesce(films.year, told.year) "
            "FROM told WHERE films.film = told.film AND films.title IS NULL AND told.title IS NOT NULL"
        )
        store.connection.execute("INSERT INTO films BY NAME SELECT * FROM told ANTI JOIN films USING (film)")
    finally:
        store.connection.unregister("told")


def _know_people(store: Store, readings: Sequence[Reading]) -> None:
    names: dict[str, str] = {}
    for reading in readings:
        for name in (*(m.name for m in reading.mentions if m.type == "PERSON"), *(c.person for c in reading.credits)):
            key = name_key(name)
            if len(name) > len(names.get(key, "")):
                names[key] = name
    if not names:
        return
    import pyarrow as pa

    store.connection.register("named", pa.table({"person": list(names), "name": list(names.values())}))
    try:
        store.connection.execute("INSERT INTO people BY NAME SELECT * FROM named ANTI JOIN people USING (person)")
    finally:
        store.connection.unregister("named")


def _forget_failures(store: Store, batch: Sequence[Read]) -> None:
    """What failed before and went well now has failed no longer."""
    row = store.one("SELECT count(*) FROM failures")
    if row and row[0]:
        store.connection.executemany(
            "DELETE FROM failures WHERE source = ? AND origin = ?", [[one.source, one.record.origin] for one in batch]
        )
