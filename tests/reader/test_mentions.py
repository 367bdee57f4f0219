"""Names lose the signs around them, and keep those that are theirs."""

import pytest

from pullquote.reader.mentions import _trimmed


@pytest.mark.parametrize(
    ("forms", "kept"),
    [
        (["Clerks", "."], ["Clerks"]),
        (["J", ".", "J", "."], ["J", ".", "J", "."]),
        (["Sammy", "Davis", "Jr", "."], ["Sammy", "Davis", "Jr", "."]),
        (['"', "Up", '"'], ["Up"]),
        (["Airplane", "!"], ["Airplane", "!"]),
        (["Adieu", "L", "'", "Ami", "/"], ["Adieu", "L", "'", "Ami"]),
        (["--", "..."], ["--", "..."]),
    ],
)
def test_trimming(forms: list[str], kept: list[str]):
    span = _trimmed(forms, 0, len(forms))
    assert span is not None
    assert forms[slice(*span)] == kept


def test_signs_alone_are_no_name():
    assert _trimmed(["-", ":"], 0, 2) is None
