"""What an index was built from, kept beside it, so that it is known when the library has moved on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import InputError

if TYPE_CHECKING:
    import duckdb

#: Form of the index; it rises when older ones can no longer be searched.
FORM = 3
_FILE = "built.json"
REMEDY = "build it with: pullquote index (and the same --library)"


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The library as an index saw it.

    ``changes`` is the library's counter at that time, ``review`` and ``reading`` the highest numbers
    it saw; both only ever rise, so that what came later has higher ones. ``laid_out`` is how many sentences
    there were when the vector index was laid out.
    """

    library: str
    changes: int
    review: int
    reading: int
    encoder: str
    laid_out: int = 0
    form: int = FORM


def read(folder: Path) -> State:
    """The state of the index in ``folder``.

    Raises:
        InputError: if there is no index, or it is of another form; the message says how to build it.
    """
    try:
        state = msgspec.json.decode((folder / _FILE).read_bytes(), type=State)
    except FileNotFoundError:
        raise InputError(f"{folder}: there is no search index yet; {REMEDY}") from None
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"{folder}: the search index cannot be read ({error}); {REMEDY}") from error
    if state.form != FORM:
        raise InputError(f"{folder}: the search index is of another release; {REMEDY}")
    return state


def write(folder: Path, state: State) -> None:
    """Put ``state`` beside the index in one step, once all of it is on disk."""
    part = folder / f"{_FILE}.part"
    with part.open("wb") as stream:
        stream.write(msgspec.json.encode(state) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(folder / _FILE)


def current(connection: duckdb.DuckDBPyConnection, encoder: str) -> State:
    """The library as it is now."""
    # The counter is read first: what is committed in between is then counted as missing rather than overlooked.
    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    [(review, reading)] = connection.execute(
        "SELECT (SELECT coalesce(max(review), 0) FROM reviews), (SELECT coalesce(max(reading), 0) FROM readings)"
    ).fetchall()
    return State(library=meta["library"], changes=int(meta["changes"]), review=review, reading=reading, encoder=encoder)


def missing(connection: duckdb.DuckDBPyConnection, state: State) -> list[int]:
    """Numbers of the reviews that the index does not hold as they are now: new ones, and those read again.

    Raises:
        InputError: if the index was built from another library.
    """
    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    if meta["library"] != state.library:
        raise InputError(f"the search index was built from another library; {REMEDY}")
    return [] if meta["changes"] == str(state.changes) else outdated(connection, state)


def outdated(connection: duckdb.DuckDBPyConnection, state: State) -> list[int]:
    """Numbers of the reviews that `missing` gives where anything was committed since, in order."""
    rows = connection.execute(
        "SELECT DISTINCT review FROM readings WHERE replaced_at IS NULL AND (review > ? OR reading > ?) ORDER BY 1",
        [state.review, state.reading],
    ).fetchall()
    return [review for (review,) in rows]
