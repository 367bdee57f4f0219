"""Third stage: fit the few numbers of decoding on reviews that no weight was trained on.

Each threshold is chosen for the measure it serves, by trying a grid; the
verdict's blend and the spoiler's calibration are regressions. Nothing here
sees dev.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression, QuantileRegressor

from ..evaluation.gold import Gold
from ..evaluation.score import score
from ..reader.decode import decode_many
from ..reader.heads import Floats
from ..reader.reader import Reader
from ..reader.settings import Settings
from ..reader.shipped import Model, load
from ..reader.verdict import features
from ..reading import Reading
from ..text import Document
from .data import Review

#: Which setting is fitted to which measures, over which values; in this order, twice.
GRID: tuple[tuple[str, tuple[str, ...], tuple[float, ...]], ...] = (
    # All that is decoded later stands on names.
    (
        "name_eager",
        ("mention F1", "film title F1", "credit F1", "cast (actor, character) F1"),
        (-1.5, -1.0, -0.5, 0.0, 0.5),
    ),
    ("name_from", ("mention F1",), (0.2, 0.35, 0.5, 0.65, 0.8, 1.1)),
    ("film_from", ("film title F1",), (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)),
    (
        "opinion_eager",
        ("quote F1 (span, aspect, polarity)", "aspect+polarity F1"),
        (-0.5, 0.0, 0.25, 0.5, 0.75, 1.0, 1.5),
    ),
    (
        "opinion_from",
        ("quote F1 (span, aspect, polarity)", "aspect+polarity F1"),
        (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55),
    ),
    ("credit_from", ("credit F1",), (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)),
    ("description_eager", ("cast (actor, character) F1", "relation F1"), (-0.5, 0.0, 0.5, 1.0, 1.5)),
    ("cast_from", ("cast (actor, character) F1",), (0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)),
    ("relation_from", ("relation F1",), (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)),
)

#: Reviews decoded together.
_TOGETHER = 64
#: F1 that two settings may differ by and still be called equal on so few reviews.
_NOISE = 0.003


@dataclass(frozen=True, slots=True)
class Encoded:
    """An annotated review, encoded once so that decoding can be tried many times."""

    gold: Gold
    doc: Document
    h: Floats


def encode(reader: Reader, gold: Iterable[Gold]) -> list[Encoded]:
    """Run the encoder over annotated reviews."""
    reviews = list(gold)
    return [
        Encoded(g, doc, h) for g, (doc, h) in zip(reviews, reader.encoded((g.id, g.text) for g in reviews), strict=True)
    ]


def readings(model: Model, encoded: Sequence[Encoded]) -> dict[str, Reading]:
    """Decode all of them."""
    out: dict[str, Reading] = {}
    for at in range(0, len(encoded), _TOGETHER):
        some = encoded[at : at + _TOGETHER]
        ids, docs = [e.gold.id for e in some], [e.doc for e in some]
        out.update(zip(ids, decode_many(model, ids, docs, np.concatenate([e.h for e in some])), strict=True))
    return out


def fit_thresholds(model: Model, encoded: Sequence[Encoded]) -> Settings:
    """Choose every threshold by the measure it serves."""
    settings = model.settings
    gold = [e.gold for e in encoded]
    for name, measures, values in GRID * 2:
        found: list[tuple[float, float]] = []
        for value in values:
            tried = replace(model, settings=msgspec.structs.replace(settings, **{name: value}))
            result = score(gold, readings(tried, encoded)).measures
            found.append((sum(result[m] for m in measures), value))
        chosen = _strictest(name, found, _NOISE * len(measures))
        settings = msgspec.structs.replace(settings, **{name: chosen})
        print(f"{name} {chosen} ({' + '.join(measures)}: { {v: round(f, 4) for f, v in found} })", flush=True)
    return settings


def _strictest(name: str, found: Sequence[tuple[float, float]], noise: float) -> float:
    """Of the values about as good as the best, the one that claims least: no claim unless sure.

    A value is as good as itself and its neighbours together, for few reviews make a rough curve.
    """
    scores = [f for f, _ in found]
    smooth = [(float(np.mean(scores[max(0, i - 1) : i + 2])) + scores[i]) / 2 for i in range(len(scores))]
    good = [value for value, one in zip((v for _, v in found), smooth, strict=True) if one >= max(smooth) - noise]
    return min(good) if name.endswith("_eager") else max(good)


def fit_spoilers(model: Model, encoded: Sequence[Encoded], settings: Settings) -> Settings:
    """Platt-scale the spoiler probability (Platt, 1999) on sentences whose spans agree with the gold's."""
    logits, truth = [], []
    plain = replace(model, settings=msgspec.structs.replace(settings, spoiler_temperature=1.0, spoiler_shift=0.0))
    decoded = readings(plain, encoded)
    for e in encoded:
        known = dict(zip(e.gold.sentences, e.gold.spoil, strict=True))
        for segment in decoded[e.gold.id].segments:
            if (segment.start, segment.end) in known:
                p = min(max(segment.spoiler, 1e-6), 1 - 1e-6)
                logits.append(np.log(p / (1 - p)))
                truth.append(int(known[segment.start, segment.end]))
    if len(set(truth)) < 2:
        return settings
    fitted = LogisticRegression(C=1.0).fit(np.array(logits)[:, None], truth)
    slope = max(0.05, float(fitted.coef_[0, 0]))
    return msgspec.structs.replace(settings, spoiler_temperature=1 / slope, spoiler_shift=float(fitted.intercept_[0]))


def fit_verdict(model: Model, reader: Reader, rows: Sequence[Review], settings: Settings) -> Settings:
    """Fit how encoder, n-grams and opinions are blended, on rated reviews of films of their own."""
    tried = replace(model, settings=settings)
    x, y = [], []
    for at in range(0, len(rows), _TOGETHER):
        some = list(reader.encoded((r["id"], r["text"]) for r in rows[at : at + _TOGETHER]))
        docs = [doc for doc, _ in some]
        decoded = decode_many(tried, [""] * len(docs), docs, np.concatenate([h for _, h in some]))
        grams = model.ngrams.scores_many([doc.tokens.forms for doc in docs])
        for (_, h), (favourable, stars), reading in zip(some, grams, decoded, strict=True):
            logits = model.heads.document(h, model.heads.tokens(h)["attend"])
            x.append(features(float(logits[0]), favourable, reading.opinions))
            y.append(features(float(logits[1]), stars, reading.opinions))
    label = [r["label"] for r in rows]
    rating = (np.array([r["rating"] for r in rows], dtype=float) - 5.5) / 4.5
    logistic = LogisticRegression(C=10.0, fit_intercept=False, max_iter=1000).fit(np.array(x), label)
    median = QuantileRegressor(quantile=0.5, alpha=0.0, fit_intercept=False).fit(np.array(y), rating)
    return msgspec.structs.replace(
        settings,
        verdict_blend=tuple(float(w) for w in logistic.coef_[0]),
        stars_blend=tuple(float(w) for w in median.coef_),
    )


def tune(folder: Path, gold: Sequence[Gold], rated: Sequence[Review]) -> Settings:
    """All settings of the model in ``folder``."""
    load.cache_clear()
    model, reader = load(str(folder)), Reader(str(folder))
    encoded = encode(reader, gold)
    settings = fit_thresholds(model, encoded)
    settings = fit_spoilers(model, encoded, settings)
    return fit_verdict(model, reader, rated, settings)
