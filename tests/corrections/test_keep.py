"""Corrections in a real library: kept, undone, refused, and seen by every question."""

import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.corrections.apply import apply
from pullquote.corrections.changes import CreditChange, FilmChange, MentionChange, OpinionChange, parse, printed
from pullquote.corrections.keep import (
    correct,
    correct_all,
    current,
    history,
    machine_reading,
    mark_checked,
    undo,
)
from pullquote.corrections.record import in_force
from pullquote.errors import CorrectionConflict, InputError, LibraryError
from pullquote.library.check import check
from pullquote.library.ingest import Ingest
from pullquote.library.rebuild import readings
from pullquote.library.rows import Read
from pullquote.library.store import Store
from pullquote.library.write import add, replace
from pullquote.reader import Reader
from pullquote.reading import Credit, Film, Reading
from pullquote.sources.record import Record

from ..library import made
from ..library.made import TEXT, reading, span
from .samples import added, changes, opinion, replaced, retyped, segment, verdict

A = reading("a")
VERDICTS = "SELECT * FROM verdicts ORDER BY review"


def told(store, review=1):
    """The reading that the tables hold."""
    return readings(store.connection, [review])[review]


def rows(store, query, *values):
    return store.connection.execute(query, list(values)).fetchall()


def test_a_correction_is_kept_with_all_that_belongs_to_it(store):
    change = retyped(A, 3, "PERSON")
    assert correct(store, 1, change, " Kim ") == 1
    (one,) = history(store, 1)
    assert (one.correction, one.review, one.author, one.status) == (1, 1, "Kim", "in force")
    assert one.change == change and one.made_at is not None
    assert rows(store, "SELECT kind, before->>'type', after->>'type' FROM corrections") == [
        ("mention", "CHARACTER", "PERSON")
    ]


def test_every_question_sees_the_corrected_claims_and_the_machines_are_kept(store):
    correct_all(
        store,
        1,
        [
            segment(A, 1, role="meta", spoiler=0.0),
            retyped(A, 3, "PERSON"),
            MentionChange(before=A.mentions[4]),
            CreditChange(after=Credit(person="Zoë Ünal", role="editor", **span("Superb acting by Vale"))),
            OpinionChange(before=A.opinions[0], after=replaced(A.opinions[0], aspect="humor")),
            OpinionChange(after=opinion("directed", "direction", "mixed")),
            verdict(A, stars=3.0, recommend="no"),
        ],
        "Kim",
    )
    assert check(store) == []
    assert rows(store, "SELECT role, spoiler, confidence FROM segments WHERE review = 1 AND segment = 1") == [
        ("meta", 0.0, 1.0)
    ]
    assert rows(store, "SELECT key FROM entities WHERE review = 1 AND type = 'CHARACTER'") == []
    assert rows(store, "SELECT name FROM people WHERE person = 'zoe unal'") == [("Zoë Ünal",)]
    assert rows(store, "SELECT aspect FROM opinions WHERE review = 1 ORDER BY opinion") == [("direction",), ("humor",)]
    assert rows(store, "SELECT stars, given FROM ratings WHERE review = 1") == [(3.0, False)]
    assert machine_reading(store, 1) == A
    assert told(store, 2) == reading("b")
    assert "Readers have corrected this reading (7 corrections)." in told(store).warnings


def test_undoing_restores_the_reading_exactly(store):
    before = rows(store, "SELECT * FROM mentions WHERE review = 1"), rows(store, VERDICTS)
    film = rows(store, "SELECT review, film, film_by FROM reviews")
    first = correct(store, 1, FilmChange(before=A.film, after=Film(title="Lamp", **span("Lamp"))), "Kim")
    between = told(store)
    second = correct(store, 1, added("brother", "PLACE"), "Lee")
    assert rows(store, "SELECT film FROM reviews WHERE review = 1") == [("title:lamp",)]
    undo(store, second)
    assert told(store) == between
    undo(store, first)
    assert told(store) == A == machine_reading(store, 1)
    assert (rows(store, "SELECT * FROM mentions WHERE review = 1"), rows(store, VERDICTS)) == before
    assert rows(store, "SELECT review, film, film_by FROM reviews ORDER BY review") == sorted(film)
    assert rows(store, "SELECT machine FROM readings") == [(None,), (None,)]
    assert [one.status for one in history(store, 1)] == ["undone", "undone"]
    assert check(store) == []


