"""Reading in groups, here and by workers: same answers, same order, nothing left behind."""

import os
import signal

import pytest

import pullquote
from pullquote.cores import cores
from pullquote.crew import groups
from pullquote.crew.answers import Fault, Told
from pullquote.crew.run import reading
from pullquote.errors import EmptyReview, InputError, ModelError, ReviewTooLong, WorkerError

from .processes import linux, under, wait_for_end

WORDS = ("superb", "dull", "warm", "noisy", "clever", "endless", "charming", "cold")
#: Both ways in which processes are started, as far as this system has them.
WAYS = (False, True) if hasattr(os, "fork") else (False,)


def reviews(number):
    """Short reviews, all different, some of many sentences."""
    return [
        (f"r{i}", f"A {WORDS[i % 8]} film, number {i}. " + f"The acting is {WORDS[(i + 3) % 8]}. " * (1 + i % 5))
        for i in range(number)
    ]


def answers(texts, *, workers, max_chars=1000, model=None, **options):
    with reading(texts, model=model, workers=workers, max_chars=max_chars, **options) as found:
        return list(found)


@pytest.fixture(scope="module")
def alone():
    """What one process says of 140 reviews, among them three that cannot be read."""
    return answers(spoilt(), workers=1)


def spoilt():
    texts = reviews(140)
    texts[1], texts[70], texts[139] = ("void", " <br /> "), ("long", "word " * 201), ("last", "")
    return texts


def test_faults_stand_in_their_place_and_spoil_no_other(alone):
    faults = {at: answer for at, answer in enumerate(alone) if isinstance(answer, Fault)}
    assert list(faults) == [1, 70, 139]
    assert [type(fault.error()) for fault in faults.values()] == [EmptyReview, ReviewTooLong, EmptyReview]
    assert "the limit is 1,000" in faults[70].reason
    told = [answer.reading().id for answer in alone if isinstance(answer, Told)]
    assert told == [id for at, (id, _) in enumerate(spoilt()) if at not in faults]


@pytest.mark.parametrize("forks", WAYS)
def test_answers_are_the_same_whoever_reads(alone, forks):
    assert answers(spoilt(), workers=2, forks=forks) == alone


@pytest.mark.parametrize("model", ["compact", "auto:0.5"])
def test_answers_of_every_model_are_the_same_by_any_number(model, monkeypatch):
    one = answers(spoilt(), workers=1, model=model)
    assert answers(spoilt(), workers=3, model=model) == one
    monkeypatch.setattr(groups, "GROUP", 11)
    assert answers(spoilt(), workers=2, model=model) == one


@pytest.mark.parametrize("size", [7, 200])
def test_answers_are_the_same_however_they_travel(alone, size, monkeypatch):
    monkeypatch.setattr(groups, "GROUP", size)
    assert answers(spoilt(), workers=1) == alone


def test_a_group_of_long_reviews_is_full_before_its_time(alone, monkeypatch):
    monkeypatch.setattr(groups, "CHARACTERS", 500)
    assert answers(spoilt(), workers=3) == alone


def test_the_text_travels_along_on_request():
    [told] = answers([("a", "A superb film.")], workers=1, with_text=True)
    assert told.reading().text == "A superb film."
    [told] = answers([("a", "A superb film.")], workers=1)
    assert b'"text"' not in told.line


def test_nothing_in_nothing_out_and_no_model_is_asked_for():
    assert answers([], workers=2, model="nonesuch") == []


@pytest.mark.parametrize("number", [1, 100])
@pytest.mark.parametrize("forks", WAYS)
def test_a_wrong_model_is_told_before_anything_is_read(number, forks):
    with pytest.raises(ModelError, match="nonesuch"):
        answers(reviews(number), workers=2, model="nonesuch", forks=forks)
    assert under(os.getpid()) == []


@linux
def test_few_reviews_are_read_here():
    with reading(reviews(20), model=None, workers=2, max_chars=1000) as found:
        assert under(os.getpid()) == []
        assert len(list(found)) == 20


@linux
@pytest.mark.parametrize("forks", WAYS)
@pytest.mark.parametrize("taken", [0, 130])
def test_no_process_is_left_at_the_end_nor_when_one_leaves_early(taken, forks):
    with reading(reviews(130), model=None, workers=2, max_chars=1000, forks=forks) as found:
        processes = under(os.getpid())
        assert len(processes) == 2
        for _ in range(taken):
            next(found)
    assert wait_for_end(processes, 5) == []


@linux
@pytest.mark.parametrize("forks", WAYS)
@pytest.mark.parametrize("victim", [0, 1])
def test_a_killed_worker_ends_it_all_and_says_what_to_do(victim, forks):
    with (
        pytest.raises(WorkerError, match="fewer workers"),
        reading(reviews(2000), model=None, workers=2, max_chars=1000, forks=forks) as found,
    ):
        next(found)
        processes = under(os.getpid())
        os.kill(processes[victim], signal.SIGKILL)
        for _ in found:
            pass
    assert wait_for_end(processes, 5) == []


def test_only_so_many_reviews_are_taken_ahead():
    taken = 0

    def source():
        nonlocal taken
        for one in reviews(5000):
            taken += 1
            yield one

    with reading(source(), model=None, workers=2, max_chars=1000) as found:
        next(found)
        assert taken <= 12 * groups.GROUP


def test_read_many_is_the_same_by_workers():
    texts = [text for _, text in reviews(80)]
    told = list(pullquote.read_many(texts))
    assert [one.id for one in told] == [str(n) for n in range(80)]
    assert [one.text for one in told] == texts
    assert list(pullquote.read_many(texts, workers=2)) == told


@pytest.mark.parametrize("workers", [1, 2])
def test_read_many_stops_at_what_cannot_be_read(workers):
    found = pullquote.read_many([*reviews(70), ("void", " "), *reviews(70)], workers=workers)
    with pytest.raises(EmptyReview, match="holds no words"):
        for _ in range(71):
            next(found)


def test_errors_of_kinds_that_are_not_known_are_raised_all_the_same():
    assert type(Fault("odd", "NoSuchKind").error()) is InputError


def test_the_cores_are_those_that_may_be_used():
    assert cores() >= 1
    if hasattr(os, "sched_setaffinity"):
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {max(before)})
        try:
            assert cores() == 1
        finally:
            os.sched_setaffinity(0, before)
