"""Names that mean one entity find each other, whatever people are called."""

import string

from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.names import bare_words, folded, fullest


def full_forms(*forms: str) -> list[str]:
    return [forms[i] for i in fullest(forms)]


def test_surname_honorific_and_first_name_lead_to_the_full_name():
    assert full_forms("Eugenio Derbez", "Mr. Derbez", "Derbez", "Eugenio") == ["Eugenio Derbez"] * 4


def test_the_full_name_may_come_last():
    assert full_forms("Kate", "Kate del Castillo") == ["Kate del Castillo"] * 2


def test_a_shared_surname_goes_to_the_one_named_last_before():
    forms = ("Owen Wilson", "Luke Wilson", "Wilson")
    assert full_forms(*forms)[2] == "Luke Wilson"


def test_initials_stand_for_first_names():
    assert full_forms("J. Depp", "Johnny Depp")[0] == "Johnny Depp"


def test_different_people_stay_apart():
    assert full_forms("Anna", "Annabel Lee") == ["Anna", "Annabel Lee"]


def test_case_and_accents_do_not_part_a_name():
    assert full_forms("Gael García", "GAEL GARCIA") == ["Gael García", "Gael García"]


def test_a_name_that_is_all_honorific_keeps_its_words():
    assert bare_words("Mr. Miss") == ("mr", "miss")
    assert folded("L'Écume") == "l ecume"


@given(st.lists(st.text(string.ascii_letters + " .'", min_size=1, max_size=20), max_size=12))
def test_every_form_has_one_answer_and_fullest_forms_answer_for_themselves(forms):
    links = fullest(forms)
    assert len(links) == len(forms)
    for i in links:
        assert bare_words(forms[links[i]]) == bare_words(forms[i])
