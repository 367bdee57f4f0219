"""The page of correcting over HTTP: what its forms do, and what is refused."""

from __future__ import annotations

import re
import time

import pytest
from starlette.testclient import TestClient

from pullquote.corrections.changes import MentionChange
from pullquote.corrections.keep import correct, history
from pullquote.library.store import Store
from pullquote.search.index import Index, index_folder
from pullquote.web.app import create_app
from pullquote.web.correcting.claims import key_of
from pullquote.web.settings import Settings

from .desk import REVIEW, Desk, made_library, said


@pytest.fixture
def library(tmp_path):
    return made_library(tmp_path / "library.duckdb")


@pytest.fixture
def opened(library):
    """Makes the site; a client of it."""
    clients = []

    def opened(**settings):
        client = TestClient(create_app(Settings(library=library, rate=None, **settings)), base_url="http://127.0.0.1")
        client.__enter__()
        clients.append(client)
        return client

    yield opened
    for client in clients:
        client.__exit__()


@pytest.fixture
def desk(opened, library):
    return Desk(opened(), library)


def past(library):
    with Store(library, write=True) as store:
        return history(store, 1)


def retyped(desk, words, kind, **more):
    mention = next(m for m in desk.reading.mentions if said(m) == words)
    return desk.correct(kind="mention", key=key_of(mention), type=kind, name=mention.name, do="keep", **more)


def test_a_sentence_is_changed_and_says_by_whom(desk, library):
    before = desk.reading.segments[1]
    answer = desk.correct(kind="segment", key=key_of(before), role="opinion", polarity="mixed", sentence=before.start)
    assert answer.status_code == 200 and answer.text.count("<form") > 3 and "<html" not in answer.text
    after = desk.reading.segments[1]
    assert (after.role, after.polarity, after.spoiler) == ("opinion", "mixed", 0.0)
    [kept] = past(library)
    assert kept.author == "Kim"
    assert "Story, No judgement, gives the story away" in answer.text
    assert "Judgement, Mixed, gives nothing away" in answer.text


def test_a_spoiler_that_stays_one_keeps_its_probability(desk):
    before = desk.reading.segments[1]
    desk.correct(kind="segment", key=key_of(before), role="plot", polarity="negative", spoiler="yes")
    assert desk.reading.segments[1].spoiler == before.spoiler


def test_one_name_or_all_of_it(desk):
    assert retyped(desk, "Vale", "CHARACTER").status_code == 200
    assert [m.type for m in desk.reading.mentions if m.name == "Jon Vale"] == ["PERSON", "CHARACTER"]
    assert retyped(desk, "Vale", "ORG", all="yes").status_code == 200
    assert [m.type for m in desk.reading.mentions if m.name == "Jon Vale"] == ["ORG", "ORG"]
    mention = next(m for m in desk.reading.mentions if m.name == "Jon Vale")
    assert desk.correct(kind="mention", key=key_of(mention), do="remove", all="yes").status_code == 200
    assert not [m for m in desk.reading.mentions if m.name == "Jon Vale"]


def test_claims_are_added_where_their_words_stand(desk):
    start = desk.sentence("Superb")
    add = {"sentence": start, "words": "by Vale"}
    assert desk.correct(**add, kind="opinion", aspect="acting", polarity="mixed", target="").status_code == 200
    added = next(o for o in desk.reading.opinions if o.polarity == "mixed")
    assert (added.quote, said(added), added.target) == ("by Vale", "by Vale", None)
    assert desk.correct(**add, kind="credit", person="Jon Vale", role="producer", character="").status_code == 200
    credit = next(c for c in desk.reading.credits if c.role == "producer")
    assert (said(credit), credit.character, credit.confidence) == ("by Vale", None, 1.0)
    bond = {"kind": "relation", "subject": "Max", "relation": "friend of", "object": "Lily"}
    assert desk.correct(**add, **bond).status_code == 200
    assert [r.relation for r in desk.reading.relations if said(r) == "by Vale"] == ["friend of"]
    assert desk.correct(sentence=start, words="Superb", kind="mention", type="WORK", name="").status_code == 200
    assert [m.type for m in desk.reading.mentions if m.name == "Superb"] == ["WORK"]


