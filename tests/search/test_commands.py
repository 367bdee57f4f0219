"""``pullquote index`` and ``pullquote search`` as a user runs them."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys

import pytest

from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.search.index import build

from ..questions.marked import review

ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, filter(None, sys.path)))}
HOSTILE = review(
    "+ [acting+ Splendid \x9b31mred\u202e acting] all round.", film="tt9", number=1, title="Red\x1b]0;x\x07 Ink"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("commands")
    with Store(path / "pullquote.duckdb", write=True) as store:
        add(store, [HOSTILE, review("- [pacing- It drags, and drags].", film="tt8", number=2, title="Mud", stars=2.0)])
        build(store)
    return path


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "pullquote", *arguments],
        cwd=folder, capture_output=True, check=False, env=ENVIRONMENT, timeout=300, encoding="utf-8",
    )  # fmt: skip


def test_from_no_index_to_answers(folder):
    shutil.rmtree(folder / "pullquote.index")
    unbuilt = run(folder, "search", "acting")
    assert unbuilt.returncode == 2
    assert "pullquote index" in unbuilt.stderr
    built = run(folder, "index")
    assert built.returncode == 0, built.stderr
    assert "2 reviews indexed" in built.stderr

    found = run(folder, "search", "splendid", "acting", "--by", "words")
    [answer] = map(json.loads, found.stdout.splitlines())
    assert (answer["film"], answer["quotes"][0]["aspect"]) == ("tt9", "acting")
    assert answer["words"] == "Splendid \x9b31mred\u202e acting all round."

    table = run(folder, "search", "acting", "--format", "table")
    assert "Splendid" in table.stdout
    assert "+ acting" in table.stdout
    assert "\x1b" not in table.stdout
    assert "\x9b" not in table.stdout
    assert "\u202e" not in table.stdout

    rows = list(csv.DictReader(io.StringIO(run(folder, "search", "drags", "--by", "words", "--format", "csv").stdout)))
    assert [row["title"] for row in rows] == ["Mud"]

    with Store(folder / "pullquote.duckdb", write=True) as store:
        add(store, [review("+ [sound+ The foghorn sings].", film="tt7", number=3)])
    stale = run(folder, "search", "foghorn", "--by", "words")
    assert (stale.returncode, stale.stdout) == (0, "")
    assert "not in the search index as they are now: 1 of" in stale.stderr
    assert run(folder, "index", "--update").returncode == 0
    fresh = run(folder, "search", "foghorn", "--by", "words")
    assert "sings" in fresh.stdout
    assert fresh.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "  "], "at least one word"),
        (["search", "film", "--aspect", "looks"], "there are: overall"),
        (["search", "film", "--film", "No Such Film"], "No Such Film"),
        (["search", "film", "--since", "yesterday"], "yesterday"),
        (["search", "film", "--library", "gone.duckdb"], "no library here"),
        (["index", "--library", "gone.duckdb"], "no library here"),
    ],
)
def test_what_cannot_be_asked_is_said(folder, arguments, said):
    result = run(folder, *arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
