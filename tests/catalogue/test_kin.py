"""Which reviews are likely of one film."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.catalogue.gathered import Gathered
from pullquote.catalogue.kin import PAIR, kinship, values
from pullquote.catalogue.together import Heard, Named
from pullquote.catalogue.traits import Traits, traits
from pullquote.catalogue.weights import shipped

from .reviews import reading

PILOT = "Martin O'Dell is Ansel Grue, a harbour pilot with palsy; the quay fogs, the klaxon moans."
AGAIN = "The klaxon moans over the fogbound quay while Ansel Grue, that is Martin O'Dell, fights his palsy."
OTHER = (
    "Martin O'Dell sells vacuum cleaners as Duke Marlow, quarrels with Pearl Tansy over the till and tap-dances on the "
    "conveyor of a biscuit factory; the choreography glitters, the lyrics rhyme sofa with gopher."
)

RARITY = {"ansel": 2.0, "grue": 5.5, "odell": 7.0, "jo weiss": 7.8}
NAMES = st.sets(st.sampled_from(sorted(RARITY))).map(lambda names: {name: RARITY[name] for name in names})
TRAITS = st.builds(
    Traits,
    people=NAMES,
    characters=NAMES,
    works=st.lists(st.sampled_from(["alien", "rocky"]), unique=True),
    claim=st.sampled_from([None, "alien", "rocky"]),
    sure=st.floats(0, 1),
    rare=st.dictionaries(st.sampled_from("abcd"), st.floats(0, 0.5), max_size=4),
)


def known(text: str, *characters: str) -> Traits:
    return traits(reading(text, people=["Martin O'Dell"], characters=characters), text)


def test_shared_names_and_rare_words_make_kin():
    pilot, again = known(PILOT, "Ansel Grue"), known(AGAIN, "Ansel Grue")
    weights = shipped().kin
    assert pilot.names == {"martin o'dell", "ansel grue"}
    assert "klaxon" in pilot.rare
    assert "the" not in pilot.rare
    assert kinship(pilot, again, weights) > 0.9
    other = known(OTHER, "Duke Marlow", "Pearl Tansy")
    assert kinship(pilot, other, weights) < kinship(pilot, again, weights)
    # An actor alone is shared by many films.
    assert values(pilot, other)["apart"] == 1
    assert values(pilot, other)["any_characters"] == 0
    assert values(pilot, other)["alike"] < values(pilot, again)["alike"]


def test_two_claims_of_different_titles_speak_against_it():
    one = "Alien again: Martin O'Dell."
    claimed = traits(reading(one, film="Alien", people=["Martin O'Dell"]), one)
    other = "Rocky again: Martin O'Dell."
    clash = traits(reading(other, film="Rocky", people=["Martin O'Dell"]), other)
    assert values(claimed, clash)["clash"] == 0.97
    assert values(claimed, claimed)["clash"] == 0


@given(TRAITS, TRAITS)
def test_kinship_is_mutual_and_a_probability(one, other):
    assert values(one, other) == values(other, one)
    assert set(values(one, other)) == set(PAIR)
    assert 0 < kinship(one, other, shipped().kin) < 1


def heard(number: int, text: str, chance: float = 0.0) -> Heard:
    films = [Named("tt1", "Harbour", 1990, 1.0, chance, {})] if chance else []
    return Heard(number, known(text), films)


def test_what_was_gathered_comes_back_equal_and_is_found_by_name():
    reviews = [heard(7, PILOT, 0.75), heard(2, OTHER), heard(5, "Martin O'Dell was said to be in it.")]
    with Gathered() as library:
        library.add(reviews[:2])
        library.add(reviews[2:])
        library.whole()
        assert [library.heard(one.review) for one in reviews] == reviews
        assert library.heard(1) is None
        assert [one.review for one in library.sharing(reviews[0])] == [2, 5]
        assert library.mass.chances == {"tt1": 0.75}
        assert library.mass.likely == {"tt1": 1}


def test_of_many_reviews_with_one_name_the_surest_are_heard(monkeypatch):
    monkeypatch.setattr("pullquote.catalogue.gathered._REVIEWS_A_NAME", 3)
    reviews = [heard(number, PILOT, number / 10) for number in range(1, 9)]
    with Gathered() as library:
        library.add(reviews)
        library.whole()
        assert [one.review for one in library.sharing(reviews[0])] == [6, 7, 8]
