"""The corrections of a review in words: when, by whom, what was, what is now, and what rests on what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ...corrections.changes import Change, Checked, SegmentChange, VerdictChange, kind_of
from ...corrections.record import Correction, in_force
from ...reading import Segment, Verdict
from ...render import words
from .claims import KINDS, label
from .selection import Laid

_KINDS = {"segment": "Sentence", "verdict": "Verdict", "checked": "Whole reading"}
_KINDS |= {name: kind.word for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """One correction; ``was`` and ``now`` are empty where nothing was or is; ``rested_on`` are later ones.

    ``spoiler`` says that its words stand in a sentence that gives the story away.
    """

    number: int
    author: str
    made_at: dt.datetime
    kind: str
    was: str
    now: str
    words: str
    spoiler: bool
    status: str
    set_aside: str | None
    rested_on: tuple[int, ...]


def told(corrections: Sequence[Correction], page: Laid, sentences: Sequence[Segment]) -> list[Told]:
    """All of them, the latest first; each with the shown words that it is about."""
    active = in_force(corrections)
    hiding = [one for one in sentences if one.spoiler >= words.SPOILER_FROM]
    lines = []
    for one in reversed(corrections):
        was, now = _both(one.change)
        start, end = _span(one.change)
        first, last = page.shown_span(start, end)
        rested_on = [o.correction for o in active if o.correction > one.correction and o.rests_on(one)]
        lines.append(
            Told(
                one.correction, one.author, one.made_at, _KINDS[kind_of(one.change)], was, now, page.text[first:last],
                any(s.start < end and start < s.end for s in hiding), one.status, one.set_aside,
                tuple(rested_on) if one.status == "in force" else (),
            )
        )  # fmt: skip
    return lines


def _span(change: Change) -> tuple[int, int]:
    if isinstance(change, VerdictChange | Checked):
        return 0, 0
    claim = change.after or change.before
    return (claim.start, claim.end) if claim is not None else (0, 0)


def _both(change: Change) -> tuple[str, str]:
    match change:
        case Checked():
            return "", "checked whole and found right"
        case SegmentChange():
            return _differing(_of_segment(change.before), _of_segment(change.after))
        case VerdictChange():
            return _differing(_of_verdict(change.before), _of_verdict(change.after))
        case _:
            return label(change.before) if change.before else "", label(change.after) if change.after else ""


def _differing(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    pairs = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    return ", ".join(one for one, _ in pairs), ", ".join(other for _, other in pairs)


def _of_segment(segment: Segment) -> tuple[str, ...]:
    gives_away = segment.spoiler >= words.SPOILER_FROM
    return (
        words.SENTENCES[segment.role],
        words.JUDGEMENTS.get(segment.polarity, "No judgement"),
        "gives the story away" if gives_away else "gives nothing away",
    )


def _of_verdict(verdict: Verdict) -> tuple[str, ...]:
    stated = verdict.stated_rating
    return (
        words.verdict_line(verdict),
        words.stars(verdict.stars),
        words.RECOMMENDATIONS[verdict.recommend],
        f"states {words.rating(stated)}" if stated is not None else "states no rating",
    )
