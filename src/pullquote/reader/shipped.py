"""The weights that come with the package, checked before use.

A model is a folder: `manifest.json` (name, version, settings, SHA-256 of every
file), `encoder.onnx`, `heads.safetensors`, `ngrams.safetensors`, `vocab.txt`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
from safetensors.numpy import load_file

from ..errors import ModelError
from .cascade import CASCADE, parted, read_cascade
from .compact import CompactEncoder
from .encoder import Encoder
from .heads import Heads
from .ngrams import NGrams
from .settings import Settings
from .wordpiece import WordPieces

#: Where the package keeps its models.
FOLDER = Path(__file__).parent.parent / "models"
#: The model that is taken where none is named.
DEFAULT = "large"
ENCODER, HEADS, NGRAMS, VOCABULARY, MANIFEST = (
    "encoder.onnx", "heads.safetensors", "ngrams.safetensors", "vocab.txt", "manifest.json",
)  # fmt: skip


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a model folder says of itself; ``files`` gives the SHA-256 of each file."""

    name: str
    version: str
    files: dict[str, str]
    #: Whether the encoder is `reader.compact`'s, which takes whole reviews token by token.
    compact: bool = False
    settings: Settings = Settings()

    @property
    def label(self) -> str:
        """What readings of this model are marked with: "large/1"."""
        return f"{self.name}/{self.version}"


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model; safe to share between threads."""

    label: str
    encoder: Encoder | CompactEncoder
    heads: Heads
    ngrams: NGrams
    wordpieces: WordPieces
    settings: Settings


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a model folder.

    Raises:
        ModelError: if there is none, or it cannot be parsed.
    """
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        known = ", ".join(installed()) or "none"
        raise ModelError(f"no model at {folder}; models that come with the package: {known}") from None
    except msgspec.DecodeError as error:
        raise ModelError(f"{folder / MANIFEST} cannot be read ({error}); install the package again") from error


def installed() -> list[str]:
    """The names of all models that come with the package."""
    return sorted({p.parent.name for file in (MANIFEST, CASCADE) for p in FOLDER.glob(f"*/{file}")})


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@lru_cache(maxsize=4)
def load(name: str | None = None, threads: int | None = None) -> Model:
    """Load and check a model, once per process.

    Args:
        name: a shipped model's name, or the path of a model folder; None takes the default.
        threads: how many windows of text the large encoder takes at once; None takes all cores.

    Raises:
        ModelError: if files are missing, damaged or of an unknown form.
    """
    folder = folder_of(name)
    manifest = read_manifest(folder)
    for file, digest in manifest.files.items():
        path = folder / file
        if not path.exists():
            raise ModelError(f"{path} is missing; install the package again")
        if sha256(path) != digest:
            raise ModelError(f"{path} is damaged (its checksum differs); install the package again")
    grams = load_file(folder / NGRAMS)
    weights = {k: v.astype(np.float32) for k, v in load_file(folder / HEADS).items()}
    wordpieces = WordPieces((folder / VOCABULARY).read_text(encoding="utf-8").splitlines())
    path = folder / ENCODER
    return Model(
        label=manifest.label,
        encoder=CompactEncoder(path) if manifest.compact else Encoder(path, wordpieces, threads),
        heads=Heads(weights),
        ngrams=NGrams(grams["keys"], grams["weights"], grams["constants"]),
        wordpieces=wordpieces,
        settings=manifest.settings,
    )


def identity(name: str | None = None) -> str:
    """The label of a model, without loading it.

    Raises:
        ModelError: if there is no such model.
    """
    folder = folder_of(parted(name)[0])
    cascade = read_cascade(folder)
    return cascade.label if cascade else read_manifest(folder).label


def folder_of(name: str | None) -> Path:
    """The folder of a model, by its name or path; None is the default."""
    folder = FOLDER / (name or DEFAULT)
    if name and not folder.exists() and Path(name).is_dir():
        return Path(name)
    return folder
