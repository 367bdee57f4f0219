"""The scores on a sample worked out by hand, and figure by figure against the reference scorer."""

import importlib.util
import json
import random
from pathlib import Path

import msgspec
import pytest

from pullquote.evaluation.gold import parse
from pullquote.evaluation.score import MAIN, score
from pullquote.reading import Opinion, Reading, Segment, Verdict

from .perfect import perfect, spoilt
from .samples import LUNA, as_line

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER, DEV = SHARED / "eval" / "score.py", SHARED / "gold" / "dev.jsonl"
needs_reference = pytest.mark.skipif(
    not (SCORER.exists() and DEV.exists()), reason="the reference scorer and its gold are not beside this repository"
)


@pytest.fixture
def luna():
    return parse(as_line(LUNA))


def test_the_perfect_reading_scores_one_everywhere(luna):
    scores = score([luna], {luna.id: perfect(luna)})
    off = scores.measures.pop("stars mean absolute error (rated reviews)")
    assert off == 0.0
    assert set(scores.measures.values()) == {1.0}
    assert scores.faults == ()
    assert set(scores.calibration.values()) == {0.0}


def test_a_missing_reading_counts_as_one_that_says_nothing(luna):
    scores = score([luna], {})
    assert scores.missing == 1
    assert scores.measures["mention F1"] == scores.measures["recommend accuracy"] == 0.0
    # Even odds lean to the favourable side, and 5.5 stars are 1.5 off the 7 that were given.
    assert scores.measures["verdict accuracy (rated reviews)"] == 1.0
    assert scores.measures["stars mean absolute error (rated reviews)"] == 1.5
    assert scores.measures["spoiler average precision"] == 0.25


def test_figures_worked_out_by_hand(luna):
    start = LUNA["text"].index("gives a superb performance")
    end = start + len("gives a superb performance")
    said = Reading(
        id=luna.id,
        segments=(
            Segment(start=0, end=21, role="plot", polarity="neutral", spoiler=0.5),
            Segment(start=22, end=86, role="plot", polarity="positive", spoiler=0.1),
        ),
        opinions=(
            Opinion(start=start, end=end, quote="gives a superb performance", aspect="overall", polarity="positive"),
        ),
        verdict=Verdict(sentiment=0.2, stars=4.0, recommend="mixed"),
    )
    scores = score([luna], {luna.id: said})
    # The quote holds 18 of 26 characters: the same passage, but said of another aspect.
    assert scores.measures["quote F1 (span, polarity)"] == pytest.approx(2 / 3)
    assert scores.measures["quote F1 (span, aspect, polarity)"] == 0.0
    # plot: 1 right of 2 given and 2 sought; opinion: none of 2; context, meta: nothing to get wrong.
    assert scores.measures["sentence role macro-F1"] == pytest.approx((0.5 + 0 + 1 + 1) / 4)
    # The spoiler was given 0, beside another of the four: it is found last, among all four.
    assert scores.measures["spoiler average precision"] == pytest.approx(1 / 4)
    assert scores.measures["verdict accuracy (rated reviews)"] == 0.0
    assert scores.calibration["verdict calibration error (equal width)"] == pytest.approx(0.8)
    assert scores.measures["READING SCORE (mean of the ten)"] == pytest.approx(
        sum(scores.measures[name] for name in MAIN) / 10
    )


def test_spans_outside_the_text_and_altered_quotes_are_faults(luna):
    good = perfect(luna)
    first = good.opinions[0]
    bad = msgspec.structs.replace(
        good,
        opinions=(msgspec.structs.replace(first, quote="superb"),),
        mentions=(msgspec.structs.replace(good.mentions[0], end=9999),),
    )
    faults = score([luna], {luna.id: bad}).faults
    assert len(faults) == 2
    assert all(fault.startswith("sample ") for fault in faults)


@pytest.fixture(scope="module")
def reference():
    spec = importlib.util.spec_from_file_location("reference_scorer", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def dev():
    return [line for line in DEV.read_bytes().split(b"\n") if line.strip()]


@needs_reference
@pytest.mark.parametrize(("seed", "harm"), [(1, 0.0), (2, 0.05), (3, 0.2), (4, 0.5), (5, 0.9)])
def test_every_figure_is_the_one_of_the_reference_scorer(reference, dev, harm, seed):
    chance = random.Random(f"{seed} {harm}")
    gold = [parse(line) for line in dev]
    readings = {g.id: spoilt(perfect(g), g, chance, harm) for g in gold if chance.random() > harm / 4}

    theirs = reference.score([json.loads(line) for line in dev], readings)
    ours = score(gold, {id: msgspec.convert(reading, Reading) for id, reading in readings.items()})

    assert list(ours.measures) == list(theirs["measures"])
    for name, figure in theirs["measures"].items():
        assert ours.measures[name] == pytest.approx(figure, abs=1e-9), name
    assert list(ours.detail) == list(theirs["detail"])
    for name, row in theirs["detail"].items():
        assert ours.detail[name].row() == pytest.approx(row, abs=1e-9), name
    assert len(ours.faults) == len(theirs["faults"])
