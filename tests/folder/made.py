"""Folders of readings made by hand, with their manifest, as `pullquote read --engine ray` writes them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pullquote.folder.asked import Folder
from pullquote.library.rows import Read
from pullquote.library.store import Store
from pullquote.reading import SCHEMA, Film, Reading
from pullquote.scale.manifest import Entry, entry_name
from pullquote.scale.order import FORM, MARK
from pullquote.scale.schema import failures, rows

from ..library.made import TEXT, reading, record

SOURCE = "reviews.csv"


def reads() -> list[Read]:
    """Reviews of three films with every kind of claim, in an order that tells."""
    made = []
    for i in range(9):
        text = f"{TEXT} Number {i}."
        known: list[dict[str, object]] = [
            {"film_id": "tt1", "title": None if i < 3 else "The Lamp"},
            {"title": "Other Lamps", "year": 1990 + i % 2},
            {},
        ]
        one = reading(f"r{i}", text=text)
        if i == 5:
            one = msgspec.structs.replace(one, film=Film(title="Lamps", start=0, end=5, confidence=0.2))
        if i == 8:
            one = Reading(id=one.id, model=one.model, verdict=one.verdict)
        made.append(Read(SOURCE, record(f"r{i}", text, **known[i % 3]), one))
    return made


def table(some: Sequence[Read]) -> pa.Table:
    """Their rows."""
    lines = [with_text(one.reading, one.record.text).to_json() for one in some]
    return rows(SOURCE, [one.record for one in some], lines)


def beside(path: Path) -> Path:
    """All of `reads` in one file with a failure among them, as Spark writes it."""
    from pullquote.scale.spark import FAILURE

    whole = table(reads())
    schema = pa.schema([field.with_nullable(True) for field in whole.schema] + [pa.field(FAILURE, pa.string())])
    good = pa.Table.from_arrays([*whole.columns, pa.nulls(whole.num_rows, pa.string())], schema=schema)
    told = {"source": SOURCE, "origin": "reviews.csv:7", FAILURE: "the row is torn"}
    bad = pa.Table.from_pylist([{name: told.get(name) for name in schema.names}], schema)
    pq.write_table(pa.concat_tables([good.slice(0, 4), bad, good.slice(4)]), path)
    return path


def with_text(one: Reading, text: str) -> Reading:
    """The reading as it is printed with its text."""
    return msgspec.structs.replace(one, text=text)


def part(folder: Path, number: int, some: Sequence[Read], failed: Sequence[tuple[str, str]] = ()) -> Path:
    """Write one part with its entry; gives its Parquet."""
    name = f"reviews-0123456789ab-{number:05}"
    for own in ("readings", "failures", "manifest"):
        (folder / own).mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_bytes(msgspec.json.encode({"form": FORM, "schema": SCHEMA, "model": "hand/1"}))
    path = folder / "readings" / f"{name}.parquet"
    pq.write_table(table(some), path, compression="zstd", row_group_size=2)
    if failed:
        pq.write_table(failures(SOURCE, failed), folder / "failures" / f"{name}.parquet")
    data = path.read_bytes()
    entry = Entry(
        part=name, input="/x/reviews.csv", size=1, modified="", number=number, last=False,
        rows=len(some) + len(failed), read=len(some), failed=len(failed), bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(), model="hand/1", version="1",
    )  # fmt: skip
    (folder / entry_name(name)).write_bytes(msgspec.json.encode(entry))
    return path


def folder(path: Path) -> Path:
    """All of `reads` in three parts, one of them with a failure."""
    made = reads()
    part(path, 0, made[:4])
    part(path, 1, made[4:6], [("reviews.csv:7", "the row is torn")])
    part(path, 2, made[6:])
    return path


def contents(store: Store | Folder, name: str) -> list[tuple[object, ...]]:
    """Rows of a table in their order, without the moments at which they were written."""
    moments = {"added", "read_at", "failed_at"}
    columns = [row[0] for row in store.connection.execute(f"DESCRIBE {name}").fetchall()]
    kept = ", ".join(f'"{column}"' for column in columns if column not in moments)
    order = "ORDER BY ALL" if name in ("films", "people", "failures", "ratings", "sentences") else ""
    return store.connection.execute(f"SELECT {kept} FROM {name} {order}").fetchall()
