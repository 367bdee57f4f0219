"""People of a review among those credited on its film."""

from __future__ import annotations

from pullquote.catalogue.people import known, named, person
from pullquote.catalogue.store import Credited

from .reviews import reading

CREW = [
    Credited("nm1", "Jürgen Falk", "jurgen falk", "director"),
    Credited("nm1", "Jürgen Falk", "jurgen falk", "writer"),
    Credited("nm2", "Otto Falk", "otto falk", "writer"),
    Credited("nm3", "Ilse Brandt", "ilse brandt", "actress"),
]


def test_a_name_in_full_in_part_and_of_several():
    assert person("JURGEN FALK", CREW) == CREW[0]
    assert person("Ms. Brandt", CREW) == CREW[3]
    assert person("Falk", CREW) is None
    assert person("Brandt Falk", CREW) is None
    assert person("Anna", CREW) is None


def test_only_full_names_count_as_evidence():
    text = "Ilse Brandt is good, Otto less so, says Jürgen Falk."
    names = named(reading(text, people=["Ilse Brandt", "Otto"], director="Jürgen Falk"))
    assert names == ["Jürgen Falk", "Ilse Brandt"]
    assert {name: who.person for name, who in known(names, CREW).items()} == {
        "Jürgen Falk": "nm1",
        "Ilse Brandt": "nm3",
    }
