"""One part read and put into the folder: its readings, its failures, and last its entry."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from ..crew.answers import Told, read_group
from ..crew.groups import groups
from ..errors import ModelError
from ..sources.record import Record
from .manifest import FAILURES, READINGS, Entry, entry, part_name, write
from .order import Order, which
from .parts import Item, Part
from .schema import failures, rows

if TYPE_CHECKING:
    import pyarrow as pa

    from ..reader import Reader

#: Failures of one part that are told to people; all of them are in the folder.
TOLD = 5


class Outcome(msgspec.Struct, frozen=True):
    """What became of a part, or of an input that could not be fetched to its end (``broken``: which, and why).

    ``failures`` has some of the part's failures: where, and why.
    """

    entry: Entry | None = None
    failures: tuple[tuple[str, str], ...] = ()
    broken: tuple[str, str] | None = None


class PartReader:
    """Reads parts as an order says; ``reader`` holds the model."""

    def __init__(self, order: Order) -> None:
        """Load the model.

        Raises:
            ModelError: if it cannot be loaded, or is another than the order's.
        """
        from importlib.metadata import version

        from ..reader import Reader

        here = (*which(order.named), version("pullquote"))
        if here != (order.model, order.weights, order.version):
            raise ModelError(
                f"this machine has another model or version (model {here[0]}, pullquote {here[2]}) than the one where "
                f"the command was given ({order.model}, {order.version}); install the same on all"
            )
        self._order = order
        self.reader = Reader(order.named, max_chars=order.max_chars, threads=1)

    def read(self, part: Part) -> Outcome:
        """Read ``part`` and put it into the folder; where that was done already, only say so.

        Raises:
            ExportError: if the folder cannot be written; the part does not count then.
        """
        place = self._order.place
        name = part_name(part.input.stem, part.number)
        known = entry(place, name)
        if known is not None:
            return Outcome(known)
        records, lines, failed = answers(self.reader, part.items, self._order.max_chars)
        data = packed(rows(part.input.source, records, lines)) if lines else b""
        if data:
            place.put(f"{READINGS}/{name}.parquet", data)
        if failed:
            place.put(f"{FAILURES}/{name}.parquet", packed(failures(part.input.source, failed)))
        done = Entry(
            part=name,
            input=part.input.known,
            size=part.input.size,
            modified=part.input.modified,
            number=part.number,
            last=part.last,
            rows=len(part.items),
            read=len(lines),
            failed=len(failed),
            bytes=len(data),
            sha256=hashlib.sha256(data).hexdigest() if data else "",
            model=self._order.model,
            version=self._order.version,
        )
        write(place, done)
        return Outcome(done, tuple(failed[:TOLD]))


def answers(
    reader: Reader, items: Sequence[Item], max_chars: int
) -> tuple[list[Record], list[bytes], list[tuple[str, str]]]:
    """Read the records among ``items``: those that were read, what was read in each, and where and why others failed.

    What was read is one line of JSON with the text. Nothing depends on which reviews are read together.
    """
    reviews = [(record.id, record.text) for record, _ in items if record is not None]
    told = iter(
        [one for group in groups(reviews) for one in read_group(reader, group, max_chars=max_chars, with_text=True)]
    )
    records: list[Record] = []
    lines: list[bytes] = []
    failed: list[tuple[str, str]] = []
    for record, failure in items:
        if record is None:
            assert failure is not None, "where there is no review there is a reason"
            failed.append((failure.origin, failure.reason))
            continue
        answer = next(told)
        if isinstance(answer, Told):
            records.append(record)
            lines.append(answer.line)
        else:
            failed.append((record.origin, answer.reason))
    assert len(lines) + len(failed) == len(items), "every review ends once"
    return records, lines, failed


def packed(table: pa.Table) -> bytes:
    """``table`` as a Parquet file: Zstandard, and statistics of every column."""
    import pyarrow as pa
    from pyarrow import parquet

    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd", write_statistics=True)
    return bytes(sink.getvalue())
