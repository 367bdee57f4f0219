"""Set phrases that credit a craft are read as they stand."""

import pytest

from pullquote import Reader
from pullquote.reader.cues import cued_roles


@pytest.mark.parametrize(
    ("words", "name", "people", "roles"),
    [
        ("directed by Ana Roca", 2, {4: 2}, ("director",)),
        ("written and directed by Ana Roca", 4, {6: 4}, ("writer", "director")),
        ("written by Ana Roca and Jo Vale", 5, {4: 2, 7: 5}, ("writer",)),
        ("Music : Jo Vale", 2, {4: 2}, ("composer",)),
        ("the music Jo Vale loves", 2, {4: 2}, ()),
        ("Director : Ana Roca . Jo Vale", 5, {4: 2, 7: 5}, ()),
        ("Ana Roca", 0, {2: 0}, ()),
    ],
)
def test_cues(words: str, name: int, people: dict[int, int], roles: tuple[str, ...]):
    assert cued_roles(words.split(), name, people) == roles


def test_directed_by_a_and_written_by_b_is_two_credits():
    text = "The film was directed by Patricia Lorne and written by Liam Vega. I liked it a lot."
    found = {(c.person, c.role) for c in Reader().read(text).credits}
    assert {("Patricia Lorne", "director"), ("Liam Vega", "writer")} <= found
