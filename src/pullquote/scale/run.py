"""One run: what is to be read, read on Ray, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..reader.limits import MAX_CHARS
from ..sources.columns import hints, mapping
from .inputs import Input, find
from .manifest import COMPLETE, ENTRIES, FAILURES, READINGS, Done, Totals, totals
from .order import PART, Order, mark, order
from .reading import Outcome
from .storage import whole


class Job(msgspec.Struct, frozen=True):
    """What the command says; fields as its options. ``base`` is the folder where it was given, and paths begin."""

    sources: tuple[str, ...]
    output: str
    base: str
    model: str | None = None
    map: tuple[str, ...] = ()
    scale: float | None = None
    max_chars: int = MAX_CHARS
    part: int = PART
    workers: int | None = None


class Run:
    """A job under way, on a machine that sees its sources and its output; Ray is started there.

    ``place`` is the folder of readings as it may be shown; ``passed_over`` names files in folders that are no tables;
    ``whole`` and ``inputs`` are the numbers of files that are done already and of all.
    """

    def __init__(self, job: Job) -> None:
        """Look for the sources, and mark the output or see that it is marked so.

        Raises:
            InputError: if a source or the output will not do; nothing was read then.
            ExportError: if the output cannot be written.
            ModelError: if there is no such model.
        """
        columns = mapping(job.map)
        hints(columns, job.scale)
        output = whole(job.output, job.base)
        found = find(job.sources, output, job.base)
        self._order: Order = order(
            output, model=job.model, max_chars=job.max_chars, mapping=columns, scale=job.scale, part=job.part
        )
        self._workers = job.workers
        self._inputs = found.tables
        mark(self._order)
        place = self._order.place
        self._done = Done(place)
        self._left: list[Input] = [one for one in found.tables if not self._done.whole(one)]
        place.remove(COMPLETE)
        self.place = str(place)
        self.passed_over = found.others
        self.inputs, self.whole = len(found.tables), len(found.tables) - len(self._left)

    def outcomes(self) -> Iterator[Outcome]:
        """Read what is left; yields what became of each part, and of inputs that could not be fetched.

        Raises:
            ExportError: if the output cannot be written; what is there stays.
            ModelError: if a machine cannot load the model.
            WorkerError: if Ray fails.
        """
        from .engine import read

        if self._left:
            yield from read(self._order, [(one, self._done.of(one)) for one in self._left], self._workers)

    def end(self) -> Totals:
        """What the whole folder has of these sources; it is complete if all of them are done.

        Raises:
            ExportError: if the output cannot be read or written.
        """
        place = self._order.place
        done = Done(place)
        sums = totals(done.entries(self._inputs))
        if all(done.whole(one) for one in self._inputs):
            for folder in (READINGS, FAILURES, ENTRIES):
                place.sweep(folder)
            place.put(COMPLETE, msgspec.json.format(msgspec.json.encode(sums)))
        return sums
