"""The reviews of a command, on their way from the sources to the reader and back out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from ..crew.answers import Answer, Fault, Told
from ..sources.record import Failure, Record
from .complaints import complain, note


class Documents:
    """Hands each review on to be read, and keeps it until it is.

    What cannot be read is complained about, counted in ``failed``, and left out.
    """

    def __init__(self, records: Iterable[Record | Failure]) -> None:
        """Take the reviews among ``records``."""
        self._records = records
        self._waiting: deque[Record] = deque()
        self.failed = 0

    def texts(self) -> Iterator[tuple[str, str]]:
        """Id and text of each review."""
        for record in self._records:
            if isinstance(record, Failure):
                self._fail(record.origin, record.reason)
                continue
            for notice in record.notices:
                note(record.origin, notice)
            self._waiting.append(record)
            yield record.id, record.text

    def read(self, answers: Iterable[Answer]) -> Iterator[tuple[Record, Told]]:
        """Each review with what was told of it; ``answers`` are those to ``texts``, in their order."""
        for answer in answers:
            record = self._waiting.popleft()
            if isinstance(answer, Fault):
                self._fail(record.origin, answer.reason)
                continue
            for warning in answer.warnings:
                note(record.origin, warning)
            yield record, answer

    def _fail(self, origin: str, reason: str) -> None:
        complain(f"{origin}: {reason}")
        self.failed += 1
