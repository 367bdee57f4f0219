"""Praise that is offered, and praise that is not."""

import pytest

from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.questions.blurbs import blurbs

from .marked import review

FILM = {"film": "b1", "title": "The Tin Choir", "year": 1987}

#: Sentence by sentence: what may be quoted.
GOOD = [
    ("+ [acting+ The acting is simply magnificent].", "Ann"),
    ("+ [sound+ The singing is a pure delight] from the first bar.", "Bo"),
    ("+ It is not long, but [visuals+ the pictures are a wonder to see].", "Cy"),
    ("+ [writing+ Not one dull line in the whole script].", "Di"),
]
#: And what may not, though each is marked as praise.
BAD = [
    "- It is hardly [overall+ a masterpiece of the cinema].",
    "+ It is hardly [overall+ a triumph of the cinema].",
    "~ [visuals+ The photography is wonderful here] but the tale is thin.",
    "+ It could have been [story+ a truly gripping story].",
    "+ My aunt called it [overall+ the best film of all time].",
    "+ If only it had kept [humor+ the brilliant wit of its opening].",
    '+ A "[direction+ bold and visionary piece of work]", they say.',
    "+! [story+ The death of the conductor is superbly told].",
    "+ [overall+ a great and memorable bit of] nonsense.",
    "+ [acting+ of the superb and moving cast].",
    "+ [acting+ he is simply magnificent here].",
    "+ [humor+ What a hilarious, brilliant finish]... ",
]


@pytest.fixture
def choir(tmp_path):
    with Store(tmp_path / "choir.duckdb", write=True) as store:
        add(
            store,
            [
                *(review(line, **FILM, number=n, author=author) for n, (line, author) in enumerate(GOOD)),
                *(review(line, **FILM, number=100 + n) for n, line in enumerate(BAD)),
                # Praise out of a pan.
                review("+ [sound+ The brass band plays like angels].", **FILM, number=200, sentiment=0.1, stars=2.0),
                # The same words again, and a second good line by one author.
                review("+ [acting+ The acting is simply magnificent throughout].", **FILM, number=201, author="Ann"),
                review("+ [emotion+ I left the hall walking on air].", **FILM, number=202, author="Ann"),
                review("+ [pacing+ Two hours fly by like ten minutes].\n- Not.", **FILM, number=203),
            ],
        )
        yield store.connection


def test_only_straight_praise_is_offered(choir):
    rows = blurbs(choir, "Tin Choir", limit=50).rows()
    assert {r["quote"] for r in rows} == {
        "The acting is simply magnificent", "The singing is a pure delight", "the pictures are a wonder to see",
        "Not one dull line in the whole script", "I left the hall walking on air",
    }  # fmt: skip


def test_every_blurb_stands_in_its_review(choir):
    for row in blurbs(choir, "b1", limit=50, all_reviews=True, spoilers=True).rows():
        ((text,),) = choir.execute("SELECT text FROM reviews WHERE review = ?", [row["review"]]).fetchall()
        assert text[row["start"] : row["end"]] == row["quote"]
        assert text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
        assert row["title"] == "The Tin Choir"


def test_praise_out_of_a_pan_only_when_asked(choir):
    quotes = {r["quote"] for r in blurbs(choir, "b1", limit=50, all_reviews=True).rows()}
    assert "The brass band plays like angels" in quotes


def test_spoilers_only_when_asked(choir):
    quotes = {r["quote"] for r in blurbs(choir, "b1", limit=50, spoilers=True).rows()}
    assert "The death of the conductor is superbly told" in quotes


def test_the_best_come_first_from_many_authors(choir):
    rows = blurbs(choir, "b1", limit=3).rows()
    assert len(rows) == 3
    assert len({r["author"] for r in rows}) == 3
    # Both are strong; the shorter goes first.
    assert [r["quote"] for r in rows[:2]] == ["The singing is a pure delight", "The acting is simply magnificent"]


def test_nothing_to_offer(connection):
    found = blurbs(connection, "Glass Mountain")
    assert len(found) == 0
    assert "quote" in found.arrow().column_names
