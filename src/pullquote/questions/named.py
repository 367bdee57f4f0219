"""Names of one kind that reviews of a film mention: characters, places, other works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..library.keys import title_key
from .namesakes import joined
from .scope import IN_SCOPE, in_veil

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Named:
    """A name in its usual spelling, and how many reviews mention it."""

    name: str
    reviews: int


@dataclass(frozen=True, slots=True)
class Found:
    """A name in its usual spelling, and the reviews that mention it."""

    name: str
    reviews: frozenset[int]


def names(cursor: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Found]]:
    """The names in scope by type (PERSON, CHARACTER, PLACE, WORK) and key.

    A name that occurs only where the story is given away is left out.
    """
    rows = cursor.execute(
        f"""
        SELECT e.type, e.key, mode(e.name ORDER BY e.name), list(DISTINCT e.review)
        FROM (FROM entities WHERE {IN_SCOPE} AND type IN ('PERSON', 'CHARACTER', 'PLACE', 'WORK')) e SEMI JOIN (
            SELECT m.review, m.entity FROM (FROM mentions WHERE {IN_SCOPE}) m ANTI JOIN {in_veil("m")}
        ) seen USING (review, entity)
        GROUP BY e.type, e.key ORDER BY e.key
        """
    ).fetchall()
    found: dict[str, dict[str, Found]] = {"PERSON": {}, "CHARACTER": {}, "PLACE": {}, "WORK": {}}
    for kind, key, name, reviews in rows:
        found[kind][key] = Found(name, frozenset(reviews))
    return found


def clearly(found: dict[str, dict[str, Found]], kind: str, other: str) -> dict[str, Found]:
    """The names of ``kind`` that no more reviews take for one of ``other``; readers mix up actors and characters."""
    return {
        key: one
        for key, one in found[kind].items()
        if len(one.reviews) >= len(found[other][key].reviews if key in found[other] else ())
    }


def is_name(text: str) -> bool:
    """Whether it has a capital, as names do: "his dad" is none. Scripts without capitals pass.

    >>> is_name("Hanne Voss"), is_name("his dad"), is_name("千尋")
    (True, False, True)
    """
    return text != text.lower() or text == text.upper()


def together(found: Mapping[str, Found]) -> tuple[dict[str, Found], dict[str, str]]:
    """Characters with short and full forms of their names made one, and which form went to which."""
    same = joined({key: len(one.reviews) for key, one in found.items()}, by_surname=False)
    reviews: dict[str, frozenset[int]] = defaultdict(frozenset)
    for key, one in found.items():
        reviews[same[key]] |= one.reviews
    return {key: Found(found[key].name, own) for key, own in reviews.items()}, same


def most(found: Mapping[str, Found], limit: int) -> tuple[Named, ...]:
    """The names that most reviews mention, at most ``limit``."""
    ordered = sorted(found.items(), key=lambda item: (-len(item[1].reviews), item[0]))
    return tuple(Named(one.name, len(one.reviews)) for _, one in ordered[:limit])


def other_works(cursor: duckdb.DuckDBPyConnection, works: Mapping[str, Found], title: str | None) -> dict[str, Found]:
    """``works`` without the film itself: its title, its subtitle, and what its reviews call it."""
    rows = cursor.execute(
        "SELECT film_title FROM readings WHERE replaced_at IS NULL AND film_title IS NOT NULL "
        f"AND {IN_SCOPE} GROUP BY film_title"
    ).fetchall()
    own = {title_key(called) for (called,) in rows}
    if title:
        own.add(title_key(title))
        own.add(title_key(title.rpartition(":")[2]))
    return {key: work for key, work in works.items() if title_key(work.name) not in own}
