"""On annotated reviews the shipped reader stays as good as it was when it was shipped."""

import json
from pathlib import Path

import pytest

from pullquote import Reader
from pullquote.evaluation.gold import read
from pullquote.evaluation.names import name_key
from pullquote.evaluation.score import score

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the annotated reviews are not on this machine")

#: A little under the figures in docs/model-card.md; a change that falls below has broken something.
FLOORS = {
    "film title F1": 0.60,
    "sentence role macro-F1": 0.68,
    "sentence polarity macro-F1": 0.75,
    "spoiler average precision": 0.35,
    "mention F1": 0.75,
    "credit F1": 0.70,
    "cast (actor, character) F1": 0.47,
    "aspect+polarity F1": 0.45,
    "quote F1 (span, aspect, polarity)": 0.28,
    "relation F1": 0.09,
    "READING SCORE (mean of the ten)": 0.57,
}


def test_no_measure_has_fallen():
    gold = list(read(SHARED / "gold" / "dev.jsonl"))
    readings = {r.id: r for r in Reader().read_many((g.id, g.text) for g in gold)}
    result = score(gold, readings)
    assert not result.faults
    fallen = {k: result.measures[k] for k, floor in FLOORS.items() if result.measures[k] < floor}
    assert fallen == {}


def test_the_seed_review_is_read_well():
    text = (SHARED / "seed" / "la-misma-luna.txt").read_text(encoding="utf-8")
    seed = json.loads((SHARED / "seed" / "gold.jsonl").read_text(encoding="utf-8").splitlines()[0])
    reading = Reader().read(text)
    assert reading.film is not None
    assert reading.film.title == "La misma luna"
    want = {(name_key(person), role) for _, person, role, _ in seed["credits"]}
    found = {(name_key(c.person), c.role) for c in reading.credits}
    assert len(want) >= 8
    assert len(want & found) >= len(want) - 2
    assert reading.verdict.recommend == "yes"
