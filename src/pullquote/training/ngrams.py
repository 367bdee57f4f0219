"""N-gram weights for the verdict, from rated reviews: NB-SVM (Wang and Manning, 2012) for both scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression, Ridge

from ..reader.ngrams import ngram_keys
from ..text.clean import clean_text
from ..text.tokens import tokens

#: N-grams in fewer reviews than this say more of their review than of reviews.
RARE = 4


def fit_ngrams(
    texts: Sequence[str], favourable: Sequence[int], ratings: Sequence[float]
) -> dict[str, NDArray[np.generic]]:
    """Weights of every n-gram in at least `RARE` reviews, as `reader.ngrams.NGrams` takes them.

    Args:
        texts: raw reviews.
        favourable: 1 or 0 for each.
        ratings: from 1 to 10 for each.
    """
    rows = [ngram_keys(tokens(clean_text(t)).forms) for t in texts]
    seen: Counter[int] = Counter()
    for row in rows:
        seen.update(row.tolist())
    keys = np.array(sorted(k for k, n in seen.items() if n >= RARE), dtype=np.uint32)
    indices, starts = [], [0]
    for row in rows:
        at = np.minimum(np.searchsorted(keys, row), len(keys) - 1)
        indices.append(at[keys[at] == row])
        starts.append(starts[-1] + len(indices[-1]))
    x = csr_matrix(
        (np.ones(starts[-1], dtype=np.float32), np.concatenate(indices), np.array(starts)),
        shape=(len(texts), len(keys)),
    )
    y = np.array(favourable)
    for_it = 1.0 + np.asarray(x[y == 1].sum(0)).ravel()
    against = 1.0 + np.asarray(x[y == 0].sum(0)).ravel()
    ratio = np.log((for_it / for_it.sum()) / (against / against.sum())).astype(np.float32)
    scaled = (x @ diags(ratio)).tocsr().astype(np.float32)
    logistic = LogisticRegression(C=0.05, solver="liblinear", dual=True, max_iter=200, random_state=1).fit(scaled, y)
    ridge = Ridge(alpha=200.0, solver="sparse_cg", random_state=1).fit(scaled, (np.array(ratings) - 5.5) / 4.5)
    weights = np.stack([logistic.coef_[0] * ratio, ridge.coef_ * ratio], 1)
    kept = np.abs(weights).max(1) > 1e-4
    return {
        "keys": keys[kept],
        "weights": weights[kept].astype(np.float16),
        "constants": np.array([logistic.intercept_[0], ridge.intercept_], dtype=np.float32),
    }
