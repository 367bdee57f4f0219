"""Corrections put on a reading: it stays whole, and what does not fit is refused."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.corrections.apply import apply, step
from pullquote.corrections.changes import (
    Checked,
    CreditChange,
    FilmChange,
    MentionChange,
    OpinionChange,
    SegmentChange,
)
from pullquote.errors import InputError
from pullquote.reading import Credit, Film, Mention

from ..library.made import TEXT, reading, span
from .samples import OPENINGS, added, changes, opinion, replaced, retyped, segment, shape, verdict

R = reading()


@settings(max_examples=100, deadline=None)
@given(st.data(), st.sampled_from(OPENINGS))
def test_whatever_is_corrected_the_reading_holds_in_its_text(data, opening):
    text = opening + TEXT
    machine = now = reading(text=text)
    line = machine.to_json()
    kept = []
    for _ in range(data.draw(st.integers(1, 5))):
        change = data.draw(changes(now, text))
        try:
            after = step(now, change, text)
        except InputError:
            continue
        kept.append(change)
        now = after
        assert now.check(text) == []
        places = sorted((m.start, m.end) for m in now.mentions)
        assert all(a[1] <= b[0] for a, b in pairwise(places))
    assert machine.to_json() == line
    told = apply(machine, kept, text)
    assert replaced(told, warnings=machine.warnings) == now
    assert apply(machine, kept[:0], text) is machine


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_contrary_change_takes_it_back(data):
    change = data.draw(changes(R, TEXT))
    try:
        there = step(R, change, TEXT)
    except InputError:
        return
    contrary = type(change)(before=change.after, after=change.before)
    back = step(there, contrary, TEXT)
    for field in ("segments", "mentions", "credits", "relations", "opinions"):
        ours, theirs = (sorted(map(repr, map(shape, getattr(one, field)))) for one in (back, R))
        assert ours == theirs
    assert back.verdict == R.verdict


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_put_in_is_sure_and_nothing_else_changes(data):
    change = data.draw(changes(R, TEXT))
    try:
        there = step(R, change, TEXT)
    except InputError:
        return
    fields = [f for f in R.__struct_fields__ if getattr(there, f) != getattr(R, f)]
    assert len(fields) <= 1
    for field in set(fields) - {"film", "verdict"}:
        new = set(getattr(there, field)) - set(getattr(R, field))
        assert [claim.confidence for claim in new] in ([], [1.0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (MentionChange(after=Mention(type="PLACE", name="x", start=5, end=10**6)), "outside the text of"),
        (MentionChange(after=Mention(type="PLACE", name="x", start=9, end=9)), "outside the text"),
        (added("Vale plays", "PERSON"), "lies over the mention"),
        (added(" was directed", "WORK", "was"), "white space"),
        (added("Róca. Jon", "PERSON"), "lies over"),
        (added("Lily. Superb", "PERSON"), "lies over"),
        (MentionChange(after=Mention(type="PLACE", name=" ", **span("brother"))), "1 to 300"),
        (MentionChange(), "nothing to correct"),
        (OpinionChange(after=replaced(opinion("plays", "acting", "negative"), quote="Plays")), "quote differs"),
        (OpinionChange(after=opinion(". Superb", "overall", "mixed")), "one sentence"),
        (
            OpinionChange(before=opinion("brother", "acting", "mixed"), after=opinion("plays", "acting", "mixed")),
            "not in the reading",
        ),
        (CreditChange(after=Credit(person="Jon Vale", role="actor", character="", **span("plays"))), "1 to 300"),
        (FilmChange(after=Film(title="Lamp", start=0, end=10**6)), "outside"),
        (verdict(R, evidence=(replaced(R.verdict.evidence[0], end=10**6),)), "evidence"),
        (verdict(R, stated_rating=replaced(R.verdict.stated_rating, text="9/10")), "stated rating differs"),
        (segment(R, 1, end=R.segments[1].end + 1), "span of a sentence"),
        (SegmentChange(before=replaced(R.segments[0], start=3), after=replaced(R.segments[0], start=3)), "no sentence"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(change, message):
    with pytest.raises(InputError, match=message):
        step(R, change, TEXT)


def test_a_corrected_reading_says_so():
    one, two = segment(R, 0, role="meta"), retyped(R, 3, "PERSON")
    assert apply(R, [one], TEXT).warnings == ("a warning", "Readers have corrected this reading (1 correction).")
    told = apply(R, [one, two, Checked(after=R)], TEXT).warnings
    assert told[1:] == (
        "Readers have corrected this reading (2 corrections).",
        "A reader has checked this reading whole.",
    )


def test_claims_stay_in_the_order_of_the_text():
    there = apply(R, [added("brother", "PLACE"), added("directed", "ORG")], TEXT)
    starts = [m.start for m in there.mentions]
    assert starts == sorted(starts) and len(starts) == 8


def test_on_another_reading_a_claim_is_found_by_its_place():
    other = replaced(
        R,
        mentions=tuple(replaced(m, type="ORG", confidence=0.3) for m in R.mentions),
        segments=tuple(replaced(s, polarity="mixed", confidence=0.3) for s in R.segments),
    )
    there = apply(other, [retyped(R, 3, "PERSON"), segment(R, 1, role="meta")], TEXT)
    assert [m.type for m in there.mentions] == ["ORG", "ORG", "ORG", "PERSON", "ORG", "ORG"]
    # Only what was corrected: the polarity is the machine's.
    assert there.segments[1] == replaced(R.segments[1], role="meta", polarity="mixed", confidence=1.0)


def test_what_another_reading_says_already_is_no_fault():
    bare = replaced(R, opinions=(), mentions=R.mentions[:3])
    gone = OpinionChange(before=R.opinions[0])
    assert apply(bare, [gone], TEXT).opinions == ()
    there = apply(R, [added("Max", "PERSON")], TEXT)
    assert there.mentions[3] == Mention(type="PERSON", name="Max", **span("Max"))
    assert len(there.mentions) == len(R.mentions)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_on_whatever_else_was_read_the_reading_holds_in_its_text(data):
    now, made = R, []
    for _ in range(data.draw(st.integers(1, 5))):
        change = data.draw(changes(now, TEXT))
        try:
            now = step(now, change, TEXT)
        except InputError:
            continue
        made.append(change)
    other = R
    for field in ("segments", "mentions", "credits", "relations", "opinions"):
        kept = [one for one in getattr(R, field) if data.draw(st.booleans())]
        other = replaced(other, **{field: tuple(kept)})
    for change in made:
        try:
            other = step(other, change, TEXT)
        except InputError:
            continue
        if isinstance(change, MentionChange) and change.after is not None:
            assert (change.after.start, change.after.type) in {(m.start, m.type) for m in other.mentions}
    assert other.check(TEXT) == []
    places = sorted((m.start, m.end) for m in other.mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(places))


def test_a_sentence_that_another_reading_cuts_otherwise_is_missed():
    other = replaced(R, segments=(replaced(R.segments[0], end=R.segments[1].end), R.segments[2]))
    with pytest.raises(InputError, match="no sentence"):
        step(other, segment(R, 1, role="meta"), TEXT)


def test_a_checked_reading_stands_whatever_else_was_read():
    other = replaced(R, model="hand/2", mentions=(), opinions=(), film=None, warnings=())
    there = apply(other, [Checked(after=R)], TEXT)
    assert replaced(there, warnings=()) == replaced(R, model="hand/2", warnings=())
