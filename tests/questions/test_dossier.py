"""The dossier of The Salt Ferry, counted by hand (see `films`)."""

import threading

import msgspec
import pytest

from pullquote.questions.dossier import dossier
from pullquote.questions.wording import alike, content

SPOILERS = ("drown", "Jonas", "Skarholm", "parent of", "kills")


@pytest.fixture
def ferry(connection):
    return dossier(connection, "The Salt Ferry")


def test_stars(ferry):
    stars = ferry.stars
    assert (stars.given, stars.estimated) == (10, 2)
    # Given 9 8 3 8 7 2 5 3 7 10; the readings make 8 and 3 of the last two.
    assert stars.histogram == (0, 1, 3, 0, 1, 0, 2, 3, 1, 1)
    assert stars.median == 7.0
    assert stars.mean == pytest.approx(73 / 12)
    # 9 8 8 7 7 10 are given as six or more; of the two without stars one is favourable.
    assert (stars.favourable.part, stars.favourable.total) == (7, 12)


def test_one_review_is_one_voice(ferry):
    tallies = {one.aspect: one.tally for one in ferry.aspects}
    acting = tallies["acting"]
    # Review 2 praises the acting three times and is one voice.
    assert (acting.praise, acting.blame, acting.mixed, acting.reviews) == (5, 4, 0, 9)
    assert (acting.praise_quotes, acting.blame_quotes) == (7, 4)
    pacing = tallies["pacing"]
    assert (pacing.praise, pacing.blame) == (2, 5)
    assert list(tallies) == ["acting", "pacing", "visuals", "story", "writing"]


def test_a_review_of_two_minds_is_mixed(connection):
    (visuals,) = dossier(connection, "tt004").aspects
    assert (visuals.tally.praise, visuals.tally.blame, visuals.tally.mixed) == (18, 0, 2)
    assert (visuals.tally.praise_quotes, visuals.tally.blame_quotes) == (20, 2)
    # Their sentences are mixed, so their quotes tell no side.
    assert not visuals.blame


def test_quotes_come_with_sentence_and_place(ferry, connection):
    quotes = [q for one in ferry.aspects for q in (*one.praise, *one.blame)]
    assert len(quotes) > 10
    for quote in quotes:
        ((text, author),) = connection.execute(
            "SELECT text, author FROM reviews WHERE review = ?", [quote.review]
        ).fetchall()
        assert text[quote.start : quote.end] == quote.quote
        assert text[quote.sentence_start : quote.sentence_end] == quote.sentence
        assert quote.quote in quote.sentence
        assert quote.author == author


def test_quotes_of_one_side_differ(ferry):
    for one in ferry.aspects:
        for side in (one.praise, one.blame):
            assert len({q.review for q in side}) == len(side)
            assert all(alike(content(a.quote), content(b.quote)) <= 0.5 for a in side for b in side if a is not b)


def test_disputes(ferry):
    assert [(d.aspect, d.praise, d.blame) for d in ferry.disputes] == [("acting", 5, 4)]


def test_cast_is_joined_by_surname(ferry):
    amsel, lind = ferry.people
    assert (amsel.name, amsel.keys, amsel.reviews) == ("Ruth Amsel", ("ruth amsel", "amsel"), 4)
    assert [(p.role, p.character, p.reviews) for p in amsel.parts] == [("actor", "Hanne Voss", 2)]
    # Praised in reviews 1 and 2, blamed in 3.
    assert (amsel.spoken.praise, amsel.spoken.blame) == (2, 1)
    assert (lind.name, lind.parts[0].role, lind.reviews) == ("Otto Lind", "writer", 2)


def test_characters_places_works(ferry):
    assert [(c.name, c.reviews) for c in ferry.characters] == [("Hanne Voss", 4), ("Mikkel", 2)]
    assert [(p.name, p.reviews) for p in ferry.places] == [("Ostmark", 2)]
    # The film itself is named in review 4, and is no other work.
    assert [(w.name, w.reviews) for w in ferry.works] == [("The Lighthouse Men", 2)]


def test_mutual_relations_are_told_once(ferry):
    assert [(b.subject, b.relation, b.object, b.reviews) for b in ferry.relations] == [
        ("Hanne Voss", "sibling of", "Mikkel", 2)
    ]


def test_no_spoilers_unless_asked(ferry, connection):
    printed = msgspec.json.encode(ferry).decode()
    assert not any(word in printed for word in SPOILERS)
    # Only one review of twelve tells how they stand to each other, too few to be shown, and none to be veiled.
    assert ferry.veiled == 0
    told = msgspec.json.encode(dossier(connection, "tt001", spoilers=True)).decode()
    assert all(word in told for word in ("drown", "Jonas", "Skarholm"))


def test_questions_may_be_asked_at_once(connection):
    found = []
    threads = [
        threading.Thread(target=lambda named=named: found.append(dossier(connection.cursor(), named)))
        for named in ("tt001", "tt002", "tt003", "tt004") * 3
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(f.film.reviews for f in found) == [10, 10, 10, 12, 12, 12, 12, 12, 12, 20, 20, 20]
