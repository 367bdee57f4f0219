"""Tags to mentions: every occurrence of every name, with one type and one fullest form."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, islice
from typing import NamedTuple

import msgspec
import numpy as np

from ..reading import Mention
from ..text import Document
from .labels import NAMES
from .names import fullest
from .runs import Floats, run_means
from .settings import Settings
from .state import State, raw_span, words
from .tags import TaggedSpan, spans_by_review

_FILM = NAMES.index("FILM")
_WORK = NAMES.index("WORK")
_NEVER_FIRST = frozenset(".,;:/-*\"')!?&")
_NEVER_LAST = frozenset(',;:/-*"(&')
#: What FILM is published as.
_PUBLISHED = tuple("WORK" if name == "FILM" else name for name in NAMES)
_PEOPLE = (NAMES.index("PERSON"), NAMES.index("CHARACTER"))


class Name(msgspec.Struct, frozen=True, gc=False):
    """One occurrence of a name, tokens ``first`` to ``last`` (half-open) of its review.

    ``label`` is the number of its type in `labels.NAMES` (FILM told apart from
    WORK); ``full`` the fullest form of the same entity in the review.
    """

    first: int
    last: int
    label: int
    confidence: float
    film: float
    full: str

    def mention(self, doc: Document) -> Mention:
        """The published form."""
        start, end = raw_span(doc, self.first, self.last)
        return Mention(
            start=start,
            end=end,
            type=_PUBLISHED[self.label],  # type: ignore[arg-type]
            name=self.full,
            confidence=round(self.confidence, 4),
        )


class _Form(NamedTuple):
    """A form that was tagged somewhere in a review, and all the places where it stands."""

    size: int
    places: list[int]
    #: For each place, whether it was tagged itself.
    tagged: list[bool]


#: What is known of all occurrences of a form: its type, the chance that it is a name, and that of each type.
_Pool = tuple[int, float, list[float]]
#: An occurrence that is a name: first and last token, type, chance of it, and that of being the film.
_Chosen = tuple[int, int, int, float, float]


def names(state: State, settings: Settings) -> list[list[Name]]:
    """All names of each review in reading order, non-overlapping.

    What is a name once is that name wherever it stands: the tagger's evidence on
    all occurrences of a form is pooled before any of them is typed.
    """
    found = spans_by_review(state.names, state.edges, settings.name_eager, longer=False)
    forms = [_forms(doc.tokens.forms, spans) for doc, spans in zip(state.docs, found, strict=True)]
    places = [edge + i for edge, own in zip(state.edges, forms, strict=False) for form in own for i in form.places]
    if not places:
        return [[] for _ in state.docs]
    counts = np.array([len(form.places) for own in forms for form in own])
    sizes = np.repeat(np.array([form.size for own in forms for form in own]), counts)
    # Both tags of a label, begin and inside, speak for it.
    speaks = np.ascontiguousarray(state.names[:, 1::2] + state.names[:, 2::2])
    evidence = run_means(speaks, np.array(places), sizes)
    pooled = run_means(evidence, np.cumsum(counts) - counts, counts)
    pools = zip(pooled.argmax(1).tolist(), pooled.sum(1).tolist(), pooled.tolist(), strict=True)
    out: list[list[Name]] = []
    row = 0
    for doc, own in zip(state.docs, forms, strict=True):
        rows = sum(len(form.places) for form in own)
        chosen = _chosen(own, list(islice(pools, len(own))), evidence[row : row + rows], len(doc.tokens), settings)
        row += rows
        out.append(
            [
                Name(a, b, label, min(1.0, p), film, full)
                for (a, b, label, p, film), full in zip(chosen, _full_forms(doc, chosen), strict=True)
            ]
        )
    return out


def _chosen(
    forms: Sequence[_Form], pools: Sequence[_Pool], evidence: Floats, tokens: int, settings: Settings
) -> list[_Chosen]:
    """The occurrences that are names, in reading order.

    Args:
        pools: the evidence on all occurrences of each form.
        evidence: that on each occurrence of each form, one after the other, ``(occurrences, types)``.
    """
    out: list[_Chosen] = []
    taken = bytearray(tokens)
    rows = evidence.tolist()
    row = 0
    for number, (size, places, tagged) in enumerate(forms):
        label, total, chances = pools[number]
        free = [n for n, first in enumerate(places) if taken.find(1, first, first + size) < 0]
        if free and len(free) < len(places):
            mean = evidence[[row + n for n in free]].mean(0)
            label, total, chances = int(mean.argmax()), float(mean.sum()), mean.tolist()
        if any(tagged[n] for n in free):
            for n in free:
                if tagged[n] or total >= settings.name_from:
                    first, here = places[n], rows[row + n]
                    taken[first : first + size] = b"\1" * size
                    out.append((first, first + size, label, max(here[label], chances[label]), here[_FILM]))
        row += len(places)
    out.sort()
    return out


def _forms(forms: Sequence[str], found: Sequence[TaggedSpan]) -> list[_Form]:
    """The forms tagged in one review, the longest first: a name within a name is no name."""
    tagged = {edges for s in found if (edges := _trimmed(forms, s.first, s.last))}
    if not tagged:
        return []
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in {tuple(forms[a:b]) for a, b in tagged}:
        by_first.setdefault(form[0], []).append(form)
    places: dict[tuple[str, ...], list[int]] = {}
    for i in compress(range(len(forms)), map(by_first.__contains__, forms)):
        for form in by_first[forms[i]]:
            if len(form) == 1 or tuple(forms[i : i + len(form)]) == form:
                places.setdefault(form, []).append(i)
    return [
        _Form(len(form), at, [(i, i + len(form)) in tagged for i in at])
        for form, at in sorted(places.items(), key=lambda f: (-len(" ".join(f[0])), f[1][0]))
    ]


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


def _full_forms(doc: Document, chosen: Sequence[_Chosen]) -> list[str]:
    full = [words(doc, one[0], one[1]) for one in chosen]
    for kind in _PEOPLE:
        rows = [i for i, one in enumerate(chosen) if one[2] == kind]
        if len(rows) > 1:
            forms = [full[i] for i in rows]
            for i, best in zip(rows, fullest(forms), strict=True):
                full[i] = forms[best]
    return full
