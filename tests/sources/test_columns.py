"""Columns are recognised by their usual names, mapped by hand, or refused with what was found."""

import pytest

from pullquote.errors import InputError
from pullquote.sources.columns import Columns, Hints, hints, mapping, recognised, resolve


@pytest.mark.parametrize(
    "name", ["review", "Text", "CONTENT", "reviewText", "review_content", "Review Body", "comment"]
)
def test_the_text_by_any_usual_name(name):
    assert resolve((name, "x"), Hints()).of == {"text": name}


def test_tables_as_people_have_them():
    assert recognised(["rotten_tomatoes_link", "critic_name", "review_score", "review_date", "review_content"]) == {
        "film_id": "rotten_tomatoes_link", "author": "critic_name", "rating": "review_score", "date": "review_date",
        "text": "review_content",
    }  # fmt: skip
    shop = recognised(["rating", "title", "text", "asin", "parent_asin", "user_id", "timestamp"])
    assert (shop["headline"], shop["film_id"], "title" in shop) == ("title", "asin", False)
    spoken = recognised(["movie", "title", "review"])
    assert (spoken["title"], spoken["headline"]) == ("movie", "title")
    assert recognised(["summary", "reviewText", "review"])["text"] == "reviewText"


def test_a_mapped_column_wins_and_is_nothing_else():
    found = ("title", "review", "verdict")
    assert resolve(found, hints({"headline": "Title", "text": "verdict"}, 4)) == Columns(
        {"headline": "title", "text": "verdict"}, 4
    )


def test_what_cannot_be_recognised_is_named_with_the_way_out():
    with pytest.raises(InputError, match=r"found are: col1, col2\..*--map text=COLUMN"):
        resolve(("col1", "col2"), Hints())
    with pytest.raises(InputError, match=r"found are: x{40}\.\.\."):
        resolve(("x" * 5000,), Hints())
    with pytest.raises(InputError, match=r"no column body \(from --map text=body\); found are: a, text"):
        resolve(("a", "text"), hints({"text": "body"}, None))


def test_pairs_on_the_command_line():
    assert mapping(["text=my body", "film-id=tt"]) == {"text": "my body", "film_id": "tt"}
    for pair, reason in (("text", "FIELD=COLUMN"), ("text=", "FIELD=COLUMN"), ("mood=x", "fields are text, id")):
        with pytest.raises(InputError, match=reason):
            mapping([pair])
    with pytest.raises(InputError, match="mapped twice"):
        mapping(["text=a", "text=b"])


@pytest.mark.parametrize("scale", [0, -1, float("inf"), float("nan")])
def test_a_scale_is_above_zero(scale):
    with pytest.raises(InputError, match="above zero"):
        hints(None, scale)
