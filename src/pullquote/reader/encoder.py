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
        """Hidden states ``(windows, pieces, width)`` of one batch."""
        out: NDArray[np.float32] = self.session.run(None, dict(feed))[0]
        return out
