"""Annotated reviews are parsed whole, or refused with the reason; quotes are found across line-break tags."""

import json

import pytest

from pullquote.errors import InputError
from pullquote.evaluation.gold import parse, read
from pullquote.evaluation.places import flat, mention_places, quote_place

from .samples import LUNA, as_line


def test_optional_last_fields_may_be_left_out():
    gold = parse(as_line(LUNA))
    assert gold.ents[0].sentences is None
    assert gold.ents[2].sentences == (2,)
    assert gold.credits[0].character == "Enrique"


def test_mentions_are_found_everywhere_and_the_longest_name_wins():
    gold = parse(as_line(LUNA))
    found = {(gold.text[start:end], kind) for start, end, kind in mention_places(gold, flat(gold.text))}
    assert found == {("Rosario", "CHARACTER"), ("Mr. Derbez", "PERSON"), ("Derbez", "PERSON"), ("Enrique", "CHARACTER")}
    assert len(mention_places(gold, flat(gold.text))) == 5


def test_a_quote_may_run_across_a_line_break_tag():
    gold = parse(as_line(LUNA))
    start, end = quote_place(gold, flat(gold.text), 3, "pretty dull")
    assert gold.text[start:end] == "pretty<br />dull"
    assert quote_place(gold, flat(gold.text), 0, "pretty dull") is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"roles": "PP"}, "roles has 2 letters for 4 sentences"),
        ({"pol": "00x0"}, "pol holds 'x'"),
        ({"credits": [[9, "Ann", "actor", None]]}, "outside 0-3"),
        ({"opinions": [[0, "pretty", "overall", "?", None]]}, "polarity"),
        ({"text": 7}, "text"),
    ],
)
def test_a_damaged_annotation_is_refused_with_the_reason(change, reason):
    with pytest.raises(InputError, match=reason):
        parse(as_line(LUNA | change))


def test_a_bad_line_is_named(tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_bytes(as_line(LUNA) + b"\n\n" + b'{"id": "x"}\n')
    with pytest.raises(InputError, match=r"gold\.jsonl:3: .*`text`"):
        list(read(file))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.jsonl"):
        list(read(tmp_path / "none.jsonl"))


def test_fields_that_are_not_known_are_passed_over():
    assert parse(json.dumps(LUNA | {"annotator": "b"})).id == LUNA["id"]
