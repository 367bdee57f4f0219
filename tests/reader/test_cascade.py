"""Two models as one: who reads what, and how that is asked for."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote import ModelError, Reader
from pullquote.reader.cascade import CASCADE, Cascade, parted
from pullquote.reader.doubt import SIGNS, doubt, signs
from pullquote.reader.shipped import FOLDER, identity

REVIEWS = [
    ("a", "A superb film. The acting is wonderful. See it!"),
    ("b", "Hm. Lorn, or was it Hart, in that thing about the boat; fine, and then again not."),
    ("c", "Dreadful. Anna Weiss plays the nurse and cannot act."),
]
AUTO = msgspec.json.decode((FOLDER / "auto" / CASCADE).read_bytes(), type=Cascade)


def unmarked(reader: Reader) -> list[dict[str, object]]:
    return [{**r.to_dict(), "model": ""} for r in reader.read_many(REVIEWS)]


def test_with_nothing_to_spend_the_quick_model_reads_all():
    assert unmarked(Reader("auto:0")) == unmarked(Reader(AUTO.first))


def test_with_everything_to_spend_the_better_model_reads_all():
    assert unmarked(Reader("auto:1")) == unmarked(Reader(AUTO.second))


def test_a_reading_says_which_model_it_is_of():
    labels = {r.model for budget in (0, 1) for r in Reader(f"auto:{budget}").read_many(REVIEWS)}
    assert labels == {f"{identity('auto')}:{identity(m)}" for m in (AUTO.first, AUTO.second)}


def test_the_doubtful_reviews_are_read_again(tmp_path: Path):
    quick = list(Reader(AUTO.first).read_many(REVIEWS))
    doubts = sorted(doubt(r, AUTO.weights) for r in quick)
    # A cascade whose limit lies between the second and the third.
    middle = (doubts[1] + doubts[2]) / 2
    made = msgspec.structs.replace(AUTO, quantiles=(middle, middle), budget=0.5)
    (tmp_path / CASCADE).write_bytes(msgspec.json.encode(made))
    readings = list(Reader(str(tmp_path)).read_many(REVIEWS))
    again = [r.id for r in readings if AUTO.second in r.model]
    assert again == [r.id for r in quick if doubt(r, AUTO.weights) == doubts[2]]


def test_alone_or_together_the_same_model_reads_a_review():
    reader = Reader("auto")
    together = [r.to_json() for r in reader.read_many(REVIEWS)]
    assert [reader.read(text, id=id).to_json() for id, text in REVIEWS] == together


def test_there_is_a_weight_for_every_sign():
    assert len(AUTO.weights) == len(SIGNS)
    for reading in Reader("compact").read_many(REVIEWS):
        assert all(s >= 0.0 for s in signs(reading))
        assert len(signs(reading)) == len(SIGNS)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=50).map(sorted), st.floats(0, 1), st.floats(0, 1))
def test_more_to_spend_never_reads_less_again(quantiles: list[float], one: float, other: float):
    cascade = msgspec.structs.replace(AUTO, quantiles=tuple(quantiles))
    low, high = sorted((one, other))
    assert cascade.limit(high) <= cascade.limit(low)
    assert cascade.limit(0.0) == float("inf")
    assert cascade.limit(1.0) == float("-inf")


@pytest.mark.parametrize("name", ["auto:2", "auto:much", "auto:-1", "auto:nan"])
def test_a_wrong_budget_says_what_to_write(name: str):
    with pytest.raises(ModelError, match=r"from 0 to 1, as in auto:0\.3"):
        Reader(name)


def test_names_without_a_budget_stay_whole(tmp_path: Path):
    folder = tmp_path / "a:b"
    folder.mkdir()
    assert parted(str(folder)) == (str(folder), None)
    assert parted(None) == (None, None)


def test_a_broken_cascade_is_refused(tmp_path: Path):
    (tmp_path / CASCADE).write_text(json.dumps({"name": "auto"}))
    with pytest.raises(ModelError, match=r"cascade\.json cannot be read"):
        Reader(str(tmp_path))
