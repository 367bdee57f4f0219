"""A handful of invented reviews, to try the comparison without research data; its figures mean nothing."""

from __future__ import annotations

from itertools import cycle, islice

from fold import Fold, Folds

from pullquote.evaluation.gold import Entity, Gold

from .data import Data

_GOOD = (
    "A wonderful, moving film. I loved it! See it twice.",
    "Great acting and a superb, funny script. Brilliant work all round.",
    "Warm, clever and beautifully shot. The best evening I have had this year.",
)
_BAD = (
    "A dreadful, boring film. I hated it. Stay away.",
    "Terrible acting and an awful, stupid script. I left before the end.",
    "The worst waste of two hours. Dull, loud and badly shot.",
)


def made_up(size: int = 24) -> Data:
    """Folds of ``size`` reviews to learn from and half as many each to tune on and to be tested on."""
    half = size // 2
    folds = Folds(_fold(size), _fold(half), _fold(half))
    named = [_named("Anna Weiss", "Harbour Lights"), _named("Ben Marlow", "The Long Ferry")]
    taught = list(islice(cycle(named), size))
    return Data(folds, taught, named, _fold(half).texts, "invented reviews, to try whether the comparison runs")


def _fold(size: int) -> Fold:
    pairs = islice(cycle(zip(_GOOD, _BAD, strict=True)), size // 2)
    return Fold([text for pair in pairs for text in pair], [1, 0] * (size // 2), [9, 2] * (size // 2))


def _named(person: str, work: str) -> Gold:
    text = f"{person} is superb in {work}. A wonderful evening."
    end = text.index(".") + 1
    return Gold(
        id=person, text=text, sentences=((0, end), (end + 1, len(text))), roles="OO", spoil="00", pol="++",
        ents=(Entity(person, "PERSON"), Entity(work, "WORK")), recommend="yes", rating_true=9,
    )  # fmt: skip
