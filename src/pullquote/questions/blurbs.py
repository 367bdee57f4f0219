"""Praise to quote on a poster or press sheet, with its source, and never against what the critic says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from ..library.answer import Answer
from .cues import turned
from .films import Film, find_film
from .quotes import Candidate, Quote, candidates, sourced
from .scope import Scope, of_film
from .stars import favourable
from .wording import alike, content, cuts_word, stands_alone, words

if TYPE_CHECKING:
    import duckdb

#: Quotes looked at for each aspect; what follows their sentence is looked at this far.
_CANDIDATES, _FOLLOWING = 40, 40
_SURE, _STRONG, _BRIEF = 0.4, 0.35, 0.25
#: What each earlier blurb on the same aspect, or by the same author, costs a quote.
_SAME_ASPECT, _SAME_AUTHOR = 0.1, 0.3
#: Quotes that share more of their words than this are the same thing said twice.
_SAME = 0.4

_STRONG_WORDS = frozenset(
    """amazing astonishing astounding awesome beautiful best breathtaking brilliant captivating classic compelling
    dazzling delight delightful enchanting enthralling excellent exceptional exhilarating exquisite extraordinary
    fabulous fantastic fascinating fearless finest flawless genius glorious gorgeous gripping haunting hilarious
    hypnotic incredible inspired irresistible magic magical magnificent majestic marvellous marvelous masterful
    masterpiece masterly memorable mesmerising mesmerizing miracle moving outstanding overwhelming perfect perfectly
    perfection phenomenal pitch-perfect powerful radiant remarkable ravishing riveting sensational spectacular splendid
    spellbinding stunning sublime superb superbly terrific thrilling timeless tour-de-force towering tremendous triumph
    unforgettable unmissable wonderful wondrous""".split()
)


def blurbs(
    connection: duckdb.DuckDBPyConnection,
    named: str,
    *,
    limit: int = 10,
    all_reviews: bool = False,
    spoilers: bool = False,
) -> Answer:
    """Praise of the film that ``named`` means, best first: sure, strong, brief, of many aspects and authors.

    A quote is offered only if its sentence is praise as a whole and nothing in it, or at the start of the next,
    turns the quote (`cues.turned`).

    Args:
        all_reviews: quote from unfavourable reviews, too.
        spoilers: quote sentences that give the story away, too.

    Returns:
        One row per blurb: quote, aspect, target, sentence, author, source, url, id, film, title, year, review,
        start, end, sentence_start, sentence_end, confidence.

    Raises:
        AmbiguousName: if several films answer to the name.
        InputError: if none does.
    """
    film = find_film(connection, named)
    scope = of_film(connection, film.film, spoilers=spoilers)
    praise = (
        one
        for one in scope.opinions
        if one.polarity == "positive" and (all_reviews or favourable(scope.reviews[one.review]))
    )
    found = candidates(scope, praise, by=attrgetter("aspect"), each=_CANDIDATES)
    straight = [
        quote
        for own in found.values()
        for one in own
        if stands_alone(one.quote, None) and _straight(quote := sourced(scope, one), _following(scope, one))
    ]
    return _answer(film, _various(straight, limit))


def _following(scope: Scope, one: Candidate) -> str:
    """How the text goes on after the sentence."""
    text = scope.origins([one.review])[one.review].text
    return text[one.sentence_end : one.sentence_end + _FOLLOWING]


def _straight(quote: Quote, following: str) -> bool:
    """Whether the quote says, cut out, what its sentence says."""
    span = quote.start - quote.sentence_start, quote.end - quote.sentence_start
    return not cuts_word(quote.sentence, *span) and turned(quote.sentence, *span, following) is None


def _worth(quote: Quote) -> float:
    strong = min(sum(word in _STRONG_WORDS for word in words(quote.quote)), 2) / 2
    brief = max(0.0, 1 - len(quote.quote) / 160)
    return _SURE * quote.confidence + _STRONG * strong + _BRIEF * brief


def _various(quotes: Sequence[Quote], limit: int) -> list[Quote]:
    """The best of ``quotes``, one of each review, no two alike; each pays for those like it that were taken before."""
    left = list(quotes)
    chosen: list[Quote] = []
    aspects: Counter[str] = Counter()
    authors: Counter[str] = Counter()

    def value(quote: Quote) -> tuple[float, int, int]:
        cost = _SAME_ASPECT * aspects[quote.aspect] + _SAME_AUTHOR * authors[quote.author or ""]
        return _worth(quote) - cost, -quote.review, -quote.start

    while left and len(chosen) < limit:
        best = max(left, key=value)
        chosen.append(best)
        aspects[best.aspect] += 1
        if best.author:
            authors[best.author] += 1
        own = content(best.quote)
        left = [q for q in left if q.review != best.review and alike(content(q.quote), own) <= _SAME]
    return chosen


def _answer(film: Film, quotes: Sequence[Quote]) -> Answer:
    import pyarrow as pa

    texts = ("quote", "aspect", "target", "sentence", "author", "source", "url", "id")
    numbers = ("review", "start", "end", "sentence_start", "sentence_end")
    columns = {name: pa.array([getattr(q, name) for q in quotes], pa.string()) for name in texts}
    columns["film"] = pa.array([film.film] * len(quotes), pa.string())
    columns["title"] = pa.array([film.title] * len(quotes), pa.string())
    columns["year"] = pa.array([film.year] * len(quotes), pa.int16())
    columns |= {name: pa.array([getattr(q, name) for q in quotes], pa.int64()) for name in numbers}
    columns["confidence"] = pa.array([q.confidence for q in quotes], pa.float64())
    return Answer(pa.table(columns))
