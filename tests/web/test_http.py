"""What every answer carries, what is refused, and that nothing of the server's inside shows."""

from __future__ import annotations

import gzip
import logging
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from starlette.testclient import TestClient

from pullquote.errors import LibraryError
from pullquote.web.app import create_app
from pullquote.web.settings import Allowance, Settings

from .conftest import served

PAGES = (
    "/", "/search?q=painting", "/films", "/film/tt001", "/film/The%20Salt%20Ferry", "/blurbs/tt001",
    "/quotes?film=tt001&aspect=acting&side=positive", "/reviews?film=tt001", "/review/1", "/compare",
    "/compare?film=tt001&film=tt004", "/person/Ruth%20Amsel", "/rankings", "/rankings?aspect=visuals&order=blamed",
    "/read",
)  # fmt: skip


@pytest.fixture
def app(films):
    """Makes the site over the sample films, to read unless told otherwise."""
    opened = []

    def make(**settings):
        client = TestClient(
            create_app(Settings(**({"library": films, "read_only": True} | settings))), base_url="http://127.0.0.1"
        )
        client.__enter__()
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.__exit__()


@pytest.fixture
def own(films, tmp_path):
    """A copy of the sample library that may be written."""
    path = tmp_path / "own.duckdb"
    shutil.copy(films, path)
    shutil.copytree(films.with_suffix(".index"), path.with_suffix(".index"))
    return path


def token(client, page="/read"):
    return re.search(r'name="form_token" value="([^"]+)"', client.get(page).text)[1]


def test_pages_answer_with_safe_headers(app):
    client = app()
    for page in (*PAGES, "/static/site.css", "/nope", "/film/nothing%20like%20it"):
        answer = client.get(page)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy and "form-action 'self'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        if page in PAGES:
            assert answer.status_code == 200, page
            assert answer.headers["cache-control"] == "no-store"
            assert not re.search(r"<script>|\son\w+=|\sstyle=|<style", answer.text), page


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("/nope", 404), ("/film/nothing%20like%20it", 404), ("/review/99999", 404), ("/review/0", 400),
        ("/review/x", 400), ("/person/Nobody%20Here", 404), ("/quotes?film=zz&aspect=acting&side=positive", 404),
        ("/quotes?film=tt001&aspect=nothing&side=positive", 400), ("/reviews?film=zz", 404),
        ("/search?q=a&aspect=zz", 400), ("/search?q=a&stars=many", 400), ("/search?q=a&year=never", 400),
        ("/static/..%2Fapp.py", 404), ("/static/nope.js", 404), ("/film/%00", 404), ("/film/", 404),
        ("/api/v1/nope", 404), ("/search?q=" + "a" * 2000, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_told_plainly(app, films, page, status):
    answer = app().get(page)
    assert answer.status_code == status
    for inside in ("Traceback", str(films.parent), "duckdb", "site-packages", ".py"):
        assert inside not in answer.text
    if page.startswith("/api"):
        assert answer.json()["status"] == status


def test_several_films_of_one_name_are_a_choice(app):
    answer = app().get("/film/Night%20Bakery")
    assert answer.status_code == 404
    assert "/film/tt002" in answer.text and "/film/tt003" in answer.text
    answer = app().get("/search?q=ovens&film=Night%20Bakery")
    assert "film=tt002" in answer.text


def test_other_host_names_are_refused(app):
    client = app(names=frozenset({"films.example"}))
    for host, status in (
        ("127.0.0.1:80", 200), ("localhost", 200), ("[::1]:8765", 200), ("192.168.1.7", 200), ("Films.example:81", 200),
        ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("", 421),
    ):  # fmt: skip
        assert client.get("/read", headers={"host": host}).status_code == status, host


def test_bodies_have_a_limit(app):
    client = app(allowance=Allowance(body=1000, seconds=30), slower={})
    assert client.post("/choices", content=b"x" * 2000).status_code == 413

    def chunks():
        for _ in range(20):
            yield b"x" * 100

    answer = client.post("/choices", content=chunks(), headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413
    assert client.post("/choices", content=b"", headers={"content-length": "-5"}).status_code == 413


def test_answers_have_a_time(app):
    client = app(allowance=Allowance(body=1000, seconds=0.0), slower={})
    answer = client.get("/film/tt001")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_clients_have_a_rate(app):
    client = app(rate=0.2)
    statuses = [client.get("/static/icon.svg").status_code for _ in range(3)]
    assert statuses == [200, 429, 429]
    assert int(client.get("/").headers["retry-after"]) >= 1


def test_a_form_needs_the_token_of_its_browser(app):
    client = app()
    form = {"spoilers": "shown", "back": "/film/tt001"}
    assert client.post("/choices", data=form).status_code == 403
    good = token(client)
    assert client.post("/choices", data=form | {"form_token": good[:-1] + "x"}).status_code == 403
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}):
        assert client.post("/choices", data=form | {"form_token": good}, headers=headers).status_code == 403
    answer = client.post("/choices", data=form | {"form_token": good}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/film/tt001")
    client.cookies.clear()
    assert client.post("/choices", data=form | {"form_token": good}).status_code == 403


def test_cookies_are_kept_from_scripts_and_other_sites(app):
    cookie = app().get("/").headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie


def test_a_choice_leads_to_no_other_site(app):
    client = app()
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""):
        form = {"form_token": token(client), "spoilers": "veiled", "back": back}
        assert client.post("/choices", data=form, follow_redirects=False).headers["location"] == "/"


def test_spoilers_are_veiled_until_they_are_chosen(app):
    client = app()
    drowning = "drowns"
    assert drowning not in client.get("/search?q=her+own+father").text
    assert "Jonas" not in client.get("/film/tt001").text
    client.post("/choices", data={"form_token": token(client), "spoilers": "shown", "back": "/"})
    assert drowning in client.get("/search?q=her+own+father").text
    assert "Jonas" in client.get("/film/tt001").text


