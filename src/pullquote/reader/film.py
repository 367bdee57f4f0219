"""Which of the works named is the film under review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..reading import Film
from .labels import NAMES
from .mentions import Name
from .names import folded
from .settings import Settings
from .state import State


def film(state: State, named: Sequence[Name], settings: Settings) -> Film | None:
    """The title whose occurrences look most like the film's own, or None if none does enough."""
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in named:
        if NAMES[name.label] in ("WORK", "FILM"):
            groups[folded(" ".join(state.doc.tokens.forms[name.first : name.last]))].append(name)
    if not groups:
        return None
    # Either one plain naming or several likely ones: the likeliest occurrence decides, the mean breaks ties.
    scored = {key: max(n.film for n in g) + 0.1 * sum(n.film for n in g) / len(g) for key, g in groups.items()}
    best = groups[max(scored, key=lambda k: scored[k])]
    top = max(best, key=lambda n: n.film)
    if top.film < settings.film_from:
        return None
    start, end = state.raw_span(top.first, top.last)
    title = " ".join(state.words(top.first, top.last).split())
    return Film(title=title, start=start, end=end, confidence=round(top.film, 4))
