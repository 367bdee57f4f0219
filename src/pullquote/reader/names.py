"""Names that mean one: "Derbez", "Mr. Derbez" and "Eugenio Derbez" become one entity.

Within a review people are introduced in full and then named in short, so a
form belongs to the fuller form that holds all its words; where several do,
to the one named last before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_HONORIFICS = frozenset("mr mrs ms miss dr sir lady lord the prof professor capt captain rev st".split())
_SMALL = frozenset("de la le del der van von of and a an".split())
_NO_WORD = re.compile(r"[^\w\s]|_")
#: Folded names kept at hand; a review says the same few again and again, an archive its stars.
_AT_HAND = 20_000


@lru_cache(maxsize=_AT_HAND)
def folded(name: str) -> str:
    """Case, accents, punctuation and spacing set aside.

    >>> folded("Dona  Cármen's")
    'dona carmen s'
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(_NO_WORD.sub(" ", name.lower()).split())


@lru_cache(maxsize=_AT_HAND)
def bare_words(name: str) -> tuple[str, ...]:
    """The folded words of a name without honorifics (unless nothing else is left)."""
    words = folded(name).split()
    return tuple(w for w in words if w not in _HONORIFICS) or tuple(words)


def _holds(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether ``short`` is ``full`` with words left out (first name, surname, initials spelled out)."""
    if not short or (len(short[0]) > 1 and short[0] not in full):
        return False
    spelled_out = len(short) == len(full) and sum(map(len, short)) < sum(map(len, full))
    if not (len(short) < len(full) or spelled_out) or all(w in _SMALL for w in short):
        return False
    rest = iter(full)
    return all(any(w == f or (len(w) == 1 and f.startswith(w)) for f in rest) for w in short)


def fullest(forms: Sequence[str]) -> list[int]:
    """Link each form, in order of occurrence, to the fullest form of the same entity.

    Args:
        forms: surface forms of one type (people, or characters, ...), as they occur.

    Returns:
        For each occurrence the index of the occurrence that names its entity best.

    >>> fullest(["Eugenio Derbez", "Mr. Derbez", "Kate", "Derbez", "Kate del Castillo"])
    [0, 0, 4, 0, 4]
    """
    words = [bare_words(f) for f in forms]
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, w in enumerate(words):
        groups.setdefault(w, []).append(i)
    parent: dict[tuple[str, ...], tuple[str, ...]] = {}
    for short, places in groups.items() if len(groups) > 1 else ():
        fuller = [full for full in groups if len(full) >= len(short) and _holds(full, short)]
        if not fuller:
            continue
        # Only forms that are themselves fullest can be the answer; of those the one named last
        # before the short form's first occurrence, else the one named first after it.
        tops = [f for f in fuller if not any(_holds(g, f) for g in fuller)]
        before = [f for f in tops if groups[f][0] < places[0]]
        parent[short] = (
            max(before, key=lambda f: max(i for i in groups[f] if i < places[0]))
            if before
            else min(tops, key=lambda f: groups[f][0])
        )
    best = {g: max(groups[parent.get(g, g)], key=lambda i: (len(forms[i]), -i)) for g in groups}
    return [best[w] for w in words]
