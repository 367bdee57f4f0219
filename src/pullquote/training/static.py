"""The sentence vectors that ship: static embeddings distilled from all-MiniLM-L6-v2.

``python -m pullquote.training.static DATA FOLDER`` writes them. As in Model2Vec (Tulkens and van Dongen, 2024) each
word piece of the vocabulary goes through the encoder alone, and is weighed down by how often reviews use it (SIF:
Arora, Liang and Ma, 2017). Of what the sentences of reviews then come to, principal components are kept.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file

from ..reader.shipped import sha256
from ..reader.wordpiece import WordPieces
from ..search.sentence import MANIFEST, VOCABULARY, WEIGHTS, Manifest, Sentences
from ..text.clean import clean_text
from ..text.sentences import sentences
from ..text.tokens import tokens
from .data import Shared
from .encoder import minilm_folder, pretrained, vocabulary

#: Width of the vectors, and the constant of SIF; see docs/search.md for what others give.
WIDTH, SMOOTH = 128, 1e-2
#: Reviews whose word pieces and sentences are looked at.
_COUNTED = 10_000
_BATCH = 512

Floats = NDArray[np.float32]


def piece_vectors(wordpieces: WordPieces) -> Floats:
    """Each word piece through the encoder: the mean state of "[CLS] piece [SEP]", ``(pieces, 384)``."""
    encoder = pretrained().eval()
    found = []
    with torch.inference_mode():
        for part in torch.arange(len(wordpieces.index)).split(_BATCH):
            ends = (torch.full_like(part, wordpieces.start), torch.full_like(part, wordpieces.end))
            fed = torch.stack([ends[0], part, ends[1]], 1)
            found.append(encoder(fed, torch.zeros_like(fed), torch.ones_like(fed, dtype=torch.bool)).mean(1))
    vectors: Floats = torch.cat(found).numpy()
    return vectors


def frequencies(texts: Iterable[str], wordpieces: WordPieces) -> Floats:
    """Share of each word piece in ``texts``, none quite zero, ``(pieces,)``."""
    counts = np.full(len(wordpieces.index), 0.1)
    for text in texts:
        pieces = list(chain.from_iterable(wordpieces.cut(tokens(clean_text(text)).forms)))
        counts += np.bincount(pieces, minlength=len(counts))
    shares: Floats = (counts / counts.sum()).astype(np.float32)
    return shares


def distilled(
    vectors: Floats, shares: Floats, texts: Iterable[str], wordpieces: WordPieces, width: int = WIDTH
) -> Floats:
    """Piece vectors weighed, in the ``width`` directions that tell sentences of ``texts`` best: ``(pieces, width)``.

    The directions are those of sentences rather than of pieces, for it is sentences that are compared.
    """
    weighed = (vectors - shares @ vectors) * (SMOOTH / (SMOOTH + shares))[:, None]
    whole = Sentences("all directions", weighed, wordpieces)
    spread = np.zeros((weighed.shape[1], weighed.shape[1]), np.float32)
    for text in texts:
        seen = whole.vectors([text[start:end] for start, end in sentences(clean_text(text))])
        spread += seen.T @ seen
    _, directions = np.linalg.eigh(spread)
    kept: Floats = weighed @ directions[:, ::-1][:, :width]
    return kept


def write(folder: Path, table: Floats, version: str) -> None:
    """Write the folder that `search.sentence.load` reads: one byte a number, one scale a piece."""
    folder.mkdir(parents=True, exist_ok=True)
    scales = np.maximum(np.abs(table).max(axis=1), 1e-9) / 127
    pieces = np.round(table / scales[:, None]).astype(np.int8)
    save_file({"pieces": pieces, "scales": scales.astype(np.float32)}, folder / WEIGHTS)
    shutil.copyfile(minilm_folder() / "vocab.txt", folder / VOCABULARY)
    manifest = Manifest(
        name="static",
        version=version,
        width=table.shape[1],
        files={file: sha256(folder / file) for file in (WEIGHTS, VOCABULARY)},
        recipe=f"all-MiniLM-L6-v2, {table.shape[1]} components of sentences, SIF {SMOOTH:g}, pullquote.training.static",
    )
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def main(data: Path, folder: Path) -> None:
    """Distil with the pieces counted in the unlabelled reviews of ``data``, and write ``folder``.

    Raises:
        InputError: if data is missing.
    """
    torch.set_num_threads(1)
    wordpieces = WordPieces(vocabulary())
    texts = [row["text"] for row in islice(Shared(data).unlabelled(), _COUNTED)]
    table = distilled(piece_vectors(wordpieces), frequencies(texts, wordpieces), texts, wordpieces)
    write(folder, table, "2")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
