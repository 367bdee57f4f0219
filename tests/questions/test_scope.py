"""What is counted here agrees with what the tables say."""

import pytest

from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.questions.aspects import aspect_and_side, tallies
from pullquote.questions.cast import cast
from pullquote.questions.named import names
from pullquote.questions.quotes import candidates, sourced
from pullquote.questions.rank import ASPECTS, rank
from pullquote.questions.scope import of_film, of_reviews
from pullquote.questions.stars import FAVOURABLE, favourable

from .marked import review

FILMS = ("tt001", "tt002", "tt003", "tt004", "tt005", "tt006")


def test_quotes_are_cut_by_code_points(tmp_path):
    with Store(tmp_path / "signs.duckdb", write=True) as store:
        marked = """
            . 😀 Un café à Zürich 🎬🎬 ﬁn.
            + 👍🏽 [visuals+ The 🌊 is photographed “with love” 😀 and care].
            - é [sound- The e\u0301cho of the 𝄞 score is painful to hear].
        """
        add(store, [review(marked, film="f", number=1)])
        scope = of_film(store.connection, "f", spoilers=False)
        found = [one for own in candidates(scope, scope.opinions, by=aspect_and_side, each=9).values() for one in own]
        kept = store.connection.execute("SELECT opinion, quote FROM opinions ORDER BY opinion").fetchall()
        assert sorted((one.opinion, one.quote) for one in found) == kept
        sentences = store.connection.execute("SELECT words FROM sentences WHERE polarity <> 'neutral'").fetchall()
        assert {sourced(scope, one).sentence for one in found} == {words for (words,) in sentences}


def test_favourable_is_one_rule(connection):
    told = connection.execute(f"SELECT review, {FAVOURABLE} FROM ratings ORDER BY review").fetchall()
    scope = of_reviews(connection, [number for number, _ in told], spoilers=False)
    assert [(number, favourable(one)) for number, one in scope.reviews.items()] == told
    assert {said for _, said in told} == {True, False}


@pytest.mark.parametrize("blamed", [False, True])
def test_rankings_count_as_dossiers_do(connection, blamed):
    tallied = {film: tallies(of_film(connection, film, spoilers=False).opinions) for film in FILMS}
    for aspect in ASPECTS:
        rows = rank(connection, aspect, blamed=blamed, min_reviews=1).rows()
        own = {film: of[aspect] for film, of in tallied.items() if aspect in of}
        assert {(r["film"], r["part"], r["reviews"]) for r in rows} == {
            (film, counts.blame if blamed else counts.praise, counts.reviews) for film, counts in own.items()
        }


def test_what_touches_a_veiled_sentence_is_hidden(connection):
    scope, open_ = (of_film(connection, "tt001", spoilers=spoilers) for spoilers in (False, True))
    assert {one.name for one in scope.mentions() if scope.hidden(one)} == {"Hanne Voss", "Jonas", "Skarholm"}
    assert {one.subject for one in scope.relations() if scope.hidden(one)} == {"Jonas", "Hanne Voss"}
    assert not any(open_.hidden(one) for one in open_.mentions())
    assert sum(sentence.veiled for sentence in scope.sentences.values()) == 2


def test_each_group_gives_its_surest(connection):
    scope = of_film(connection, "tt001", spoilers=False)
    found = candidates(scope, scope.opinions, by=aspect_and_side, each=2)
    assert {group: len(own) for group, own in found.items()} == {
        ("acting", "positive"): 2, ("acting", "negative"): 2, ("pacing", "positive"): 2, ("pacing", "negative"): 2,
        ("visuals", "positive"): 2, ("story", "negative"): 1, ("writing", "positive"): 1,
    }  # fmt: skip
    # All are equally sure, so the first reviews come first.
    assert [one.review for one in found["acting", "positive"]] == [1, 2]


def test_of_many_people_the_most_named_are_told(tmp_path):
    def credited(number, *people, opinion=""):
        said = " and ".join(people)
        return review(
            f". {opinion}Here are <PERSON {'> and <PERSON '.join(people)}>.",
            film="f", number=number, credits=[(person, "actor", None, said) for person in people],
        )  # fmt: skip

    with Store(tmp_path / "many.duckdb", write=True) as store:
        add(
            store,
            [
                credited(1, "Ana Prim", "Bo Sekund", "Cy Terz"),
                credited(2, "Cy Terz"),
                credited(3, "Bo Sekund", opinion="[acting+@Bo Sekund@ A fine performance indeed]. "),
            ],
        )
        scope = of_film(store.connection, "f", spoilers=False)
        people = names(scope)["PERSON"]
        everybody, _ = cast(scope, people, {}, limit=9)
        assert [one.name for one in everybody] == ["Bo Sekund", "Cy Terz", "Ana Prim"]
        assert cast(scope, people, {}, limit=1)[0] == everybody[:1]
        assert cast(of_film(store.connection, "nowhere", spoilers=False), {}, {}, limit=9) == ((), 0)
