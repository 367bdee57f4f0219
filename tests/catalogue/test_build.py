"""Catalogues from IMDb's files and from lists; what is bad leaves the old one as it was."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pullquote.catalogue.build import Built, build
from pullquote.catalogue.keys import key
from pullquote.catalogue.store import Catalogue
from pullquote.errors import InputError

from . import daily


def quiet(line: str) -> None:
    pass


def films(catalogue: Catalogue, title: str) -> set[str]:
    return {entry.film for found in catalogue.look_up([key(title)[0]]).values() for entry in found}


def test_all_kinds_of_films_and_series_but_no_episodes_or_games(catalogue):
    kinds = dict(catalogue.connection.execute("SELECT film, kind FROM films").fetchall())
    assert len(kinds) == 13
    assert set(kinds.values()) == {
        "movie", "tvMovie", "short", "tvShort", "tvSeries", "tvMiniSeries", "tvSpecial", "video"
    }  # fmt: skip
    assert "tt9000007" not in kinds and "tt9000008" not in kinds


def test_nothing_is_null_and_quotes_are_letters(catalogue):
    row = catalogue.connection.execute("SELECT title, year FROM films WHERE film = 'tt9000010'").fetchall()
    assert row == [('"Two" Lives', None)]
    characters = catalogue.connection.execute("SELECT characters FROM credits WHERE film = 'tt9000002'").fetchall()
    assert (r'["Captain \"Red\" Moss"]',) in characters


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("the glass harbour", {"tt9000001", "tt9000002"}),
        ("Der Glashafen", {"tt9000001"}),
        ("El Puerto de Cristal", {"tt9000001"}),
        ("Harbour of Glass", {"tt9000001"}),
        ("Nightwater 2", {"tt9000003"}),
        ("Nightwater Part II", {"tt9000003"}),
        ("Nightwater", {"tt9000004", "tt9000005"}),
        ("Nightwater Resurrection", {"tt9000005"}),
        ("Salt and Iron", {"tt9000006"}),
        ("Elegie", {"tt9000009"}),
        ("Elegy for Anna", {"tt9000009"}),
        ("12 Quiet Rooms", {"tt9000011"}),
        ("The Lamp Keepers Daughter", {"tt9000014"}),
        ("Hafenfolge", set()),
    ],
)
def test_every_way_to_write_a_title_finds_it(catalogue, title, found):
    assert films(catalogue, title) == found


def test_the_part_before_the_colon_is_a_weaker_key(catalogue):
    entries = catalogue.look_up(["nightwater"])["nightwater"]
    assert [(e.film, e.extent) for e in entries] == [("tt9000004", "whole"), ("tt9000005", "short")]
    assert {(e.sharing, e.sharing_any) for e in entries} == {(1, 2)}


def test_people_are_those_of_the_films_with_their_roles(catalogue):
    credited = catalogue.people(["tt9000001"])["tt9000001"]
    assert {(c.name, c.role) for c in credited} == {
        ("Ilse Brandt", "actress"), ("Jürgen Falk", "director"), ("Jürgen Falk", "writer"), ("Otto Falk", "writer"),
    }  # fmt: skip
    named = {name for (name,) in catalogue.connection.execute("SELECT name FROM people").fetchall()}
    assert "Only In Episodes" not in named


def test_votes_are_kept_where_there_are_any(catalogue):
    votes = dict(catalogue.connection.execute("SELECT film, votes FROM films").fetchall())
    assert votes["tt9000004"] == 90210 and votes["tt9000001"] is None


def test_without_the_other_files_titles_alone_are_known(tmp_path):
    folder = daily.write(tmp_path / "imdb", without=("title.akas", "title.principals", "title.crew", "name.basics"))
    said: list[str] = []
    built = build([folder], tmp_path / "c.duckdb", said.append)
    assert built.films == 13 and built.people == 0
    assert any("title.akas" in line for line in said)


def test_a_csv_of_usual_columns_with_titles_as_movielens_writes_them(tmp_path):
    (tmp_path / "films.csv").write_text(
        'imdb_id,title,year\ntt1,"Harbour, The (a.k.a. The Haven) (Porto, O)",1971\n'
        "tt2,Élan,\ntt2,Verve,\n,Nameless,1999\n",
        encoding="utf-8",
    )
    assert build([tmp_path / "films.csv"], tmp_path / "c.duckdb", quiet) == Built(films=2, titles=5, people=0)
    with Catalogue(tmp_path / "c.duckdb") as catalogue:
        assert catalogue.titles(["tt1", "tt2"]) == {"tt1": ("The Harbour", 1971), "tt2": ("Élan", None)}
        for title in ("The Harbour", "The Haven", "O Porto"):
            assert films(catalogue, title) == {"tt1"}
        assert films(catalogue, "Verve") == {"tt2"}


def test_a_parquet_file_builds_the_same(tmp_path):
    table = pa.table({"tconst": ["tt1"], "primaryTitle": ["Salt"], "startYear": pa.array([2001], pa.int32())})
    pq.write_table(table, tmp_path / "films.parquet")
    build([tmp_path / "films.parquet"], tmp_path / "c.duckdb", quiet)
    with Catalogue(tmp_path / "c.duckdb") as catalogue:
        assert catalogue.titles(["tt1"]) == {"tt1": ("Salt", 2001)}


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def _no_gzip(path: Path) -> None:
    path.write_bytes(b"tconst\ttitleType\n")


def _other_columns(path: Path) -> None:
    path.write_bytes(gzip.compress(b"a\tb\tc\n1\t2\t3\n"))


@pytest.mark.parametrize(
    ("kind", "harm"),
    [
        ("title.basics", _torn),
        ("title.basics", _no_gzip),
        ("title.basics", _other_columns),
        ("title.basics", Path.unlink),
        ("title.principals", _torn),
    ],
)
def test_a_bad_file_is_named_and_the_old_catalogue_stays(tmp_path, kind, harm):
    folder = daily.write(tmp_path / "imdb")
    target = tmp_path / "c.duckdb"
    build([folder], target, quiet)
    before = target.read_bytes()
    harm(folder / f"{kind}.tsv.gz")
    with pytest.raises(InputError, match=kind):
        build([folder], target, quiet)
    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.duckdb", "imdb"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("films.csv", "number,name\n1,Salt\n", "no column of id among number, name"),
        ("films.csv", "id,title\n", "holds no film"),
        ("films.csv", b"id,title\n1,\xff\xfe\x00\n", "films.csv"),
        ("films.parquet", "no parquet at all", "films.parquet"),
        ("films.txt", "id,title\n1,Salt\n", "neither one of IMDb's files"),
    ],
)
def test_a_bad_list_is_named(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=said):
        build([path], tmp_path / "c.duckdb", quiet)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_no_other_file_is_overwritten(tmp_path):
    folder = daily.write(tmp_path / "imdb")
    library = tmp_path / "library.duckdb"
    with duckdb.connect(str(library)) as connection:
        connection.execute("CREATE TABLE reviews (text VARCHAR)")
    before = library.read_bytes()
    with pytest.raises(InputError, match="no catalogue"):
        build([folder], library, quiet)
    assert library.read_bytes() == before


def test_an_older_catalogue_is_refused_to_read_and_may_be_built_anew(tmp_path):
    folder = daily.write(tmp_path / "imdb")
    target = tmp_path / "c.duckdb"
    build([folder], target, quiet)
    with duckdb.connect(str(target)) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE name = 'catalogue'")
    with pytest.raises(InputError, match="build it anew"):
        Catalogue(target)
    build([folder], target, quiet)
    with Catalogue(target) as catalogue:
        assert catalogue.has_people


_KILLED = """
import sys, time
from pathlib import Path
from pullquote.catalogue.build import build
def wait(line):
    if "indexed" in line:
        print("under way", flush=True)
        time.sleep(60)
build([sys.argv[1]], Path(sys.argv[2]), wait)
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_build_leaves_the_old_catalogue_and_the_next_one_works(tmp_path, end):
    folder = daily.write(tmp_path / "imdb")
    target = tmp_path / "c.duckdb"
    build([folder], target, quiet)
    before = target.read_bytes()
    process = subprocess.Popen(
        [sys.executable, "-c", _KILLED, folder, target], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None and process.stdout.readline() == b"under way\n"
    with pytest.raises(InputError, match="another build is running"):
        build([folder], target, quiet)
    os.kill(process.pid, end)
    process.wait()
    assert target.read_bytes() == before
    build([folder], target, quiet)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.duckdb", "imdb"]
