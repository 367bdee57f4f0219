"""A person over several films, with namesakes in the way."""

import msgspec
import pytest

from pullquote.errors import AmbiguousName
from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.questions.dossier import dossier
from pullquote.questions.person import person

from .marked import review

REVIEWS = [
    review(
        """
        . <PERSON Ada Brandt> is <CHARACTER Lotte> and <PERSON Kim Brandt> shot it.
        + [acting+@Ada Brandt@ Ada Brandt is luminous in every scene].
        """,
        film="f1", title="First", year=2001, number=1,
        credits=[("Ada Brandt", "actor", "Lotte", "Ada Brandt is Lotte"),
                 ("Kim Brandt", "cinematographer", None, "Kim Brandt shot it")],
    ),
    review("- [acting-@Brandt@ <PERSON Brandt> shouts from start to finish].", film="f1", number=2),
    review(
        """
        . Here <PERSON Ada Brandt> directs <PERSON Paul Orm>.
        + [direction+@Ada Brandt@ Ada Brandt directs with a very light hand].
        .! <PERSON Ada Brandt> also plays <CHARACTER The Killer>.
        """,
        film="f2", title="Second", year=2005, number=1,
        credits=[("Ada Brandt", "director", None, "Ada Brandt directs"), ("Paul Orm", "actor", None, "Paul Orm"),
                 ("Ada Brandt", "actor", "The Killer", "Ada Brandt also plays The Killer")],
    ),
    review("+ [direction+@Brandt@ <PERSON Brandt> keeps the tone steady and warm].", film="f2", number=2),
    review(". <PERSON Uwe Brandt> sings.", film="f3", title="Third", year=2006, number=1),
]  # fmt: skip


@pytest.fixture
def brandts(tmp_path):
    with Store(tmp_path / "brandts.duckdb", write=True) as store:
        add(store, REVIEWS)
        yield store.connection


def test_films_roles_and_voices(brandts):
    ada = person(brandts, "Ada Brandt")
    first, second = sorted(ada.films, key=lambda w: w.film.film)
    # In the first film two people are Brandts, so the bare surname is nobody's; in the second it is hers.
    assert (first.reviews, second.reviews) == (1, 2)
    assert ada.keys == ("ada brandt", "brandt")
    assert [(p.role, p.character) for p in first.parts] == [("actor", "Lotte")]
    assert (ada.spoken.praise, ada.spoken.blame) == (3, 0)
    assert [(c.name, c.films) for c in ada.companions] == [("Kim Brandt", 1), ("Paul Orm", 1)]
    assert len(ada.praise) == 3


def test_spoilers_of_a_part(brandts):
    assert "Killer" not in msgspec.json.encode(person(brandts, "Ada Brandt")).decode()
    assert "Killer" in msgspec.json.encode(person(brandts, "Ada Brandt", spoilers=True)).decode()


def test_what_is_left_out_is_counted(brandts):
    assert dossier(brandts, "f2").veiled == 1
    assert dossier(brandts, "f2", spoilers=True).veiled == 0


def test_namesakes_are_listed(brandts):
    with pytest.raises(AmbiguousName) as caught:
        person(brandts, "Brandt")
    assert set(caught.value.candidates) == {"Ada Brandt", "Kim Brandt", "Uwe Brandt"}
    assert "Ada Brandt, 2 reviews" in str(caught.value)


def test_named_but_never_credited(brandts):
    uwe = person(brandts, "uwe brandt")
    assert [(w.film.title, w.parts) for w in uwe.films] == [("Third", ())]
    assert uwe.spoken.reviews == 0
