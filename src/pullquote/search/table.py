"""The table of sentences in LanceDB: its columns, and the indexes over them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa
    from lancedb import Session
    from lancedb.table import AsyncTable, Table

NAME = "sentences"
#: Fewer sentences than this are compared one by one: that is exact, and fast enough.
VECTOR_INDEX_FROM = 50_000
#: Sentences in one cell of the vector index, about, and most cells; sentences for each cell and rounds to find their
#: middles. To lay them out, every sentence is compared with every cell: more cells would cost a large library dearly.
_CELL, _CELLS_MOST, _SAMPLED, _ROUNDS = 4_000, 256, 32, 10
#: Bits a number in the vector index. With four its own distances rank as exact ones nearly do, and no vector is read.
_BITS = 4
#: The cells are laid out anew once there are so many times as many sentences.
_OUTGROWN = 4
#: What an update leaves behind is kept so long, for searches that have begun before it.
_KEPT = timedelta(hours=1)
#: LanceDB warns of none at all.
_AT_ONCE = timedelta(milliseconds=1)
#: Most bytes of the indexes held in memory by one open table; those of a million reviews take about 1.8 GB in all.
_HELD = 2 << 30
#: Words that say nothing by themselves. "not", "no", "never", "too", "most" and their like judge, and stay.
STOP_WORDS = (
    "a an the and or but if of at by for with about into to from in on as is are was were be been being am do does did "
    "has have had having i me my we our you your he him his she her it its they them their this that these those "
    "there here which who whom what s t d ll ve re m will would shall should can could may might"
).split()


def schema(width: int) -> pa.Schema:
    """Columns of the table. Names and sources are there as numbers (`number`), so that no text enters a filter.

    ``opinions`` holds "aspect polarity" of each judgement that begins in the sentence, ``people`` those it names
    or judges; ``claims`` is what an answer tells of it (`claims.packed`); ``vector`` is what it means, ``(width,)``.
    """
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("review", pa.int64(), nullable=False),
            pa.field("segment", pa.int32(), nullable=False),
            pa.field("words", pa.string(), nullable=False),
            pa.field("role", pa.string(), nullable=False),
            pa.field("polarity", pa.string(), nullable=False),
            pa.field("veiled", pa.bool_(), nullable=False),
            pa.field("stars", pa.float64()),
            pa.field("written", pa.date32()),
            pa.field("source", pa.int64(), nullable=False),
            pa.field("opinions", pa.list_(pa.string())),
            pa.field("people", pa.list_(pa.int64())),
            pa.field("claims", pa.binary(), nullable=False),
            pa.field("vector", pa.list_(pa.float16(), width), nullable=False),
        ]
    )


def create(folder: Path, width: int) -> Table:
    """An empty table in a new folder."""
    import lancedb

    return lancedb.connect(folder, session=_session()).create_table(NAME, schema=schema(width))


def opened(folder: Path) -> Table:
    """The table of the index in ``folder``, to be changed.

    Raises:
        Exception: of LanceDB's many kinds, if it is not there or broken.
    """
    import lancedb

    return lancedb.connect(folder, session=_session()).open_table(NAME)


async def opened_to_search(folder: Path) -> AsyncTable:
    """The same table, to be searched from LanceDB's event loop.

    Its blocking twin goes to that loop and back for every step of a search, five times for one ranking.

    Raises:
        Exception: of LanceDB's many kinds, if it is not there or broken.
    """
    import lancedb

    return await (await lancedb.connect_async(folder, session=_session())).open_table(NAME)


def _session() -> Session:
    import lancedb

    return lancedb.Session(index_cache_size_bytes=_HELD)


def indexed(table: Table, laid_out: int = 0) -> int:
    """Build the indexes that are not there yet, and bring all others up to date.

    A table that has none yet is taken for one that nobody searches.

    Args:
        laid_out: how many sentences there were when the cells of the vector index were laid out, 0 if they never were.

    Returns:
        The same number as it is now.
    """
    from lancedb.index import FTS, Bitmap, BTree, IvfRq, LabelList

    there = {column for index in table.list_indices() for column in index.columns}
    rows = table.count_rows()
    if not rows:
        return laid_out
    wanted: dict[str, Any] = {
        "words": FTS(with_position=True, language="English", custom_stop_words=STOP_WORDS),
        "review": BTree(),
        "stars": BTree(),
        "written": BTree(),
        "role": Bitmap(),
        "polarity": Bitmap(),
        "veiled": Bitmap(),
        "source": Bitmap(),
        "opinions": LabelList(),
        "people": LabelList(),
    }
    if rows >= max(VECTOR_INDEX_FROM, _OUTGROWN * laid_out):
        there.discard("vector")
        laid_out = rows
        cells = min(rows // _CELL, _CELLS_MOST)
        # Unit vectors: least squares ranks as the cosine does, and a sentence without words has a place, too.
        wanted["vector"] = IvfRq(
            distance_type="l2", num_partitions=cells, num_bits=_BITS, sample_rate=_SAMPLED, max_iterations=_ROUNDS
        )
    fresh = not there
    if fresh:
        # Many small files become few large ones before anything points into them, and go.
        table.optimize(cleanup_older_than=_AT_ONCE)
    for column, kind in wanted.items():
        if column not in there:
            table.create_index(column, config=kind)
    if not fresh:
        table.optimize(cleanup_older_than=_KEPT)
    return laid_out
