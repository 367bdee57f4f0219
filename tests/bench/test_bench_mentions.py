"""Names are scored by the project's own scorer, whichever it is."""

from pathlib import Path

import pytest
from mentions import load_scorer, score_mentions

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.mark.skipif(not (SHARED / "eval" / "score.py").exists(), reason="needs the research data")
def test_half_the_names_found():
    scorer = load_scorer(SHARED)
    doc = {
        "id": "a", "text": "Anna met Ben.", "sentences": [[0, 13]], "film": [], "roles": "P", "spoil": "0", "pol": "0",
        "ents": [["Anna", "CHARACTER"], ["Ben", "CHARACTER"]], "credits": [], "relations": [], "opinions": [],
        "recommend": "none",
    }  # fmt: skip
    found = score_mentions(scorer, [doc], [[(0, 4, "CHARACTER")]])
    assert (found.precision, found.recall) == (1.0, 0.5)
    assert found.f1 == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="outside"):
        score_mentions(scorer, [doc], [[(0, 40, "CHARACTER")]])
