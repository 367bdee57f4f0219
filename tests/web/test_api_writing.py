"""Writing over the API, and who may: tokens, reading texts, corrections, limits; over real servers."""

from __future__ import annotations

import shutil

import httpx
import pytest

from pullquote.library import tokens

from .conftest import served
from .test_api import pages, refused

TEXT = '"The Paper Lighthouse" is a superb film. The acting is dreadful, though.'


@pytest.fixture(scope="module")
def library(films, tmp_path_factory):
    """A library of one's own, with the secrets of three tokens."""
    path = tmp_path_factory.mktemp("api") / "own.duckdb"
    shutil.copy(films, path)
    shutil.copytree(films.with_suffix(".index"), path.with_suffix(".index"))
    return path


@pytest.fixture(scope="module")
def secrets(library):
    return {
        "read": tokens.create(library, "looker", ["read"]),
        "write": tokens.create(library, "Kim", ["write"]),
        "both": tokens.create(library, "Lea", ["read", "write"]),
    }


def bearer(secret):
    return {"authorization": f"Bearer {secret}"}


@pytest.fixture(scope="module")
def api(library):
    with (
        served(library, "--rate", "0") as address,
        httpx.Client(base_url=f"{address}/api/v1", timeout=60) as client,
    ):
        yield client


@pytest.fixture
def writer(api, secrets):
    """Sends with a token that may write."""
    return lambda path, **body: api.post(path, json=body, headers=bearer(secrets["write"]))


def challenge(answer, status=401):
    refused(answer, status)
    return answer.headers["www-authenticate"]


def test_reading_texts_needs_no_token_here(api):
    answer = api.post("/read", json={"reviews": [{"text": TEXT, "id": "mine"}, {"text": " <br> "}]})
    good, bad = answer.json()["items"]
    assert (good["id"], good["review"], good["problem"]) == ("mine", None, None)
    opinions = {(one["aspect"], one["polarity"]) for one in good["reading"]["opinions"]}
    assert ("acting", "negative") in opinions
    for one in good["reading"]["opinions"]:
        assert TEXT[one["start"] : one["end"]] == one["quote"]
    assert bad["reading"] is None and "empty" in bad["problem"]


@pytest.mark.parametrize("cookies", [{}, {"pullquote": "0" * 32, "token": "x"}])
def test_writing_needs_a_token_wherever_it_comes_from(api, secrets, cookies):
    posts = [
        ("/read", {"reviews": [{"text": TEXT}], "save": True}), ("/review/1/corrections", {"changes": []}),
        ("/review/1/checked", {"in_force": 1}), ("/corrections/1/undo", {}),
    ]  # fmt: skip
    for path, body in posts:
        sent = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        assert challenge(api.post(path, json=body, headers=sent)).startswith("Bearer")
        assert "invalid_token" in challenge(api.post(path, json=body, headers=bearer("pq_madeup")))
        assert "invalid_token" in challenge(api.post(path, json=body, headers={"authorization": "Basic eDp5"}))
        assert 'scope="write"' in challenge(api.post(path, json=body, headers=bearer(secrets["read"])), 403)
    assert "invalid_token" in challenge(api.get("/films", headers=bearer("pq_madeup")))


def test_a_token_that_is_revoked_is_none(api, library):
    secret = tokens.create(library, "short-lived", ["write"])
    assert api.get("/films", headers=bearer(secret)).status_code == 200
    tokens.revoke(library, "short-lived")
    challenge(api.get("/films", headers=bearer(secret)))


def test_saved_texts_are_kept_once_and_found(api, writer):
    sent = {"text": TEXT, "title": "The Paper Lighthouse", "year": 2019, "author": "Mo", "rating": "B+"}
    before = api.get("/health").json()["reviews"]
    one, two = writer("/read", reviews=[sent, sent], save=True).json()["items"]
    assert one["review"] == two["review"] == before + 1
    assert writer("/read", reviews=[sent], save=True).json()["items"][0]["review"] == before + 1
    health = api.get("/health").json()
    assert (health["reviews"], health["index"]) == (before + 1, "current")
    kept = api.get(f"/review/{before + 1}").json()
    assert (kept["text"], kept["author"], kept["year"], kept["rating"]) == (TEXT, "Mo", 2019, "B+")
    assert kept["reading"] == one["reading"]
    assert api.get("/film/The Paper Lighthouse").json()["film"]["reviews"] == 1
    found = api.get("/search", params={"q": '"dreadful, though"'}).json()["items"]
    assert [one["review"] for one in found] == [before + 1]


def test_a_reading_is_corrected_and_the_correction_undone(api, writer):
    review = api.get("/review/2")
    before = review.json()["reading"]["segments"][0]
    change = {"kind": "segment", "before": before, "after": before | {"role": "meta", "polarity": "mixed"}}
    answer = writer("/review/2/corrections", changes=[change])
    assert answer.status_code == 201
    [number] = answer.json()["corrections"]
    assert answer.json()["reading"]["segments"][0]["role"] == "meta"
    again = api.get("/review/2", headers={"if-none-match": review.headers["etag"]})
    assert again.json()["reading"] == answer.json()["reading"]
    [kept] = api.get("/review/2/corrections").json()["items"]
    assert (kept["correction"], kept["author"], kept["status"], kept["undone_at"]) == (number, "Kim", "in force", None)
    assert kept["change"]["before"] == before and kept["made_at"].endswith("Z")

    assert "once more" in refused(writer("/review/2/corrections", changes=[change]), 409)
    undone = writer(f"/corrections/{number}/undo")
    assert undone.json()["reading"] == review.json()["reading"]
    assert [one["status"] for one in api.get("/review/2/corrections").json()["items"]] == ["undone"]
    assert "undone already" in refused(writer(f"/corrections/{number}/undo"), 409)


