"""Corrections put on what another model read: those that fit by their place go in again, the others are set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..corrections.apply import noted, step
from ..corrections.changes import Change, Checked
from ..corrections.record import of_reviews
from ..errors import InputError
from ..reading import Reading

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class SetAside:
    """A correction that does not fit a new reading: its number, its review, where that came from, and why."""

    correction: int
    review: int
    origin: str
    reason: str


def refit(
    connection: duckdb.DuckDBPyConnection, fresh: Mapping[int, Reading]
) -> tuple[dict[int, Reading], list[SetAside]]:
    """Put the corrections of reviews that were read again on their new readings, and mark which do not fit.

    Those that an earlier reading had no place for are tried again.

    Args:
        fresh: what the machine read now, by the review's number; to be called inside a transaction.

    Returns:
        The corrected readings of those reviews that have corrections in force now; and what was set aside without
        being in a reading that was checked whole later.
    """
    corrected: dict[int, Reading] = {}
    aside: list[SetAside] = []
    for review, corrections in of_reviews(connection, list(fresh)).items():
        [(text, origin)] = connection.execute("SELECT text, origin FROM reviews WHERE review = ?", [review]).fetchall()
        reading, fitting, unfit = fresh[review], list[Change](), list[SetAside]()
        for one in corrections:
            if one.undone_at is not None:
                continue
            reason = None
            try:
                reading = step(reading, one.change, text)
                fitting.append(one.change)
            except InputError as error:
                reason = str(error)
                unfit.append(SetAside(one.correction, review, origin, reason))
            if isinstance(one.change, Checked):
                # It holds what those before it did.
                unfit.clear()
            if reason != one.set_aside:
                connection.execute(
                    "UPDATE corrections SET set_aside = ? WHERE correction = ?", [reason, one.correction]
                )
        aside.extend(unfit)
        if fitting:
            corrected[review] = noted(reading, fitting)
    return corrected, aside
