"""Search over a real library and its real index: what is found, what filters leave out, and what words cannot do."""

import datetime as dt

import pytest

from pullquote.errors import InputError
from pullquote.library.store import Store
from pullquote.search.ask import search
from pullquote.search.index import Index, index_folder


def words(found):
    return [one.words for one in found]


def test_words_are_found_by_their_stems(ask):
    assert set(words(ask("drown", by="words"))) == {
        "At the end Hanne Voss drowns Jonas, her own father, off Skarholm.",
        "The drowning of her father is the finest scene of the year.",
    }


def test_meaning_finds_what_shares_no_word(ask):
    [best, *_] = ask("stiff bad actors", by="meaning", film="tt001")
    assert not ask("stiff bad actors", by="words", film="tt001")
    assert {q.aspect for q in best.quotes} == {"acting"}


def test_both_finds_what_either_finds_first(ask):
    assert ask("dry dock")[0].words == "Two hours pass like a winter in dry dock."
    [by_words] = ask("herring", by="words")
    assert by_words in ask("herring")
    assert len(ask("herring")) > 1


def test_answers_stand_in_the_text_to_the_letter(indexed, ask):
    with Store(indexed) as store:
        for found in (*ask("the film", limit=50), *ask("acting", limit=50)):
            text = store.one("SELECT text FROM reviews WHERE review = ?", [found.review])[0]
            assert text[found.start : found.end] == found.words
            for quote in found.quotes:
                assert text[quote.start : quote.end] == quote.quote
                assert found.start <= quote.start < found.end


def test_a_phrase_must_stand_as_it_is(ask):
    assert words(ask('"dry dock"')) == ["Two hours pass like a winter in dry dock."]
    assert ask('"dock dry"') == ()
    assert words(ask('"DRY  DOCK" winter', by="words")) == ["Two hours pass like a winter in dry dock."]
    assert words(ask('"dry dock"', by="meaning")) == ["Two hours pass like a winter in dry dock."]


def test_a_film_by_title_or_id(ask):
    assert {f.film for f in ask("photographed", film="Salt Ferry", limit=50)} == {"tt001"}
    assert {f.film for f in ask("night bread", film="tt003", limit=50)} == {"tt003"}
    with pytest.raises(InputError, match="Night Bakery"):
        ask("bread", film="Night Bakery")
    with pytest.raises(InputError):
        ask("bread", film="tt'; DROP TABLE films; --")


def test_a_person_by_full_name_or_last(ask):
    full = set(words(ask("acting", person="Ruth Amsel", limit=50)))
    assert "Ruth Amsel gives a quiet, towering performance from first to last." in full
    assert full <= set(words(ask("acting", person="Amsel", limit=50)))
    assert all("amsel" in " ".join(f.people) for f in ask("acting", person="amsel", limit=50))
    with pytest.raises(InputError, match="nobody called"):
        ask("acting", person="Nobody At All")


def test_aspect_and_polarity(ask):
    praised = ask("film", aspect="acting", polarity="positive", limit=50)
    assert praised
    assert all(any((q.aspect, q.polarity) == ("acting", "positive") for q in f.quotes) for f in praised)
    assert {q.polarity for f in ask("film", aspect="acting", limit=50) for q in f.quotes if q.aspect == "acting"} == {
        "positive", "negative",
    }  # fmt: skip
    assert {f.polarity for f in ask("film", polarity="mixed", limit=50)} == {"mixed"}


def test_role_and_spoilers(ask):
    assert {f.role for f in ask("Hanne Voss", role="plot", limit=50)} == {"plot"}
    assert any(f.spoiler >= 0.5 for f in ask("drowns father", limit=50))
    assert all(f.spoiler < 0.5 for f in ask("drowns father", spoiler_free=True, limit=50))


def test_stars_dates_and_source(ask):
    low = ask("film", max_stars=3, limit=100)
    assert low
    assert all(f.stars <= 3 for f in low)
    assert all(f.stars >= 9 for f in ask("film", min_stars=9, limit=100))
    day = dt.date(2011, 3, 1)
    assert {f.written for f in ask("film", since=day, until=day, limit=100)} == {day}
    assert ask("film", source="samples")
    with pytest.raises(InputError, match="there are: samples"):
        ask("film", source="elsewhere' OR 1=1")


def test_filters_together(ask):
    [found] = ask("drags", film="tt001", aspect="pacing", polarity="negative", min_stars=8)
    assert found.words == "The middle hour drags like a rusty anchor."


@pytest.mark.parametrize("nothing", ["", "   ", '""', "?!", "\x00", "🎬", "%_\\", "x" * 1001])
def test_no_words_are_refused(ask, nothing):
    with pytest.raises(InputError):
        ask(nothing)


@pytest.mark.parametrize(
    "hostile",
    [
        "'; DROP TABLE sentences; --", 'a" OR "b', "words:film AND *", "film') OR (1=1", "fi?m~2 +the -acting",
        "🎬 film 👍🏽", "\u202efilm", "film\x00acting", "الفيلم 映画", "NULL", "a\\'b",
    ],
)  # fmt: skip
@pytest.mark.parametrize("by", ["words", "meaning", "both"])
def test_no_question_is_syntax(ask, hostile, by):
    assert all(one.words for one in ask(hostile, by=by))


@pytest.mark.parametrize("field", ["aspect", "polarity", "role"])
@pytest.mark.parametrize("value", ["acting' OR '1'='1", "", "plot; --"])
def test_names_that_are_none_are_refused(ask, field, value):
    with pytest.raises(InputError, match="there are"):
        ask("film", **{field: value})


def test_neutral_is_no_judgement_on_an_aspect(ask):
    with pytest.raises(InputError, match="positive, negative, mixed"):
        ask("film", aspect="acting", polarity="neutral")


@pytest.mark.parametrize("stars", [float("nan"), float("inf")])
def test_stars_are_numbers(ask, stars):
    with pytest.raises(InputError, match="stars"):
        ask("film", min_stars=stars)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_limits_are_kept(ask, limit):
    with pytest.raises(InputError):
        ask("film", limit=limit)
    assert len(ask("film", limit=3)) == 3


def test_the_table_holds_the_answers(indexed):
    with Store(indexed) as store:
        answers = search(store.connection, Index(index_folder(indexed)), "wooden acting", limit=4)
    rows = answers.answer().rows()
    assert [row["words"] for row in rows] == words(answers.found)
    assert rows[0]["quotes"][0]["aspect"] == answers.found[0].quotes[0].aspect
