"""The reader: texts in, readings out, in order, a bounded number in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, pairwise

import numpy as np

from ..reading import Reading
from ..text import Document, document
from . import limits
from .decode import decode_many
from .encoder import Encoder
from .heads import Floats
from .layout import EncoderFeed, Laid, lay, stack
from .shape import shapes
from .shipped import Model, load
from .windows import LONGEST_TOKEN

#: Reviews gathered before the encoder runs: windows of like length share a batch, and decoding does every step for all.
_TOGETHER = 64
#: Word pieces in one batch, padding included; more gains nothing on a CPU.
_BATCH = 4096
#: Word pieces gathered at most; bounds memory where reviews are huge.
_GATHERED = 60_000


@dataclass(frozen=True, slots=True)
class _Prepared:
    id: str
    doc: Document
    laid: Laid


class Reader:
    """Reads reviews with one of the shipped models. Safe to use from several threads.

    >>> from pullquote import Reader
    >>> reader = Reader()
    >>> [r.verdict.recommend for r in reader.read_many(["A wonderful film. See it!", "Dreadful. Avoid."])]
    ['yes', 'no']
    """

    def __init__(
        self, model: str | None = None, *, max_chars: int = limits.MAX_CHARS, threads: int | None = None
    ) -> None:
        """Load a model.

        Args:
            model: its name, or the path of a model folder; None takes the default.
            max_chars: longest review accepted, in code points.
            threads: CPU threads of the encoder; None takes all cores.

        Raises:
            ModelError: if the weights are missing or damaged.
        """
        self._model: Model = load(model, threads)
        self._max_chars = max_chars

    @property
    def encoder(self) -> Encoder:
        """The encoder's session, for measuring it alone."""
        return self._model.encoder

    def read(self, text: str, *, id: str = "review") -> Reading:
        """Read one review.

        Raises:
            EmptyReview: if it holds no words.
            ReviewTooLong: if it is longer than the limit.

        >>> Reader().read('"Alien" is a masterpiece.').film.title
        'Alien'
        """
        return next(self.read_many([(id, text)]))

    def read_many(self, documents: Iterable[str | tuple[str, str]]) -> Iterator[Reading]:
        """Read a stream of reviews, given as texts or as (id, text), and yield readings in order.

        Texts without an id are numbered from 0.

        Raises:
            EmptyReview, ReviewTooLong: at the first review that cannot be read;
                `reader.limits.check` tells beforehand.
        """
        for group in self._groups(documents):
            h = self._encode([p.laid for p in group])
            yield from decode_many(self._model, [p.id for p in group], [p.doc for p in group], h)

    def encoded(self, documents: Iterable[str | tuple[str, str]]) -> Iterator[tuple[Document, Floats]]:
        """Each review as a document and its token vectors, ``(tokens, width)``, before any decoding."""
        for group in self._groups(documents):
            h = self._encode([p.laid for p in group])
            edges = [0, *accumulate(len(p.doc.tokens) for p in group)]
            for p, (a, b) in zip(group, pairwise(edges), strict=True):
                yield p.doc, h[a:b]

    def batches(self, texts: Iterable[str]) -> list[EncoderFeed]:
        """The encoder's input for these texts, batched as `read_many` batches it."""
        return [
            feed
            for group in self._groups(texts)
            for feed, _ in _feeds([row for p in group for row in zip(p.laid.rows, p.laid.codes, strict=True)])
        ]

    def _groups(self, documents: Iterable[str | tuple[str, str]]) -> Iterator[list[_Prepared]]:
        group: list[_Prepared] = []
        gathered = 0
        numbers = count()
        for item in documents:
            number = next(numbers)
            id, text = (str(number), item) if isinstance(item, str) else item
            prepared = self._prepare(id, text)
            group.append(prepared)
            gathered += sum(map(len, prepared.laid.rows))
            if len(group) == _TOGETHER or gathered > _GATHERED:
                yield group
                group, gathered = [], 0
        if group:
            yield group

    def _prepare(self, id: str, text: str) -> _Prepared:
        limits.check(text, self._max_chars)
        doc = document(text)
        pieces = [p[:LONGEST_TOKEN] for p in self._model.wordpieces.cut(doc.tokens.forms)]
        return _Prepared(id, doc, lay(pieces, shapes(doc.tokens.forms, doc.line_starts), self._model.wordpieces))

    def _encode(self, laid: Sequence[Laid]) -> Floats:
        """Token vectors of all these reviews end to end, ``(tokens, width)``."""
        rows = [row for one in laid for row in zip(one.rows, one.codes, strict=True)]
        found = [places for one in laid for places in _places(one)]
        edges = [0, *accumulate(map(len, found))]
        h: Floats = np.empty((0, 0), dtype=np.float32)
        for feed, members in _feeds(rows):
            hidden = self._model.encoder.run(feed)
            if not h.size:
                h = np.empty((edges[-1], hidden.shape[2]), dtype=np.float32)
            for at, member in enumerate(members):
                # "clip" writes in place; no place lies outside.
                np.take(hidden[at], found[member], 0, h[edges[member] : edges[member + 1]], mode="clip")
        return h


def _places(laid: Laid) -> list[list[int]]:
    """For each window of one review, the pieces whose vectors are the tokens', in order."""
    found: list[list[int]] = [[] for _ in laid.rows]
    for window, at in laid.places:
        found[window].append(at)
    return found


def _feeds(rows: Sequence[tuple[list[int], list[int]]]) -> Iterator[tuple[EncoderFeed, list[int]]]:
    """Batches of windows of like length, each with the places of its windows in ``rows``."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    batch: list[int] = []
    for i in order:
        if batch and (len(batch) + 1) * len(rows[i][0]) > _BATCH:
            yield stack([rows[j][0] for j in batch], [rows[j][1] for j in batch]), batch
            batch = []
        batch.append(i)
    if batch:
        yield stack([rows[j][0] for j in batch], [rows[j][1] for j in batch]), batch
