"""The pieces of a review give the review back, and each claim its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.reading import Evidence, Mention, Opinion, Reading, Segment, Verdict
from pullquote.render.layers import marks, pieces
from pullquote.text.clean import clean_text

_WORDS = st.sampled_from(
    ["good", "bad", " ", "  ", "\n", "<br />", "<br/><br/>", "&amp;", "&lt;b&gt;", "<i>", "</i>", "\u201cfine\u201d",
     "\u2026", "\u202e", "\x1b[31m", "\u00a0", "\r\n", "na\u00efve", "\U0001f600", "{{ x }}", "<script>x</script>"]
)  # fmt: skip
_TEXTS = st.lists(_WORDS | st.text(max_size=6), min_size=1, max_size=20).map("".join).filter(bool)


@st.composite
def read(draw: st.DrawFn) -> tuple[Reading, str]:
    text = draw(_TEXTS)

    def span() -> dict[str, int]:
        start = draw(st.integers(0, len(text) - 1))
        return {"start": start, "end": draw(st.integers(start + 1, len(text)))}

    def several() -> range:
        return range(draw(st.integers(0, 4)))

    sentiment = draw(st.floats(0, 1))
    opinions = []
    for _ in several():
        where = span()
        quote = text[where["start"] : where["end"]]
        polarity = draw(st.sampled_from(["positive", "negative", "mixed"]))
        opinions.append(Opinion(**where, quote=quote, aspect="overall", polarity=polarity))
    reading = Reading(
        id="x",
        verdict=Verdict(
            sentiment=sentiment, stars=5, recommend="none", evidence=tuple(Evidence(**span()) for _ in several())
        ),
        segments=tuple(
            Segment(**span(), role="plot", polarity="neutral", spoiler=draw(st.floats(0, 1))) for _ in several()
        ),
        mentions=tuple(Mention(**span(), type="PLACE", name="x") for _ in several()),
        opinions=tuple(opinions),
    )
    return reading, text


@given(read())
def test_the_pieces_join_to_the_clean_text(case):
    reading, text = case
    cut = pieces(reading, text)
    assert "".join(p.text for p in cut) == clean_text(text).text
    assert all(p.text and p.end - p.start == len(p.text) for p in cut)
    assert [p.start for p in cut[1:]] == [p.end for p in cut[:-1]]


@given(read())
def test_the_pieces_of_a_claim_join_to_exactly_its_span(case):
    reading, text = case
    cut = pieces(reading, text)
    clean = clean_text(text)
    claims = [claim for _, claim in reading.claims()]
    laid = marks(reading, text)
    assert len(laid) == len(claims) == len({m.id for m in laid})
    for mark, claim in zip(laid, claims, strict=True):
        start, end = clean.clean_span(claim.start, claim.end)
        own = [p for p in cut if mark.id in p.claims]
        assert "".join(p.text for p in own) == clean.text[start:end]
        if own:
            assert (own[0].start, own[-1].end) == (start, end)
            assert [mark.id in p.opens for p in own] == [True] + [False] * (len(own) - 1)


@given(read())
def test_the_narrowest_claim_comes_last(case):
    reading, text = case
    width = {m.id: m.end - m.start for m in marks(reading, text)}
    for piece in pieces(reading, text):
        widths = [width[c] for c in piece.claims]
        assert widths == sorted(widths, reverse=True)


def test_a_span_beyond_the_text_is_cut_to_the_text():
    reading = Reading(
        id="x",
        verdict=Verdict(sentiment=0.5, stars=5, recommend="none"),
        mentions=(
            Mention(start=3, end=99, type="PERSON", name="x"),
            Mention(start=50, end=60, type="PERSON", name="y"),
        ),
    )
    assert [(p.text, p.claims) for p in pieces(reading, "abcdef")] == [("abc", ()), ("def", ("m0",))]


def test_a_sentence_an_opinion_and_a_name_stack_up(reading, review):
    piece = next(p for p in pieces(reading, review) if p.text == "Olu Brandt")
    kinds = [c[0] for c in piece.claims]
    assert kinds[0] == "s"
    assert {"o", "c", "m"} <= set(kinds)
    assert kinds[-1] == "m"
