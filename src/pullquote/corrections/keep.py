"""Correcting a review in a library, undoing that, and what was done when and by whom.

The tables hold the corrected reading, so that every question sees it; the machine's own stays whole beside them,
and what is in the tables is always `apply` of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec

from ..errors import CorrectionConflict, InputError, LibraryError
from ..library.rebuild import readings
from ..library.write import now, restate
from ..reading import Reading, Verdict
from .apply import apply, field_of, step, sure, twin
from .changes import Change, Checked, ClaimChange, FilmChange, SegmentChange, VerdictChange, kind_of
from .record import Correction, in_force, of_reviews

if TYPE_CHECKING:
    import duckdb

    from ..library.store import Store

#: No name of an author is longer, in characters.
LONGEST_AUTHOR = 200


@dataclass(frozen=True, slots=True)
class Current:
    """A review as it is read now.

    ``reading`` is corrected, ``machine`` what the machine read (the same where nothing is corrected); ``number`` is
    that of the reading in force (`readings.reading`), which changes with every correction.
    """

    number: int
    text: str
    reading: Reading
    machine: Reading
    corrections: tuple[Correction, ...]


def current(connection: duckdb.DuckDBPyConnection, review: int) -> Current:
    """The review with number ``review`` as it is read now, and all its corrections, oldest first.

    Raises:
        InputError: if there is no such review.
    """
    rows = connection.execute(
        "SELECT d.reading, r.text, d.machine FROM reviews r JOIN readings d USING (review) "
        "WHERE d.replaced_at IS NULL AND r.review = ?",
        [review],
    ).fetchall()
    if not rows:
        raise InputError(f"there is no review {review} in this library")
    number, text, machine = rows[0]
    reading = readings(connection, [review])[review]
    own = reading if machine is None else Reading.from_json(machine)
    return Current(number, text, reading, own, tuple(of_reviews(connection, [review]).get(review, ())))


def machine_reading(store: Store, review: int) -> Reading:
    """What the machine read in a review, whatever was corrected since.

    Raises:
        InputError: if there is no such review.
    """
    return current(store.connection, review).machine


def history(store: Store, review: int) -> list[Correction]:
    """All corrections ever made of a review, oldest first, undone ones and those set aside too."""
    return of_reviews(store.connection, [review]).get(review, [])


def correct(store: Store, review: int, change: ClaimChange, author: str) -> int:
    """Correct one thing; gives the correction's number. See `correct_all`."""
    return correct_all(store, review, [change], author)[0]


def correct_all(store: Store, review: int, changes: Sequence[ClaimChange], author: str) -> list[int]:
    """Correct several things of one review, all of them or none; gives the corrections' numbers.

    Each change is of the reading as those before it left it. What is put in has a confidence of 1.

    Raises:
        InputError: if there is no such review, or a change does not fit: its span lies outside the text, its quote
            differs from it, it changes nothing.
        CorrectionConflict: if a claim to be replaced is not there as ``before`` has it, as when somebody was faster.
        LibraryError: if the library is not open to write, or cannot be written.
    """
    author = _name(author)
    with _changing(store):
        known = current(store.connection, review)
        reading = known.reading
        settled: list[Change] = []
        for change in map(_settled, changes):
            _refuse_stale(change, reading)
            reading = step(reading, change, known.text)
            settled.append(change)
        return _keep(store, review, known, settled, author)


def mark_checked(store: Store, review: int, seen: int, author: str) -> int:
    """Note that all of a reading is right, as it is; gives the correction's number.

    A review checked whole keeps its claims when another model reads it.

    Args:
        seen: number of the reading that was checked (`Current.number`).

    Raises:
        InputError: if there is no such review.
        CorrectionConflict: if that is not the reading in force.
        LibraryError: if the library is not open to write, or cannot be written.
    """
    author = _name(author)
    with _changing(store):
        known = current(store.connection, review)
        if seen != known.number:
            raise CorrectionConflict(f"review {review} was corrected or read again meanwhile; look at it once more")
        approved = msgspec.structs.replace(known.reading.without_text(), warnings=known.machine.warnings)
        return _keep(store, review, known, [Checked(after=approved)], author)[0]


