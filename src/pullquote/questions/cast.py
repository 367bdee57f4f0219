"""Cast and crew as the reviews tell it: who did what, as whom, and how they are spoken of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .aspects import Tally, tally
from .named import Found, is_name
from .namesakes import joined
from .scope import IN_SCOPE, in_veil

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Part:
    """A role that reviews give someone, and the character, where they name one; ``reviews`` say so."""

    role: str
    character: str | None
    reviews: int


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who worked on the film: in how many ``reviews`` they are named, their parts, how they are spoken of.

    ``keys`` are the forms of the name that were joined (`library.keys.name_key`), the fullest first.
    """

    name: str
    keys: tuple[str, ...]
    reviews: int
    parts: tuple[Part, ...]
    spoken: Tally


def cast(
    cursor: duckdb.DuckDBPyConnection, people: Mapping[str, Found], others: Mapping[str, Found]
) -> tuple[tuple[Person, ...], int]:
    """The people credited in the reviews in scope, which are of one film; those named by most reviews first.

    A character whose part is told where the story is given away is left out, the role stays; the number beside
    the people says how many were.

    Args:
        people: who is named in these reviews (`named.names`).
        others: characters, who are nobody's crew unless they are among ``people``, too.
    """
    credits = _credits(cursor)
    named: dict[str, set[int]] = defaultdict(set, {key: set(one.reviews) for key, one in people.items()})
    spelled = {key: one.name for key, one in people.items()}
    for person, name, *_, reviews, _ in credits:
        named[person].update(reviews)
        spelled.setdefault(person, name)
    one = joined({key: len(reviews) for key, reviews in named.items()}, by_surname=True)
    forms: dict[str, list[str]] = defaultdict(list)
    for form in sorted(one, key=lambda f: (f != one[f], -len(named[f]), f)):
        forms[one[form]].append(form)
    said: dict[str, list[tuple[str, str | None, str | None, list[int]]]] = defaultdict(list)
    for person, _, role, character, character_name, reviews, _ in credits:
        said[one[person]].append((role, character, character_name, reviews))
    spoken = _spoken(cursor)
    found = [
        Person(
            name=spelled[key],
            keys=tuple(forms[key]),
            reviews=len(set().union(*(named[form] for form in forms[key]))),
            parts=parts(own),
            spoken=_tallied(spoken, forms[key]),
        )
        for key, own in said.items()
        if key in people or key not in others
    ]
    found.sort(key=lambda p: (-p.reviews, -p.spoken.reviews, p.name))
    return tuple(found), sum(hidden for *_, hidden in credits)


def _credits(
    cursor: duckdb.DuckDBPyConnection,
) -> list[tuple[str, str, str, str | None, str | None, list[int], bool]]:
    """Person (key, name), role, character (key, name), the reviews that say so, and whether a character is hidden."""
    return cursor.execute(
        f"""
        SELECT person_key, mode(person ORDER BY person), role, CASE WHEN veiled IS NULL THEN character_key END AS told,
               mode(character ORDER BY character), list(DISTINCT c.review),
               bool_or(character_key IS NOT NULL AND veiled IS NOT NULL)
        FROM (FROM credits WHERE {IN_SCOPE}) c LEFT JOIN {in_veil("c")}
        GROUP BY person_key, role, told, veiled, character_key IS NULL ORDER BY ALL
        """
    ).fetchall()


def _spoken(cursor: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[int, int, int, int]]]:
    """For each key of a target its reviews, each with its quotes of praise, blame, and of two minds."""
    rows = cursor.execute(
        """
        SELECT target_key, review, count(*) FILTER (polarity = 'positive'), count(*) FILTER (polarity = 'negative'),
               count(*) FILTER (polarity = 'mixed')
        FROM own_opinions WHERE target_key IS NOT NULL GROUP BY target_key, review
        """
    ).fetchall()
    spoken: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    for key, *counts in rows:
        spoken[key].append(tuple(counts))
    return spoken


def _tallied(spoken: Mapping[str, Iterable[tuple[int, int, int, int]]], forms: Iterable[str]) -> Tally:
    by_review: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for form in forms:
        for review, *counts in spoken.get(form, ()):
            by_review[review] = [a + b for a, b in zip(by_review[review], counts, strict=True)]
    voices = Counter((praise > blame) - (praise < blame) for praise, blame, _ in by_review.values())
    quotes = (sum(own[side] for own in by_review.values()) for side in range(3))
    return tally(voices[1], voices[-1], voices[0], *quotes)


def parts(said: Iterable[tuple[str, str | None, str | None, Iterable[int]]]) -> tuple[Part, ...]:
    """The parts of one person in one film, most told first; short and full names of a character become one.

    A role is told without a character only where no review names one; "his dad" is no name.

    Args:
        said: role, key and name of the character (None where it is not told), and the reviews that say so.
    """
    reviews_of: dict[str, set[int]] = defaultdict(set)
    spelled: dict[str, str] = {}
    said = list(said)
    for _, character, name, reviews in said:
        if character is not None:
            reviews_of[character].update(reviews)
            spelled.setdefault(character, name or character)
    same = joined({key: len(reviews) for key, reviews in reviews_of.items()}, by_surname=False)
    own: dict[tuple[str, str | None], set[int]] = defaultdict(set)
    for role, character, _, reviews in said:
        name = spelled[same[character]] if character is not None else None
        own[role, name if name and is_name(name) else None].update(reviews)
    told = {role for role, character in own if character is not None}
    found = (
        Part(role, character, len(reviews))
        for (role, character), reviews in own.items()
        if character is not None or role not in told
    )
    return tuple(sorted(found, key=lambda p: (-p.reviews, p.role, p.character or "")))
