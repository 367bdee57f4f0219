"""Tokens to word pieces: the greedy longest match of BERT's vocabulary.

Words repeat, so each is cut once and remembered; that makes plain Python
fast enough, and spares a tokeniser library with its many dependencies.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from ..text.remembered import Remembered

PAD, UNKNOWN, START, END, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
#: Longer "words" are no words; BERT's own limit is 100 characters.
_LONGEST = 100


class WordPieces:
    """WordPiece (Schuster and Nakajima, 2012) over a fixed lower-cased vocabulary."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.index = {piece: i for i, piece in enumerate(vocabulary)}
        self.pad, self.unknown = self.index[PAD], self.index[UNKNOWN]
        self.start, self.end, self.mask = self.index[START], self.index[END], self.index[MASK]
        #: Piece numbers of one word.
        self.word: Callable[[str], tuple[int, ...]] = Remembered(self._word).__getitem__

    def cut(self, forms: Sequence[str]) -> list[tuple[int, ...]]:
        """Piece numbers of each token; every token has at least one."""
        return list(map(self.word, forms))

    def _word(self, form: str) -> tuple[int, ...]:
        plain = form.lower()
        if not plain.isascii():
            plain = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn")
        if not plain or len(plain) > _LONGEST:
            return (self.unknown,)
        pieces: list[int] = []
        here = 0
        while here < len(plain):
            prefix = "##" if here else ""
            for end in range(len(plain), here, -1):
                piece = self.index.get(prefix + plain[here:end])
                if piece is not None:
                    pieces.append(piece)
                    here = end
                    break
            else:
                return (self.unknown,)
        return tuple(pieces)
