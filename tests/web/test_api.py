"""The API asked over a real server: every operation, paging, tags, what is refused."""

from __future__ import annotations

import itertools
import json

import httpx
import pytest

from tests.questions.films import EVERYTHING

from .conftest import served


@pytest.fixture(scope="module")
def api(films):
    with served(films, "--rate", "0", "--read-only") as address, httpx.Client(base_url=f"{address}/api/v1") as client:
        yield client


def pages(api, path, **asked):
    """All items of a list, page by page."""
    cursor, items = None, []
    while True:
        answer = api.get(path, params=asked | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        found = answer.json()
        assert len(found["items"]) <= asked["limit"]
        items += found["items"]
        cursor = found["next"]
        if cursor is None:
            return items


def refused(answer, status):
    """The detail of a refusal in the form of RFC 9457."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["type"] == "about:blank" and told["status"] == status and told["title"]
    return told["detail"]


def test_search_finds_quotes_in_their_sentences(api):
    first = api.get("/search", params={"q": "painting"}).json()["items"][0]
    assert "painting" in first["words"]
    text = api.get(f"/review/{first['review']}").json()["text"]
    assert text[first["start"] : first["end"]] == first["words"]
    for quote in first["quotes"]:
        assert text[quote["start"] : quote["end"]] == quote["quote"]


def test_search_narrows_and_veils(api):
    found = api.get("/search", params={"q": "dough", "film": "tt003", "polarity": "negative"}).json()["items"]
    assert {(one["film"], one["polarity"]) for one in found} == {("tt003", "negative")}
    veiled, open_ = (
        {one["words"] for one in pages(api, "/search", q="drowns", limit=50, spoilers=shown)}
        for shown in ("false", "true")
    )
    assert any("drowns" in words for words in open_ - veiled)


def test_the_dossier_tells_what_the_page_tells(api):
    film = api.get("/film/The Salt Ferry").json()
    assert film["film"] == {"film": "tt001", "title": "The Salt Ferry", "year": 2011, "reviews": 12}
    assert sum(film["stars"]["histogram"]) == 12
    acting = next(one for one in film["aspects"] if one["aspect"] == "acting")
    assert acting["praise"][0]["quote"] in acting["praise"][0]["sentence"]
    assert api.get("/film/tt001").json() == film


def test_a_bar_opens_to_as_many_quotes_as_it_counts(api):
    tally = next(one["tally"] for one in api.get("/film/tt001").json()["aspects"] if one["aspect"] == "acting")
    answer = api.get("/quotes", params={"film": "tt001", "aspect": "acting", "polarity": "positive"}).json()
    assert answer["total"] + answer["veiled"] == tally["praise_quotes"]
    assert {one["aspect"] for one in answer["items"]} == {"acting"}


def test_quotes_stand_in_their_sentence_whatever_that_judges(api):
    [quote, _] = api.get("/quotes?film=tt004&aspect=visuals&polarity=negative").json()["items"]
    assert quote["quote"] == "the sets look cheap by daylight"
    assert quote["sentence"] == f"The reflections are lovely to look at but {quote['quote']}."
    text = api.get(f"/review/{quote['review']}").json()["text"]
    assert text[quote["sentence_start"] : quote["sentence_end"]] == quote["sentence"]


def test_comparison_person_rankings_blurbs_and_health(api):
    compared = api.get("/compare", params={"film": ["tt001", "Glass Harbour"]}).json()
    assert [one["film"]["film"] for one in compared["films"]] == ["tt001", "tt004"]
    assert api.get("/person/Amsel").json()["name"] == "Ruth Amsel"
    ranked = api.get("/rankings", params={"aspect": "visuals", "least": 5}).json()["items"]
    assert [one["place"] for one in ranked] == list(range(1, len(ranked) + 1))
    assert ranked[0]["film"] == "tt004"
    assert {one["polarity"] for one in api.get("/blurbs/tt001").json()["items"]} == {"positive"}
    health = api.get("/health").json()
    assert (health["status"], health["reviews"], health["index"], health["writes"]) == (
        "ok", len(EVERYTHING), "current", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "asked", "key"),
    [
        ("/films", {}, "film"),
        ("/reviews", {}, "review"),
        ("/reviews", {"film": "tt004"}, "review"),
        ("/rankings", {"least": 1}, "film"),
        ("/rankings", {"least": 1, "order": "least-praised", "aspect": "visuals"}, "film"),
        ("/quotes", {"film": "tt001"}, "start"),
        ("/search", {"q": "film camera dough"}, "segment"),
    ],
)
def test_lists_are_paged_without_loss_or_repeat(api, path, asked, key):
    whole = pages(api, path, limit=100, **asked)
    assert len(whole) > 3
    for limit in (1, 3):
        assert pages(api, path, limit=limit, **asked) == whole
    places = [json.dumps([one.get("review"), one.get("aspect"), one[key]]) for one in whole]
    assert len(set(places)) == len(places)


def test_a_cursor_serves_its_own_question_only(api):
    cursor = api.get("/reviews", params={"film": "tt004", "limit": 2}).json()["next"]
    assert api.get("/reviews", params={"film": "tt004", "limit": 5, "cursor": cursor}).json()["items"][0]["review"] > 2
    other = [
        ("/reviews", {"cursor": cursor}), ("/reviews", {"film": "tt001", "cursor": cursor}),
        ("/quotes", {"film": "tt004", "cursor": cursor}), ("/films", {"cursor": cursor}),
    ]  # fmt: skip
    for path, asked in other:
        assert "Begin anew" in refused(api.get(path, params=asked), 400)


@pytest.mark.parametrize("path", ["/films", "/reviews", "/rankings", "/quotes?film=tt001", "/search?q=ferry"])
@pytest.mark.parametrize("cursor", ["", "x", "=", "%00", "WzFd", "A" * 1999, "ééé", "W1s=" * 9, "A" * 5000])
def test_made_up_cursors_are_refused(api, path, cursor):
    refused(api.get(path, params={"cursor": cursor}), 400)


def test_every_letter_of_a_cursor_counts(api):
    cursor = api.get("/films", params={"limit": 1}).json()["next"]
    # The last letter holds bits that stand for nothing.
    for place, letter in itertools.product(range(len(cursor) - 1), "Ab-"):
        changed = cursor[:place] + letter + cursor[place + 1 :]
        if changed != cursor:
            refused(api.get("/films", params={"cursor": changed}), 400)


def test_tags_spare_an_answer_that_is_there_already(api):
    asked = ["/film/tt001", "/search?q=ferry", "/reviews", "/review/1", "/review/1/corrections", "/person/Amsel"]
    tags = set()
    for path in asked:
        answer = api.get(path)
        tag = answer.headers["etag"]
        assert tag.startswith('"') and answer.headers["cache-control"] == "private, no-cache"
        for header in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = api.get(path, headers={"if-none-match": header})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert api.get(path, headers={"if-none-match": '"other"'}).json() == answer.json()
        plain = api.get(path, headers={"accept-encoding": "identity"})
        assert plain.headers["etag"] != tag, "one answer packed and plain is two"
        tags.add(tag)
    assert len(tags) == len(asked)
    assert api.get("/film/tt001?spoilers=true").headers["etag"] != api.get("/film/tt001").headers["etag"]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/films?limit=0", 400, "limit"),
        ("/films?limit=101", 400, "limit"),
        ("/films?limit=ten", 400, "limit"),
        ("/films?limit=null", 400, "limit"),
        ("/films?limit=1&limit=2", 400, "twice"),
        ("/films?colour=red", 400, "colour"),
        ("/search", 400, "q"),
        ("/search?q=" + "a" * 1001, 400, "q"),
        ("/search?q=--", 422, "word"),
        ("/search?q=ferry&aspect=acting&polarity=neutral", 422, "polarity"),
        ("/search?q=ferry&since=soon", 400, "since"),
        ("/search?q=ferry&film=Nothing Like It", 404, "none of that name"),
        ("/search?q=ferry&person=Nobody Atall", 404, "none of that name"),
        ("/review/0", 400, "number"),
        ("/review/one", 400, "number"),
        ("/review/99999", 404, "number"),
        ("/review/99999/corrections", 404, "number"),
        ("/film/Nothing Like It", 404, "name"),
        ("/person/Nobody Atall", 404, "name"),
        ("/compare?film=tt001", 400, "film"),
        ("/compare?film=tt001&film=The Salt Ferry", 422, "one film"),
        ("/nothing", 404, "page"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(api, path, status, told):
    assert told in refused(api.get(path), status)


def test_a_name_of_several_gets_the_choice(api):
    answer = api.get("/film/Night Bakery")
    refused(answer, 404)
    ways = [choice["url"] for choice in answer.json()["choices"]]
    assert {api.get(way.removeprefix("/api/v1")).json()["film"]["film"] for way in ways} == {"tt002", "tt003"}


def test_other_methods_are_refused_with_those_there_are(api):
    answer = api.delete("/review/1/corrections")
    refused(answer, 405)
    assert {one.strip() for one in answer.headers["allow"].split(",")} == {"GET", "HEAD", "POST"}
    assert api.head("/films").status_code == 200


def test_no_file_of_the_server_is_named(api, films):
    for path in ("/search?q=ferry", "/film/tt001", "/review/1", "/quotes?film=tt001", "/blurbs/tt001", "/person/Amsel"):
        answer = api.get(path).text
        assert '"source"' not in answer and str(films.parent) not in answer


def test_the_docs_are_a_page_that_loads_nothing_from_elsewhere(api):
    page = api.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    for operation in ("/api/v1/search", "/api/v1/review/{number}/corrections", "/api/v1/read"):
        assert operation in page.text
    assert "<script>" not in page.text and "https://" not in page.text and "onclick" not in page.text
    document = api.get("/openapi.json").json()
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page.text
