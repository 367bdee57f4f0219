"""Reading on several processes, each with the model loaded once; what comes out is in the order of what went in."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from ..errors import LibraryError, PullquoteError
from ..reader import Reader
from ..reading import Reading

#: Reviews handed over at once: as many as the reader lays side by side.
TOGETHER = 32

_reader: Reader | None = None


def read_all(
    texts: Iterator[tuple[str, str]], *, model: str | None, workers: int, max_chars: int
) -> Iterator[Reading | str]:
    """The reading of each (id, text), or why it could not be read.

    Args:
        workers: processes; with 1 the reading is done here, on all cores.

    Raises:
        ModelError: if the model cannot be loaded.
        LibraryError: if a worker was killed.
    """
    # Loaded here in any case: a model that is missing or damaged is found before a worker starts.
    reader = Reader(model, max_chars=max_chars)
    if workers == 1:
        while group := list(islice(texts, TOGETHER)):
            yield from read_group(reader, group)
        return
    del reader
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _begin, (model, max_chars)) as pool:
        waiting: deque[Future[list[bytes | str]]] = deque()
        try:
            while True:
                # As many groups under way as keep every worker busy, no more: memory stays bounded.
                while len(waiting) < 2 * workers and (group := list(islice(texts, TOGETHER))):
                    waiting.append(pool.submit(_read, group))
                if not waiting:
                    return
                for item in waiting.popleft().result():
                    yield item if isinstance(item, str) else Reading.from_json(item)
        except BrokenProcessPool as error:
            raise LibraryError(
                "a worker was killed, perhaps for want of memory; what was stored is safe: run the same command "
                "again, with fewer --workers"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def read_group(reader: Reader, group: Sequence[tuple[str, str]]) -> list[Reading | str]:
    """Read some reviews together; if that fails, one by one, so that one bad review spoils no other."""
    try:
        return list(reader.read_many(group))
    except Exception:
        return [_alone(reader, one) for one in group]


def _alone(reader: Reader, one: tuple[str, str]) -> Reading | str:
    try:
        return reader.read(one[1], id=one[0])
    except PullquoteError as error:
        return str(error)
    except Exception as error:
        return f"the reader failed on it ({type(error).__name__}: {error}); please report this review"


def _begin(model: str | None, max_chars: int) -> None:
    global _reader  # noqa: PLW0603 (one per worker process, loaded once)
    _reader = Reader(model, max_chars=max_chars, threads=1)


def _read(group: Sequence[tuple[str, str]]) -> list[bytes | str]:
    assert _reader is not None
    # JSON travels between processes faster than pickled objects.
    return [item if isinstance(item, str) else item.to_json() for item in read_group(_reader, group)]
