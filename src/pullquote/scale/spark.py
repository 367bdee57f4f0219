"""The same for those who live in Spark: a DataFrame of reviews in, one of readings out. Needs the extra ``spark``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..library.missing import extra
from ..reader.limits import MAX_CHARS
from ..sources.columns import Columns, hints, resolve
from ..sources.record import Failure, Record
from ..sources.rows import Row
from ..sources.rows import records as from_rows
from .parts import Item
from .reading import answers
from .schema import row_schema, rows

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from ..reader import Reader

#: What the column ``source`` says.
SOURCE = "spark"
#: The column that says why a review was not read; null where it was.
FAILURE = "failure"
#: Reviews in memory at a time.
_BATCH = 512


def read_reviews(
    reviews: DataFrame, *, model: str | None = None, mapping: Mapping[str, str] | None = None,
    scale: float | None = None, max_chars: int = MAX_CHARS,
) -> DataFrame:  # fmt: skip
    """Read a DataFrame of reviews, its columns recognised as those of any table.

    Gives the columns of `schema.row_schema`, and ``failure``: why a review was not read, where there is one; then the
    columns of the reading are null. A review without an id is called by its partition and its place there. Ratings
    that do not tell what they are out of need ``scale``, since no task sees the whole column.

    Args:
        mapping: columns by field, where they have no usual name.
        scale: best score of ratings that do not tell it themselves.
        max_chars: longest review to read, in code points.

    Raises:
        InputError: if pyspark is missing, no column is known to hold the text, or a field is unknown.
    """
    with extra("spark"):
        from pyspark.sql.pandas.types import from_arrow_schema

    columns = resolve(tuple(reviews.columns), hints(mapping, scale))

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from ..reader import Reader

        # The weights are loaded once in each process.
        reader = Reader(model, max_chars=max_chars, threads=1)
        group: list[Item] = []
        for item in _items(batches, columns):
            group.append(item)
            if len(group) == _BATCH:
                yield from _answered(reader, group, max_chars)
                group = []
        if group:
            yield from _answered(reader, group, max_chars)

    wanted = [f"`{name}`" for name in dict.fromkeys(columns.of.values())]
    return reviews.select(*wanted).mapInArrow(read, from_arrow_schema(_schema()))


def _items(batches: Iterator[pa.RecordBatch], columns: Columns) -> Iterator[Item]:
    from pyspark import TaskContext

    task = TaskContext.get()
    name = f"{SOURCE}-{task.partitionId() if task else 0}"
    for found in from_rows(_rows(batches, columns, name), name=name, origin=name, guessing=False):
        if isinstance(found, Record):
            yield found, None
        elif found.origin != name:  # which would say that the partition is empty
            yield None, found


def _rows(batches: Iterator[pa.RecordBatch], columns: Columns, name: str) -> Iterator[Row | Failure]:
    number = 0
    for batch in batches:
        for cells in batch.to_pylist():
            number += 1
            values = {field: cells[column] for field, column in columns.of.items()}
            yield Row(f"{name}:{number}", number, values, columns.of, columns.scale)


def _answered(reader: Reader, items: list[Item], max_chars: int) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    records, lines, failed = answers(reader, items, max_chars)
    schema = _schema()
    if lines:
        table = rows(SOURCE, records, lines).append_column(FAILURE, pa.nulls(len(lines), pa.string()))
        yield from table.cast(schema).to_batches()
    if failed:
        told = {
            "source": [SOURCE] * len(failed),
            "origin": [one for one, _ in failed],
            FAILURE: [one for _, one in failed],
        }
        columns = [pa.array(told.get(field.name, [None] * len(failed)), field.type) for field in schema]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _schema() -> pa.Schema:
    """The columns, null allowed everywhere: Spark takes parts that may never be null for another type."""
    import pyarrow as pa

    return pa.schema([*map(_open, row_schema()), pa.field(FAILURE, pa.string())])


def _open(field: pa.Field) -> pa.Field:
    import pyarrow as pa

    kind = field.type
    if pa.types.is_struct(kind):
        kind = pa.struct([_open(one) for one in kind])
    elif pa.types.is_list(kind):
        kind = pa.list_(_open(kind.value_field))
    return pa.field(field.name, kind)