def test_a_place_on_the_page_is_one_of_the_raw_review(desk):
    """The page shows "🎬🎬 Café & …" without what cannot be seen; places count its code points."""
    text = re.sub(r"<a class=\"pick\".*?</a>|<[^>]+>", "", desk.page().split('id="words"')[1].split("<aside")[0])
    text = text.split(">", 1)[1].replace("&amp;", "&").replace("&#34;", '"')
    at = text.index("brother of")
    place = {"from_": at, "to": at + len("brother of "), "words": "brother of", "sentence": desk.sentence("brother")}
    assert desk.correct(**place, kind="opinion", aspect="story", polarity="negative").status_code == 200
    assert [said(o) for o in desk.reading.opinions if o.polarity == "negative"] == ["brother of"]


def test_claims_are_changed_and_removed(desk):
    opinion, credit, relation, film = (
        desk.reading.opinions[0], desk.reading.credits[1], desk.reading.relations[0], desk.reading.film,
    )  # fmt: skip
    fields = {"aspect": "visuals", "polarity": "negative", "target": ""}
    assert desk.correct(kind="opinion", key=key_of(opinion), **fields).status_code == 200
    changed = desk.reading.opinions[0]
    assert (changed.aspect, changed.polarity, changed.target) == ("visuals", "negative", None)
    fields = {"person": "Jon Vale", "role": "writer", "character": "Max"}
    assert desk.correct(kind="credit", key=key_of(credit), **fields).status_code == 200
    assert desk.reading.credits[1].role == "writer"
    assert desk.correct(kind="relation", key=key_of(relation), do="remove").status_code == 200
    assert not desk.reading.relations
    assert desk.correct(kind="film", key=key_of(film), title="A Lamp").status_code == 200
    assert desk.reading.film.title == "A Lamp"
    again = {"kind": "film", "words": "Lily", "sentence": desk.sentence("Lily"), "film": key_of(desk.reading.film)}
    assert desk.correct(**again).status_code == 200
    assert (desk.reading.film.title, said(desk.reading.film)) == ("Lily", "Lily")


def test_the_verdict_is_changed_as_far_as_it_was(desk):
    before = desk.reading.verdict
    same = {"kind": "verdict", "leaning": "positive", "stars": "8.1", "recommend": "yes"}
    assert desk.correct(**same, key=key_of(before)).status_code == 400
    assert desk.correct(**same | {"recommend": "mixed"}, key=key_of(before)).status_code == 200
    now = desk.reading.verdict
    assert (now.recommend, now.stars, now.sentiment) == ("mixed", before.stars, before.sentiment)
    other = {"kind": "verdict", "leaning": "negative", "stars": "2,5", "recommend": "no", "unrated": "yes"}
    assert desk.correct(**other, key=key_of(now)).status_code == 200
    now = desk.reading.verdict
    assert (now.sentiment, now.stars, now.recommend, now.stated_rating) == (0.0, 2.5, "no", None)
    for stars in ("11", "0", "nan", "many", ""):
        assert desk.correct(**other | {"stars": stars}, key=key_of(now)).status_code == 400
    rating = {"kind": "rating", "words": "by Vale", "sentence": desk.sentence("by Vale"), "verdict": key_of(now)}
    assert desk.correct(**rating).status_code == 200
    assert desk.reading.verdict.stated_rating.text == "by Vale"


