"""Names of one kind that reviews of a film mention: characters, places, other works."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ..library.keys import name_key, title_key
from .namesakes import joined
from .scope import Scope

_TYPES = ("PERSON", "CHARACTER", "PLACE", "WORK")


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


def names(scope: Scope) -> dict[str, dict[str, Found]]:
    """The names in scope by type (PERSON, CHARACTER, PLACE, WORK) and key (`library.keys.name_key`).

    A name that occurs only where the story is given away is left out.
    """
    told = (one for one in scope.mentions() if one.type in _TYPES and not scope.hidden(one))
    seen = {(one.type, one.name, one.review) for one in told}
    spelled: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    reviews: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, name, review in seen:
        typed = kind, name_key(name)
        spelled[typed][name] += 1
        reviews[typed].add(review)
    found: dict[str, dict[str, Found]] = {kind: {} for kind in _TYPES}
    for kind, key in sorted(reviews):
        found[kind][key] = Found(usual(spelled[kind, key]), frozenset(reviews[kind, key]))
    return found


def usual(spellings: Counter[str]) -> str:
    """The spelling that most use."""
    return min(spellings, key=lambda name: (-spellings[name], name))


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


def other_works(scope: Scope, works: Mapping[str, Found], title: str | None) -> dict[str, Found]:
    """``works`` without the film itself: its title, its subtitle, and what its reviews call it."""
    own = {title_key(called) for called in scope.titles()}
    if title:
        own.add(title_key(title))
        own.add(title_key(title.rpartition(":")[2]))
    return {key: work for key, work in works.items() if title_key(work.name) not in own}
