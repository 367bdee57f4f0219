"""Sentences to vectors: one vector a word piece, weighed and summed.

Static embeddings distilled from all-MiniLM-L6-v2 (see `training.static`): no network runs,
so that tens of thousands of sentences a second are done on one core.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from ..errors import ModelError
from ..reader.shipped import FOLDER, sha256
from ..reader.wordpiece import WordPieces
from ..text.clean import clean_text
from ..text.tokens import tokens

#: Names of the files in the model's folder; the manifest's differs from a reader's, for this is no reader.
MANIFEST, WEIGHTS, VOCABULARY = "sentence.json", "sentence.safetensors", "vocab.txt"
#: Where the vectors that come along are.
SHIPPED = FOLDER / "sentence"
#: Word pieces looked up at once; bounds memory whatever the texts.
_PIECES = 50_000
#: What cleaning may change, or what is no ASCII; a text without has the tokens of `_PLAIN_TOKEN`.
_UNPLAIN = re.compile(r"[^ -%'-;=-_a-~\n]")
_PLAIN_TOKEN = re.compile(r"[A-Za-z0-9]+|[^\w\s]|_")

Vectors = NDArray[np.float32]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the folder says of itself: ``width`` of a vector, SHA-256 of each file, whence and how."""

    name: str
    version: str
    width: int
    files: dict[str, str]
    recipe: str


class Sentences:
    """Turns sentences into vectors. Safe to use from several threads.

    >>> sentences = shipped()
    >>> a, b, c = sentences.vectors(["Superb acting.", "Wonderful performances.", "A train to Leeds."])
    >>> float(a @ b) > float(a @ c)
    True
    """

    def __init__(self, label: str, table: Vectors, wordpieces: WordPieces) -> None:
        """Take over weighed piece vectors.

        Args:
            label: name and version, kept beside everything made with it.
            table: ``(pieces, width)``, the weight of each piece multiplied in.
        """
        self.label = label
        self.width = int(table.shape[1])
        self._table = table
        self._wordpieces = wordpieces

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of ``texts``, ``(texts, width)``; all zero where a text holds no known word."""
        out = np.zeros((len(texts), self.width), np.float32)
        group: list[list[int]] = []
        first = gathered = 0
        for number, text in enumerate(texts):
            group.append(self.pieces(text))
            gathered += len(group[-1])
            if gathered >= _PIECES:
                out[first : number + 1] = self._summed(group)
                group, first, gathered = [], number + 1, 0
        if group:
            out[first:] = self._summed(group)
        return out

    def pieces(self, text: str) -> list[int]:
        """Numbers of the known word pieces of a text."""
        unknown = self._wordpieces.unknown
        # Nearly all sentences are plain, and cut three times as fast by an expression that knows it.
        forms = tokens(clean_text(text)).forms if _UNPLAIN.search(text) else _PLAIN_TOKEN.findall(text)
        return [piece for piece in chain.from_iterable(map(self._wordpieces.word, forms)) if piece != unknown]

    def _summed(self, group: Sequence[Sequence[int]]) -> Vectors:
        """Sums by place rather than by sentence, longest first: ten times as fast as ``np.add.reduceat`` over rows."""
        lengths = np.array([len(pieces) for pieces in group])
        order = np.argsort(-lengths, kind="stable")
        flat = np.fromiter(chain.from_iterable(group), np.int64, count=int(lengths.sum()))
        starts = (np.cumsum(lengths) - lengths)[order]
        sums = np.zeros((len(group), self.width), np.float32)
        # How many sentences are longer than each place.
        reaching = np.searchsorted(np.sort(lengths), np.arange(lengths.max(initial=0)), side="right")
        for place, left_out in enumerate(reaching):
            some = len(group) - int(left_out)
            sums[:some] += self._table[flat[starts[:some] + place]]
        out = np.empty_like(sums)
        out[order] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return out


@lru_cache(maxsize=1)
def shipped() -> Sentences:
    """The vectors that come with the package, loaded and checked once per process.

    Raises:
        ModelError: if files are missing or damaged.
    """
    return load(SHIPPED)


def load(folder: Path) -> Sentences:
    """Vectors from a folder written by `training.static`.

    Raises:
        ModelError: if files are missing or damaged.
    """
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(f"{folder / MANIFEST} cannot be read ({error}); install the package again") from error
    for file in (WEIGHTS, VOCABULARY):
        path = folder / file
        if not path.exists() or sha256(path) != manifest.files.get(file):
            raise ModelError(f"{path} is missing or damaged; install the package again")
    weights = load_file(folder / WEIGHTS)
    table = weights["pieces"].astype(np.float32) * weights["scales"].astype(np.float32)[:, None]
    vocabulary = (folder / VOCABULARY).read_text(encoding="utf-8").splitlines()
    return Sentences(f"{manifest.name}/{manifest.version}", table, WordPieces(vocabulary))
