"""What pages draw of texts and numbers: quotes lit in their sentence, endless words, bars and graphs, addresses."""

from __future__ import annotations

import html
from urllib.parse import unquote

from hypothesis import example, given
from hypothesis import strategies as st

from pullquote.questions.aspects import tally
from pullquote.questions.bonds import Bond
from pullquote.render.words import visible
from pullquote.text.clean import clean_text
from pullquote.web import links, svg
from pullquote.web.limits import Rate
from pullquote.web.lit import lit
from pullquote.web.templating import breakable

SENTENCES = st.lists(
    st.sampled_from(["word", " ", "<b>", "</b>", "&amp;", "\u202e", "é", "😀", "<br />", "“", "x" * 120]), max_size=30
).map("".join)
SPANS = st.lists(st.tuples(st.integers(-5, 200), st.integers(-5, 200), st.sampled_from(["positive", "negative"])))


@given(SENTENCES, SPANS)
def test_lit_stretches_join_to_the_sentence(sentence, spans):
    parts = lit(sentence, spans)
    whole = clean_text(sentence).text[:1200]
    assert "".join(text for text, _ in parts).removesuffix("…") == visible(whole).removesuffix("…")


@given(SENTENCES)
@example("x" * 1_200)
@example("word " * 900)
def test_a_quote_is_lit_where_it_stands(sentence):
    before, quote, after = "So ", "it shines", "."
    text = sentence + before + quote + after
    start = len(sentence) + len(before)
    assert [t for t, side in lit(text, [(start, start + len(quote), "positive")]) if side] == [quote]


@given(SENTENCES)
def test_endless_words_break_and_lose_nothing(text):
    made = str(breakable(text))
    assert html.unescape(made.replace("<wbr>", "")) == text
    assert max(map(len, html.unescape(made.replace("<wbr>", " ")).split()), default=0) <= 200


@given(st.text())
def test_a_film_has_an_address_that_leads_back(film):
    address = links.film(film)
    assert address is None or unquote(address.removeprefix("/film/")) == film.encode("utf-8", "replace").decode()


def test_bars_are_as_long_as_their_reviews():
    few, many = tally(1, 2, 0, 1, 2, 0), tally(4, 0, 1, 4, 0, 1)
    most = svg.longest([few, many])
    assert svg.sides(few, most) == (75.0, 37.5)
    assert svg.sides(many, most) == (0.0, 150.0)
    assert [c.height for c in svg.columns([0, 1000, 1])] == [0.0, 96.0, 2.0]


def test_a_graph_has_every_character_once_and_lines_between_them():
    bonds = [Bond("A", "parent of", "B", 3), Bond("B", "kills", "C", 2), Bond("C", "friend of", "A", 1)]
    nodes, edges = svg.graph(bonds)
    assert [n.name for n in nodes] == ["A", "B", "C"]
    assert [e.kind for e in edges] == ["family", "hostile", "other"]
    assert all(0 < n.x < svg.GRAPH[0] and 0 < n.y < svg.GRAPH[1] for n in nodes)
    nodes, edges = svg.graph([Bond(f"{n}", "kills", f"{n + 1}", 1) for n in range(40)], limit=12)
    assert len(nodes) == 12 and len(edges) == 11


def test_a_bucket_fills_again():
    now = 0.0
    rate = Rate(lambda scope, receive, send: None, 2.0, lambda: now)
    assert [rate.take("a") for _ in range(10)] == [0.0] * 10
    assert rate.take("a") == 0.5
    assert rate.take("b") == 0.0
    now = 1.0
    assert [rate.take("a"), rate.take("a")] == [0.0, 0.0]
    assert rate.take("a") > 0
