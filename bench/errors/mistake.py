"""One mistake of a reading: the form in which every measure hands its mistakes on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """What the gold says, what the reading says, and which kind of difference that is.

    ``which`` is the variety of the ``kind`` ("plot → opinion"). ``lost`` means
    that an answer of the gold was not given, ``wrong`` that a given one is not
    in the gold; a confusion of two answers is both. ``confidence`` is that of
    the claim under ``said``, None if nothing is claimed there.
    """

    kind: str
    which: str
    review: str
    sentence: int | None
    gold: str
    said: str
    confidence: float | None
    lost: bool = False
    wrong: bool = False
