"""Which person is meant: by the full name, or by part of it where only one has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import AmbiguousName, InputError
from ..library.keys import name_key
from .namesakes import within

if TYPE_CHECKING:
    import duckdb

_NAMED_IN_ERRORS = 8
#: Names less like the one asked for than this (Jaro-Winkler) are no suggestion.
_LIKE = 0.8


def find_person(connection: duckdb.DuckDBPyConnection, named: str) -> tuple[str, str]:
    """The key (`people.person`) and name of whoever ``named`` means.

    Raises:
        AmbiguousName: if several people answer to it; the message lists them.
        InputError: if nobody does; the message lists names like it.
    """
    key = name_key(named.strip())
    if not key:
        raise InputError("name a person")
    words = key.split()
    rows = connection.execute(
        "SELECT person, name FROM people "
        "WHERE person = $1 OR contains(' ' || person || ' ', ' ' || $2 || ' ') ORDER BY person",
        [key, max(words, key=len)],
    ).fetchall()
    exact = [(k, name) for k, name in rows if k == key]
    if exact and len(words) > 1:
        return exact[0]
    # A surname alone is the short form of whoever bears it, though some reviews never use another.
    fuller = [(k, name) for k, name in rows if within(words, k.split())]
    tops = [(k, name) for k, name in fuller if not any(within(k.split(), other.split()) for other, _ in fuller)]
    if len(tops) > 1:
        raise AmbiguousName(_several(connection, named, tops), [name for _, name in tops])
    if found := tops or exact:
        return found[0]
    raise InputError(_unknown(connection, named, key))


def _several(connection: duckdb.DuckDBPyConnection, named: str, found: Sequence[tuple[str, str]]) -> str:
    counts = dict(
        connection.execute(
            """
            SELECT key, count(DISTINCT review) FROM (
                SELECT review, key FROM entities WHERE type = 'PERSON' UNION ALL SELECT review, person_key FROM credits
            ) WHERE key IN (SELECT unnest($1::VARCHAR[])) GROUP BY key
            """,
            [[key for key, _ in found]],
        ).fetchall()
    )
    ordered = sorted(found, key=lambda one: (-counts.get(one[0], 0), one[0]))
    shown = "; ".join(
        f"{name}, {n} {'review' if n == 1 else 'reviews'}"
        for key, name in ordered[:_NAMED_IN_ERRORS]
        for n in [counts.get(key, 0)]
    )
    more = f"; and {len(found) - _NAMED_IN_ERRORS} more" if len(found) > _NAMED_IN_ERRORS else ""
    return f"{named}: {len(found)} people answer to this; give the full name. {shown}{more}"


def _unknown(connection: duckdb.DuckDBPyConnection, named: str, key: str) -> str:
    rows = connection.execute(
        """
        SELECT name FROM (SELECT name, person, jaro_winkler_similarity(person, $1) AS like_ FROM people)
        WHERE like_ > $2 ORDER BY like_ DESC, person LIMIT 5
        """,
        [key, _LIKE],
    ).fetchall()
    if rows:
        return f"{named}: no review here names this person; the nearest: {'; '.join(name for (name,) in rows)}"
    return f"{named}: no review here names this person, nor one of a like name"
