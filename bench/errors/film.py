"""Mistakes about the title of the film under review."""

from __future__ import annotations

from collections.abc import Iterator

from errors.alike import alike
from errors.mistake import Mistake
from errors.review import Review, surest
from pullquote.evaluation.names import name_key


def film_mistakes(review: Review) -> Iterator[Mistake]:
    """The one mistake that a reading can make here, if it makes it."""
    gold, film = review.gold, review.reading.film
    key = name_key(film.title) if film else ""
    if key in {name_key(title) for title in gold.film}:
        return
    titles = " / ".join(map(review.name, gold.film)) or "no title"
    if film is not None and key:
        if not gold.film:
            kind = "none in gold, but one claimed"
        elif any(alike(title, film.title) for title in gold.film):
            kind = "name form differs"
        else:
            kind = "wrong work"
        known = review.annotated(film.title)
        yield Mistake(
            kind, f"annotated as {known}" if known else "not annotated as a name", gold.id,
            review.sentence(film.start, film.end), titles, review.name(film.title), film.confidence,
            lost=bool(gold.film), wrong=True,
        )  # fmt: skip
    elif gold.film:
        keys = {name_key(title) for title in gold.film}
        mention = surest(m for m in review.reading.mentions if name_key(m.name) in keys)
        yield Mistake(
            "missed, though found as a name" if mention else "missed, and not found as a name",
            mention.type if mention else "", gold.id,
            review.sentence(mention.start, mention.end) if mention else None, titles,
            f"{mention.type} {review.name(mention.name)}" if mention else "nothing",
            mention.confidence if mention else None, lost=True,
        )  # fmt: skip
