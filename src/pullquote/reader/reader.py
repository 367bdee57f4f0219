"""The reader: texts in, readings out, in order, a bounded number in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, pairwise

import msgspec

from ..reading import Reading
from ..text import Document, document
from . import limits
from .cascade import Cascade, parted, read_cascade
from .decode import decode_many
from .doubt import doubt
from .encoder import Floats, Written
from .shape import shapes
from .shipped import Model, folder_of, load
from .single import single_thread
from .windows import LONGEST_TOKEN

#: Reviews decoded together: every step is done for all of them at once.
_TOGETHER = 64
#: Tokens gathered at most; bounds memory where reviews are huge.
_GATHERED = 60_000


@dataclass(frozen=True, slots=True)
class _Prepared:
    id: str
    doc: Document
    written: Written


@dataclass(frozen=True, slots=True)
class _Second:
    """The better model of a cascade, and the doubt above which it is asked."""

    cascade: Cascade
    model: Model
    limit: float

    def read(self, group: Sequence[_Prepared], readings: Sequence[Reading]) -> list[Reading]:
        """The readings, those that are in doubt made anew; each says which model it is of."""
        out = list(readings)
        again = [i for i, reading in enumerate(out) if doubt(reading, self.cascade.weights) > self.limit]
        if again:
            for i, reading in zip(again, _read(self.model, [group[i] for i in again]), strict=True):
                out[i] = reading
        return [msgspec.structs.replace(r, model=f"{self.cascade.label}:{r.model}") for r in out]


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
            model: its name, or the path of a model folder; None takes the default. Behind "auto" may stand the share
                of text that the better of its two models reads again, as in "auto:0.3".
            max_chars: longest review accepted, in code points.
            threads: how many windows of text the large encoder takes at once; None takes all cores. Readings are the
                same whatever the number.

        Raises:
            ModelError: if the weights are missing or damaged.
        """
        name, budget = parted(model)
        cascade = read_cascade(folder_of(name))
        self._model: Model = load(cascade.first if cascade else name, threads)
        self._second = _Second(cascade, load(cascade.second, threads), cascade.limit(budget)) if cascade else None
        self._max_chars = max_chars

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
            readings = _read(self._model, group)
            yield from self._second.read(group, readings) if self._second else readings

    def encoded(self, documents: Iterable[str | tuple[str, str]]) -> Iterator[tuple[Document, Floats]]:
        """Each review as a document and its token vectors, ``(tokens, width)``, before any decoding."""
        for group in self._groups(documents):
            h = self._model.encoder.states([p.written for p in group])
            edges = [0, *accumulate(len(p.doc.tokens) for p in group)]
            for p, (a, b) in zip(group, pairwise(edges), strict=True):
                yield p.doc, h[a:b]

    def passes(self, texts: Iterable[str]) -> list[Callable[[], Floats]]:
        """The bare forward passes of the encoder that these texts take, ready to run, for measuring them alone."""
        return [one for group in self._groups(texts) for one in self._model.encoder.passes([p.written for p in group])]

    def _groups(self, documents: Iterable[str | tuple[str, str]]) -> Iterator[list[_Prepared]]:
        group: list[_Prepared] = []
        gathered = 0
        numbers = count()
        for item in documents:
            number = next(numbers)
            id, text = (str(number), item) if isinstance(item, str) else item
            prepared = self._prepare(id, text)
            group.append(prepared)
            gathered += len(prepared.written[0])
            if len(group) == _TOGETHER or gathered > _GATHERED:
                yield group
                group, gathered = [], 0
        if group:
            yield group

    def _prepare(self, id: str, text: str) -> _Prepared:
        limits.check(text, self._max_chars)
        doc = document(text)
        pieces = self._model.wordpieces.cut(doc.tokens.forms)
        if max(map(len, pieces), default=0) > LONGEST_TOKEN:
            pieces = [p[:LONGEST_TOKEN] for p in pieces]
        return _Prepared(id, doc, (pieces, shapes(doc.tokens.forms, doc.line_starts)))


def _read(model: Model, group: Sequence[_Prepared]) -> list[Reading]:
    h = model.encoder.states([p.written for p in group])
    with single_thread():
        return decode_many(model, [p.id for p in group], [p.doc for p in group], h)
