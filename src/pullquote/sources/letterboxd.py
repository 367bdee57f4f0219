"""The Letterboxd data export: a zip, or the folder it unpacks to, whose ``reviews.csv`` holds the reviews.

Its other tables (diary, watchlist, comments on other people's reviews) are passed over, and so are deleted reviews.
Ratings are out of 5, by halves.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import InputError
from .files import File

NAME = "reviews.csv"
#: The best score.
SCALE = 5.0
#: By field, the column that holds it. The address is that of the review, so it is its id too.
COLUMNS = {
    "text": "Review",
    "id": "Letterboxd URI",
    "title": "Name",
    "year": "Year",
    "rating": "Rating",
    "date": "Date",
    "url": "Letterboxd URI",
}
_ENOUGH = 4096


def recognises(found: Iterable[str]) -> bool:
    """Whether columns of these names are those of an export's reviews."""
    return set(COLUMNS.values()) <= set(found)


def passes_over(file: File) -> bool:
    """Whether ``file`` is a table of an export other than its reviews."""
    place = file.place
    if place.suffix.lower() != ".csv":
        return False
    if place.name != NAME and _is_export(file.beside(NAME)):
        return True
    return place.parent.name in ("deleted", "orphaned", "lists", "likes") and _is_export(file.beside(f"../{NAME}"))


def _is_export(reviews: File | None) -> bool:
    if reviews is None:
        return False
    try:
        with reviews.open() as stream:
            header = stream.readline(_ENOUGH).decode("utf-8-sig", "replace")
    except (OSError, InputError):
        return False
    return recognises(header.strip().split(","))
