"""Is the library whole? Every rule that its tables must obey, put as a question to which the right answer is no row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..corrections.apply import apply
from ..corrections.record import in_force, of_reviews
from ..errors import PullquoteError
from ..reading import Reading
from .keys import content_key, name_key
from .rebuild import readings

if TYPE_CHECKING:
    from .store import Store

#: Examples told per fault.
SHOWN = 3
#: Tables whose rows have a span in their review.
_SPANS = ("segments", "mentions", "credits", "relations", "opinions")
_NUMBERED = (
    ("segments", "segment"), ("mentions", "mention"), ("entities", "entity"), ("credits", "credit"),
    ("relations", "relation_no"), ("opinions", "opinion"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that is broken: in how many rows, and the first of them in words."""

    rule: str
    rows: int
    examples: tuple[str, ...]


def rules() -> Iterator[tuple[str, str]]:
    """Every rule in words, and the query that finds what breaks it."""
    yield "every review has a number of its own", _twice("reviews", "review")
    yield "every review is there once", _twice("reviews", "key")
    yield "every reading has a number of its own", _twice("readings", "reading")
    yield (
        "every review has one reading in force",
        "SELECT r.review FROM reviews r LEFT JOIN readings d ON d.review = r.review AND d.replaced_at IS NULL "
        "GROUP BY r.review HAVING count(d.reading) <> 1",
    )
    yield (
        "every review has one verdict",
        "SELECT r.review FROM reviews r LEFT JOIN verdicts v USING (review) "
        "GROUP BY r.review HAVING count(v.review) <> 1",
    )
    yield (
        "a reading that was replaced is kept",
        "SELECT review, reading FROM readings WHERE (replaced_at IS NULL) <> (replaced IS NULL)",
    )
    for table in ("readings", "verdicts", "links", "corrections", *(name for name, _ in _NUMBERED)):
        yield f"{table} are of reviews that are there", f"SELECT review FROM {table} ANTI JOIN reviews USING (review)"
    for table, number in _NUMBERED:
        yield (
            f"{table} of a review are numbered from 0 without gaps",
            f"SELECT review FROM {table} GROUP BY review "
            f"HAVING min({number}) <> 0 OR max({number}) <> count(*) - 1 OR count(DISTINCT {number}) <> count(*)",
        )
    for table in _SPANS:
        yield (
            f"{table} lie inside their review",
            f"SELECT c.review, c.start, c.end_ FROM {table} c JOIN reviews r USING (review) "
            "WHERE c.start < 0 OR c.start >= c.end_ OR c.end_ > length(r.text)",
        )
    yield (
        "quotes are the words at their span",
        "SELECT o.review, o.opinion FROM opinions o JOIN reviews r USING (review) "
        "WHERE substring(r.text, o.start + 1, o.end_ - o.start) <> o.quote",
    )
    yield (
        "sentences do not overlap",
        "SELECT review, segment FROM (SELECT *, lag(end_) OVER (PARTITION BY review ORDER BY segment) AS before "
        "FROM segments) WHERE before > start",
    )
    yield (
        "opinions begin in the sentence they name",
        "SELECT o.review, o.opinion FROM opinions o LEFT JOIN segments s USING (review, segment) "
        "WHERE o.segment IS NOT NULL AND (s.start IS NULL OR o.start < s.start OR o.start >= s.end_)",
    )
    yield (
        "mentions belong to an entity of their review",
        "SELECT m.review, m.mention FROM mentions m LEFT JOIN entities e USING (review, entity) "
        "WHERE e.name IS NULL OR e.name <> m.name OR e.type <> m.type",
    )
    yield (
        "entities are named as often as they say",
        "SELECT e.review, e.entity FROM entities e LEFT JOIN mentions m USING (review, entity) "
        "GROUP BY e.review, e.entity, e.mentions HAVING count(m.mention) <> e.mentions",
    )
    yield "every film is there once", _twice("films", "film")
    yield "every person is there once", _twice("people", "person")
    yield (
        "films of reviews are known",
        "SELECT review, film FROM reviews ANTI JOIN films USING (film) WHERE film IS NOT NULL",
    )
    yield "it is said who says which film it is", "SELECT review FROM reviews WHERE (film IS NULL) <> (film_by IS NULL)"
    yield "every correction has a number of its own", _twice("corrections", "correction")
    yield (
        "the machine's reading is kept beside a corrected one, and only there",
        "SELECT d.review FROM readings d LEFT JOIN (SELECT DISTINCT review, true AS corrected FROM corrections "
        "WHERE undone_at IS NULL AND set_aside IS NULL) c USING (review) "
        "WHERE (d.machine IS NOT NULL) <> (d.replaced_at IS NULL AND c.corrected IS NOT NULL)",
    )
    yield (
        "people of credits are known",
        "SELECT c.review, c.person FROM credits c ANTI JOIN people p ON p.person = c.person_key",
    )


def check(store: Store) -> list[Fault]:
    """Every fault of the library; none is good."""
    faults = []
    for rule, query in rules():
        row = store.one(f"SELECT count(*) FROM ({query})")
        if row and row[0]:
            found = store.connection.execute(f"SELECT * FROM ({query}) LIMIT {SHOWN}")
            names = [column[0] for column in found.description]
            examples = tuple(
                ", ".join(f"{n} {v}" for n, v in zip(names, values, strict=True)) for values in found.fetchall()
            )
            faults.append(Fault(rule, int(row[0]), examples))
    faults.extend(_keys(store))
    faults.extend(_corrected(store))
    return faults


def _twice(table: str, column: str) -> str:
    return f"SELECT {column} FROM {table} GROUP BY {column} HAVING count(*) > 1"


def _keys(store: Store) -> Iterator[Fault]:
    """Keys are made in Python, so they are checked here: of reviews, and of the names that join them."""
    wrong, count = [], 0
    result = store.connection.execute("SELECT review, key, text, film_id, title, year, author FROM reviews")
    while rows := result.fetchmany(2_000):
        for review, key, *parts in rows:
            if content_key(*parts).hex() != key:
                count += 1
                wrong.append(f"review {review}")
    if count:
        yield Fault("a review's key is made of its text, film and author", count, tuple(wrong[:SHOWN]))
    for table, name, key in (("entities", "name", "key"), ("credits", "person", "person_key")):
        result = store.connection.execute(f"SELECT DISTINCT {name}, {key} FROM {table}")
        bad: list[str] = []
        while rows := result.fetchmany(50_000):
            bad.extend(repr(told) for told, known in rows if name_key(told) != known)
        if bad:
            yield Fault(f"keys of {table} are made of their names", len(bad), tuple(bad[:SHOWN]))


def _corrected(store: Store) -> Iterator[Fault]:
    """What corrections make of a reading is worked out in Python, so it is checked here."""
    rows = store.connection.execute(
        "SELECT review, text, machine FROM reviews JOIN readings USING (review) "
        "WHERE replaced_at IS NULL AND machine IS NOT NULL ORDER BY review"
    ).fetchall()
    wrong = []
    for review, text, machine in rows:
        try:
            changes = [one.change for one in in_force(of_reviews(store.connection, [review]).get(review, ()))]
            right = apply(Reading.from_json(machine), changes, text)
        except PullquoteError as error:
            wrong.append(f"review {review}: {error}")
            continue
        if readings(store.connection, [review]).get(review) != right:
            wrong.append(f"review {review}")
    if wrong:
        yield Fault(
            "a corrected reading is the machine's with its corrections put on", len(wrong), tuple(wrong[:SHOWN])
        )
