"""The questions as one asks them: real processes on a real library."""

import csv
import io
import json

import pytest

from ..plots.test_plots import TITLE
from ..questions.conftest import library  # noqa: F401
from ..questions.marked import review


@pytest.fixture
def ask(run, library, monkeypatch):  # noqa: F811
    """Ask a question of the sample library."""
    return lambda *arguments: run(*arguments, "--library", library)


def test_film_card(ask):
    done = ask("film", "salt ferry", "--format", "card")
    assert done.returncode == 0, done.stderr
    page = done.stdout.decode()
    for piece in (
        "The Salt Ferry (2011)", "7.0/10 median", "58% favourable (32–81%) of 12 reviews", "+5 −4", "Critics disagree",
        "Ruth Amsel", "Hanne Voss sibling of Mikkel", "Ostmark 2", "The Lighthouse Men 2",
    ):  # fmt: skip
        assert piece in page
    assert "drown" not in page
    assert "\x1b" not in page


def test_film_json_is_the_default_in_a_pipe(ask):
    found = json.loads(ask("film", "tt001", "--spoilers").stdout)
    assert found["film"]["reviews"] == 12
    assert found["aspects"][0]["tally"]["praise"] == 5
    assert any("drowning" in q["quote"] for a in found["aspects"] for q in a["praise"])


def test_film_unknown_or_several(ask):
    nearest, listed = b"nearest: Glass Harbour (2003)", b"Night Bakery (1999), 12 reviews"
    for named, said in (("Glas Harber", nearest), ("night", listed)):
        done = ask("film", named)
        assert done.returncode == 2
        assert said in done.stderr
        assert not done.stdout


def test_film_without_a_library(run):
    done = run("film", "anything")
    assert done.returncode == 2
    assert b"there is no library here" in done.stderr


def test_film_plot(ask, tmp_path):
    pytest.importorskip("altair")
    for name in ("chart.json", "chart.html"):
        done = ask("film", "tt001", "--plot", tmp_path / name)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["film"]["film"] == "tt001"
        assert b"vega" in (tmp_path / name).read_bytes()
    refused = ask("film", "tt001", "--plot", tmp_path / "chart.xls")
    assert refused.returncode == 2


def test_compare(ask):
    page = ask("compare", "tt001", "Glass Harbour", "--format", "card").stdout.decode()
    assert "The Salt Ferry (2011)" in page
    assert "+18 −0 ±2" in page
    rows = list(csv.DictReader(io.StringIO(ask("compare", "tt001", "tt004", "--format", "csv").stdout.decode())))
    assert (rows[0]["aspect"], rows[0]["praise"]) == ("visuals", "3")
    assert ask("compare", "tt001").returncode == 2


def test_rank(ask):
    lines = ask("rank", "--aspect", "visuals", "--min-reviews", "1", "--limit", "2").stdout.splitlines()
    assert [json.loads(line)["film"] for line in lines] == ["tt004", "tt001"]
    page = ask("rank", "--format", "card", "--min-reviews", "6", "--worst").stdout.decode()
    assert page.index("Glass Mountain") < page.index("Glass Harbour")
    blamed = json.loads(ask("rank", "--aspect", "acting", "--polarity", "negative").stdout)
    assert (blamed["film"], blamed["part"]) == ("tt003", 5)
    assert ask("rank", "--aspect", "catering").returncode == 2


def test_person(ask):
    page = ask("person", "Amsel", "--format", "card").stdout.decode()
    assert "Ruth Amsel" in page
    assert "actor as Hanne Voss" in page
    assert json.loads(ask("person", "Otto Lind").stdout)["reviews"] == 2
    assert ask("person", "Nobody Here").returncode == 2


def test_blurbs(ask):
    page = ask("blurbs", "tt001", "--format", "text", "--limit", "3").stdout.decode()
    assert "“Ruth Amsel gives a quiet, towering performance”" in page
    assert "https://reviews.example/1, characters" in page
    rows = [json.loads(line) for line in ask("blurbs", "tt001", "--all-reviews", "--limit", "50").stdout.splitlines()]
    assert {"quote", "sentence", "author", "url", "review", "start", "end"} <= rows[0].keys()
    nothing = ask("blurbs", "Glass Mountain")
    assert nothing.returncode == 0
    assert b"no quote can be offered" in nothing.stderr


def test_no_text_steers_the_terminal(run, tmp_path):
    from pullquote.library.store import Store
    from pullquote.library.write import add

    path = tmp_path / "hostile.duckdb"
    name = "Ann\x1b(0 Berg"
    marked = f"+ [acting+ The acting is ⟦bold⟧superb⟦/bold⟧ \x1bc\x07 indeed].\n. <PERSON {name}> plays it."
    with Store(path, write=True) as store:
        add(
            store,
            [review(marked, film="h1", title=f"{TITLE}\x1b[31m", number=1, author="\x1b[5mEve",
                    credits=[(name, "actor", None, name)])],
        )  # fmt: skip
    for question in ("film h1 --format card", "blurbs h1 --format text", "rank --min-reviews 1 --format card",
                     "person berg --format card"):  # fmt: skip
        done = run(*question.split(), "--library", path)
        assert done.returncode == 0, done.stderr
        assert b"\x1b" not in done.stdout
        assert b"\x07" not in done.stdout
    assert b"[bold]superb[/bold]" in run("film", "h1", "--format", "card", "--library", path).stdout
