"""An export from end to end: the chosen reviews in one form, whole at its place or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..errors import ExportError
from ..questions.films import find_film
from . import commas, jsonl, labelstudio, parquet, webannotation
from .docbin import DocBins
from .document import documents
from .gold import GoldLines
from .order import TABULAR, Form, Order
from .place import check_file, check_folder, new_file, new_folder
from .selection import Chosen, chosen
from .tables import named, query

if TYPE_CHECKING:
    from ..library.store import Store


#: Rows of a table in memory at once.
ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Done:
    """What was exported.

    ``widened`` counts the spans that spaCy could keep only as whole tokens; ``untold`` are claims that the form
    ``gold`` cannot tell, in words.
    """

    reviews: int
    widened: int = 0
    untold: tuple[str, ...] = ()


#: Called with how many steps there are, gives what to call after each.
Progress = Callable[[int], Callable[[], None]]


def unseen(steps: int) -> Callable[[], None]:
    """Progress that nobody looks at."""
    return lambda: None


def check(store: Store, order: Order, output: Path | None) -> None:
    """See that ``order`` can be carried out; `export` and `stream` see to it themselves.

    Args:
        output: where to; None is standard output.

    Raises:
        InputError: if it does not hold together, names what is not there, or must not be written to ``output``.
    """
    order.check()
    if output is None:
        order.check_streams()
    elif order.one_file:
        check_file(output, store.path)
    else:
        check_folder(output)
    named(store.connection, order.tables)
    for film in order.selection.films:
        find_film(store.connection, film)


def export(store: Store, order: Order, output: Path, progress: Progress = unseen) -> Done:
    """Export what ``order`` asks for to ``output``, a file or a folder as ``order.one_file`` says.

    Raises:
        InputError: if the order does not hold together, names what is not there, or ``output`` must not be written.
        ExportError: if DuckDB could not write.
    """
    order.check()
    with _chosen(store, order) as reviews, _writing(output):
        # Names first: nothing is begun for a table that is not there.
        names = named(reviews.connection, order.tables)
        if order.one_file:
            with new_file(output, store.path) as part:
                if order.form is Form.parquet:
                    parquet.write(reviews, names[0], part)
                    return Done(reviews.number)
                with part.open("wb") as out:
                    return _stream(reviews, order, out, progress)
        told = {"format": order.form.value, "library": store.meta("library"), "reviews": reviews.number}
        with new_folder(output, told) as folder:
            return _fill(folder, reviews, order, names, progress)


def stream(store: Store, order: Order, out: BinaryIO) -> Done:
    """Write an export that is one file of text on ``out`` as it comes.

    Raises:
        InputError: see `export`; and if the export is no single file of text.
    """
    order.check()
    order.check_streams()
    with _chosen(store, order) as reviews:
        return _stream(reviews, order, out, unseen)


def _chosen(store: Store, order: Order) -> AbstractContextManager[Chosen]:
    return chosen(store, order.selection, corrected=order.form is Form.gold)


def _stream(reviews: Chosen, order: Order, out: BinaryIO, progress: Progress) -> Done:
    if order.form is Form.csv:
        (name,) = named(reviews.connection, order.tables)
        _comma_table(reviews, name, out, order)
        return Done(reviews.number)
    golden = GoldLines()
    step = progress(reviews.number)
    for document in documents(reviews):
        match order.form:
            case Form.jsonl:
                out.write(jsonl.line(document, with_text=order.with_text))
            case Form.gold:
                out.write(golden.line(document))
            case _:
                out.write(webannotation.line(document))
        step()
    return Done(reviews.number, untold=tuple(golden.untold))


def _fill(folder: Path, reviews: Chosen, order: Order, names: Sequence[str], progress: Progress) -> Done:
    if order.form in TABULAR:
        step = progress(len(names))
        for name in names:
            file = folder / f"{name}.{order.form}"
            if order.form is Form.parquet:
                parquet.write(reviews, name, file)
            else:
                with file.open("wb") as out:
                    _comma_table(reviews, name, out, order)
            step()
        return Done(reviews.number)
    step = progress(reviews.number)
    if order.form is Form.labelstudio:
        (folder / "config.xml").write_text(labelstudio.config(), encoding="utf-8")
        with (folder / "tasks.json").open("wb") as out:
            out.write(b"[")
            for i, document in enumerate(documents(reviews)):
                out.write((b",\n" if i else b"\n") + labelstudio.line(document))
                step()
            out.write(b"\n]\n")
        return Done(reviews.number)
    bins = DocBins(folder)
    for document in documents(reviews):
        bins.add(document)
        step()
    bins.end()
    return Done(reviews.number, bins.widened)


def _comma_table(reviews: Chosen, name: str, out: BinaryIO, order: Order) -> None:
    rows = reviews.connection.sql(query(name, reviews))
    commas.write(rows.columns, rows.to_arrow_reader(ROWS), out, spreadsheet_safe=order.spreadsheet_safe)


@contextmanager
def _writing(output: Path) -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.IOException as error:
        raise ExportError(f"{output}: cannot be written: {str(error).splitlines()[0]}; nothing was exported") from error
