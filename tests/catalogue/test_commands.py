"""The commands, as a user runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pullquote.library.rows import Read
from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.sources.record import Record

from . import daily
from .reviews import reading


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    unset = ("PULLQUOTE_CATALOGUE", "PULLQUOTE_LIBRARY")
    return subprocess.run(
        [sys.executable, "-m", "pullquote", *arguments],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name not in unset},
        capture_output=True,
        text=True,
        check=False,
    )


def test_build_tell_and_link(tmp_path):
    daily.write(tmp_path / "imdb")
    built = run("catalogue", "build", "imdb", folder=tmp_path)
    assert built.returncode == 0 and "13 films" in built.stderr and built.stdout == ""
    told = run("catalogue", "info", folder=tmp_path)
    assert told.returncode == 0 and "films: 13\n" in told.stdout
    with Store(tmp_path / "pullquote.duckdb", write=True) as store:
        text = "A bore."
        add(store, [Read("here", Record(text, "r", "r", title="Nightwater", year=1983), reading(text))])
    linked = run("link", folder=tmp_path)
    assert linked.returncode == 0 and "1 linked, 0 not linked, 0 had an id" in linked.stderr
    with duckdb.connect(str(tmp_path / "pullquote.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT film, film_by FROM reviews").fetchall() == [("tt9000004", "link")]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("link",), 2, "pullquote catalogue build"),
        (("catalogue", "info"), 2, "pullquote catalogue build"),
        (("catalogue", "info", "--catalogue", "text.txt"), 2, "text.txt: is no catalogue"),
        (("catalogue", "build", "nowhere"), 1, "nowhere: there is no such file"),
        (("catalogue", "build", "text.txt"), 1, "neither one of IMDb's files"),
        (("link", "--threshold", "2"), 2, "--threshold"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path, arguments, code, said):
    (tmp_path / "text.txt").write_text("no catalogue", encoding="utf-8")
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["text.txt"]
