"""The library from Python: the same verbs, answers as tables."""

from pathlib import Path

import pytest

from pullquote import Library
from pullquote.errors import InputError, LibraryError
from pullquote.library.store import Store
from pullquote.library.write import add

from .library import made


@pytest.fixture
def library(tmp_path: Path) -> Library:
    path = tmp_path / "l.duckdb"
    with Store(path, write=True) as store:
        add(store, [made.read(f"r{i}", **{**made.RATED, "author": f"author {i}"}) for i in range(12)])
    return Library(path)


def test_a_reading_is_had_by_its_number(library: Library):
    with library:
        assert library.reading(3) == made.reading("r2")
        with pytest.raises(InputError, match="no review 99"):
            library.reading(99)


def test_answers_come_in_every_form(library: Library):
    with library:
        answer = library.sql("SELECT aspect, count(*) AS n FROM opinions WHERE polarity = ? GROUP BY ALL", ["positive"])
        assert answer.rows() == [{"aspect": "acting", "n": 12}]
        assert answer.arrow().num_rows == len(answer) == 1
        assert answer.df()["n"].tolist() == [12]
        assert answer.pl()["aspect"].to_list() == ["acting"]
        assert "<td>acting</td>" in answer._repr_html_()


def test_text_in_notebooks_is_escaped(library: Library):
    with library:
        shown = library.sql("SELECT '<script>' AS \"<b>\"")._repr_html_()
        assert "<script>" not in shown and "<b>" not in shown


def test_the_verbs_of_the_command_line(library: Library, tmp_path: Path):
    with library:
        assert library.check() == []
        assert library.film("The Lamp").film.title == "The Lamp"
        assert [(r["year"], r["reviews"]) for r in library.timeline("the lamp").rows()] == [(2020, 12)]
        assert library.rank("acting", min_reviews=10).rows()[0]["title"] == "The Lamp"
        assert "quote" in library.blurbs("tt1").arrow().column_names
        assert library.person("Jon Vale").name == "Jon Vale"
        assert library.export(tmp_path / "out.jsonl", "jsonl", films=["tt1"]) == 12
        assert len(library.failures()) == 0


def test_reading_again_adds_nothing(library: Library, tmp_path: Path):
    (tmp_path / "a.txt").write_text("A superb film.", encoding="utf-8")
    with library:
        before = library.sql("SELECT count(*) AS n FROM reviews").rows()
        assert library.ingest(tmp_path / "a.txt").stored == 1
        assert library.ingest(tmp_path / "a.txt").known == 1
        assert library.sql("SELECT count(*) AS n FROM reviews").rows() == [{"n": before[0]["n"] + 1}]
        assert library.search("superb film", limit=1).rows()


def test_wrong_statements_are_named(library: Library):
    with library, pytest.raises(InputError, match="nonesuch"):
        library.sql("SELECT * FROM nonesuch")


def test_no_library_no_answer(tmp_path: Path):
    with pytest.raises(LibraryError, match="pullquote ingest"):
        Library(tmp_path / "none.duckdb").failures()
