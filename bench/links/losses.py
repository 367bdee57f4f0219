"""What becomes of each review whose film is in the catalogue, and where links are lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pullquote.catalogue.fit import best
from pullquote.catalogue.keys import words
from pullquote.catalogue.spans import plain
from pullquote.catalogue.store import Catalogue
from pullquote.catalogue.weights import Weights

from .examples import Weighed

#: Every end there is, as the table tells it.
ENDS = {
    "right": "linked to its film",
    "wrong": "linked to another film",
    "unnamed": "no title of its film stands in the text",
    "unseen": "a title does, but neither the reader nor capitals nor quotes give it away",
    "namesake": "another film of the same name is likelier",
    "rival": "a film of another name is likelier",
    "unsure": "its film is the likeliest, but below the threshold",
}


def ends(reviews: Sequence[Weighed], weights: Weights, catalogue: Catalogue) -> Counter[str]:
    """How many reviews come to each of `ENDS`; those whose film the catalogue does not have are left out."""
    reviews = [one for one in reviews if one.known]
    titles = _titles(catalogue, {one.review["film"] for one in reviews})
    return Counter(_end(one, weights, titles) for one in reviews)


def _end(one: Weighed, weights: Weights, titles: Mapping[str, Sequence[str]]) -> str:
    film = one.review["film"]
    mine = next((c for c in one.candidates if c.film == film), None)
    at, chance = best([c.values for c in one.candidates], weights.all) if one.candidates else (0, 0.0)
    likeliest = one.candidates[at] if one.candidates else None
    if likeliest is not None and chance >= weights.threshold:
        return "right" if likeliest is mine else "wrong"
    if mine is None or likeliest is None:
        return "unseen" if _named(one.review["text"], titles.get(film, ())) else "unnamed"
    if likeliest is mine:
        return "unsure"
    return "namesake" if likeliest.entry.key == mine.entry.key else "rival"


def _named(text: str, titles: Sequence[str]) -> bool:
    """Whether one of the titles stands in the text, however written; articles before it are let go."""
    folded = f" {' '.join(words(plain(text)))} "
    for title in titles:
        found = words(title)
        if len(found) > 1 and found[0] in ("the", "a", "an"):
            found = found[1:]
        if found and f" {' '.join(found)} " in folded:
            return True
    return False


def _titles(catalogue: Catalogue, films: set[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    rows = catalogue.connection.execute("SELECT film, title FROM titles WHERE extent = 'whole'").fetchall()
    for film, title in rows:
        if film in films:
            out.setdefault(film, []).append(title)
    return out
