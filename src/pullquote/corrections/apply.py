"""The machine's reading with corrections put on it: a function of nothing but these.

A correction finds its claim by what it replaces, to the letter; after the review was read again, when the new
reading may be surer or call it something else, by where that stood. Of a sentence and of the verdict only those
judgements change that the correction changed, the others stay the machine's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from ..errors import InputError
from ..reading import Reading, Segment, Verdict
from .changes import (
    Change,
    Checked,
    CreditChange,
    FilmChange,
    ListChange,
    MentionChange,
    OpinionChange,
    RelationChange,
    SegmentChange,
    VerdictChange,
)
from .fit import Claim, check_claim, check_place, check_verdict

#: For claims that are one of several: their field of the reading, where such a claim stands, what makes two one.
_LISTS: dict[type[ListChange], tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    MentionChange: ("mentions", ("start", "end"), ("start", "end")),
    CreditChange: ("credits", ("start", "end", "person"), ("start", "end", "person", "role", "character")),
    RelationChange: (
        "relations",
        ("start", "end", "subject", "object"),
        ("start", "end", "subject", "relation", "object"),
    ),
    OpinionChange: ("opinions", ("start", "end"), ("start", "end", "aspect")),
}

S = TypeVar("S", Segment, Verdict)


def apply(reading: Reading, changes: Sequence[Change], text: str) -> Reading:
    """``reading`` with ``changes`` put on it in their order; it says in ``warnings`` that it was corrected.

    Args:
        text: the review.

    Returns:
        A reading whose spans lie inside the text and whose quotes are its words, if those of ``reading`` do;
        ``reading`` itself if there is nothing to change.

    Raises:
        InputError: if a change does not fit.
    """
    for change in changes:
        reading = step(reading, change, text)
    return noted(reading, changes)


def step(reading: Reading, change: Change, text: str) -> Reading:
    """``reading`` with one change put on it; what the change asks for may be so already.

    Raises:
        InputError: if it does not fit: the claim it replaces is not there, its span lies outside the text, its quote
            differs, it lies over another.
    """
    match change:
        case SegmentChange():
            return _with_segment(reading, change)
        case VerdictChange():
            check_verdict(change.after, text)
            verdict = merged(change.before, change.after, reading.verdict)
            return msgspec.structs.replace(reading, verdict=verdict)
        case FilmChange():
            if change.after is not None:
                check_claim(change.after, text)
            return msgspec.structs.replace(reading, film=sure(change.after) if change.after else None)
        case Checked():
            own = {name: getattr(reading, name) for name in ("id", "schema", "model", "warnings", "text")}
            return msgspec.structs.replace(change.after, **own)
        case _:
            return _with_one_of_several(reading, change, text)


def noted(reading: Reading, changes: Iterable[Change]) -> Reading:
    """``reading``, which ``changes`` are in, saying so."""
    checked = [isinstance(change, Checked) for change in changes]
    notes = []
    if number := checked.count(False):
        corrections = "1 correction" if number == 1 else f"{number} corrections"
        notes.append(f"Readers have corrected this reading ({corrections}).")
    if any(checked):
        notes.append("A reader has checked this reading whole.")
    return msgspec.structs.replace(reading, warnings=(*reading.warnings, *notes)) if notes else reading


C = TypeVar("C", bound=Claim)


def sure(claim: C) -> C:
    """A claim by a person: its confidence is 1."""
    return msgspec.structs.replace(claim, confidence=1.0)


def changed(before: S, after: S) -> dict[str, object]:
    """The fields in which two claims differ, with what the later one says."""
    fields = {name: getattr(after, name) for name in after.__struct_fields__}
    return {name: value for name, value in fields.items() if value != getattr(before, name)}


def merged(before: S, after: S, found: S) -> S:
    """``found`` with what was changed from ``before`` to ``after``."""
    return msgspec.structs.replace(found, **changed(before, after))


def field_of(change: ListChange) -> str:
    """The field of a reading that holds such claims."""
    return _LISTS[type(change)][0]


def twin(change: ListChange, claims: Sequence[Claim]) -> int | None:
    """Which of ``claims`` is what the change puts in, however sure."""
    return _like(change.after, claims, _LISTS[type(change)][2])


def _with_segment(reading: Reading, change: SegmentChange) -> Reading:
    if (change.before.start, change.before.end) != (change.after.start, change.after.end):
        raise InputError("the span of a sentence cannot be changed")
    at = _like(change.before, reading.segments, ("start", "end"))
    if at is None:
        raise InputError(f"there is no sentence at {change.before.start}-{change.before.end}")
    segments = list(reading.segments)
    segments[at] = sure(merged(change.before, change.after, segments[at]))
    return msgspec.structs.replace(reading, segments=tuple(segments))


def _with_one_of_several(reading: Reading, change: ListChange, text: str) -> Reading:
    field, place, _ = _LISTS[type(change)]
    what = field.removesuffix("s")
    if change.before is None and change.after is None:
        raise InputError(f"nothing to correct: no {what} to take out and none to put in")
    claims: list[Claim] = list(getattr(reading, field))
    at = _index(change.before, claims, place)
    if at is None:
        at = twin(change, claims)
    old = claims.pop(at) if at is not None else None
    new = change.after
    if new is not None:
        if change.before is not None and old is None:
            where = f"{change.before.start}-{change.before.end}"
            raise InputError(f"the {what} at {where} that this replaces is not in the reading")
        check_claim(new, text)
        if old is None or (old.start, old.end) != (new.start, new.end):
            check_place(new, claims, reading, text)
        if twin(change, claims) is not None:
            raise InputError(f"there is such a {what} at {new.start}-{new.end} already")
        claims.insert(_position(new, claims, old, at), sure(new))
    return msgspec.structs.replace(reading, **{field: tuple(claims)})


def _index(claim: Claim | None, claims: Sequence[Claim], place: tuple[str, ...]) -> int | None:
    """Where ``claim`` is among ``claims``: it itself, else the only one in its place."""
    if claim in claims:
        return claims.index(claim)
    return _like(claim, claims, place)


def _like(claim: Claim | None, claims: Sequence[Claim], fields: tuple[str, ...]) -> int | None:
    """The only one of ``claims`` that is like ``claim`` in all of ``fields``."""
    if claim is None:
        return None
    alike = [i for i, one in enumerate(claims) if all(getattr(one, f) == getattr(claim, f) for f in fields)]
    return alike[0] if len(alike) == 1 else None


def _position(new: Claim, claims: Sequence[Claim], old: Claim | None, at: int | None) -> int:
    """Where a claim goes: to the place of the old one if it begins there, else in the order of the text."""
    if old is not None and at is not None and old.start == new.start:
        return at
    return next((i for i, claim in enumerate(claims) if claim.start > new.start), len(claims))
