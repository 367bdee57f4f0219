"""Cast and crew as the reviews tell it: who did what, as whom, and how they are spoken of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ..library.keys import name_key
from .aspects import Tally, spoken
from .claims import Credit, Opinion
from .named import Found, usual
from .namesakes import joined
from .parts import Part, parts, told
from .scope import Scope


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
    scope: Scope, people: Mapping[str, Found], others: Mapping[str, Found], *, limit: int
) -> tuple[tuple[Person, ...], int]:
    """The people credited in the reviews in scope, which are of one film; those named by most reviews first.

    A character whose part is told where the story is given away is left out, the role stays; the number beside
    the people says how many were.

    Args:
        people: who is named in these reviews (`named.names`).
        others: characters, who are nobody's crew unless they are among ``people``, too.
        limit: how many people at most.
    """
    credited: dict[str, list[Credit]] = defaultdict(list)
    for credit in scope.credits:
        credited[credit.person_key].append(credit)
    named: dict[str, set[int]] = defaultdict(set, {key: set(one.reviews) for key, one in people.items()})
    spelled = {key: one.name for key, one in people.items()}
    for key, own in credited.items():
        named[key].update(credit.review for credit in own)
        spelled.setdefault(key, usual(Counter(credit.person for credit in own)))
    one = joined({key: len(reviews) for key, reviews in named.items()}, by_surname=True)
    forms: dict[str, list[str]] = defaultdict(list)
    for form in sorted(one, key=lambda f: (f != one[f], -len(named[f]), f)):
        forms[one[form]].append(form)
    crew = {one[key] for key in credited}
    reviews = {
        key: len(set().union(*(named[form] for form in forms[key])))
        for key in crew
        if key in people or key not in others
    }
    judged: dict[str, list[Opinion]] = defaultdict(list)
    for opinion in scope.opinions:
        if opinion.target:
            judged[name_key(opinion.target)].append(opinion)
    # Most are named once; only those that may be among the first are looked at closer.
    least = min(sorted(reviews.values(), reverse=True)[:limit], default=0)
    found = [
        Person(
            name=spelled[key],
            keys=tuple(forms[key]),
            reviews=number,
            parts=parts([said for form in sorted(forms[key]) for said in told(scope, credited.get(form, ()))]),
            spoken=spoken(opinion for form in forms[key] for opinion in judged.get(form, ())),
        )
        for key, number in reviews.items()
        if number >= least
    ]
    found.sort(key=lambda p: (-p.reviews, -p.spoken.reviews, p.name, p.keys))
    hidden = {(credit.person_key, credit.role) for credit in scope.credits if credit.character and scope.hidden(credit)}
    return tuple(found[:limit]), len(hidden)
