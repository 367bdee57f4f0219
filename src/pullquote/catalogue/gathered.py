"""All that the reviews of a library say by themselves, kept on disk while each of them hears the others."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import msgspec

from .kin import kinship
from .together import LIKELY, Heard, Mass

#: Reviews that are heard for each name, the surest of their film first: "Tom Hanks" may stand in thousands.
_REVIEWS_A_NAME = 100
#: Probability from which a review counts as kin.
_KIN = 0.2
#: Reviews held in memory.
_HELD = 20_000

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE reviews (review INTEGER PRIMARY KEY, heard BLOB NOT NULL);
CREATE TABLE names (name TEXT NOT NULL, surest REAL NOT NULL, review INTEGER NOT NULL);
"""


class Gathered:
    """Reviews as heard alone (`together.Heard`), found again by number and by name. Gone once closed.

    A temporary SQLite file, for this is many small look-ups by key; memory stays the same however many reviews
    there are, but for two numbers a film.
    """

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="pullquote-link-")
        self._file = sqlite3.connect(Path(self._folder.name) / "gathered.sqlite", isolation_level=None)
        self._file.executescript(_TABLES)
        self._chances: dict[str, float] = defaultdict(float)
        self._likely: dict[str, int] = defaultdict(int)
        self._heard = lru_cache(maxsize=_HELD)(self._read)

    def __enter__(self) -> Gathered:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
        self._folder.cleanup()

    @property
    def mass(self) -> Mass:
        """How much of what is gathered is about each film."""
        return Mass(self._chances, self._likely)

    def add(self, reviews: Iterable[Heard]) -> None:
        """Gather some reviews, each once; all must be there before any is asked for its kin."""
        encode = msgspec.msgpack.encode
        self._file.execute("BEGIN")
        for one in reviews:
            self._file.execute("INSERT INTO reviews VALUES (?, ?)", (one.review, encode(one)))
            # Negated, so that the index below gives the surest first.
            rows = [(name, -one.chance, one.review) for name in sorted(one.traits.names)]
            self._file.executemany("INSERT INTO names VALUES (?, ?, ?)", rows)
            for film in one.films:
                self._chances[film.film] += film.chance
                self._likely[film.film] += film.chance > LIKELY
        self._file.execute("COMMIT")

    def whole(self) -> None:
        """Say that all are there."""
        self._file.execute("CREATE INDEX by_name ON names (name, surest, review)")

    def heard(self, review: int) -> Heard | None:
        """One review, or None where it was not gathered."""
        return self._heard(review)

    def kin(self, own: Heard, weights: Mapping[str, float]) -> list[tuple[float, Heard]]:
        """Reviews that are likely of the same film as ``own``, each with the probability, by number."""
        found = ((kinship(own.traits, other.traits, weights), other) for other in self.sharing(own))
        return [(chance, other) for chance, other in found if chance > _KIN]

    def sharing(self, own: Heard) -> Iterator[Heard]:
        """Reviews that share a name with ``own``, by number."""
        numbers: set[int] = set()
        for name in own.traits.names:
            rows = self._file.execute(
                "SELECT review FROM names WHERE name = ? ORDER BY surest, review LIMIT ?", (name, _REVIEWS_A_NAME)
            )
            numbers.update(review for (review,) in rows)
        for number in sorted(numbers - {own.review}):
            other = self._heard(number)
            if other is not None:
                yield other

    def _read(self, review: int) -> Heard | None:
        row = self._file.execute("SELECT heard FROM reviews WHERE review = ?", (review,)).fetchone()
        return None if row is None else msgspec.msgpack.decode(row[0], type=Heard)
