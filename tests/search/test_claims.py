"""What the index carries of a sentence: what the library says of it, and passed over once that says another thing."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import InputError
from pullquote.library.store import Store
from pullquote.search.claims import Claims, Judged, claimed, packed, unpacked
from pullquote.search.index import Index, index_folder
from pullquote.search.table import opened

from .conftest import ask_in

WHOLE, SHARE = st.integers(0, 2**63 - 1), st.floats(allow_nan=False)
QUESTIONS = ("wooden acting", "light and fog", '"dry dock"', "drowns father", "Ruth Amsel")


@given(
    st.builds(
        Claims, review=WHOLE, segment=WHOLE, start=WHOLE, end=WHOLE, spoiler=SHARE, stars=st.none() | SHARE,
        judged=st.lists(st.builds(Judged, start=WHOLE, end=WHOLE, confidence=SHARE)).map(tuple),
    )
)  # fmt: skip
def test_bytes_hold_all_of_it(one):
    assert unpacked(packed(one)) == one


@given(st.binary(max_size=40))
def test_other_bytes_are_refused(kept):
    try:
        one = unpacked(kept)
    except msgspec.DecodeError:
        return
    assert isinstance(one, Claims)


def test_the_index_carries_what_the_library_says(indexed):
    rows = opened(index_folder(indexed)).to_arrow().select(["review", "segment", "claims"]).to_pylist()
    with Store(indexed) as store:
        reviews = [review for (review,) in store.connection.execute("SELECT review FROM reviews").fetchall()]
        said = claimed(store.connection, reviews)
        judged = store.one("SELECT count(*) FROM opinions WHERE segment IS NOT NULL")[0]
    assert {(row["review"], row["segment"]): unpacked(row["claims"]) for row in rows} == said
    assert all(place == claims.place for place, claims in said.items())
    assert sum(len(claims.judged) for claims in said.values()) == judged > 0


@pytest.mark.parametrize("filters", [{}, {"person": "Amsel"}, {"aspect": "acting"}, {"max_stars": 5.0}])
def test_what_the_library_is_asked_again_is_the_same(own, filters):
    """What the index carries of a review is passed over once that has another reading."""
    with Store(own, write=True) as store:
        index = Index(index_folder(own))
        carried = [ask_in(store, words, filters=filters, index=index) for words in QUESTIONS]
        assert any(carried)
        with store.transaction():
            store.connection.execute("UPDATE readings SET reading = reading + 1000 WHERE review % 2 = 0")
            store.changed()
        half = store.one("SELECT count(*) FROM reviews WHERE review % 2 = 0")[0]
        assert index.check(store.connection) == half
        assert [ask_in(store, words, filters=filters, index=index) for words in QUESTIONS] == carried


def test_film_and_words_are_the_librarys_even_so(own):
    """What is not said of a sentence is read there in any case."""
    with Store(own, write=True) as store:
        [found] = ask_in(store, '"dry dock"')
        store.connection.execute("UPDATE films SET title = 'Another', year = 1901 WHERE film = ?", [found.film])
        [again] = ask_in(store, '"dry dock"')
        assert (again.title, again.year) == ("Another", 1901)
        store.connection.execute("UPDATE reviews SET text = upper(text) WHERE review = ?", [found.review])
        assert ask_in(store, '"dry dock"') == ()


def test_damaged_claims_are_no_traceback(own):
    opened(index_folder(own)).update(values={"claims": b"rust"})
    with Store(own) as store, pytest.raises(InputError, match="pullquote index"):
        ask_in(store, "dry dock", index=Index(index_folder(own)))
