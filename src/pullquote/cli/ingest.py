"""``pullquote ingest``: reviews in, read once, kept in the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..cores import MOST, cores
from .complaints import SOME_FAILED, complain, ending_well, note, refusing
from .progress import counting, wanted

if TYPE_CHECKING:
    from ..folder.found import Readings
    from ..library.ingest import Progress
    from ..library.store import Store
    from ..sources.record import Failure, Record


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            show_default=False,
            help="Files, folders, tables, archives of reviews, or - for standard input (docs/sources.md); "
            "folders of readings, which are loaded as they are (docs/library.md).",
        ),
    ],
    library: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Library file. Default: $PULLQUOTE_LIBRARY, else pullquote.duckdb here."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Model to read with. Default: the one that comes along.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=MOST, help="Processes that read many reviews. Default: the cores."),
    ] = None,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read again what another model read; the old reading is kept.")
    ] = False,
    map: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Take FIELD (text, title, rating, ...) from COLUMN."),
    ] = None,
    scale: Annotated[
        float | None, typer.Option(metavar="N", min=1, help="Best score of ratings that do not tell it themselves.")
    ] = None,
    max_chars: Annotated[
        int, typer.Option("--max-chars", metavar="N", min=1, help="Longest review to read, in characters.")
    ] = 200_000,
    no_index: Annotated[
        bool, typer.Option("--no-index", help="Leave the search index as it is; pullquote index brings it up to date.")
    ] = False,
) -> None:
    """Read reviews into the library, or load readings that are there already.

    It may be stopped at any moment and run again: what is there is not read twice. What cannot be read is listed
    by `pullquote failures`. Exit code: 0 all went well, 1 some failed, 2 nothing was tried.
    """
    with ending_well():
        from ..errors import InputError
        from ..sources.columns import mapping
        from ..sources.open import count, named_records

        with refusing():
            columns = mapping(map or [])
            loaded, unread = _parted(sources)
            if not unread and (model or reread or map or scale):
                raise InputError(
                    "--model, --reread, --map and --scale say how reviews are read; these are readings already"
                )
            records = named_records(unread, mapping=columns, scale=scale)
            total = count(unread) if wanted() else None
            if total is not None:
                total += sum(found.rows for found in loaded)

            from ..library.ingest import Ingest, Progress
            from ..library.store import library_path
            from ..library.store import open_library as opened

            store = opened(library, write=True)
        with store:
            done = Progress()
            with counting(total, shown=wanted()) as show:
                for progress in _load(store, loaded):
                    done = progress
                    show(done.seen, done.failed)
                if unread:
                    run = Ingest(
                        store, model=model, workers=workers or cores(), reread=reread, max_chars=max_chars,
                        complain=_complain,
                    )  # fmt: skip
                    before = done
                    for progress in run.run(_with_notes(records)):
                        done = before + progress
                        show(done.seen, done.failed)
            if not no_index:
                _index(store)
        parts = [f"{done.stored:,} stored", f"{done.known:,} there already"]
        if reread:
            parts.append(f"{done.reread:,} read again")
        if done.failed:
            parts.append(f"{done.failed:,} failed (list them: pullquote failures)")
        complain(f"{library_path(library)}: {', '.join(parts)}")
    if done.failed:
        raise typer.Exit(SOME_FAILED)


def _parted(sources: list[str]) -> tuple[list[Readings], list[str]]:
    """Those of ``sources`` that hold readings, and those that hold reviews to be read."""
    from ..folder.found import find

    found = {source: find(source) for source in sources}
    return [one for one in found.values() if one], [source for source in sources if not found[source]]


def _load(store: Store, loaded: list[Readings]) -> Iterator[Progress]:
    if loaded:
        from ..folder.load import Load

        run = Load(store, complain=_complain)
        for found in loaded:
            yield from run.run(found)


def _complain(origin: str, reason: str) -> None:
    complain(f"{origin}: {reason}")


def _index(store: Store) -> None:
    """Bring the search index up to date; the reviews are safe whatever becomes of it."""
    from ..errors import PullquoteError
    from ..search.index import update

    try:
        update(store)
    except PullquoteError as error:
        complain(f"note: the search index is not up to date: {error}")


def _with_notes(records: Iterator[tuple[str, Record | Failure]]) -> Iterator[tuple[str, Record | Failure]]:
    """The same; what the sources have to say of a review goes to standard error on the way."""
    for source, record in records:
        for notice in getattr(record, "notices", ()):
            note(record.origin, notice)
        yield source, record
