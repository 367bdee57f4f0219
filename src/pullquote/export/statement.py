"""One SQL statement asked of a library that can do nothing but answer it.

Three walls, each of which would do: only statements that ask are let through, the library's file is open to be
read, and DuckDB is shut off from files, network, extensions and its own settings before it sees the statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError
from .interrupt import interruptible

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

#: Most memory a statement may take; nothing of it goes to disk.
MEMORY = "2GB"
#: Rows that come at a time.
ROWS = 1_000

_SHUT = (
    # Before access to files is shut off: afterwards this cannot be set any more.
    "SET temp_directory = ''",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET allow_unsigned_extensions = false",
    "SET allow_persistent_secrets = false",
    "SET python_enable_replacements = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)

#: Types that Arrow has no form for: DuckDB hands them over changed or cut.
_NOT_IN_ARROW = re.compile(r"\b(UHUGEINT|BIT|BIGNUM|VARINT|TIME WITH TIME ZONE|TIMETZ)\b")


def shut(connection: duckdb.DuckDBPyConnection, files: Sequence[str] = ()) -> None:
    """Cut ``connection`` off from everything but the library; for as long as it lives.

    Connections of one process to one file share DuckDB's settings, so all of them are shut.

    Args:
        files: whole paths of files that the library is made of; they stay open to be read. DuckDB could write them,
            too, so nothing but SELECT may be asked then (`ask`).
    """
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    if files:
        connection.execute("SET allowed_paths = $1::VARCHAR[]", [list(files)])
    for setting in _SHUT:
        connection.execute(setting)


@dataclass(frozen=True, slots=True)
class Rows:
    """What a statement gives: names of its columns, and its rows as they come."""

    names: list[str]
    batches: Iterator[pa.RecordBatch]


def ask(connection: duckdb.DuckDBPyConnection, text: str, *, limit: int | None = None, explain: bool = True) -> Rows:
    """Ask one statement of a connection that is opened to read and has been `shut`.

    Rows come as they are found; those beyond ``limit`` are not looked for.

    Args:
        explain: let EXPLAIN pass, which can carry out what it explains.

    Raises:
        InputError: if there is no statement or several, if it does not ask but do, or if DuckDB finds fault with it;
            also while rows are taken.
    """
    import duckdb

    text = text.strip()
    try:
        _check(connection, text, explain)
        answer = interruptible(connection, lambda: connection.sql(text))
    except duckdb.Error as error:
        raise InputError(_fault(_with_place(connection, text, error))) from error
    for name, kind in zip(answer.columns, answer.types, strict=True):
        if found := _NOT_IN_ARROW.search(str(kind)):
            raise InputError(f"column {name}: type {found[0]} cannot be printed; ask for it as text: {name}::VARCHAR")
    return Rows(list(answer.columns), _batches(connection, answer, limit))


def _check(connection: duckdb.DuckDBPyConnection, text: str, explain: bool) -> None:
    import duckdb

    asking = {duckdb.StatementType.SELECT} | ({duckdb.StatementType.EXPLAIN} if explain else set())
    statements = connection.extract_statements(text)
    if not statements:
        raise InputError("there is no statement to ask; for instance: SELECT * FROM reviews LIMIT 5")
    if len(statements) > 1:
        raise InputError(f"{len(statements)} statements; ask one at a time")
    if statements[0].type not in asking:
        raise InputError(
            f"{statements[0].type.name} is not allowed: a library is only asked here, by SELECT, FROM, WITH, VALUES, "
            f"DESCRIBE, SUMMARIZE{', SHOW or EXPLAIN' if explain else ' or SHOW'}"
        )


def _batches(
    connection: duckdb.DuckDBPyConnection, answer: duckdb.DuckDBPyRelation, limit: int | None
) -> Iterator[pa.RecordBatch]:
    import duckdb

    left = limit
    try:
        reader = interruptible(connection, lambda: answer.to_arrow_reader(ROWS))
        while left is None or left > 0:
            try:
                batch = interruptible(connection, reader.read_next_batch)
            except StopIteration:
                return
            if left is not None:
                batch = batch.slice(0, left)
                left -= batch.num_rows
            yield batch
    except (duckdb.Error, OSError) as error:
        # Once rows flow, faults reach us through Arrow, as an OSError with DuckDB's words in it.
        raise InputError(_fault(error)) from error


def _with_place(connection: duckdb.DuckDBPyConnection, text: str, error: duckdb.Error) -> duckdb.Error:
    """The same error saying where in the statement; one that is only bound to names says it when it is executed."""
    import duckdb

    if isinstance(error, duckdb.BinderException | duckdb.CatalogException) and "\nLINE " not in str(error):
        try:
            connection.execute(text)
        except duckdb.Error as again:
            return again
    return error


def _fault(error: Exception) -> str:
    """DuckDB's message as one line: what is wrong, its hint, and the place."""
    import duckdb

    message = str(error)
    if isinstance(error, duckdb.OutOfMemoryException) or "Out of Memory Error" in message:
        return (
            f"this needs more than {MEMORY} of memory; ask for fewer rows or columns at a time, or open the library's "
            "file with DuckDB itself"
        )
    said, _, place = message.partition("\n\nLINE ")
    said = re.sub(r"^(\w+: )?[A-Z][\w ]* Error: ", "", said)
    words = " ".join(said.split())
    if found := re.match(r"(\d+): (.*)\n( *)\^", place):
        # The caret stands under the line as printed, which begins with "LINE 1: ".
        near = found[2][max(0, len(found[3]) - len(f"LINE {found[1]}: ")) :]
        return f"{words} (line {found[1]}, at: {near[:40].strip()})"
    return words
