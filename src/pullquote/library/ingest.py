"""Ingest: reviews from sources, read once, into the library; safe to stop at any moment and to run again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..crew.answers import Fault
from ..crew.run import reading
from ..errors import InputError
from ..reader.limits import MAX_CHARS, check
from ..reading import Reading
from ..sources.record import Failure, Record
from .keys import review_key
from .rows import Read
from .write import add, fail, title_films
from .write import replace as put_in_force

if TYPE_CHECKING:
    from .store import Store

#: A batch is committed after this many reviews or seconds, whichever comes first: at most so much is read again
#: after a kill.
BATCH, SECONDS = 512, 5.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come: reviews stored, found there already, read again, failed."""

    stored: int = 0
    known: int = 0
    reread: int = 0
    failed: int = 0

    @property
    def seen(self) -> int:
        """All of them."""
        return self.stored + self.known + self.reread + self.failed

    def __add__(self, other: Progress) -> Progress:
        """Both together."""
        return Progress(
            self.stored + other.stored,
            self.known + other.known,
            self.reread + other.reread,
            self.failed + other.failed,
        )


@dataclass(slots=True)
class _Wait:
    """A review handed to the reader; ``number`` is its own in the library if it is there already."""

    source: str
    record: Record
    number: int | None


class Ingest:
    """One run over some sources.

    ``progress`` is up to date after every step of ``run``; ``failures`` go to ``complain`` as they come.
    """

    def __init__(
        self, store: Store, *, model: str | None = None, workers: int = 1, reread: bool = False,
        max_chars: int = MAX_CHARS, batch: int = BATCH,
        complain: Callable[[str, str], None] = lambda origin, reason: None,
    ) -> None:  # fmt: skip
        """Prepare to read into ``store``.

        Args:
            model: name of the model to read with.
            workers: processes that read.
            reread: read reviews again whose reading in force is of another model.
            max_chars: longest review to read, in code points.
            batch: reviews after which to commit, if seconds do not come first.
            complain: told of every review that fails, and of corrections that do not fit a new reading: where it
                is, and why.
        """
        self._store = store
        self._model = model
        self._workers = workers
        self._reread = reread
        self._max_chars = max_chars
        self._batch = batch
        self._complain = complain
        self._waiting: deque[_Wait] = deque()
        self._failed: list[tuple[str, str, str]] = []
        self.progress = Progress()

    def run(self, records: Iterable[tuple[str, Record | Failure]]) -> Iterator[Progress]:
        """Read and store ``records``, each with the name of the input it is from; yields after each one.

        Raises:
            LibraryError: if the library cannot be written. What was committed stays.
            ModelError: if the model cannot be loaded.
            WorkerError: if a process that reads was killed. What was committed stays.
        """
        fresh: list[Read] = []
        again: dict[int, Reading] = {}
        since = time.monotonic()
        with reading(
            self._to_read(records), model=self._model, workers=self._workers, max_chars=self._max_chars
        ) as answers:
            for answer in answers:
                one = self._waiting.popleft()
                if isinstance(answer, Fault):
                    self._fail(one.source, one.record.origin, answer.reason)
                elif one.number is None:
                    fresh.append(Read(one.source, one.record, answer.reading()))
                    self.progress = replace(self.progress, stored=self.progress.stored + 1)
                else:
                    again[one.number] = answer.reading()
                    self.progress = replace(self.progress, reread=self.progress.reread + 1)
                if len(fresh) + len(again) >= self._batch or time.monotonic() - since > SECONDS:
                    self._commit(fresh, again)
                    since = time.monotonic()
                yield self.progress
        self._commit(fresh, again)
        title_films(self._store)
        yield self.progress

    def _to_read(self, records: Iterable[tuple[str, Record | Failure]]) -> Iterator[tuple[str, str]]:
        """Those reviews that want reading, on their way to the reader."""
        from ..reader.shipped import identity

        known = known_keys(self._store)
        stale = _of_other_models(self._store, identity(self._model)) if self._reread else {}
        for source, record in records:
            if isinstance(record, Failure):
                self._fail(source, record.origin, record.reason)
                continue
            key = review_key(record)
            number = stale.pop(key, None)
            if key in known and number is None:
                self.progress = replace(self.progress, known=self.progress.known + 1)
                continue
            try:
                check(record.text, self._max_chars)
            except InputError as error:
                self._fail(source, record.origin, str(error))
                continue
            known.add(key)
            self._waiting.append(_Wait(source, record, number))
            yield record.id, record.text

    def _fail(self, source: str, origin: str, reason: str) -> None:
        self._failed.append((source, origin, reason))
        self.progress = replace(self.progress, failed=self.progress.failed + 1)
        self._complain(origin, reason)

    def _commit(self, fresh: list[Read], again: dict[int, Reading]) -> None:
        add(self._store, fresh)
        for one in put_in_force(self._store, again):
            self._complain(
                one.origin,
                f"correction {one.correction} does not fit the new reading and is set aside: {one.reason} "
                "(list such: pullquote corrections --set-aside)",
            )
        fail(self._store, self._failed)
        fresh.clear()
        again.clear()
        self._failed.clear()


def known_keys(store: Store) -> set[bytes]:
    """Keys of all reviews there: some 90 bytes each in memory."""
    result = store.connection.execute("SELECT key FROM reviews")
    known: set[bytes] = set()
    while rows := result.fetchmany(50_000):
        known.update(bytes.fromhex(key) for (key,) in rows)
    return known


def _of_other_models(store: Store, model: str) -> dict[bytes, int]:
    """Numbers of the reviews whose reading in force is of another model, by key."""
    result = store.connection.execute(
        "SELECT key, review FROM reviews JOIN readings USING (review) WHERE replaced_at IS NULL "
        # A cascade names the model behind its own name: "auto/1:compact/1".
        "AND model <> ? AND NOT starts_with(model, ? || ':')",
        [model, model],
    )
    found: dict[bytes, int] = {}
    while rows := result.fetchmany(50_000):
        found.update((bytes.fromhex(key), number) for key, number in rows)
    return found
