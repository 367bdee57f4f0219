"""Which film a review is about. What must not depend on fitted numbers is tried with any threshold."""

from __future__ import annotations

import pytest

from pullquote.catalogue.features import FITTED, SET, Given
from pullquote.catalogue.link import link
from pullquote.catalogue.weights import probabilities, shipped

from .reviews import reading


def test_every_feature_has_its_weight():
    weights = shipped()
    assert set(weights.fitted) == set(FITTED) and set(weights.set_by_hand) == set(SET)
    assert 0 < weights.threshold < 1


def test_remakes_of_one_name_are_told_apart_by_people(catalogue):
    text = '"The Glass Harbour" is a fine film. Carla Whitfield directs Martin O\'Dell with care. Ilse sat beside me.'
    told = reading(text, film="The Glass Harbour", people=["Martin O'Dell"], director="Carla Whitfield")
    found = link(told, text, catalogue, threshold=0.5)
    assert found is not None and (found.film, found.year) == ("tt9000002", 1994)
    assert {p["person"] for p in found.evidence["people"]} == {"nm9000003", "nm9000004"}
    other = text.replace("Carla Whitfield", "Jürgen Falk").replace("Martin O'Dell", "Ilse Brandt")
    told = reading(other, film="The Glass Harbour", people=["Ilse Brandt"], director="Jürgen Falk")
    found = link(told, other, catalogue, threshold=0.5)
    assert found is not None and found.film == "tt9000001"


def test_remakes_are_told_apart_by_years(catalogue):
    text = 'I saw "The Glass Harbour" on television. It was made in {} and it shows. The Glass Harbour is slow.'
    for year, film in ((1962, "tt9000001"), (1994, "tt9000002")):
        said = text.format(year)
        found = link(reading(said, film="The Glass Harbour"), said, catalogue, threshold=0.0)
        assert found is not None and found.film == film and found.evidence["year"] == year


def test_without_anything_to_tell_them_apart_neither_is_sure(catalogue):
    text = "The Glass Harbour is a fine film."
    found = link(reading(text, film="The Glass Harbour"), text, catalogue, threshold=0.0)
    assert found is not None and found.probability <= 0.5
    assert link(reading(text, film="The Glass Harbour"), text, catalogue, threshold=0.51) is None


@pytest.mark.parametrize(
    ("words", "film"),
    [
        ("Nightwater II", "tt9000003"),
        ("NIGHTWATER 2", "tt9000003"),
        ("Nightwater: Resurrection", "tt9000005"),
        ("El puerto de cristal", "tt9000001"),
        ("Salt and Iron", "tt9000006"),
        ("the Lamp Keepers Daughter", "tt9000014"),
    ],
)
def test_sequels_subtitles_and_other_titles_find_the_film(catalogue, words, film):
    text = f"{words} is a fine film. I saw {words} twice."
    found = link(reading(text, film=words), text, catalogue, threshold=0.0)
    assert found is not None and found.film == film
    start, end = found.evidence["start"], found.evidence["end"]
    assert text[start:end].casefold() in words.casefold() or words.casefold() in text[start:end].casefold()


def test_words_within_a_longer_title_name_no_film_of_their_own(catalogue):
    text = "Nightwater: Resurrection is dull. So is Nightwater: Resurrection, seen twice."
    found = link(reading(text, film="Nightwater: Resurrection"), text, catalogue, threshold=0.0)
    assert found is not None and not any(r["film"] == "tt9000004" for r in found.evidence["rivals"])


def test_a_plain_word_that_nobody_takes_for_a_title_links_nothing(catalogue):
    text = "Signs of age are everywhere. The film bored me, and I left."
    assert link(reading(text), text, catalogue) is None


def test_a_comparison_is_weaker_than_the_film_itself(catalogue):
    text = 'This is no better than "Winter Bread". Élégie is a sad film. I saw Élégie with my mother.'
    found = link(reading(text, film="Élégie", works=["Winter Bread"]), text, catalogue, threshold=0.0)
    assert found is not None and found.film == "tt9000009"


def test_a_title_that_the_source_gives_goes_before_the_text(catalogue):
    text = "Winter Bread is better than this. Winter Bread is great."
    told = reading(text, film="Winter Bread")
    found = link(told, text, catalogue, given=Given(title="Glass Harbour, The".removesuffix(", The"), year=1994))
    assert found is not None and (found.film, found.evidence["by"]) == ("tt9000002", "given")
    assert link(told, text, catalogue, given=Given(title="No Such Film", year=1994)) is None
    assert link(told, text, catalogue, given=Given(title="The Glass Harbour", year=1950)) is None
    assert link(told, text, catalogue, given=Given(title="The Glass Harbour")) is None


def test_no_review_is_of_a_film_made_after_it(catalogue):
    text = "The Glass Harbour is a fine film."
    found = link(reading(text, film="The Glass Harbour"), text, catalogue, given=Given(written=1970), threshold=0.0)
    assert found is not None and found.film == "tt9000001" and not found.evidence["rivals"]


def test_an_empty_reading_and_markup_are_no_trouble(catalogue):
    for text in ("?", "<br />", "A", "\x00", "(((", "é" * 1000):
        assert link(reading(text), text, catalogue) is None


def test_probabilities_leave_room_for_no_film():
    chances = probabilities([{"a": 2.0}, {"a": -1.0}], {"a": 1.0})
    assert chances[0] > chances[1] and sum(chances) < 1
    assert probabilities([{"a": 5000.0}], {"a": 1.0}) == [1.0]
