"""A folder asked where it lies: the same tables and the same answers as those of a library made of it."""

import re
from importlib.resources import files
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pullquote import Library
from pullquote.errors import AmbiguousName, InputError
from pullquote.export.statement import ask, shut
from pullquote.folder.asked import Folder
from pullquote.folder.found import find
from pullquote.folder.load import Load
from pullquote.folder.opened import asking, open_asked
from pullquote.library.store import Store
from pullquote.questions.blurbs import blurbs
from pullquote.questions.compare import compare
from pullquote.questions.dossier import dossier
from pullquote.questions.person import person
from pullquote.questions.rank import rank
from pullquote.questions.timeline import timeline

from .made import contents, folder, part, reads, table


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder of readings."""
    return folder(tmp_path / "out")


@pytest.fixture
def loaded(tmp_path: Path, out: Path) -> Store:
    """The library made of it."""
    found = find(str(out))
    assert found is not None
    store = Store(tmp_path / "l.duckdb", write=True)
    for _ in Load(store).run(found):
        pass
    return store


def tables() -> list[str]:
    """All tables and views of a library."""
    schema = (files("pullquote.library") / "schema.sql").read_text(encoding="utf-8")
    return re.findall(r"CREATE (?:TABLE|VIEW) (\w+)", schema)


def test_every_table_has_the_same_columns_and_rows(out: Path, loaded: Store):
    with open_asked(out) as asked:
        kinds = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
        for name in tables():
            wanted = loaded.connection.execute(kinds, [name]).fetchall()
            assert wanted and asked.connection.execute(kinds, [name]).fetchall() == wanted, name
            if name != "meta":
                assert contents(asked, name) == contents(loaded, name), name


def test_questions_have_the_same_answers(out: Path, loaded: Store):
    there = loaded.connection
    for named in ("tt1", "Other Lamps (1990)", "title:lamp"):
        with asking(out, [named]) as connection:
            for spoilers in (False, True):
                assert dossier(connection, named, spoilers=spoilers) == dossier(there, named, spoilers=spoilers)
            assert blurbs(connection, named).rows() == blurbs(there, named).rows()
            film = dossier(there, named).film.film
            assert timeline(connection, film).rows() == timeline(there, film).rows()
    pair = ("tt1", "Other Lamps (1991)")
    with asking(out, pair) as connection:
        assert compare(connection, pair) == compare(there, pair)
    with asking(out) as connection:
        assert rank(connection, "acting", min_reviews=1).rows() == rank(there, "acting", min_reviews=1).rows()
        assert rank(connection, min_reviews=1).rows() == rank(there, min_reviews=1).rows()
        assert person(connection, "Jon Vale") == person(there, "Jon Vale")


def test_names_of_films_are_looked_up_in_all_of_the_folder(out: Path):
    with pytest.raises(AmbiguousName), asking(out, ["Other Lamps"]):
        pass
    with pytest.raises(InputError, match="no film"), asking(out, ["Kites"]):
        pass


def test_a_review_that_stands_twice_counts_once(out: Path, loaded: Store):
    part(out, 3, reads()[::-1])
    there = loaded.connection
    with asking(out, ["tt1"]) as connection:
        assert dossier(connection, "tt1") == dossier(there, "tt1")
    with asking(out) as connection:
        assert rank(connection, "acting", min_reviews=1).rows() == rank(there, "acting", min_reviews=1).rows()
        assert person(connection, "Jon Vale") == person(there, "Jon Vale")
    with open_asked(out) as asked:
        for name in tables():
            if name != "meta":
                assert sorted(contents(asked, name), key=repr) == sorted(contents(loaded, name), key=repr), name


def test_a_file_alone_can_be_asked(tmp_path: Path):
    pq.write_table(table(reads()), tmp_path / "it's.parquet")
    with asking(tmp_path / "it's.parquet") as connection:
        assert connection.execute("SELECT count(*), min(review), max(review) FROM reviews").fetchall() == [(9, 1, 9)]


@pytest.mark.parametrize(
    "statement",
    [
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}' (USE_TMP_FILE false)",
        "COPY (SELECT 1) TO '{file}' (USE_TMP_FILE false)",
        "DROP VIEW reviews",
        "SELECT * FROM read_text('/etc/hostname')",
        "SET allowed_paths = ['/etc/hostname']",
        "INSTALL httpfs",
        "ATTACH '{file}x' AS other",
    ],
)
def test_nothing_but_the_folder_can_be_asked_and_nothing_done(out: Path, statement: str):
    file = next((out / "readings").glob("*"))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with open_asked(out) as asked:
        assert isinstance(asked, Folder)
        shut(asked.connection, asked.files)
        rows = ask(asked.connection, "SELECT count(*) FROM opinions", explain=False)
        assert next(rows.batches).to_pylist()[0] == {"count_star()": 8}
        with pytest.raises(InputError):
            list(ask(asked.connection, statement.format(file=file), explain=False).batches)
    assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_what_cannot_be_asked_is_told(tmp_path: Path, out: Path):
    torn = next((out / "readings").glob("*-00001.parquet"))
    whole = torn.read_bytes()
    torn.write_bytes(whole[:-9])
    with pytest.raises(InputError, match=r"00001\.parquet: the file is not whole"):
        open_asked(out)
    torn.unlink()
    with pytest.raises(InputError, match=r"00001\.parquet: No such file"):
        open_asked(out)
    for entry in (out / "manifest").iterdir():
        entry.unlink()
    with pytest.raises(InputError, match="no readings in it yet"):
        open_asked(out)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="neither a library nor readings"):
        open_asked(tmp_path / "empty")
    pq.write_table(table(reads()).drop_columns(["text"]), tmp_path / "x.parquet")
    with pytest.raises(InputError, match="with their text"):
        open_asked(tmp_path / "x.parquet")
    pq.write_table(table(reads()).drop_columns(["key"]), tmp_path / "z.parquet")
    with pytest.raises(InputError, match="columns key"):
        open_asked(tmp_path / "z.parquet")
    (tmp_path / "y.parquet").write_bytes(b"no parquet")
    with pytest.raises(InputError, match="neither"):
        open_asked(tmp_path / "y.parquet")


def test_a_file_damaged_inside_is_told_when_it_is_asked(out: Path):
    torn = next((out / "readings").glob("*-00000.parquet"))
    data = bytearray(torn.read_bytes())
    data[4:2000] = bytes(1996)
    torn.write_bytes(data)
    with pytest.raises(InputError, match=r"out.*00000\.parquet"), asking(out, ["tt1"]):
        pass


def test_the_same_from_python(out: Path, loaded: Store):
    there = loaded.connection
    with Library(out) as asked:
        assert asked.film("tt1") == dossier(there, "tt1")
        assert asked.compare("tt1", "Other Lamps (1991)") == compare(there, ("tt1", "Other Lamps (1991)"))
        assert asked.rank("acting", min_reviews=1).rows() == rank(there, "acting", min_reviews=1).rows()
        assert asked.person("Jon Vale") == person(there, "Jon Vale")
        assert asked.blurbs("tt1").rows() == blurbs(there, "tt1").rows()
        assert asked.timeline("tt1").rows() == timeline(there, dossier(there, "tt1").film.film).rows()
        assert asked.sql("SELECT count(*) AS n FROM reviews WHERE review > ?", [2]).rows() == [{"n": 7}]
        with pytest.raises(InputError, match="no film"):
            asked.film("Kites")
        with pytest.raises(InputError, match="is a folder"):
            asked.check()
