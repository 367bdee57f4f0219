"""Changes as JSON, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.corrections.changes import Checked, kept, kind_of, parse, printed
from pullquote.errors import InputError

from ..library.made import TEXT, reading
from .samples import changes


@given(st.data())
def test_a_change_comes_back_as_it_was_sent(data):
    change = data.draw(changes(reading(), TEXT))
    assert parse(printed(change)) == change


def test_a_change_comes_back_from_its_columns():
    change = Checked(after=reading())
    assert kept(kind_of(change), None, reading().to_json().decode()) == change


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        '{"kind": "spell"}',
        '{"kind": "mention", "after": {"start": -1, "end": 7, "type": "PERSON", "name": "Max"}}',
        '{"kind": "mention", "after": {"start": 1, "end": 7, "type": "ROBOT", "name": "Max"}}',
        '{"kind": "mention", "afterwards": null}',
        '{"kind": "segment", "after": null}',
        '{"kind": "verdict", "before": {"sentiment": 2}}',
        '{"kind": "checked", "after": null}',
        b'{"kind": "\xff"}',
    ],
)
def test_what_is_no_change_is_refused(line):
    with pytest.raises(InputError, match="no correction"):
        parse(line)


def test_a_page_may_not_send_a_whole_reading():
    with pytest.raises(InputError, match="checked"):
        parse(printed(Checked(after=reading())))
