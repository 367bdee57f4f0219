"""Titles found in their reviews: where they stand and where they only seem to."""

from hypothesis import given
from hypothesis import strategies as st

from pullquote.text import document
from pullquote.training.titles import OFTEN, movielens_title, title_tags


def tagged(text: str, title: str) -> list[list[str]] | None:
    """The words of each place tagged."""
    forms = document(text).tokens.forms
    tags = title_tags(forms, title)
    if tags is None:
        return None
    out: list[list[str]] = []
    for form, tag in zip(forms, tags, strict=True):
        if tag == 1:
            out.append([form])
        elif tag == 2:
            out[-1].append(form)
    return out


def test_a_title_is_found_with_its_capitals_only():
    assert tagged("I saw The Quiet Lamp twice; the quiet lamp at home is another.", "The Quiet Lamp") == [
        ["The", "Quiet", "Lamp"]
    ]
    assert tagged("a quiet lamp", "Quiet Lamp") is None


def test_shorter_forms_count_once_the_whole_title_is_there():
    text = "Lamp Wars: The Return is long. Lamp Wars is better than most."
    assert tagged(text, "Lamp Wars: The Return") == [["Lamp", "Wars", ":", "The", "Return"], ["Lamp", "Wars"]]
    assert tagged("Lamp Wars is better than most.", "Lamp Wars: The Return") is None


def test_a_word_that_recurs_is_a_character():
    assert tagged("Harold wins. " * OFTEN, "Harold") == [["Harold"]] * OFTEN
    assert tagged("Harold wins. " * (OFTEN + 1), "Harold") is None


def test_short_words_prove_nothing():
    assert tagged("It was It.", "It") is None
    assert tagged("Anything", "") is None


def test_articles_come_back_to_the_front():
    assert movielens_title("Lamp, The (Lampe, La)") == "The Lamp"


@given(st.text(), st.text(max_size=20))
def test_tags_fit_the_tokens(text: str, title: str):
    forms = document(text).tokens.forms
    tags = title_tags(forms, title)
    assert tags is None or (len(tags) == len(forms) and set(tags) <= {0, 1, 2} and 1 in tags)
