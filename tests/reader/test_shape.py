"""What capitals and quotation marks say survives; what shouting says does not."""

from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.shape import SHAPES, UNKNOWN, shapes

_FORMS = ["so", "Up", "NASA", "McCoy", "I", "8", "-", ".", "'", "(", '"', '"', '"', "caf\u00e9", "\u6620", "\u01c5"]
_LINE = st.sets(st.integers(-2, 50), max_size=6)


def test_case_is_told_apart():
    codes = shapes(["I", "saw", "Hope", "and", "hope", "in", "NASA", "McCoy", "1999", "-"])
    assert len({codes[i] for i in (1, 2, 6, 7, 8, 9)}) == 6
    assert codes[1] == codes[3] == codes[4]


def test_a_capital_after_a_full_stop_is_no_news():
    codes = shapes(["so", "Hope", ".", "Hope"])
    assert codes[1] != codes[3]


def test_quoted_words_are_marked_and_long_quotations_are_not_titles():
    codes = shapes(["saw", '"', "Up", '"', "then"])
    assert codes[2] != shapes(["saw", "the", "Up"])[2]
    assert codes[4] == 1
    assert shapes(['"', *["so"] * 30])[-1] == 1


def test_shouting_hides_case():
    assert set(shapes("THIS FILM IS SO BAD it".split())) == {UNKNOWN}


@given(st.lists(st.text(min_size=1, max_size=8), max_size=40))
def test_codes_fit_the_embedding(forms):
    codes = shapes(forms)
    assert len(codes) == len(forms)
    assert all(0 <= code < SHAPES for code in codes)


def _case(form):
    if form.islower():
        return 0
    if form.istitle() or (form[0].isupper() and form[1:].islower()):
        return 1
    if form.isupper():
        return 2 if len(form) > 1 else 1
    if form.isdigit():
        return 4
    return 3 if form[0].isalnum() else 5


def _one_by_one(forms, line_starts):
    """What a code means, said token by token."""
    codes, opening, left = [], True, 0
    for i, form in enumerate(forms):
        code = 1 + _case(form) + 6 * (opening or i in line_starts)
        if form == '"':
            left = 0 if left else 13
        elif left:
            left -= 1
            code += 12
        codes.append(code)
        opening = form in set(".!?:\"'(*-") and (form != '"' or left > 0)
    words = [f for f in forms if len(f) > 1 and f.isalpha()]
    return [0] * len(codes) if 2 * sum(f.isupper() for f in words) > len(words) > 0 else codes


@given(st.lists(st.sampled_from(_FORMS) | st.text(min_size=1, max_size=8), max_size=50), _LINE)
def test_codes_are_those_found_token_by_token(forms, line_starts):
    assert shapes(forms, line_starts) == _one_by_one(forms, line_starts)
