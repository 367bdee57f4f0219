"""Titles taken apart, and their keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.catalogue.keys import key, keys
from pullquote.catalogue.titles import named

TITLES = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
PLAIN = st.lists(st.sampled_from("night harbour Élan river Oslo stone Müller's house".split()), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Matrix", "matrix"),
        ("A Night in Élan", "Night in Elan"),
        ("Salt & Iron", "Salt and Iron"),
        ("Rocky II", "Rocky 2"),
        ("Rocky Part Two", "ROCKY II"),
        ("Kill Bill: Vol. 1", "Kill Bill Volume One"),
        ("Twelve Angry Men", "12 Angry Men"),
        ("9½ Weeks", "9 1/2 weeks"),
        ("Spider-Man", "Spiderman"),
        ("Schindler’s List", "Schindlers List"),
        ("L'Avventura", "L’avventura"),
        ("Alien: Resurrection", "Alien Resurrection"),
        ("Møller & Strauß", "Moller and Strauss"),
        ("Kramer vs. Kramer", "Kramer versus Kramer"),
    ],
)
def test_two_ways_to_write_a_title_have_one_key(one, other):
    assert key(one)[0] == key(other)[0] != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Rocky II", "Rocky III"), ("Alien", "Aliens"), ("1 10", "11 0"), ("Salt", "Iron")]
)
def test_other_titles_have_other_keys(one, other):
    assert key(one)[0] != key(other)[0]


@given(TITLES)
def test_any_title_can_be_taken_apart_and_keyed(title):
    taken = named(title)
    assert taken.title == title.strip() or len(taken.title) <= len(title) + title.count(";") + 1
    for found in keys(title):
        assert found.key and not any(sign.isspace() for sign in found.key)


@given(PLAIN)
def test_neither_case_nor_spacing_changes_a_key(words):
    title = " ".join(words)
    assert key(title) == key(title.upper()) == key(f" {'  '.join(words)}! ")


@given(PLAIN, PLAIN)
def test_an_article_at_the_end_and_a_title_in_brackets(words, others):
    title, other = " ".join(words), " ".join(others)
    taken = named(f"{title}, The ({other}) (1987)")
    assert (taken.title, taken.year) == (f"The {title}", 1987)
    assert taken.others == (other,)


def test_brackets_that_do_not_close_and_titles_of_nothing_else():
    assert named("(500) Days").title == "(500) Days"
    assert named("Spy(ies)").title == "Spy(ies)"
    assert named("$ (Dollars)").others == ("Dollars",)
    assert named("(Untitled)").title == "(Untitled)"
    assert named("Harbour (a.k.a. Haven").title == "Harbour (a.k.a. Haven"


def test_a_title_is_also_known_by_its_first_part_unless_that_is_too_short():
    assert [k.key for k in keys("Nightwater: The Return")] == ["nightwaterthereturn", "nightwater"]
    assert [k.key for k in keys("Oz: A Tale")] == ["ozatale"]
