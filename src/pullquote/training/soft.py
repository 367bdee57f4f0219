"""What a large model says of many reviews, kept as targets that a small one learns from.

Every head's scores are kept as they are, before any threshold (soft labels: Hinton et al., 2015), beside
the token vectors' main directions. One file holds `SHARD` reviews; a file that is there is not made again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from ..errors import InputError
from ..reader.compact import PARTS
from ..reader.decode import scored
from ..reader.entities import Entity, people
from ..reader.heads import Heads, mention_vectors, pool_groups
from ..reader.labels import PERSON
from ..reader.mentions import names
from ..reader.pairs import Pairs, pairs
from ..reader.places import places
from ..reader.reader import Reader
from ..reader.shape import shapes
from ..reader.shipped import Model, load
from ..text import Document
from .data import Review, Shared

#: Reviews in one file.
SHARD = 256
#: Main directions of the teacher's token vectors that are kept.
STATES = 128
DIRECTIONS = "directions.safetensors"
#: What is asked of a pair of entities.
CAST, RELATION, NEITHER = range(3)
Floats = NDArray[np.float32]


@dataclass(slots=True)
class SoftLesson:
    """One review and its scores.

    *Shapes:* ``pieces`` ``(tokens, PARTS)``, ``shapes`` ``(tokens,)``, ``tokens`` ``(tokens, labels of all token
    heads)``, ``states`` ``(tokens, STATES)``, ``first`` and ``last`` ``(sentences,)``, ``sentences``
    ``(sentences, 9)``, ``mentions`` ``(mentions, 4)``: first token, last token, kind, sentence; ``credits``
    ``(mentions, credits)``; ``group`` ``(pairs,)`` pair of entities of each pair of mentions; ``pooled``
    ``(groups, 1 + relations)``; ``asked`` ``(groups,)`` CAST, RELATION or NEITHER; ``document`` ``(1, 6)``;
    ``rated`` ``(1, 2)``: favourable and stars where the author gave them, else -1.
    """

    pieces: NDArray[np.int32]
    shapes: NDArray[np.uint8]
    tokens: NDArray[np.float16]
    states: NDArray[np.float16]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    sentences: NDArray[np.float16]
    mentions: NDArray[np.int32]
    credits: NDArray[np.float16]
    group: NDArray[np.int32]
    pooled: NDArray[np.float16]
    asked: NDArray[np.int8]
    document: NDArray[np.float16]
    rated: NDArray[np.float16]
    formed: Pairs | None = None

    def pairs(self) -> Pairs:
        """The pairs of mentions, formed when first asked for."""
        if self.formed is None:
            start, end, kind, sentence = self.mentions.astype(np.int64).T
            self.formed = pairs(start, end, kind, sentence)
        return self.formed


#: The arrays of a lesson, as they are named in its file.
FIELDS = tuple(f.name for f in fields(SoftLesson) if f.name != "formed")


class Directions(NamedTuple):
    """Main directions of a teacher's token vectors: ``centre`` ``(width,)``, ``basis`` ``(width, STATES)``."""

    centre: Floats
    basis: Floats


def order(data: Shared, seed: int = 11) -> list[Review]:
    """The reviews to be labelled: the annotated ones, then rated and unrated ones turn about; no film held back.

    Nor is any of a film whose annotated review the thresholds are fitted on.
    """
    taught, kept = data.taught()
    fitted = {g.film_id for g in kept}
    rated, _, _ = data.rated()
    unrated = list(data.unlabelled())
    rng = random.Random(seed)
    rng.shuffle(rated)
    rng.shuffle(unrated)
    annotated = [Review(id=g.id, label=None, rating=None, film=g.film_id, text=g.text) for g in taught]
    rows = chain(annotated, chain.from_iterable(zip(rated, unrated, strict=False)))
    return [row for row in rows if row["film"] not in fitted]


