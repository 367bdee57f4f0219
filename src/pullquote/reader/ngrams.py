"""Words in their own right: one weight per run of one to three words, beside the encoder.

Ratings lean on single turns of phrase ("waste of time", "8 out of"), which a
linear model over n-grams keeps better than a small encoder (NB-SVM: Wang and
Manning, 2012). Only weights are kept, found by the CRC-32 of the n-gram.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ..text.remembered import Remembered
from .crc import Crcs, joined

#: N-grams are first looked for by so many leading bits of their key: a table of 2 MB.
_LEADING_BITS = 19
_REST = np.uint32(32 - _LEADING_BITS)


def _record(form: str) -> bytes:
    """CRC-32 of the lower-cased form, CRC-32 and length of it after a space; little-endian uint32."""
    word = form.lower().encode("utf-8", "surrogatepass")
    return struct.pack("<III", crc32(word), crc32(b" " + word), len(word) + 1)


_RECORDS = Remembered(_record)


def _grams(reviews: Sequence[Sequence[str]]) -> tuple[Crcs, NDArray[np.int64]]:
    """Keys of all n-grams (n = 1, 2, 3) of some reviews, and which review each stands in; repeats included."""
    records = np.frombuffer(b"".join(map(_RECORDS.__getitem__, chain.from_iterable(reviews))), dtype="<u4")
    words, after_space, lengths = records.reshape(-1, 3).T
    lengths = lengths.astype(np.int64)
    owners = np.arange(len(reviews)).repeat([len(forms) for forms in reviews])
    pairs = joined(words[:-1], after_space[1:], lengths[1:])
    triples = joined(pairs[:-1], after_space[2:], lengths[2:])
    keys = np.concatenate((words, pairs, triples))
    if len(reviews) == 1:
        return keys, np.zeros(len(keys), dtype=np.int64)
    inside = np.concatenate((owners >= 0, owners[1:] == owners[:-1], owners[2:] == owners[:-2]))
    return keys[inside], np.concatenate((owners, owners[1:], owners[2:]))[inside]


def ngram_keys(forms: Sequence[str]) -> Crcs:
    """CRC-32 of each distinct lower-cased n-gram (n = 1, 2, 3) of a token sequence, in rising order."""
    return np.unique(_grams([forms])[0])


class NGrams:
    """Linear scores of a review: favourable (logit) and stars (from -1 to 1)."""

    def __init__(self, keys: NDArray[np.uint32], weights: NDArray[np.float16], constants: NDArray[np.float32]) -> None:
        """Keep sorted ``keys`` ``(grams,)``, their ``weights`` ``(grams, 2)`` and two ``constants``."""
        # One key more than there are weights, so that every search ends at one.
        self._keys = np.append(keys, np.uint32(0xFFFFFFFF))
        self._weights = [np.append(column, np.float16(0)) for column in weights.T]
        self._constants = constants.astype(np.float64)
        counts = np.bincount(keys >> _REST, minlength=1 << _LEADING_BITS)
        self._first = (counts.cumsum() - counts).astype(np.int32)

    def scores(self, forms: Sequence[str]) -> tuple[float, float]:
        """Logit of "favourable" and stars on the scale from -1 (one star) to 1 (ten)."""
        return self.scores_many([forms])[0]

    def scores_many(self, reviews: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
        """The scores of several reviews, each the same as alone.

        Each distinct n-gram of a review counts once. Sums are exact in double precision, so that
        no order or grouping changes them.
        """
        if not any(reviews):
            return [(float(self._constants[0]), float(self._constants[1]))] * len(reviews)
        keys, owners = _grams(reviews)
        at = self._first.take(keys >> _REST).astype(np.int64)
        behind = (self._keys.take(at) < keys).nonzero()[0]
        while behind.size:
            moved = at.take(behind) + 1
            at[behind] = moved
            behind = behind[self._keys.take(moved) < keys.take(behind)]
        known = (self._keys.take(at) == keys).nonzero()[0]
        found = owners.take(known) * len(self._keys) + at.take(known)
        found.sort()
        first = np.ones(len(found), dtype=np.bool_)
        np.not_equal(found[1:], found[:-1], out=first[1:])
        owner, gram = np.divmod(found[first], len(self._keys))
        favourable, stars = (
            np.bincount(owner, weights.take(gram).astype(np.float64), len(reviews)) + constant
            for weights, constant in zip(self._weights, self._constants, strict=True)
        )
        return list(zip(favourable.tolist(), stars.tolist(), strict=True))
