"""One thread for numpy's matrix products while reviews are decoded.

How OpenBLAS splits a product among threads shows in the last digit of its numbers: one review would read differently
on two cores and on one. The products here are too small to gain much from a second thread.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController

# The number of threads is the process's, and threadpoolctl lets one caller at a time change it.
_turn = threading.Lock()


@contextmanager
def single_thread() -> Iterator[None]:
    """Products run on one thread inside, where one caller at a time is let in; after it as many as before.

    A program that holds numpy's threads by threadpoolctl itself, in another thread, keeps them as it set them.

    >>> with single_thread():
    ...     pass
    """
    with _turn, _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
