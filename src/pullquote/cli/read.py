"""``pullquote read``: reviews in, readings out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..cores import MOST, cores
from ..errors import InputError
from .complaints import SOME_FAILED, ending_well, refusing
from .formats import Format, check_page, chosen, printer
from .output import check, opened
from .progress import counting, wanted
from .scaled import Engine, read_on_ray

if TYPE_CHECKING:
    from ..sources.record import Failure, Record


def read(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            show_default=False,
            help="Texts, saved pages, tables, JSON lines, archives or folders of these, or - for standard input.",
        ),
    ],
    format: Annotated[
        Format | None,
        typer.Option(help="Form of print. Default: by the output's suffix; else card on a terminal, jsonl elsewhere."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="File to write; it appears whole or not at all. With --engine ray, the folder to write.",
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Model to read with. Default: the one that comes along."),
    ] = None,
    map: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Take FIELD (text, title, rating, ...) from COLUMN."),
    ] = None,
    scale: Annotated[
        float | None, typer.Option(metavar="N", help="Best score of ratings that do not tell it themselves.")
    ] = None,
    spoilers: Annotated[bool, typer.Option("--spoilers", help="Show what gives the story away, unveiled.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="Print the review's text in json and jsonl.")] = False,
    max_chars: Annotated[
        int, typer.Option("--max-chars", metavar="N", min=1, help="Longest review to read, in characters.")
    ] = 200_000,
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=MOST, help="Processes that read many reviews. Default: the cores."),
    ] = None,
    threads: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Processor threads of a single process. Default: as many as help."),
    ] = None,
    engine: Annotated[
        Engine,
        typer.Option(help="What does the work; ray reads tables on many machines, into a folder of Parquet files."),
    ] = Engine.processes,
    address: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Ray cluster: ray://HOST:10001. Default: this machine."),
    ] = None,
    part: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Reviews in one file of the folder that ray writes. Default: 1000."),
    ] = None,
) -> None:
    """Read reviews and print what they say.

    What cannot be read is named on standard error and the rest is read all the
    same. Exit code: 0 all was read, 1 some was not, 2 nothing was tried.
    """
    if engine is Engine.ray:
        read_on_ray(
            inputs, output, address, model=model, map=map, scale=scale, max_chars=max_chars, part=part,
            workers=workers, others=[format, threads, spoilers],
        )  # fmt: skip
        return
    with ending_well():
        from ..crew.run import reading
        from ..sources.columns import mapping
        from ..sources.open import count, records
        from .documents import Documents

        path = None if output is None else Path(output)
        form = chosen(format, path)
        on_screen = path is None and form is Format.card
        with refusing():
            if address is not None or part is not None:
                raise InputError("--address and --part go with --engine ray")
            found = records(inputs, mapping=mapping(map or []), scale=scale)
            if path is not None:
                check(path, inputs)
            shown = wanted(cards_on_screen=on_screen)
            total = count(inputs) if shown or form is Format.html else None
            if form is Format.html:
                check_page(total)
            documents = Documents(_fitting_a_page(found) if form is Format.html else found)
        with ExitStack() as ending:
            out = ending.enter_context(opened(path))
            with refusing():
                answers = ending.enter_context(
                    reading(
                        documents.texts(), model=model, workers=workers or cores(), max_chars=max_chars,
                        threads=threads, with_text=with_text,
                    )
                )  # fmt: skip
            show = ending.enter_context(counting(total, shown=shown and total != 1))
            prints = printer(form, spoilers=spoilers)(out)
            number = 0
            for record, told in documents.read(answers):
                prints.add(told.line, record.text)
                number += 1
                show(number + documents.failed, documents.failed)
            if number:
                prints.end()
                out.keep()
    if documents.failed:
        raise typer.Exit(SOME_FAILED)


def _fitting_a_page(found: Iterator[Record | Failure]) -> Iterator[Record | Failure]:
    """The same, as long as a page holds them: where they come from a pipe nobody could count them before."""
    from ..sources.record import Record

    number = 0
    for item in found:
        number += isinstance(item, Record)
        check_page(number)
        yield item
