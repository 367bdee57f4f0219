"""Readings in Parquet into a library: as safe to stop and to run again as ingest, without reading anything again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import InputError
from ..library.ingest import Progress, known_keys
from ..library.keys import content_key
from ..library.write import fail, know_film, now, title_films
from .tables import CLAIMS, FILMS, PEOPLE, READINGS, REVIEWS, functions

if TYPE_CHECKING:
    import pyarrow as pa

    from ..library.store import Store
    from .found import Readings

#: Reviews in one transaction, at most.
BATCH = 4_096
_KEYED_BY = ("text", "film_id", "title", "year", "author")


class Load:
    """One run over readings; ``progress`` is up to date after every step of ``run``."""

    def __init__(
        self, store: Store, *, batch: int = BATCH,
        complain: Callable[[str, str], None] = lambda origin, reason: None,
    ) -> None:  # fmt: skip
        """Prepare to load into ``store``.

        Args:
            batch: most reviews in one transaction.
            complain: told of every review and file that failed: where it is, and why.
        """
        self._store = store
        self._batch = batch
        self._complain = complain
        self._known: set[bytes] | None = None
        self.progress = Progress()
        functions(store.connection)

    def run(self, found: Readings) -> Iterator[Progress]:
        """Store what is in ``found`` and not there yet; yields after each transaction.

        A file that is damaged is complained of and listed among the failures, and the others are loaded.

        Raises:
            LibraryError: if the library cannot be written. What was committed stays.
        """
        for piece in found.readings:
            try:
                for table in piece.readings(self._batch):
                    self._add(table)
                    yield self.progress
            except InputError as error:
                self._fail([(found.name, piece.origin, str(error))])
                yield self.progress
            else:
                self._went_well(found.name, piece.origin)
        for piece in found.failures:
            try:
                failures = piece.failures()
            except InputError as error:
                failures = [(found.name, piece.origin, str(error))]
            self._fail(failures)
            yield self.progress
        title_films(self._store)
        yield self.progress

    def _add(self, table: pa.Table) -> None:
        if self._known is None:
            self._known = known_keys(self._store)
        # Whatever the file says: by its key the library tells a review from others.
        keys = [content_key(*row) for row in zip(*(table.column(name).to_pylist() for name in _KEYED_BY), strict=True)]
        fresh = {key: place for place, key in reversed(list(enumerate(keys))) if key not in self._known}
        places = sorted(fresh.values())
        if places:
            self._store_rows(table.take(places), [keys[place].hex() for place in places])
            self._known.update(fresh)
        self.progress = replace(
            self.progress,
            stored=self.progress.stored + len(places),
            known=self.progress.known + len(keys) - len(places),
        )

    def _store_rows(self, table: pa.Table, keys: list[str]) -> None:
        import pyarrow as pa

        connection = self._store.connection
        with self._store.transaction():
            first, reading = self._next("reviews", "review"), self._next("readings", "reading")
            table = table.set_column(table.schema.get_field_index("key"), "key", pa.array(keys, pa.string()))
            numbers = pa.array(range(first, first + table.num_rows), pa.int64())
            connection.register("rows", table.append_column("review", numbers))
            try:
                time = now()
                self._insert("reviews", f"SELECT * REPLACE ($time AS added) FROM ({REVIEWS})", time=time)
                self._insert(
                    "readings",
                    f"SELECT * REPLACE (reading + $shift AS reading, $time AS read_at) FROM ({READINGS})",
                    time=time, shift=reading - first,
                )  # fmt: skip
                for name, select in CLAIMS.items():
                    self._insert(name, select)
                self._insert("people", f"SELECT * FROM ({PEOPLE}) ANTI JOIN people USING (person)")
                know_film(self._store, connection.execute(FILMS).fetchall())
                connection.execute(
                    "DELETE FROM failures f USING rows WHERE f.source = rows.source AND f.origin = rows.origin"
                )
            finally:
                connection.unregister("rows")
            self._store.changed()

    def _insert(self, table: str, select: str, **values: object) -> None:
        self._store.connection.execute(f"INSERT INTO {table} BY NAME {select}", values)

    def _next(self, table: str, column: str) -> int:
        row = self._store.one(f"SELECT coalesce(max({column}), 0) + 1 FROM {table}")
        return int(row[0]) if row else 1

    def _fail(self, failures: list[tuple[str, str, str]]) -> None:
        fail(self._store, failures)
        for _, origin, reason in failures:
            self._complain(origin, reason)
        self.progress = replace(self.progress, failed=self.progress.failed + len(failures))

    def _went_well(self, source: str, origin: str) -> None:
        if self._store.one("SELECT 1 FROM failures WHERE source = ? AND origin = ?", [source, origin]):
            with self._store.transaction():
                self._store.connection.execute("DELETE FROM failures WHERE source = ? AND origin = ?", [source, origin])
