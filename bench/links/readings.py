"""Readings of the held-out reviews, kept in a folder so that a second run need not read again."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pullquote import Reader, Reading
from pullquote.reader.shipped import DEFAULT, FOLDER, MANIFEST
from pullquote.training.data import Review


def readings(
    reviews: Sequence[Review], fold: str, folder: Path | None, model: str | None, threads: int | None = None
) -> list[Reading]:
    """One reading per review, in order.

    Args:
        reviews: what to read.
        fold: its name, for the file.
        folder: where readings are kept, one JSON line each; the file's name holds a hash of the model's
            manifest, so that another model reads anew. None keeps nothing.
        model: name or folder of the model; None takes the default.
        threads: of the reader; on a busy machine 1 is quicker than all.
    """
    done: dict[str, Reading] = {}
    kept = None if folder is None else folder / f"{_hash(model)}-{fold}.jsonl"
    if kept is not None and kept.exists():
        # A run that was cut off may have left half a line.
        lines = [line for line in kept.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]
        done = {r.id: r for r in map(Reading.from_json, lines)}
        kept.write_bytes(b"".join(lines))
    due = [r for r in reviews if r["id"] not in done]
    if due:
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
        reader = Reader(model, threads=threads)
        start = time.perf_counter()
        for number, reading in enumerate(reader.read_many((r["id"], r["text"]) for r in due), 1):
            done[reading.id] = reading.without_text()
            if kept is not None:
                with kept.open("ab") as file:
                    file.write(reading.to_json() + b"\n")
            if number % 200 == 0 or number == len(due):
                rate = number / (time.perf_counter() - start)
                print(f"{fold}: {number} of {len(due)} read, {rate:.1f} a second", file=sys.stderr, flush=True)
    return [done[r["id"]] for r in reviews]


def _hash(model: str | None) -> str:
    folder = Path(model) if model and Path(model).is_dir() else FOLDER / (model or DEFAULT)
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()[:12]
