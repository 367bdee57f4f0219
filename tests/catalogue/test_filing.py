"""Reviews of a library, filed under their films."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.catalogue.filing import Filed, link_library, steps
from pullquote.library.check import check
from pullquote.library.rows import Read
from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.sources.record import Record

from .reviews import reading

GIVEN = "A slow one, and I left early."
REMAKE = '"The Glass Harbour" is a fine film. Carla Whitfield directs Martin O\'Dell with care.'
TITLED = "What a bore this was from start to end."
UNNAMED = "Nothing happens, twice."
SEQUEL = '"Nightwater II" is a dull film. I saw "Nightwater II" alone.'


def record(id: str, text: str, **known: object) -> Record:
    return Record(text, id, f"{id}.txt", **known)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "library.duckdb", write=True) as opened:
        batch = [
            (record("given", GIVEN, film_id="tt9000014"), reading(GIVEN)),
            (record("strange", GIVEN, film_id="tt1"), reading(GIVEN)),
            (
                record("remake", REMAKE),
                reading(REMAKE, film="The Glass Harbour", people=["Martin O'Dell"], director="Carla Whitfield"),
            ),
            (record("titled", TITLED, title="Élégie", year=2003), reading(TITLED)),
            (record("unnamed", UNNAMED), reading(UNNAMED)),
            (record("sequel", SEQUEL, date=dt.date(1990, 5, 1)), reading(SEQUEL, film="Nightwater II")),
        ]
        add(opened, [Read("here", one, read) for one, read in batch])
        yield opened


def filed(store: Store) -> dict[str, tuple[str | None, str | None]]:
    rows = store.connection.execute("SELECT id, film, film_by FROM reviews").fetchall()
    return {id: (film, by) for id, film, by in rows}


def films(store: Store) -> dict[str, tuple[str | None, int | None, str | None]]:
    rows = store.connection.execute("SELECT film, title, year, title_by FROM films").fetchall()
    return {film: (title, year, by) for film, title, year, by in rows}


def test_reviews_get_their_films_and_films_their_names(store, catalogue):
    assert link_library(store, catalogue, threshold=0.5) == Filed(given=2, unknown=1, linked=3, unlinked=1)
    assert filed(store) == {
        "given": ("tt9000014", "given"),
        "strange": ("tt1", "given"),
        "remake": ("tt9000002", "link"),
        "titled": ("tt9000009", "link"),
        "unnamed": (None, None),
        "sequel": ("tt9000003", "link"),
    }
    known = films(store)
    assert known["tt9000002"] == ("The Glass Harbour", 1994, "catalogue")
    assert known["tt9000014"] == ("The Lamp Keeper's Daughter", 1990, "catalogue")
    assert known["tt1"] == (None, None, None)
    assert check(store) == []


def test_a_link_has_its_probability_and_evidence(store, catalogue):
    link_library(store, catalogue, threshold=0.5)
    ((probability, evidence, text),) = store.connection.execute(
        "SELECT probability, evidence, text FROM links JOIN reviews USING (review) WHERE id = 'remake'"
    ).fetchall()
    told = json.loads(evidence)
    assert 0.5 <= probability <= 1
    assert "The Glass Harbour" in text[told["start"] - 1 : told["end"] + 1]
    assert {(p["name"], p["person"], p["role"]) for p in told["people"]} == {
        ("Carla Whitfield", "nm9000004", "director"), ("Martin O'Dell", "nm9000003", "actor"),
    }  # fmt: skip


def test_a_second_run_changes_nothing_and_a_stricter_one_takes_links_back(store, catalogue):
    before = filed(store)
    link_library(store, catalogue, threshold=0.5)
    once = filed(store), films(store), store.meta("changes")
    link_library(store, catalogue, threshold=0.5)
    assert (filed(store), films(store), store.meta("changes")) == once
    assert store.connection.execute("SELECT count(*) FROM links").fetchall() == [(3,)]
    assert link_library(store, catalogue, threshold=1.0).linked == 0
    assert filed(store) == before
    assert store.connection.execute("SELECT count(*) FROM links").fetchall() == [(0,)]
    assert check(store) == []


def test_a_title_that_a_source_gave_stays(store, catalogue):
    store.connection.execute("UPDATE films SET title = 'Lamp Girl', title_by = 'given' WHERE film = 'tt9000014'")
    link_library(store, catalogue)
    assert films(store)["tt9000014"] == ("Lamp Girl", 1990, "given")


def test_many_reviews_go_in_batches(store, catalogue, monkeypatch):
    monkeypatch.setattr("pullquote.catalogue.filing.BATCH", 1)
    done: list[int] = []
    assert link_library(store, catalogue, threshold=0.5, show=done.append).linked == 3
    # Each of six is heard, then each of the four without an id is linked.
    assert done == list(range(1, steps(store) + 1)) == list(range(1, 11))
    assert filed(store)["sequel"] == ("tt9000003", "link")


HARBOUR = '"The Glass Harbour" is a fine film. Martin O\'Dell plays the pilot Ansel Grue, and Ansel Grue is all nerves.'
UNTITLED = [
    "Martin O'Dell has never been better than as Ansel Grue, the pilot with the shaking hands.",
    "Poor Ansel Grue! Martin O'Dell lets him stutter through the harbour at night.",
]


def told(id: str, text: str, *, film: str | None = None, characters: bool = True) -> Read:
    read = reading(text, film=film, people=["Martin O'Dell"], characters=["Ansel Grue"] if characters else [])
    return Read("here", record(id, text), read)


def test_a_review_without_a_title_is_linked_by_reviews_that_share_its_people_and_characters(tmp_path, catalogue):
    with Store(tmp_path / "library.duckdb", write=True) as store:
        named = [told(f"named{n}", f"{HARBOUR} {n}", film="The Glass Harbour") for n in range(4)]
        add(store, [*named, *(told(f"untitled{n}", text) for n, text in enumerate(UNTITLED))])
        link_library(store, catalogue, threshold=0.3)
        films = {film for film, _ in filed(store).values()}
        assert films == {"tt9000002"}
        rows = store.connection.execute(
            "SELECT evidence FROM links JOIN reviews USING (review) WHERE id LIKE 'untitled%'"
        ).fetchall()
        for (evidence,) in rows:
            known = json.loads(evidence)
            assert known["by"] == "reviews"
            assert known["start"] is None
            assert known["names"] == ["ansel grue", "martin o'dell"]
            assert {one["review"] for one in known["kin"]} <= set(range(1, 7))
        assert check(store) == []


def test_a_review_that_shares_nothing_is_not_linked_by_others(tmp_path, catalogue):
    with Store(tmp_path / "library.duckdb", write=True) as store:
        named = [told(f"named{n}", f"{HARBOUR} {n}", film="The Glass Harbour") for n in range(4)]
        add(store, [*named, Read("here", record("other", UNNAMED), reading(UNNAMED))])
        link_library(store, catalogue, threshold=0.3)
        assert filed(store)["other"] == (None, None)


def test_reviews_that_came_with_an_id_speak_for_the_others(tmp_path, catalogue):
    with Store(tmp_path / "library.duckdb", write=True) as store:
        given = [
            Read("here", record(f"given{n}", f"{text} {n}", film_id="tt9000014"), told("x", text).reading)
            for n, text in enumerate(UNTITLED * 2)
        ]
        add(store, [*given, told("untitled", UNTITLED[0])])
        assert link_library(store, catalogue, threshold=0.3).linked == 1
        assert filed(store)["untitled"] == ("tt9000014", "link")
