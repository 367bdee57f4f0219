"""The large encoder in ONNX Runtime: reviews in, token vectors out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .layout import WindowFeed, lay
from .wordpiece import WordPieces

# The engine's makers must not hear of anybody's reviews; it asks for this before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
import onnxruntime as ort

Floats = NDArray[np.float32]
#: A review as an encoder takes it: the word pieces of each token, and the shape of each.
Written = tuple[Sequence[tuple[int, ...]], Sequence[int]]


def session(path: Path, threads: int | None = None) -> ort.InferenceSession:
    """A network ready to run on the CPU; ``threads`` None takes all cores that this process may use."""
    options = ort.SessionOptions()
    options.log_severity_level = 3
    # Plans of memory are kept per length of text; hardly two are alike.
    options.enable_mem_pattern = False
    if threads is None and hasattr(os, "sched_getaffinity"):
        # The engine would count the machine's cores, and its threads wait for each other busily.
        threads = len(os.sched_getaffinity(0))
    if threads:
        options.intra_op_num_threads = threads
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Encoder:
    """MiniLM, trained on reviews, as one ONNX graph.

    Every window runs alone and without padding: that is faster on a CPU than a rectangle of many, and its states are
    the same, bit for bit, whatever else is read.
    """

    def __init__(self, path: Path, wordpieces: WordPieces, threads: int | None = None) -> None:
        self._wordpieces = wordpieces
        self._session = session(path, threads)

    def states(self, reviews: Sequence[Written]) -> Floats:
        """Token vectors of reviews, end to end: ``(tokens of all, width)``."""
        found: list[Floats] = []
        for pieces, shapes in reviews:
            for window in lay(pieces, shapes, self._wordpieces):
                found.append(self.run(window.feed)[window.places])
        return np.concatenate(found) if len(found) > 1 else found[0]

    def passes(self, reviews: Sequence[Written]) -> list[Callable[[], Floats]]:
        """The bare forward passes that these reviews take, ready to run, for measuring them alone."""
        return [
            partial(self.run, window.feed)
            for pieces, shapes in reviews
            for window in lay(pieces, shapes, self._wordpieces)
        ]

    def run(self, feed: WindowFeed) -> Floats:
        """Hidden states ``(pieces, width)`` of one window."""
        out: Floats = self._session.run(None, dict(feed))[0][0]
        return out
