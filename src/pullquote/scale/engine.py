"""The engine: Ray Data hands parts of tables to actors that read them.

Ray does all the work of an engine: it places tasks and actors, holds back who is ahead, and does again what was on a
machine that died. What goes through it are parts, one in a row or some small ones: a part is read by one actor and put
into the folder by it, so that readings themselves never travel, and whatever Ray does twice ends in the same file.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from ..crew.settled import settle
from ..errors import PullquoteError, WorkerError
from .inputs import Input
from .order import Order
from .parts import Broken, Part, loads, parts
from .reading import Outcome, PartReader

if TYPE_CHECKING:
    import pyarrow as pa

#: One process that cuts tables into parts keeps so many readers busy.
_READERS = 32
#: Most tables, and bytes of them, that are cut in one go. To start a process for each would take longer than to cut a
#: small one; but where it dies all are cut again.
_TABLES, _BYTES = 64, 64 * 1024 * 1024
#: Loads of small tables for each reader, if there are so many tables: fewer, and some would have much and some nothing.
_LOADS = 8
#: How often a part is begun anew after the process or machine that read it died. A lost machine takes some six of
#: these, until Ray knows that it is lost; what kills whoever reads it takes all, and must not be tried for ever.
_AGAIN = 20
#: The only column of what goes through Ray.
_COLUMN = "message"

_encode = msgspec.msgpack.Encoder().encode


class Errand(msgspec.Struct, frozen=True):
    """A table to cut into parts, but those that are done."""

    input: Input
    done: list[int]


#: What one actor takes at a time.
_Load = list[Part] | Broken


def read(order: Order, errands: Sequence[tuple[Input, frozenset[int]]], workers: int | None) -> Iterator[Outcome]:
    """Cut inputs into parts, all but those that are done, and read them; yields what became of each.

    Args:
        errands: inputs, each with the numbers of its parts that are done.
        workers: actors that read; None takes one for each processor core of the cluster.

    Raises:
        ExportError: if the output cannot be written.
        ModelError: if a machine cannot load the model.
        WorkerError: if Ray fails.
    """
    import ray
    from ray.data import ActorPoolStrategy, DataContext, TaskPoolStrategy

    engine: Any = ray
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.raise_original_map_exception = True
    # Every row is a block of its own: what one actor takes at a time.
    context.target_max_block_size = 1
    readers = workers or max(1, int(engine.cluster_resources().get("CPU", 1)))
    cutters = 1 + readers // _READERS
    most = min(_TABLES, -(-len(errands) // cutters))
    told = [{_COLUMN: _encode(group)} for group in together(errands, most)]
    share = max(1, len(errands) // (_LOADS * readers))
    with warnings.catch_warnings():
        # That a task is done again only so often cannot be said otherwise in the versions that pyproject.toml allows.
        warnings.simplefilter("ignore", DeprecationWarning)
        outcomes = (
            engine.data.from_items(told)
            # Cutting takes a hundredth of the time of reading: it gets no core of its own, or it would keep one idle.
            .map_batches(
                _cut, fn_kwargs={"order": order, "share": share}, batch_size=1, batch_format="pyarrow", num_cpus=0,
                compute=TaskPoolStrategy(size=cutters),
            )
            .map_batches(
                _Actor, fn_constructor_kwargs={"order": order}, batch_size=1, batch_format="pyarrow", num_cpus=1,
                max_task_retries=_AGAIN,
                # One part in hand and one at hand: of the last parts no actor gets many while others have none.
                compute=ActorPoolStrategy(
                    min_size=1, max_size=readers, initial_size=readers, max_tasks_in_flight_per_actor=2
                ),
            )
        )  # fmt: skip
    try:
        for row in outcomes.iter_rows():
            yield from msgspec.msgpack.decode(row[_COLUMN], type=list[Outcome])
    except Exception as error:
        raise ours(error) from error


def together(errands: Sequence[tuple[Input, frozenset[int]]], most: int) -> Iterator[list[Errand]]:
    """Tables that are cut in one go: at most so many, and in bytes as many as `_BYTES`, or one that has more."""
    group: list[Errand] = []
    size = 0
    for one, done in errands:
        if group and (len(group) == most or size + one.size > _BYTES):
            yield group
            group, size = [], 0
        group.append(Errand(one, sorted(done)))
        size += one.size
    if group:
        yield group


def _cut(table: pa.Table, order: Order, share: int) -> Iterator[dict[str, list[bytes]]]:
    """Parts of the tables that the only row names, at most so many together."""
    errands = msgspec.msgpack.decode(table[_COLUMN][0].as_py(), type=list[Errand])
    cut = (one for errand in errands for one in parts(errand.input, order, frozenset(errand.done)))
    # Ray takes what a generator gives one by one, and of other iterators nothing.
    yield from map(_row, loads(cut, share, order.part))


class _Actor:
    """What reads parts on some machine of the cluster."""

    def __init__(self, order: Order) -> None:
        self._reader = PartReader(order)
        # The actor's process does nothing else.
        settle(self._reader.reader)

    def __call__(self, table: pa.Table) -> dict[str, list[bytes]]:
        load = msgspec.msgpack.decode(table[_COLUMN][0].as_py(), type=_Load)
        if isinstance(load, Broken):
            return _row([Outcome(broken=(load.input.origin, load.reason))])
        # All in one row: rows leave an actor one by one, and it would wait for each to be fetched.
        return _row([self._reader.read(part) for part in load])


def _row(message: _Load | list[Outcome]) -> dict[str, Any]:
    import pyarrow as pa

    return {_COLUMN: pa.array([_encode(message)], pa.large_binary())}


def ours(error: BaseException) -> PullquoteError:
    """The error of ours that made Ray fail, else one that says what Ray says."""
    from ray.exceptions import RayError

    seen: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in seen:
        seen.append(found)
        # What Ray raises may be of the same class as its cause, and has the whole trace for its words.
        found = getattr(found, "cause", None) or found.__cause__ or found.__context__
    for one in reversed(seen):
        if isinstance(one, PullquoteError):
            return one
    if isinstance(error, _died()):
        return WorkerError(
            f"processes that read died over one part, which was begun {_AGAIN + 1} times: memory may be short, or a "
            "review there kills them; what was done stays, and the same command goes on with the rest"
        )
    cause = seen[-1]
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    # What Ray raises itself may have a trace for its words; to what it passes on it adds advice for programmers.
    said = lines[-1 if isinstance(cause, RayError) else 0].strip()
    return WorkerError(f"Ray failed: {said}; repeat the command to go on")


def _died() -> tuple[type[Exception], ...]:
    """What Ray raises where an actor died more often than it may."""
    from ray import exceptions

    return (exceptions.ActorDiedError, exceptions.ActorUnavailableError, exceptions.OutOfMemoryError)
