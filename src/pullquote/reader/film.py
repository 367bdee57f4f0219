"""Which of the works named is the film under review."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..reading import Film
from ..text import Document
from .labels import NAMES
from .mentions import Name
from .names import folded
from .settings import Settings
from .state import raw_span, words

_WORKS = frozenset({NAMES.index("WORK"), NAMES.index("FILM")})


def film(doc: Document, named: Sequence[Name], settings: Settings) -> Film | None:
    """The title whose occurrences look most like the film's own, or None if none does enough."""
    groups: dict[str, list[Name]] = {}
    for name in named:
        if name.label in _WORKS:
            groups.setdefault(folded(" ".join(doc.tokens.forms[name.first : name.last])), []).append(name)
    if not groups:
        return None
    # Every occurrence is one more chance to be the film: that at least one of them is, decides.
    chance = {key: 1.0 - math.prod(1.0 - n.film for n in group) for key, group in groups.items()}
    best = max(chance, key=lambda key: chance[key])
    if chance[best] < settings.film_from:
        return None
    top = max(groups[best], key=lambda n: n.film)
    start, end = raw_span(doc, top.first, top.last)
    return Film(
        title=words(doc, top.first, top.last), start=start, end=end, confidence=round(min(1.0, chance[best]), 4)
    )
