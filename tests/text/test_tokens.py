import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.text import clean_text, tokens

from .strange import strange_text


@pytest.mark.parametrize(
    ("raw", "forms"),
    [
        ("Derbez's 8 1/2!", ["Derbez", "'", "s", "8", "1", "/", "2", "!"]),
        ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
        ("wait\u2026what", ["wait", ".", "what"]),
        ("映画 film", ["映", "画", "film"]),
        ("snake_case", ["snake", "_", "case"]),
        ("so\u00adft", ["soft"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_forms(raw: str, forms: list[str]) -> None:
    assert tokens(clean_text(raw)).forms == forms


def test_spans_are_raw() -> None:
    raw = "Tom &amp; <i>Jerry</i>"
    cut = tokens(clean_text(raw))
    assert [raw[start:end] for start, end in zip(cut.starts, cut.ends, strict=True)] == ["Tom", "&amp;", "Jerry"]


@given(strange_text)
def test_tokens_are_ordered_and_true_to_the_text(raw: str) -> None:
    clean = clean_text(raw)
    cut = tokens(clean)
    last = 0
    for form, start, end in zip(cut.forms, cut.starts, cut.ends, strict=True):
        assert last <= start < end <= len(raw)
        assert clean.text[slice(*clean.clean_span(start, end))].startswith(form)
        last = end


@given(strange_text)
def test_every_visible_character_lies_in_a_token(raw: str) -> None:
    clean = clean_text(raw)
    cut = tokens(clean)
    covered = {place for start, end in zip(cut.starts, cut.ends, strict=True) for place in range(start, end)}
    for index, sign in enumerate(clean.text):
        assert sign.isspace() or clean.starts[index] in covered


@given(st.text(st.characters(max_codepoint=255), max_size=40) | strange_text)
def test_one_sign_beyond_latin_1_changes_no_other_token(raw: str) -> None:
    raw = raw.replace("<", " ")  # what is added might close no tag
    plain = tokens(clean_text(raw))
    other = tokens(clean_text(f"{raw} \u6620"))
    assert other == ([*plain.forms, "\u6620"], [*plain.starts, len(raw) + 1], [*plain.ends, len(raw) + 2])


@given(strange_text)
def test_offsets_are_plain_numbers(raw: str) -> None:
    cut = tokens(clean_text(raw))
    assert {type(place) for place in (*cut.starts, *cut.ends)} <= {int}
