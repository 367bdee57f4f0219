import time

import pytest
from hypothesis import given

from pullquote.text import clean_text

from .strange import strange_text


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("Great!<br /><br />See it", "Great!\n\nSee it"),
        ("a <b>bold</b> film", "a bold film"),
        ("I &lt;3 it &amp; you", "I <3 it & you"),
        ("it&#8217;s &ldquo;it&rdquo;", 'it\'s "it"'),
        ("well\u2026 well\x85", "well... well..."),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("no\u00a0break", "no break"),
        ("so\u00adft \ufeffand\u200b still", "soft and still"),
        ("\u202egnorw\u202c", "gnorw"),
        ("half\ud83d", "half"),
        ("nul\0l", "null"),
        ("<script>var a = '<br>';</script>seen", "seen"),
        ("<!-- never seen -->seen", "seen"),
        ("<!-- never closed", "<!-- never closed"),
        ("<script>never closed", "never closed"),
        ("rock&roll; and AT&T;", "rock&roll; and AT&T;"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("", ""),
    ],
)
def test_clean_text_reads_as_a_person_sees_it(raw: str, plain: str) -> None:
    assert clean_text(raw).text == plain


def test_spans_lead_back_to_the_raw_text() -> None:
    clean = clean_text("Tom &amp; Jerry<br />rule")
    assert clean.raw_span(0, len(clean.text)) == (0, len(clean.raw))
    assert clean.clean_span(4, 9) == (4, 5)
    assert clean.clean_span(15, 21) == (11, 12)


@pytest.mark.parametrize("span", [(0, 0), (2, 1), (-1, 2), (0, 99)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no clean span"):
        clean_text("Alien").raw_span(*span)


@given(strange_text)
def test_cleaning_never_moves_an_offset(raw: str) -> None:
    clean = clean_text(raw)
    assert len(clean.text) == len(clean.starts) == len(clean.ends)
    for index, sign in enumerate(clean.text):
        start, end = clean.starts[index], clean.ends[index]
        assert 0 <= start < end <= len(raw)
        if index:
            same = (start, end) == (clean.starts[index - 1], clean.ends[index - 1])
            assert same or start >= clean.ends[index - 1]
        # A character stands for itself, or for a stretch that cleans to it alone.
        assert raw[start:end] == sign or sign in clean_text(raw[start:end]).text


@given(strange_text)
def test_spans_survive_the_way_there_and_back(raw: str) -> None:
    clean = clean_text(raw)
    for start in range(len(clean.text)):
        end = min(len(clean.text), start + 3)
        raw_span = clean.raw_span(start, end)
        back = clean.clean_span(*raw_span)
        assert back[0] <= start < end <= back[1]
        assert clean.raw_span(*back) == raw_span


@pytest.mark.parametrize(
    "piece", ["<a ", "<script ", "<script>", "<style>x</style", "&", "&a", "<!--", "<!-- -->", "</script", "<", " "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    begin = time.process_time()
    clean_text(piece * 100_000)
    assert time.process_time() - begin < 5
