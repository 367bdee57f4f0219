"""A folder of readings asked on the command line, where it lies."""

import csv
import io
import json

from ..folder.made import folder


def test_a_folder_is_asked_like_a_library(run, tmp_path):
    folder(tmp_path / "out")
    done = run("sql", "--library", "out", "SELECT count(*) AS n FROM reviews", "--format", "jsonl")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"n": 9}), done.stderr
    film = json.loads(run("film", "tt1", "--library", "out").stdout)
    assert film["film"]["title"] == "The Lamp" and film["film"]["reviews"] == 3
    for refused, said in ((("sql", "EXPLAIN SELECT 1"), "EXPLAIN"), (("failures",), "pullquote ingest out")):
        done = run(*refused, "--library", "out")
        assert done.returncode == 2 and said in done.stderr.decode()


def test_all_films_are_counted_and_kept(run, tmp_path):
    folder(tmp_path / "out")
    for _ in range(2):
        done = run("films", "out", "--min-reviews", 3)
        rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
        assert [(row["film"], row["reviews"], row["favourable"]) for row in rows] == [("tt1", "3", "3")], done.stderr
    aspects = run("films", "out", "--aspects", "--format", "jsonl").stdout.splitlines()
    assert {"film": "tt1", "aspect": "acting", "praise": 3}.items() <= json.loads(aspects[0]).items()
    assert (tmp_path / "out" / "films.duckdb").exists()
    assert run("films", "nowhere").returncode == 2