def test_a_review_is_checked_whole_until_it_is_changed(desk, library):
    seen = re.search(r'name="seen" value="(\d+)"', desk.page())[1]
    assert desk.correct(kind="checked", seen=seen).status_code == 200
    assert "Checked whole" in desk.page() and 'name="seen"' not in desk.page()
    assert [one.change.after is not None for one in past(library)] == [True]
    retyped(desk, "Max", "PERSON")
    assert "Checked whole" not in desk.page()
    assert desk.correct(kind="checked", seen=seen).status_code == 409


def test_what_was_corrected_is_undone_unless_more_rests_on_it(desk):
    retyped(desk, "Max", "PERSON")
    retyped(desk, "Max", "PLACE")
    assert "No. 2 rests on it" in desk.page()
    refused = desk.undo(1)
    assert refused.status_code == 409 and "undo that one first" in refused.text
    assert desk.undo(2).status_code == 200
    assert desk.undo(1).status_code == 200
    assert [m.type for m in desk.reading.mentions if m.name == "Max"] == ["CHARACTER"]
    assert desk.undo(1).status_code == 400
    assert desk.page().count(", undone") == 2


def test_a_correction_of_another_review_is_not_undone_here(desk, library):
    with Store(library, write=True) as store:
        from pullquote.corrections.keep import current

        number = correct(store, 2, MentionChange(before=current(store.connection, 2).reading.mentions[3]), "Ann")
    for wrong in (number, 99, "x", ""):
        assert desk.undo(wrong).status_code == 400


def test_a_stale_change_is_told_and_changes_nothing(desk, library):
    mention = next(m for m in desk.reading.mentions if m.name == "Max")
    with Store(library, write=True) as store:
        correct(store, 1, MentionChange(before=mention), "Ann")
    form = {"kind": "mention", "key": key_of(mention), "type": "ORG", "name": "Maximilian"}
    answer = desk.correct(**form)
    assert answer.status_code == 409 and "no longer in the reading" in answer.text
    assert len(past(library)) == 1
    # Without scripts, the whole page comes again and tells what was wanted.
    answer = desk.correct(parts=False, form=key_of(mention), **form, sentence=desk.sentence("Max"))
    assert answer.status_code == 409 and answer.text.startswith("<!DOCTYPE html>")
    assert "no longer in the reading" in answer.text and "Maximilian" in answer.text


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("Jon", {"kind": "mention", "type": "PERSON"}), ("", {"kind": "mention", "type": "PERSON"}),
        ("Nobody", {"kind": "mention", "type": "PERSON"}), ("plays", {"kind": "mention", "type": "NOTHING"}),
        ("plays", {"kind": "opinion", "aspect": "acting", "polarity": "neutral"}), ("plays", {"kind": "nothing"}),
        ("plays", {"kind": "mention", "type": "WORK", "name": "x" * 301}),
        ("plays", {"kind": "relation", "subject": "Max", "relation": "rules", "object": "Lily"}),
        ("plays", {"kind": "mention", "type": "WORK", "which": "2"}),
        ("plays", {"kind": "mention", "type": "WORK", "which": "-1"}),
        ("plays", {"kind": "segment"}),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_and_nothing_lost(desk, library, words, fields):
    typed = {"words": words, "sentence": desk.sentence("plays"), "form": "add", "name": "Typed before"} | fields
    answer = desk.correct(**typed)
    assert answer.status_code in (400, 409) and "data-told" in answer.text
    answer = desk.correct(parts=False, **typed)
    assert answer.status_code in (400, 409)
    assert 'role="alert"' in answer.text and f'value="{typed["name"][:300]}' in answer.text
    assert not past(library)


def test_without_scripts_a_form_leads_back_to_its_sentence(desk):
    start = desk.sentence("Superb")
    form = {"kind": "mention", "words": "Superb", "type": "WORK", "sentence": start}
    answer = desk.correct(parts=False, **form)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/review/1/correct?sentence={start}#at{start}"


