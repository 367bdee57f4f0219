"""Films and people are found by what one calls them."""

import pytest

from pullquote.errors import AmbiguousName, InputError
from pullquote.questions.films import find_film
from pullquote.questions.people import find_person


@pytest.mark.parametrize(
    ("named", "film"),
    [
        ("tt001", "tt001"),
        ("The Salt Ferry", "tt001"),
        ("salt ferry, THE", "tt001"),
        ("Sált Ferry", "tt001"),
        ("Salt", "tt001"),
        ("ferry", "tt001"),
        ("Night Bakery (2015)", "tt003"),
        ("Night Bakery (1999)", "tt002"),
        ("Glass Harbour", "tt004"),
        ("glass h", "tt004"),
    ],
)
def test_found(connection, named, film):
    assert find_film(connection, named).film == film


def test_several_are_listed_with_year_and_reviews(connection):
    with pytest.raises(AmbiguousName) as caught:
        find_film(connection, "night bakery")
    assert caught.value.candidates == ("tt002", "tt003")
    assert "Night Bakery (1999), 12 reviews: tt002" in str(caught.value)
    with pytest.raises(AmbiguousName):
        find_film(connection, "glass")


def test_unknown_names_the_nearest(connection):
    with pytest.raises(InputError, match=r"nearest: Glass Harbour \(2003\)"):
        find_film(connection, "Glas Harber")


@pytest.mark.parametrize("named", ["", "  ", "Xyzzyqk", "'; DROP TABLE films; --", "%", "Night Bakery (1931)"])
def test_nonsense_is_refused(connection, named):
    with pytest.raises(InputError):
        find_film(connection, named)


def test_people_by_full_name_and_surname(connection):
    assert find_person(connection, "Ruth Amsel") == ("ruth amsel", "Ruth Amsel")
    assert find_person(connection, "Amsel") == ("ruth amsel", "Ruth Amsel")
    with pytest.raises(InputError, match="nearest: Ruth Amsel"):
        find_person(connection, "Ruth Amssel")
