"""The encoder in ONNX Runtime: windows in, token vectors out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from .layout import EncoderFeed


class Encoder:
    """MiniLM, trained on reviews, as one ONNX graph."""

    def __init__(self, path: Path, threads: int | None = None) -> None:
        options = ort.SessionOptions()
        options.log_severity_level = 3
        if threads:
            options.intra_op_num_threads = threads
        self.session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(self, feed: EncoderFeed) -> NDArray[np.float32]:
        """Hidden states ``(windows, pieces, width)`` of one batch, 0 where no piece stands.

        Every window runs alone and without its padding: that is faster on a CPU
        than a rectangle of many, and its states are the same, bit for bit,
        whatever else is in the batch.
        """
        alone: list[NDArray[np.float32]] = []
        for i, length in enumerate(feed["mask"].sum(1)):
            window = {name: feed[name][i : i + 1, :length] for name in ("pieces", "shapes")}
            alone.append(self.session.run(None, window)[0][0])
        out = np.zeros((*feed["mask"].shape, alone[0].shape[1]), dtype=np.float32)
        for i, states in enumerate(alone):
            out[i, : len(states)] = states
        return out
