"""One number that makes a linear reader's probabilities honest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def temperature(log_odds: NDArray[np.float64], labels: Sequence[int]) -> float:
    """The divisor of the log-odds that makes ``labels`` most likely (Guo et al., ICML 2017).

    No decision changes, as zero stays zero. Pullquote's own probability is
    calibrated on the tune fold, so its peers get the same help.
    """
    from scipy.optimize import minimize_scalar

    signs = 2.0 * np.asarray(labels) - 1.0

    def loss(log_temperature: float) -> float:
        return float(np.logaddexp(0.0, -signs * log_odds / np.exp(log_temperature)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-5.0, 5.0), method="bounded").x))


def probability(log_odds: NDArray[np.float64], divisor: float) -> list[float]:
    """Probabilities at a temperature."""
    values: list[float] = (1.0 / (1.0 + np.exp(-np.clip(log_odds / divisor, -500, 500)))).tolist()
    return values