def label(data: Shared, teacher: str, folder: Path, reviews: int, threads: int | None = None) -> None:
    """Write what ``teacher`` says of the first ``reviews`` reviews of `order`; files that are there are passed over.

    Raises:
        InputError: if data is missing.
        ModelError: if there is no such teacher.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = order(data)[:reviews]
    model, reader = load(teacher, threads), Reader(teacher, threads=threads)
    for start in range(0, len(rows), SHARD):
        path = folder / f"{start:06d}.safetensors"
        if path.exists():
            continue
        some = rows[start : start + SHARD]
        encoded = list(reader.encoded((r["id"], r["text"]) for r in some))
        directions = _directions(folder / DIRECTIONS, np.concatenate([h for _, h in encoded]))
        _write(path, [soft_lesson(model, r, doc, h, directions) for r, (doc, h) in zip(some, encoded, strict=True)])
        print(f"labelled {start + len(some)}/{len(rows)}", flush=True)


def soft_lesson(model: Model, row: Review, doc: Document, h: Floats, directions: Directions) -> SoftLesson:
    """The scores of every head of ``model`` on one encoded review; mentions are those the model itself finds."""
    heads = model.heads
    scores = heads.tokens(h)
    state = scored(model, [doc], h)
    mentions = people(state, names(state, model.settings), heads, model.settings)[0].mentions
    start, end, kind = (
        np.array(side, dtype=np.int64) for side in zip(*((m.first, m.last, m.entity[0]) for m in mentions), strict=True)
    ) if mentions else (np.zeros(0, dtype=np.int64),) * 3  # fmt: skip
    sentence = np.array([doc.sentence_of[i] for i in start], dtype=np.int64)
    formed = pairs(start, end, kind, sentence)
    vectors = mention_vectors(h, start, end)
    groups: dict[tuple[Entity, Entity], int] = {}
    met = [(mentions[a].entity, mentions[b].entity) for a, b in zip(formed.first, formed.second, strict=True)]
    group = np.array([groups.setdefault(both, len(groups)) for both in met], dtype=np.int64)
    raw = heads.pairs(h, vectors, formed)
    edges = np.array(doc.first_token, dtype=np.int64)
    full = np.diff(edges) > 0
    first, last = edges[:-1][full], edges[1:][full]
    asked = [CAST if one[0] == PERSON else RELATION if one != two else NEITHER for one, two in groups]
    pieces, codes = token_parts(model.wordpieces.cut(doc.tokens.forms)), shapes(doc.tokens.forms, doc.line_starts)
    return SoftLesson(
        pieces=pieces,
        shapes=np.array(codes, dtype=np.uint8),
        tokens=np.concatenate([scores[name] for name in Heads.TOKEN_HEADS], 1).astype(np.float16),
        states=((h - directions.centre) @ directions.basis).astype(np.float16),
        first=first.astype(np.int32),
        last=last.astype(np.int32),
        sentences=heads.sentences(h, first, last, places(first, last)).astype(np.float16),
        mentions=np.stack([start, end, kind, sentence], 1).astype(np.int32),
        credits=heads.credits(vectors).astype(np.float16),
        group=group.astype(np.int32),
        pooled=(pool_groups(raw, group, len(groups)) if groups else raw).astype(np.float16),
        asked=np.array(asked, dtype=np.int8),
        document=heads.document(h, scores["attend"])[None].astype(np.float16),
        rated=np.array([[-1 if row["label"] is None else row["label"], row["rating"] or -1]], dtype=np.float16),
    )


def token_parts(pieces: Sequence[tuple[int, ...]]) -> NDArray[np.int32]:
    """The first `PARTS` word pieces of each token, filled up with zeros: ``(tokens, PARTS)``."""
    out = np.zeros((len(pieces), PARTS), dtype=np.int32)
    for i, parts in enumerate(pieces):
        kept = parts[:PARTS]
        out[i, : len(kept)] = kept
    return out


def lessons(folder: Path) -> Iterator[SoftLesson]:
    """All reviews that were labelled, in their order.

    Raises:
        InputError: if there are none.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise InputError(f"{folder} holds no labelled reviews")
    for path in files:
        if path.name == DIRECTIONS:
            continue
        rows = load_file(path)
        cuts = {name: np.cumsum([0, *rows[f"{name}.sizes"]]) for name in FIELDS}
        for i in range(len(cuts["rated"]) - 1):
            parts: dict[str, Any] = {name: rows[name][cut[i] : cut[i + 1]] for name, cut in cuts.items()}
            yield SoftLesson(**parts)


def _write(path: Path, made: Sequence[SoftLesson]) -> None:
    rows: dict[str, NDArray[np.generic]] = {}
    for name in FIELDS:
        parts = [getattr(lesson, name) for lesson in made]
        rows[name] = np.concatenate(parts)
        rows[f"{name}.sizes"] = np.array([len(part) for part in parts], dtype=np.int64)
    part = path.with_suffix(".part")
    save_file(rows, part)
    part.replace(path)


def _directions(path: Path, h: Floats) -> Directions:
    """The main directions of a teacher's token vectors, found once and then kept."""
    if not path.exists():
        centre = h.mean(0)
        sizes, vectors = np.linalg.eigh(np.cov((h - centre).T))
        basis = vectors[:, ::-1][:, :STATES] / np.sqrt(sizes[::-1][:STATES].mean())
        save_file({"centre": centre, "basis": np.ascontiguousarray(basis, dtype=np.float32)}, path)
    return Directions(**load_file(path))
