"""Tables cut into parts: so many consecutive reviews each, the same whoever cuts them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

import msgspec

from ..errors import InputError
from ..reader.limits import check
from ..sources.files import File
from ..sources.formats import format_of
from ..sources.packed import unpacked
from ..sources.record import Failure, Record
from .inputs import Input
from .order import Order
from .storage import brief

#: Characters of text after which a part is full all the same: with long reviews, too, memory is bounded.
CHARACTERS = 8_000_000

#: A review, or why there is none.
Item = tuple[Record | None, Failure | None]


class Part(msgspec.Struct, frozen=True):
    """Consecutive reviews of ``input``, or why there are none, in their order."""

    input: Input
    number: int
    last: bool
    items: list[Item]


class Broken(msgspec.Struct, frozen=True):
    """Why the rest of ``input`` could not be fetched; another time it may."""

    input: Input
    reason: str


def parts(one: Input, order: Order, done: frozenset[int]) -> Iterator[Part | Broken]:
    """The parts of ``one`` but those that are ``done``, in their order, few reviews in memory at a time.

    A text that is too long or empty is a failure from here on. Where the file cannot be fetched to its end, Broken
    comes last, and what was fetched of the part in hand is left out, so that parts are whole or not there.
    """
    file = _Watched(one.file())
    plain = unpacked(file)
    format = format_of(plain.place)
    assert format is not None, "inputs are tables"
    number, held = 0, 0
    items: list[Item] = []
    for item in format.records(plain, one.name, order.hints):
        if file.trouble:
            break
        if len(items) == order.part or held > CHARACTERS:
            if number not in done:
                yield Part(one, number, False, items)
            number, held, items = number + 1, 0, []
        taken = _taken(item, order.max_chars)
        items.append((taken, None) if isinstance(taken, Record) else (None, taken))
        held += len(taken.text) if isinstance(taken, Record) else 0
    if file.trouble:
        yield Broken(one, file.trouble[0])
    elif number not in done:
        yield Part(one, number, True, items)


def loads(cut: Iterable[Part | Broken], most: int, reviews: int) -> Iterator[list[Part] | Broken]:
    """Parts in their order as they are handed out, small ones of several tables together.

    A load is full with ``most`` parts, with ``reviews``, and with `CHARACTERS` of their texts.
    """
    load: list[Part] = []
    held = characters = 0
    for one in cut:
        if isinstance(one, Broken):
            yield one
            continue
        load.append(one)
        held += len(one.items)
        characters += sum(len(record.text) for record, _ in one.items if record is not None)
        if len(load) == most or held >= reviews or characters >= CHARACTERS:
            yield load
            load, held, characters = [], 0, 0
    if load:
        yield load


def _taken(item: Record | Failure, max_chars: int) -> Record | Failure:
    if isinstance(item, Failure):
        return item
    try:
        check(item.text, max_chars)
    except InputError as error:
        return Failure(item.origin, str(error))
    return item


@dataclass(frozen=True, slots=True)
class _Watched:
    """A file that takes note when it cannot be opened or fetched: that is trouble with the storage, not the file."""

    file: File
    trouble: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.file.origin

    @property
    def place(self) -> PurePath:
        return self.file.place

    def open(self) -> BinaryIO:
        try:
            return io.BufferedReader(_Noting(self.file.open(), self.trouble), 1 << 20)
        except OSError as error:
            self.trouble.append(brief(error))
            raise

    def beside(self, relative: str) -> File | None:
        return self.file.beside(relative)


class _Noting(io.RawIOBase):
    """A stream that notes in ``trouble`` what goes wrong with it."""

    def __init__(self, stream: BinaryIO, trouble: list[str]) -> None:
        self._stream = stream
        self._trouble = trouble

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except OSError as error:
            self._trouble.append(brief(error))
            raise
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
