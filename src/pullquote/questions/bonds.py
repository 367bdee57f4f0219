"""How the characters of a film stand to each other, by the number of reviews that say so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ..library.keys import name_key
from .named import is_name
from .scope import Scope

_TURNED = {"child of": "parent of"}
_MUTUAL = frozenset(
    ("sibling of", "spouse of", "lover of", "relative of", "friend of", "enemy of", "colleague of", "other")
)


@dataclass(frozen=True, slots=True)
class Bond:
    """ "subject relation object", and how many reviews say so."""

    subject: str
    relation: str
    object: str
    reviews: int


def bonds(scope: Scope, same: Mapping[str, str], *, at_least: int, limit: int) -> tuple[tuple[Bond, ...], int]:
    """The relations told in scope, those that most reviews tell first, and how many were left out as spoilers.

    "Child of" is told as "parent of" the other way round, and what holds both
    ways is told once. "His father" is no name and has no part here.

    Args:
        same: short forms of characters' names and the full ones they stand for, by key.
        at_least: how many reviews must say so.
    """
    told_by: dict[tuple[str, str, str, bool], set[int]] = defaultdict(set)
    for one in scope.relations():
        told_by[one.subject, one.relation, one.object, not scope.hidden(one)].add(one.review)
    said: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    hidden: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    spelling: dict[str, Counter[str]] = defaultdict(Counter)
    for (subject, relation, object_, open_), reviews in told_by.items():
        bond = _straight(_full(subject, same), relation, _full(object_, same))
        if bond[0] == bond[2] or not (is_name(subject) and is_name(object_)):
            continue
        if not open_:
            hidden[bond].update(reviews)
            continue
        said[bond].update(reviews)
        for name in (subject, object_):
            spelling[_full(name, same)][name] += len(reviews)
    told = sorted(said.items(), key=lambda item: (-len(item[1]), item[0]))
    shown = tuple(
        Bond(_fullest(spelling[a]), relation, _fullest(spelling[b]), len(reviews))
        for (a, relation, b), reviews in told[:limit]
        if len(reviews) >= at_least
    )
    left_out = sum(
        len(said.get(bond, ())) < at_least <= len(reviews.union(said.get(bond, ()))) for bond, reviews in hidden.items()
    )
    return shown, left_out


def _full(name: str, same: Mapping[str, str]) -> str:
    key = name_key(name)
    return same.get(key, key)


def _straight(subject: str, relation: str, object_: str) -> tuple[str, str, str]:
    if relation in _TURNED:
        return object_, _TURNED[relation], subject
    if relation in _MUTUAL and object_ < subject:
        return object_, relation, subject
    return subject, relation, object_


def _fullest(spellings: Counter[str]) -> str:
    """The fullest spelling, and of these the one that most use."""
    return min(spellings, key=lambda name: (-len(name.split()), -spellings[name], name))
