"""The library behind the pages: asked in a few threads, read for in one, written in another.

Requests are taken in one thread and must never wait there. What blocks is done elsewhere: questions, in a bounded
pool with a cursor each; reading reviews, which takes seconds, in a thread of its own, so that no page waits for it;
changes, one after the other.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from ..library.store import Store
from ..search.index import Index, index_folder, update
from .settings import Settings

if TYPE_CHECKING:
    import duckdb

    from ..reader import Reader

_log = logging.getLogger("pullquote.web")

Answer = TypeVar("Answer")
#: Threads that ask the library, and how many requests may wait for one; the same of the reader.
_ASKING = max(4, 2 * (os.cpu_count() or 1))
_WAITING, _WAITING_TO_READ = 400, 8
#: Longest review that is read for a page, in characters.
LONGEST = 100_000


class Busy(Exception):
    """So many requests wait already that one more would not be answered in time."""


class _Closing(Exception):
    """The service ends, and the index with it."""


class Service:
    """An open library and the threads that work on it; ``close`` ends them."""

    def __init__(self, settings: Settings) -> None:
        """Open the library that ``settings`` name: to write if it may be written, else to read.

        Raises:
            LibraryError: if there is no library, or it is in use.
        """
        self.settings = settings
        self._store = Store(settings.library, write=not settings.read_only, new=False)
        self._root = self._store.connection.cursor()
        self._lock = threading.Lock()
        self._asking = ThreadPoolExecutor(_ASKING, "ask")
        self._reading = ThreadPoolExecutor(1, "read")
        self._writing = ThreadPoolExecutor(1, "write")
        self._catching_up = ThreadPoolExecutor(1, "catch-up")
        self._behind = self._closing = False
        self._asked = 0
        self._read = 0
        self._reader: Reader | None = None
        self._index: tuple[int, Index] | None = None

    def close(self) -> None:
        """Finish what is being written, drop what is being asked, and close the library."""
        self._root.interrupt()
        self._closing = True
        for pool in (self._asking, self._reading, self._writing, self._catching_up):
            pool.shutdown(wait=pool in (self._writing, self._catching_up), cancel_futures=True)
        self._store.close()

    async def ask(self, question: Callable[[duckdb.DuckDBPyConnection], Answer]) -> Answer:
        """What ``question`` answers, asked in another thread with a cursor of its own.

        If the request ends before that, the question is stopped.

        Raises:
            Busy: if too many wait already.
        """
        if self._asked >= _WAITING:
            raise Busy
        self._asked += 1
        try:
            with self._lock:
                cursor = self._root.cursor()
            try:
                return await asyncio.get_running_loop().run_in_executor(self._asking, _asked, question, cursor)
            except asyncio.CancelledError:
                cursor.interrupt()
                raise
        finally:
            self._asked -= 1

    async def read(self, work: Callable[[Reader], Answer]) -> Answer:
        """What ``work`` makes of the reader, in the thread that reads; the model is loaded at the first call.

        Raises:
            Busy: if too many wait already.
        """
        if self._read >= _WAITING_TO_READ:
            raise Busy
        self._read += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._reading, lambda: work(self._loaded()))
        finally:
            self._read -= 1

    async def write(self, change: Callable[[Store], Answer]) -> Answer:
        """What ``change`` gives, done to the library alone; goes on to its end even if the request does not.

        The search index catches up afterwards, and nobody waits for that.
        """
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._writing, self._changed, change))

    def catch_up(self) -> None:
        """Bring the search index up to date in a thread of its own; nobody waits for it, nor for one that waits."""
        if not self._behind:
            self._behind = True
            self._catching_up.submit(self._caught_up)

    def index(self) -> Index:
        """The search index as it is on disk now; to be called in the thread that asks.

        Raises:
            InputError: if there is none that can be searched.
        """
        folder = index_folder(self.settings.library)
        built = folder / "built.json"
        stamp = built.stat().st_mtime_ns if built.exists() else 0
        with self._lock:
            if self._index is None or self._index[0] != stamp:
                self._index = stamp, Index(folder)
            return self._index[1]

    def _changed(self, change: Callable[[Store], Answer]) -> Answer:
        answer = change(self._store)
        self.catch_up()
        return answer

    def _caught_up(self) -> None:
        # What is corrected from now on is for the next time.
        self._behind = False
        try:
            with Store(self.settings.library, write=True, new=False) as store:
                update(store, self._go_on)
        except _Closing:
            pass
        except Exception as error:  # the change is kept; search says by itself that its index is behind
            _log.error("the search index was not brought up to date: %s", type(error).__name__)

    def _go_on(self, done: int) -> None:
        if self._closing:
            raise _Closing

    def _loaded(self) -> Reader:
        if self._reader is None:
            from ..reader import Reader

            # One core is left to the pages.
            threads = max(1, (os.cpu_count() or 1) - 1)
            self._reader = Reader(self.settings.model, max_chars=LONGEST, threads=threads)
        return self._reader


def _asked(question: Callable[[duckdb.DuckDBPyConnection], Answer], cursor: duckdb.DuckDBPyConnection) -> Answer:
    with cursor:
        return question(cursor)
