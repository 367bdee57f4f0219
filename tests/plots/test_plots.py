"""Charts are valid Vega-Lite, hold the numbers of the answers, and take every text as data."""

import json
import re

import pytest

from pullquote.errors import InputError
from pullquote.questions.dossier import dossier
from pullquote.questions.timeline import timeline

from ..questions.conftest import connection, library  # noqa: F401
from ..questions.marked import review

pytest.importorskip("altair")

from pullquote.plots import aspect_bars, overview, praise_over_time, star_histogram
from pullquote.plots.files import check_plot, plot_bytes


def rows(chart):
    # `to_dict` checks the chart against Vega-Lite's schema.
    spec = chart.to_dict()
    (data,) = spec["datasets"].values()
    return data


def test_aspect_bars(connection):  # noqa: F811
    found = rows(aspect_bars(dossier(connection, "tt001")))
    acting = {row["side"]: row for row in found if row["aspect"] == "acting"}
    assert {side: row["reviews"] for side, row in acting.items()} == {"praise": 5, "blame": 4}
    assert (acting["blame"]["from"], acting["blame"]["to"]) == (-4, 0)
    assert (acting["praise"]["from"], acting["praise"]["to"]) == (0, 5)
    mixed = next(row for row in rows(aspect_bars(dossier(connection, "tt004"))) if row["side"] == "mixed")
    assert (mixed["from"], mixed["to"]) == (-1, 1)


def test_star_histogram(connection):  # noqa: F811
    found = rows(star_histogram(dossier(connection, "tt001")))
    assert [row["reviews"] for row in found] == [0, 1, 3, 0, 1, 0, 2, 3, 1, 1]


def test_praise_over_time(connection):  # noqa: F811
    found = rows(praise_over_time(timeline(connection, "tt001")))
    assert [(row["year"], row["share"]) for row in found] == [(2011, 1.0), (2012, 0.5)]


def test_every_axis_has_a_title(connection):  # noqa: F811
    spec = overview(dossier(connection, "tt001"), timeline(connection, "tt001")).to_dict()
    assert len(spec["vconcat"]) == 3
    axes = [
        layer["encoding"][axis]
        for chart in spec["vconcat"]
        for layer in chart.get("layer", [chart])
        for axis in ("x", "y")
    ]
    assert all(axis["title"] for axis in axes)
    # Without dates there is nothing to show over time.
    assert len(overview(dossier(connection, "tt002"), timeline(connection, "tt002")).to_dict()["vconcat"]) == 2


TITLE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture
def hostile(tmp_path):
    from pullquote.library.store import Store
    from pullquote.library.write import add

    with Store(tmp_path / "hostile.duckdb", write=True) as store:
        marked = "+ [acting+ The acting is superb]."
        add(store, [review(marked, film="h1", title=TITLE, number=1, written="2020-01-01")])
        yield overview(dossier(store.connection, "h1"), timeline(store.connection, "h1"))


def test_titles_are_data(hostile):
    text = plot_bytes(hostile, ".html").decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert TITLE in [json.loads(title) for title in re.findall(r'"title": ("(?:[^"\\]|\\.)*")', text)]
    assert json.loads(plot_bytes(hostile, ".json"))["title"] == TITLE


def test_a_page_needs_no_network_and_pictures_are_pictures(hostile):
    page = plot_bytes(hostile, ".html").decode()
    assert not re.search(r"<(script|link)[^>]+(src|href)=", page)
    assert plot_bytes(hostile, ".png").startswith(b"\x89PNG")
    assert plot_bytes(hostile, ".svg").startswith(b"<svg")


@pytest.mark.parametrize("name", ["chart.pdf", "chart", "nowhere/chart.html"])
def test_places_that_cannot_be_written(tmp_path, name):
    with pytest.raises(InputError):
        check_plot(tmp_path / name)
