"""The docs describe every table and column there is."""

import re
from pathlib import Path

from pullquote.library.store import Store

ROOT = Path(__file__).parents[2]


def test_every_table_and_column_is_described(tmp_path: Path):
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    described = {
        match[1]: set(re.findall(r"`([a-z_]+)`", match[2])) for match in re.finditer(r"^\| `(\w+)` \|(.*)$", page, re.M)
    }
    with Store(tmp_path / "l.duckdb", write=True) as store:
        columns = store.connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal")
        for table, column in columns.fetchall():
            if table in ("sentences", "ratings"):
                assert f"`{table}`" in page
            else:
                assert column in described[table], f"{table}.{column}"
