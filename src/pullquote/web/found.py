"""Around questions that name something: what is not there becomes "not found", what may be several a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import AmbiguousName, InputError
from ..questions.films import films_by_id
from .problems import Refused

if TYPE_CHECKING:
    import duckdb

#: Choices listed where a name may mean several.
_LISTED = 20


@contextmanager
def sought(connection: duckdb.DuckDBPyConnection, link: Callable[[str], str | None] | None = None) -> Iterator[None]:
    """Around a question that finds a film or person by name.

    Args:
        link: the page of one of the candidates, where the name means several.

    Raises:
        Refused: 404 if the library knows none, with the candidates if it knows several.
    """
    try:
        yield
    except AmbiguousName as error:
        names = {film.film: film.name for film in films_by_id(connection, error.candidates)}
        listed = ((names.get(one, one), link(one) if link else None) for one in error.candidates[:_LISTED])
        choices = tuple((name, url) for name, url in listed if url)
        raise Refused(404, "Several are called so. Which one is meant?", choices) from error
    except InputError as error:
        raise Refused(404, "This library knows none of that name.") from error
