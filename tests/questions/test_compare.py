"""Films side by side, in order, and over time."""

import pytest

from pullquote.errors import InputError
from pullquote.questions.compare import compare
from pullquote.questions.rank import rank
from pullquote.questions.timeline import timeline


def test_side_by_side(connection):
    found = compare(connection, ["tt001", "Glass Harbour"])
    ferry, harbour = found.films
    assert found.aspects[:2] == ("visuals", "acting")
    assert harbour.aspects["visuals"].tally.praise == 18
    assert "acting" not in harbour.aspects
    assert ferry.aspects["acting"].tally.net.share == pytest.approx(1 / 9)
    net = ferry.aspects["acting"].tally.net
    assert -1 <= net.low <= net.share <= net.high <= 1
    assert ferry.aspects["pacing"].praise.polarity == "positive"


def test_rows_hold_every_judged_aspect(connection):
    rows = compare(connection, ["tt001", "tt004"]).answer().rows()
    assert [(r["aspect"], r["film"]) for r in rows][:3] == [
        ("visuals", "tt001"), ("visuals", "tt004"), ("acting", "tt001"),
    ]  # fmt: skip
    assert len(rows) == 6


@pytest.mark.parametrize("named", [["tt001"], ["tt001", "Salt Ferry"], ["tt001", "nowhere at all"], []])
def test_two_films_are_needed(connection, named):
    with pytest.raises(InputError):
        compare(connection, named)


def test_one_rave_is_no_winner(connection):
    rows = rank(connection, "visuals", min_reviews=1).rows()
    # Shares 18/20, 3/3, 8/12, 1/1: the share alone would put the last first.
    assert [(r["film"], r["part"], r["reviews"]) for r in rows] == [
        ("tt004", 18, 20), ("tt001", 3, 3), ("tt002", 8, 12), ("tt006", 1, 1),
    ]  # fmt: skip
    assert [r["place"] for r in rows] == [1, 2, 3, 4]


def test_few_reviews_are_left_out(connection):
    assert [r["film"] for r in rank(connection, "visuals").rows()] == ["tt004", "tt002"]


def test_by_share_favourable(connection):
    rows = rank(connection, min_reviews=6).rows()
    assert [(r["film"], r["part"], r["reviews"]) for r in rows] == [
        ("tt004", 20, 20), ("tt002", 9, 12), ("tt001", 7, 12), ("tt003", 5, 10), ("tt005", 0, 6),
    ]  # fmt: skip


def test_the_worst_and_the_blamed(connection):
    assert rank(connection, worst=True, min_reviews=6).rows()[0]["film"] == "tt005"
    blamed = rank(connection, "visuals", blamed=True, min_reviews=3).rows()
    assert (blamed[0]["film"], blamed[0]["part"]) == ("tt002", 4)
    assert len(rank(connection, limit=2)) == 2


def test_no_such_aspect(connection):
    with pytest.raises(InputError, match="visuals"):
        rank(connection, "catering")


def test_years(connection):
    rows = timeline(connection, "tt001").rows()
    # Dated are reviews 1 and 2 (9 and 8 stars) of 2011, 3 and 4 (3 and 8) of 2012.
    assert [(r["year"], r["reviews"], r["favourable"]) for r in rows] == [(2011, 2, 2), (2012, 2, 1)]
    assert len(timeline(connection, "tt002")) == 0
