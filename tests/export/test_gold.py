"""Corrected reviews in the form of annotated ones: evaluation and training read them, and find what was corrected."""

import io
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.corrections.apply import step
from pullquote.corrections.changes import MentionChange, OpinionChange
from pullquote.corrections.keep import correct, correct_all, current, mark_checked, undo
from pullquote.errors import InputError
from pullquote.evaluation.gold import parse, read
from pullquote.evaluation.score import MAIN, score
from pullquote.export.gold import annotated, untold
from pullquote.export.order import Form, Order, Selection
from pullquote.export.run import export, stream
from pullquote.library.rebuild import readings
from pullquote.library.rows import Read
from pullquote.library.store import Store
from pullquote.library.write import add
from pullquote.reader import Reader
from pullquote.reading import Mention, Opinion, Reading, Segment, Verdict

from ..corrections.samples import added, changes, opinion, replaced, retyped, segment
from ..library import made
from ..library.made import RATED, TEXT, reading, span

GOLD = Order(Form.gold)
A = reading("a")


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "library.duckdb", write=True) as store:
        add(store, [made.read("a"), made.read("b", **RATED), made.read("b", author="C")])
        yield store


def lines(store, order=GOLD):
    out = io.BytesIO()
    done = stream(store, order, out)
    assert done.reviews == len(out.getvalue().splitlines())
    return [json.loads(line) for line in out.getvalue().splitlines()], done


def perfect(gold, reading):
    """Whether the reading agrees with the annotation in everything."""
    scores = score([gold], {gold.id: reading})
    names = (*MAIN, "quote F1 (span, polarity)", "recommend accuracy")
    return [name for name in names if scores.measures[name] != 1.0] + list(scores.faults)


def test_only_corrected_and_checked_reviews_are_exported(store):
    number = correct(store, 1, retyped(A, 3, "PERSON"), "Kim")
    mark_checked(store, 2, current(store.connection, 2).number, "Kim")
    assert [one["id"] for one in lines(store)[0]] == ["a", "b"]
    assert [one["id"] for one in lines(store, Order(Form.gold, Selection(films=("tt1",))))[0]] == ["b"]
    undo(store, number)
    assert [one["id"] for one in lines(store)[0]] == ["b"]


def test_a_line_is_what_an_annotator_would_have_written(store):
    correct_all(store, 2, [retyped(readings(store.connection, [2])[2], 3, "PERSON"), segment(A, 1, role="meta")], "Kim")
    (line,), done = lines(store)
    assert done.untold == ()
    assert line == {
        "id": "b",
        "source": "made.jsonl:b",
        "film_id": "tt1",
        "rating_true": 8,
        "text": TEXT,
        "sentences": [[s.start, s.end] for s in A.segments],
        "film": ["The Lamp 😀"],
        "roles": "CMO",
        "spoil": "010",
        "pol": "00+",
        "ents": [
            ["The Lamp 😀", "WORK"],
            ["Ana Róca", "PERSON"],
            ["Jon Vale", "PERSON"],
            ["Max", "PERSON"],
            ["Lily", "CHARACTER"],
            ["Vale", "PERSON"],
        ],
        "credits": [[0, "Ana Róca", "director", None], [1, "Jon Vale", "actor", "Max"]],
        "relations": [[1, "Max", "sibling of", "Lily"]],
        "opinions": [[2, "Superb acting", "acting", "+", "Jon Vale"]],
        "rating": "8/10",
        "stars": 8,
        "recommend": "yes",
    }


def test_evaluation_reads_them_and_finds_what_was_corrected(store, tmp_path):
    correct_all(
        store,
        1,
        [
            segment(A, 0, role="meta", polarity="mixed"),
            MentionChange(before=A.mentions[4]),
            added("brother", "CHARACTER"),
            OpinionChange(before=A.opinions[0], after=replaced(A.opinions[0], polarity="negative")),
            OpinionChange(after=opinion("brother", "humor", "mixed")),
        ],
        "Kim",
    )
    correct(store, 3, retyped(reading("b"), 0, "PLACE"), "Kim")
    done = export(store, GOLD, tmp_path / "gold.jsonl")
    golds = list(read(tmp_path / "gold.jsonl"))
    assert done.reviews == 2 and done.untold == () and [gold.fault() for gold in golds] == [None, None]
    told = readings(store.connection, [1, 3])
    assert [perfect(gold, told[number]) for gold, number in zip(golds, (1, 3), strict=True)] == [[], []]
    assert perfect(golds[0], A) != []


