import json
import time
from pathlib import Path

import pytest
from hypothesis import given

from pullquote.text import clean_text, sentences

from .strange import strange_text

_CASES = json.loads((Path(__file__).parent / "sentence_cases.json").read_text("utf-8"))
_GOLD = Path(__file__).parents[3] / "shared" / "gold"


def _cut(raw: str) -> list[str]:
    return [raw[start:end] for start, end in sentences(clean_text(raw))]


@pytest.mark.parametrize(("raw", "expected"), _CASES, ids=[case[0][:40] for case in _CASES])
def test_cases(raw: str, expected: list[str]) -> None:
    assert _cut(raw) == expected


@given(strange_text)
def test_sentences_cover_the_text_in_order(raw: str) -> None:
    clean = clean_text(raw)
    spans = sentences(clean)
    last = 0
    covered: set[int] = set()
    for start, end in spans:
        assert last <= start < end <= len(raw)
        covered.update(range(start, end))
        seen = clean.text[slice(*clean.clean_span(start, end))]
        assert seen == seen.strip()
        last = end
    for index, sign in enumerate(clean.text):
        assert sign.isspace() or clean.starts[index] in covered


def test_a_sentence_without_end_is_cut_between_words() -> None:
    pieces = _cut("on and " * 2000)
    assert max(map(len, pieces)) <= 2000
    assert " ".join(pieces) == ("on and " * 2000).strip()


def test_a_long_sentence_is_cut_where_the_space_was_forgotten() -> None:
    raw = "The plot goes on and on and on.Then it stops." * 20
    assert _cut(raw)[0] == "The plot goes on and on and on."


@pytest.mark.parametrize(
    "piece", ["a", "a ", " ", "(", "[", '"', " '", "--a", ". ", "a.b", "! ", "\n", "x\n", "good.The"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    clean = clean_text(piece * 200_000)
    begin = time.process_time()
    sentences(clean)
    assert time.process_time() - begin < 8


def test_agreement_with_gold() -> None:
    path = _GOLD / "dev.jsonl"
    if not path.exists():
        pytest.skip(f"no gold at {path}")
    both = predicted = gold = 0
    for line in path.read_text("utf-8").strip().split("\n"):
        review = json.loads(line)
        ours = set(sentences(clean_text(review["text"])))
        theirs = {(start, end) for start, end in review["sentences"]}
        both += len(ours & theirs)
        predicted += len(ours)
        gold += len(theirs)
    assert 2 * both / (predicted + gold) >= 0.975
