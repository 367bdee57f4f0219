"""The index against its library: built, kept up, found out when it is behind, and never believed blindly."""

import shutil

import msgspec
import pytest

from pullquote.errors import InputError
from pullquote.library.rebuild import readings
from pullquote.library.store import Store
from pullquote.library.write import add, replace
from pullquote.reading import Reading
from pullquote.search import state
from pullquote.search.claims import unpacked
from pullquote.search.index import Index, build, index_folder, update
from pullquote.search.table import opened

from ..questions.films import EVERYTHING
from ..questions.marked import review
from .conftest import ask_in

NEW = review("+ [sound+ The foghorn sings like a cello].", film="tt001", number=99, stars=9.0)
COLUMNS = "review segment words role polarity veiled stars written source opinions people claims".split()


def content(path):
    """Every row of the index, in order; the vectors apart."""
    table = opened(index_folder(path)).to_arrow().sort_by([("review", "ascending"), ("segment", "ascending")])
    rows = table.select(COLUMNS).to_pylist()
    for row in rows:
        row["opinions"], row["people"] = sorted(row["opinions"]), sorted(row["people"])
        row["claims"] = unpacked(row["claims"])
    return rows, table["vector"].to_pylist()


def test_updates_come_to_the_same_as_building(tmp_path):
    grown, whole = tmp_path / "grown.duckdb", tmp_path / "whole.duckdb"
    with Store(grown, write=True) as store:
        assert update(store) == 0
        for first in range(0, len(EVERYTHING), 25):
            part = EVERYTHING[first : first + 25]
            add(store, part)
            assert update(store) == len(part)
        assert update(store) == 0
    with Store(whole, write=True) as store:
        add(store, EVERYTHING)
        assert build(store) == len(EVERYTHING)
    assert content(grown) == content(whole)
    with Store(grown) as one, Store(whole) as other:
        for words in ("wooden acting", "light and fog", '"dry dock"'):
            assert [f.words for f in ask_in(one, words)] == [f.words for f in ask_in(other, words)]


def test_a_missing_index_says_how_to_build_it(indexed, tmp_path):
    path = tmp_path / "alone.duckdb"
    shutil.copy(indexed, path)
    with Store(path) as store:
        with pytest.raises(InputError, match="pullquote index"):
            Index(index_folder(path))
        build(store)
        assert ask_in(store, "dry dock")


def test_a_stale_index_tells_how_many_reviews_it_lacks(own):
    with Store(own, write=True) as store:
        index = Index(index_folder(own))
        assert index.check(store.connection) == 0
        add(store, [NEW])
        assert index.check(store.connection) == 1
        assert not ask_in(store, "foghorn", by="words")
        assert update(store) == 1
        assert Index(index_folder(own)).check(store.connection) == 0
        assert [f.words for f in ask_in(store, "foghorn", by="words")] == ["The foghorn sings like a cello."]


def test_what_was_read_again_is_not_shown_as_it_was_read_before(own):
    with Store(own, write=True) as store:
        [before] = ask_in(store, '"dry dock"')
        fresh = shorter(store, before.review)
        replace(store, {before.review: fresh})
        index = Index(index_folder(own))
        assert index.check(store.connection) == 1
        assert ask_in(store, '"dry dock"', index=index) == ()
        assert update(store) == 1
        [after] = ask_in(store, '"dry dock"')
        assert after.words == before.words[: len(after.words)] != before.words
        assert after.quotes == ()


def shorter(store, number):
    """A new reading: the first sentence ends a word early, and nothing is judged."""
    [reading] = readings(store.connection, [number]).values()
    first, *rest = reading.segments
    parts = [{"start": s.start, "end": s.end} for s in (first, *rest)]
    parts[0]["end"] -= 1
    segments = [{**p, "role": "opinion", "polarity": "neutral", "spoiler": 0.0} for p in parts]
    return msgspec.convert(
        {"id": reading.id, "model": "by hand/2", "verdict": {"sentiment": 0.5, "stars": 5.0, "recommend": "none"},
         "segments": segments}, Reading,
    )  # fmt: skip


def test_a_filter_holds_by_the_library_even_where_the_index_is_behind(own):
    with Store(own, write=True) as store:
        [(review,)] = store.connection.execute("SELECT review FROM reviews WHERE id = 'tt001-7'").fetchall()
        [reading] = readings(store.connection, [review]).values()
        meta = tuple(msgspec.structs.replace(segment, role="meta") for segment in reading.segments)
        replace(store, {review: msgspec.structs.replace(reading, segments=meta)})
        with store.transaction():
            store.connection.execute("UPDATE reviews SET film = 'tt002' WHERE review = ?", [review])
            store.changed()
        assert ask_in(store, '"dry dock"', filters={"film": "tt001"}) == ()
        [found] = ask_in(store, '"dry dock"', filters={"film": "tt002"})
        assert (found.film, found.role) == ("tt002", "meta")
        assert ask_in(store, '"dry dock"', filters={"role": "opinion"}) == ()


def test_an_index_of_another_library_is_refused(own, tmp_path):
    other = tmp_path / "other.duckdb"
    with Store(other, write=True) as store:
        add(store, [NEW])
        shutil.copytree(index_folder(own), index_folder(other))
        with pytest.raises(InputError, match="another library"):
            Index(index_folder(other)).check(store.connection)
        assert update(store) == 1
        assert Index(index_folder(other)).check(store.connection) == 0


def test_damage_is_noticed_and_mended(own):
    folder = index_folder(own)
    shutil.rmtree(folder / "sentences.lance")
    with pytest.raises(InputError, match="pullquote index"):
        Index(folder)
    (folder / "built.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="pullquote index"):
        Index(folder)
    with Store(own) as store:
        update(store)
        assert ask_in(store, "dry dock")


def test_a_damaged_file_is_no_traceback(own):
    for file in (index_folder(own) / "sentences.lance" / "data").iterdir():
        file.write_bytes(b"rust")
    with Store(own) as store, pytest.raises(InputError, match="pullquote index"):
        ask_in(store, "dry dock", index=Index(index_folder(own)))


def test_an_update_that_was_killed_is_made_good(own):
    with Store(own, write=True) as store:
        add(store, [NEW])
        then = state.read(index_folder(own))
        update(store)
        # As if the kill came before the state was written.
        state.write(index_folder(own), then)
        update(store)
        assert len(ask_in(store, "foghorn", by="words")) == 1


def test_nothing_lies_about_after_building(own):
    with Store(own) as store:
        build(store)
    assert {p.name for p in own.parent.iterdir()} <= {"own.duckdb", "own.index", ".own.index.lock"}


def test_an_interrupted_build_leaves_the_old_index(own):
    with Store(own, write=True) as store:
        add(store, [NEW])

        def stop(done):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            build(store, stop)
        assert ask_in(store, "dry dock")
        assert Index(index_folder(own)).check(store.connection) == 1
    assert not list(own.parent.glob(".*.part"))


def test_two_builders_do_not_meet(own):
    with Store(own, write=True) as store:

        def again(done):
            with pytest.raises(InputError, match="another process"):
                build(store)

        assert build(store, again) == len(EVERYTHING)


def test_an_empty_library_has_an_empty_index(tmp_path):
    with Store(tmp_path / "empty.duckdb", write=True) as store:
        assert build(store) == 0
        assert ask_in(store, "anything") == ()