def undo(store: Store, correction: int) -> None:
    """Take a correction back; the reading is as if it had never been made.

    Raises:
        InputError: if there is no such correction, or it is undone already.
        CorrectionConflict: if a later one rests on it; the message names that.
        LibraryError: if the library is not open to write, or cannot be written.
    """
    with _changing(store):
        row = store.one("SELECT review FROM corrections WHERE correction = ?", [correction])
        if row is None:
            raise InputError(f"there is no correction {correction} in this library")
        review = int(row[0])
        known = current(store.connection, review)
        [this] = [one for one in known.corrections if one.correction == correction]
        if this.undone_at is not None:
            raise InputError(f"correction {correction} is undone already")
        store.connection.execute("UPDATE corrections SET undone_at = ? WHERE correction = ?", [now(), correction])
        if this.set_aside is None:
            reading = _without(this, known)
            restate(store, review, reading, None if reading == known.machine else known.machine)
        else:
            # No reading is another now, but the list of corrections is.
            store.changed()


def _without(this: Correction, known: Current) -> Reading:
    """The reading without one of its corrections."""
    rest = [one for one in in_force(known.corrections) if one is not this]
    reading = known.machine
    for one in rest:
        fits = one.correction < this.correction or not one.rests_on(this)
        try:
            reading = step(reading, one.change, known.text) if fits else reading
        except InputError:
            fits = False
        if not fits:
            raise CorrectionConflict(
                f"correction {one.correction} ({kind_of(one.change)}, by {one.author}) rests on correction "
                f"{this.correction}; undo that one first"
            )
    return apply(known.machine, [one.change for one in rest], known.text)


def _keep(store: Store, review: int, known: Current, changes: Sequence[Change], author: str) -> list[int]:
    """Note new corrections and put the reading with them in force; inside a transaction."""
    active = [one.change for one in in_force(known.corrections)]
    reading = apply(known.machine, [*active, *changes], known.text)
    row = store.one("SELECT coalesce(max(correction), 0) + 1 FROM corrections")
    first = int(row[0]) if row else 1
    time = now()
    for number, change in enumerate(changes, first):
        store.connection.execute(
            "INSERT INTO corrections (correction, review, author, made_at, kind, before, after) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [number, review, author, time, kind_of(change), _json(change.before), _json(change.after)],
        )
    restate(store, review, reading, known.machine)
    return list(range(first, first + len(changes)))


def _json(claim: msgspec.Struct | None) -> str | None:
    return None if claim is None else msgspec.json.encode(claim).decode()


T = TypeVar("T", bound=ClaimChange)


def _settled(change: T) -> T:
    """The change as it is kept: what it puts in is sure."""
    after = change.after
    if after is not None and not isinstance(after, Verdict):
        after = sure(after)
    if after == change.before:
        raise InputError("nothing to correct: this is what the reading says already")
    return msgspec.structs.replace(change, after=after)


def _refuse_stale(change: ClaimChange, reading: Reading) -> None:
    """See that what is to be replaced is there to the letter, and what is to be added is not."""
    match change:
        case SegmentChange():
            there = change.before in reading.segments
        case VerdictChange():
            there = change.before == reading.verdict
        case FilmChange():
            there = change.before == reading.film
        case _:
            claims = getattr(reading, field_of(change))
            there = change.before is None or change.before in claims
            if change.before is None and twin(change, claims) is not None:
                raise CorrectionConflict(f"there is such a {kind_of(change)} already: change it rather than add one")
    if not there:
        raise CorrectionConflict(
            f"the {kind_of(change)} that this replaces is not in the reading as it is now; "
            "it was corrected or read again meanwhile: look at the review once more"
        )


def _name(author: str) -> str:
    author = author.strip()
    if not author or len(author) > LONGEST_AUTHOR or not author.isprintable():
        raise InputError(f"a correction needs its author's name, of 1 to {LONGEST_AUTHOR} printable characters")
    return author


@contextmanager
def _changing(store: Store) -> Iterator[None]:
    """A transaction; one that loses to another at the same moment is a conflict like any other."""
    import duckdb

    if not store.writes:
        raise LibraryError(f"{store.path}: the library is open to be read only; nothing can be corrected")
    try:
        with store.transaction():
            yield
    except duckdb.TransactionException as error:
        raise CorrectionConflict("somebody changed the library at this very moment; look once more") from error
