"""Messages between processes come through whole or not at all."""

import io

from hypothesis import given
from hypothesis import strategies as st

from pullquote.crew.frames import receive, send


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_messages_come_one_by_one_and_then_nothing(messages):
    stream = io.BytesIO()
    for message in messages:
        send(stream, message)
    stream.seek(0)
    assert [receive(stream) for _ in messages] == messages
    assert receive(stream) is None


@given(st.binary(max_size=50), st.data())
def test_a_message_cut_short_is_none(message, data):
    stream = io.BytesIO()
    send(stream, message)
    whole = stream.getvalue()
    assert receive(io.BytesIO(whole[: data.draw(st.integers(0, len(whole) - 1))])) is None
