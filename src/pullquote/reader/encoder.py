"""The large encoder in ONNX Runtime: reviews in, token vectors out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..cores import cores
from .layout import Laid, WindowFeed, lay
from .wordpiece import WordPieces

# The engine's makers must not hear of anybody's reviews; it asks for this before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
import onnxruntime as ort

Floats = NDArray[np.float32]
#: A review as an encoder takes it: the word pieces of each token, and the shape of each.
Written = tuple[Sequence[tuple[int, ...]], Sequence[int]]


def session(path: Path) -> ort.InferenceSession:
    """A network ready to run on the CPU, on the thread that runs it.

    How many threads share a product can show in its last digit, so no product is shared.
    """
    options = ort.SessionOptions()
    options.log_severity_level = 3
    # Plans of memory are kept per length of text; hardly two are alike.
    options.enable_mem_pattern = False
    options.intra_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Encoder:
    """MiniLM, trained on reviews, as one ONNX graph.

    Every window runs alone, without padding, on one thread: that is faster on a CPU than a rectangle of many, and its
    states are the same, bit for bit, whatever else is read and however many threads there are.
    """

    def __init__(self, path: Path, wordpieces: WordPieces, threads: int | None = None) -> None:
        """Load the graph at ``path``; ``threads`` windows run at once, None takes as many as there are cores."""
        self._wordpieces = wordpieces
        self._session = session(path)
        self._threads = threads or cores()
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="pullquote-encoder")

    def states(self, reviews: Sequence[Written]) -> Floats:
        """Token vectors of reviews, end to end: ``(tokens of all, width)``."""
        windows = [w for pieces, shapes in reviews for w in lay(pieces, shapes, self._wordpieces)]
        if self._threads > 1 and len(windows) > 1:
            found = list(self._pool.map(self._placed, windows))
        else:
            found = [self._placed(window) for window in windows]
        return np.concatenate(found) if len(found) > 1 else found[0]

    def passes(self, reviews: Sequence[Written]) -> list[Callable[[], Floats]]:
        """The bare forward passes that these reviews take, ready to run, for measuring them alone."""
        return [
            partial(self.run, window.feed)
            for pieces, shapes in reviews
            for window in lay(pieces, shapes, self._wordpieces)
        ]

    def _placed(self, window: Laid) -> Floats:
        return self.run(window.feed)[window.places]

    def run(self, feed: WindowFeed) -> Floats:
        """Hidden states ``(pieces, width)`` of one window."""
        out: Floats = self._session.run(None, dict(feed))[0][0]
        return out
