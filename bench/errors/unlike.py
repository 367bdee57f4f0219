"""Rows of the gold beside rows of a reading: pairs that belong together but differ, and what is left on either side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from errors.mistake import Mistake
from errors.pairing import Likeness, pair_off
from errors.review import Review

K = TypeVar("K", bound=tuple[str, ...])


class Unlike(NamedTuple):
    """Mistakes of pairs that differ; keys of the gold that nothing answers; keys claimed that nothing bears out."""

    mistakes: list[Mistake]
    missed: list[Any]
    spurious: list[Any]


def unlike(
    review: Review, sought: Mapping[K, Any], given: Mapping[K, Any], likeness: Callable[[K, K], Likeness | None],
    shown: Callable[[Review, Any], str],
) -> Unlike:  # fmt: skip
    """Pair off what is in only one of ``sought`` (gold) and ``given`` (claims); ``shown`` puts a row in words."""
    paired = pair_off(sorted(sought.keys() - given.keys()), sorted(given.keys() - sought.keys()), likeness)
    mistakes = [
        Mistake(
            how.kind, how.which, review.gold.id, sought[gold].sentence, shown(review, sought[gold]),
            shown(review, given[said]), given[said].confidence, lost=True, wrong=True,
        )
        for gold, said, how in paired.pairs
    ]  # fmt: skip
    return Unlike(mistakes, paired.first, paired.second)
