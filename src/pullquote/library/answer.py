"""What a question to the library gives: a table, in whichever form one works with."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


class Answer:
    """A table of answers; ``arrow()`` gives it to any other tool.

    >>> import pyarrow as pa
    >>> answer = Answer(pa.table({"aspect": ["acting"], "praise": [3]}))
    >>> answer.rows(), len(answer)
    ([{'aspect': 'acting', 'praise': 3}], 1)
    """

    def __init__(self, table: pa.Table) -> None:
        """Wrap ``table``."""
        self._table = table

    def arrow(self) -> pa.Table:
        """The table itself."""
        return self._table

    def rows(self) -> list[dict[str, Any]]:
        """One dictionary per row."""
        rows: list[dict[str, Any]] = self._table.to_pylist()
        return rows

    def pl(self) -> Any:
        """As a polars data frame; needs polars."""
        import polars

        return polars.from_arrow(self._table)

    def df(self) -> Any:
        """As a pandas data frame; needs pandas."""
        return self._table.to_pandas()

    def __len__(self) -> int:
        """How many rows."""
        return int(self._table.num_rows)

    def __repr__(self) -> str:
        """How many rows, and the names of the columns."""
        return f"Answer({self._table.num_rows} rows: {', '.join(self._table.column_names)})"

    def _repr_html_(self) -> str:
        """The first rows for notebooks; all text escaped."""
        names = self._table.column_names
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        rows = (
            "<tr>" + "".join(f"<td>{html.escape(str(row[name]))}</td>" for name in names) + "</tr>"
            for row in self._table.slice(0, 20).to_pylist()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
