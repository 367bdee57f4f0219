"""``pullquote search``: a question in plain words, answered with sentences of reviews."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .complaints import complain, ending_well, refusing

if TYPE_CHECKING:
    from ..search.ask import Answers


class By(StrEnum):
    """How to search, by the names users give it."""

    words = "words"
    meaning = "meaning"
    both = "both"


class Print(StrEnum):
    """How answers are printed, by the names users give it."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...", show_default=False, help='What to look for; a "phrase" must stand as it is.'
        ),
    ],
    library: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Library file. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here."),
    ] = None,
    film: Annotated[str | None, typer.Option(metavar="TITLE_OR_ID", help="Only reviews of this film.")] = None,
    person: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only sentences that name or judge this person.")
    ] = None,
    aspect: Annotated[
        str | None, typer.Option(metavar="ASPECT", help="Only judgements on this: acting, story, visuals, ...")
    ] = None,
    polarity: Annotated[
        str | None, typer.Option(metavar="POLARITY", help="Only positive, negative, mixed or neutral ones.")
    ] = None,
    role: Annotated[
        str | None, typer.Option(metavar="ROLE", help="Only sentences that are plot, opinion, context or meta.")
    ] = None,
    spoiler_free: Annotated[bool, typer.Option("--spoiler-free", help="Leave out what gives the story away.")] = False,
    min_stars: Annotated[
        float | None, typer.Option("--min-stars", metavar="N", min=1, max=10, help="From so many stars of ten.")
    ] = None,
    max_stars: Annotated[
        float | None, typer.Option("--max-stars", metavar="N", min=1, max=10, help="Up to so many stars of ten.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Written on this day or later.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Written on this day or before.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only from this source, as named when it was ingested.")
    ] = None,
    by: Annotated[By, typer.Option(help="Search by words, by meaning, or by both.")] = By.both,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="Most answers.")] = 10,
    format: Annotated[
        Print | None, typer.Option(help="Form of print. Default: table on a terminal, jsonl elsewhere.")
    ] = None,
) -> None:
    """Search the library's sentences by what they say.

    Exit code: 0 answered (even if nothing was found), 1 failed underway, 2 nothing was tried.
    """
    with ending_well():
        from ..library.store import open_library
        from ..search.ask import search as ask
        from ..search.filters import Filters
        from ..search.index import Index, index_folder

        with refusing():
            filters = Filters(
                film=film, person=person, aspect=aspect, polarity=polarity, role=role, spoiler_free=spoiler_free,
                min_stars=min_stars, max_stars=max_stars, since=since.date() if since else None,
                until=until.date() if until else None, source=source,
            )  # fmt: skip
            store = open_library(library)
        with store, refusing():
            index = Index(index_folder(store.path))
            answers = ask(store.connection, index, " ".join(words), filters=filters, by=by.value, limit=limit)
        if answers.missing:
            complain(
                f"note: not in the search index as they are now: {answers.missing:,} of the library's reviews; "
                "bring it up to date with: pullquote index --update"
            )
        _print(answers, format or (Print.table if sys.stdout.isatty() else Print.jsonl))


def _print(answers: Answers, form: Print) -> None:
    if form is Print.table:
        from rich.console import Console

        from ..render.found import listing

        if answers.found:
            Console(width=None if sys.stdout.isatty() else 100, highlight=False).print(listing(answers.found))
        else:
            complain("nothing found")
        return
    table = answers.answer().arrow()
    out = sys.stdout.buffer
    if form is Print.csv:
        from ..export.commas import write

        write(table.column_names, table.to_batches(), out)
    else:
        from ..export.rowlines import lines

        for line in lines(table.column_names, table.to_batches()):
            out.write(line)
    out.flush()
