"""The index beside a library: built from it, kept up with it, and opened to search."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ..errors import InputError
from ..library.lock import locked
from ..library.missing import extra
from . import state, table, units
from .sentence import Sentences, shipped

if TYPE_CHECKING:
    import duckdb
    from lancedb.table import AsyncTable, Table

    from ..library.store import Store

Result = TypeVar("Result")
#: Reviews whose sentences are made and written at once; bounds memory.
BATCH = 2_000


def index_folder(library: Path) -> Path:
    """Where the index of a library file is: ``NAME.index`` beside ``NAME.duckdb``."""
    return library.with_suffix(".index")


def build(store: Store, step: Callable[[int], None] = lambda done: None) -> int:
    """Build the index of a library anew; the old one serves until the new one is whole.

    Args:
        step: told after each batch how many reviews it held.

    Returns:
        How many reviews the index holds.

    Raises:
        InputError: if another process is building it.
    """
    connection, folder = store.connection, index_folder(store.path)
    with _alone(folder):
        part = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        try:
            sentences = shipped()
            now = state.current(connection, sentences.label)
            part.mkdir()
            rows = table.create(part, sentences.width)
            reviews = _stored(connection, now.review)
            _add(rows, connection, reviews, sentences, step)
            # The library is not read any more, and the indexes of a large one need the memory.
            store.release()
            laid_out = table.indexed(rows)
            state.write(part, msgspec.structs.replace(now, laid_out=laid_out))
            _moved(part, folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return len(reviews)


def update(store: Store, step: Callable[[int], None] = lambda done: None) -> int:
    """Bring the index of a library up to date: reviews that came or were read again since go in.

    One that is not there, or not this library's, is built.

    Args:
        step: told after each batch how many reviews it held.

    Returns:
        How many reviews went in.

    Raises:
        InputError: if another process is building it.
    """
    connection, folder = store.connection, index_folder(store.path)
    sentences = shipped()
    now = state.current(connection, sentences.label)
    try:
        then = state.read(folder)
        rows = _open(folder)
    except InputError:
        return build(store, step)
    if (then.library, then.encoder) != (now.library, now.encoder):
        return build(store, step)
    with _alone(folder):
        fresh = [review for review in state.outdated(connection, then) if review <= now.review]
        # Sentences of earlier readings go, and so does what an update that was killed left behind.
        rows.delete(f"review > {then.review}")
        again = [review for review in fresh if review <= then.review]
        for first in range(0, len(again), BATCH):
            rows.delete(f"review IN ({', '.join(str(int(review)) for review in again[first : first + BATCH])})")
        _add(rows, connection, fresh, sentences, step)
        laid_out = table.indexed(rows, then.laid_out) if fresh else then.laid_out
        state.write(folder, msgspec.structs.replace(now, laid_out=laid_out))
    return len(fresh)


class Index:
    """An index opened to search; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the index in ``folder``.

        Raises:
            InputError: if there is none, or it cannot be searched; the message says what to do.
        """
        self.state = state.read(folder)
        self.sentences: Sentences = shipped()
        if self.state.encoder != self.sentences.label:
            raise InputError(f"{folder}: the search index is of another release; {state.REMEDY}")
        self._folder = folder
        with extra("library"):
            import lancedb  # noqa: F401
        self.table: AsyncTable = self.run(table.opened_to_search(folder))

    def check(self, connection: duckdb.DuckDBPyConnection) -> int:
        """How many reviews of the library the index does not hold as they are now; 0 is up to date.

        Raises:
            InputError: if the index was built from another library.
        """
        return len(self.missing(connection))

    def missing(self, connection: duckdb.DuckDBPyConnection) -> list[int]:
        """The numbers of those reviews.

        Raises:
            InputError: if the index was built from another library.
        """
        return state.missing(connection, self.state)

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do ``work`` with ``table``, on LanceDB's event loop.

        Raises:
            InputError: whatever goes wrong there; the message says what to do.
        """
        from lancedb.background_loop import LOOP

        with _failing(self._folder):
            result: Result = LOOP.run(work)  # type: ignore[no-untyped-call]
        return result


@contextmanager
def _failing(folder: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # LanceDB raises what its parts raise; whatever it is, the index is of no use
        told = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(f"{folder}: the search index is damaged ({told}); {state.REMEDY}") from error


def _open(folder: Path) -> Table:
    with extra("library"):
        import lancedb  # noqa: F401
    with _failing(folder):
        return table.opened(folder)


def _stored(connection: duckdb.DuckDBPyConnection, last: int) -> list[int]:
    rows = connection.execute(
        "SELECT review FROM readings WHERE replaced_at IS NULL AND review <= ? ORDER BY review", [last]
    ).fetchall()
    return [review for (review,) in rows]


def _add(
    rows: Table, connection: duckdb.DuckDBPyConnection, reviews: Sequence[int], sentences: Sentences,
    step: Callable[[int], None],
) -> None:  # fmt: skip
    for first in range(0, len(reviews), BATCH):
        batch = reviews[first : first + BATCH]
        made = units.rows(connection, batch, sentences)
        if made.num_rows:
            rows.add(made)
        step(len(batch))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time changes an index."""
    with ExitStack() as held:
        try:
            held.enter_context(locked(folder.with_name(f".{folder.name}.lock")))
        except BlockingIOError:
            raise InputError(f"{folder}: another process is building this index; wait for it to end") from None
        yield


def _moved(part: Path, folder: Path) -> None:
    """Put the new index in place of the old one."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
