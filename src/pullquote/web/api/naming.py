"""Films and people found by what a request calls them; what is not there is refused as "not found"."""

from __future__ import annotations

from contextlib import AbstractContextManager
from urllib.parse import quote

from ...questions.films import Film, find_film
from ..found import sought
from .asking import Asking
from .operation import PREFIX


def seeking_film(asking: Asking) -> AbstractContextManager[None]:
    """Around a question that finds a film: 404 where none is meant, or several; these are told as choices."""
    return sought(asking.connection, lambda film: f"{PREFIX}/film/{_segment(film)}")


def seeking_person(asking: Asking) -> AbstractContextManager[None]:
    """The same around a question that finds a person."""
    return sought(asking.connection, lambda name: f"{PREFIX}/person/{_segment(name)}")


def film_of(asking: Asking, named: str) -> Film:
    """The film that ``named`` means.

    Raises:
        Refused: 404 if none is meant, or several.
    """
    with seeking_film(asking):
        return find_film(asking.connection, named)


def _segment(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")