def test_search_answers_with_a_page_or_with_a_part(app):
    client = app()
    whole = client.get("/search?q=painting")
    assert whole.text.startswith("<!DOCTYPE html>") and "harbour at dawn is a painting" in whole.text
    asked = client.get(
        "/search?q=painting&film=tt001&polarity=positive&stars=8-10&year=2012", headers={"hx-request": "true"}
    )
    assert not asked.text.startswith("<!DOCTYPE") and "harbour at dawn is a painting" in asked.text
    assert "harbour at dawn" not in client.get("/search?q=painting&film=tt002").text
    assert "harbour at dawn" not in client.get("/search?q=painting&year=2011&film=tt001").text


def test_without_an_index_films_are_found_all_the_same(app, films, tmp_path):
    bare = tmp_path / "bare.duckdb"
    shutil.copy(films, bare)
    answer = app(library=bare).get("/search?q=salt+ferry")
    assert "pullquote index" in answer.text and "/film/tt001" in answer.text
    assert str(tmp_path) not in answer.text


def test_a_bar_has_the_quotes_it_counts(app):
    text = app().get("/quotes?film=tt001&aspect=acting&side=negative", headers={"hx-request": "true"}).text
    assert "The acting is wooden" in text and "played by planks" in text
    assert "mumbles her way through" in text and "miracle" not in text


def test_a_review_is_read_kept_and_found(app, own):
    client = app(library=own, read_only=False)
    text = "A superb film. The acting by Ruth Amsel is wonderful, and the photography is simply breathtaking."
    read = client.post("/read", data={"form_token": token(client), "text": text})
    assert read.status_code == 200 and "Keep it in the library" in read.text and "breathtaking" in read.text
    form = {"form_token": token(client), "text": text, "title": "The Salt Ferry", "year": "2011", "author": "Zoe",
            "rating": "9/10"}  # fmt: skip
    kept = client.post("/read/keep", data=form, follow_redirects=False)
    assert kept.status_code == 303
    page = client.get(kept.headers["location"])
    assert "Zoe" in page.text and "given <bdi>9/10</bdi>" in page.text
    assert "breathtaking" in client.get("/search?q=breathtaking").text
    again = client.post("/read/keep", data=form | {"form_token": token(client)}, follow_redirects=False)
    assert again.headers["location"] == kept.headers["location"]


def test_a_saved_page_is_read(app):
    client = app()
    body = "<p>" + "The acting is superb and the story moves along at a fine pace from start to end. " * 5 + "</p>"
    saved = f"<!doctype html><html><head><title>x</title></head><body><article>{body}</article></body></html>"
    answer = client.post(
        "/read", data={"form_token": token(client)}, files={"file": ("saved.html", saved, "text/html")}
    )
    assert answer.status_code == 200 and "main text was read" in answer.text


@pytest.mark.parametrize("text", ["", "   ", "<br/>", "long " * 40_000])
def test_what_cannot_be_read_is_told(app, text):
    client = app()
    answer = client.post("/read", data={"form_token": token(client), "text": text})
    assert answer.status_code == 400 and 'role="alert"' in answer.text


def test_a_library_to_read_is_not_written(app):
    client = app()
    form = {"form_token": token(client), "text": "A superb film."}
    assert "Keep it" not in client.post("/read", data=form).text
    assert client.post("/read/keep", data=form | {"form_token": token(client)}).status_code == 403
    client = app(public=True)
    assert client.post("/read/keep", data=form | {"form_token": token(client)}).status_code == 403


def test_a_missing_library_is_not_made(tmp_path):
    with pytest.raises(LibraryError, match="no library here"):
        create_app(Settings(library=tmp_path / "none.duckdb"))
    assert not list(tmp_path.iterdir())


def test_the_log_holds_no_words(app, caplog):
    with caplog.at_level(logging.INFO, "pullquote.web"):
        client = app()
        client.get("/search?q=secretword")
        client.get("/film/secretname")
        client.get("/person/secretname")
        client.post("/read", data={"form_token": token(client), "text": "A secretreview of a superb film."})
    assert "GET /search 200" in caplog.text and "POST /read 200" in caplog.text
    assert "secret" not in caplog.text


def test_the_first_page_is_light(app):
    """All that a browser loads for the first page, as it comes over the wire, is under 100 KB."""
    client = app()
    page = client.get("/", headers={"accept-encoding": "gzip"})
    total = len(gzip.compress(page.content, 5))
    assert page.headers["content-encoding"] == "gzip"
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    assert len(found) == 7
    # The fonts that its words are set in.
    for address in (*found, "/static/source-serif-400.woff2", "/static/source-sans.woff2"):
        answer = client.get(address, headers={"accept-encoding": "identity"})
        assert "immutable" in answer.headers["cache-control"]
        total += len(answer.content) if address.endswith("woff2") else len(gzip.compress(answer.content, 9))
    assert total < 100 * 1024


def test_a_slow_reading_does_not_hold_up_the_pages(own):
    with served(own, "--rate", "0") as address, httpx.Client(base_url=address, timeout=120) as client:
        text = "Ruth Amsel is superb in this film, though the story drags. " * 400
        form = {"form_token": token(client), "text": text}
        with ThreadPoolExecutor(1) as other:
            reading = other.submit(client.post, "/read", data=form)
            answered = 0
            while not reading.done():
                assert client.get("/film/tt001").status_code == 200
                answered += 1
        assert reading.result().status_code == 200
    # One that waits for the reading would be answered once.
    assert answered > 3