def test_an_earlier_correction_can_be_undone_unless_a_later_one_rests_on_it(store):
    one = correct(store, 1, retyped(A, 3, "PERSON"), "Kim")
    other = correct(store, 1, segment(A, 0, role="meta"), "Kim")
    later = correct(store, 1, retyped(told(store), 3, "ORG"), "Lee")
    with pytest.raises(CorrectionConflict, match=rf"correction {later} \(mention, by Lee\) rests on correction {one}"):
        undo(store, one)
    undo(store, other)
    assert told(store).segments == A.segments and told(store).mentions[3].type == "ORG"
    undo(store, later)
    undo(store, one)
    assert told(store) == A
    with pytest.raises(InputError, match="undone already"):
        undo(store, one)
    with pytest.raises(InputError, match="no correction 99"):
        undo(store, 99)


def test_judgements_of_one_sentence_do_not_rest_on_each_other(store):
    role = correct(store, 1, segment(A, 1, role="meta"), "Kim")
    correct(store, 1, segment(told(store), 1, polarity="mixed"), "Kim")
    undo(store, role)
    assert (told(store).segments[1].role, told(store).segments[1].polarity) == ("plot", "mixed")


@pytest.mark.parametrize(
    "later",
    [added("Max", "PERSON"), added("plays Max", "WORK")],
)
def test_what_took_the_room_of_another_rests_on_that(store, later):
    gone = correct(store, 1, MentionChange(before=A.mentions[3]), "Kim")
    correct(store, 1, later, "Kim")
    with pytest.raises(CorrectionConflict, match="rests on"):
        undo(store, gone)


def test_a_review_checked_whole_rests_on_all_before(store):
    one = correct(store, 1, retyped(A, 3, "PERSON"), "Kim")
    seen = current(store.connection, 1).number
    checked = mark_checked(store, 1, seen, "Kim")
    with pytest.raises(CorrectionConflict, match="checked"):
        undo(store, one)
    with pytest.raises(CorrectionConflict, match="meanwhile"):
        mark_checked(store, 1, seen, "Kim")
    assert check(store) == []
    undo(store, checked)
    undo(store, one)
    assert told(store) == A


@pytest.mark.parametrize(
    "change",
    [
        MentionChange(before=replaced(A.mentions[3], confidence=0.1), after=A.mentions[3]),
        MentionChange(before=replaced(A.mentions[3], type="ORG")),
        added("Max", "PERSON"),
        segment(replaced(A, segments=(replaced(A.segments[0], role="meta"),)), 0, role="plot"),
        verdict(replaced(A, verdict=replaced(A.verdict, stars=1.0)), recommend="no"),
        FilmChange(after=Film(title="Lamp", **span("Lamp"))),
    ],
)
def test_a_correction_of_what_is_not_there_is_refused(store, change):
    with pytest.raises(CorrectionConflict):
        correct(store, 1, change, "Kim")
    assert told(store) == A and history(store, 1) == []


def test_all_of_several_changes_or_none(store):
    good, bad = retyped(A, 3, "PERSON"), added("Vale plays", "PERSON")
    with pytest.raises(InputError, match="lies over"):
        correct_all(store, 1, [good, bad], "Kim")
    assert told(store) == A and history(store, 1) == [] and check(store) == []


def test_refusals_say_why(store):
    with pytest.raises(InputError, match="no review 77"):
        correct(store, 77, retyped(A, 3, "PERSON"), "Kim")
    with pytest.raises(InputError, match="author"):
        correct(store, 1, retyped(A, 3, "PERSON"), "\x1b[31m")
    with pytest.raises(InputError, match="says already"):
        correct(store, 1, retyped(A, 3, "CHARACTER"), "Kim")
    path = store.path
    store.close()
    with Store(path) as reading_only, pytest.raises(LibraryError, match="read only"):
        correct(reading_only, 1, retyped(A, 3, "PERSON"), "Kim")


