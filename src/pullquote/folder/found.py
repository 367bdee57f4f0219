"""Readings in Parquet where a user names them: a folder that was marked as such, or any Parquet with their columns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ExportError, InputError
from ..reading import SCHEMA
from ..scale.manifest import ENTRIES, FAILURES, READINGS, Entry, entry
from ..scale.order import MARK
from ..scale.place import Place
from ..scale.schema import failure_schema, row_schema
from ..scale.spark import FAILURE
from ..scale.storage import brief, joined, located, remote, shown, whole

if TYPE_CHECKING:
    import pyarrow as pa

#: By these columns one sees that a Parquet file holds readings, and no reviews to be read.
_TELLING = frozenset({"schema", "model", "verdict", "segments", "mentions", "opinions"})
#: What names of such files end with.
PARQUET = ".parquet"
_THREADS = 32


@dataclass(frozen=True, slots=True)
class Piece:
    """One Parquet file: its address, what people know it by, its rows; its size and SHA-256 where they were kept."""

    address: str
    origin: str
    rows: int
    bytes: int = 0
    sha256: str = ""

    def readings(self, size: int) -> Iterator[pa.Table]:
        """Its rows but those of reviews that failed, at most ``size`` at a time, with the columns of `row_schema`.

        Raises:
            InputError: if it is damaged, cannot be reached, or lacks columns; the message does not name the file.
        """
        wanted = row_schema()
        with self._opened() as file:
            names = file.schema_arrow.names
            check_columns(names)
            beside = [FAILURE] if FAILURE in names else []
            for found in _batches(file, size, [*wanted.names, *beside]):
                table = found.filter(found.column(FAILURE).is_null()) if beside else found
                table = table.select(wanted.names).cast(wanted)
                if not table.num_rows:
                    continue
                schemas = set(table.column("schema").unique().to_pylist())
                if schemas != {SCHEMA}:
                    raise InputError(f"its readings are of the form {schemas.pop()}, this Pullquote knows {SCHEMA}")
                yield table

    def failures(self) -> list[tuple[str, str, str]]:
        """Source, origin and reason of reviews that failed: its rows, or those with a failure where readings stand.

        Raises:
            InputError: as `readings`.
        """
        import pyarrow as pa

        with self._opened() as file:
            if FAILURE not in file.schema_arrow.names:
                tables = [table.select(failure_schema().names) for table in _batches(file, 10_000)]
            else:
                columns = ["source", "origin", FAILURE]
                tables = [table.filter(table.column(FAILURE).is_valid()) for table in _batches(file, 10_000, columns)]
            whole = [table.rename_columns(failure_schema().names).cast(failure_schema()) for table in tables]
            return [tuple(row.values()) for row in pa.concat_tables(whole).to_pylist()] if whole else []

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            system, path = located(self.address)
            if self.sha256:
                with system.open_input_stream(path) as stream:
                    if hashlib.file_digest(stream, "sha256").hexdigest() != self.sha256:
                        raise InputError("not what was written there; fetch the file again, or read the part again")
            with system.open_input_file(path) as source:
                yield pq.ParquetFile(source)
        except pa.ArrowException as error:
            raise InputError(f"no whole table of readings ({brief(error)}); fetch the file again") from error
        except OSError as error:
            raise InputError(f"cannot be fetched ({brief(error)})") from error


@dataclass(frozen=True, slots=True)
class Readings:
    """Readings as a user named them: files with readings, and files with failures."""

    name: str
    readings: tuple[Piece, ...]
    failures: tuple[Piece, ...]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(piece.rows for piece in (*self.readings, *self.failures))


def damaged(pieces: Iterable[Piece]) -> str | None:
    """What people know the first file by that is not what was written there; None where that cannot be told."""
    for piece in pieces:
        if piece.sha256:
            with Path(piece.address).open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != piece.sha256:
                    return piece.origin
    return None


def check_columns(names: Sequence[str]) -> None:
    """Let columns pass that are those of readings with their reviews.

    Raises:
        InputError: if some are missing.
    """
    if "text" not in names:
        raise InputError(
            "readings without the reviews' text, which a library keeps and quotes from; write them with their text: "
            "pullquote read --engine ray does"
        )
    if missing := [name for name in row_schema().names if name not in names]:
        raise InputError(f"readings without the columns {', '.join(missing)}; docs/scale.md lists what is needed")


def find(named: str) -> Readings | None:
    """The readings in a folder, at an address or in a file; None where there are no readings, or nothing at all.

    Only parts that count are among them: those with an entry in the manifest.

    Raises:
        InputError: if storage cannot be reached, or an entry is damaged.
    """
    if not remote(named) and not Path(named).exists():
        return None
    address = whole(named, str(Path.cwd()))
    if remote(address) or Path(address).is_dir():
        place = Place(address)
        try:
            if place.get(MARK) is not None:
                return _marked(named, place)
        except ExportError as error:
            check = "the address, the network and the credentials" if remote(address) else "who may read it"
            raise InputError(f"{error}; check {check}") from error
    if remote(address):
        raise InputError(
            f"{shown(address)}: no folder of readings; from storage only such are loaded ({MARK} is missing)"
        )
    path = Path(address)
    files = sorted(path.glob(f"*{PARQUET}")) if path.is_dir() else [path] if path.suffix == PARQUET else []
    files = [file for file in files if not file.name.startswith((".", "_"))]
    import pyarrow.parquet as pq

    if not any(_has_readings(file) for file in files[:1]):
        return None
    pieces = tuple(Piece(str(file), str(Path(named) / file.relative_to(path)), _rows(file)) for file in files)
    # Spark writes failures beside the readings.
    mixed = FAILURE in pq.read_schema(files[0]).names
    return Readings(named, pieces, tuple(replace(piece, rows=0) for piece in pieces) if mixed else ())


def _marked(named: str, place: Place) -> Readings:
    parts = sorted(name.removesuffix(".json") for name in place.names(ENTRIES) if name.endswith(".json"))
    with ThreadPoolExecutor(_THREADS) as threads:
        entries = [found for found in threads.map(lambda part: entry(place, part), parts) if found is not None]

    def piece(folder: str, one: Entry) -> Piece:
        name = f"{folder}/{one.part}{PARQUET}"
        address, origin = joined(place.address, name), f"{shown(named).rstrip('/')}/{name}"
        return (
            Piece(address, origin, one.read, one.bytes, one.sha256)
            if folder == READINGS
            else Piece(address, origin, one.failed)
        )

    return Readings(
        shown(named),
        tuple(piece(READINGS, one) for one in entries if one.read),
        tuple(piece(FAILURES, one) for one in entries if one.failed),
    )


def _has_readings(file: Path) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return set(pq.read_schema(file).names) >= _TELLING
    except (OSError, pa.ArrowException):
        return False


def _rows(file: Path) -> int:
    """How many rows a file holds; none where it cannot be read, which is told when its turn comes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(file).num_rows)
    except (OSError, pa.ArrowException):
        return 0


def _batches(file: Any, size: int, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    import pyarrow as pa

    for batch in file.iter_batches(batch_size=size, columns=columns):
        table = pa.Table.from_batches([batch])
        yield table.select(columns) if columns else table
