"""From the rows of any table to records."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from ..errors import InputError
from . import dates
from .encoding import decode
from .ratings import guessed_scale, parse
from .record import Failure, Rating, Record

#: How far a table is read ahead to see what its ratings are out of: rows, and characters of text.
_AHEAD, _AHEAD_CHARS = 100, 1_000_000
_IMDB = re.compile(r"tt[0-9]{7,9}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_SCALE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")
_YEAR = re.compile(r"([12][0-9]{3})(?:\.0|-[0-9].*)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, and what it has in the columns of each field. ``scale`` as in `Columns`."""

    origin: str
    number: int
    values: Mapping[str, object]
    columns: Mapping[str, str]
    scale: float | None = None
    notices: tuple[str, ...] = ()


def records(
    rows: Iterable[Row | Failure], *, name: str, origin: str, guessing: bool = True
) -> Iterator[Record | Failure]:
    """The reviews in ``rows``.

    A row without an id is called ``name:number``. Where nothing tells what the ratings are out of, the first hundred
    do, if they go beyond 5 (not without ``guessing``, as where ``rows`` are only some of a table's); where there is no
    row at all, a Failure says so of ``origin``.
    """
    rest = iter(rows)
    ahead: list[Row | Failure] = []
    held = 0
    for row in rest:
        ahead.append(row)
        first = next((one for one in ahead if isinstance(one, Row)), None)
        if len(ahead) >= _AHEAD or (first is not None and not _unclear(first)):
            break
        held += len(str(row.values.get("text", ""))) if isinstance(row, Row) else 0
        if held > _AHEAD_CHARS:
            break
    if not ahead:
        yield Failure(origin, "there are no reviews in it; is it the right file?")
    found = (_words(row.values.get("rating")) or "" for row in ahead if isinstance(row, Row))
    guess = guessed_scale(found) if guessing else None
    for row in chain(ahead, rest):
        yield row if isinstance(row, Failure) else _record(row, name, guess)


def _unclear(row: Row) -> bool:
    """Whether the row has a rating that may be out of anything."""
    return row.scale is None and "rating" in row.columns and "scale" not in row.columns


def _record(row: Row, name: str, guess: float | None) -> Record | Failure:
    values = row.values
    text = values.get("text")
    notices = row.notices
    if isinstance(text, bytes):
        try:
            text, encoding = decode(text)
        except InputError as error:
            return Failure(row.origin, str(error))
        notices += (f"not UTF-8; read as {encoding}",) if encoding else ()
    if not isinstance(text, str):
        column = row.columns["text"]
        if text is None:
            return Failure(row.origin, f"no text in `{column}`")
        return Failure(row.origin, f"no text in `{column}`: expected `str`, got `{type(text).__name__}`")
    film_id, title = _film_id(row), _words(values.get("title"))
    if title is not None and _IMDB.fullmatch(title):
        film_id, title = film_id or title, None
    return Record(
        text,
        _words(values.get("id")) or f"{name}:{row.number}",
        row.origin,
        notices,
        film_id=film_id,
        title=title,
        year=_year(values.get("year")),
        headline=_words(values.get("headline")),
        rating=_rating(row, guess),
        author=_words(values.get("author")),
        date=dates.parse(values.get("date")),
        url=_words(values.get("url")),
    )


def _words(value: object) -> str | None:
    r"""The words or the number in a cell; None where it says nothing.

    >>> [_words(value) for value in (" a ", 8, 8.0, 3.5, "\\N", "", None, [1], True, float("nan"))]
    ['a', '8', '8', '3.5', None, None, None, None, None, None]
    """
    if isinstance(value, str):
        words = value.strip()
        return words if words and words != r"\N" else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, float):
        return None if not math.isfinite(value) else str(value).removesuffix(".0")
    return str(value)


def _film_id(row: Row) -> str | None:
    words = _words(row.values.get("film_id"))
    if words is None or not _NUMBER.fullmatch(words) or not re.search("imdb|tconst", row.columns["film_id"].lower()):
        return words
    return f"tt{int(words):07d}"  # some tables leave the letters out


def _year(value: object) -> int | None:
    match = _YEAR.fullmatch(_words(value) or "")
    return int(match[1]) if match else None


def _rating(row: Row, guess: float | None) -> Rating | None:
    given = _words(row.values.get("rating"))
    if given is None:
        return None
    own = _SCALE.fullmatch(_words(row.values.get("scale")) or "")
    return parse(given, (float(own[0]) or None) if own else row.scale or guess)