def test_training_reads_them(store):
    from pullquote.reader.labels import NAMES, ROLES
    from pullquote.reader.shipped import load
    from pullquote.training.gold import lesson

    correct_all(store, 1, [retyped(A, 3, "PERSON"), segment(A, 1, role="meta")], "Kim")
    (line,), _ = lines(store)
    taught = lesson(parse(json.dumps(line)), load().wordpieces)
    assert [ROLES[i] for i in taught.roles] == ["context", "meta", "opinion"]
    # First tokens of names: the film itself, three people (Max by correction) and Vale again, one character.
    named = [NAMES[(tag - 1) // 2] for tag in taught.names if tag % 2]
    assert sorted(named) == ["CHARACTER", "FILM", "PERSON", "PERSON", "PERSON", "PERSON"]
    assert len(taught.spans) == 1 and taught.stars == 8.0
    assert np.array_equal(taught.spoiler, [0, 1, 0])


def test_reviews_of_one_id_are_told_apart(store):
    for number in (2, 3):
        mark_checked(store, number, current(store.connection, number).number, "Kim")
    assert [one["id"] for one in lines(store)[0]] == ["b", "b#3"]


def test_what_the_reader_reads_can_be_told(tmp_path):
    """Readings as the machine makes them, of texts with breaks, repeats and nested names."""
    texts = [
        "Anna meets Anna Karr. Karr is Anna's aunt!<br /><br />Funny, funny, and funny in parts. Bob Reed directs.",
        "THE LAMP is dull. Really dull, dull, dull. Jon Vale plays Vale, a man named Vale.  Go see The Lamp!! 3/10",
    ]
    reader = Reader()
    for text in texts:
        found = reader.read(text, id="x").without_text()
        gold = annotated(found, text)
        assert gold.fault() is None and untold(gold, found) == [] and perfect(gold, found) == []


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_whatever_is_corrected_is_told_or_named(data):
    now = replaced(A, warnings=())
    for _ in range(data.draw(st.integers(1, 5))):
        try:
            now = step(now, data.draw(changes(now, TEXT)), TEXT)
        except InputError:
            continue
    gold = annotated(now, TEXT)
    assert gold.fault() is None
    # A title or name without a Latin letter has no key, so no measure can compare it.
    if untold(gold, now) == [] and (now.film is None or now.film.title.strip()):
        assert perfect(gold, now) == []


def bare(text, *, mentions=(), opinions=()):
    """A reading of a text of one sentence."""
    return Reading(
        id="x",
        segments=(Segment(start=0, end=len(text), role="opinion", polarity="positive", spoiler=0.0),),
        mentions=mentions,
        opinions=opinions,
        verdict=Verdict(sentiment=0.5, stars=5.4, recommend="none"),
    )


def test_a_judgement_is_quoted_so_that_its_own_place_is_found():
    text = "Good sets, good songs and a good end."
    at = text.index("good end")
    one = Opinion(quote="good", start=at, end=at + 4, aspect="story", polarity="positive")
    two = Opinion(quote="good songs", aspect="sound", polarity="positive", **span("good songs", text))
    found = bare(text, opinions=(one, two))
    gold = annotated(found, text)
    assert [row.quote for row in gold.opinions] == ["a good", "good songs"]
    assert untold(gold, found) == [] and perfect(gold, found) == []


def test_a_name_of_two_types_is_told_by_its_sentences():
    text = "Max is a boy. Max is a film."
    segments = tuple(
        Segment(role="plot", polarity="neutral", spoiler=0.0, **span(part, text))
        for part in ("Max is a boy.", "Max is a film.")
    )
    found = replaced(
        bare(text),
        segments=segments,
        mentions=(
            Mention(type="CHARACTER", name="Max", start=0, end=3),
            Mention(type="WORK", name="Max", start=14, end=17),
        ),
    )
    gold = annotated(found, text)
    assert [(e.form, e.type, e.sentences) for e in gold.ents] == [("Max", "CHARACTER", (0,)), ("Max", "WORK", (1,))]
    assert untold(gold, found) == [] and perfect(gold, found) == []


def test_what_the_form_cannot_tell_is_named(tmp_path):
    text = "Max is not Max."
    found = bare(text, mentions=(Mention(type="CHARACTER", name="Max", start=0, end=3),))
    with Store(tmp_path / "l.duckdb", write=True) as store:
        add(store, [Read("s", made.record("x", text), found)])
        mark_checked(store, 1, 1, "Kim")
        _, done = lines(store)
    assert done.untold == ("made.jsonl:x: the name 'Max' at 11-14 cannot be told from others in its sentence",)