def test_a_reading_is_marked_as_checked(api, writer):
    number = api.get("/review/3").json()["in_force"]
    assert writer("/review/3/checked", in_force=number).status_code == 201
    assert [one["change"]["kind"] for one in api.get("/review/3/corrections").json()["items"]] == ["checked"]
    assert "once more" in refused(writer("/review/3/checked", in_force=number), 409)


def test_corrections_are_paged(api, writer):
    for _ in range(3):
        now = api.get("/review/5").json()["reading"]["segments"][0]
        role = "plot" if now["role"] == "meta" else "meta"
        writer("/review/5/corrections", changes=[{"kind": "segment", "before": now, "after": now | {"role": role}}])
    listed = pages(api, "/review/5/corrections", limit=100)
    assert len(listed) == 3 and pages(api, "/review/5/corrections", limit=1) == listed


def test_corrections_that_do_not_fit_are_refused(api, writer):
    far = {"kind": "mention", "after": {"start": 9000, "end": 9003, "type": "PERSON", "name": "Max"}}
    assert "outside the text" in refused(writer("/review/4/corrections", changes=[far]), 422)
    refused(writer("/review/4/corrections", changes=[far | {"after": {"start": -1}}]), 400)
    refused(writer("/review/4/corrections", changes=[{"kind": "checked"}]), 400)
    refused(writer("/review/4/corrections", changes=[]), 400)
    refused(writer("/review/4/corrections", change=far), 400)
    refused(writer("/review/99999/corrections", changes=[far]), 404)
    refused(writer("/corrections/99999/undo"), 404)
    assert api.get("/review/4/corrections").json()["items"] == []


def test_batches_have_limits(api):
    def read(count, length):
        return api.post("/read", json={"reviews": [{"text": "a" * length}] * count})

    assert "reviews" in refused(read(101, 1), 400)
    assert "reviews" in refused(read(0, 1), 400)
    assert "text" in refused(read(1, 100_001), 400)
    assert "400,000" in refused(read(5, 90_000), 413)
    assert "KB" in refused(read(100, 90_000), 413)
    many = api.post("/read", json={"reviews": [{"text": "Dull."}] * 100})
    assert len(many.json()["items"]) == 100


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"reviews": [{"text": "\\ud800"}]}', b"\xff", b"[" * 100_000, b'{"reviews":[{"text":1}]}',
     b'{"reviews":[{"text":"a","colour":"red"}]}'],
)  # fmt: skip
def test_bodies_that_are_not_what_is_asked_for(api, body):
    refused(api.post("/read", content=body, headers={"content-type": "application/json"}), 400)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_another_site_can_send_is_not_taken(api, kind):
    refused(api.post("/read", content=b'{"reviews":[{"text":"a"}]}', headers={"content-type": kind}), 415)


def test_nothing_is_written_where_nothing_may_be(films, tmp_path):
    path = tmp_path / "films.duckdb"
    shutil.copy(films, path)
    secret = tokens.create(path, "Kim", ["write"])
    with served(path, "--read-only") as address:
        answer = httpx.post(f"{address}/api/v1/corrections/1/undo", headers=bearer(secret))
        assert "--read-only" in refused(answer, 403)


def test_from_elsewhere_even_looking_needs_a_token(films, tmp_path):
    path = tmp_path / "films.duckdb"
    shutil.copy(films, path)
    reader, writer = tokens.create(path, "Ada", ["read"]), tokens.create(path, "Kim", ["write"])
    with served(path, "--host", "0.0.0.0", "--read-only") as address:
        for place in ("/api/v1/films", "/api/v1/health", "/api/v1/openapi.json", "/api/v1/docs", "/api/v1/nothing"):
            assert challenge(httpx.get(address + place)).startswith("Bearer")
            refused(httpx.get(address + place, auth=("anyone", reader)), 401)
            assert 'scope="read"' in challenge(httpx.get(address + place, headers=bearer(writer)), 403)
            assert httpx.get(address + place, headers=bearer(reader)).status_code in (200, 404)
        page = httpx.get(f"{address}/films")
        assert page.status_code == 401 and page.headers["www-authenticate"].startswith("Basic")
        assert "Glass Harbour" in httpx.get(f"{address}/films", auth=("anyone", reader)).text
        assert httpx.get(f"{address}/films", auth=("anyone", "pq_madeup")).status_code == 401
    with served(path, "--host", "0.0.0.0", "--public") as address:
        assert httpx.get(f"{address}/api/v1/films").status_code == 200
        challenge(httpx.post(f"{address}/api/v1/corrections/1/undo"))
        refused(httpx.post(f"{address}/api/v1/corrections/1/undo", headers=bearer(writer)), 404)
