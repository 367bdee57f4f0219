"""Which rated reviews are held out: by film, so that no film is both learned from and measured on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from hashlib import sha256


def heldout(
    films: Sequence[str], gold_films: Collection[str], *, test: int = 2500, tune: int = 2000
) -> tuple[set[str], set[str]]:
    """Films for testing and for tuning; all other films are for training.

    Whole films are taken in the order of the SHA-256 of their id, films of the
    gold passed over, until ``test`` reviews are gathered, then ``tune`` more.

    Args:
        films: the film id of every rated review.
        gold_films: films that occur in annotated reviews.

    Raises:
        ValueError: if there are not enough reviews.
    """
    reviews = Counter(f for f in films if f not in set(gold_films))
    order = iter(sorted(reviews, key=lambda f: sha256(f.encode()).hexdigest()))
    chosen: list[set[str]] = []
    for wanted in (test, tune):
        taken: set[str] = set()
        while sum(reviews[f] for f in taken) < wanted:
            film = next(order, None)
            if film is None:
                raise ValueError(
                    f"only {sum(reviews.values())} reviews of films without gold; {test + tune} are needed"
                )
            taken.add(film)
        chosen.append(taken)
    return chosen[0], chosen[1]
