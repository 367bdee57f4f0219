"""Films side by side: stars, share favourable, and each aspect with a quote of either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError
from ..library.answer import Answer
from .aspects import Tally, aspect_and_side, tallies
from .films import Film, find_film
from .quotes import Quote
from .scope import of_film
from .stars import Stars, stars
from .telling import most_telling

if TYPE_CHECKING:
    import duckdb

#: Candidates looked at for the one quote shown of each side.
_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Side:
    """One film's judgement on one aspect: the counts, and the quote that tells most of praise and of blame."""

    tally: Tally
    praise: Quote | None
    blame: Quote | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the films: its stars, and its side of each aspect that its reviews judge."""

    film: Film
    stars: Stars
    aspects: dict[str, Side]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Films side by side, in the order asked for. ``aspects`` are those of any of them, most often judged first."""

    films: tuple[Compared, ...]
    aspects: tuple[str, ...]

    def answer(self) -> Answer:
        """One row for each aspect and film that judges it, to compute with."""
        import pyarrow as pa

        rows = [
            {
                "aspect": aspect,
                "film": one.film.film,
                "title": one.film.title,
                "year": one.film.year,
                "praise": side.tally.praise,
                "blame": side.tally.blame,
                "mixed": side.tally.mixed,
                "net": side.tally.net.share,
                "net_low": side.tally.net.low,
                "net_high": side.tally.net.high,
                "praise_quote": side.praise.quote if side.praise else None,
                "blame_quote": side.blame.quote if side.blame else None,
            }
            for aspect in self.aspects
            for one in self.films
            if (side := one.aspects.get(aspect))
        ]
        types = {"aspect": pa.string(), "film": pa.string(), "title": pa.string(), "year": pa.int16()}
        types |= {name: pa.int64() for name in ("praise", "blame", "mixed")}
        types |= {name: pa.float64() for name in ("net", "net_low", "net_high")}
        types |= {name: pa.string() for name in ("praise_quote", "blame_quote")}
        return Answer(pa.Table.from_pylist(rows, pa.schema(list(types.items()))))


def compare(connection: duckdb.DuckDBPyConnection, named: Sequence[str], *, spoilers: bool = False) -> Comparison:
    """The films that ``named`` mean, side by side (`find_film`).

    Raises:
        InputError: if fewer than two are named, one is named twice, or one is not found.
    """
    films = [find_film(connection, name) for name in named]
    if len({film.film for film in films}) < max(len(films), 2):
        raise InputError("name two films or more, each once")
    compared = tuple(_one(connection, film, spoilers) for film in films)
    judged: dict[str, int] = {}
    for one in compared:
        for aspect, side in one.aspects.items():
            judged[aspect] = judged.get(aspect, 0) + side.tally.reviews
    return Comparison(compared, tuple(sorted(judged, key=lambda aspect: (-judged[aspect], aspect))))


def _one(connection: duckdb.DuckDBPyConnection, film: Film, spoilers: bool) -> Compared:
    scope = of_film(connection, film.film, spoilers=spoilers)
    best = most_telling(scope, scope.opinions, by=aspect_and_side, each=_CANDIDATES, limit=1)

    def quote(aspect: str, side: str) -> Quote | None:
        return next(iter(best.get((aspect, side), ())), None)

    return Compared(
        film,
        stars(scope.reviews.values()),
        {
            aspect: Side(counts, quote(aspect, "positive"), quote(aspect, "negative"))
            for aspect, counts in tallies(scope.opinions).items()
        },
    )
