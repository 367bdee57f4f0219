"""What became of each part of the input: one small file per part, written last, and by it the part counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import msgspec

from ..errors import InputError
from .inputs import Input
from .place import Place

#: Folders of the folder of readings.
READINGS, FAILURES, ENTRIES = "readings", "failures", "manifest"
#: Totals, once everything is done.
COMPLETE = "complete.json"

_NAME = re.compile(r"(.+)-([0-9]{5,})\.json")
#: Entries fetched side by side: in object storage most of the time is waiting.
_THREADS = 32


class Entry(msgspec.Struct, frozen=True):
    """One part: consecutive reviews of one input; ``rows`` = ``read`` + ``failed``.

    ``bytes`` and ``sha256`` are those of its file in ``readings/``, 0 and empty where nothing was read.
    """

    part: str
    input: str
    size: int
    modified: str
    number: int
    last: bool
    rows: int
    read: int
    failed: int
    bytes: int
    sha256: str
    model: str
    version: str


class Totals(msgspec.Struct, frozen=True):
    """Sums over entries: input files, parts, reviews, those read and those that failed."""

    files: int
    parts: int
    rows: int
    read: int
    failed: int


def part_name(stem: str, number: int) -> str:
    """The name of a part.

    >>> part_name("reviews-0a1b2c3d4e5f", 7)
    'reviews-0a1b2c3d4e5f-00007'
    """
    return f"{stem}-{number:05}"


def entry_name(part: str) -> str:
    """Where a part's entry stands in the folder."""
    return f"{ENTRIES}/{part}.json"


def entry(place: Place, part: str) -> Entry | None:
    """The entry of a part; None while it has none.

    Raises:
        InputError: if the entry is damaged.
        ExportError: if it cannot be fetched.
    """
    name = entry_name(part)
    data = place.get(name)
    if data is None:
        return None
    try:
        return msgspec.json.decode(data, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{place}/{name}: the entry is damaged ({error}); remove it to have the part read again"
        ) from error


def write(place: Place, done: Entry) -> None:
    """Let the part of ``done`` count.

    Raises:
        ExportError: if it cannot be written.
    """
    place.put(entry_name(done.part), msgspec.json.format(msgspec.json.encode(done)))


class Done:
    """What a folder has entries for: numbers of parts by the stem of their input."""

    def __init__(self, place: Place) -> None:
        """List the entries in ``place``."""
        self._place = place
        self._numbers: dict[str, set[int]] = defaultdict(set)
        for name in place.names(ENTRIES):
            if match := _NAME.fullmatch(name):
                self._numbers[match[1]].add(int(match[2]))

    def of(self, one: Input) -> frozenset[int]:
        """Numbers of the parts of ``one`` that are done."""
        return frozenset(self._numbers.get(one.stem, ()))

    def whole(self, one: Input) -> bool:
        """Whether all of ``one`` is done.

        Raises:
            InputError: if ``one`` is not the file any more that its parts were read from.
        """
        numbers = self._numbers.get(one.stem)
        if not numbers:
            return False
        highest = entry(self._place, part_name(one.stem, max(numbers)))
        if highest is None:
            return False
        if (highest.size, highest.modified) != (one.size, one.modified):
            raise InputError(
                f"{one.origin}: has changed since some of it was read into {self._place}; "
                "give the changed file another name, or name another folder for the readings"
            )
        return highest.last and len(numbers) == highest.number + 1

    def entries(self, inputs: Iterable[Input]) -> Iterator[Entry]:
        """The entries of ``inputs``."""
        names = [part_name(one.stem, number) for one in inputs for number in sorted(self.of(one))]
        with ThreadPoolExecutor(_THREADS) as threads:
            yield from (found for found in threads.map(lambda name: entry(self._place, name), names) if found)


def totals(entries: Iterable[Entry]) -> Totals:
    """The sums over ``entries``."""
    files: set[str] = set()
    parts = rows = read = failed = 0
    for one in entries:
        files.add(one.input)
        parts, rows, read, failed = parts + 1, rows + one.rows, read + one.read, failed + one.failed
    return Totals(len(files), parts, rows, read, failed)
