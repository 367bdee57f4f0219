"""Fit when a quick model should ask a better one: how far their readings differ, guessed from the quick one's alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from sklearn.linear_model import Ridge

from ..reader.cascade import CASCADE, Cascade
from ..reader.doubt import signs
from ..reader.reader import Reader
from ..reading import Reading
from .data import Review

#: Steps of the doubt's distribution that are kept.
_STEPS = 40


def fit(
    rows: Sequence[Review], folder: Path, *, name: str, version: str, first: str, second: str, budget: float,
    threads: int | None = None,
) -> Cascade:  # fmt: skip
    """Read ``rows``, which no model was trained on, with both models, and write how they make one.

    Raises:
        ModelError: if one of the models is missing.
    """
    documents = [(r["id"], r["text"]) for r in rows]
    quick, better = (list(Reader(model, threads=threads).read_many(documents)) for model in (first, second))
    x = np.array([signs(r) for r in quick])
    y = np.array([difference(a, b) for a, b in zip(quick, better, strict=True)])
    ridge = Ridge(alpha=1.0, fit_intercept=False).fit(x, y)
    guessed = x @ ridge.coef_
    print(f"correlation of doubt and difference: {np.corrcoef(guessed, y)[0, 1]:.3f}", flush=True)
    cascade = Cascade(
        name=name,
        version=version,
        first=first,
        second=second,
        weights=tuple(round(float(w), 5) for w in ridge.coef_),
        quantiles=tuple(round(float(q), 5) for q in np.quantile(guessed, np.linspace(0, 1, _STEPS + 1))),
        budget=budget,
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CASCADE).write_bytes(msgspec.json.format(msgspec.json.encode(cascade), indent=1) + b"\n")
    return cascade


def difference(one: Reading, other: Reading) -> float:
    """The share of claims that two readings of one review do not have in common, from 0 to 1.

    One minus the mean F1 over the kinds of claims that either makes: sentences, mentions, credits, opinions, the film.

    >>> from pullquote.reading import Verdict
    >>> empty = Reading(id="a", verdict=Verdict(sentiment=0.5, stars=5.0, recommend="none"))
    >>> difference(empty, empty)
    0.0
    """
    both = zip(_claims(one), _claims(other), strict=True)
    scores = [f1 for a, b in both if (f1 := _f1(a, b)) is not None]
    return 1.0 - sum(scores) / len(scores) if scores else 0.0


def _f1(a: set[tuple[object, ...]], b: set[tuple[object, ...]]) -> float | None:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else None


def _claims(r: Reading) -> list[set[tuple[object, ...]]]:
    return [
        {(s.start, s.role, s.polarity) for s in r.segments},
        {(m.start, m.end, m.type) for m in r.mentions},
        {(c.person, c.role, c.character) for c in r.credits},
        {(o.start, o.end, o.aspect, o.polarity) for o in r.opinions},
        {(r.film.title,)} if r.film else set(),
    ]
