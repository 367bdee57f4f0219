"""Joined without their bytes, words have the checksum of the text that they make."""

from zlib import crc32

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pullquote.reader.crc import joined

_WORDS = st.lists(st.tuples(st.binary(max_size=200), st.binary(max_size=200)), max_size=20)


def _checksums(texts):
    return np.array([crc32(text) for text in texts], dtype=np.uint32)


@given(_WORDS)
def test_the_checksum_of_two_texts_is_that_of_their_sum(pairs):
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    lengths = np.array([len(b) for b in after], dtype=np.int64)
    found = joined(_checksums(before), _checksums(after), lengths)
    assert found.tolist() == [crc32(a + b) for a, b in pairs]
