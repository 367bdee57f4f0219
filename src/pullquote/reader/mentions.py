"""Tags to mentions: every occurrence of every name, with one type and one fullest form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..reading import Mention
from .labels import NAMES
from .names import fullest
from .settings import Settings
from .state import State
from .tags import spans

_FILM = NAMES.index("FILM")
_WORK = NAMES.index("WORK")
_NEVER_FIRST = frozenset(".,;:/-*\"')!?&")
_NEVER_LAST = frozenset(',;:/-*"(&')


@dataclass(frozen=True, slots=True)
class Name:
    """One occurrence of a name, tokens ``first`` to ``last`` (half-open).

    ``label`` is the number of its type in `labels.NAMES` (FILM told apart from
    WORK); ``full`` the fullest form of the same entity in the review.
    """

    first: int
    last: int
    label: int
    confidence: float
    film: float
    full: str

    def mention(self, state: State) -> Mention:
        """The published form."""
        start, end = state.raw_span(self.first, self.last)
        kind = "WORK" if self.label == _FILM else NAMES[self.label]
        return Mention(start=start, end=end, type=kind, name=self.full, confidence=round(self.confidence, 4))  # type: ignore[arg-type]


def names(state: State, settings: Settings) -> list[Name]:
    """All names of one review in reading order, non-overlapping.

    What is a name once is that name wherever it stands: the tagger's evidence on
    all occurrences of a form is pooled before any of them is typed.
    """
    forms = state.doc.tokens.forms
    tagged = [
        edges
        for s in spans(state.names, settings.name_eager, longer=False)
        if (edges := _trimmed(forms, s.first, s.last))
    ]
    if not tagged:
        return []
    wanted = {tuple(forms[a:b]) for a, b in tagged}
    places = _occurrences(forms, wanted)
    # Both tags of a label, begin and inside, speak for it.
    by_label = state.names[:, 1::2] + state.names[:, 2::2]
    chosen: list[tuple[int, int, int, float, float]] = []
    taken = np.zeros(len(forms), dtype=bool)
    hit = set(tagged)
    for form in sorted(places, key=lambda f: (-len(" ".join(f)), places[f][0])):
        free = [i for i in places[form] if not taken[i : i + len(form)].any()]
        if not free:
            continue
        mean = np.array([by_label[i : i + len(form)].mean(0) for i in free])
        evidence = mean.mean(0)
        known = [(i, i + len(form)) in hit for i in free]
        if not any(known):
            continue
        label = int(evidence.argmax())
        total = float(evidence.sum())
        for i, row, tagged_here in zip(free, mean, known, strict=True):
            if tagged_here or total >= settings.name_from:
                taken[i : i + len(form)] = True
                chosen.append((i, i + len(form), label, float(max(row[label], evidence[label])), float(row[_FILM])))
    chosen.sort()
    full = _full_forms(state, chosen)
    return [Name(a, b, label, min(1.0, p), film, f) for (a, b, label, p, film), f in zip(chosen, full, strict=True)]


def _trimmed(forms: Sequence[str], first: int, last: int) -> tuple[int, int] | None:
    """The span without signs that no name begins or ends with; None if nothing is left."""
    while first < last and forms[first] in _NEVER_FIRST:
        first += 1
    while first < last and (
        forms[last - 1] in _NEVER_LAST
        # A full stop belongs to initials and short titles ("E.T.", "Jr.") only.
        or (forms[last - 1] == "." and last - 1 > first and len(forms[last - 2]) > 3)
    ):
        last -= 1
    return (first, last) if first < last else None


def _occurrences(forms: Sequence[str], wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for form in wanted:
        by_first[form[0]].append(form)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, word in enumerate(forms):
        for form in by_first.get(word, ()):
            if len(form) == 1 or tuple(forms[i : i + len(form)]) == form:
                places[form].append(i)
    return places


def _full_forms(state: State, chosen: Sequence[tuple[int, int, int, float, float]]) -> list[str]:
    forms = [" ".join(state.words(a, b).split()) for a, b, *_ in chosen]
    full = list(forms)
    kinds = [_WORK if label == _FILM else label for _, _, label, *_ in chosen]
    for kind in set(kinds):
        rows = [i for i, k in enumerate(kinds) if k == kind]
        if NAMES[kind] in ("PERSON", "CHARACTER"):
            for i, best in zip(rows, fullest([forms[i] for i in rows]), strict=True):
                full[i] = forms[rows[best]]
    return full
