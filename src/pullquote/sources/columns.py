"""Which column of a table holds what: by its usual names, or as the user says with ``FIELD=COLUMN``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..errors import InputError
from . import letterboxd

#: By field, the names its column usually has, likeliest first; case, spaces and signs do not count.
USUAL: dict[str, tuple[str, ...]] = {
    "text": (
        "review text", "review content", "review body", "review", "text", "content", "body", "full review",
        "review detail", "review comment", "critique", "comment", "comments",
    ),
    "id": ("review id", "id", "rid", "uid", "uuid"),
    "film_id": (
        "imdb id", "tconst", "imdb", "film id", "movie id", "title id", "imdb title id", "asin", "parent asin",
        "product id", "tmdb id", "rotten tomatoes link",
    ),
    "title": (
        "film title", "movie title", "film name", "movie name", "film", "movie", "title", "name", "primary title",
        "original title",
    ),
    "year": ("year", "release year", "film year", "movie year"),
    "headline": ("headline", "review title", "review headline", "review summary", "summary", "subject"),
    "rating": (
        "rating", "review rating", "score", "review score", "original score", "stars", "star rating", "overall",
        "grade", "user rating",
    ),
    "scale": ("scale", "rating scale", "best rating", "max rating", "out of"),
    "author": (
        "author", "critic name", "critic", "reviewer", "reviewer name", "user name", "user", "profile name", "user id",
        "reviewer id", "author id",
    ),
    "date": (
        "date", "review date", "date published", "published", "publication date", "creation date", "created at",
        "submission date", "review time", "unix review time", "timestamp", "time",
    ),
    "url": ("url", "review url", "review link", "link", "permalink"),
}  # fmt: skip

#: Names longer than this are cut in messages: a table without a header has its first review there.
_SHOWN, _MOST_SHOWN = 40, 30


def _plain(name: str) -> str:
    """The name without case, spaces and signs.

    >>> _plain("Review_Text"), _plain("reviewText"), _plain(" review text ")
    ('reviewtext', 'reviewtext', 'reviewtext')
    """
    return re.sub(r"[\W_]+", "", name).casefold()


_FIELD_OF = {_plain(name): (field, rank) for field, names in USUAL.items() for rank, name in enumerate(names)}


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user says of the tables: columns by field (mapping), and the best score of bare numbers (scale)."""

    mapping: tuple[tuple[str, str], ...] = ()
    scale: float | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """``of`` has the column of each field that the table has; ``scale`` is the best score, where the table's kind
    or the user tells it."""

    of: Mapping[str, str]
    scale: float | None = None


def mapping(pairs: Iterable[str]) -> dict[str, str]:
    """``FIELD=COLUMN`` pairs as columns by field.

    Raises:
        InputError: if one is no such pair, names a field there is not, or one twice.

    >>> mapping(["text=body", "rating=my score"])
    {'text': 'body', 'rating': 'my score'}
    """
    columns: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        field = field.strip().casefold().replace("-", "_")
        if not equals or not column.strip():
            raise InputError(f"--map {pair}: write FIELD=COLUMN, as in --map text=body")
        if field in columns:
            raise InputError(f"--map {pair}: {field} is mapped twice; say once which column it is")
        columns[field] = column.strip()
    hints(columns, None)
    return columns


def hints(columns: Mapping[str, str] | None, scale: float | None) -> Hints:
    """The hints that columns by field and a scale make.

    Raises:
        InputError: if a field is unknown or the scale is not above zero.
    """
    for field in columns or ():
        if field not in USUAL:
            raise InputError(f"--map {field}=...: there is no field {field}; fields are {', '.join(USUAL)}")
    if scale is not None and not 0 < scale < float("inf"):
        raise InputError(f"--scale {scale:g}: the best score must be above zero")
    return Hints(tuple((columns or {}).items()), scale)


@lru_cache(maxsize=256)
def resolve(found: tuple[str, ...], hints: Hints, partial: bool = False) -> Columns:
    """Which of the columns ``found`` hold what.

    With ``partial``, columns the user named may be missing, all but that of the text: not every JSON object has all.

    Raises:
        InputError: if the text's column is not recognised, or a column that the user named is missing.
    """
    told = letterboxd.COLUMNS if letterboxd.recognises(found) else None
    of = dict(told) if told else recognised(found)
    for field, wanted in hints.mapping:
        column = _named(wanted, found)
        if column is None and not (partial and field != "text"):
            raise InputError(f"no column {wanted} (from --map {field}={wanted}); found are: {_shown(found)}")
        of.pop(field, None)
        if column is not None:
            # What the user takes for one thing is not also another.
            of = {other: name for other, name in of.items() if name != column or other in dict(hints.mapping)}
            of[field] = column
    if "text" not in of:
        raise InputError(
            f"no column here is known to hold the reviews' text; found are: {_shown(found)}. "
            "Say which it is with --map text=COLUMN"
        )
    return Columns(of, letterboxd.SCALE if told else hints.scale)


def recognised(found: Iterable[str]) -> dict[str, str]:
    """The columns of ``found`` that have a usual name, by field.

    >>> recognised(["Movie", "Review_Text", "stars", "helpful"])
    {'title': 'Movie', 'text': 'Review_Text', 'rating': 'stars'}
    """
    best: dict[str, tuple[int, str]] = {}
    plain: dict[str, str] = {}
    for name in found:
        key = _plain(name)
        plain.setdefault(key, name)
        if key in _FIELD_OF:
            field, rank = _FIELD_OF[key]
            if field not in best or rank < best[field][0]:
                best[field] = (rank, name)
    of = {field: name for field, (_, name) in best.items()}
    # Beside a film's own column, and in tables of a shop's goods, a title is the review's.
    if "title" in plain and "headline" not in of and (of.get("title") != plain["title"] or "asin" in plain):
        of["headline"] = plain["title"]
        if of.get("title") == plain["title"]:
            del of["title"]
    return of


def _named(wanted: str, found: tuple[str, ...]) -> str | None:
    """The column that a user means: to the letter, else without regard to case, spaces and signs."""
    if wanted in found:
        return wanted
    return next((name for name in found if _plain(name) == _plain(wanted) and _plain(wanted)), None)


def _shown(found: tuple[str, ...]) -> str:
    names = [name if len(name) <= _SHOWN else f"{name[:_SHOWN]}..." for name in found[:_MOST_SHOWN]]
    more = len(found) - len(names)
    return (", ".join(names) or "none") + (f" and {more} more" if more > 0 else "")
