"""A review handed in by a form: typed or pasted, or a saved page, alone or with what is known of it."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import BinaryIO

from ..errors import InputError
from ..library.keys import review_key
from ..library.rows import Read
from ..library.store import Store
from ..library.write import add, title_films
from ..reading import Reading
from ..sources import page
from ..sources.columns import Hints
from ..sources.ratings import parse
from ..sources.record import Failure, Record

#: Name of the source under which the library keeps what came by the form.
SOURCE = "web"


@dataclass(frozen=True, slots=True)
class Handed:
    """Bytes that stand for a file, as the sources read them."""

    data: bytes

    @property
    def origin(self) -> str:
        """What people know it by."""
        return SOURCE

    @property
    def place(self) -> PurePath:
        """It stands nowhere."""
        return PurePath(SOURCE)

    def open(self) -> BinaryIO:
        """Its bytes."""
        return io.BytesIO(self.data)

    def beside(self, relative: str) -> None:
        """It has no neighbours."""
        return None


def record_of(data: bytes) -> Record:
    """The review in ``data``: plain text, or a whole saved page, of which the first review stated or the main text.

    Raises:
        InputError: if there is none.
    """
    first = next(page.records(Handed(data), SOURCE, Hints()), None)
    if first is None or isinstance(first, Failure):
        raise InputError(first.reason if first else "there is no review in this")
    return first


def described(record: Record, *, title: str, year: str, author: str, rating: str) -> Record:
    """``record`` with what the form says of it; empty fields leave what the page said.

    Raises:
        InputError: if the year is none.
    """
    if year and not (year.isdecimal() and len(year) == 4):
        raise InputError("a year has four digits")
    return replace(
        record,
        id=f"{SOURCE}-{review_key(record).hex()[:8]}",
        title=title or record.title,
        year=int(year) if year else record.year,
        author=author or record.author,
        rating=parse(rating) if rating else record.rating,
    )


def keep(store: Store, record: Record, reading: Reading) -> int:
    """Store a review, unless it is there; gives its number.

    Raises:
        LibraryError: if the library cannot be written.
    """
    key = review_key(record).hex()
    there = store.one("SELECT review FROM reviews WHERE key = ?", [key])
    if there is None:
        add(store, [Read(SOURCE, record, reading)])
        title_films(store)
        there = store.one("SELECT review FROM reviews WHERE key = ?", [key])
    assert there is not None
    return int(there[0])
