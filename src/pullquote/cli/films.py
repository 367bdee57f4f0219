"""``pullquote films``: all films of a folder of readings, counted once."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .answers import print_table
from .complaints import ending_well, refusing
from .progress import counting, wanted

if TYPE_CHECKING:
    from ..folder.sums import FilmSums


class Print(StrEnum):
    """How films are printed, by the names users give it."""

    csv = "csv"
    jsonl = "jsonl"


def films(
    folder: Annotated[str, typer.Argument(metavar="DIR", show_default=False, help="Folder of readings.")],
    sums: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the counts are kept. Default: films.duckdb in DIR.")
    ] = None,
    aspects: Annotated[bool, typer.Option("--aspects", help="One row for each film and aspect.")] = False,
    min_reviews: Annotated[
        int, typer.Option("--min-reviews", metavar="N", min=1, help="Leave out films with fewer reviews.")
    ] = 1,
    format: Annotated[Print, typer.Option(help="Form of print.")] = Print.csv,
) -> None:
    """Count stars, praise and blame of every film in a folder of readings, most reviewed first.

    What was counted before is not read again, only files that have come since. Exit code: 0 counted, 1 some of it
    could not be read, 2 no readings there.
    """
    with ending_well():
        from ..errors import InputError
        from ..folder.found import find

        with refusing():
            found = find(folder)
            if found is None:
                raise InputError(f"{folder}: no readings there; name a folder that pullquote read --engine ray wrote")
            from ..folder.sums import Sums

            kept = Sums(sums or Path(folder) / "films.duckdb")
        with kept:
            with counting(found.rows, shown=wanted()) as show:
                for done in kept.update(found):
                    show(done, 0)
            told = kept.films(at_least=min_reviews)
            rows = [row for one in told for row in (_aspects(one) if aspects else [_row(one)])]
        import pyarrow as pa

        from ..library.answer import Answer

        print_table(Answer(pa.Table.from_pylist(rows)), format)


def _row(one: FilmSums) -> dict[str, Any]:
    share = one.favourable
    return {
        "film": one.film, "title": one.title, "year": one.year, "reviews": one.reviews, "given": one.given,
        "mean": round(one.mean, 4), "spread": None if one.spread is None else round(one.spread, 4),
        "favourable": int(share.part), "share": share.share, "low": share.low, "high": share.high,
        **{f"stars_{star}": number for star, number in enumerate(one.histogram, 1)},
    }  # fmt: skip


def _aspects(one: FilmSums) -> Iterator[dict[str, Any]]:
    for aspect, counts in one.aspects.items():
        yield {
            "film": one.film, "title": one.title, "year": one.year, "aspect": aspect, "praise": counts.praise,
            "blame": counts.blame, "mixed": counts.mixed, "praise_quotes": counts.praise_quotes,
            "blame_quotes": counts.blame_quotes, "mixed_quotes": counts.mixed_quotes,
            "net": counts.net.share, "net_low": counts.net.low, "net_high": counts.net.high,
        }  # fmt: skip
