"""What comes back for each review: its reading, printed, or why it could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from .. import errors

if TYPE_CHECKING:
    from ..reader import Reader
    from ..reading import Reading

#: A review on its way: id, text.
Review = tuple[str, str]


class Told(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A reading as one line of JSON, without the line's end; ``warnings`` are those of the reading."""

    line: bytes
    warnings: tuple[str, ...] = ()

    def reading(self) -> Reading:
        """The reading itself."""
        from ..reading import Reading

        return Reading.from_json(self.line)


class Fault(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Why a review was not read; ``kind`` is the name of the error, where it is one of the package's."""

    reason: str
    kind: str = ""

    def error(self) -> errors.PullquoteError:
        """The same as an error to raise."""
        kind = getattr(errors, self.kind, errors.InputError)
        built: errors.PullquoteError = kind(self.reason)
        return built


Answer = Told | Fault


def read_group(reader: Reader, group: Sequence[Review], *, max_chars: int, with_text: bool) -> list[Answer]:
    """Read some reviews side by side; one that cannot be read spoils no other."""
    refused = [_refusal(text, max_chars) for _, text in group]
    readable = [one for one, fault in zip(group, refused, strict=True) if fault is None]
    answers: list[Answer]
    try:
        answers = [_told(reading, with_text) for reading in reader.read_many(readable)]
    except Exception:
        answers = [_alone(reader, one, with_text) for one in readable]
    read = iter(answers)
    return [fault or next(read) for fault in refused]


def _refusal(text: str, max_chars: int) -> Fault | None:
    from ..reader.limits import check

    try:
        check(text, max_chars)
    except errors.InputError as error:
        return Fault(str(error), type(error).__name__)
    return None


def _alone(reader: Reader, one: Review, with_text: bool) -> Answer:
    try:
        return _told(reader.read(one[1], id=one[0]), with_text)
    except Exception as error:
        reason = f"the reader failed on it ({type(error).__name__}: {error}); please report this review"
        return Fault(reason, "PullquoteError")


def _told(reading: Reading, with_text: bool) -> Told:
    return Told((reading if with_text else reading.without_text()).to_json(), reading.warnings)
