"""Names are scored as the project scores them, and as the scorer of the research data does."""

import importlib.util
from pathlib import Path

import pytest
from mentions import score_mentions

from pullquote.evaluation.gold import Entity, Gold

SCORER = Path(__file__).resolve().parents[3] / "shared" / "eval" / "score.py"
GOLD = Gold(
    id="a", text="Anna met Ben.", sentences=((0, 13),), roles="P", spoil="0", pol="0",
    ents=(Entity("Anna", "CHARACTER"), Entity("Ben", "CHARACTER")),
)  # fmt: skip
SPAN = (0, 4, "CHARACTER")


def test_half_the_names_found():
    found = score_mentions([GOLD], [[SPAN]])
    assert (found.precision, found.recall) == (1.0, 0.5)
    assert found.f1 == found.by_type["CHARACTER"] == pytest.approx(2 / 3)


@pytest.mark.parametrize("span", [(0, 40, "CHARACTER"), (4, 4, "CHARACTER"), (-1, 3, "CHARACTER")])
def test_spans_outside_the_text_are_refused(span: tuple[int, int, str]):
    with pytest.raises(ValueError, match="outside"):
        score_mentions([GOLD], [[span]])


@pytest.mark.skipif(not SCORER.exists(), reason="needs the research data")
def test_the_other_scorer_agrees():
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    row = {
        "id": "a", "text": GOLD.text, "sentences": [[0, 13]], "film": [], "roles": "P", "spoil": "0", "pol": "0",
        "ents": [["Anna", "CHARACTER"], ["Ben", "CHARACTER"]], "credits": [], "relations": [], "opinions": [],
        "recommend": "none",
    }  # fmt: skip
    theirs = scorer.score([row], {"a": {"mentions": [{"start": 0, "end": 4, "type": "CHARACTER"}]}})
    assert score_mentions([GOLD], [[SPAN]]).f1 == pytest.approx(theirs["detail"]["mentions"]["f1"])
