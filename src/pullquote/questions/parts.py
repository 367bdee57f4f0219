"""The parts of a person in a film, as reviews tell them: roles, and characters where they name them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .claims import Credit
from .named import is_name, usual
from .namesakes import joined
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Part:
    """A role that reviews give someone, and the character, where they name one; ``reviews`` say so."""

    role: str
    character: str | None
    reviews: int


class Told(NamedTuple):
    """What reviews tell of a part: the role, key and usual name of the character (None where untold), the reviews."""

    role: str
    key: str | None
    character: str | None
    reviews: set[int]


def told(scope: Scope, credits: Iterable[Credit]) -> list[Told]:
    """What ``credits``, all of one person and in scope, tell; a character is left out where the story is given away."""
    spelled: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
    reviews: dict[tuple[str, str | None], set[int]] = defaultdict(set)
    for one in credits:
        part = one.role, None if scope.hidden(one) else one.character_key
        reviews[part].add(one.review)
        if part[1] is not None:
            spelled[part][one.character or part[1]] += 1
    ordered = sorted(reviews, key=lambda part: (part[0], part[1] is None, part[1] or ""))
    return [
        Told(role, key, None if key is None else usual(spelled[role, key]), reviews[role, key]) for role, key in ordered
    ]


def parts(said: Sequence[Told]) -> tuple[Part, ...]:
    """The parts of one person in one film, most told first; short and full names of a character become one.

    A role is told without a character only where no review names one; "his dad" is no name.
    """
    reviews_of: dict[str, set[int]] = defaultdict(set)
    spelled: dict[str, str] = {}
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
