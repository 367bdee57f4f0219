"""The corrections that a library keeps, each with its author and time, as rows and as what they mean."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from .apply import changed, twin
from .changes import Change, Checked, FilmChange, SegmentChange, VerdictChange, kept

if TYPE_CHECKING:
    import duckdb

_ROWS = "SELECT correction, review, author, made_at, kind, before, after, undone_at, set_aside FROM corrections"


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a reader changed in the reading of a review.

    ``correction`` is its number, ``set_aside`` says why it does not fit the reading that another model made since.
    Times are UTC.
    """

    correction: int
    review: int
    author: str
    made_at: dt.datetime
    change: Change
    undone_at: dt.datetime | None = None
    set_aside: str | None = None

    @property
    def status(self) -> Literal["in force", "undone", "set aside"]:
        """Whether it is in the reading."""
        if self.undone_at is not None:
            return "undone"
        return "in force" if self.set_aside is None else "set aside"

    def rests_on(self, earlier: Correction) -> bool:
        """Whether this was made of what ``earlier`` put there."""
        one, other = earlier.change, self.change
        match other:
            case Checked():
                return True
            case SegmentChange():
                return (
                    isinstance(one, SegmentChange)
                    and (one.after.start, one.after.end) == (other.before.start, other.before.end)
                    and _share(changed(one.before, one.after), changed(other.before, other.after))
                )
            case VerdictChange():
                return isinstance(one, VerdictChange) and _share(
                    changed(one.before, one.after), changed(other.before, other.after)
                )
            case FilmChange():
                return isinstance(one, FilmChange)
            case _:
                if type(one) is not type(other):
                    return False
                # It changed what was put there, or put something where the other made room.
                made_room = other.before is None and one.before is not None and twin(other, [one.before]) is not None
                return made_room or (one.after is not None and other.before == one.after)


def of_reviews(connection: duckdb.DuckDBPyConnection, reviews: Sequence[int]) -> dict[int, list[Correction]]:
    """All corrections ever made of each of ``reviews``, oldest first; reviews without any are left out."""
    rows = connection.execute(
        f"{_ROWS} WHERE review IN (SELECT unnest(?)) ORDER BY correction", [list(reviews)]
    ).fetchall()
    found: dict[int, list[Correction]] = defaultdict(list)
    for row in rows:
        found[row[1]].append(_correction(row))
    return dict(found)


def all_of(connection: duckdb.DuckDBPyConnection) -> list[Correction]:
    """All corrections that a library keeps, oldest first."""
    return [_correction(row) for row in connection.execute(f"{_ROWS} ORDER BY correction").fetchall()]


def in_force(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that are in the reading."""
    return [one for one in corrections if one.status == "in force"]


def _correction(row: tuple[object, ...]) -> Correction:
    number, review, author, made_at, kind, before, after, undone_at, aside = row
    fields = {"correction": number, "review": review, "author": author, "made_at": made_at}
    change = kept(str(kind), before, after)  # type: ignore[arg-type]
    return Correction(**fields, change=change, undone_at=undone_at, set_aside=aside)  # type: ignore[arg-type]


def _share(one: dict[str, object], other: dict[str, object]) -> bool:
    """Whether two corrections of a claim changed the same judgement of it."""
    return bool((one.keys() & other.keys()) - {"confidence"})
