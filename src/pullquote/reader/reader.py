"""The reader: texts in, readings out, in order, a bounded number in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, pairwise

from ..reading import Reading
from ..text import Document, document
from . import limits
from .decode import decode_many
from .encoder import Floats, Written
from .shape import shapes
from .shipped import Model, load
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
            h = self._encode(group)
            yield from decode_many(self._model, [p.id for p in group], [p.doc for p in group], h)

    def encoded(self, documents: Iterable[str | tuple[str, str]]) -> Iterator[tuple[Document, Floats]]:
        """Each review as a document and its token vectors, ``(tokens, width)``, before any decoding."""
        for group in self._groups(documents):
            h = self._encode(group)
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
        pieces = [
            p if len(p) <= LONGEST_TOKEN else p[:LONGEST_TOKEN] for p in self._model.wordpieces.cut(doc.tokens.forms)
        ]
        return _Prepared(id, doc, (pieces, shapes(doc.tokens.forms, doc.line_starts)))

    def _encode(self, group: Sequence[_Prepared]) -> Floats:
        """Token vectors of all these reviews end to end, ``(tokens, width)``."""
        return self._model.encoder.states([p.written for p in group])
