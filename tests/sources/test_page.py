"""Saved pages: linked data where it states a review, else the main text; fragments as they stand."""

import datetime as dt
import json

import pytest

from pullquote.sources.jsonld import reviews
from pullquote.sources.record import Rating

from .samples import put, read

REVIEW = {
    "@type": "Review",
    "reviewBody": "A quiet & lovely film.",
    "headline": "Lovely",
    "author": {"@type": "Person", "name": "Ann Example"},
    "datePublished": "2005-01-16T10:00:00Z",
    "url": "https://paper.example/lake",
    "reviewRating": {"@type": "Rating", "ratingValue": "3", "bestRating": "4"},
}
FILM = {
    "@type": "Movie", "name": "The Lake", "datePublished": "1999-05-01",
    "sameAs": ["https://w.example/x", "https://www.imdb.com/title/tt0133093/"],
}  # fmt: skip
PROSE = [
    "The film opens on a lake at dawn, and for ten minutes hardly a word is spoken, which is braver than it sounds.",
    "When the brothers finally talk, the acting is superb, and the camera stays close enough to catch every doubt.",
    "It is a little long, and the last reel explains too much, but I would see it again tomorrow without a thought.",
]


def page(*data, body=""):
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in data)
    return f"<!DOCTYPE html><html><head><title>T</title>{scripts}</head><body><nav>Home</nav>{body}</body></html>"


@pytest.mark.parametrize(
    "data",
    [
        {"@context": "https://schema.org", **REVIEW, "itemReviewed": FILM},
        [{"@type": "WebPage"}, {**REVIEW, "@type": ["CriticReview"], "itemReviewed": [FILM]}],
        {"@graph": [{**REVIEW, "itemReviewed": {"@id": "#film"}}, {**FILM, "@id": "#film"}]},
        {**FILM, "review": [REVIEW], "aggregateRating": {"@type": "AggregateRating", "ratingValue": 9}},
    ],
)
def test_a_stated_review_wherever_it_stands(tmp_path, data):
    [record], failures = read(put(tmp_path / "lake.html", page(data)))
    assert failures == []
    assert (record.text, record.id) == ("A quiet & lovely film.", "lake")
    assert (record.film_id, record.title, record.year) == ("tt0133093", "The Lake", 1999)
    assert record.rating == Rating("3", 3, 4, 7.5)
    assert (record.author, record.date, record.headline) == ("Ann Example", dt.date(2005, 1, 16), "Lovely")
    assert record.url == "https://paper.example/lake"
    assert any("a whole page" in notice for notice in record.notices)


def test_several_stated_reviews(tmp_path):
    other = {**REVIEW, "reviewBody": "Dull.", "reviewRating": {"ratingValue": 2}}
    got, _ = read(put(tmp_path / "a.html", page({**FILM, "review": [REVIEW, other, REVIEW]})))
    assert [(r.id, r.text) for r in got] == [("a:1", "A quiet & lovely film."), ("a:2", "Dull.")]
    assert got[1].rating == Rating("2", 2, 5, 4), "five is the best where nothing else is said"


def test_the_main_text_of_other_pages(tmp_path):
    body = f"<article><h1>The Lake</h1>{''.join(f'<p>{one}</p>' for one in PROSE)}</article><footer>Terms</footer>"
    stated = {key: value for key, value in REVIEW.items() if key != "reviewBody"} | {"itemReviewed": FILM}
    for data in ((), (stated,)):
        [record], failures = read(put(tmp_path / "lake.html", page(*data, body=body)))
        assert failures == []
        assert all(one in record.text for one in PROSE)
        assert "Terms" not in record.text
        assert "main text" in record.notices[0]
        assert (record.title, record.id) == ("The Lake" if data else None, "lake")


def test_a_fragment_is_read_as_it_stands(tmp_path):
    text = "<h1>The Lake</h1>\r\n<p>Great &amp; fun, <i>really</i>.<br />"
    [record], _ = read(put(tmp_path / "a.html", text))
    assert (record.text, record.notices) == (text, ())


def test_a_page_without_text_is_no_review(tmp_path):
    got, [failure] = read(put(tmp_path / "a.html", "<html><body></body></html>"))
    assert got == []
    assert "no main text" in failure.reason


def test_a_page_names_its_own_encoding(tmp_path):
    html = page({**REVIEW, "reviewBody": "Żółć i źdźbło."}).replace("<head>", '<head><meta charset="iso-8859-2">')
    html = html.replace(json.dumps("Żółć i źdźbło."), '"Żółć i źdźbło."')
    [record], _ = read(put(tmp_path / "a.html", html.encode("iso-8859-2")))
    assert record.text == "Żółć i źdźbło."
    assert "not UTF-8; read as iso-8859-2" in record.notices


@pytest.mark.parametrize(
    "script",
    [
        "{oops", "[" * 100_000, "null", '{"@type": "Review"',
        '{"@type": ["Review", 3], "itemReviewed": 7, "author": [[]]}',
        '{"@type": "Review", "reviewBody": {"a": 1}, "reviewRating": "x"}',
        '{"@type": "ClaimReview", "reviewBody": "x"}',
    ],
)  # fmt: skip
def test_strange_data_states_no_text(script):
    html = f'<html><script type="application/ld+json">{script}</script></html>'
    assert [one for one in reviews(html) if one.text] == []


@pytest.mark.parametrize("around", ["{}", "<!-- {}; -->", "\n//<![CDATA[\n{}\n//]]>\n"])
def test_data_with_line_breaks_and_comment_signs_is_understood(around):
    script = around.replace("{}", '{"@type": "Review", "reviewBody": "One\nTwo"}')
    [stated] = reviews(f"<script type='application/ld+json'>{script}</script>")
    assert stated.text == "One\nTwo"
