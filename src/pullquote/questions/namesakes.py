"""Names that mean one within a film: what some reviews call "Derbez" and others "Eugenio Derbez" becomes one.

Each review's reading has already joined the short names whose full form the review holds. Here the forms of
different reviews of one film meet, those misspelt by a letter among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

#: Full names as long as this that differ by one letter are one name, misspelt.
_LONG = 9
#: A short form that several fuller ones hold belongs to one named so many times as often as the next, or to none.
_CLEARLY = 3


def joined(named: Mapping[str, int], *, by_surname: bool) -> dict[str, str]:
    """The fullest form of each name.

    Args:
        named: keys of names (`library.keys.name_key`) of one film, with how many reviews use each.
        by_surname: whether a short form has to end as the full one does, as those of people do; the
            characters of a story go by their first names too.

    Returns:
        For each key the one it is joined to; most stand for themselves.

    >>> full = joined({"derbez": 3, "eugenio derbez": 2, "kate": 1, "kate del castillo": 4}, by_surname=True)
    >>> full["derbez"], full["kate"]
    ('eugenio derbez', 'kate')
    >>> joined({"billy connolly": 12, "billy connelly": 7}, by_surname=True)["billy connelly"]
    'billy connolly'
    """
    words = {key: key.split() for key in named}
    ends: dict[str, list[str]] = defaultdict(list)
    for key, own in words.items():
        for word in {own[-1]} if by_surname else set(own):
            ends[word].append(key)
    fuller = _misspelt(named, words) if by_surname else {}
    for key, own in words.items():
        if key in fuller:
            continue
        holding = [full for full in ends[own[-1]] if len(words[full]) > len(own) and within(own, words[full])]
        # Of forms that hold one another, only the fullest counts.
        tops = [f for f in holding if not any(f != g and within(words[f], words[g]) for g in holding)]
        tops.sort(key=lambda f: (-named[f], f))
        if len(tops) == 1 or (len(tops) > 1 and named[tops[0]] >= _CLEARLY * named[tops[1]]):
            fuller[key] = tops[0]
    return {key: _last(key, fuller) for key in named}


def _last(key: str, fuller: Mapping[str, str]) -> str:
    while key in fuller:
        key = fuller[key]
    return key


def _misspelt(named: Mapping[str, int], words: Mapping[str, list[str]]) -> dict[str, str]:
    """Full names that differ by one letter from one that more reviews use ("Connelly", "Connolly")."""
    usual = sorted((key for key in named if len(words[key]) > 1 and len(key) >= _LONG), key=lambda k: (-named[k], k))
    # A misspelt name keeps its first word or its last.
    alike: dict[str, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for key in usual:
        first, last = words[key][0], words[key][-1]
        near = [k for k in (*alike[first], *alike[last]) if named[k] > named[key] and _one_letter_off(key, k)]
        if near:
            found[key] = near[0]
            continue
        for word in {first, last}:
            alike[word].append(key)
    return found


def _one_letter_off(one: str, other: str) -> bool:
    """Whether one letter put in, left out or changed makes ``one`` of ``other``."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:]


def within(short: list[str], full: list[str]) -> bool:
    """Whether a name is a longer one with words left out."""
    rest = iter(full)
    return len(short) < len(full) and all(word in rest for word in short)