def test_a_form_without_its_token_changes_nothing(desk, library):
    before = desk.reading.segments[1]
    form = {"kind": "segment", "key": key_of(before), "role": "opinion", "polarity": "mixed"}
    for address in ("/review/1/correct", "/review/1/undo", "/author"):
        assert desk.client.post(address, data=form).status_code == 403
        forged = form | {"form_token": f"{'0' * 32}.{'0' * 64}"}
        assert desk.client.post(address, data=forged).status_code == 403
        sent = form | {"form_token": desk.token()}
        assert desk.client.post(address, data=sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert not past(library)


@pytest.mark.parametrize("settings", [{"read_only": True}, {"public": True}])
def test_a_library_to_look_at_is_not_corrected(opened, library, settings):
    desk = Desk(opened(**settings), library, author=None)
    page = desk.client.get("/review/1").text
    assert "/review/1/correct\"" not in page and "What was corrected" in page
    assert desk.client.get("/review/1/correct").status_code == 403
    desk.client.cookies.set("author", "Kim")
    for address in ("/review/1/correct", "/review/1/undo", "/author"):
        assert desk.post(address, kind="checked", seen=1, correction=1, author="Kim").status_code == 403
    assert desk.client.get("/review/1/corrections").status_code == 200
    assert desk.client.get("/review/1/machine").status_code == 200


def test_who_corrects_is_asked_once(opened, library):
    desk = Desk(opened(), library, author=None)
    assert 'name="author"' in desk.page(sentence=desk.sentence("Max")) and 'name="key"' not in desk.page()
    assert desk.correct(kind="checked", seen=1).status_code == 400
    for name in ("", "  ", "x" * 81, "a\nb", "\u202eevil"):
        assert desk.post("/author", author=name, back="/").status_code == 400
    answer = desk.post("/author", author=" Zoë 😀; <b> ", back="//evil.example")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "<" not in cookie
    assert "Correcting as <bdi>Zoë 😀;</bdi>" in desk.page()
    retyped(desk, "Max", "PERSON")
    assert past(library)[0].author == "Zoë 😀; <b>"


@pytest.mark.parametrize("value", ["%FF", "", "%0A", "x" * 500, "%E2%80%AE"])
def test_a_cookie_that_we_did_not_write_is_no_name(opened, library, value):
    desk = Desk(opened(), library, author=None)
    desk.client.cookies.set("author", value)
    assert "Who corrects?" in desk.page()


def test_the_machines_reading_can_be_looked_at(desk):
    retyped(desk, "Max", "PLACE")
    assert "Place: Max" in desk.client.get("/review/1").text
    machine = desk.client.get("/review/1/machine").text
    assert "Character: Max" in machine and "Place: Max" not in machine


def test_corrections_are_veiled_where_their_words_give_the_story_away(desk):
    desk.client.cookies.set("spoilers", "veiled")
    retyped(desk, "Max", "PLACE")
    inside = "<details><summary>Name: its words give the story away"
    assert inside in desk.client.get("/review/1/corrections").text
    desk.client.cookies.set("spoilers", "shown")
    assert inside not in desk.client.get("/review/1/corrections").text


def test_a_review_that_is_not_there_cannot_be_corrected(desk):
    for page in ("correct", "corrections", "machine"):
        assert desk.client.get(f"/review/99/{page}").status_code == 404
        assert desk.client.get(f"/review/0/{page}").status_code == 400
    assert desk.post("/review/99/correct", parts=True, kind="checked", seen=1).status_code == 400


def test_search_comes_to_know_of_a_correction(desk, library):
    retyped(desk, "Max", "PERSON")
    retyped(desk, "Lily", "PERSON")
    end = time.monotonic() + 60
    missing = 1
    while missing and time.monotonic() < end:
        with Store(library, write=True) as store:
            missing = Index(index_folder(library)).check(store.connection)
        time.sleep(0.05)
    assert missing == 0


def test_the_text_of_the_page_is_the_review(desk):
    assert REVIEW.count("😀") == desk.page().split('id="words"')[1].split("<aside")[0].count("😀")
