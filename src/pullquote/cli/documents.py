"""The reviews of a command, on their way from the sources to the reader and back out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..errors import InputError
from ..reader.limits import check
from ..reading import Reading
from ..sources.record import Failure, Record
from .complaints import complain, note

if TYPE_CHECKING:
    from ..reader import Reader


class Documents:
    """Hands each review to a reader that can be read, and keeps it until its reading is there.

    What cannot be read is complained about, counted in ``failed``, and left out.
    """

    def __init__(self, records: Iterable[Record | Failure], *, max_chars: int) -> None:
        """Take those of ``records`` that are up to ``max_chars`` characters long."""
        self._records = records
        self._max_chars = max_chars
        self._waiting: deque[Record] = deque()
        self.failed = 0

    def readings(self, reader: Reader) -> Iterator[tuple[Record, Reading]]:
        """Each review with its reading, in the order of the records."""
        for reading in reader.read_many(self._readable()):
            record = self._waiting.popleft()
            for warning in reading.warnings:
                note(record.origin, warning)
            yield record, reading

    def _readable(self) -> Iterator[tuple[str, str]]:
        for record in self._records:
            fault = self._fault(record)
            if isinstance(record, Failure) or fault:
                complain(f"{record.origin}: {fault}")
                self.failed += 1
                continue
            for notice in record.notices:
                note(record.origin, notice)
            self._waiting.append(record)
            yield record.id, record.text

    def _fault(self, record: Record | Failure) -> str | None:
        if isinstance(record, Failure):
            return record.reason
        try:
            check(record.text, self._max_chars)
        except InputError as error:
            return str(error)
        return None
