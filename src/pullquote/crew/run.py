"""A stream of reviews read in groups: here, or by workers; what comes out is in the order of what goes in."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

from .answers import Answer, Review, read_group
from .groups import full, groups, shared_out

if TYPE_CHECKING:
    from .processes import Crew

#: Groups under way for each worker: while one takes long, the others are some ahead of it.
_AHEAD = 4
#: Seconds after which a wait is looked after: on Windows no Ctrl-C comes through before.
_WAIT = 0.5


@contextmanager
def reading(
    texts: Iterable[Review], *, model: str | None, workers: int, max_chars: int, threads: int | None = None,
    with_text: bool = False, forks: bool | None = None,
) -> Iterator[Iterator[Answer]]:  # fmt: skip
    """Within the block: what was read in each (id, text), in order, taken from ``texts`` some groups ahead.

    Nothing is loaded where there are no reviews, and no process is started for fewer than one group.

    Args:
        workers: processes that read; with 1 it is done here.
        max_chars: longest review to read, in code points.
        threads: CPU threads of the encoder where it is done here; None takes all cores.
        with_text: whether the lines of the answers hold the reviews' texts.
        forks: whether workers are forked from one process that has the model; None does what the system stands.

    Raises:
        ModelError: at the start, if the model cannot be loaded.
        WorkerError: if workers cannot be started, or one was killed.
    """
    cut = groups(texts)
    first = next(cut, None)
    if first is None:
        yield iter(())
        return
    cut = chain([first], cut)
    if workers == 1 or not full(first):
        from ..reader import Reader

        reader = Reader(model, max_chars=max_chars, threads=threads)
        yield (
            answer for group in cut for answer in read_group(reader, group, max_chars=max_chars, with_text=with_text)
        )
        return
    from .processes import FORKS, Crew
    from .worker import Order

    with Crew(workers, Order(model, max_chars, with_text), forks=FORKS if forks is None else forks) as crew:
        yield _in_order(crew, shared_out(cut, workers))


def _in_order(crew: Crew, cut: Iterator[list[Review]]) -> Iterator[Answer]:
    under_way: deque[Future[list[Answer]]] = deque()
    for group in cut:
        under_way.append(crew.ask(group))
        while under_way and (under_way[0].done() or len(under_way) >= _AHEAD * crew.workers):
            yield from _result(under_way.popleft())
    while under_way:
        yield from _result(under_way.popleft())


def _result(future: Future[list[Answer]]) -> list[Answer]:
    while not future.done():
        try:
            return future.result(_WAIT)
        except TimeoutError:
            continue
    return future.result()
