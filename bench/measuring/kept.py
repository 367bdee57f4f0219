"""Peers that have learned, kept in files: training is paid for once, and a start loads what a user would load."""

from __future__ import annotations

import json
import pickle
import time
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from peers.protocol import Peer

from .peers import PEERS, build

if TYPE_CHECKING:
    from .data import Data

_SOURCES = Path(__file__).resolve().parent.parent / "peers"


def place(name: str, folder: Path, data: Data) -> Path:
    """Where a peer that learned from this data is kept: its file's name tells data, code and versions apart."""
    digest = sha256(data.fingerprint().encode())
    for source in sorted(_SOURCES.glob("*.py")):
        digest.update(source.read_bytes())
    digest.update(repr([(package, version(package)) for package in PEERS[name].packages]).encode())
    return folder / f"{name}-{digest.hexdigest()[:16]}.pickle"


def teach(name: str, path: Path, data: Data) -> None:
    """Let a peer learn and keep it in ``path``, with the seconds it took and what it chose beside it in JSON."""
    peer = build(name, path.parent, data.taught)
    began = time.perf_counter()
    peer.fit(data.folds.train, data.folds.tune)
    seconds = time.perf_counter() - began
    beginning = path.with_suffix(".part")
    with beginning.open("wb") as out:
        pickle.dump(peer, out, pickle.HIGHEST_PROTOCOL)
    notes(path).write_text(json.dumps({"fit_seconds": seconds, "choices": peer.choices}), encoding="utf-8")
    beginning.rename(path)


def notes(path: Path) -> Path:
    """The file beside a kept peer that says how it learned."""
    return path.with_suffix(".json")


def kept(path: Path) -> Peer:
    """A peer as it was kept."""
    with path.open("rb") as stream:
        peer: Peer = pickle.load(stream)
    return peer
