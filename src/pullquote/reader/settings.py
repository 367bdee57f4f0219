"""The few numbers of decoding that are fitted on reviews no weight was trained on."""

from __future__ import annotations

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Thresholds and calibration, shipped with the weights they were fitted for.

    ``*_eager`` are log-odds added to the tags of spans (of names, to begin tags only); ``*_from`` are
    probabilities from which a claim is made; ``*_temperature`` and ``*_shift`` map
    logits to calibrated ones (Platt, 1999).
    """

    name_eager: float = 0.0
    name_from: float = 0.5
    film_from: float = 0.35
    description_eager: float = 0.0
    opinion_eager: float = 0.5
    opinion_from: float = 0.2
    credit_from: float = 0.5
    cast_from: float = 0.4
    relation_from: float = 0.3
    spoiler_temperature: float = 1.0
    spoiler_shift: float = 0.0
    #: Weights of the blended verdict: encoder, n-grams, balance of opinions, constant.
    verdict_blend: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0)
    #: The same for stars on the scale from -1 (one star) to 1 (ten), after the encoder's own.
    stars_blend: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0)