def test_of_two_at_the_same_moment_one_is_told(store):
    """Each of eight threads, with a connection of its own, takes the same name out."""
    change = MentionChange(before=A.mentions[3])
    stores = [Store(store.path, write=True) for _ in range(8)]
    ends: list[object] = []
    barrier = threading.Barrier(len(stores))

    def run(own):
        barrier.wait()
        try:
            ends.append(correct(own, 1, change, "Kim"))
        except CorrectionConflict as error:
            ends.append(error)

    threads = [threading.Thread(target=run, args=[own]) for own in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for own in stores:
        own.close()
    assert [end for end in ends if isinstance(end, int)] == [1] and len(ends) == len(stores)
    assert len(told(store).mentions) == len(A.mentions) - 1 and check(store) == []


def test_a_page_can_send_what_it_was_shown(store):
    sent = printed(verdict(told(store), stars=2.0))
    correct(store, 1, parse(sent), "Kim")
    assert told(store).verdict.stars == 2.0


@settings(max_examples=5, deadline=None)
@given(st.data())
def test_whatever_is_done_in_whatever_order_the_library_is_whole(data):
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder) / "l.duckdb", write=True) as store,
    ):
        add(store, [made.read("a")])
        stages = [told(store)]
        for _ in range(data.draw(st.integers(1, 6))):
            active = in_force(history(store, 1))
            try:
                if active and data.draw(st.booleans()):
                    one = data.draw(st.sampled_from(active))
                    undo(store, one.correction)
                    if one is active[-1]:
                        stages.pop()
                        assert told(store) == stages[-1]
                    else:
                        stages = [
                            apply(A, [c.change for c in active[:i] if c is not one], TEXT)
                            for i in range(len(active) + 1)
                            if i == 0 or active[i - 1] is not one
                        ]
                else:
                    correct(store, 1, data.draw(changes(told(store), TEXT)), "Kim")
                    stages.append(told(store))
            except InputError:
                pass
            assert told(store) == stages[-1]
            assert told(store).check(TEXT) == []
            assert machine_reading(store, 1) == A
        assert check(store) == []


def test_corrections_go_on_what_another_model_reads(store):
    correct(store, 1, retyped(A, 3, "PERSON"), "Kim")
    correct(store, 1, segment(A, 1, role="meta"), "Kim")
    lost = correct(store, 1, OpinionChange(before=A.opinions[0], after=replaced(A.opinions[0], aspect="humor")), "Kim")
    fresh = replaced(A, model="hand/2", opinions=(), mentions=tuple(replaced(m, confidence=0.4) for m in A.mentions))
    (aside,) = replace(store, {1: fresh})
    assert (aside.correction, aside.origin) == (lost, "made.jsonl:a") and "not in the reading" in aside.reason
    assert told(store).mentions[3].type == "PERSON" and told(store).segments[1].role == "meta"
    assert told(store).opinions == () and told(store).model == "hand/2"
    assert machine_reading(store, 1) == fresh
    assert [one.status for one in history(store, 1)] == ["in force", "in force", "set aside"]
    old = rows(store, "SELECT replaced FROM readings WHERE replaced_at IS NOT NULL")
    assert [type(A).from_json(str(line[0])) for line in old] == [A]
    assert check(store) == []
    # The next model has a place for it again.
    assert replace(store, {1: replaced(A, model="hand/3")}) == []
    assert told(store).opinions[0].aspect == "humor" and check(store) == []
    for one in reversed(history(store, 1)):
        undo(store, one.correction)
    assert told(store) == replaced(A, model="hand/3")


def test_a_correction_set_aside_can_be_undone(store):
    lost = correct(store, 1, OpinionChange(before=A.opinions[0], after=replaced(A.opinions[0], aspect="humor")), "Kim")
    fresh = replaced(A, model="hand/2", opinions=())
    replace(store, {1: fresh})
    assert told(store) == fresh
    undo(store, lost)
    assert replace(store, {1: replaced(A, model="hand/3")}) == [] and told(store).opinions == A.opinions


def test_a_review_checked_whole_keeps_its_claims(store):
    lost = correct(store, 1, OpinionChange(before=A.opinions[0], after=replaced(A.opinions[0], aspect="humor")), "Kim")
    checked = mark_checked(store, 1, current(store.connection, 1).number, "Kim")
    fresh = replaced(A, model="hand/2", opinions=(), mentions=())
    assert replace(store, {1: fresh}) == []
    assert told(store).mentions == A.mentions and told(store).opinions[0].aspect == "humor"
    assert told(store).model == "hand/2" and check(store) == []
    undo(store, checked)
    assert told(store) == fresh
    assert [one.correction for one in history(store, 1) if one.status == "set aside"] == [lost]


def test_ingest_tells_what_it_set_aside(tmp_path):
    text = "The boat was on time. The harbour was not."
    record = Record(text, "r", "made:1")
    claim = opinion("on time", "pacing", "positive", text)
    with Store(tmp_path / "l.duckdb", write=True) as store:
        add(store, [Read("made", record, Reading(id="r", model="old/1", verdict=A.verdict, opinions=(claim,)))])
        correct(store, 1, OpinionChange(before=claim, after=replaced(claim, aspect="humor")), "Kim")
        heard = []
        run = Ingest(store, reread=True, complain=lambda origin, reason: heard.append((origin, reason)))
        list(run.run([("made", record)]))
        assert (run.progress.reread, run.progress.failed) == (1, 0)
        ((origin, reason),) = heard
        assert origin == "made:1" and reason.startswith("correction 1 does not fit the new reading")
        assert told(store) == machine_reading(store, 1) == Reader().read(text, id="r").without_text()
        assert check(store) == []
