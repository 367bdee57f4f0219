"""Fit when a quick model should ask a better one: what that would put right, guessed from the quick one's reading."""

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
#: What a claim of each kind counts, so that each kind of claim sums to about as much in a review.
_COUNTS = {"role": 0.5, "polarity": 0.5, "mention": 1.0, "opinion": 1.5, "credit": 3.0, "film": 6.0}
#: What a claim counts that the better model does not make: it is as likely wrong as not.
_DROPPED = 0.25


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
    sentences = np.array([len(r.segments) for r in quick])
    y = np.array([gain(a, b) for a, b in zip(quick, better, strict=True)]) / sentences
    half = len(x) // 2
    tried = Ridge(alpha=1.0, fit_intercept=False).fit(x[:half], y[:half])
    print(
        f"correlation on the half not fitted on: {np.corrcoef(x[half:] @ tried.coef_, y[half:])[0, 1]:.3f}", flush=True
    )
    ridge = Ridge(alpha=1.0, fit_intercept=False).fit(x, y)
    guessed = x @ ridge.coef_
    order = np.argsort(guessed)
    shares = np.cumsum(sentences[order]) / sentences.sum()
    quantiles = np.interp(np.linspace(0, 1, _STEPS + 1), shares, guessed[order])
    cascade = Cascade(
        name=name,
        version=version,
        first=first,
        second=second,
        weights=tuple(round(float(w), 5) for w in ridge.coef_),
        quantiles=tuple(round(float(q), 5) for q in quantiles),
        budget=budget,
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CASCADE).write_bytes(msgspec.json.format(msgspec.json.encode(cascade), indent=1) + b"\n")
    return cascade


def gain(quick: Reading, better: Reading) -> float:
    """What the better reading is expected to put right, in claims.

    A claim that only the better model makes counts as far as it is surer of it than not; one that it drops counts a
    little.

    >>> from pullquote.reading import Segment, Verdict
    >>> verdict = Verdict(sentiment=0.5, stars=5.0, recommend="none")
    >>> def told(role: str) -> Reading:
    ...     segment = Segment(start=0, end=5, role=role, polarity="neutral", spoiler=0.0, confidence=0.9)
    ...     return Reading(id="a", verdict=verdict, segments=(segment,))
    >>> gain(told("plot"), told("plot")), round(gain(told("plot"), told("meta")), 3)
    (0.0, 0.525)
    """
    mine, theirs = _claims(quick), _claims(better)
    made = [_COUNTS[str(claim[0])] * max(0.0, 2 * p - 1) for claim, p in theirs.items() if claim not in mine]
    return sum(made, 0.0) + sum(_COUNTS[str(claim[0])] * _DROPPED for claim in mine if claim not in theirs)


def _claims(r: Reading) -> dict[tuple[object, ...], float]:
    """Every claim that can be compared, with how sure the model is of it."""
    out: dict[tuple[object, ...], float] = {}
    for s in r.segments:
        out["role", s.start, s.role] = out["polarity", s.start, s.polarity] = s.confidence
    out |= {("mention", m.start, m.end, m.type): m.confidence for m in r.mentions}
    out |= {("credit", c.person, c.role, c.character): c.confidence for c in r.credits}
    out |= {("opinion", o.start, o.end, o.aspect, o.polarity): o.confidence for o in r.opinions}
    if r.film:
        out["film", r.film.title] = r.film.confidence
    return out
