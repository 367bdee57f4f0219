"""Pullquote reads film reviews: every claim carries the exact words it comes from.

>>> import pullquote
>>> reading = pullquote.read("A superb film. The acting is wonderful.")
>>> reading.verdict.recommend
'yes'
>>> reading.opinions[0].quote
'A superb film'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from .errors import (
    EmptyReview,
    InputError,
    LibraryError,
    ModelError,
    PullquoteError,
    ReadingError,
    ReviewTooLong,
    WorkerError,
)
from .reading import Reading, schema

if TYPE_CHECKING:
    from .archive import Library
    from .reader import Reader

__all__ = [
    "EmptyReview",
    "InputError",
    "Library",
    "LibraryError",
    "ModelError",
    "PullquoteError",
    "Reader",
    "Reading",
    "ReadingError",
    "ReviewTooLong",
    "WorkerError",
    "read",
    "read_many",
    "schema",
]


def read(text: str, *, id: str = "review", model: str | None = None) -> Reading:
    """Read one review with a shipped model (loaded once per process).

    Raises:
        EmptyReview: if the text holds no words.
        ReviewTooLong: if it is longer than 200,000 characters; a `Reader` takes another limit.
        ModelError: if the model's files are missing or damaged.
    """
    from .reader import Reader

    return Reader(model).read(text, id=id)


def read_many(
    documents: Iterable[str | tuple[str, str]], *, model: str | None = None, workers: int = 1
) -> Iterator[Reading]:
    """Read a stream of reviews, given as texts or as (id, text); readings come in order.

    Texts without an id are numbered from 0.

    Args:
        workers: processes that read; with 1 it is done in this one.

    Raises:
        EmptyReview, ReviewTooLong: at the first review that cannot be read.
        ModelError: if the model's files are missing or damaged.
        WorkerError: if a process that reads was killed.
    """
    from .crew.answers import Fault
    from .crew.run import reading
    from .reader.limits import MAX_CHARS

    named = ((str(n), one) if isinstance(one, str) else one for n, one in enumerate(documents))
    with reading(named, model=model, workers=workers, max_chars=MAX_CHARS, with_text=True) as answers:
        for answer in answers:
            if isinstance(answer, Fault):
                raise answer.error()
            yield answer.reading()


def __getattr__(name: str) -> Any:
    """Import what brings an inference engine or a database along only when it is asked for."""
    if name == "Reader":
        from .reader import Reader

        return Reader
    if name == "Library":
        from .archive import Library

        return Library
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
